"""When direct messages don't arrive: another network, a private word to a coordinator, and what waits until then.

A message that somebody's closed direct messages did not take goes to their next open identity. Where none is open, they
are unreachable: it waits for them, a coordinator is told privately, and, only where they allowed it, one neutral line
in the team's channel says that a note is there. Whatever they do next ends that.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Message, Note, Person, Place, Reply
from bot.core.router import Context
from bot.topics.team.codes import network_of
from bot.topics.team.model import Identity, Missed, Standing, Volunteer
from bot.topics.team.nudging import SWEPT, address, coordinators, hours_changed, notify, reachable, team_of
from bot.topics.team.options import profile_zone

MOST_KEPT = 10  # messages that wait for one volunteer; the oldest make room
KEPT = timedelta(days=60)


def unreachable(context: Context, message: Message) -> None:
    """A network's closed direct messages did not take this one."""
    records, person = context.records, Person(message.to.id)
    identity = records.get(Identity, person.id)
    volunteer = records.get(Volunteer, identity.volunteer) if identity else None
    if identity is None or volunteer is None or volunteer.standing is not Standing.ACTIVE:
        return
    records.put(replace(identity, closed=identity.closed or context.now))
    other = address(records, volunteer)
    if other is not None and not _is_closed(context, other):
        records.send(replace(message, to=other, card=_moved(message.card, person, other)))
        return
    _keep(context, volunteer, message)
    if volunteer.unreachable_since is None:
        volunteer = replace(volunteer, unreachable_since=context.now)
        records.put(volunteer)
        hours_changed(context, volunteer)
        _tell_a_coordinator(context, volunteer, mentioned=_mention(context, volunteer))


def _is_closed(context: Context, person: Person) -> bool:
    identity = context.records.get(Identity, person.id)
    return identity is not None and identity.closed is not None


def _moved(card: Card, closed: Person, other: Person) -> Card:
    """The card as it goes to the other identity, saying once why it comes there."""
    there, here = network_of(closed.id), network_of(other.id)
    elsewhere = f"{there} does not take my direct messages to you, so I write to you here"
    where = f" on {here}" if here != there else ""
    note = Note(f"{elsewhere}{where}. Once they are open there, type `prefer {closed.network}` to change back.")
    return card if note in card.blocks else replace(card, blocks=(*card.blocks, note))


def _keep(context: Context, volunteer: Volunteer, message: Message) -> None:
    """It waits for them; of many, the last ones do."""
    records = context.records
    records.put(Missed(message.key, volunteer.id, context.now, message.card))
    waiting = records.find(Missed, volunteer=volunteer.id, order="-since")
    for old in waiting[MOST_KEPT:]:
        records.remove(Missed, old.id)


def forget_missed(context: Context, volunteer: Volunteer) -> None:
    """Nothing waits for them any more."""
    for one in context.records.find(Missed, volunteer=volunteer.id):
        context.records.remove(Missed, one.id)


def tidy_missed(context: Context) -> None:
    """Forget messages that nobody has opened for long."""
    for one in context.records.find(Missed, order="since", limit=SWEPT):
        if one.since < context.now - KEPT:
            context.records.remove(Missed, one.id)


def _tell_a_coordinator(context: Context, volunteer: Volunteer, *, mentioned: bool) -> None:
    others = [one for one in coordinators(context.records) if one.id != volunteer.id]
    told = next((one for one in others if reachable(one)), others[0] if others else None)
    if told is None:
        return
    left = " I left a line for them in the team's channel." if mentioned else ""
    notify(
        context,
        told.id,
        f"unreachable/{volunteer.id}",
        f"My direct messages don't reach {volunteer.name}: they seem to be closed.{left} Could you ask them to open "
        "direct messages and to type `home`?",
        controls=(Button("See the team", "team show"),),
    )


# -- the line in the channel


def _mention(context: Context, volunteer: Volunteer) -> bool:
    """One neutral line in the team's channel, where the volunteer allowed it and is known there. Was it written?"""
    channel = Place(team_of(context.records).channel)
    known = [Person(one.id) for one in context.records.find(Identity, volunteer=volunteer.id)]
    there = [person for person in known if _may_be_in(channel, person)]
    if not (volunteer.mention and there and volunteer.unreachable_since):
        return False
    key = _mention_key(volunteer.id, volunteer.unreachable_since)
    open_it: tuple[Control, ...] = (Button("Open my note", "note"),)
    card = Card("A private note", (there[0], ": a private note for you."), controls=open_it)
    context.records.send(Message(channel, key, card, mentions=(there[0],)))
    return True


def _may_be_in(channel: Place, person: Person) -> bool:
    """Of the same workspace, or of a network on which people belong to none."""
    everywhere = "/" not in person.id
    return person.house == channel.house or (everywhere and person.network == channel.network)


def _mention_key(volunteer_id: str, since: datetime) -> str:
    return f"mention/{volunteer_id}/{since.isoformat()}"


def _answer_mention(context: Context, volunteer: Volunteer, since: datetime) -> None:
    """The line in the channel has done its work: its button goes."""
    key = _mention_key(volunteer.id, since)
    channel = Place(team_of(context.records).channel)
    if channel.id and context.records.sent(key) and not context.records.unsend(key):
        card = Card("A private note", (context.asker.person, ": a private note was here for you. Thank you!"))
        context.records.send(Message(channel, key, card))


# -- being there again


def seen(context: Context) -> None:
    """A volunteer did something: they can be reached there again, and their zone is known if the network tells it."""
    records, person = context.records, context.asker.person
    volunteer = records.get(Volunteer, context.asker.volunteer)
    if volunteer is None:
        return
    identity = records.get(Identity, person.id)
    if identity is not None and identity.closed is not None:
        records.put(replace(identity, closed=None))
    since, zone = volunteer.unreachable_since, volunteer.zone or profile_zone(context.request)
    if since is None and zone == volunteer.zone:
        return
    volunteer = replace(volunteer, unreachable_since=None, zone=zone)
    records.put(volunteer)
    if since is not None:
        _answer_mention(context, volunteer, since)
    hours_changed(context, volunteer)


def note(context: Context) -> Reply:
    """Open what I could not bring to you because your direct messages were closed."""
    me = context.asker.volunteer
    waiting = context.records.find(Missed, volunteer=me, order="since") if me else []
    if not waiting:
        return Card("No note waits", "There is no private note for you here.", controls=(Button("My home", "home"),))
    first, *others = waiting
    context.records.remove(Missed, first.id)
    more: tuple[Control, ...] = (Button(f"Open my next note ({len(others)} more)", "note"),) if others else ()
    return replace(first.card, controls=(*first.card.controls, *more))
