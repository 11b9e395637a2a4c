"""Screens that stay open: each is told, once, when something that it was made of may have changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from bot.core.chat import Message
from bot.core.ports import Between, Entry, Errand, Gone, Records, Woken

T = TypeVar("T")
KEPT = 1000  # screens that are told of changes; those longest open are forgotten first

Shape = tuple[str, ...]
"""The fields that a question compares with values."""


class Noted(Generic[T]):
    """Work on a team's records, and what it changed; what is run again is noted anew."""

    def __init__(self, run: Callable[[Records], T]) -> None:
        self._run = run
        self.changes: Sequence[Any] = ()

    def __call__(self, records: Records) -> T:
        """Do it."""
        self.changes = ()
        result = self._run(records)
        self.changes = records.changed
        return result


class _Screen(Struct):
    """One that is being made, or that stands. A question is kept as its hash: two alike cost one look too many."""

    team: str
    changed: Callable[[], None]
    asked: set[int] = field(default_factory=set)


class Screens:
    """Knows what each screen asked of the records, and finds those that a change concerns. Safe from any thread.

    The cost of a change follows what was changed and how many screens show it, never how many there are.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._standing: dict[str, _Screen] = {}
        self._showing: dict[int, set[str]] = {}  # who shows the answer to a question
        self._shapes: dict[type[Any], set[Shape]] = {}  # of all questions so far: there are as many as the code asks
        self._being_made = 0
        self._meanwhile: list[tuple[str, Sequence[Any]]] = []  # changes while screens were being made

    @contextmanager
    def making(self, who: str, team: str, changed: Callable[[], None]) -> Iterator[Callable[[Records], Records]]:
        """Make somebody's screen, in place of their earlier one, of what the records answer within the block.

        Gives what notes the questions. `changed` is called once, from any thread and perhaps at once.
        """
        screen = _Screen(team, changed)
        questions: set[tuple[type[Any], Shape, tuple[Any, ...]]] = set()
        with self._lock:
            self._being_made += 1
            first = len(self._meanwhile)
        try:
            yield lambda records: Asking(records, questions)
        finally:
            with self._lock:
                for kind, shape, values in questions:
                    self._shapes.setdefault(kind, set()).add(shape)
                    screen.asked.add(hash((team, kind, shape, values)))
                late = any(self._keys(*change) & screen.asked for change in self._meanwhile[first:])
                self._forget(who)
                if not late:
                    self._keep(who, screen)
                self._being_made -= 1
                if not self._being_made:
                    self._meanwhile.clear()
            if late:
                changed()

    def tell(self, team: str, changes: Sequence[Any]) -> None:
        """After a commit: whoever shows something of this is told."""
        if not changes:
            return
        with self._lock:
            if self._being_made:
                self._meanwhile.append((team, changes))
            if not self._standing:
                return
            found = {who for key in self._keys(team, changes) for who in self._showing.get(key, ())}
            told = [self._forget(who) for who in found]
        for screen in told:
            if screen is not None:
                screen.changed()

    def _keep(self, who: str, screen: _Screen) -> None:
        if len(self._standing) >= KEPT:
            self._forget(next(iter(self._standing)))
        self._standing[who] = screen
        for key in screen.asked:
            self._showing.setdefault(key, set()).add(who)

    def _forget(self, who: str) -> _Screen | None:
        screen = self._standing.pop(who, None)
        for key in screen.asked if screen else ():
            self._showing[key].discard(who)
            if not self._showing[key]:
                del self._showing[key]
        return screen

    def _keys(self, team: str, changes: Iterable[Any]) -> set[int]:
        """The questions that may have another answer now, of those that were ever asked."""
        found = set()
        for one in changes:
            if isinstance(one, Gone):
                found.add(hash((team, one.kind, ("id",), (one.id,))))
                continue
            kind = type(one)
            for shape in self._shapes.get(kind, ()):
                try:
                    found.add(hash((team, kind, shape, tuple(getattr(one, name) for name in shape))))
                except TypeError:  # a value that nobody can have asked for
                    continue
        return found


class Asking:
    """Records that note what they are asked. What they found is noted, too: it may change so as not to be found."""

    def __init__(self, records: Records, questions: set[tuple[type[Any], Shape, tuple[Any, ...]]]) -> None:
        self._records = records
        self._questions = questions

    @property
    def team(self) -> str:
        """The id of the team whose records these are."""
        return self._records.team

    @property
    def changed(self) -> Sequence[Any]:
        """What this transaction has changed so far."""
        return self._records.changed

    def get(self, kind: type[T], id: str) -> T | None:
        """The record of that kind and id, or None."""
        self._note(kind, {"id": id})
        return self._records.get(kind, id)

    def find(
        self, kind: type[T], *, order: str = "id", limit: int | None = None, offset: int = 0, **where: Any
    ) -> list[T]:
        """The records whose fields equal the given values or lie `Between`."""
        self._note(kind, where)
        until = None if limit is None else offset + limit  # from the first on: what leaves an earlier page moves this
        return self._found(kind, self._records.find(kind, order=order, limit=until, **where))[offset:]

    def count(self, kind: type[Any], **where: Any) -> int:
        """How many records `find` would give: they are found, so that it is known which they are."""
        return len(self.find(kind, **where))

    def search(self, kind: type[T], words: str, *, order: str = "id", limit: int | None = None) -> list[T]:
        """The records whose text holds every one of the words."""
        self._note(kind, {})
        return self._found(kind, self._records.search(kind, words, order=order, limit=limit))

    def agenda(
        self,
        *,
        alarm: str | None = None,
        subject: str | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> list[Entry]:
        """What falls due, soonest first."""
        self._note(Woken, {"alarm": alarm, "subject": subject})
        return self._records.agenda(alarm=alarm, subject=subject, until=until, limit=limit)

    def sent(self, key: str) -> bool:
        """Was a message with this key ever queued? That is not followed: a screen shows no outbox."""
        return self._records.sent(key)

    def messages(self, begin: str) -> list[Message]:
        """Every message ever queued whose key begins so. They are not followed, as above."""
        return self._records.messages(begin)

    # -- a screen only reads: the records themselves refuse what follows

    def put(self, *things: Any) -> None:
        """Keep each record."""
        self._records.put(*things)

    def remove(self, kind: type[Any], id: str) -> None:
        """Drop the record."""
        self._records.remove(kind, id)

    def wake(self, alarm: str, subject: str, at: datetime | None) -> None:
        """Put `alarm` on the agenda."""
        self._records.wake(alarm, subject, at)

    def send(self, message: Message) -> None:
        """Queue a message."""
        self._records.send(message)

    def unsend(self, key: str) -> bool:
        """Take back a message."""
        return self._records.unsend(key)

    def run_errand(self, errand: Errand) -> None:
        """Queue an errand."""
        self._records.run_errand(errand)

    def _found(self, kind: type[T], things: list[T]) -> list[T]:
        for one in things:
            self._note(kind, {"id": getattr(one, "id")})  # noqa: B009 - every record has one; its type does not say so
        return things

    def _note(self, kind: type[Any], where: dict[str, Any]) -> None:
        equal = {name: value for name, value in where.items() if _comparable(value)}
        shape = tuple(sorted(equal))
        self._questions.add((kind, shape, tuple(equal[name] for name in shape)))


def _comparable(value: Any) -> bool:
    """Can a changed record's field be held against it? What can't is left out: the question then is a wider one."""
    return value is not None and not isinstance(value, (Between, list, dict, set))
