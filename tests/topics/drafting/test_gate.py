from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.topics.drafting.claims import WORD
from bot.topics.drafting.doubts import Doubt
from bot.topics.drafting.gate import compare
from bot.topics.drafting.tracing import Trace, traces
from tests.topics.drafting.saying import WEBINAR, read

LINK = "https://www.ala.org/alcts/photos"
TIP = f"{WEBINAR} Members do not pay. Two talks follow, and 40 percent of the seats are gone."


@pytest.mark.parametrize(
    "text",
    [
        f"Dec 1, 14:00 Eastern: a free webinar by the ALCTS Preservation Section. {LINK}",
        f"Join us on Tuesday, December 1 at 2 pm ET. Sign up by 27 November: {LINK}",
        f"2 talks, and 40% of the seats are gone! December 1. {LINK}",
        f"Dana Whitfield of the Midland Archives shows you how, at no charge. 1 December. {LINK}",
        f"Members don’t pay. Register by Nov. 27 for December 1: {LINK}",
        f"The APS invites you on Dec 1. {LINK}",
    ],
)
def test_true_words_in_other_spellings_pass(text: str) -> None:
    assert compare(read(TIP), text) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"The webinar is on December 2. {LINK}", "It says December 2; the tip says Tuesday, December 1, 2026."),
        (f"Wednesday, December 1: a webinar. {LINK}", "that date is a Tuesday"),
        (f"December 1 at 3 p.m. {LINK}", "It says 3 p.m.; the tip says 2:00 p.m. Eastern."),
        (f"December 1 at 2 p.m. Pacific. {LINK}", "the tip says 2:00 p.m. Eastern"),
        (f"Register by December 1 at {LINK}", "where the tip says November 27"),
        (f"Presenter Dana Morrison, on December 1. {LINK}", "“Morrison” is not in the tip."),
        (f"Three talks follow on December 1. {LINK}", "It says Three; the tip says Two."),
        (f"$15 on December 1. {LINK}", "a number that is not in the tip"),
        (f"Members pay. December 1. {LINK}", "leaves the “not” out"),
        (f"Dana Whitfield will not show how to store prints. December 1. {LINK}", "the tip does not"),
        (f"Tomorrow: the webinar of December 1. {LINK}", "means another day tomorrow"),
        ("The webinar is on December 1: https://bit.ly/x", "“https://bit.ly/x” is not in the tip."),
        ("The webinar is on December 1.", "The link is left out"),
        (f"A free webinar. {LINK}", "The date is left out"),
    ],
)
def test_what_the_tip_does_not_say_is_told(text: str, told: str) -> None:
    assert any(told in one.sentence for one in compare(read(TIP), text))


@pytest.mark.parametrize(
    ("tip", "text"),
    [
        ("The talk is at 2:00 p.m. Eastern.", "Come at 14:00 ET: the talk."),
        ("Submit by 11:59 p.m. on January 4.", "By January 4 at 23:59: submit."),
        ("The bill would give $12 million to us.", "$12M for us. And $12m is a lot."),
        ("We lent 1.2 million items.", "We lent 1.2M items."),
    ],
)
def test_times_before_a_colon_and_millions_in_short_are_read(tip: str, text: str) -> None:
    assert compare(read(tip), text) == ()


@pytest.mark.parametrize(
    "opening", ["Keep", "Got", "Ask", "Know", "Guess", "This", "Others", "Sorry:", "Hi all!", "Spring!"]
)
def test_a_plain_word_that_opens_a_sentence_is_no_name(opening: str) -> None:
    assert compare(read("The talk is at noon."), f"{opening} the talk is at noon.") == ()


@pytest.mark.parametrize("name", ["Morrison", "Spring Hall", "Harlow speaks:", "Summer Institute:"])
def test_a_name_that_opens_a_sentence_is_one(name: str) -> None:
    assert compare(read("The talk is at noon."), f"{name} the talk is at noon.")


def test_a_plain_word_before_a_name_belongs_to_it() -> None:
    (doubt,) = compare(read("The Winter Symposium is at noon."), "Spring Symposium at noon.")
    assert doubt.words == "Spring"


def test_five_metres_are_no_five_millions() -> None:
    assert compare(read("The shelf is 5 metres long."), "The shelf is 5m long.") == ()


def test_what_is_only_left_out_is_a_lesser_thing() -> None:
    assert [one.missing for one in compare(read(TIP), "The webinar is on December 1.")] == [True]


def test_free_is_a_claim() -> None:
    assert any(
        "free" in one.sentence for one in compare(read("The talk is on December 3."), "A free talk on December 3.")
    )


def test_words_are_traced_to_the_tip_and_others_to_nowhere() -> None:
    facts = read(WEBINAR)
    found = traces(facts, "Good people, how to store prints and slides on a small budget: November 27.")
    assert (found[0].words, found[0].tip_start) == ("Good people", -1)
    assert found[1].tip_words == "how to store prints and slides on a small budget"
    assert facts.text[found[1].tip_start : found[1].tip_end] == found[1].tip_words


def assert_doubts_point_at_their_words(doubts: tuple[Doubt, ...], text: str) -> None:
    """In the order of the text, none over another; behind them, at the text's end, what is missing."""
    told = [one for one in doubts if not one.missing]
    missing = doubts[len(told) :]
    assert all(one.sentence for one in doubts)
    assert [text[one.start : one.end] for one in told] == [one.words for one in told]
    assert all(one.end <= following.start for one, following in pairwise(told))
    assert all(one.missing and one.start == one.end == len(text) for one in missing)


def assert_traces_cover_every_word(found: tuple[Trace, ...], text: str, tip: str) -> None:
    """Each stretch stands where it says in the text, and either where it says in the tip, or nowhere."""
    assert [text[one.start : one.end] for one in found] == [one.words for one in found]
    assert [word for one in found for word in WORD.findall(one.words)] == WORD.findall(text)
    for one in found:
        told = tip[one.tip_start : one.tip_end] if one.tip_start >= 0 else ""
        assert one.tip_words == told
        assert bool(told) == (one.tip_start >= 0)


def assert_told_in_place(tip: str, text: str) -> None:
    facts = read(tip)
    assert_doubts_point_at_their_words(compare(facts, text), text)
    assert_traces_cover_every_word(traces(facts, text), text, facts.text)


@pytest.mark.parametrize("text", ["", "not " * 2000, "5 " * 2000, "A B " * 1500, "\u202e", "👩🏽‍🤝‍👨🏾" * 50])
def test_no_text_breaks_it(text: str) -> None:
    assert_told_in_place(TIP, text[:3000])
    assert_doubts_point_at_their_words(compare(read(TIP), text), text)
    assert_doubts_point_at_their_words(compare(read(text), TIP), TIP)
    assert compare(read(text), text) == ()


WORDS = [
    *TIP.split(),
    *("not", "Morrison", "Paid", "Wednesday,", "December 2", "tomorrow", "3 p.m.", "$15", "@ala", "½", "İ"),
    "https://bit.ly/x",
]


@given(
    st.one_of(st.just(TIP), st.text(max_size=80)),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=40).map(" ".join),
)
@example(TIP, "Morrison speaks on December 2, and Paid talks follow.")  # two doubts of one word
def test_doubts_and_traces_stand_where_they_say_in_any_text(tip: str, text: str) -> None:
    assert_told_in_place(tip, text)
