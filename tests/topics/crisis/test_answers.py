"""What a step asks and what counts as an answer: numbers as people type them at night, whole links, no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.crisis.model import Job, LogEntry
from bot.topics.crisis.numbers import counted
from tests.house import House


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("4", 4),
        (" 40 ", 40),
        ("4+", 4),
        ("about 40", 40),
        ("~40 comments", 40),
        ("three", 3),
        ("Four screenshots saved", 4),
        ("twenty-one", 21),
        ("thirty", 30),
        ("a dozen", 12),
        ("1,200", 1200),
        ("1 200 comments", 1200),
        ("2k", 2000),
        ("none", 0),
        ("no comments left", 0),
        ("3 of 4", 3),
        ("120 an hour, 3 sources", 120),
        ("many", None),
        ("some", None),
        ("no idea", None),
        ("-3", None),
        ("", None),
        ("???", None),
        ("see https://example.org/40", None),
        ("someone", None),
        ("3.5", None),
        ("at 23:40", None),
    ],
)
def test_a_count_is_read_as_people_type_it(typed: str, number: int | None) -> None:
    assert counted(typed) == number


@given(st.integers(0, 999_999_999), st.sampled_from(["{}", "about {}", "{} of them", "we saw {}.", "({})", "{}+"]))
def test_every_number_is_read_back(number: int, around: str) -> None:
    assert counted(around.format(number)) == number


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    assert (counted(text) or 0) >= 0


def start(house: House) -> None:
    house.say("sos scam posts on our facebook page", "dan")
    house.say("statement write The page is not ours.", "gus")
    for who in ("eva", "finn"):
        house.settle()
        house.press("Approve these words", who)


@pytest.mark.parametrize("answer", ["many", "a lot", "done", "-1", "https://example.org/4", "☃"])
def test_a_count_that_is_none_says_what_to_type_and_changes_nothing(house: House, answer: str) -> None:
    start(house)
    before = house.find(Job), len(house.find(LogEntry))
    said = house.say(f"crisis done H4 {answer}", "dan")
    assert "such as 4" in said or "in a few words" in said
    assert (house.find(Job), len(house.find(LogEntry))) == before


@pytest.mark.parametrize(("answer", "echo"), [("three", "I count 3."), ("about 40", "I count 40."), ("4", "is done.")])
def test_a_count_in_words_is_taken_kept_as_typed_and_read_back(house: House, answer: str, echo: str) -> None:
    start(house)
    assert echo in house.say(f"crisis done H4 {answer}", "dan")
    assert house.find(Job, step="H4")[0].answer == answer


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("we have warned them", "such as https://example.org/post"),
        ("x.com/ALCTS/1", "such as https://x.com/ALCTS/1"),
        ("https://", "I need the whole link"),
        ("http://localhost", "I need the whole link"),
        ("javascript:alert(1)", "I need the whole link"),
    ],
)
def test_a_link_that_is_none_says_what_to_type_and_changes_nothing(house: House, answer: str, what: str) -> None:
    start(house)
    before = house.find(Job), len(house.find(LogEntry))
    assert what in house.say(f'crisis done H6 "{answer}"', "gus")
    assert (house.find(Job), len(house.find(LogEntry))) == before


@pytest.mark.parametrize(
    "answer", ["https://x.com/ALCTS/1", "two: https://x.com/ALCTS/1 and https://ala.org/news", "HTTP://EXAMPLE.ORG"]
)
def test_a_link_may_have_words_around_it(house: House, answer: str) -> None:
    start(house)
    assert "H6 is done" in house.say(f'crisis done H6 "{answer}"', "gus")


@pytest.mark.parametrize("link", ["https://x", "not a link", "ftp://example.org/1", "https://.", "x.com/1"])
def test_where_words_are_out_is_told_by_a_link_that_leads_there(house: House, link: str) -> None:
    start(house)
    said = house.text(house.do("gus", "", "statement said", {"words": "x", "account": "office-x", "link": link}))
    assert "I need a web address" in said
