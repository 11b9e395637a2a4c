"""Dates over a year of base times and in awkward zones, held to plain arithmetic and to dateparser itself."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import dateparser
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.topics.team.dates import Toward, Unread, read_day, read_moment, takes_moment, understood, understood_day
from bot.topics.team.daywords import KNOWN

ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "America/New_York",
        "America/St_Johns",  # half an hour
        "Asia/Kolkata",  # half an hour, no change of clocks
        "Australia/Lord_Howe",  # clocks change by half an hour
        "Pacific/Chatham",  # three quarters of an hour, a day ahead of most
    )
]
T = TypeVar("T")
NINE = time(9)
DAY = timedelta(days=1)

zones = st.sampled_from(ZONES)
nows = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 31), timezones=st.just(UTC))  # noqa: DTZ001 - made aware there
towards: st.SearchStrategy[Toward] = st.sampled_from(["future", "past", "either"])
quickly = settings(max_examples=60, deadline=None, database=None)


def in_utc(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant at which clocks in `zone` show that time, found by trying the offsets of the days around it."""
    wall = datetime.combine(day, clock)  # naive on purpose: what the clock on the wall shows
    offsets = [
        datetime.combine(day + step * DAY, clock, tzinfo=zone).utcoffset() or timedelta(0) for step in (-1, 0, 1)
    ]
    shown = sorted((wall - offset).replace(tzinfo=UTC) for offset in offsets)
    fitting = [moment for moment in shown if moment.astimezone(zone).replace(tzinfo=None) == wall]
    return fitting[0] if fitting else (wall - offsets[0]).replace(tzinfo=UTC)  # skipped: as before the change


def walk(start: date, step: int, fits: Callable[[date], bool]) -> date:
    """The first day from `start` on, day by day, that fits."""
    day = start
    while not fits(day):
        day += step * DAY
    return day


def months_away(day: date, months: int) -> date:
    """The same day so many months away, or the last one of a shorter month."""
    first = day.replace(day=1)
    for _ in range(abs(months)):
        first = (first + 31 * DAY).replace(day=1) if months > 0 else (first - DAY).replace(day=1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


class Case(NamedTuple):
    text: str
    toward: Toward
    day: Callable[[date], date]
    clock: time | None = NINE  # None: the time of day stays


def last_of_month(today: date) -> date:
    return walk(today, 1, lambda day: (day + DAY).day == 1)


CASES = [
    Case("tomorrow", "future", lambda today: today + DAY),
    Case("tomorrow 9am", "future", lambda today: today + DAY),
    Case("tomorrow 2:30am", "future", lambda today: today + DAY, time(2, 30)),
    Case("1:45 tomorrow", "future", lambda today: today + DAY, time(1, 45)),
    Case("tomorrow night", "future", lambda today: today + DAY, time(20)),
    Case("day after tomorrow at noon", "future", lambda today: today + 2 * DAY, time(12)),
    Case("friday", "future", lambda today: walk(today + DAY, 1, lambda day: day.weekday() == 4)),
    Case("next sun 6pm", "future", lambda today: walk(today + 2 * DAY, 1, lambda day: day.weekday() == 6), time(18)),
    Case("coming sun 6pm", "future", lambda today: walk(today + DAY, 1, lambda day: day.weekday() == 6), time(18)),
    Case("monday morning", "future", lambda today: walk(today + DAY, 1, lambda day: day.weekday() == 0)),
    Case("a week from friday", "future", lambda today: walk(today + DAY, 1, lambda day: day.weekday() == 4) + 7 * DAY),
    Case("jan 5", "future", lambda today: walk(today, 1, lambda day: (day.month, day.day) == (1, 5)), time(23, 59)),
    Case("29 feb", "future", lambda today: walk(today, 1, lambda day: (day.month, day.day) == (2, 29))),
    Case("the 31st", "future", lambda today: walk(today, 1, lambda day: day.day == 31), time(23, 59)),
    Case("eom", "future", last_of_month, time(23, 59)),
    Case(
        "first monday of december",
        "future",
        lambda today: walk(today, 1, lambda day: day.month == 12 and day.day <= 7 and day.weekday() == 0),
        time(23, 59),
    ),
    Case(
        "last friday of march",
        "future",
        lambda today: walk(today, 1, lambda day: day.month == 3 and day.day > 24 and day.weekday() == 4),
        time(23, 59),
    ),
    Case("in 2 weeks", "future", lambda today: today + 14 * DAY, None),
    Case("2w", "future", lambda today: today + 14 * DAY, None),
    Case("in 120 days", "future", lambda today: today + 120 * DAY, None),
    Case("in 3 months", "future", lambda today: months_away(today, 3), None),
    Case("next week", "future", lambda today: today + 7 * DAY),
    Case("in 2 days at 5pm", "future", lambda today: today + 2 * DAY, time(17)),
    Case("yesterday", "past", lambda today: today - DAY),
    Case("yesterday 3pm", "past", lambda today: today - DAY, time(15)),
    Case("last night", "past", lambda today: today - DAY, time(20)),
    Case("tuesday", "past", lambda today: walk(today - DAY, -1, lambda day: day.weekday() == 1)),
    Case("last tue 2:15am", "past", lambda today: walk(today - DAY, -1, lambda day: day.weekday() == 1), time(2, 15)),
    Case("jan 5", "past", lambda today: walk(today, -1, lambda day: (day.month, day.day) == (1, 5)), time(0)),
    Case("the 31st", "past", lambda today: walk(today, -1, lambda day: day.day == 31), time(0)),
    Case("3 days ago", "past", lambda today: today - 3 * DAY, None),
    Case("200 days ago", "past", lambda today: today - 200 * DAY, None),
    Case("a month ago", "past", lambda today: months_away(today, -1), None),
    Case("last month", "past", lambda today: months_away(today, -1)),
]


@given(now=nows, zone=zones)
@settings(max_examples=50, deadline=None, database=None)
def test_every_phrase_is_what_plain_arithmetic_says(now: datetime, zone: ZoneInfo) -> None:
    local = now.astimezone(zone)
    for case in CASES:
        day = case.day(local.date())
        moment = read_moment(case.text, now, zone, default_time=case.clock or NINE, toward=case.toward)
        assert moment == in_utc(day, case.clock or local.time(), zone), case
        assert read_day(case.text, now, zone, toward=case.toward) == day, case


@given(now=nows, zone=zones, hour=st.integers(0, 23), minute=st.integers(0, 59), toward=towards)
@quickly
def test_a_time_alone_is_the_nearest_one(now: datetime, zone: ZoneInfo, hour: int, minute: int, toward: Toward) -> None:
    today = now.astimezone(zone).date()
    around = [in_utc(today + step * DAY, time(hour, minute), zone) for step in (-1, 0, 1)]
    half = f"{(hour - 1) % 12 + 1}:{minute:02} {'pm' if hour >= 12 else 'am'}"
    wanted = {
        "future": min((moment for moment in around if moment > now), default=None),
        "past": max((moment for moment in around if moment <= now), default=None),
        "either": around[1],
    }[toward]
    for text in (f"{hour}:{minute:02}", f"{hour:02}:{minute:02}", half, half.replace(" ", "")):
        assert read_moment(text, now, zone, toward=toward) == wanted


@given(now=nows, zone=zones, count=st.integers(1, 5000), back=st.booleans())
@quickly
def test_minutes_and_hours_are_elapsed(now: datetime, zone: ZoneInfo, count: int, back: bool) -> None:
    for unit, length in (("minutes", timedelta(minutes=count)), ("h", timedelta(hours=count))):
        text = f"{count} {unit} ago" if back else f"in {count} {unit}"
        toward: Toward = "past" if back else "future"
        assert read_moment(text, now, zone, toward=toward) == (now - length if back else now + length)


@given(now=nows, zone=zones, day=st.dates(date(2026, 1, 1), date(2035, 12, 31)), clock=st.times())
@quickly
def test_a_complete_date_is_itself_however_it_is_written(now: datetime, zone: ZoneInfo, day: date, clock: time) -> None:
    clock = clock.replace(second=0, microsecond=0)
    wanted = in_utc(day, clock, zone)
    for text in (
        f"{day} {clock:%H:%M}",
        f"{day}T{clock:%H:%M}",
        f"{day:%Y/%m/%d} {clock:%I:%M%p}",
        f"{day:%d %B %Y} {clock:%H:%M}",
        f"{clock:%I:%M %p} {day:%b %d, %Y}",
        f"{understood_day(day)}, {clock:%H:%M}",
        wanted.strftime("%Y-%m-%dT%H:%M:%SZ"),
    ):
        assert read_moment(text, now, zone, toward="either") == wanted
        assert read_day(f"{day:%a %d %b %Y}", now, zone, toward="either") == day


@given(now=nows, zone=zones, moment=nows)
@quickly
def test_what_is_repeated_can_be_typed_again(now: datetime, zone: ZoneInfo, moment: datetime) -> None:
    said = understood(moment, zone)
    again = read_moment(said, now, zone, toward="either")
    assert understood(again, zone) == said


# Only phrases that both read; the local time that they mean must be the same one.
DATEPARSER_TOO = """
tomorrow 9am|yesterday 3pm|tomorrow at noon|yesterday evening|tomorrow night|monday morning|friday afternoon
today 5pm|9pm tonight|last night|day after tomorrow 9am|day before yesterday 9am|last friday 9am
this wednesday 9am|friday 9am|wed 5pm|sunday 21:30|2026-12-05 15:00|2026/12/05 3pm|5 jan 2027 9am
jan 5, 2027 9:30 p.m.|25/12/2026 9am|12/25/2026 9am|2 days ago at 5pm|in 2 days at 5pm|now|in 2 weeks|2 weeks|3d|2wk
in 120 days|3 days ago|two weeks ago|a week ago|in twelve days|in 1 month|3 months ago|in a year|1 year ago
2 fortnights|a fortnight ago|in a fortnight|2 weeks from now|three weeks later|in 2 weeks and 3 days|an hour ago
in 90 minutes|2h|30m|1h30m|in 1 hour and 30 minutes|in 1.5 hours
"""
# Read by both, but dateparser is wrong about them on the first and last day of a month, or where the date is today.
OPEN = "9am|21:30|noon|12am|12pm|jan 5 9am|5th of january 9am|sept 5 9am|feb 29 9am"


def phrases_of(table: str) -> list[str]:
    return table.strip().replace("\n", "|").split("|")


@given(
    text=st.sampled_from(phrases_of(DATEPARSER_TOO) + phrases_of(OPEN)),
    now=nows,
    zone=zones,
    toward=st.sampled_from(["future", "past"]),
)
@settings(max_examples=300, deadline=None, database=None)
def test_the_grammar_agrees_with_dateparser(text: str, now: datetime, zone: ZoneInfo, toward: Toward) -> None:
    local = now.astimezone(zone).replace(tzinfo=None)
    if text in phrases_of(OPEN):
        assume(local.day > 1 and (local + DAY).day > 1 and (local.month, local.day) not in ((1, 5), (9, 5), (2, 29)))
    theirs = dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": local, "PREFER_DATES_FROM": toward})
    assert theirs is not None
    try:
        ours = read_moment(text, now, zone, toward=toward)
    except Unread:  # because it goes the wrong way, not as unreadable
        assert (theirs < local) == (toward == "future")
    else:
        assert ours.astimezone(zone).replace(tzinfo=None) == theirs or beyond(theirs, text, now, zone)


def beyond(theirs: datetime, text: str, now: datetime, zone: ZoneInfo) -> bool:
    """Where dateparser, which knows no zone, can't be right, or where a time alone is this very moment."""
    offsets = {(now + step * DAY).astimezone(zone).utcoffset() for step in (-1, 0, 1)}
    changed = len(offsets) > 1 and re.search("[0-9]h|hour|minute|[0-9]m", text) is not None
    skipped = not understood(in_utc(theirs.date(), theirs.time(), zone), zone).endswith(f"{theirs:%H:%M}")
    return changed or skipped or theirs == now.astimezone(zone).replace(tzinfo=None)


# Words that a moment may be made of, in any order: far more likely to be nearly a date than any text.
ODD = (
    "9am 9:30pm 21:30 25:00 13pm 10 3d 2w 2026 1999 2026-12-05 2026-02-30 05/12/2026 25/12 5th 31st ET pt ist utc eod"
    " weekend christmas ago, @ - : +02:00 tonight 9999 1.5 0 ½ 😀 https://x.org"
)
pieces = st.sampled_from([*sorted(KNOWN), *ODD.split()])
any_words = st.lists(st.one_of(pieces, st.text(max_size=5)), max_size=8)
texts = st.one_of(st.lists(pieces, max_size=7).map(" ".join), any_words.map(" ".join), st.text(max_size=70))


@given(text=texts, now=nows, zone=zones, toward=towards)
@example(text="in 9999 years", now=datetime(2026, 1, 1, tzinfo=UTC), zone=ZONES[0], toward="future")
@example(text="jan 5 0000", now=datetime(2026, 1, 1, tzinfo=UTC), zone=ZONES[0], toward="past")
@settings(max_examples=400, deadline=None, database=None)
def test_any_text_is_read_in_the_right_direction_or_refused(
    text: str, now: datetime, zone: ZoneInfo, toward: Toward
) -> None:
    today = now.astimezone(zone).date()
    moment = or_refused(lambda: read_moment(text, now, zone, toward=toward))
    if moment is not None:
        assert moment.tzinfo is UTC
        assert toward != "future" or moment >= now
        assert toward != "past" or moment <= now
        assert datetime(2000, 1, 1, tzinfo=UTC) - DAY <= moment <= now + 3655 * DAY
    day = or_refused(lambda: read_day(text, now, zone, toward=toward))
    if day is not None:
        assert toward != "future" or day >= today
        assert toward != "past" or day <= today


def or_refused(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Unread as unread:
        sentence = str(unread)
    assert 20 < len(sentence) < 200
    assert sentence.isprintable()
    return None


@given(words=any_words, now=nows, zone=zones, toward=towards)
@settings(max_examples=250, deadline=None, database=None)
def test_the_words_that_are_taken_can_be_read(words: list[str], now: datetime, zone: ZoneInfo, toward: Toward) -> None:
    count = takes_moment(words, now, zone, toward)
    assert 0 <= count <= min(6, len(words))
    if count:
        read_moment(" ".join(words[:count]), now, zone, toward=toward)


@given(
    case=st.sampled_from(CASES),
    rest=st.sampled_from([["our", "rally"], ["https://example.org/p"], ["with", "10", "friends"], []]),
    now=nows,
    zone=zones,
)
@quickly
def test_a_moment_is_taken_whole_from_before_other_words(
    case: Case, rest: list[str], now: datetime, zone: ZoneInfo
) -> None:
    words = case.text.split()
    clock = case.clock or NINE
    count = takes_moment([*words, *rest], now, zone, case.toward, default_time=clock)
    assert count == len(words) or (count == 0 and case.text == "the 31st" and bool(rest))
