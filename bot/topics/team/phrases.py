"""A typed text taken apart: the words for the day, the clock, the part of the day, and a time zone if one is named.

Here are the text's own limits, its cleaning, and what can be refused without knowing what time it is.
"""

import re
import unicodedata
from datetime import date, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.topics.team.datehints import hint
from bot.topics.team.days import Day, Span, Unread
from bot.topics.team.daywords import KNOWN, read_day_words

TEXT_LIMIT = 60  # characters, cleaned: dateparser takes seconds over long texts, and no moment is longer
RAW_LIMIT = 400  # characters, as typed: blanks and control characters may surround the moment

# What people write means the clock on the wall there, summer and winter: "EST" in July is said of New York time too.
ZONES = {
    name: zone
    for zone, names in (
        ("America/New_York", "et est edt eastern"),
        ("America/Chicago", "ct cst cdt central"),
        ("America/Denver", "mt mst mdt mountain"),
        ("America/Los_Angeles", "pt pst pdt pacific"),
        ("UTC", "utc gmt z"),
    )
    for name in names.split()
}
# When a part of the day is (dateparser's own hours), and which hours written beside it don't contradict it.
PARTS = {
    "morning": (time(9), range(12)),
    "afternoon": (time(15), range(12, 18)),
    "evening": (time(18), range(16, 24)),
    "night": (time(20), range(18, 24)),
}
_ANY_HOUR = range(24)

_QUOTES = re.compile("[\"'`\u2018-\u201f\u00ab\u00bb]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_HALF_DAY = re.compile(r"\b([ap])\. ?m\b\.?")
_LOOSE_DOT = re.compile(r"\.(?![0-9])|(?<![0-9])\.")
_STOPS = re.compile(r"[,;]|[:!?]+(?= |$)")
_AT_SIGN = re.compile(r"(?<!\S)@(?= |[0-9])")
_ISO_T = re.compile(r"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})t(?=[0-9])")
_ALIASES = (
    (re.compile(r"\btonight\b"), "today night"),
    (re.compile(r"\bthis (?=morning|afternoon|evening)"), "today "),
    (re.compile(r"\blast night\b"), "yesterday night"),
)
_CLOCK = re.compile(
    r"(?<!\S)(?:at )?"
    r"(?:(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?(?P<half>am|pm)"
    r"|(?P<hour24>[0-9]{1,2}):(?P<minute24>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"|(?:12 )?(?P<word>noon|midday|midnight))"
    rf"(?: ?(?:(?P<zone>{'|'.join(ZONES)})(?: time)?|(?P<offset>[-+][0-9]{{2}}:?[0-9]{{2}})))?(?!\S)"
)
_PART = re.compile(r" (?:in the )?(morning|afternoon|evening|night)(?: at ([1-9]|1[0-2]))?$")


class Phrase(Struct, frozen=True):
    """A text taken apart: the day's words, the clock's, and a time zone if one was named."""

    day: Day | None
    clock: time | None
    zone: tzinfo | None = None
    hours: range = _ANY_HOUR  # while it is one of these hours, a vague "today" or "this morning" has begun
    exact: bool = False  # the clock was written, not taken from a part of the day


def _clean(text: str) -> str:
    """Lower case, single blanks, plain quotes and dashes gone or plain; "" where it is too long to be a moment."""
    if len(text) > RAW_LIMIT:
        return ""
    text = _STOPS.sub(" ", _QUOTES.sub("", _DASHES.sub("-", visible(text))).lower())
    text = _LOOSE_DOT.sub(" ", _HALF_DAY.sub(r"\1m", text))
    text = " ".join(_AT_SIGN.sub("at ", text).split())
    return _ISO_T.sub(" ", text) if len(text) <= TEXT_LIMIT else ""


def visible(text: str) -> str:
    """Without signs that nobody sees: they would split a word, or break the sentence that Steward answers with."""
    kinds = ((sign, unicodedata.category(sign)) for sign in unicodedata.normalize("NFKC", text))
    return "".join(" " if kind == "Cc" else sign for sign, kind in kinds if kind == "Cc" or not kind.startswith("C"))


def take_apart(text: str, today: date) -> Phrase | None:
    """The text taken apart, or None. Raises Unread where it is known what to type instead."""
    words = _clean(text)
    for pattern, plain in _ALIASES:
        words = pattern.sub(plain, words)
    clocks = list(_CLOCK.finditer(words))
    if not words or len(clocks) > 1:
        return None
    if not clocks:
        return _with_day(words, None, None, today)
    found = clocks[0]
    rest = " ".join((words[: found.start()] + " " + words[found.end() :]).split())
    if rest and found["word"] == "midnight":
        raise Unread("Midnight could be the start or the end of that day. Say 00:00 or 23:59: friday 23:59.")
    clock = _clock(found)
    if not rest:
        return Phrase(None, clock, _zone(found), exact=True)
    return _with_day(rest, clock, _zone(found), today)


def _with_day(words: str, clock: time | None, named: tzinfo | None, today: date) -> Phrase | None:
    whole, exact, hours = words, clock is not None, _ANY_HOUR
    if part := _PART.search(words):
        words = words[: part.start()]
        usual, hours = PARTS[part[1]]
        if part[2] and clock:
            return None
        if part[2]:  # "tonight at 8": no other hour of the day can be meant
            usual = time(int(part[2]) if part[1] == "morning" else int(part[2]) % 12 + 12)
            exact = True
        clock = clock or usual
        if clock.hour not in hours:
            raise Unread(
                f"{clock:%H:%M} isn't in the {part[1]}. Write the time as 9:30pm or 21:30, or leave the {part[1]} out."
            )
    day = read_day_words(words)
    if day is None:
        if sentence := hint(whole, today):
            raise Unread(sentence)
        return None
    if isinstance(day, Span) and day.minutes and clock:
        return None
    return Phrase(day, clock, named, hours, exact)


def _clock(found: re.Match[str]) -> time:
    if found["word"]:
        return time(0) if found["word"] == "midnight" else time(12)
    try:
        if not found["half"]:
            return time(int(found["hour24"]), int(found["minute24"]), int(found["second"] or 0))
        hour = int(found["hour"])
        if not 1 <= hour <= 12:  # noqa: PLR2004 - the hours of half a day
            raise ValueError  # noqa: TRY301 - 13pm and 25:00 get the same answer
        return time(hour % 12 + (12 if found["half"] == "pm" else 0), int(found["minute"] or 0))
    except ValueError:
        written = found[0].removeprefix("at ")
        raise Unread(f'There is no such time as "{written}". Try: 9am, 9:30pm, 21:30; a day ends at 23:59.') from None


def _zone(found: re.Match[str]) -> tzinfo | None:
    if found["zone"]:
        return ZoneInfo(ZONES[found["zone"]])
    if not found["offset"]:
        return None
    digits = found["offset"].replace(":", "")
    ahead = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:]))
    if ahead >= timedelta(days=1):
        raise Unread(f'There is no such time zone as "{found["offset"]}". Leave it out to use your own.')
    return timezone(-ahead if digits[0] == "-" else ahead)


def may_belong(word: str) -> bool:
    """Cheap: could the word be part of a moment at all? Keeps ordinary text away from the reading."""
    tokens = _clean(word).split()
    return bool(tokens) and all("0" <= token[0] <= "9" or token in KNOWN or token in ZONES for token in tokens)
