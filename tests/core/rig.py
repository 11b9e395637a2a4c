"""An engine on the real storage with a small topic of its own, which counts what it is told."""

import asyncio
from datetime import timedelta
from typing import Annotated, Any

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core.chat import Card, Message, Person, Place, Reply, Request
from bot.core.engine import Engine
from bot.core.ports import Records
from bot.core.router import Asker, Command, Context, Option, Role, Router
from bot.core.topics import Topics
from bot.core.worker import Worker
from bot.errors import Refusal
from storage.schema import Migration, Table
from tests.engine_room import HandClock, Postbox


class House(Struct, frozen=True):
    id: str


class Identity(Struct, frozen=True):
    id: str
    volunteer: str


class Tally(Struct, frozen=True):
    id: str
    said: str


TOYS = Migration(
    "toys",
    Table("house", {}, across=("id",)),
    Table("identity", {"volunteer": "text"}, across=("id",)),
    Table("tally", {"said": "text"}),
)
OFFICE = Person("test:office")
HERE = Place("test:here")


def _read_tally(_context: Context, text: str) -> str:
    if text not in ("posts", "tips"):
        raise Refusal("Please say posts or tips.", choices=(("posts", "Posts"), ("tips", "Tips")))
    return text


ATally = Annotated[str, Option(_read_tally)]


def count(context: Context, tally: ATally, by: int = 1) -> Reply:
    """Count something.

    tally: what is counted
    by: how many
    """
    before = context.records.get(Tally, tally) or Tally(tally, "0")
    after = replace(before, said=str(int(before.said) + by))
    context.records.put(after)
    if by == 13:
        raise Refusal("Thirteen brings bad luck. Try 12.", option="by")
    if by == 666:
        raise RuntimeError("a fault in the code")
    context.records.send(Message(OFFICE, f"count/{tally}", Card("Counted", after.said)))
    return Card("Counted", after.said)


def look(context: Context) -> Reply:
    """Look at the posts."""
    found = context.records.get(Tally, "posts")
    return Card("Counted", found.said if found else "0")


def found(context: Context, code: str) -> Reply:
    """Begin a team with a one-time code.

    code: the code
    """
    return Card("Welcome", context.asker.person.id)


def fetched(context: Context, tally: str) -> Reply:
    """Take what was fetched.

    tally: what
    """
    return count(context, tally)


def bell(context: Context, subject: str) -> None:
    if subject == "broken":
        raise RuntimeError("a fault in an alarm")
    count(context, subject)
    if subject == "posts":
        context.records.wake("bell", subject, context.now + timedelta(hours=1))


def gone(context: Context, message: Message) -> None:
    context.records.put(Tally("gone", message.to.id))


def who(records: Records, request: Request) -> Asker:
    known = records.get(Identity, request.who.id)
    return Asker(request.who, known.volunteer, "Office", Role.VOLUNTEER) if known else Asker(request.who)


TOPICS = Topics(
    Router(
        (
            Command(count, Role.VOLUNTEER),
            Command(look, Role.OBSERVER, reads=True),
            Command(found, Role.ANYONE, founding=True),
            Command(fetched, Role.ENGINE),
        )
    ),
    {"bell": bell},
    {},
    who,
    lambda records: records.team,
    lambda _context: None,
    gone,
    lambda code: code.lower(),
)


class Rig(Struct):
    """An engine with its store, worker and postbox; whoever asks waits for the answer, and `later` moves the clock."""

    store: Any
    clock: HandClock
    engine: Engine
    post: Postbox
    worker: Worker
    fetched: list[str] = field(default_factory=list)

    def ask(self, text: str = "", delivery: str = "", who: Person = OFFICE, **more: Any) -> Reply | None:
        return self.engine.handle(Request(who, HERE, text=text, delivery=delivery, **more)).result()

    def summary(self, text: str = "", **more: Any) -> str:
        reply = self.ask(text, **more)
        assert isinstance(reply, Card)
        assert isinstance(reply.summary, str)
        return reply.summary

    def run(self, work: Any) -> Any:
        return self.store.write("t", work).result()

    def later(self, **delta: float) -> None:
        self.clock.time += timedelta(**delta)
        asyncio.run(self.worker.round())

    def tally(self, name: str) -> str:
        kept = self.store.read("t", lambda records: records.get(Tally, name))
        return kept.said if kept else "0"
