"""What the outside must bring: a clock, chance, storage, chat networks. The core names the shape, others fill it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from bot.core.chat import Message, Person, Place, Reply, Request

T = TypeVar("T")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""


class Chance(Protocol):
    """Randomness, passed in so that tests can repeat themselves."""

    def id(self) -> str:
        """A new id of 10 lower-case letters and digits, for a record."""

    def code(self, bits: int) -> str:
        """A secret of at least `bits` random bits, in letters and digits that are hard to mistake, to be typed."""


class Between(Struct, frozen=True):
    """A range for `Records.find`: from `low` (included) up to `high` (left out); None leaves a side open."""

    low: Any = None
    high: Any = None


class Entry(Struct, frozen=True):
    """One line of the agenda: `alarm` runs for `subject` at `at` (aware UTC)."""

    alarm: str
    subject: str
    at: datetime


class Woken(Struct, frozen=True):
    """A line of the agenda that came, moved or went."""

    alarm: str
    subject: str


class Gone(Struct, frozen=True):
    """A record that was removed."""

    kind: type[Any]
    id: str


class Errand(Struct, frozen=True):
    """Slow or outside work, to be done after the commit: its result comes back as a Request of the engine's own."""

    id: str
    kind: str
    values: Mapping[str, str]


class Records(Protocol):
    """The open transaction of one team. No method takes a team, so no query can forget it.

    Records are frozen Structs with an `id: str` as their first field: class `HandOver` is table `hand_over`, fields
    are columns. Times are aware UTC. In a read, the methods that write raise.
    """

    @property
    def team(self) -> str:
        """The id of the team whose records these are."""

    @property
    def changed(self) -> Sequence[Any]:
        """What this transaction has changed so far: each record that was put, and `Gone` and `Woken` for the rest.

        Messages and errands are left out: they are on their way to somebody else.
        """

    def get(self, kind: type[T], id: str) -> T | None:
        """The record of that kind and id, or None."""

    def put(self, *things: Any) -> None:
        """Keep each record, in place of the one with the same id if there is one."""

    def remove(self, kind: type[Any], id: str) -> None:
        """Drop the record, if it is there."""

    def find(
        self, kind: type[T], *, order: str = "id", limit: int | None = None, offset: int = 0, **where: Any
    ) -> list[T]:
        """The records whose fields equal the given values or lie `Between`; None means empty.

        `order` is a field's name, with `-` before it for the largest first; ties go by id.
        """

    def count(self, kind: type[Any], **where: Any) -> int:
        """How many records `find` would give."""

    def search(self, kind: type[T], words: str, *, order: str = "id", limit: int | None = None) -> list[T]:
        """The records whose text holds every one of the words, each at the start of one of its own.

        Capitals, accents and endings ("webinars", "webinar") don't matter. Only for kinds that the schema says can be
        searched; no words find nothing. `order` is as for `find`.
        """

    def wake(self, alarm: str, subject: str, at: datetime | None) -> None:
        """Put `alarm` for `subject` on the agenda at `at`, replacing its entry; None takes it off."""

    def agenda(
        self,
        *,
        alarm: str | None = None,
        subject: str | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> list[Entry]:
        """What falls due, soonest first."""

    def send(self, message: Message) -> None:
        """Queue a message under its key; a key already used becomes an edit, the same card again changes nothing."""

    def sent(self, key: str) -> bool:
        """Was a message with this key ever queued?"""

    def messages(self, begin: str) -> list[Message]:
        """Every message ever queued whose key begins so, oldest first, with its newest card."""

    def unsend(self, key: str) -> bool:
        """Take back a message that no attempt has been made to deliver; False where it is too late."""

    def run_errand(self, errand: Errand) -> None:
        """Queue an errand."""


class Due(Struct, frozen=True):
    """An agenda entry of some team whose time has come. `tries` counts the attempts that failed so far."""

    team: str
    entry: Entry
    tries: int


class Parcel(Struct, frozen=True):
    """A claimed message on its way.

    `receipt` is the network's id of what was delivered before under this key: then this is an edit. `doubtful` says
    that an earlier attempt may have arrived, so the adapter's `find` is asked before it is sent again. `tries` counts
    earlier attempts. `under` is the receipt of the message under which this one stands, if that was delivered.
    """

    id: str
    team: str
    message: Message
    revision: int
    receipt: str
    doubtful: bool
    tries: int
    under: str = ""


class Job(Struct, frozen=True):
    """A claimed errand of some team. `tries` counts earlier attempts."""

    team: str
    errand: Errand
    tries: int


class Tenancy(Protocol):
    """The one port without a team: who belongs where."""

    def teams(self) -> list[str]:
        """Every team's id."""

    def team_at(self, house: str) -> str | None:
        """The team that a workspace or server belongs to (`slack:T1`)."""

    def teams_of(self, person: Person) -> list[str]:
        """The teams in which this person is known."""

    def chosen(self, person: Person) -> str | None:
        """The team for which a person of several chose last to work where no place tells which, or None."""

    def team_with_code(self, digest: str) -> str | None:
        """The team that gave out the one-time code with this digest."""

    def wrong_code(self, person: Person) -> int:
        """Count one more wrong code typed by this person, for good, and give the count. Durable when it returns."""

    def wrong_codes(self, person: Person) -> int:
        """How many wrong codes this person has typed so far."""


class Storage(Protocol):
    """Where everything is kept. Safe to call from any thread."""

    @property
    def tenancy(self) -> Tenancy:
        """The teamless look-ups."""

    def read(self, team: str, run: Callable[[Records], T]) -> T:
        """Run in a read-only transaction on the calling thread; nothing is written."""

    def write(
        self, team: str, run: Callable[[Records], T], rescue: Callable[[BaseException], T] | None = None
    ) -> "Future[T]":
        """Run in a transaction of its own on the writer's thread: the result arrives after the durable commit.

        An exception of `run` rolls its changes back and arrives instead, or what `rescue` makes of it. `run` may be
        called more than once (after a rollback), so it changes nothing but the records.
        """

    def write_here(
        self, team: str, run: Callable[[Records], T], rescue: Callable[[BaseException], T] | None = None
    ) -> T:
        """As `write`, for a caller who waits: gives the result, and may run on the caller's own thread.

        It waits for the disk: never to be called on an event loop.
        """

    def first_time(self, records: Records, delivery: str, now: datetime) -> bool:
        """Note the delivery in this transaction; False when it had been noted before."""

    def next_due(self) -> datetime | None:
        """When the next agenda entry, message or errand falls due, over all teams."""

    def due(self, now: datetime, limit: int) -> list[Due]:
        """The agenda entries whose time has come, oldest first."""

    def take(self, records: Records, due: Due) -> bool:
        """Inside a write: remove the entry, unless it changed meanwhile (then False)."""

    def back_off(self, due: Due, until: datetime, why: str) -> "Future[None]":
        """After a failed alarm: the entry waits until then, unless it changed meanwhile."""

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Parcel]:
        """Messages to deliver: at most one a place, in order; also claimed ones whose lease ran out. Durable."""

    def delivered(self, parcel: Parcel, receipt: str) -> None:
        """The network took it; `receipt` is its id there. Durable when it returns."""

    def postponed(self, parcel: Parcel, until: datetime, why: str, *, doubtful: bool, tried: bool = True) -> None:
        """The network did not take it (or, `doubtful`, may have): again at `until`. What was not `tried` is no try."""

    def dropped(self, parcel: Parcel, why: str) -> None:
        """It can never be delivered: it is kept, marked so, and no longer tried."""

    def claim_errands(self, now: datetime, lease: timedelta, limit: int) -> list[Job]:
        """Errands to run; also claimed ones whose lease ran out."""

    def errand_done(self, records: Records, errand: Errand) -> bool:
        """Inside the write of its result: remove it; False where that had been done."""

    def postpone_errand(self, job: Job, until: datetime, why: str) -> None:
        """The errand failed: again at `until`."""

    def messages_to(self, to: Person | Place, limit: int) -> list[Message]:
        """The last messages that were delivered to them, oldest first."""

    def tidy(self, before: datetime) -> int:
        """Forget deliveries noted before then, a bounded number a call; gives how many."""

    def mark(self, name: str) -> str:
        """A word kept about the database as a whole (such as `sample`), or an empty string."""

    def set_mark(self, name: str, value: str) -> None:
        """Keep such a word. Durable when it returns."""

    def close(self) -> None:
        """Finish what was accepted, then close. Calling it again does nothing."""


Handle = Callable[[Request], "Future[Reply | None]"]
"""What the engine offers an adapter: the reply to a request, or None where this delivery was seen before."""


Watch = Callable[[Request, Callable[[], None]], "Future[Reply | None]"]
"""The same for a command that only reads, on a screen that stays open, and for nobody's asking.

The second argument is called once, from any thread, when something that the reply was made of may have changed since.
"""

Flush = Callable[[], Awaitable[None]]
"""Delivers what waits in the outbox: an adapter that is stopped awaits it before it closes its connection."""


class Adapter(Protocol):
    """A chat network: reads what people do into Requests, renders cards, delivers messages."""

    @property
    def network(self) -> str:
        """The part before the colon in its people's and places' ids."""

    async def run(self) -> None:
        """Stay connected and pass on requests until cancelled or done."""

    async def send(self, parcel: Parcel) -> str:
        """Deliver a new message and give its receipt. Raises Undelivered or Unreachable."""

    async def edit(self, parcel: Parcel) -> str:
        """Change the message delivered before under `parcel.receipt`. Raises as `send` does."""

    async def find(self, parcel: Parcel) -> str | None:
        """The receipt of a message that an earlier attempt may have delivered, or None."""


Suggest = Callable[[Request, str, str], Sequence[tuple[str, str]]]
"""(request, option's name, what was typed so far) → up to 25 (value, label) pairs."""
