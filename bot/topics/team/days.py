"""A day as somebody wrote it, as a value that knows its date once it is told today's date and the direction.

Pure arithmetic on local dates, so that no change of clocks can touch it: "tomorrow", "last friday", "5 jan", "the 5th",
"the first monday of december", "in 2 weeks", "a week from friday".
`daywords` reads the words, `dates` adds clock and zone.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, Protocol

from msgspec import Struct

Toward = Literal["future", "past", "either"]
"""Which way open words go: "friday" is the coming one or the last one. Either reads them as coming."""

FIRST_YEAR = 2000
YEARS_AHEAD = 10

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Unread(ValueError):  # noqa: N818 - an answer to the volunteer, not a fault
    """A text that is not read as a date or time. Its message tells the volunteer, in a sentence, what would work."""


class Day(Protocol):
    """A day as somebody wrote it."""

    def on(self, today: date, toward: Toward, /) -> date:
        """The date meant by somebody for whom it is `today`. Raises Unread where there is no such date."""
        ...


def understood_day(day: date) -> str:
    """The date as Steward repeats it, in the same words whatever the machine's locale: "Tue 1 Dec 2026"."""
    return f"{_DAYS[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def out_of_range() -> Unread:
    """What a date too far away is answered with."""
    return Unread(f"I only keep dates from {FIRST_YEAR} to {YEARS_AHEAD} years from now. Try one that is closer.")


def moved(day: date, *, months: int = 0, days: int = 0) -> date:
    """`day` moved by whole months (31 Jan and a month is the last of Feb), then by days. Raises Unread out of range."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        last = monthrange(year, index + 1)[1]
        return date(year, index + 1, min(day.day, last)) + timedelta(days=days)
    except (ValueError, OverflowError):
        raise out_of_range() from None


def written(year: int, month: int, day: int) -> date | None:
    """That date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Shift(Struct, frozen=True):
    """So many days from today: today, tomorrow, yesterday."""

    days: int

    def on(self, today: date, _toward: Toward, /) -> date:
        """The date."""
        return moved(today, days=self.days)


class Weekday(Struct, frozen=True):
    """A day of the week, 0 for Monday. Only "this friday" may be today: "friday" on a Friday is seven days away.

    Nobody calls tomorrow "next friday": on a Thursday that is the Friday of the week after.
    """

    index: int
    which: str = ""  # this, next, last, coming, or nothing
    short: bool = False  # written like "sat" or "sun", which are also other English words

    def on(self, today: date, toward: Toward, /) -> date:
        """The date, at most eight days away."""
        ahead = (self.index - today.weekday()) % 7
        if self.which == "this":
            return moved(today, days=ahead)
        if self.which == "last" or (not self.which and toward == "past"):
            return moved(today, days=ahead - 7)
        if self.which == "next" and ahead == 1:
            return moved(today, days=ahead + 7)
        return moved(today, days=ahead or 7)


class Dated(Struct, frozen=True):
    """A day of the calendar. Without a year, or a month, it is the nearest one in the direction, and may be today."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None  # only checked: "mon 9 nov" has to be a Monday
    slashed: bool = False  # written like "25/12", which may also be a fraction

    def on(self, today: date, toward: Toward, /) -> date:
        """The date. Raises Unread where it is another day of the week than the one written beside it."""
        found = self._found(today, toward)
        if found is None:
            raise out_of_range()
        if self.weekday not in (None, found.weekday()):
            raise Unread(f"That date falls on {understood_day(found)}. Check it, or leave out the day of the week.")
        return found

    def _found(self, today: date, toward: Toward) -> date | None:
        month, day = self.month, self.day
        if month is None:
            return _nearest(today, toward, 12, lambda step: _day_of(moved(today.replace(day=1), months=step), day))
        if self.year is None:
            return _nearest(today, toward, YEARS_AHEAD, lambda step: written(today.year + step, month, day))
        return written(self.year, month, day)


class InMonth(Struct, frozen=True):
    """The nth such weekday of a month, or its last day (weekday None); month: its number or the steps from now."""

    nth: int  # from 1; -1 for the last
    weekday: int | None
    month: int | None = None
    year: int | None = None
    step: int = 0

    def on(self, today: date, toward: Toward, /) -> date:
        """The date. Raises Unread where that month has no fifth such day."""
        found = self._found(today, toward)
        if found is None:
            raise Unread("There is no fifth such day in that month. Say last: last friday of december.")
        return found

    def _found(self, today: date, toward: Toward) -> date | None:
        month = self.month
        if month is None:
            return self._of(moved(today.replace(day=1), months=self.step))
        if self.year is None:
            return _nearest(today, toward, YEARS_AHEAD, lambda step: self._of(written(today.year + step, month, 1)))
        return self._of(written(self.year, month, 1))

    def _of(self, first: date | None) -> date | None:
        if first is None:
            return None
        days = [first + timedelta(days=n) for n in range(monthrange(first.year, first.month)[1])]
        fitting = [day for day in days if self.weekday in (None, day.weekday())]
        place = self.nth - 1 if self.nth > 0 else self.nth
        return fitting[place] if place < len(fitting) else None


class Span(Struct, frozen=True):
    """A length of time from now: sign +1 for "in …", -1 for "… ago", 0 where only the direction asked for decides."""

    months: int = 0
    days: int = 0
    minutes: int = 0  # elapsed, whatever the clocks do; months and days keep the time of day
    sign: int = 0
    vague: bool = False  # "next week" names a day; "in 1 week" also keeps the time of day

    def way(self, toward: Toward) -> int:
        """+1 or -1: ahead or back."""
        return self.sign or (-1 if toward == "past" else 1)

    def on(self, today: date, toward: Toward, /) -> date:
        """The date by whole months and days; the minutes are left to whoever knows the time."""
        way = self.way(toward)
        return moved(today, months=way * self.months, days=way * self.days)


class Beside(Struct, frozen=True):
    """A length counted from a day rather than from now: "a week from friday", "3 days before 5 jan"."""

    span: Span
    day: Day

    def on(self, today: date, toward: Toward, /) -> date:
        """The date."""
        return self.span.on(self.day.on(today, toward), toward)


def _day_of(first: date, day: int) -> date | None:
    return written(first.year, first.month, day)


def _nearest(today: date, toward: Toward, reach: int, at: Callable[[int], date | None]) -> date | None:
    """The first date of `at` 0, 1, 2 … steps ahead (or back) that exists and isn't on the wrong side of today."""
    sign = -1 if toward == "past" else 1
    found = (at(sign * step) for step in range(reach + 1))
    return next((day for day in found if day is not None and (day - today).days * sign >= 0), None)
