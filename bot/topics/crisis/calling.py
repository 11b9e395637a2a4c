"""Calls: somebody is to be phoned by a named volunteer, who says whether they were reached; a second number waits."""

from enum import StrEnum

from msgspec.structs import replace

from bot.core.chat import Button, Card, Facts, Note, Reply, Style
from bot.core.ports import Records
from bot.core.router import Context
from bot.core.words import sentence
from bot.errors import Refusal
from bot.topics.crisis.kept import Contact
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Answer, Call, Crisis, Receipt
from bot.topics.crisis.people import active, needs_part
from bot.topics.crisis.telling import marked, reply, tell
from bot.topics.crisis.versions import span

CALL = "crisis-call"
PATIENCE = 5  # minutes within which a call is made, before somebody else is asked
TRIES = 2  # times that nobody answers, before the lead decides what next


class Outcome(StrEnum):
    """How a call went."""

    REACHED = "reached"
    NO_ANSWER = "no-answer"


def call(
    context: Context,
    crisis: Crisis,
    contact_id: str,
    why: str,
    *,
    by: str = "",
    voice: bool = False,
    minutes: int = PATIENCE,
) -> Call | None:
    """Ask somebody (`by`, else the best there is) to phone this contact; None where there is no number to use.

    The same contact is phoned for one thing after the other: an open call is not asked for twice.
    """
    records = context.records
    contact = records.get(Contact, contact_id) if contact_id else None
    if contact is None or not contact.phone or contact.agreed is None:
        return None
    if crisis.drill and contact.volunteer not in crisis.people:  # nobody is phoned for a drill who is not in it
        return None
    open_one = next((one for one in calls_of(records, crisis) if one.contact == contact.id and not one.over), None)
    if open_one is not None:
        return open_one
    who = by or caller_for(records, crisis, besides=contact.volunteer)
    if not who:
        return None
    due = context.now + span(crisis, minutes)
    made = Call(context.chance.id(), crisis.id, contact.id, contact.name, why, who, context.now, due, voice=voice)
    records.put(made)
    ask(context, crisis, made)
    return made


def calls_of(records: Records, crisis: Crisis) -> list[Call]:
    """Every call of the crisis, oldest first."""
    return sorted(records.find(Call, crisis=crisis.id), key=lambda one: (one.made, one.id))


def caller_for(records: Records, crisis: Crisis, *, besides: str, over: tuple[str, ...] = ()) -> str:
    """Who makes a call: the backup lead, the lead, else whoever said that they have got it; never the one phoned."""
    got = [one.volunteer for one in records.find(Receipt, crisis=crisis.id, answer=Answer.GOT)]
    for one in (crisis.backup_lead, crisis.lead, *got):
        if one and one != besides and one not in (*over, *crisis.suspects) and active(records, one) is not None:
            return one
    return ""


def ask(context: Context, crisis: Crisis, one: Call) -> None:
    """Put the call before its caller, and look again when it should have been made."""
    tell(context.records, crisis, one.by, f"call/{one.id}/{one.by}/{len(one.tries)}", call_card(context.records, one))
    context.records.wake(CALL, one.id, one.due)


def number_of(contact: Contact | None, tries: int) -> str:
    """The number to dial now: the second after the first."""
    if contact is None or not contact.phone:
        return ""
    return contact.second if contact.second and tries % 2 else contact.phone


def call_card(records: Records, one: Call) -> Card:
    """A call that is to be made, with its number and the two answers."""
    contact = records.get(Contact, one.contact)
    number = number_of(contact, len(one.tries))
    note = "Ring only this number, not one given in chat." if one.voice else "Say who you are, and what you know."
    values = {"call": one.id}
    return Card(
        f"Please phone {one.name}",
        f"{one.name}: {number}. Why: {sentence(one.why)}",
        (Note(note),),
        (
            Button(f"Reached {one.name[:50]}", "crisis called", {**values, "how": "reached"}, Style.PRIMARY),
            Button("No answer", "crisis called", {**values, "how": "no-answer"}),
        ),
    )


def late(context: Context, id: str) -> None:
    """A call that nobody has reported on: somebody else is asked to make it, once; after that it stays on the board."""
    one = context.records.get(Call, id)
    crisis = context.records.get(Crisis, one.crisis) if one else None
    if one is None or crisis is None or one.over or not crisis.is_open or context.now < one.due:
        return
    contact = context.records.get(Contact, one.contact)
    besides = contact.volunteer if contact else ""
    other = caller_for(context.records, crisis, besides=besides, over=(one.by,))
    if other and not one.moved:
        moved = replace(one, by=other, moved=True, due=context.now + span(crisis, PATIENCE))
        context.records.put(moved)
        log(context, crisis, "call", f"{name_of(context.records, other)} is asked to phone {one.name}", by="")
        ask(context, crisis, moved)


def called(context: Context, one: Call, how: Outcome) -> tuple[Crisis, Reply]:
    """Keep how a call went, and give the crisis and what its caller is told. Raises Refusal."""
    crisis = context.records.get(Crisis, one.crisis)
    if crisis is not None:
        needs_part(context, crisis)
    if crisis is None or not crisis.is_open:
        raise Refusal("That crisis is over, so nobody has to be phoned any more. Thank you!")
    if one.over:
        raise Refusal(f"{one.name} has been phoned already. Type `crisis show` to see what is next.")
    contact = context.records.get(Contact, one.contact)
    if contact is not None and contact.volunteer == context.asker.volunteer:
        raise Refusal("That call is to you, so somebody else has to say how it went.")
    context.records.wake(CALL, one.id, None)
    if how is Outcome.REACHED:
        done = replace(one, reached=context.now, over=True, by=context.asker.volunteer)
        context.records.put(done)
        log(context, crisis, "reached", f"Reached {one.name} by phone ({one.why})", loud=True)
        return crisis, reply(crisis, Card("Thank you", f"Noted: you reached {one.name}."))
    after = replace(one, tries=(*one.tries, context.now), due=context.now + span(crisis, PATIENCE))
    after = replace(after, over=len(after.tries) >= TRIES)
    context.records.put(after)
    log(context, crisis, "no answer", f"{one.name} did not answer the phone (try {len(after.tries)})", loud=after.over)
    if after.over:
        said = "Twice no answer. The lead sees it on the board, and the next one is asked. Thank you for trying."
        return crisis, reply(crisis, Card("Noted", said))
    context.records.wake(CALL, after.id, after.due)
    number = number_of(contact, len(after.tries))
    again = call_card(context.records, after)
    said = f"Please try {'the other number' if contact and contact.second else 'once more'}: {number}."
    return crisis, marked(crisis, replace(again, title="Noted", summary=said, blocks=(Facts((("Whom", one.name),)),)))
