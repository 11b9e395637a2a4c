"""What “next Friday” in a tip means, where it may be this week's or next week's. Tips are given on a Monday."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.topics.drafting.facts import Kind
from bot.topics.drafting.model import Tip
from bot.topics.drafting.reading import read_tip
from bot.topics.drafting.weekdays import WEEKDAYS
from tests.house import House
from tests.topics.drafting.conftest import Desk

SALE = "Book sale next Friday at 6 pm in the Maple Room. Bring two friends! More at ala.org/sale"


def read_on(day: date, text: str, *, later: bool = True) -> list[tuple[str, str]]:
    noon = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    facts = read_tip(text, noon, ZoneInfo("America/Chicago"), later=later)
    return [(one.value, one.other) for one in facts.of(Kind.WHEN)]


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(WEEKDAYS))
@settings(max_examples=60, deadline=None, database=None)
def test_the_other_day_is_offered_where_this_week_has_such_a_day_to_come(today: date, weekday: str) -> None:
    ((value, other),) = read_on(today, f"Book sale next {weekday}", later=False)
    day = date.fromisoformat(value)
    assert (day.weekday(), 1 < (day - today).days < 9) == (WEEKDAYS.index(weekday), True)
    assert bool(other) is (day.isocalendar()[:2] == today.isocalendar()[:2])
    if other:
        assert (date.fromisoformat(other) - day).days == 7
        assert read_on(today, f"Book sale next {weekday}") == [(other, value)]


def test_next_tuesday_said_on_a_monday_is_not_tomorrow() -> None:
    assert read_on(date(2026, 11, 23), "Book sale next Tuesday") == [("2026-12-01", "")]


def test_a_date_elsewhere_in_the_tip_settles_which_one_it_is() -> None:
    text = "Book sale next Friday! The doors open on Friday, December 4."
    assert read_on(date(2026, 11, 23), text) == [("2026-12-04", ""), ("2026-12-04", "")]


def test_the_day_is_shown_with_the_other_one_a_tap_away(house: House, desk: Desk) -> None:
    said = house.say(f"tip add {SALE}", "owner")
    assert "I read “next Friday” as Fri 4 Dec 2026. Not so? Then please press the other day." in said
    assert "Friday, December 4" in said
    said = house.press("No: Fri 27 Nov 2026", "owner")
    assert "Friday, November 27" in said
    assert "December 4" not in said
    (tip,) = house.find(Tip)
    assert tip.day == date(2026, 11, 27)
    house.press("No: Fri 4 Dec 2026", "owner")
    assert house.get(Tip, tip.id).day == date(2026, 12, 4)


def test_once_it_is_said_nobody_is_asked_again(house: House, desk: Desk) -> None:
    house.say(f"tip add {SALE}", "owner")
    said = house.press("Draft for ce-x", "owner")
    assert "Plan: “next Friday” may be Fri 4 Dec 2026 or Fri 27 Nov 2026. Ask which is right." in said
    house.say("tip week next sale", "owner")
    assert "may be" not in house.say("read ce-x", "owner")
    assert "I read “next Friday” as Fri 4 Dec 2026, as somebody here said." in house.say("tip show sale", "owner")


def test_a_stale_day_of_the_giver_s_own_stays(house: House, desk: Desk) -> None:
    tip = desk.tip(SALE, when="2026-11-25")
    desk.do("owner", "tip week", tip=tip.id, week="next")
    assert house.get(Tip, tip.id).day == date(2026, 11, 25)


@pytest.mark.parametrize("text", ["Book sale on Friday at 6 pm", "Book sale next Tuesday"])
def test_where_only_one_day_can_be_meant_there_is_nothing_to_settle(house: House, desk: Desk, text: str) -> None:
    assert "I read" not in house.say(f"tip add {text}", "owner")
    assert "No day in that tip may be this week's or next week's." in house.say("tip week next sale", "owner")
