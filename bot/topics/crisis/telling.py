"""The one door through which a crisis speaks: a drill is marked in every message, and reaches only drillers."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.core.chat import Card, Form, Message, Person, Place, Reply
from bot.core.ports import Records
from bot.topics.crisis.model import Crisis, LogEntry, Receipt, Turn
from bot.topics.team.model import Identity, Standing, Volunteer
from bot.topics.team.nudging import address, team_of

DRILL = "DRILL"


def may_write(records: Records, crisis: Crisis, volunteer: Volunteer | None) -> bool:
    """May this volunteer be written to about the crisis, at any hour?

    In a drill, only who agreed to it. Otherwise who agreed to crisis alarms, and who has taken a part in this one;
    never somebody whose chat account is under suspicion: it may be read by whoever took it.
    """
    if volunteer is None or volunteer.standing is not Standing.ACTIVE or volunteer.id in crisis.suspects:
        return False
    if crisis.drill:
        return volunteer.id in crisis.people
    receipt = records.get(Receipt, receipt_id(crisis, volunteer.id))
    if receipt is not None and receipt.told is None and not has_acted(records, crisis, volunteer.id):
        return False  # the plan leaves them their night
    return volunteer.alarms is True or takes_part(records, crisis, volunteer.id)


def takes_part(records: Records, crisis: Crisis, volunteer: str) -> bool:
    """Has this volunteer done something in the crisis: declared it, answered its alarm, or taken a role?"""
    if volunteer in (crisis.by, crisis.lead, crisis.backup_lead):
        return True
    receipt = records.get(Receipt, receipt_id(crisis, volunteer))
    if receipt is not None and receipt.has_answered:
        return True
    return has_acted(records, crisis, volunteer) or bool(records.count(Turn, crisis=crisis.id, volunteer=volunteer))


def has_acted(records: Records, crisis: Crisis, volunteer: str) -> bool:
    """Does a line of the log come from this volunteer, so that they are up, whatever the hour?"""
    return bool(records.count(LogEntry, crisis=crisis.id, by=volunteer))


def receipt_id(crisis: Crisis, volunteer: str) -> str:
    """The id of a volunteer's receipt."""
    return f"{crisis.id}/{volunteer}"


def tell(
    records: Records, crisis: Crisis, volunteer: str, key: str, card: Card, *, under: str = "", other: bool = False
) -> bool:
    """Write to a volunteer, under a key of this crisis; `other` asks for their second network. False where I can't."""
    known = records.get(Volunteer, volunteer) if volunteer else None
    if crisis.checklist:  # no alarm: what is late is said in the usual message
        return False
    if known is None or not may_write(records, crisis, known):
        return False
    person = second_address(records, known) if other else address(records, known)
    if person is None:
        return False
    records.send(Message(person, _key(crisis, key), marked(crisis, card), _key(crisis, under) if under else ""))
    return True


def second_address(records: Records, volunteer: Volunteer) -> Person | None:
    """The volunteer's identity on another network than the one that they are written to first; None without one."""
    first = address(records, volunteer)
    others = [Person(one.id) for one in records.find(Identity, volunteer=volunteer.id)]
    return next((one for one in others if first is not None and one.network != first.network), None)


def crisis_channel(records: Records, crisis: Crisis, *, private: bool) -> Place | None:
    """Where the board stands; None where the crisis is for its people only: a drill, a private level, no channel."""
    channel = team_of(records).crisis_channel
    return Place(channel) if channel and not crisis.drill and not private else None


def show(
    records: Records,
    crisis: Crisis,
    place: Place,
    key: str,
    card: Card,
    *,
    under: str = "",
    mentions: Iterable[Person] = (),
) -> None:
    """Show something in the crisis channel. A drill has none: this raises, so that no slip can reach it."""
    if crisis.drill:
        raise ValueError("a drill reaches nobody but those who agreed to it")
    records.send(Message(place, _key(crisis, key), card, _key(crisis, under) if under else "", tuple(mentions)))


def shown_before(records: Records, crisis: Crisis, key: str) -> bool:
    """Was a message with this key of the crisis sent before?"""
    return records.sent(_key(crisis, key))


def _key(crisis: Crisis, key: str) -> str:
    return f"crisis/{crisis.id}/{key}"


def marked(crisis: Crisis, card: Card) -> Card:
    """The card as it goes out: a drill's says so in its title and in its first line."""
    if not crisis.drill or card.title.startswith(DRILL):
        return card
    summary = card.summary
    said = "This is a drill. "
    return replace(
        card,
        title=f"{DRILL} · {card.title}",
        summary=said + summary if isinstance(summary, str) else (said, *summary),
    )


def reply(crisis: Crisis, card: Reply) -> Reply:
    """An answer to somebody who does something in the crisis, marked in the same way."""
    if isinstance(card, Form):
        return replace(card, intro=f"{DRILL}. {card.intro}".strip()) if crisis.drill else card
    return marked(crisis, card)
