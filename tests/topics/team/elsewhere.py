"""What people type in a place that is not the team's own, and the codes that lead from one side to the other."""

import re
from collections.abc import Mapping
from datetime import UTC

from bot.core.chat import Button, Person, Place, Reply, Request
from bot.core.plain import controls_of, plain
from bot.topics.team.codes import give_code
from bot.topics.team.model import Purpose
from tests.house import House

THERE = Place("test:there")


def at(house: House, text: str, who: str, *, command: str = "", values: Mapping[str, str] | None = None) -> Reply:
    """What somebody types in another place, answered."""
    person, name, admin = Person(f"test:{who}"), who.capitalize(), who == "admin"
    request = Request(person, THERE, command, values or {}, text, shown_name=name, administrator=admin)
    reply = house.engine.handle(request).result()
    assert reply is not None
    return reply


def said(reply: Reply) -> str:
    """A reply as plain text."""
    return plain(reply, UTC)


def go_on(house: House, reply: Reply, who: str, label: str = "Yes, go on") -> Reply:
    """Press a button in the other place."""
    (button,) = (one for one in controls_of(reply) if isinstance(one, Button) and one.label == label)
    return at(house, "", who, command=button.command, values=button.values)


def code_in(text: str) -> str:
    """The code that a text tells."""
    found = re.search(r"[A-Z0-9]{4}(?:-[A-Z0-9]{1,4}){2,}", text)
    assert found, text
    return found[0]


def start_code(house: House, **more: str) -> str:
    """A code as the terminal prints it, for whoever is to be coordinator."""
    write = house.store.write(
        "t", lambda records: give_code(records, house.chance, house.clock.time, Purpose.START, **more)
    )
    return write.result()


def link(house: House, giver: str, taker: str) -> str:
    """Link from giver to taker, confirmed on both sides; gives what the giver is told."""
    code = code_in(house.say("link", giver))
    go_on(house, at(house, f"link {code}", taker), taker)
    house.settle()
    return house.press("Confirm the link", giver, house.messages(giver)[-1].card)
