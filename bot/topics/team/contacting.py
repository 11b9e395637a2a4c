"""Whether I may write to a volunteer, for what, and on which network."""

from typing import Annotated

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Kind, Person, Reply
from bot.core.router import Context, Option
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.team.model import Identity, Volunteer
from bot.topics.team.nudging import team_of
from bot.topics.team.settings import ALL, change, networks_of, pace_words, turned, written_on
from bot.topics.team.whose import whose


def reminders(context: Context, on: bool) -> Reply:
    """Allow me to write to you when something waits, or stop all such messages at once.

    on: yes, and I may write; no, and I send none of any kind; crisis alarms are asked separately
    """
    one = whose(context, None)
    said = f"I may write to you: {pace_words(one.pace)}, at {one.hour:%H:%M}, never in your quiet hours."
    if not on:
        said = "I send you no more messages of any kind by myself. What waits for you is shown when you type `home`."
    undo = ("reminders", {"on": turned(on)})
    card = change(context, one, said, undo, reminders=on)
    return replace(card, controls=(*card.controls, *_about_alarms(one, reminders=on)))


def _about_alarms(one: Volunteer, *, reminders: bool) -> tuple[Control, ...]:
    """Crisis alarms are a question of their own."""
    if one.alarms is None and reminders:
        return (
            Button("Crisis alarms, too", "alarms", {"on": "yes"}),
            Button("No crisis alarms", "alarms", {"on": "no"}),
        )
    return (Button("No crisis alarms either", "alarms", {"on": "no"}),) if one.alarms and not reminders else ()


def alarms(context: Context, on: bool) -> Reply:
    """Allow me to wake you in a crisis, at any hour, or not.

    on: yes, and a crisis reaches you even in quiet hours; no, and it does not
    """
    one = whose(context, None)
    said = "In a crisis I write to you at any hour." if on else "Crisis alarms don't reach you."
    return change(context, one, said, ("alarms", {"on": turned(on)}), alarms=on)


def mention(context: Context, on: bool) -> Reply:
    """Allow one neutral line in the team's channel where my direct messages don't reach you, or not.

    It says that a private note is there for you, and nothing else. You open it with a button; only you see it.

    on: yes, and the line may be written, once until you next do something; no, and it is not
    """
    one = whose(context, None)
    said = "Where no direct message reaches you, the team's channel gets one line: a private note is there for you."
    if not on:
        said = "Nothing about you is written in the team's channel. What waits for you is shown when you type `home`."
    elif not team_of(context.records).channel:
        said += " The team has no channel yet, so nothing is written until it has one."
    return change(context, one, said, ("mention", {"on": turned(on)}), mention=on)


def _read_network(context: Context, text: str) -> str:
    wanted = text.strip().casefold()
    known = networks_of(context, whose(context, None))
    found = [network for network in known if network.startswith(wanted)] if wanted else []
    if len(found) != 1:
        raise Refusal(
            f"I don't know you on “{shown(text)}”. To be known there too, type `link` here.",
            choices=tuple((network, f"Write to me on {network.capitalize()}") for network in known[:5]),
        )
    return found[0]


def _suggest_networks(context: Context, _text: str) -> list[tuple[str, str]]:
    own = context.records.get(Volunteer, context.asker.volunteer) if context.asker.volunteer else None
    return [(name, name.capitalize()) for name in networks_of(context, own)] if own else []


ANetwork = Annotated[str, Option(_read_network, suggest=_suggest_networks, kind=Kind.CHOICE)]


def prefer(context: Context, network: ANetwork | None = None) -> Reply:
    """Choose the network on which I write to you, if you are linked on several.

    network: one on which you are known, such as slack or discord; shows what you can choose if left out
    """
    one = whose(context, None)
    if network is None:
        return _where(context, one)
    for identity in context.records.find(Identity, volunteer=one.id):
        if identity.closed is not None and Person(identity.id).network == network:  # said to be open again
            context.records.put(replace(identity, closed=None))
    undo = ("prefer", {"network": one.prefers}) if one.prefers else None
    said = f"I write to you on {network.capitalize()}, never on two at once."
    if len(networks_of(context, one)) > 1:
        said += " Only if my messages don't reach you there, I try the other one."
    return change(context, one, said, undo, prefers=network)


def _where(context: Context, one: Volunteer) -> Card:
    """The networks on which somebody is known, and the one that they are written to on."""
    known = networks_of(context, one)
    now = written_on(context, one)
    if len(known) == 1:
        return Card(
            "Where I write to you",
            f"You are known on {now.capitalize()} only, so I write to you there.",
            controls=(Button("Get a code to link another network", "link"), ALL),
        )
    names = " and on ".join(network.capitalize() for network in known)
    others: tuple[Control, ...] = tuple(
        Button(f"Write to me on {network.capitalize()}", "prefer", {"network": network})
        for network in known
        if network != now
    )
    said = f"You are known on {names}. I write to you on {now.capitalize()}, never on two at once."
    return Card("Where I write to you", said, controls=(*others, ALL))
