"""One human on two networks, one team on two networks: linked by a one-time code that both sides confirm."""

from datetime import timedelta
from typing import Annotated

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Facts, Message, Note, Person, Reply, Style
from bot.core.router import Context, Option, Role
from bot.errors import Refusal
from bot.topics.team.codes import give_code, good_code, grouped, network_of, use_up
from bot.topics.team.joining import forget_guest
from bot.topics.team.merging import may_merge, merge
from bot.topics.team.model import (
    Code,
    Handshake,
    House,
    Identity,
    Purpose,
    Standing,
    TeamRole,
    Volunteer,
)
from bot.topics.team.nudging import hours_changed, team_of

ANSWERED_WITHIN = timedelta(minutes=10)


def link(context: Context, code: str = "", agreed: bool = False) -> Reply:
    """Be known on another network too: get a code here, type it there.

    Type `link` where you are known, then `link` and the code on the other network. Both sides confirm.

    code: the code, on the other network; leave it out to get one
    agreed: yes, once you have read with whom you are linked
    """
    if not code:
        if not context.asker.volunteer:
            raise Refusal("Type `link` where the team knows you, then type the code here: `link` and the code.")
        return _give(context, Purpose.LINK)
    known = good_code(context, code, Purpose.LINK)
    giver = _giver(context, known)
    if context.asker.person.id == known.giver:
        raise Refusal("That code is for the other network: type it there, not here.", option="code")
    if context.asker.volunteer == giver.id:
        return Card("Linked", f"You are known as {giver.name} on both already. Nothing needs to be done.")
    if context.asker.volunteer:
        may_merge(context, giver, context.asker.volunteer)
    if not agreed:
        return _agree(
            context, code, "link", f"Are you {giver.name} on {network_of(known.giver)}?", _consequence(context)
        )
    return _wait_for_giver(context, known, giver)


def _consequence(context: Context) -> str:
    if not context.asker.volunteer:
        return "Then you are the same here: with the same accounts and settings."
    return (
        f"Then {context.asker.name} here becomes the same volunteer: what you look after moves along, and the lower "
        "of the two roles is kept."
    )


def team_attach(context: Context, code: str = "", agreed: bool = False) -> Reply:
    """Use Steward on a second network: get a code here, type it there.

    A coordinator types `team attach`; an administrator of the other workspace or server types it with the code.

    code: the code, on the other network; leave it out to get one
    agreed: yes, once you have read which team it joins
    """
    if not code:
        own = context.records.get(Volunteer, context.asker.volunteer) if context.asker.volunteer else None
        if own is None or own.role is not TeamRole.COORDINATOR:
            raise Refusal("Only a coordinator of the team's own can attach a network. `team show` says who that is.")
        return _give(context, Purpose.ATTACH)
    if not context.request.administrator:
        raise Refusal(
            "Only an administrator of this workspace or server can say that it joins a team. Please ask one to type "
            "`team attach` and the code here, in a channel, while the code is good.",
            option="code",
        )
    known = good_code(context, code, Purpose.ATTACH)
    giver = _giver(context, known)
    team = team_of(context.records)
    if context.records.get(House, context.where.house) is not None:
        return Card("Attached", f"This place belongs to {team.name or 'the team'} already. Nothing needs to be done.")
    if not agreed:
        said = "Then everybody here can use Steward for it: `find`, `help`, and `join` or `link`."
        return _agree(context, code, "team attach", f"Should this place belong to {team.name or 'the team'}?", said)
    return _wait_for_giver(context, known, giver)


def _give(context: Context, purpose: Purpose) -> Card:
    command = "link" if purpose is Purpose.LINK else "team attach"
    asker = context.asker
    code = give_code(
        context.records, context.chance, context.now, purpose, volunteer=asker.volunteer, giver=asker.person.id
    )
    return Card(
        "Your code",
        f"On the other network, type: {command} {code}",
        (
            Facts((("Code", code),)),
            Note("It works once, within ten minutes. Show it to nobody. I ask you here before anything is linked."),
        ),
    )


def _giver(context: Context, code: Code) -> Volunteer:
    """Who gave the code out. Raises Refusal where they no longer may."""
    giver = context.records.get(Volunteer, code.volunteer)
    short = code.purpose is Purpose.ATTACH and giver is not None and giver.role is not TeamRole.COORDINATOR
    if giver is None or giver.standing is not Standing.ACTIVE or short:
        raise Refusal("Whoever gave you that code can't do so any more. Please ask a coordinator.", option="code")
    return giver


def _agree(context: Context, code: str, command: str, question: str, consequence: str) -> Card:
    return Card(
        "One question first",
        question,
        (Note(consequence),),
        (
            Button("Yes, go on", command, {"code": grouped(code), "agreed": "yes"}, Style.PRIMARY),
            Button("No", "help"),
        ),
    )


def _wait_for_giver(context: Context, code: Code, giver: Volunteer) -> Card:
    """The taker agreed: the code is used up, and the giver is asked."""
    use_up(context, code)
    id = context.chance.id()
    shake = Handshake(
        id,
        code.purpose,
        giver.id,
        code.giver,
        context.asker.person.id,
        context.where.house,
        context.now + ANSWERED_WITHIN,
    )
    context.records.put(shake)
    context.records.send(Message(Person(code.giver), _key(shake), _question(context, shake)))
    where = network_of(code.giver)
    return Card("Almost done", f"I have asked on {where}: please confirm there within ten minutes. I'll tell you here.")


def _question(context: Context, shake: Handshake) -> Card:
    taker, shown = Person(shake.taker), context.request.shown_name
    known_as = (" (", shown, ")") if shown else ()
    if shake.purpose is Purpose.LINK:
        said = ("Somebody on ", network_of(shake.taker), " typed your code: ", taker, *known_as, ". Is that you?")
    else:
        said = (
            "The place ",
            shake.house,
            " would join your team; ",
            taker,
            *known_as,
            " typed your code. Is that right?",
        )
    return Card(
        "Please confirm",
        said,
        (Note("If you didn't expect this, refuse: nothing happens then."),),
        (
            Button("Confirm the link", "vouch", {"handshake": shake.id, "answer": "yes"}, Style.PRIMARY),
            Button("Refuse the link", "vouch", {"handshake": shake.id, "answer": "no"}, Style.DANGER),
        ),
    )


def _key(shake: Handshake) -> str:
    return f"handshake/{shake.id}"


AHandshake = Annotated[str, Option(lambda _context, text: text.strip())]


def vouch(context: Context, handshake: AHandshake, answer: bool) -> Reply:
    """Confirm or refuse a link that somebody asked for with your code.

    handshake: the link's id, from the message that asked you
    answer: yes or no
    """
    records = context.records
    shake = records.get(Handshake, handshake)
    if shake is None or context.now >= shake.expires:
        raise Refusal("That question is no longer open. If you still want to link, please start again: type `link`.")
    if shake.volunteer != context.asker.volunteer:
        raise Refusal("That question is for somebody else.")
    records.remove(Handshake, shake.id)
    if not answer:
        _outcome(
            context, shake, "You refused, so nothing was linked.", "The other side did not confirm: nothing was linked."
        )
        return Card("Refused", "Nothing was linked, and the code works no more.")
    said = _link(context, shake) if shake.purpose is Purpose.LINK else _attach(context, shake)
    _outcome(context, shake, said, said)
    return Card("Linked", said, controls=_next(shake))


def _next(shake: Handshake) -> tuple[Control, ...]:
    """After linking: on which of the networks to be written to."""
    if shake.purpose is not Purpose.LINK:
        return ()
    networks = dict.fromkeys(Person(one).network for one in (shake.giver, shake.taker))
    return tuple(Button(f"Write to me on {one.capitalize()}", "prefer", {"network": one}) for one in networks)


def _outcome(context: Context, shake: Handshake, to_giver: str, to_taker: str) -> None:
    """The question becomes its answer, and the other side is told."""
    context.records.send(Message(Person(shake.giver), _key(shake), Card("Answered", to_giver)))
    context.records.send(Message(Person(shake.taker), f"{_key(shake)}/taker", Card("Linking", to_taker)))


def _attach(context: Context, shake: Handshake) -> str:
    if context.asker.role < Role.COORDINATOR:
        raise Refusal("Only a coordinator can attach a network.")
    context.records.put(House(shake.house, context.now))
    team = team_of(context.records)
    network = network_of(shake.taker)
    return f"{network} belongs to {team.name or 'the team'} now. Volunteers can type `link` to be known on both."


def _link(context: Context, shake: Handshake) -> str:
    records = context.records
    kept = records.get(Volunteer, shake.volunteer)
    identity = records.get(Identity, shake.taker)
    other = records.get(Volunteer, identity.volunteer) if identity else None
    if kept is None:
        raise LookupError(shake.volunteer)
    if other is not None and other.id != kept.id:
        kept = merge(context, kept, other)
    reached = replace(kept, unreachable_since=None)
    records.put(Identity(shake.taker, kept.id), reached)
    if kept.unreachable_since is not None:  # what waits can be brought to the new identity
        hours_changed(context, reached)
    forget_guest(context, Person(shake.taker))
    return f"{kept.name} is known on {network_of(shake.giver)} and on {network_of(shake.taker)} now."


def tidy_handshakes(context: Context) -> None:
    """Forget questions that are no longer open."""
    for shake in context.records.find(Handshake, order="expires", limit=100):
        if shake.expires <= context.now:
            context.records.remove(Handshake, shake.id)
