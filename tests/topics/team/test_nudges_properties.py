"""Nudges over years, weeks and lives, held against an oracle."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from bot.topics.team.hours import NOWHERE, Hours, in_quiet
from bot.topics.team.nudges import Pace, allowed_now, next_slot
from tests.topics.team.nudge_oracle import DAY, HOUR, QUARTER, always_due, expected, fits, quiet, slots, works

STRETCHES = [  # each begins some weeks before something odd
    ("America/New_York", date(2024, 2, 12)),  # a leap day, then 02:00 → 03:00
    ("America/New_York", date(2026, 10, 10)),
    ("Europe/London", date(2027, 12, 10)),
    ("America/Sao_Paulo", date(2018, 10, 10)),  # midnight is skipped
    ("America/Havana", date(2026, 10, 15)),  # midnight comes twice
    ("America/St_Johns", date(2010, 3, 1)),  # at a minute past midnight
    ("America/St_Johns", date(2010, 10, 15)),  # a date comes back for an hour
    ("Australia/Lord_Howe", date(2026, 9, 10)),  # by half an hour
    ("Antarctica/Troll", date(2026, 3, 10)),  # by two hours
    ("Africa/Casablanca", date(2026, 2, 1)),  # twice around Ramadan
    ("Asia/Gaza", date(2026, 3, 1)),
    ("Asia/Tehran", date(2022, 3, 1)),
    ("Pacific/Apia", date(2011, 12, 10)),  # 30 December 2011 was left out
    ("Pacific/Kwajalein", date(1993, 8, 1)),  # 21 August 1993 was left out
    ("Pacific/Chatham", date(2026, 9, 1)),  # 45 minutes off the hour
    ("Pacific/Kiritimati", date(2027, 2, 1)),
    ("Etc/GMT+12", date(2027, 2, 1)),
    ("UTC", date(2028, 2, 1)),
]


def midnight(zone: ZoneInfo, day: date) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)


CLOCKS = [
    (time(9), time(20), time(8)),
    (time(0), time(1), time(0)),
    (time(2), time(3), time(2)),
    (time(23), time(0), time(12)),
    (time(3), time(12), time(3)),
]


def assert_as_the_rules_have_it(hours: Hours, pace: Pace, year: int) -> None:
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    assert always_due(hours, pace, start, end) == expected(hours, pace, start, end), (hours, pace, year)


@pytest.mark.parametrize("pace", Pace)
def test_a_year_of_each_pace_is_as_the_rules_have_it(pace: Pace) -> None:
    for number, name in enumerate(sorted({name for name, _ in STRETCHES})):
        year = 2024 + number % 4
        away = ((date(year, 5, 4), date(year, 5, 18)), (date(year, 8, 2), date(year, 8, 2)))
        hours = Hours(ZoneInfo(name), *CLOCKS[number % len(CLOCKS)], weekends=number % 3 == 0, country="US", away=away)
        assert_as_the_rules_have_it(hours, pace, year)


def test_a_year_in_every_zone_is_as_the_rules_have_it() -> None:
    """Another year, pace and hour each time, over the years in which zones were moved about."""
    years = [2024, 2011, 2026, 1993, 2016, 2037, 1979]
    for number, name in enumerate(sorted(available_timezones() - NOWHERE)):
        hours = Hours(ZoneInfo(name), *CLOCKS[number % len(CLOCKS)], weekends=bool(number % 4))
        assert_as_the_rules_have_it(hours, list(Pace)[number % 3], years[number % len(years)])


def quarter(count: int) -> time:
    return time(count // 4 % 24, count % 4 * 15)


@st.composite
def some_hours(draw: st.DrawFn, zone: ZoneInfo, first: date) -> Hours:
    begins = st.integers(0, 80).map(lambda days: first + timedelta(days=days))
    away = draw(st.lists(st.tuples(begins, st.none() | st.integers(0, 20)), max_size=2))
    absences = tuple((one, None if days is None else one + timedelta(days=days)) for one, days in away)
    hour = draw(st.integers(0, 95))
    quiet_from = hour + draw(st.integers(1, 95))
    quiet_to = draw(st.integers(quiet_from, hour + 96))
    clocks = (quarter(hour), quarter(quiet_from), quarter(quiet_to))
    hours = Hours(zone, *clocks, draw(st.booleans()), draw(st.sampled_from([None, "US"])), absences)
    assert not in_quiet(hours.quiet_from, hours.quiet_to, hours.hour)  # as `hour` and `quiet` make sure
    return hours


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(STRETCHES), st.sampled_from(Pace))
def test_weeks_with_any_hours_are_as_the_rules_have_it(
    data: st.DataObject, stretch: tuple[str, date], pace: Pace
) -> None:
    zone, first = ZoneInfo(stretch[0]), stretch[1]
    hours = data.draw(some_hours(zone, first))
    start = midnight(zone, first)
    end = start + 60 * DAY
    sent = always_due(hours, pace, start, end)
    assert sent == expected(hours, pace, start, end)
    for slot in slots(hours, start, end):
        before = [one for one in sent if one < slot]
        assert allowed_now(hours, pace, before, slot) is fits(zone, pace, before, slot)


class Life(Struct, frozen=True):
    """What happens to a volunteer and to the process: (from, until) in which it is down, (when, hours) from then on."""

    pace: Pace
    down: list[tuple[datetime, datetime]]
    stays: list[tuple[datetime, Hours]]

    def up(self, moment: datetime) -> datetime:
        for begun, over in sorted(self.down):
            if begun <= moment < over:
                moment = over
        return moment

    def hours(self, moment: datetime) -> Hours:
        return [hours for since, hours in self.stays if since <= moment][-1]


def lived(life: Life, end: datetime) -> list[datetime]:
    """What is sent when the agenda does as the engine does: late entries run at the start, moves find a new slot."""
    sent: list[datetime] = []
    for (since, hours), (until, _) in pairwise([*life.stays, (end, life.stays[-1][1])]):
        wake = next_slot(hours, life.pace, sent, since)
        while wake is not None and (now := life.up(wake)) < until:
            if allowed_now(hours, life.pace, sent[-6:], now):
                sent.append(now)
            wake = next_slot(hours, life.pace, sent[-6:], now)
    return sent


@st.composite
def lives(draw: st.DrawFn) -> Life:
    name, first = draw(st.sampled_from(STRETCHES))
    start = midnight(ZoneInfo(name), first)
    spans = st.tuples(st.integers(0, 45 * 24), st.integers(1, 60))
    down = [(start + begun * HOUR, start + (begun + long) * HOUR) for begun, long in draw(st.lists(spans, max_size=8))]
    moves = sorted(set(draw(st.lists(st.integers(1, 45 * 24), max_size=4))))
    zones = [ZoneInfo(name), *(ZoneInfo(draw(st.sampled_from(STRETCHES))[0]) for _ in moves)]
    when = [start + ahead * HOUR for ahead in (0, *moves)]
    stays = [(since, draw(some_hours(zone, first))) for since, zone in zip(when, zones, strict=True)]
    return Life(draw(st.sampled_from(Pace)), down, stays)


def assert_no_rule_is_broken(life: Life, sent: list[datetime]) -> None:
    assert sent == sorted(set(sent))
    for place, moment in enumerate(sent):
        hours = life.hours(moment)
        shown = moment.astimezone(hours.zone)
        assert life.up(moment) == moment
        assert works(hours, shown.date())
        assert not quiet(hours, shown)
        assert fits(hours.zone, life.pace, sent[:place], moment)
        today = slots(hours, moment - 30 * HOUR, moment + QUARTER)
        assert today[-1].astimezone(hours.zone).date() == shown.date()
        assert fits(hours.zone, life.pace, sent[:place], today[-1])
        assert moment - today[-1] <= 12 * HOUR


def assert_no_slot_is_passed(life: Life, sent: list[datetime], end: datetime) -> None:
    for (since, hours), (until, _) in pairwise([*life.stays, (end, life.stays[-1][1])]):
        for slot in slots(hours, since - 60 * HOUR, until):
            if slot >= since and life.up(slot) == slot and slot not in sent:
                assert not fits(hours.zone, life.pace, [one for one in sent if one < slot], slot), slot


@settings(max_examples=120, deadline=None)
@given(lives())
def test_late_starts_and_moves_break_no_rule_and_pass_no_slot(life: Life) -> None:
    end = life.stays[0][0] + 45 * DAY
    sent = lived(life, end)
    assert_no_rule_is_broken(life, sent)
    assert_no_slot_is_passed(life, sent, end)


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(STRETCHES), st.sampled_from(Pace), st.lists(st.integers(0, 8 * 96), max_size=6))
def test_slots_never_go_back(data: st.DataObject, stretch: tuple[str, date], pace: Pace, quarters: list[int]) -> None:
    """A later question has no earlier answer, more nudges leave no more room, and their order does not matter."""
    hours = data.draw(some_hours(ZoneInfo(stretch[0]), stretch[1]))
    now = midnight(hours.zone, stretch[1]) + 20 * DAY
    sent = [now - count * QUARTER for count in quarters]
    later = now + data.draw(st.integers(0, 3000)) * QUARTER
    horizon = now + 900 * DAY
    slot = next_slot(hours, pace, sent, now) or horizon
    assert now <= slot <= (next_slot(hours, pace, sent, later) or horizon)
    assert (next_slot(hours, pace, sent[1:], now) or horizon) <= slot
    assert next_slot(hours, pace, sorted(sent), now) == next_slot(hours, pace, sorted(sent)[::-1], now)
    if slot < horizon:
        assert next_slot(hours, pace, sent, slot) == slot
        assert allowed_now(hours, pace, sent, slot)
        assert slot.tzinfo is UTC
