"""Terms of office: in good time before one ends, a handover begins."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Reply
from bot.core.router import Context
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.team.absence import today_of, zone_of
from bot.topics.team.days import moved, understood_day
from bot.topics.team.facts import HoursChanged, TermEnding, TermPart
from bot.topics.team.hours import at
from bot.topics.team.model import Standing, Volunteer
from bot.topics.team.nudging import coordinators, notify, tell_coordinators, unsay
from bot.topics.team.options import ADay, AVolunteer

TERM = "term"
AHEAD: Sequence[timedelta] = (timedelta(weeks=6), timedelta(weeks=2), timedelta())
YEAR = 12  # months


def stages(ends: date, zone: ZoneInfo) -> list[datetime]:
    """When a term's end is spoken of (UTC): as the days six and two weeks before it begin, and its own."""
    return [at(zone, ends - ahead, time(0)) for ahead in AHEAD]


def first_stage(ends: date, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When to speak of a term that has just been set: at once where six weeks don't remain; None where it is over."""
    if now >= at(zone, ends + timedelta(days=1), time(0)):
        return None
    return max(stages(ends, zone)[0], now)


def next_stage(ends: date, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The next time to speak of it after `now`, or None."""
    return next((stage for stage in stages(ends, zone) if stage > now), None)


def term(context: Context, volunteer: AVolunteer, until: ADay | None = None, clear: bool = False) -> Reply:
    """Set how long somebody serves: their handover begins six weeks before the end.

    volunteer: whose term it is
    until: its last day, such as 30 june; shows the term if left out
    clear: yes, for a term without an end
    """
    if until is None and not clear:
        return _shown(volunteer)
    after = replace(volunteer, term_ends=until)
    context.records.put(after)
    for key in (f"term/{volunteer.id}", f"stay/{volunteer.id}"):
        unsay(context, key)
    zone = zone_of(context, volunteer)
    context.records.wake(TERM, volunteer.id, first_stage(until, zone, context.now) if until else None)
    said = f"serves until {understood_day(until)}." if until else "serves without an end."
    undo = _undo(volunteer, after, today_of(context, volunteer))
    return Card("Term of office", f"{volunteer.name} {said}", controls=undo)


def _undo(before: Volunteer, after: Volunteer, today: date) -> tuple[Control, ...]:
    if before.term_ends == after.term_ends or (before.term_ends and before.term_ends < today):
        return ()
    old = {"until": before.term_ends.isoformat()} if before.term_ends else {"clear": "yes"}
    return (Button("Undo", "term", {"volunteer": before.id, **old}),)


def _shown(volunteer: Volunteer) -> Card:
    if volunteer.term_ends is None:
        said = f"{volunteer.name} serves without an end. To set one, type for example `term {volunteer.name} 30 june`."
        return Card("Term of office", said)
    clear = Button(f"No end for {shown(volunteer.name)}", "term", {"volunteer": volunteer.id, "clear": "yes"})
    ends = volunteer.term_ends
    return Card(
        "Term of office",
        f"{volunteer.name} serves until {understood_day(ends)}.",
        controls=(_extend(volunteer, ends), clear),
    )


def _extend(volunteer: Volunteer, ends: date) -> Button:
    values = {"volunteer": volunteer.id, "until": moved(ends, months=YEAR).isoformat()}
    return Button(f"Another year for {shown(volunteer.name)}", "term", values)


def term_alarm(context: Context, volunteer_id: str) -> None:
    """Speak of a term's end, to the volunteer and the coordinators, and let later topics begin the handover."""
    records = context.records
    volunteer = records.get(Volunteer, volunteer_id)
    if volunteer is None or volunteer.standing is Standing.LEFT or volunteer.term_ends is None:
        return
    ends, zone = volunteer.term_ends, zone_of(context, volunteer)
    if context.now < stages(ends, zone)[0]:
        records.wake(TERM, volunteer.id, stages(ends, zone)[0])
        return
    parts = [one for one in context.announce(TermEnding(volunteer, ends)) if isinstance(one, TermPart)]
    said = f"The last day of your term is {understood_day(ends)}. Please hand over in good time, or ask to stay."
    if [one.id for one in coordinators(records)] == [volunteer.id]:
        said += " You are the only coordinator: please offer that role, too, with `team coordinator offer` and a name."
    notify(
        context,
        volunteer.id,
        f"term/{volunteer.id}",
        _together(said, (part.own for part in parts)),
        controls=(
            *(control for part in parts for control in part.controls),
            Button("Ask to stay another year", "stay"),
            Button("Hand over and leave", "leave"),
        ),
    )
    tell_coordinators(
        context,
        f"term/{volunteer.id}",
        _together(
            f"The last day of the term of {volunteer.name} is {understood_day(ends)}.",
            (part.coordinators for part in parts),
        ),
        controls=(_extend(volunteer, ends), *(control for part in parts for control in part.coordinators_controls)),
        besides=volunteer.id,
    )
    records.wake(TERM, volunteer.id, next_stage(ends, zone, context.now))


def _together(first: str, more: Iterable[str]) -> str:
    """The sentences of several topics as one line."""
    return " ".join((first, *(one for one in more if one)))


def stay(context: Context) -> Reply:
    """Ask to serve another year when your term of office ends."""
    volunteer = context.records.get(Volunteer, context.asker.volunteer)
    if volunteer is None or volunteer.term_ends is None:
        raise Refusal("Your term of office has no end, so you may simply stay.")
    others = [one for one in coordinators(context.records) if one.id != volunteer.id]
    if not others:
        return Card(
            "Term of office",
            "You are the only coordinator, so it is for you to say.",
            controls=(_extend(volunteer, volunteer.term_ends),),
        )
    tell_coordinators(
        context,
        f"stay/{volunteer.id}",
        f"{volunteer.name} would like to stay another year; the term ends on {understood_day(volunteer.term_ends)}.",
        controls=(_extend(volunteer, volunteer.term_ends),),
        besides=volunteer.id,
    )
    return Card("Thank you", "I have told the coordinator that you would like to stay another year.")


def wake_term(context: Context, volunteer: Volunteer) -> None:
    """Put the next time to speak of the volunteer's term on the agenda, where there is none."""
    ends = volunteer.term_ends
    if ends is None or volunteer.standing is Standing.LEFT or context.records.agenda(alarm=TERM, subject=volunteer.id):
        return
    context.records.wake(TERM, volunteer.id, next_stage(ends, zone_of(context, volunteer), context.now))


def keep_term(context: Context, changed: HoursChanged) -> None:
    """After a change of zone, the days of a term begin at another moment."""
    waiting = context.records.agenda(alarm=TERM, subject=changed.volunteer.id)
    if waiting and waiting[0].at > context.now and changed.volunteer.term_ends:
        zone = zone_of(context, changed.volunteer)
        context.records.wake(TERM, changed.volunteer.id, next_stage(changed.volunteer.term_ends, zone, context.now))
