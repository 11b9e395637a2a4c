"""Options for when: a day, a moment, a time of day, a time zone; read in the asker's own zone."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from itertools import takewhile
from typing import Annotated, TypeVar

from bot.core.chat import LABEL_LIMIT, Kind
from bot.core.router import Context, Option
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.team.days import Toward, Unread, understood_day
from bot.topics.team.hours import read_zone, zone_suggestions

T = TypeVar("T")

LONGEST = 6  # words of a day
A_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
HALF_DAY = 12


def _told(read: Callable[[], T]) -> T:
    """What `read` gives, with what it can't read as a refusal."""
    try:
        return read()
    except Unread as unread:
        raise Refusal(str(unread)) from None


def _without(words: Sequence[str], links: Sequence[str]) -> list[str]:
    """The words without a leading “from”, “until” and the like."""
    return list(words[1:] if len(words) > 1 and words[0].casefold() in links else words)


def day_option(toward: Toward, *, links: Sequence[str] = (), stop: Sequence[str] = (), lengths: bool = True) -> Option:
    """A day. `links` are words that may lead it in (“from”); none is taken where one of `stop` leads (“until”).

    Without `lengths`, "2 weeks" is left to an option that comes later: there it says how long, not when.
    """

    def read(context: Context, text: str) -> date:
        from bot.topics.team.dates import read_day  # noqa: PLC0415 - the reader of dates is slow to load

        words = " ".join(_without(text.split(), links))
        return _told(lambda: read_day(words, context.now, context.asker.zone, toward=toward))

    def takes(context: Context, words: Sequence[str]) -> int:
        from bot.topics.team.dates import takes_day  # noqa: PLC0415
        from bot.topics.team.phrases import may_belong  # noqa: PLC0415

        if not words or words[0].casefold() in stop:
            return 0
        left = _without(words, links)
        count = takes_day(left, context.now, context.asker.zone, before=stop, lengths=lengths)
        if not count and len(left) < len(words):  # "until 31 feb": what is wrong with it, `read` says
            count = sum(1 for _ in takewhile(may_belong, left))
        return count + len(words) - len(left) if count else 0

    def suggest(context: Context, text: str) -> Sequence[tuple[str, str]]:
        return _suggest(text, USUAL_DAYS, lambda one: understood_day(read(context, one)))

    return Option(read, takes=takes, suggest=suggest, kind=Kind.DATE)


USUAL_DAYS = ("today", "tomorrow", "monday", "friday", "in 2 weeks")


def _suggest(text: str, usual: Sequence[str], meant: Callable[[str], str]) -> list[tuple[str, str]]:
    """What was typed so far and the usual words that hold it, each with what it would be; before that, these alone."""
    typed = " ".join(text.split())
    if not typed:
        return [(one, one.capitalize()) for one in usual]
    found = []
    for one in dict.fromkeys((typed, *(one for one in usual if typed.casefold() in one))):
        with suppress(Refusal):  # half a word is no date yet
            found.append((one, shown(f"{one}: {meant(one)}", LABEL_LIMIT)))
    return found


def moment_option(toward: Toward, usual: Sequence[str]) -> Option:
    """A moment; what has no time of day gets 09:00."""

    def read(context: Context, text: str) -> datetime:
        from bot.topics.team.dates import read_moment  # noqa: PLC0415

        return _told(lambda: read_moment(text, context.now, context.asker.zone, toward=toward))

    def takes(context: Context, words: Sequence[str]) -> int:
        from bot.topics.team.dates import takes_moment  # noqa: PLC0415

        taken = takes_moment(words, context.now, context.asker.zone, toward)
        return taken or _takes_wrong_moment(words, context) or _takes_mistyped(words)

    def suggest(context: Context, text: str) -> Sequence[tuple[str, str]]:
        from bot.topics.team.dates import understood  # noqa: PLC0415

        return _suggest(text, usual, lambda one: understood(read(context, one), context.asker.zone))

    return Option(read, takes=takes, suggest=suggest, kind=Kind.DATE)


def _takes_wrong_moment(words: Sequence[str], context: Context) -> int:
    """The leading words where they are a moment that `read` refuses ("tomorrow 3pm our rally" for what is past).

    Left where they are, they would be kept as text, and something else would be done than was said. One word alone
    ("tomorrow our rally") may well begin a text, and is taken only where nothing but a link comes after it.
    """
    from bot.topics.team.dates import read_moment, takes_moment  # noqa: PLC0415
    from bot.topics.team.phrases import may_belong  # noqa: PLC0415

    leading = takes_moment(words, context.now, context.asker.zone, "either")
    if leading > 1 or (leading and any(sign.isdigit() for sign in words[0])):
        return leading
    count = _until_link(words)
    if not 0 < count <= LONGEST or not all(map(may_belong, words[:count])):
        return 0
    if takes_moment(words[:count], context.now, context.asker.zone, "either") == count:
        return count
    try:
        read_moment(" ".join(words[:count]), context.now, context.asker.zone, toward="either")
    except Unread:  # no such day ("31 feb"), or an unclear one ("mon 9"); without a number it may be a text
        return count if any(sign.isdigit() for word in words[:count] for sign in word) else 0
    return 0


def _until_link(words: Sequence[str]) -> int:
    return next((at for at, word in enumerate(words) if "://" in word), len(words))


def _takes_mistyped(words: Sequence[str]) -> int:
    """One word by itself that is nearly a day's ("blursday"): whoever typed it is told what works."""
    return 1 if _until_link(words) == 1 and like_a_day(words[0]) else 0


def like_a_day(word: str) -> bool:
    """Is this nearly a word for a day, but for a typing error?"""
    from bot.topics.team.datehints import mistyped  # noqa: PLC0415 - the reader of dates is slow to load

    return mistyped(word)


ADay = Annotated[date, day_option("future", links=("until", "till", "til"))]
"""A day from today on, with or without "until"."""

AMoment = Annotated[datetime, moment_option("future", ("in 2 hours", "tomorrow 9am", "monday", "in 2 weeks"))]
"""A moment to come, aware UTC."""

APastMoment = Annotated[datetime, moment_option("past", ("now", "2 hours ago", "yesterday", "last friday"))]
"""A moment up to now, aware UTC."""


def time_of(text: str) -> time | None:
    """The time of day that the text says, or None: 9, 9am, 17:30, noon."""
    wanted = text.strip().casefold()
    found = A_TIME.fullmatch(wanted)
    if wanted in NAMED_TIMES or not found:
        return NAMED_TIMES.get(wanted)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if wanted.endswith("m") and not half:
        return None
    if half and not 1 <= hour <= HALF_DAY:
        return None
    if half:
        hour = hour % HALF_DAY + (HALF_DAY if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _read_time(_context: Context, text: str) -> time:
    found = time_of(" ".join(_without(text.split(), ("at", "from", "to", "until"))))
    if found is None:
        raise Refusal(f"I need a time of day here, such as 9, 9am or 17:30, not “{shown(text)}”.")
    return found


def _takes_time(_context: Context, words: Sequence[str]) -> int:
    left = _without(words, ("at", "from", "to", "until"))
    for count in (2, 1):
        if len(left) >= count and time_of(" ".join(left[:count])) is not None:
            return count + len(words) - len(left)
    return 0


def _suggest_times(_context: Context, text: str) -> Sequence[tuple[str, str]]:
    usual = [f"{hour:02}:00" for hour in (*range(8, 21), 21, 22, 7, 6)]
    return [(one, one) for one in usual if one.startswith(text.strip())]


ATime = Annotated[time, Option(_read_time, takes=_takes_time, suggest=_suggest_times)]
"""A time of day: 9, 9am, 17:30, noon."""


def _read_zone(_context: Context, text: str) -> str:
    if text.strip().casefold() in ("team", "none"):
        return ""
    try:
        return read_zone(text).key
    except ValueError as error:
        raise Refusal(str(error), choices=[(name, name) for name in zone_suggestions(text)]) from None


def _takes_zone(context: Context, words: Sequence[str]) -> int:
    for count in range(min(len(words), LONGEST), 0, -1):
        try:
            _read_zone(context, " ".join(words[:count]))
        except Refusal:
            continue
        return count
    return 0


def _suggest_zones(_context: Context, text: str) -> Sequence[tuple[str, str]]:
    return [(name, name) for name in zone_suggestions(text)]


AZone = Annotated[str, Option(_read_zone, takes=_takes_zone, suggest=_suggest_zones)]
"""A time zone by city, IANA name or short form, as its IANA name; “team” is empty: the team's own."""
