"""A console with a scripted engine behind it, driven through streams."""

import asyncio
import io
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.console.adapter import Console
from bot.adapters.console.outside import Outside
from bot.core.chat import Button, Card, Message, Person, Place, Reply, Request
from bot.core.ports import Parcel

OFFICE = Person("console:office")
MEMBERS = Person("console:new-members")
PHOTOS = Person("console:conference-photos")
TEAM = Place("console:team")
NAMES = (("office", OFFICE), ("new members", MEMBERS), ("conference photos", PHOTOS))
REMINDER = Card("nmig-x could use a post", (), (), (Button("Posted it", "posted", {"account": "nmig-x"}),))
START = datetime(2026, 12, 1, 14, tzinfo=UTC)

Script = Mapping[str, Reply | None] | Callable[[Request], Reply | None]


def name_of(one: Person | Place) -> str:
    """How the sample's people and places are called; others by their id."""
    names: dict[Person | Place, str] = {person: name for name, person in NAMES}
    return "#team" if one == TEAM else names.get(one, one.id)


def message(to: Person | Place = MEMBERS, card: Card = REMINDER, key: str = "k") -> Message:
    """A message, to new members unless said otherwise."""
    return Message(to, key, card)


class Room:
    """The world around a console. `script` answers what is typed or pressed; each Request is kept."""

    def __init__(self, script: Script | None = None, **changes: Any) -> None:
        self.script: Script = script if script is not None else {}
        self.requests: list[Request] = []
        self.now = START
        self.due: list[tuple[Message, bool]] = []  # delivered at the next chance; True: as an edit
        self.mailed: dict[Person, list[Message]] = {}
        self.out = io.StringIO()
        self.changes = changes
        self.console: Console | None = None

    def handle(self, request: Request) -> "Future[Reply | None]":
        """What the engine does."""
        self.requests.append(request)
        done: Future[Reply | None] = Future()
        key = request.command or request.text
        default = Card(f"You said {key}")
        done.set_result(self.script(request) if callable(self.script) else self.script.get(key, default))
        return done

    async def settled(self) -> None:
        """What the pump does."""
        assert self.console
        while self.due:
            message, updated = self.due.pop(0)
            parcel = Parcel("p", "team", message, 1, "p" if updated else "", doubtful=False, tries=0)
            await (self.console.edit(parcel) if updated else self.console.send(parcel))
            if isinstance(message.to, Person):
                self.mailed.setdefault(message.to, []).append(message)

    async def later(self, span: timedelta) -> datetime:
        """Let time pass."""
        self.now += span
        return self.now

    def mail(self, person: Person, limit: int) -> Sequence[Message]:
        """The last messages of a person."""
        return self.mailed.get(person, [])[-limit:]

    def zone_of(self, person: Person) -> tzinfo:
        """New York for the office, Tokyo for others."""
        return ZoneInfo("America/New_York" if person == OFFICE else "Asia/Tokyo")

    def build(self, *lines: str, **changes: Any) -> Console:
        """A console that these lines are typed into."""
        given: dict[str, Any] = {
            "handle": self.handle,
            "suggest": lambda _request, _option, _typed: (),
            "complete": lambda _who, _line: (),
            "names": lambda: NAMES,
            "name_of": name_of,
            "zone_of": self.zone_of,
            "mail": self.mail,
            "now": lambda: self.now,
            "me": OFFICE,
            "later": self.later,
            "settled": self.settled,
            "input": io.StringIO("".join(f"{line}\n" for line in lines)),
            "output": self.out,
        }
        self.console = Console(Outside(**{**given, **self.changes, **changes}))
        return self.console

    def type(self, *lines: str) -> str:
        """Type the lines; gives all that was shown, when the session has ended by itself."""
        console = self.build(*lines)

        async def run() -> None:
            await asyncio.wait_for(console.run(), 10)
            assert asyncio.all_tasks() == {asyncio.current_task()}

        asyncio.run(run())
        return self.out.getvalue()
