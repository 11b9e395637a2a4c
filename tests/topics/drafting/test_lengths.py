import pytest

from bot.topics.drafting.lengths import fitting, measure
from bot.topics.drafting.limits import limits_of
from bot.topics.drafting.links import bare, find_urls, hashtags_in, host_of, mentions_in, valid_url

MOST = {
    "x": 280,
    "bluesky": 300,
    "mastodon": 500,
    "threads": 500,
    "linkedin": 3000,
    "facebook": 63206,
    "instagram": 2200,
    "youtube": 5000,
    "flickr": 2000,
}


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Hi http://test.co", 26),
        ("ala.org/news", 23),
        ("bad.zzzz/news", 13),
        ("書", 2),
        ("“quoted” – it’s", 15),
        ("👩🏽‍🤝‍👨🏾", 2),
        ("🫩", 2),  # newer than the conformance files
        ("🪉🫆", 4),
        ("🇺🇳", 2),
        ("1️⃣", 2),
        ("©", 1),
        ("©️", 2),
        ("A\u0301", 1),
        ("mail me: ann@ala.org", 20),
        ("😀\u0301\u0301", 4),
        ("👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", 4),
        ("#️⃣❤", 4),
        ("한국", 4),
        ("\u10ff\u1100", 3),
        ("a\u200d\u200e", 4),
        ("\u2032\u2037\u2031\u2038", 6),
        ("\u2010\u201f\u2020", 4),
        ("(https://a.org:8080/x?y#z)", 25),
        ("https://müller.de/ä", 23),
        ("[xn--mller-kva.de]", 25),
        ("http://localhost", 16),
        ("", 0),
    ],
)
def test_x_weighs_signs_emoji_and_links(text: str, weight: int) -> None:
    assert measure(text, limits_of("x")).used == weight


@pytest.mark.parametrize(
    ("network", "text", "length"),
    [
        ("bluesky", "👩🏽‍🤝‍👨🏾é", 2),
        ("bluesky", "https://example.org/a-page", 26),
        ("bluesky", "a\r\nb", 3),
        ("mastodon", "see https://example.org/a-page", 27),
        ("mastodon", "see example.org/a-page", 22),
        ("mastodon", "@ann@social.example.org hi", 7),
        ("mastodon", "@ann@bücher.example @bob.c-d@b.org:3000 =@eve@c.org", 4 + 1 + 8 + 5 + 1 + 11),
        ("mastodon", "(https://müller.de:8080/@ann@b.org)", 25),
        ("mastodon", "www.example.org 🇩🇪1️⃣e\u0301", 19),
        ("threads", "hi 😀", 7),
        ("threads", "👨‍👩‍👧‍👦🇩🇪1️⃣❤️©漢e\u0301", 25 + 8 + 7 + 6 + 1 + 1 + 2),
        ("linkedin", "hi 😀", 4),
        ("facebook", "hi 😀", 4),
        ("youtube", "é", 2),
        ("flickr", "é", 1),
        ("blog", "any length", 10),
    ],
)
def test_each_network_counts_in_its_own_way(network: str, text: str, length: int) -> None:
    assert measure(text, limits_of(network)).used == length


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 300, 280),
        ("書" * 300, 140),
        ("A\u0301" * 300, 560),
        ("👩🏽‍🤝‍👨🏾" * 150, 140 * len("👩🏽‍🤝‍👨🏾")),
        (f"{'a' * 256} http://test.co/a b", 273),
        (f"{'a' * 257} http://test.co/a b", 258),  # a link is never cut
        ("ab\ufffec", 2),
        ("", 0),
    ],
)
def test_how_much_of_a_text_x_has_room_for(text: str, count: int) -> None:
    assert fitting(text, 280) == count


def test_what_is_too_long_or_refused_does_not_fit() -> None:
    assert measure("a" * 281, limits_of("x")).over == 1
    assert not measure("a" * 281, limits_of("x")).fits
    assert measure("a" * 281, limits_of("blog")).fits
    assert measure("a" * 2001, limits_of("flickr")).fits  # only our advice
    assert not measure("👩🏽‍🤝‍👨🏾" * 200, limits_of("bluesky")).fits  # 200 characters, but too many bytes
    assert not measure("#one #two", limits_of("threads")).fits
    assert not measure("a < b", limits_of("youtube")).fits
    assert not measure("a\ufffeb", limits_of("x")).fits


@pytest.mark.parametrize("sign", ["a", "👨‍👩‍👧‍👦", "🇩🇪", "漢", "e\u0301", "https://example.org/a "])
@pytest.mark.parametrize(
    "network", ["x", "bluesky", "mastodon", "threads", "linkedin", "facebook", "instagram", "youtube"]
)
def test_the_last_sign_that_fits_is_known_exactly(network: str, sign: str) -> None:
    limits = limits_of(network)
    assert limits.most is not None
    count = min(limits.most // measure(sign, limits).used, 5)
    rest = limits.most - measure(sign * count, limits).used
    assert measure(sign * count + "a" * rest, limits).fits == (measure(sign * count, limits).faults == ())
    over = measure(sign * count + "a" * (rest + 1), limits)
    assert (over.over, over.fits) == (1, False)


def test_bytes_and_links_are_counted_to_the_last_one() -> None:
    assert measure("👨‍👩‍👧‍👦" * 120, limits_of("bluesky")).fits
    assert not measure("👨‍👩‍👧‍👦" * 120 + "a", limits_of("bluesky")).fits
    assert measure("https://a.org " * 5, limits_of("threads")).fits
    assert not measure("https://a.org " * 6, limits_of("threads")).fits
    assert measure("half an emoji \ud800", limits_of("youtube")).used == 17


def test_the_rules_of_each_network_are_those_that_were_read_there() -> None:
    assert {one: limits_of(one).most for one in (*MOST, "blog", "website")} == {**MOST, "blog": None, "website": None}
    assert [one for one in MOST if limits_of(one).soft] == ["flickr"]
    assert (limits_of("threads").max_links, limits_of("threads").max_hashtags) == (5, 1)
    instagram = limits_of("instagram")
    assert (instagram.max_hashtags, instagram.needs_media, instagram.links_clickable) == (5, True, False)
    assert [one for one in MOST if limits_of(one).needs_media or not limits_of(one).links_clickable] == ["instagram"]


def test_a_server_may_allow_more() -> None:
    assert measure("a" * 600, limits_of("mastodon", 1000)).fits


def test_the_length_is_told_in_words() -> None:
    assert measure("hello", limits_of("x")).shown == "5 of 280 characters"
    assert measure("hello", limits_of("website")).shown == "5 characters"


@pytest.mark.parametrize(
    "text",
    [
        "é." * 25_000,
        "http://" * 7_000,
        "(a" * 25_000,
        "x.com/" + "(" * 50_000,
        "#a" * 25_000,
        "é" * 50_000,
        "@a" * 25_000,
    ],
)
def test_hostile_texts_are_measured_all_the_same(text: str) -> None:
    assert measure(text, limits_of("x")).used > 0
    assert measure(text, limits_of("mastodon")).used > 0


def test_links_tags_and_names_are_found() -> None:
    text = "Read ala.org/a and (https://b.org/c_(d)). #PresWeek2027 #2027 by @ALCTS, not ann@ala.org"
    assert tuple(one.words for one in find_urls(text)) == ("ala.org/a", "https://b.org/c_(d)")
    assert hashtags_in(text) == ("PresWeek2027",)
    assert mentions_in(text) == ("ALCTS",)


def test_links_are_compared_without_what_makes_no_difference() -> None:
    assert bare("HTTPS://www.ALA.org/News/") == "ala.org/News"
    assert host_of("https://www.ala.org/news?x=1") == "ala.org"
    assert not valid_url("ftp://example.org")
    assert valid_url("http://192.168.0.1/x")
    assert find_urls("end.Then") == []
