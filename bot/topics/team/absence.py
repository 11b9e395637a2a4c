"""Being away, and coming back by oneself or with “I'm back”."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Reply
from bot.core.router import Context
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.team.days import understood_day
from bot.topics.team.facts import HoursChanged
from bot.topics.team.hours import DAY, at, local_day
from bot.topics.team.model import Away, Volunteer
from bot.topics.team.nudging import hours_changed, team_of
from bot.topics.team.options import AVolunteer, day_option
from bot.topics.team.whose import whose

RETURN = "return"
UNTIL = ("until", "till", "to", "til", "-", "–", "through", "for")
LONGEST = DAY * 366

AFirstDay = Annotated[date, day_option("future", links=("from", "on", "since"), stop=UNTIL, lengths=False)]
_LAST_DAY = day_option("future", links=UNTIL)
OPEN_DAY = re.compile(r"(?:the )?\d{1,2}(?:st|nd|rd|th)|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")


class LastDay(Struct, frozen=True):
    """The last day of an absence as it was typed: `day` seen from today, where it is an open one (“friday”)."""

    day: date
    text: str

    def after(self, first: date, zone: ZoneInfo) -> date:
        """The day, seen from the absence's `first` one where an open day would lie before it: monday to friday."""
        if self.day >= first or not OPEN_DAY.fullmatch(self.text.casefold()):
            return self.day
        from bot.topics.team.dates import read_day  # noqa: PLC0415 - the reader of dates is slow to load

        return read_day(self.text, at(zone, first, time(12)), zone)


def _read_last(context: Context, text: str) -> LastDay:
    words = text.split()
    plain = " ".join(words[1:] if len(words) > 1 and words[0].casefold() in UNTIL else words)
    return LastDay(_LAST_DAY.read(context, text), plain)


ALastDay = Annotated[LastDay, replace(_LAST_DAY, read=_read_last)]


def merged(known: Sequence[Away], new: Away) -> tuple[Away, list[Away]]:
    """The absence that `new` becomes with those that overlap or touch it, and those that it takes in."""
    taken: list[Away] = []
    grown = new
    while True:
        touching = [one for one in known if one not in taken and _touch(one, grown)]
        if not touching:
            return grown, taken
        taken += touching
        ends = [one.last for one in (grown, *touching)]
        last = None if None in ends else max(end for end in ends if end is not None)
        grown = replace(grown, first=min(one.first for one in (grown, *touching)), last=last)


def _touch(one: Away, other: Away) -> bool:
    """Do they share a day, or lie side by side? Open ends reach as far as there are days."""
    early, later = sorted((one, other), key=lambda away: away.first)
    return early.last is None or later.first <= early.last + DAY


def ended(known: Sequence[Away], today: date) -> list[Away]:
    """The absences that are over."""
    return [one for one in known if one.last is not None and one.last < today]


def current(known: Sequence[Away], today: date) -> Away | None:
    """The absence that holds today."""
    return next((one for one in known if one.first <= today and (one.last is None or today <= one.last)), None)


def next_return(known: Sequence[Away], zone: ZoneInfo) -> datetime | None:
    """When the first of these absences ends: the beginning of the day after its last one, in UTC."""
    lasts = [one.last for one in known if one.last is not None]
    return at(zone, min(lasts) + DAY, time(0)) if lasts else None


def away_words(away: Away) -> str:
    """`from Tue 1 Dec 2026 to Fri 4 Dec 2026`."""
    if away.last is None:
        return f"from {understood_day(away.first)} until you say that you are back"
    if away.last == away.first:
        return f"on {understood_day(away.first)}"
    return f"from {understood_day(away.first)} to {understood_day(away.last)}"


def zone_of(context: Context, volunteer: Volunteer) -> ZoneInfo:
    """The zone in which a volunteer's days count."""
    return ZoneInfo(volunteer.zone or team_of(context.records).zone)


def today_of(context: Context, volunteer: Volunteer) -> date:
    """The volunteer's local date."""
    return local_day(zone_of(context, volunteer), context.now)


def away_now(context: Context, volunteer: Volunteer) -> Away | None:
    """The absence that the volunteer is in today, if any."""
    return current(context.records.find(Away, volunteer=volunteer.id), today_of(context, volunteer))


def away(
    context: Context,
    from_: AFirstDay | None = None,
    to: ALastDay | None = None,
    volunteer: AVolunteer | None = None,
) -> Reply:
    """Say that you are away: I send you nothing then, and your accounts' clocks wait.

    Without a last day you are away until you type “I'm back”.

    from: the first day, such as monday or 5 jan; today if left out
    to: the last day, such as friday or in 2 weeks
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    who = whose(context, volunteer)
    today = today_of(context, who)
    first = max(from_ or today, today)
    last = to.after(first, context.asker.zone) if to else None
    if last is not None and last < first:
        raise Refusal(
            f"{understood_day(last)} is before {understood_day(first)}. Please give a last day that comes after it.",
            option="to",
        )
    if last is not None and last - first > LONGEST:
        raise Refusal(
            "That is more than a year. Please give an earlier last day, or hand your accounts over: type `leave`.",
            option="to",
        )
    known = context.records.find(Away, volunteer=who.id)
    over = ended(known, today)
    kept, taken = merged([one for one in known if one not in over], Away(context.chance.id(), who.id, first, last))
    for one in [*over, *taken]:
        context.records.remove(Away, one.id)
    context.records.put(kept)
    hours_changed(context, who)
    named = "You are" if who.id == context.asker.volunteer else f"{who.name} is"
    joined = " It goes together with what you had told me before." if taken else ""
    return Card("Away", f"{named} away {away_words(kept)}.{joined}", controls=_undo(context, who, kept, today))


def _undo(context: Context, who: Volunteer, away: Away, today: date) -> tuple[Control, ...]:
    values = {} if who.id == context.asker.volunteer else {"volunteer": who.id}
    if away.first <= today:
        return (Button("I'm back" if not values else f"{shown(who.name)} is back", "back", values),)
    label = f"Not away from {understood_day(away.first)}"
    return (Button(label, "back", {"from": away.first.isoformat(), **values}),)


def back(context: Context, from_: AFirstDay | None = None, volunteer: AVolunteer | None = None) -> Reply:
    """Say that you are back: your clocks start afresh, and I write again when something waits.

    from: the first day of a coming absence that you don't need any more
    volunteer: for whom, if you are a coordinator; yourself if left out
    """
    who = whose(context, volunteer)
    today = today_of(context, who)
    known = context.records.find(Away, volunteer=who.id)
    away = current(known, from_ or today)
    named = "You are" if who.id == context.asker.volunteer else f"{who.name} is"
    if away is None:
        coming = [one for one in known if one.first > today]
        buttons = tuple(control for one in coming[:4] for control in _undo(context, who, one, today))
        more = " What is still to come:" if coming else " Type `away friday` when you plan to be."
        return Card("Here", f"{named} not away now.{more}", controls=buttons)
    context.records.remove(Away, away.id)
    hours_changed(context, who, back=away.first <= today)
    if away.first > today:
        return Card("Here", f"Good: the absence {away_words(away)} is off.")
    return Card(
        "Welcome back",
        f"{named} back. Every clock starts afresh today, so nothing is waiting over you.",
        controls=(Button("My home", "home"),),
    )


def return_(context: Context, volunteer_id: str) -> None:
    """The alarm at the end of an absence: what is over goes, clocks start afresh."""
    records = context.records
    volunteer = records.get(Volunteer, volunteer_id)
    if volunteer is None:
        return
    known = records.find(Away, volunteer=volunteer_id)
    today = today_of(context, volunteer)
    over = ended(known, today)
    for one in over:
        records.remove(Away, one.id)
    if over and current(known, today) is None:
        hours_changed(context, volunteer, back=True)
    else:
        wake_return(context, volunteer)


def wake_return(context: Context, volunteer: Volunteer) -> None:
    """Put the end of the volunteer's next absence on the agenda, or take it off."""
    known = context.records.find(Away, volunteer=volunteer.id)
    context.records.wake(RETURN, volunteer.id, next_return(known, zone_of(context, volunteer)))


def keep_return(context: Context, changed: HoursChanged) -> None:
    """After a change of zone or absence, the return moves with it."""
    wake_return(context, changed.volunteer)
