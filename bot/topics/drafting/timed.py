"""Times of day in running text, with their places."""

import re

from msgspec import Struct

from bot.topics.drafting.lists import ordered

_CLOCK = r"(?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])?"
_HALF = r"(?:a\.\s?m\.|p\.\s?m\.|[ap]m\b)"
ZONES = (
    r"(?:(?:eastern|central|mountain|pacific)(?:\s+(?:standard\s+|daylight\s+)?time)?\b|(?-i:[ECMP][SD]?T|UTC|GMT)\b)"
)
HOURS = ordered("one two three four five six seven eight nine ten eleven twelve")
PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
TIME = re.compile(
    rf"(?<![\w.:$])(?:(?:(?P<from>{_CLOCK})\s*(?P<fh>{_HALF})?|(?P<fromw>noon|midnight))\s*(?:[-–—]|to"
    rf"|until)\s*)?(?P<clock>{_CLOCK})\s*(?P<half>{_HALF})"
    rf"(?:\s*\(?(?P<zone>{ZONES})\)?)?"
    rf"|(?<![\w.:$])(?:(?P<f24>(?:[01]?[0-9]|2[0-3]):[0-5][0-9])\s*(?:[-–—]|to)\s*)?(?P<c24>(?:[01]?[0-9]"
    rf"|2[0-3]):[0-5][0-9])(?:\s*\(?(?P<zone24>{ZONES})\)?)?(?!\d|:\d)"
    rf"|\b(?P<past>half past|quarter past|quarter to)\s+(?P<hour>{'|'.join(HOURS)}|1[0-2]|[1-9])\b"
    rf"|\b(?P<oclock>{'|'.join(HOURS)}|1[0-2]|[1-9])\s+o['’]clock\b"
    rf"|\b(?P<word>noon|midnight)\b(?:\s*\(?(?P<zonew>{ZONES})\)?)?",
    re.IGNORECASE,
)
HALF_DAY = 12


class Timed(Struct, frozen=True):
    """A time of day, or from one to another, at `start`:`end`: minutes after midnight, and the zone's letter."""

    start: int
    end: int
    minutes: tuple[int, ...]
    zone: str = ""
    half: bool = True  # False: "6:30" may be in the morning or in the evening

    @property
    def value(self) -> str:
        """The time as it is compared: 14:00, or 14:00-15:30 E."""
        return "-".join(f"{one // 60:02}:{one % 60:02}" for one in self.minutes) + (
            f" {self.zone}" if self.zone else ""
        )


def times_in(text: str) -> list[Timed]:
    """Every time of day named in the text."""
    return [_timed(one) for one in TIME.finditer(text)]


def _timed(found: re.Match[str]) -> Timed:
    zone = (found["zone"] or found["zone24"] or found["zonew"] or "").strip("() ")[:1].upper()
    if found["word"]:
        return Timed(*found.span(), (720 if found["word"].casefold() == "noon" else 0,), zone)
    if hour := (found["hour"] or found["oclock"] or "").casefold():
        count = HOURS.index(hour) + 1 if hour in HOURS else int(hour)
        return Timed(*found.span(), (count * 60 + PAST.get((found["past"] or "").casefold(), 0),), zone, half=False)
    if found["c24"]:
        clocks = [one for one in (found["f24"], found["c24"]) if one]
        told = any(_minutes(one) >= HALF_DAY * 60 + 60 or one[0] == "0" for one in clocks)
        return Timed(*found.span(), tuple(_minutes(one) for one in clocks), zone, told)
    last = _half(found["clock"], found["half"])
    if found["fromw"]:
        return Timed(*found.span(), (720 if found["fromw"].casefold() == "noon" else 0, last), zone)
    if not found["from"]:
        return Timed(*found.span(), (last,), zone)
    first = _half(found["from"], found["fh"] or found["half"])
    if not found["fh"] and first > last:  # "10–1 p.m."
        first = _half(found["from"], "a")
    return Timed(*found.span(), (first, last), zone)


def _minutes(clock: str) -> int:
    hour, _, minute = clock.replace(".", ":").partition(":")
    return int(hour) * 60 + int(minute or 0)


def _half(clock: str, half: str) -> int:
    minutes = _minutes(clock)
    hour = minutes // 60 % HALF_DAY
    return (hour + (HALF_DAY if half[0] in "pP" else 0)) * 60 + minutes % 60
