"""Reading the words for a day: common forms by a small grammar, calendar dates that name a month by dateparser.

dateparser is asked for one complete date, with its year, and every number is checked against its answer: asked that way
it shows none of its silent faults. The words come in lower case with single blanks and without a clock: see `dates`.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

from msgspec.structs import replace

from bot.topics.team.days import MONTH_NAMES, Beside, Dated, Day, InMonth, Shift, Span, Unread, Weekday, written


def _numbered(*groups: str, start: int = 0) -> dict[str, int]:
    return {word: number for number, group in enumerate(groups, start) for word in group.split()}


WEEKDAYS: Mapping[str, int] = _numbered(
    "mon monday",
    "tue tues tuesday",
    "wed weds wednesday",
    "thu thur thurs thursday",
    "fri friday",
    "sat saturday",
    "sun sunday",
)
MONTHS: Mapping[str, int] = _numbered(
    "jan january",
    "feb february",
    "mar march",
    "apr april",
    "may",
    "jun june",
    "jul july",
    "aug august",
    "sep sept september",
    "oct october",
    "nov november",
    "dec december",
    start=1,
)
_AMOUNTS: Mapping[str, int] = _numbered(
    "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", start=1
)
_NTHS: Mapping[str, int] = _numbered("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", start=1) | {
    "last": -1
}
_UNITS: Mapping[str, Span] = {
    word: span
    for words, span in (
        ("m min mins minute minutes", Span(minutes=1)),
        ("h hr hrs hour hours", Span(minutes=60)),
        ("d day days", Span(days=1)),
        ("w wk wks week weeks", Span(days=7)),
        ("fortnight fortnights", Span(days=14)),
        ("month months", Span(months=1)),
        ("yr yrs year years", Span(months=12)),
    )
    for word in words.split()
}
_SHIFTS: Mapping[str, int] = {
    "today": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}
_FILLERS = frozenset(
    "on in at of the this next last coming ago from now later after before and half end eom noon midday midnight"  # noqa: SIM905
    " right just morning afternoon evening night tonight am pm time".split()
)
KNOWN = frozenset(WEEKDAYS) | MONTHS.keys() | _AMOUNTS.keys() | _NTHS.keys() | _UNITS.keys() | _SHIFTS.keys() | _FILLERS
"""The words that a moment may be made of, besides numbers and time zones."""

_WEEKDAY = "|".join(WEEKDAYS)
_A_WEEKDAY = re.compile(rf"(?:(this|next|last|coming|this coming) )?({_WEEKDAY})")
_WITH_WEEKDAY = re.compile(rf"({_WEEKDAY}) (?:the )?(.*[0-9].*)")
_NUMERIC = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,4}))?")
_LEAP = 2000
_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)")
_MONTH_SHAPE = re.compile(r"t?Do?MY?|Mt?DY?|YMD")
_THE_MONTH = rf"(?:(the|this|next|last) month|({'|'.join(MONTHS)})(?: ([0-9]{{4}}))?)"
_NTH = re.compile(rf"(?:the )?({'|'.join(_NTHS)}) ({_WEEKDAY}) (?:of|in) {_THE_MONTH}")
_MONTH_END = re.compile(rf"(?:the )?(?:end|last day) of {_THE_MONTH}")
_AMOUNT = rf"[0-9]{{1,4}}(?:\.[0-9])? ?|(?:{'|'.join(_AMOUNTS)}) "
_PIECE = re.compile(rf"({_AMOUNT})({'|'.join(_UNITS)})(?![a-z])")
_LENGTH = rf"(?:{_AMOUNT})(?:{'|'.join(_UNITS)})(?![a-z])"
_SPAN = re.compile(rf"(in )?({_LENGTH}(?:(?: and)? ?{_LENGTH}){{0,3}})( ago| from now| later)?")
_BESIDE = re.compile(r"(.+?) (from|after|before) (.+)")
_NEXT = re.compile(r"(next|last) (week|month|year)")
_HALVES = (
    (re.compile(r"\ban hour and a half\b"), "90 minutes"),
    (re.compile(r"\bhalf an? hour\b|\bhalf hour\b"), "30 minutes"),
    (re.compile(r"^(in )?fortnight\b"), r"\g<1>1 fortnight"),
)


def read_day_words(words: str) -> Day | None:
    """The day that the words name, or None. Raises Unread where they can only be meant as a day but can't be one."""
    words = words.removeprefix("on ")
    if words in ("now", "right now", "just now"):
        return Span(sign=1)
    if (days := _SHIFTS.get(words.removeprefix("the "))) is not None:
        return Shift(days)
    return _weekday(words) or _calendar(words) or _in_month(words) or _span(words) or _beside(words)


def _weekday(words: str) -> Weekday | None:
    found = _A_WEEKDAY.fullmatch(words)
    if not found:
        return None
    which, name = found.groups(default="")
    which = "coming" if "coming" in which else which
    return Weekday(WEEKDAYS[name], which, short=not which and name in ("mon", "wed", "sat", "sun"))


def _calendar(words: str) -> Dated | None:
    """A date of the calendar, perhaps behind the day of the week that it falls on."""
    if found := _WITH_WEEKDAY.fullmatch(words):
        dated = _plain_date(found[2])
        return dated and replace(dated, weekday=WEEKDAYS[found[1]])
    return _plain_date(words)


def _plain_date(words: str) -> Dated | None:
    if found := _NUMERIC.fullmatch(words):
        first, sign, second, third = found.groups()
        return _numeric(words, first, sign, second, third)
    if found := _ORDINAL.fullmatch(words):
        if not 1 <= int(found[1]) <= 31:  # noqa: PLR2004 - the days of the longest month
            raise Unread(f'No month has a day "{words}". Try: the 5th, or 5 Dec.')
        return Dated(int(found[1]))
    return _month_date(words)


def _numeric(words: str, first: str, sign: str, second: str, third: str | None) -> Dated | None:
    """2026-12-05, 25/12/2026 or 25/12. Raises Unread for 05/12/2026, which has two readings."""
    if len(first) == 4 and third and len(third) <= 2:  # noqa: PLR2004 - a year, then month and day
        return _checked(words, written(int(first), int(second), int(third)))
    if len(first) > 2 or (third is None and sign != "/"):  # noqa: PLR2004 - neither a day nor a month
        return None
    if third and len(third) != 4:  # noqa: PLR2004 - a year
        raise Unread(f'I can\'t tell which part of "{words}" is the year. Write it in full, as in 2026-12-05.')
    year = int(third) if third else _LEAP
    readings = {written(year, int(second), int(first)), written(year, int(first), int(second))}
    dates = sorted(day for day in readings if day)
    if len(dates) > 1:
        one, other = (day.isoformat() if third else f"{day.day} {MONTH_NAMES[day.month - 1]}" for day in dates)
        raise Unread(f'"{words}" can be read in two ways. Write {one} or {other}.')
    found = _checked(words, dates[0] if dates else None)
    return found if third else replace(found, year=None, slashed=True)


def _month_date(words: str) -> Dated | None:
    """5 jan, the 5th of january 2027, jan 5, 2027 jan 5."""
    tokens = re.split(r"[ /-]", words)
    kinds = "".join(map(_kind, tokens))
    if not _MONTH_SHAPE.fullmatch(kinds):
        return None
    year = int(tokens[kinds.index("Y")]) if "Y" in kinds else None
    day = int(re.sub("[a-z]", "", tokens[kinds.index("D")]))
    # A leap year where there is none, so that 29 feb is read; the right year is found once the direction is known.
    found = _by_dateparser(" ".join(tokens) if year is not None else f"{' '.join(tokens)} {_LEAP}")
    if found is None or (found.day, found.year) != (day, _LEAP if year is None else year):
        raise Unread(f'There is no such day as "{words}". Check the day and the month, as in 5 Dec 2026.')
    return Dated(found.day, found.month, year)


def _kind(token: str) -> str:
    if token in MONTHS:
        return "M"
    if _NUMBER.fullmatch(token):
        return "D"
    if re.fullmatch("[0-9]{4}", token):
        return "Y"
    return {"of": "o", "the": "t"}.get(token, "?")


def _by_dateparser(words: str) -> date | None:
    import dateparser  # noqa: PLC0415 - 200 ms and 20 MB that most starts of the program don't need

    # The base is never used, since every part is there: it only keeps dateparser from reading the machine's clock.
    found = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - dateparser goes wrong with an aware base
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "STRICT_PARSING": True,
        },
    )
    return found.date() if found else None


def _in_month(words: str) -> InMonth | None:
    if words == "eom":
        words = "end of the month"
    if found := _NTH.fullmatch(words):
        nth, weekday, which, month, year = found.groups()
        return InMonth(_NTHS[nth], WEEKDAYS[weekday], *_month(which, month, year))
    if found := _MONTH_END.fullmatch(words.replace("end of month", "end of the month")):
        return InMonth(-1, None, *_month(*found.groups()))
    return None


def _month(which: str | None, month: str | None, year: str | None) -> tuple[int | None, int | None, int]:
    step = {"next": 1, "last": -1}.get(which or "", 0)
    return (MONTHS[month] if month else None), (int(year) if year else None), step


def _span(words: str) -> Span | None:
    if found := _NEXT.fullmatch(words):
        return replace(_UNITS[found[2]], sign=1 if found[1] == "next" else -1, vague=True)
    for pattern, plain in _HALVES:
        words = pattern.sub(plain, words)
    found = _SPAN.fullmatch(words)
    if not found or (found[1] and found[3]):
        return None
    sign = -1 if found[3] == " ago" else 1 if found[1] or found[3] else 0
    return _added(_PIECE.findall(found[2]), sign)


def _added(pieces: list[tuple[str, str]], sign: int) -> Span | None:
    total = Span(sign=sign)
    for amount, name in pieces:
        unit = _UNITS[name]
        count = float(amount) if amount[0].isdigit() else _AMOUNTS[amount.strip()]
        if not unit.minutes and count != int(count):
            return None  # half a month: of how many days?
        total = replace(
            total,
            months=total.months + int(count) * unit.months,
            days=total.days + int(count) * unit.days,
            minutes=total.minutes + round(count * unit.minutes),
        )
    return total


def _beside(words: str) -> Beside | None:
    found = _BESIDE.fullmatch(words)
    span = _span(found[1]) if found else None
    if found is None or span is None or span.sign or span.minutes:
        return None
    day = read_day_words(found[3])
    if day is None or isinstance(day, Span | Beside):
        return None
    return Beside(replace(span, sign=-1 if found[2] == "before" else 1), day)


def _checked(words: str, found: date | None) -> Dated:
    if found is None:
        raise Unread(f'There is no such day as "{words}". Check the day and the month, as in 2026-12-05.')
    return Dated(found.day, found.month, found.year)
