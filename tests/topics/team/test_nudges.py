from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.topics.team.hours import Hours
from bot.topics.team.nudges import Pace, allowed_now, next_slot, slot_on
from tests.topics.team.nudge_oracle import CAPS, HOUR, always_due

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("clock", "allowed"),
    [(time(8, 59), False), (time(9), True), (time(15), True), (time(19, 59), True), (time(20), False)],
)
def test_late_on_the_same_day_is_fine_outside_the_quiet_hours(clock: time, allowed: bool) -> None:
    now = datetime.combine(date(2026, 11, 16), clock, NEW_YORK)
    assert allowed_now(Hours(NEW_YORK), Pace.LIGHT, (), now) is allowed


def test_more_than_twelve_hours_late_waits_for_the_next_slot() -> None:
    hours = Hours(NEW_YORK, time(0), time(0), time(0))
    assert allowed_now(hours, Pace.LIGHT, (), datetime(2026, 11, 16, 12, tzinfo=NEW_YORK))
    assert not allowed_now(hours, Pace.LIGHT, (), datetime(2026, 11, 16, 12, 1, tzinfo=NEW_YORK))
    assert allowed_now(hours, Pace.LIGHT, (), datetime(2026, 11, 16, 12, 1, tzinfo=NEW_YORK), late=13 * HOUR)


@pytest.mark.parametrize(("late", "following"), [(time(17), 17), (time(17, 1), 18)])
def test_a_late_nudge_takes_a_slot_less_than_sixteen_hours_after_it(late: time, following: int) -> None:
    sent = [datetime.combine(date(2026, 11, 16), late, NEW_YORK)]
    slot = datetime(2026, 11, following, 9, tzinfo=NEW_YORK)
    assert next_slot(Hours(NEW_YORK), Pace.ACTIVE, sent, sent[0]) == slot
    noon = datetime(2026, 11, 17, 12, tzinfo=NEW_YORK)  # long enough after, but late for no slot that was allowed
    assert allowed_now(Hours(NEW_YORK), Pace.ACTIVE, sent, noon) is (following == 17)


def test_who_moves_the_hour_is_not_nudged_twice_that_day() -> None:
    sent = [datetime(2026, 11, 16, 0, tzinfo=NEW_YORK)]
    hours = Hours(NEW_YORK, time(20), time(0), time(0))
    assert not allowed_now(hours, Pace.ACTIVE, sent, datetime(2026, 11, 16, 20, tzinfo=NEW_YORK))
    assert next_slot(hours, Pace.ACTIVE, sent, sent[0]) == datetime(2026, 11, 17, 20, tzinfo=NEW_YORK)


def test_who_moves_is_counted_where_they_are() -> None:
    """Monday 09:00 in Auckland is Sunday in Honolulu, so Monday there is another day, and long enough after."""
    sent = [datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Pacific/Auckland"))]
    honolulu, kiritimati = ZoneInfo("Pacific/Honolulu"), ZoneInfo("Pacific/Kiritimati")
    assert next_slot(Hours(honolulu), Pace.ACTIVE, sent, sent[0]) == datetime(2026, 11, 16, 9, tzinfo=honolulu)
    sent = [datetime(2026, 11, 16, 9, tzinfo=honolulu)]  # Tuesday 09:00 in Kiritimati
    assert next_slot(Hours(kiritimati), Pace.ACTIVE, sent, sent[0]) == datetime(2026, 11, 18, 9, tzinfo=kiritimati)


def test_paces_have_their_weekly_caps() -> None:
    assert {pace: pace.per_week for pace in Pace} == CAPS
    assert [str(pace) for pace in Pace] == ["light", "standard", "active"]


@pytest.mark.parametrize(
    ("pace", "days"),
    [
        (Pace.LIGHT, "Mon 16, Mon 23, Mon 30"),
        (Pace.STANDARD, "Mon 16, Tue 17, Mon 23, Tue 24, Mon 30"),
        (Pace.ACTIVE, "Mon 16, Tue 17, Wed 18, Thu 19, Fri 20, Mon 23, Tue 24, Wed 25, Thu 26, Fri 27, Mon 30"),
    ],
)
def test_two_weeks_of_each_pace(pace: Pace, days: str) -> None:
    sent = always_due(Hours(NEW_YORK), pace, datetime(2026, 11, 14, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    assert ", ".join(f"{one.astimezone(NEW_YORK):%a %d}" for one in sent) == days
    assert {one.astimezone(NEW_YORK).time() for one in sent} == {time(9)}


def test_a_weekly_nudge_keeps_its_weekday_over_a_clock_change() -> None:
    """From 2 March 09:00 to 9 March 09:00 is an hour short of 7 × 24: seven dates count, not 168 hours."""
    sent = [datetime(2026, 3, 2, 9, tzinfo=NEW_YORK)]
    assert next_slot(Hours(NEW_YORK), Pace.LIGHT, sent, sent[0]) == datetime(2026, 3, 9, 9, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to", "slot"),
    [
        (time(20), time(1), time(3, 30)),  # 02:30 is skipped and becomes 03:30
        (time(3), time(9), time(9)),  # which is quiet here: their end
        (time(3), time(2, 30), None),  # they end after that day
    ],
)
def test_a_skipped_hour_moves_forward_out_of_the_quiet_hours_or_falls_away(
    quiet_from: time, quiet_to: time, slot: time | None
) -> None:
    day = date(2026, 3, 8)
    hours = Hours(NEW_YORK, time(2, 30), quiet_from, quiet_to, weekends=True)
    assert slot_on(hours, day) == (slot and datetime.combine(day, slot, NEW_YORK))


def test_a_date_that_was_left_out_has_no_slot() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert slot_on(Hours(apia), date(2011, 12, 30)) is None
    assert slot_on(Hours(apia, weekends=True), date(2011, 12, 31)) == datetime(2011, 12, 31, 9, tzinfo=apia)


def test_no_slot_while_away_without_an_end_or_for_more_than_400_days() -> None:
    now = datetime(2026, 11, 16, tzinfo=UTC)
    hours = Hours(NEW_YORK, weekends=True)
    assert next_slot(replace(hours, away=((date(2026, 1, 1), None),)), Pace.LIGHT, (), now) is None
    assert next_slot(replace(hours, away=((date(2026, 1, 1), date(2028, 1, 1)),)), Pace.LIGHT, (), now) is None
    back = next_slot(replace(hours, away=((date(2026, 1, 1), date(2027, 11, 30)),)), Pace.LIGHT, (), now)
    assert back == datetime(2027, 12, 1, 9, tzinfo=NEW_YORK)


def test_hours_that_lie_in_the_quiet_hours_are_never_used() -> None:
    """`hour` and `quiet` refuse them; a record that holds them all the same stays silent or waits for their end."""
    now = datetime(2026, 11, 16, tzinfo=UTC)
    assert next_slot(Hours(NEW_YORK, time(22)), Pace.LIGHT, (), now) is None
    assert next_slot(Hours(NEW_YORK, time(7)), Pace.LIGHT, (), now) == datetime(2026, 11, 16, 8, tzinfo=NEW_YORK)
