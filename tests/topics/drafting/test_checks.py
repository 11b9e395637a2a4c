from datetime import date
from time import process_time

import pytest
from msgspec.structs import replace

from bot.topics.drafting.checks import (
    CHECKS,
    Restricted,
    Setting,
    State,
    Twin,
    check,
    questions,
)
from bot.topics.drafting.gate import compare
from bot.topics.drafting.lengths import measure
from bot.topics.drafting.limits import limits_of
from tests.topics.drafting.saying import WEBINAR, read, remark

GOOD = "Register for the map talk: https://maps.example.org/talk"
DAY = date(2026, 11, 20)


def test_there_is_a_check_for_each_of_the_nine_tips_in_their_order() -> None:
    assert list(CHECKS) == list(questions())
    assert [one.tip for one in check(GOOD, limits_of("x"))] == list(CHECKS)
    assert all(one.reason.endswith((".", "?")) for one in check(GOOD, limits_of("x")))


def test_a_good_text_needs_nothing() -> None:
    setting = Setting(
        media=True, alt="A sailor unrolls a map on deck", kinds=("content",) * 3, contacts=(), calendar=()
    )
    assert all(one.state is State.GOOD for one in check(GOOD, limits_of("x"), setting))


def test_what_later_issues_bring_is_said_to_be_unknown() -> None:
    assert {one.tip for one in check(GOOD, limits_of("x")) if one.state is State.UNKNOWN} == {"tags", "plan", "balance"}


def test_what_is_too_long_is_shortened_but_keeps_its_link() -> None:
    text = f"The map talk is back. {'It is a very good talk about old maps. ' * 9}{GOOD}"
    found = remark("concise", text)
    assert found.state is State.FIX
    assert found.fix is not None
    assert measure(found.fix.text, limits_of("x")).fits
    assert found.fix.text.endswith(GOOD)


def test_what_is_shortened_keeps_its_paragraphs() -> None:
    text = f"The map talk is back.\n\nIt shows maps. {'It is very good. ' * 14}\n\nNobody pays.\n\n{GOOD}"
    found = remark("concise", text).fix
    assert found is not None
    assert found.text.startswith("The map talk is back.\n\nIt shows maps.")
    assert found.text.endswith(f".\n\n{GOOD}")


@pytest.mark.parametrize("network", ["instagram", "x"])
def test_only_a_network_that_takes_no_post_without_a_picture_insists_on_one(network: str) -> None:
    assert (remark("creative", GOOD, network).state is State.FIX) == (network == "instagram")


def test_a_day_that_may_be_another_one_is_asked_about() -> None:
    wrong = read("The talk is on Friday, December 1.")
    assert "though the tip says Friday. Ask which is right." in remark("plan", GOOD, setting=Setting(wrong)).reason
    unsure = read("The talk is next Friday.")
    assert "Ask which is right." in remark("plan", GOOD, setting=Setting(unsure)).reason
    assert "Ask which is right." not in remark("plan", GOOD, setting=Setting(unsure, week_said=True)).reason


def test_what_stands_in_the_calendar_is_told() -> None:
    assert remark("plan", GOOD, setting=Setting(calendar=("Giving Tuesday",))).reason == (
        "In the calendar: Giving Tuesday."
    )


def test_what_is_only_to_be_known_needs_no_ask() -> None:
    tip = read("The loading dock is closed until December 11. Deliveries go to Elm Street.")
    assert tip.frame == "news"
    assert remark("concise", tip.text, setting=Setting(tip)).ok
    assert not remark("concise", tip.text).ok


def test_what_was_told_without_an_ask_needs_none() -> None:
    tip = read("The webinar planned for December 3 is cancelled. All registrants get a refund.")
    assert remark("concise", "Cancelled: the webinar on December 3.", setting=Setting(tip)).ok
    assert not remark("concise", "A webinar on December 1.", setting=Setting(read(WEBINAR))).ok


def test_what_the_network_refuses_is_told_and_what_is_only_long_is_less() -> None:
    assert remark("concise", f"a < b {GOOD}", "youtube").reason == "The network takes no < in it."
    long = remark("concise", f"{'The map is old. ' * 130}{GOOD}", "flickr")
    assert (long.state, long.reason.startswith("It is long for this network")) == (State.LOOK, True)
    assert remark("concise", f"{'The map is old. ' * 130}{GOOD}", "youtube").ok


def test_x_is_told_where_its_room_ends() -> None:
    text = f"{'word ' * 50}{GOOD} and more words behind it"
    assert "There is room up to “for the map talk:”." in remark("concise", text).reason  # a link is never cut
    assert "There is room up to “word word word word”." in remark("concise", "word " * 55 + "outstanding").reason
    assert "There is room" not in remark("concise", "word " * 100, "bluesky").reason


def test_what_x_takes_for_a_share_is_mended() -> None:
    found = remark("hashtags", f"News from $ALA: {GOOD}")
    assert found.fix is not None
    assert found.fix.text == f"News from ALA: {GOOD}"
    assert remark("hashtags", f"It costs $15. {GOOD}").ok
    assert remark("hashtags", f"News from $ALA: {GOOD}", "facebook").ok


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Register here, donate there. Donate now. Register now. Vote too.", "asks for several things"),
        ("Register for the talk and donate today: https://a.org", "asks for several things (register, donate)"),
        ("Register and bring a friend: https://a.org", "one ask"),
        ("Call your senator and tell her why: https://a.org", "one ask"),
        ("JOIN US FOR THE BIG SALE IN THE MAIN HALL TODAY https://a.org", "shouting"),
        ("Books are nice.", "asks its readers for nothing"),
        (f"Read {'very ' * 32}old maps: https://a.org", "A sentence of 35 words is hard to read"),
    ],
)
def test_the_ask_and_the_ease_of_reading_are_looked_at(text: str, told: str) -> None:
    assert told in remark("concise", text).reason


@pytest.mark.parametrize(
    ("text", "state", "told"),
    [
        (GOOD, State.GOOD, "It leads to maps.example.org."),
        ("See https:// a.org/x", State.FIX, "has a blank in it"),
        ("See javascript:alert(1)", State.FIX, "no web address"),
        ("See https://a.org/%zz", State.LOOK, "does not look like a whole address"),
        ("See https://bit.ly/x", State.LOOK, "hides where the link leads"),
        ("See you", State.LOOK, "There is no link"),
    ],
)
def test_the_link_is_looked_at(text: str, state: State, told: str) -> None:
    found = remark("link", text)
    assert (found.state, told in found.reason) == (state, True)


def test_a_link_can_be_mended_and_brought_back() -> None:
    mended = remark("link", "See https:// a.org/x").fix
    assert mended is not None
    assert mended.text == "See https://a.org/x"
    added = remark("link", "A webinar on December 1.", setting=Setting(read(WEBINAR))).fix
    assert added is not None
    assert added.text == "A webinar on December 1. https://www.ala.org/alcts/photos"
    lines = remark("link", "A webinar\n\nDecember 1.", setting=Setting(read(WEBINAR))).fix
    assert lines is not None
    assert lines.text == "A webinar\n\nDecember 1.\n\nhttps://www.ala.org/alcts/photos"


@pytest.mark.parametrize(
    ("alt", "told"),
    [
        ("", "no words yet"),
        ("IMG_2002.jpg", "name of a file"),
        ("image of a large old map", "begin with what it shows"),
        ("Map", "tells little"),
        ("a long map " * 20, "screen readers may stop"),
        (f"a map {'x' * 120}", "126 characters; screen readers may stop after 125"),
        ("for the map talk", "repeat the post"),
    ],
)
def test_the_words_of_a_picture_are_looked_at(alt: str, told: str) -> None:
    assert told in remark("creative", GOOD, setting=Setting(media=True, alt=alt)).reason


def test_the_balance_and_the_caps_are_kept() -> None:
    late = Setting(kinds=("content", "content", "campaign"), campaign="spring")
    assert "4 more of content" in remark("balance", GOOD, setting=late).reason
    assert remark("balance", GOOD, setting=Setting(kinds=("content",) * 3, campaign="spring")).ok
    one_more = Setting(kinds=("content",) * 5 + ("campaign",), campaign="spring")
    assert "1 more of content before" in remark("balance", GOOD, setting=one_more).reason
    assert remark("balance", GOOD, setting=replace(one_more, campaign="")).ok
    assert "7 this week already" in remark("balance", GOOD, setting=Setting(week=7, cap_week=7)).reason
    assert "week" not in remark("balance", GOOD, setting=Setting(week=6, cap_week=7)).reason
    assert "2 today already" in remark("balance", GOOD, setting=Setting(today=2, cap_day=2)).reason


def test_restricted_subjects_name_who_may_say_it() -> None:
    found = remark("policy", GOOD, setting=Setting(restricted=(Restricted("Elections", ("Ann",), "the Friends"),)))
    assert found.reason == "Restricted by our policy: Elections. Ann may approve it. Or the Friends may say it instead."


def test_every_restricted_subject_is_named() -> None:
    both = Setting(restricted=(Restricted("Elections"), Restricted("Fees")))
    assert "Elections, Fees. It needs a second person's approval." in remark("policy", GOOD, setting=both).reason


def test_the_same_words_twice_are_reworded() -> None:
    facts = read(WEBINAR)
    text = "The webinar is on December 1."
    found = remark("tailored", text, "facebook", Setting(facts, twins=(Twin("office-x", text),)))
    assert found.state is State.LOOK
    assert found.fix is not None
    assert found.fix.text != text
    assert remark("tailored", text, setting=Setting(twins=(Twin("office-fb", text, identical=True),))).ok
    assert not remark("tailored", "Please retweet!", "facebook").ok
    assert remark("tailored", "Please retweet!", "x").ok


def test_who_is_to_say_the_same_is_offered_the_same_words() -> None:
    found = remark("tailored", GOOD, setting=Setting(twins=(Twin("office-fb", "Other words.", identical=True),)))
    assert found.fix is not None
    assert (found.fix.label, found.fix.text) == ("Take the words of office-fb", "Other words.")


@pytest.mark.parametrize(
    "text",
    [
        "Thank you to all our volunteers for a wonderful year!",
        "Write to ann@ala.org to sign up.",
        "Letters to ann@ala.org by December 1.",
        "By appointment: 555-0142.",
        "See the new shelves. The link is in our bio: come and read!",
    ],
)
def test_what_needs_no_link_is_not_asked_for_one(text: str) -> None:
    network = "instagram" if "bio" in text else "x"
    assert [one.tip for one in check(text, limits_of(network), Setting(media=None)) if not one.ok] == []


def test_a_link_that_cannot_be_tapped_is_said_to_be_so() -> None:
    assert "Links can't be tapped on this network" in remark("link", GOOD, "instagram").reason
    assert remark("link", f"{GOOD} (link in bio)", "instagram").ok
    assert remark("hashtags", "Read #one #two https://a.org", "threads").reason == "2 hashtags; 1 is enough here."


def test_a_text_in_another_language_is_not_told_that_it_asks_for_nothing() -> None:
    text = "Únete a nuestro taller gratuito sobre la conservación de fotos el martes en la biblioteca de la ciudad."
    assert remark("concise", text).ok


@pytest.mark.parametrize("link", ["https : //a.org/x", "https: //a.org/x", "https://a.org /x", "www. a.org/x"])
def test_a_gap_in_a_link_is_closed(link: str) -> None:
    found = remark("link", f"See {link} now").fix
    assert found is not None
    assert found.text == f"See {link.replace(' ', '')} now"


def test_words_of_a_picture_need_no_blanks_between_them() -> None:
    assert remark("creative", GOOD, setting=Setting(media=True, alt="图书馆里的一张老地图")).ok


def test_without_an_account_no_picture_is_asked_for() -> None:
    assert remark("creative", GOOD, setting=Setting(media=None)).state is State.UNKNOWN
    assert remark("creative", GOOD).state is State.LOOK
    assert not remark("tailored", "Swipe left to see more").ok
    assert remark("tailored", "Swipe your card at the door").ok


@pytest.mark.parametrize(
    "piece",
    [
        "www. ",
        "A B. ",
        "#a https://a.org ",
        "#a https://https://https://x",
        "http://a.org ",
        "register and ",
        "🎉",
        "https ",
    ],
)
def test_fifty_thousand_signs_of_anything_are_answered_at_once(piece: str) -> None:
    text, facts = (piece * 50_000)[:50_000], read(WEBINAR)
    begun = process_time()
    check(text, limits_of("x"), Setting(facts))
    compare(facts, text)
    assert process_time() - begun < 3  # what goes through the text again for each of its parts takes far longer
