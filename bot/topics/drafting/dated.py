"""Days in running text, with their places; what a day means is asked of the team's reader of dates."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.drafting.weekdays import (
    DAY_WORDS,
    LONG_WEEKDAY_WORDS,
    MONTH_WORDS,
    MONTHS,
    WEEKDAY_WORDS,
    WEEKDAYS,
    YEAR_WORDS,
    habitual,
    one_day,
    unsure,
)
from bot.topics.team.dates import read_day
from bot.topics.team.days import Toward, Unread, understood_day, written

_TILL = r"\s*(?:[-–—]|to|through|and|&)\s*"
DATE = re.compile(
    rf"(?<![\w/])(?:(?P<weekday>{WEEKDAY_WORDS})(?:,?\s+(?:the\s+)?|\s*\(|,?\s*[-–—]\s*))?"
    rf"(?:(?P<md>{MONTH_WORDS}\s+(?:the\s+)?{DAY_WORDS})(?:{_TILL}(?P<mt>(?:{WEEKDAY_WORDS},?\s+)?(?:{MONTH_WORDS}\s+)?{DAY_WORDS})(?!\s*(?:[ap]\.?m\b"
    rf"|:\d|{MONTH_WORDS}|o'clock|[a-z]{{5,}}s\b)))?(?P<my>{YEAR_WORDS})?"
    rf"|(?P<dm>{DAY_WORDS}(?:{_TILL}(?P<dt>{DAY_WORDS}))?\s+(?:of\s+)?{MONTH_WORDS})(?P<dy>{YEAR_WORDS})?"
    r"|(?P<iso>20[0-9]{2}-[01][0-9]-[0-3][0-9])(?![\d-])"
    r"|(?P<slash>[0-3]?[0-9]/[0-3]?[0-9](?:/(?:20)?[0-9]{2})?)(?![\d/]))"
    rf"|(?<![\w-])(?:(?P<which>next|this coming|this|coming|last)\s+)?(?P<bare>{LONG_WEEKDAY_WORDS})(?!s)"
    r"(?:['’]s(?=\s))?"
    r"|(?<![\w-])(?P<rel>the day after tomorrow|today|tonight|tomorrow(?:\s+(?:morning|afternoon|evening|night))?"
    r"|yesterday(?:\s+(?:morning|afternoon|evening))?)\b(?:['’]s(?=\s))?",
    re.IGNORECASE,
)
_BOTH = re.compile(rf"\b{WEEKDAY_WORDS}{_TILL}$", re.IGNORECASE)  # "Thursday and Friday, November 26-27"
_MOVED = re.compile(  # "extended from November 30 to December 15": the first of them counts no longer
    r"\b(?:extend|mov|chang|postpon|shift|reschedul|push)(?:ed|es?|s)?\b[^.!?]{0,20}?\bfrom\s+$", re.IGNORECASE
)
_NOON = time(12)
_UTC = ZoneInfo("UTC")
_PAST_WORDS = re.compile(
    r"\b(?:last|was|were|held|took place|happened|met|ended|closed)\b[^.]{0,30}$"
    r"|(?<!\bbe )(?<!\bis )(?<!\bare )\b(?!need|sched|extend|plann|expect|post)\w{3,}ed\s+(?:on\s+)?$",
    re.IGNORECASE,
)
_PAST_AFTER = re.compile(
    r"[^.!?]{0,60}?(?<!\bbe )(?<!\bis )(?<!\bare )\b(?:drew|was|were|had|went|brought|saw|gave|took|\w{3,}ed)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\s+(?:\w+\s+)?(?:session|webinar|workshop|meeting|talk|deadline|event|class|program|hearing|vote|sale|forum"
    r"|lecture|panel|tour)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:opens?|closes?|due|by|until|ends?|begins?|starts?|starting|is|was|later|earlier|held|happening) today\b"
    r"|\btoday,? (?:at|from|until|is|\d{1,2}(?: ?[ap]\.?m|:)|noon)|today \("
    r"|\b(?:opened|launched|got|went|reached|released|published|announced|voted|signed|won|passed|closed|held|met"
    r"|turned|turns|posted)\b[^.!?]{0,60} today\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:by|until|till|due|closes|ends|before|deadline is)\s+(?:on\s+)?(?:the end of\s+)?$", re.IGNORECASE
)
WEEK = 7
LONG_AGO = timedelta(days=270)  # a day written without its year is rather one that has just passed than one so far away
CENTURY = 2000


class Dated(Struct, frozen=True):
    """A day at `start`:`end`; `last` where it is the first of several. `open` words mean another day tomorrow.

    `contradiction`: the day of the week beside it is another one. Day None: nobody can tell which day is meant.
    """

    start: int
    end: int
    day: date | None
    last: date | None = None
    open: bool = False
    contradiction: bool = False
    weekday: int | None = None
    rest: str = ""  # "morning" of "tomorrow morning"
    bare: bool = False  # a day of the week with nothing that says which
    owner: bool = False  # "tomorrow's workshop"
    other: date | None = None  # what "next Friday" may mean as well, where this week has a Friday to come

    @property
    def value(self) -> str:
        """The day as it is compared: 2026-12-01, or 2026-12-01/2026-12-03."""
        if self.day is None:
            return ""
        return f"{self.day}/{self.last}" if self.last else str(self.day)


def dates_in(text: str, today: date, *, later: bool = True) -> list[Dated]:
    """Every day named in the text, read by somebody for whom it is `today`.

    `later`: whoever wrote "next Friday" means that of next week, as most do, though this week has one to come.
    """
    found = [day for one in DATE.finditer(text) if (day := _dated(one, today)) is not None]
    fixed: dict[int, set[date]] = {}
    for at in (at for one in found if not one.open for at in _days(one)):
        fixed.setdefault(at.weekday(), set()).add(at)
    return [_settled(one, fixed, text, later=later) for one in found]


def _days(one: Dated) -> Iterator[date]:
    """The days of a stretch, or the one day; the ends alone of a stretch so long that a weekday comes twice."""
    if one.day is None:
        return
    last = one.last or one.day
    count = (last - one.day).days
    yield from (one.day + timedelta(days=at) for at in (range(count + 1) if count < WEEK else (0, count)))


def _settled(one: Dated, fixed: dict[int, set[date]], text: str, *, later: bool) -> Dated:
    """“Friday” is the Friday that the text gives a date for elsewhere; so is "next Friday", if it may be that one.

    Beside other dates it is nobody's guess which Friday is meant, unless something is due then.
    """
    days = fixed.get(one.weekday, set()) if one.open and one.weekday is not None else set()
    if one.open and one.bare and one.day is not None and fixed:
        due = _DUE.search(text, max(0, one.start - 40), one.start)
        if len(days) == 1:
            return replace(one, day=next(iter(days)), other=None)
        lasts = (
            due
            and due[0].split()[0].casefold() in ("until", "till")
            and one.day < min(min(all_) for all_ in fixed.values())
        )
        return one if not days and due and not lasts else replace(one, day=None)
    if one.day in days or one.other in days:
        return replace(one, day=next(day for day in (one.day, one.other) if day in days), other=None)
    if later and one.other is not None:
        return replace(one, day=one.other, other=one.day)
    return one


def _dated(found: re.Match[str], today: date) -> Dated | None:
    start, end = found.span()
    if found["bare"] or found["rel"]:
        return _open(found, today)
    words = found["md"] or found["dm"] or found["iso"] or ""
    year = (found["my"] or found["dy"] or "").strip(" ,")
    first = re.split(_TILL, words, maxsplit=1)[0] if found["dt"] else words
    if found["dt"]:
        first = (
            f"{first} {re.sub(r'^.*?(?=[A-Za-z]{3})', '', words[len(first) :].replace('to', ' ').replace('and', ' '))}"
        )
    if words.startswith("may "):
        return None  # "you may 5"
    if found["slash"]:
        return _slashed(found, today)
    day = _read(f"{first} {year}".strip(), today)
    if day is None:
        return None
    weekday = _weekday(found["weekday"])
    last = _last(found, day, year, today)
    if found["mt"] and last is not None and _MOVED.search(found.string, max(0, start - 40), start):
        return Dated(found.start("mt"), end, last)
    both = last is not None and weekday == last.weekday() and _BOTH.search(found.string, max(0, start - 20), start)
    wrong = weekday not in (None, day.weekday()) and not both
    return Dated(start, end, day, last, contradiction=wrong, weekday=weekday)


def _slashed(found: re.Match[str], today: date) -> Dated | None:
    """12/8/2026: two readings, unless the day of the week beside it tells which; without a year it needs that."""
    first, second, *rest = found["slash"].split("/")
    weekday = _weekday(found["weekday"])
    if not rest and weekday is None:
        return None
    year = CENTURY + int(rest[0][-2:]) if rest else today.year
    readings = {
        written(at, *both)
        for at in ((year,) if rest else (year, year + 1))
        for both in ((int(first), int(second)), (int(second), int(first)))
    }
    fitting = [
        day for day in readings if day is not None and weekday in (None, day.weekday()) and (rest or day >= today)
    ]
    if not fitting and weekday is not None:  # "Sunday 12/12", which is a Saturday
        coming = [day for day in readings if day is not None and (rest or day >= today)]
        return Dated(*found.span(), min(coming), contradiction=True, weekday=weekday) if coming else None
    return Dated(
        *found.span(),
        min(fitting) if len(fitting) == 1 or (fitting and weekday is not None and not rest) else None,
        weekday=weekday,
    )


def _last(found: re.Match[str], day: date, year: str, today: date) -> date | None:
    words = found["mt"] or found["dt"] or ""
    words = re.sub(rf"^{WEEKDAY_WORDS},?\s+", "", words, flags=re.IGNORECASE)
    if not words:
        return None
    if words[0].isdigit():
        words = f"{MONTHS[day.month - 1]} {words}"
    last = _read(f"{words} {year or day.year}", today)
    if last is not None and last < day and not year:
        last = _read(f"{words} {day.year + 1}", today)
    return last if last is not None and last > day else None


def _open(found: re.Match[str], today: date) -> Dated | None:
    start, end = found.span()
    before = found.string[max(0, start - 60) : start]
    if not one_day(found, before):
        return None
    owner = found[0][-2:].casefold() in ("’s", "'s")
    if owner and found[0].casefold().startswith("today") and not _OWNED.match(found.string, end):
        return None
    if (
        found["rel"]
        and found["rel"].casefold() == "today"
        and not owner
        and not _MEANT.search(before + found.string[start : end + 12])
    ):
        return None
    words = " ".join((found["rel"] or f"{found['which'] or ''} {found['bare']}").split()).casefold()
    day_words, _, rest = words.partition(" ") if words.startswith(("tomorrow", "yesterday")) else (words, "", "")
    if day_words == "tonight":
        day_words, rest = "today", "night"
    over = _PAST_WORDS.search(before) or (owner and _PAST_AFTER.match(found.string, end))
    if found["bare"] and not found["which"] and (habitual(found) or (not over and unsure(found, today))):
        return Dated(start, end, None, open=True, weekday=_weekday(found["bare"]))
    toward: Toward = "past" if over and found["bare"] and not found["which"] else "either"
    day = _read_words(day_words, today, toward)
    return Dated(
        start,
        end,
        day,
        open=True,
        weekday=_weekday(found["bare"]),
        rest=rest,
        bare=bool(found["bare"] and not found["which"]),
        owner=owner,
        other=_a_week_later(day, today) if (found["which"] or "").casefold() == "next" else None,
    )


def _a_week_later(day: date | None, today: date) -> date | None:
    """The other day that "next Friday" may mean: the one of next week, where it was read as the one of this week."""
    this_week = day is not None and day - today < timedelta(days=7 - today.weekday())
    return day + timedelta(days=7) if day is not None and this_week else None


def _weekday(words: str | None) -> int | None:
    return (
        next((at for at, name in enumerate(WEEKDAYS) if name.casefold().startswith(words[:3].casefold())), None)
        if words
        else None
    )


def _read(words: str, today: date) -> date | None:
    """A day of the calendar; without its year, the coming one, unless that is far away and it has just passed."""
    plain = " ".join(words.replace(".", " ").replace(",", " ").split()).casefold()
    day = _read_words(plain, today, "either")
    if day is not None and day - today > LONG_AGO and str(day.year) not in plain:
        return _read_words(plain, today, "past") or day
    return day


@lru_cache(maxsize=4096)
def _read_words(words: str, today: date, toward: Toward) -> date | None:
    try:
        return read_day(words, datetime.combine(today, _NOON, UTC), _UTC, toward=toward)
    except Unread:
        return None


def written_day(day: date, today: date, *, day_first: bool = False) -> str:
    """A day as a post says it: "Tuesday, December 1", with its year where it is not this or the next few months'."""
    month = MONTHS[day.month - 1]
    year = f"{'' if day_first else ','} {day.year}" if abs((day - today).days) > LONG_AGO.days else ""
    weekday = WEEKDAYS[day.weekday()]
    return f"{weekday} {day.day} {month}{year}" if day_first else f"{weekday}, {month} {day.day}{year}"


def resolved(one: Dated) -> str:
    """What an open or contradictory day is taken for, as a volunteer is shown it; empty where the words say it all."""
    if one.day is None:
        return ""
    if one.contradiction and one.weekday is not None:
        return f"{understood_day(one.day)}, though the tip says {WEEKDAYS[one.weekday]}"
    return understood_day(one.day) if one.open else ""
