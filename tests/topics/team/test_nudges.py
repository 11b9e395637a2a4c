"""Held against an oracle that knows the rules only as the issue words them: it walks the clock in small steps."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from bot.topics.team.hours import NOWHERE, Hours, check_hours
from bot.topics.team.nudges import Pace, allowed_now, next_slot, slot_on

NEW_YORK = ZoneInfo("America/New_York")
DAY, HOUR, QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)
CAPS = {Pace.LIGHT: 1, Pace.STANDARD: 2, Pace.ACTIVE: 5}
US = holidays.country_holidays("US", years=range(1990, 2031))
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


# The oracle


def quiet(hours: Hours, shown: datetime) -> bool:
    start, end, asked = (one.hour * 60 + one.minute for one in (hours.quiet_from, hours.quiet_to, shown))
    return (asked - start) % 1440 < (end - start) % 1440


def works(hours: Hours, day: date) -> bool:
    away = [day >= first and (last is None or day <= last) for first, last in hours.away]
    return not (any(away) or (day.weekday() > 4 and not hours.weekends) or (hours.country == "US" and day in US))


def slots(hours: Hours, start: datetime, end: datetime) -> list[datetime]:
    """The slot of each date that has one, in order."""
    first, last = (moment.astimezone(hours.zone).date() for moment in (start, end))
    days = [first + ahead * DAY for ahead in range((last - first).days + 1)]
    found = [oracle_slot(hours, day) for day in days if works(hours, day)]
    return [slot for slot in found if slot is not None and start <= slot < end]


def oracle_slot(hours: Hours, day: date) -> datetime | None:
    """Where no clock changes for two days around, the hour as it is; else by looking at the wall every 15 minutes."""
    hour, noon = datetime.combine(day, hours.hour), datetime.combine(day, time(12), UTC)
    before, after = ((noon + ahead).astimezone(hours.zone).utcoffset() for ahead in (-2 * DAY, 2 * DAY))
    if before == after and before is not None:
        return hour.replace(tzinfo=UTC) - before
    moments = [noon + (count - 192) * QUARTER for count in range(384)]
    shown = [moment.astimezone(hours.zone).replace(tzinfo=None) for moment in moments]
    skipping = [place for place, (wall, following) in enumerate(pairwise(shown)) if wall < hour < following]
    place = skipping[0] + (hour - shown[skipping[0]]) // QUARTER if hour not in shown else shown.index(hour)
    while shown[place].date() == day and quiet(hours, shown[place]):
        place += 1
    return moments[place] if shown[place].date() == day else None


def fits(zone: ZoneInfo, pace: Pace, sent: Sequence[datetime], moment: datetime) -> bool:
    """The caps: one a local day, 16 hours apart, so many on any seven local dates."""
    today = moment.astimezone(zone).date()
    ago = [(today - one.astimezone(zone).date()).days for one in sent]
    apart = all(moment - one >= 16 * HOUR for one in sent)
    return apart and min(ago, default=1) > 0 and sum(days < 7 for days in ago) < CAPS[pace]


def expected(hours: Hours, pace: Pace, start: datetime, end: datetime) -> list[datetime]:
    """When nudges go out if something is always due: at each slot that the caps allow."""
    sent: list[datetime] = []
    for slot in slots(hours, start, end):
        if fits(hours.zone, pace, sent[-6:], slot):
            sent.append(slot)
    return sent


def always_due(hours: Hours, pace: Pace, start: datetime, end: datetime) -> list[datetime]:
    """The same by the model."""
    sent: list[datetime] = []
    slot = next_slot(hours, pace, sent, start)
    while slot is not None and slot < end:
        assert allowed_now(hours, pace, sent[-6:], slot)
        sent.append(slot)
        assert not allowed_now(hours, pace, sent[-6:], slot)
        slot = next_slot(hours, pace, sent[-6:], slot)
    return sent


def midnight(zone: ZoneInfo, day: date) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)


# Years

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
    check_hours(hours)
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


# Late, and elsewhere


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


@settings(max_examples=120, deadline=None)
@given(lives())
def test_late_starts_and_moves_break_no_rule_and_pass_no_slot(life: Life) -> None:
    end = life.stays[0][0] + 45 * DAY
    sent = lived(life, end)
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
    for (since, hours), (until, _) in pairwise([*life.stays, (end, life.stays[-1][1])]):
        for slot in slots(hours, since - 60 * HOUR, until):
            if slot >= since and life.up(slot) == slot and slot not in sent:
                assert not fits(hours.zone, life.pace, [one for one in sent if one < slot], slot), slot


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


# Single slots


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
    """`check_hours` refuses them; a record that holds them all the same stays silent or waits for their end."""
    now = datetime(2026, 11, 16, tzinfo=UTC)
    assert next_slot(Hours(NEW_YORK, time(22)), Pace.LIGHT, (), now) is None
    assert next_slot(Hours(NEW_YORK, time(7)), Pace.LIGHT, (), now) == datetime(2026, 11, 16, 8, tzinfo=NEW_YORK)


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
