"""A whole Steward in memory for tests: the real storage, engine and topics, a clock moved by hand, and a postbox."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import storage
from bot.core.chat import Button, Card, Form, Message, Person, Place, Reply, Request
from bot.core.engine import Engine
from bot.core.errands import Errands
from bot.core.plain import controls_of, plain
from bot.core.ports import Records, Storage
from bot.core.pump import Pump
from bot.core.worker import Worker
from bot.house import KINDS, topics
from bot.topics.team.model import House as HouseRecord
from bot.topics.team.model import Identity, Standing, Team, TeamRole, Volunteer
from tests.engine_room import START, HandClock, Postbox, SeededChance

T = TypeVar("T")
HERE = Place("test:here")
DELIVERIES = itertools.count()
NOTHING: Mapping[str, str] = {}


class House:
    """Steward with one team `t`, in Chicago; people are `test:<name>`. Close it at the end."""

    def __init__(self, now: datetime = START, zone: str = "America/Chicago", store: Storage | None = None) -> None:
        self.clock = HandClock(now)
        self.chance = SeededChance()
        self.store = store or storage.open("sqlite://", KINDS)
        self.engine = Engine(self.store, self.clock, self.chance, topics())
        self.post = Postbox()
        pump = Pump(self.store, self.clock, {"test": self.post}, self.engine.cannot_reach)
        self.worker = Worker(self.engine, pump, Errands(self.store, self.clock, {}, self.engine.finish_errand))
        self.zone = ZoneInfo(zone)
        self.last: dict[str, Reply] = {}
        self.administrators: set[str] = set()  # who administrates the place, as the network says
        self.owners: set[str] = set()  # to whom it belongs
        self.groups: dict[str, tuple[str, ...]] = {}  # the network's roles that somebody holds there
        self.put(Team("t", "Library association", zone, "US"), HouseRecord("test:here", now))

    def close(self) -> None:
        """Let go of threads and connections."""
        self.engine.close()
        self.store.close()

    # -- records

    def put(self, *things: Any) -> None:
        """Keep records directly."""
        self.store.write("t", lambda records: records.put(*things)).result()

    def get(self, kind: type[T], id: str) -> T:
        """The record, which must be there."""
        found = self.store.read("t", lambda records: records.get(kind, id))
        assert found is not None, f"no {kind.__name__} {id}"
        return found

    def find(self, kind: type[T], **where: Any) -> list[T]:
        """The records of a kind."""
        return self.store.read("t", lambda records: records.find(kind, **where))

    def read(self, run: Any) -> Any:
        """Run on the records."""
        return self.store.read("t", run)

    def volunteer(self, name: str, role: TeamRole = TeamRole.VOLUNTEER, **more: Any) -> Volunteer:
        """An active volunteer who agreed to reminders, with the identity `test:<name>`; the id is the name, lower."""
        id = name.casefold().replace(" ", "-")
        settings: dict[str, Any] = {"standing": Standing.ACTIVE, "reminders": True, "joined": self.clock.time} | more
        volunteer = Volunteer(id, name, role, **settings)
        self.put(volunteer, Identity(f"test:{id}", id))
        return volunteer

    def named(self, name: str) -> Volunteer:
        """The one volunteer of that name."""
        (found,) = self.find(Volunteer, name=name)
        return found

    # -- people

    def ask(
        self, text: str = "", as_: str = "office", command: str = "", *, form: bool = False, **values: str
    ) -> Reply:
        """What a person types (or a button or form with values) is answered with."""
        return self.do(as_, text, command, values, form=form)

    def do(
        self, as_: str, text: str = "", command: str = "", values: Mapping[str, str] = NOTHING, *, form: bool = False
    ) -> Reply:
        """The same with the values together."""
        who, delivery = Person(f"test:{as_}"), f"d{next(DELIVERIES)}"
        administrator, groups = as_ in self.administrators, self.groups.get(as_, ())
        request = Request(
            who,
            HERE,
            command,
            values,
            text,
            delivery,
            as_.capitalize(),
            form=form,
            administrator=administrator,
            groups=groups,
            owner=as_ in self.owners,
        )
        reply = self.engine.handle(request).result()
        assert reply is not None
        for one in controls_of(reply):  # a button asks for what is there
            if isinstance(one, Button):
                names = {each.name for each in self.engine.topics.router.by_name[one.command].parameters}
                assert one.values.keys() <= names, one
        self.last[as_] = reply
        return reply

    def say(self, text: str, as_: str = "office") -> str:
        """What a person types, answered as plain text."""
        return self.text(self.ask(text, as_))

    def text(self, reply: Reply) -> str:
        """A reply as plain text, times in the team's zone."""
        return plain(reply, self.zone)

    def press(self, label: str, as_: str = "office", card: Card | None = None) -> str:
        """Press the button whose label starts so, on the given card, the person's last reply or last message."""
        cards: Sequence[Reply] = [card] if card else [self.last[as_]] if as_ in self.last else []
        cards = [*cards, *([] if card else [message.card for message in reversed(self.messages(as_))])]
        for one in cards:
            for button in controls_of(one):
                if isinstance(button, Button) and button.label.startswith(label):
                    return self.text(self.do(as_, "", button.command, button.values))
        labels = [button.label for one in cards for button in controls_of(one)]
        raise AssertionError(f"no button “{label}” among {labels}")

    def submit(self, form: Reply, as_: str = "office", **values: str) -> Reply:
        """Send a form in."""
        assert isinstance(form, Form)
        return self.do(as_, "", form.command, {**form.values, **values}, form=True)

    # -- time and messages

    def settle(self) -> None:
        """Run and deliver all that is due now."""
        asyncio.run(self.worker.round())

    def later(self, **delta: float) -> None:
        """Let time pass, stopping at each due time on the way."""
        self.until(self.clock.time + timedelta(**delta))

    def until(self, end: datetime) -> None:
        """Let time pass until `end`, stopping at each due time on the way."""
        self.settle()
        while True:
            due = self.store.next_due()
            if due is None or due > end:
                break
            self.clock.time = max(due, self.clock.time)
            self.settle()
        self.clock.time = end
        self.settle()

    def messages(self, to: str) -> list[Message]:
        """What a person was sent, oldest first, as it stands now."""
        return [message for message in self.post.kept.values() if message.to == Person(f"test:{to}")]

    def letters(self, to: str) -> list[str]:
        """The same as plain text."""
        return [self.text(message.card) for message in self.messages(to)]

    def agenda(self, alarm: str | None = None) -> list[tuple[str, str, datetime]]:
        """What falls due."""

        def look(records: Records) -> list[tuple[str, str, datetime]]:
            return [(entry.alarm, entry.subject, entry.at) for entry in records.agenda(alarm=alarm)]

        return self.store.read("t", look)
