"""When the one shared nudge may go out: the caps, the gap and the slots. All pure: `now` and what was sent are values.

All unasked direct messages except crisis alarms share one nudge a volunteer a local day, at least 16 hours apart, and
one, two or five in seven days. Seven days are seven local dates, today's and the six before it, so that a weekly nudge
stays on its weekday when clocks change. Dates, those of nudges already sent too, are read in the volunteer's zone as it
is now: who moves is counted where they are.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.topics.team.hours import DAY, HORIZON, Hours, at, in_quiet, is_quiet, local_day, works_on

GAP = timedelta(hours=16)
WEEK = timedelta(days=7)
LATE = timedelta(hours=12)  # after a slot, on its day; past that the next one is nearer


class Pace(StrEnum):
    """How many nudges a volunteer wants."""

    LIGHT = "light"
    STANDARD = "standard"
    ACTIVE = "active"

    @property
    def per_week(self) -> int:
        """The most nudges on seven local dates in a row."""
        return PER_WEEK[self]


PER_WEEK = {Pace.LIGHT: 1, Pace.STANDARD: 2, Pace.ACTIVE: 5}


def slot_on(hours: Hours, day: date) -> datetime | None:
    """The moment (UTC) of the volunteer's hour on the local date `day`, whatever was sent; None where it has none.

    Days off and absences have none. An hour that a clock change moves into the quiet hours waits for their end on that
    date, and one that it moves to another date (a date that was left out at the date line) falls away.
    """
    if not works_on(hours, day):
        return None
    slot = at(hours.zone, day, hours.hour)
    local = slot.astimezone(hours.zone)
    if in_quiet(hours.quiet_from, hours.quiet_to, local.time()):
        waited = at(hours.zone, day, hours.quiet_to)
        if waited < slot or is_quiet(hours, waited):
            return None
        slot, local = waited, waited.astimezone(hours.zone)
    return slot if local.date() == day else None


def next_slot(hours: Hours, pace: Pace, sent: Sequence[datetime], after: datetime) -> datetime | None:
    """The first slot (UTC) at or after `after` that the rules allow, given the moments at which nudges were `sent`.

    `sent` needs the last eight days, in any order; all moments are aware. None where no slot follows within 400 days.
    """
    day, earliest = _room(hours, pace, sent)
    earliest = max(after, earliest or after)
    day = max(day, local_day(hours.zone, earliest))
    for _ in range(HORIZON):
        slot = slot_on(hours, day)
        if slot is not None and slot >= earliest:
            return slot
        day += DAY
    return None


def allowed_now(hours: Hours, pace: Pace, sent: Sequence[datetime], now: datetime, late: timedelta = LATE) -> bool:
    """May the nudge go out `now` (aware)? Only for today's slot, if that was allowed: at it, or up to `late` after it.

    Late means the same local date and outside the quiet hours. Otherwise `next_slot` tells when to ask again.
    """
    day = local_day(hours.zone, now)
    slot = slot_on(hours, day)
    if slot is None or not slot <= now <= slot + late or is_quiet(hours, now):
        return False
    first, earliest = _room(hours, pace, sent)
    return day >= first and (earliest is None or slot >= earliest)


def _room(hours: Hours, pace: Pace, sent: Sequence[datetime]) -> tuple[date, datetime | None]:
    """The first local date and the first moment at which what was sent leaves room; the moment is None for nothing.

    The cap is free again seven dates after the last nudge but `per_week` − 1, and stays free: looking back is enough.
    """
    if not sent:
        return date.min, None
    recent = sorted(sent)[-pace.per_week :]
    first = local_day(hours.zone, recent[-1]) + DAY
    if len(recent) == pace.per_week:
        first = max(first, local_day(hours.zone, recent[0]) + WEEK)
    return first, recent[-1] + GAP
