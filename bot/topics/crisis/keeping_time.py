"""What comes by the clock in a crisis: updates for everybody, and shifts of two people for two hours."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Reply, Row, Rows, Style
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.crisis.leading import my_part
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Shift, Turn
from bot.topics.crisis.options import ACrisis, AText
from bot.topics.crisis.people import chosen, needs_part
from bot.topics.crisis.scope import able
from bot.topics.crisis.stepping import UPDATE
from bot.topics.crisis.telling import reply, tell
from bot.topics.crisis.versions import plan_of, span
from bot.topics.team.options import AMoment, AVolunteer

SHIFT_HOURS = 2


def crisis_update(context: Context, text: AText, crisis: ACrisis | None = None) -> Reply:
    """Tell everybody how things stand; the next update is due after the level's minutes.

    text: what is new, in a sentence or two
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    due = context.now + span(found, plan_of(context.records, found).severity(found.level).update)
    found = replace(found, update_due=due)
    context.records.put(found)
    context.records.wake(UPDATE, found.id, due)
    log(context, found, "update", f"Update: {text}", loud=True)
    return reply(found, Card("Update", "It is on the board and in its thread. Thank you!"))


def update_due(context: Context, id: str) -> None:
    """The alarm for an update that is due: the lead and the scribe are asked for a line."""
    found = context.records.get(Crisis, id)
    if found is None or not found.is_open or found.update_due is None or context.now < found.update_due:
        return
    scribes = [one.volunteer for one in context.records.find(Turn, crisis=id, role="scribe", until=None)]
    card = Card(
        "An update is due",
        "Say in a line or two how things stand: `crisis update` and the words.",
        controls=(Button("Write the update", "crisis update", {"crisis": id}, Style.PRIMARY),),
    )
    for one in dict.fromkeys((*scribes, found.lead)):
        tell(context.records, found, one, f"update/{found.update_due:%Y%m%dT%H%M%S}/{one}", card)
    due = context.now + span(found, plan_of(context.records, found).severity(found.level).update)
    context.records.put(replace(found, update_due=due))
    context.records.wake(UPDATE, id, due)


SHIFT = "crisis-shift"


def shift_add(
    context: Context,
    volunteer: AVolunteer,
    other: AVolunteer,
    since: AMoment | None = None,
    crisis: ACrisis | None = None,
) -> Reply:
    """Put two people on duty for two hours; nobody reads hostile comments alone.

    volunteer: one of the two
    other: the other one
    since: when they begin; now if left out
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    if volunteer.id == other.id:
        raise Refusal("A shift is two people. Please name another one.", option="other")
    for one in (volunteer, other):
        if not able(context.records, found, one.id):
            raise Refusal(f"{one.name} can't have a part in this. Please name somebody else.")
    begins = since or context.now
    ends = begins + span(found, SHIFT_HOURS * 60)
    shift = Shift(context.chance.id(), found.id, (volunteer.id, other.id), begins, ends)
    context.records.put(shift)
    context.records.wake(SHIFT, shift.id, begins)
    log(context, found, "shift", f"{volunteer.name} and {other.name} are on duty from {begins:%H:%M} UTC for two hours")
    return reply(
        found, Card("Shift", f"{volunteer.name} and {other.name}: I tell them when it begins and when it ends.")
    )


def shift_list(context: Context, crisis: ACrisis | None = None) -> Reply:
    """Who is on duty when.

    crisis: which crisis, if there are several
    """
    from bot.core.chat import Moment  # noqa: PLC0415

    found = chosen(context, crisis)
    shifts = context.records.find(Shift, crisis=found.id, order="since")
    if not shifts:
        raise Refusal("No shift is set yet. Type `shift add` and two names.")
    rows = tuple(
        Row(
            (
                " and ".join(name_of(context.records, who) for who in one.people),
                ": ",
                Moment(one.since),
                " to ",
                Moment(one.until),
            )
        )
        for one in shifts
    )
    return reply(found, Card("Shifts", "Two people, two hours, then off.", (Rows(rows, total=len(rows)),)))


def shift_alarm(context: Context, id: str) -> None:
    """A shift begins or ends: both are told, once each."""
    shift = context.records.get(Shift, id)
    found = context.records.get(Crisis, shift.crisis) if shift else None
    if shift is None or found is None or not found.is_open:
        return
    over = context.now >= shift.until
    names = " and ".join(name_of(context.records, one) for one in shift.people)
    said = (
        "Your two hours are over. Please stop now, and rest."
        if over
        else f"{names}: you two are on duty for two hours."
    )
    for one in shift.people:
        card = Card("Shift", said, controls=(my_part(found),))
        tell(context.records, found, one, f"shift/{id}/{'end' if over else 'start'}/{one}", card)
    if not over:
        context.records.wake(SHIFT, id, shift.until)
