"""A day of the week is written out as a date only where nobody could take it for another day."""

import pytest

from bot.topics.drafting.facts import Kind
from tests.topics.drafting.saying import composed, read


@pytest.mark.parametrize(
    "text",
    [
        "The desk is open Monday to Friday.",
        "The reading room is not open on Friday.",
        "Wednesday through Saturday from 1 to 5 p.m. Quiet hours are on Friday.",
        "We meet on Thursday or Friday.",
        "Book club is every other Saturday.",
        "Chess is on the last Friday of the month.",
        "Giving Tuesday is for the shelves.",
        "Come to our Friday storytime.",
        "Help us to keep Sunday hours.",
        "Libraries of Tomorrow is a book.",
        "The library of tomorrow has a garden.",
        "The talk on Saturday went well.",
        "We close at noon on Tuesday.",
        "The sale is on December 5. Bring a friend on Friday.",
        "Talks are on December 4 and December 11. The Friday is free.",
    ],
)
def test_a_day_that_may_be_another_one_keeps_the_words_of_the_tip(text: str) -> None:
    weekdays = [one for one in read(text).of(Kind.WHEN, Kind.DEADLINE) if one.resolved]
    assert weekdays == []
    assert all("November 2" not in one for one in composed(text, "facebook").texts)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The hearing is Monday evening, November 30, in Room 4.", "The hearing is Monday evening, November 30, in"),
        ("The hearing is on November 30, a Monday, in Room 4.", "on November 30, a Monday, in"),
        ("Robots run December 1 to 3. The drones fly on Thursday in Room 4.", "fly on Thursday, December 3 in"),
        ("The sale is on December 5. Sign up by Friday at the desk.", "by Friday, November 27 at the desk"),
    ],
)
def test_a_date_that_the_tip_gives_is_said_once_and_settles_its_day(text: str, told: str) -> None:
    assert told in composed(text, "facebook").texts[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ('The webinar "Family Photographs" is on. Family Photographs next Tuesday at 2 p.m.', "2026-12-01"),
        ("See the Winter Fair next Tuesday in Room 4.", "2026-12-01"),
        ("Come to the Book Club Friday at noon.", "2026-11-27"),
    ],
)
def test_a_name_before_a_day_does_not_hide_it(text: str, day: str) -> None:
    assert [one.value for one in read(text).of(Kind.WHEN)] == [day]


@pytest.mark.parametrize(
    "text",
    ["The deadline was extended from November 30 to December 15.", "It moves from Monday, November 30 to December 15."],
)
def test_a_day_that_was_moved_is_the_later_one(text: str) -> None:
    assert [one.value for one in read(text).of(Kind.WHEN, Kind.DEADLINE)] == ["2026-12-15"]
    assert [one.value for one in read("It runs from November 30 to December 15.").of(Kind.WHEN, Kind.DEADLINE)] == [
        "2026-11-30/2026-12-15"
    ]


def test_the_day_that_owns_a_thing_is_read_in_capitals_too() -> None:
    tip = "TOMORROW NIGHT'S TALK BY ANN BA ABOUT THE GREAT FLOOD IS AT THE TOWN HALL, ROOM 5."
    assert composed(tip, "facebook").texts[0].startswith("Save the date.\n\nThe November 25 talk")
