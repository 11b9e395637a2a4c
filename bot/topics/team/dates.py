"""The dates and times that volunteers type: "yesterday 3pm", "in 2 weeks", "5 jan at noon", "2pm ET".

Read in the volunteer's own time zone, repeated back by `understood`, kept in UTC. A text that could mean two things is
refused with what to type instead, since a date that is silently wrong costs more than one more message. Days are local
dates and are given their time of day last, so a change of clocks moves nothing; what dateparser reads, and how it is
kept from its silent faults, is in `daywords`. Nothing here reads a clock.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.topics.team.days import (
    FIRST_YEAR,
    YEARS_AHEAD,
    Dated,
    Span,
    Toward,
    Unread,
    Weekday,
    moved,
    out_of_range,
    understood_day,
)
from bot.topics.team.daywords import read_day_words
from bot.topics.team.phrases import RAW_LIMIT, TEXT_LIMIT, Phrase, may_belong, take_apart, visible

__all__ = [
    "Toward",
    "Unread",
    "read_day",
    "read_moment",
    "takes_day",
    "takes_moment",
    "understood",
    "understood_day",
    "warm",
]

NINE = time(9)
WORD_LIMIT = 6  # leading words that may form a moment


def read_moment(
    text: str, now: datetime, zone: ZoneInfo, *, default_time: time = NINE, toward: Toward = "future"
) -> datetime:
    """The moment that a volunteer in `zone` means by `text` at `now` (aware), in UTC.

    `toward` decides open words: "friday", "3pm" and "jan 5" are the next ones in the future, the most recent ones in
    the past; either reads them as coming (a time alone as today's) and takes explicit past as well. A day without a
    time gets `default_time`; "in 2 weeks" keeps the time of day. Raises Unread, also for the wrong direction.
    """
    phrase = take_apart(text, now.astimezone(zone).date())
    if phrase is None:
        raise _unread(text, now, toward, "time")
    moment = _moment(phrase, now, zone, default_time, toward)
    if toward == "future" and moment < now:
        raise Unread(f"{understood(moment, zone)} has already passed. Try: in 2 hours, tomorrow 9am.")
    if toward == "past" and moment > now:
        raise Unread(f"{understood(moment, zone)} is still to come. Try: now, 2 hours ago, yesterday 3pm.")
    return moment


def read_day(text: str, now: datetime, zone: ZoneInfo, *, toward: Toward = "future") -> date:
    """The local date that a volunteer in `zone` means by `text` at `now` (aware); today counts in every direction.

    A time of day beside the day is let pass. Raises Unread as `read_moment` does.
    """
    phrase = take_apart(text, now.astimezone(zone).date())
    if phrase is None:
        raise _unread(text, now, toward, "day")
    if phrase.day is None:
        raise Unread("That is a time of day. Which day? Try: today, tomorrow, next Tuesday.")
    today = now.astimezone(zone).date()
    if phrase.zone or (isinstance(phrase.day, Span) and phrase.day.minutes):
        day = _moment(phrase, now, zone, NINE, toward).astimezone(zone).date()
    else:
        day = _in_range(phrase.day.on(today, toward), today)
    if toward == "future" and day < today:
        raise Unread(f"{understood_day(day)} has already passed. Try: today, tomorrow, next Tuesday.")
    if toward == "past" and day > today:
        raise Unread(f"{understood_day(day)} is still to come. Try: today, yesterday, last Tuesday.")
    return day


def takes_moment(
    words: Sequence[str], now: datetime, zone: ZoneInfo, toward: Toward, *, default_time: time = NINE
) -> int:
    """How many leading words form a moment that `read_moment` reads: the most of at most six, or 0.

    Careful rather than clever, since what it doesn't take stays in the text that follows: words that are also other
    English words ("sat", "now", "the 5th", "10 minutes") count only where nothing but a link comes after them, and
    where the longest moment is refused, its first words are not taken for a shorter one ("2 weeks ago" to come).
    """
    count = _longest(words, now.astimezone(zone).date(), toward)
    try:
        if count:
            read_moment(" ".join(words[:count]), now, zone, default_time=default_time, toward=toward)
    except Unread:
        return 0
    return count


def takes_day(
    words: Sequence[str], now: datetime, zone: ZoneInfo, *, before: Sequence[str] = (), lengths: bool = True
) -> int:
    """How many leading words form a day, as `takes_moment` has it; one of the words `before` may come after them.

    A day on the wrong side of today is taken too, so that whoever typed it is told. Without `lengths`, "2 weeks" is
    none: it says how long sooner than when.
    """
    today = now.astimezone(zone).date()
    count = _longest(words, today, "future", before)
    if not count:
        return 0
    text = " ".join(words[:count])
    try:
        read_day(text, now, zone, toward="either")
        phrase = take_apart(text, today)
    except Unread:
        return 0
    long = phrase is not None and isinstance(phrase.day, Span) and not phrase.day.sign
    return 0 if long and not lengths else count


def _longest(words: Sequence[str], today: date, toward: Toward, before: Sequence[str] = ()) -> int:
    """How many leading words look like a moment that hardly means anything else: the most of at most six, or 0."""
    known = 0
    while known < min(WORD_LIMIT, len(words)) and may_belong(words[known]):
        known += 1
    for count in range(known, 0, -1):
        after = "" if count == len(words) else words[count].casefold().lstrip("<")
        alone = not after or after in before or after.startswith(("http://", "https://"))
        if _stands(" ".join(words[:count]), today, toward, alone=alone):
            return count
    return 0


def understood(moment: datetime, zone: ZoneInfo) -> str:
    """The moment as Steward repeats it, in local time and in the same words everywhere: "Tue 1 Dec 2026, 09:00"."""
    local = moment.astimezone(zone)
    return f"{understood_day(local.date())}, {local.hour:02}:{local.minute:02}"


def warm() -> None:
    """Load dateparser and read a first date (300 ms), so that the first volunteer of the day doesn't wait for it."""
    read_day_words("5 january 2027")


def _moment(phrase: Phrase, now: datetime, zone: ZoneInfo, default_time: time, toward: Toward) -> datetime:
    """What the phrase means, in whichever direction that turns out to be."""
    here = now.astimezone(zone)
    if phrase.day is None:
        return _time_alone(phrase.clock or default_time, phrase.zone or zone, now, toward)
    if isinstance(phrase.day, Span) and not phrase.day.vague and phrase.clock is None:
        return _after(phrase.day, here, toward)
    day = _in_range(phrase.day.on(here.date(), toward), here.date())
    moment = _instant(day, phrase.clock or default_time, phrase.zone or zone)
    # "posted today" at eight in the morning: the usual nine o'clock is still to come, but the post isn't.
    begun = toward == "past" and day == here.date() and not phrase.exact and here.hour in phrase.hours
    return min(moment, now.astimezone(UTC)) if begun else moment


def _time_alone(clock: time, zone: tzinfo, now: datetime, toward: Toward) -> datetime:
    today = now.astimezone(zone).date()
    near = [_instant(today + timedelta(days=days), clock, zone) for days in (-2, -1, 0, 1, 2)]
    if toward == "either":
        return near[2]
    return min(at for at in near if at > now) if toward == "future" else max(at for at in near if at <= now)


def _after(span: Span, here: datetime, toward: Toward) -> datetime:
    """`here` (local) moved by months and days on the calendar, which keep the time of day, then by elapsed minutes."""
    day = _in_range(span.on(here.date(), toward), here.date())
    # The hour that clocks repeat in autumn keeps its place in it only while the day is the same.
    start = here.astimezone(UTC) if day == here.date() else _instant(day, here.time(), here.tzinfo or UTC)
    moment = start + timedelta(minutes=span.way(toward) * span.minutes)
    _in_range(moment.date(), here.date())
    return moment


def _instant(day: date, clock: time, zone: tzinfo) -> datetime:
    """That local time in UTC: a time that clocks skip moves ahead by as much; of one that they repeat, the first."""
    return datetime.combine(day, clock.replace(fold=0), tzinfo=zone).astimezone(UTC)


def _in_range(day: date, today: date) -> date:
    if day.year < FIRST_YEAR or day > moved(today, months=12 * YEARS_AHEAD):
        raise out_of_range()
    return day


def _stands(text: str, today: date, toward: Toward, *, alone: bool) -> bool:
    """Are the words a moment that hardly means anything else? `alone`: nothing but a link comes after them."""
    try:
        phrase = take_apart(text, today)
    except Unread:
        phrase = None
    counted = "0" <= text[0] <= "9"
    match phrase:
        case None:
            return False
        case Phrase(day=Span(sign=0)) if toward == "future":
            return alone or counted
        case Phrase(day=Span(sign=0)):  # "10 minutes" is the length of a video sooner than its age; "2h" isn't
            return alone and counted and " " not in text
        case Phrase(day=Span(months=0, days=0, minutes=0)):
            return alone
        case Phrase(day=Weekday(short=True) | Dated(month=None) | Dated(slashed=True), clock=None):
            return alone
    return True


def _unread(text: str, now: datetime, toward: Toward, what: str) -> Unread:
    shown = " ".join(visible(text[:RAW_LIMIT]).split())
    shown = shown if len(shown) <= TEXT_LIMIT else shown[: TEXT_LIMIT - 1] + "…"
    known = f'I can\'t read "{shown}" as a {what}.' if shown else f"I need a {what}."
    day = (now + timedelta(days=-5 if toward == "past" else 5)).date()
    if what == "day":
        tries = "yesterday, last Tuesday" if toward == "past" else "tomorrow, next Tuesday"
        return Unread(f"{known} Try: {tries}, {day}.")
    tries = "yesterday 3pm, last Tuesday" if toward == "past" else "tomorrow 9am, next Tuesday"
    return Unread(f"{known} Try: {tries}, {day} 15:00.")
