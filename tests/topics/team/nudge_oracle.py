"""An oracle for nudges, which knows the rules only in words: it walks the clock in small steps."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

from bot.topics.team.hours import Hours
from bot.topics.team.nudges import Pace, allowed_now, next_slot

DAY, HOUR, QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)
CAPS = {Pace.LIGHT: 1, Pace.STANDARD: 2, Pace.ACTIVE: 5}
US = holidays.country_holidays("US", years=range(1990, 2031))


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
