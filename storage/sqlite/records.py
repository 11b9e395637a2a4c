"""Records: the open transaction of one team, on a connection."""

import sqlite3
from datetime import datetime
from typing import Any, TypeVar

from bot.core.chat import Message
from bot.core.ports import Entry, Errand, Gone, Woken
from storage.sqlite import agenda, errands, outbox
from storage.sqlite.search import matching
from storage.sqlite.statements import Kinds, Statements

T = TypeVar("T")
Answers = dict[type[Any], dict[Any, Any]]
"""What one team's records answered: by kind, then by id or question."""


class SqliteRecords:
    """The records of `team` within the transaction that is open on `conn`; `writes` is False in a read.

    What was read stays read: until a record of that kind is put or removed, the same question has the same answer.
    `answers` are those of earlier jobs within the same transaction.
    """

    __slots__ = ("_answers", "_conn", "_kinds", "_over", "_writes", "changed", "team")

    def __init__(
        self, conn: sqlite3.Connection, team: str, kinds: Kinds, *, writes: bool, answers: Answers | None = None
    ) -> None:
        if not team:
            raise ValueError("records belong to a team: its id is empty")
        self.team = team
        self.changed: list[Any] = []
        self._conn = conn
        self._kinds = kinds
        self._writes = writes
        self._over = False
        self._answers: Answers = {} if answers is None else answers

    def close(self) -> None:
        """The transaction is over: whatever still holds these records can do nothing with them."""
        self._over = True

    @property
    def reading(self) -> sqlite3.Connection:
        """The connection. RuntimeError after the transaction's end."""
        # Where an error ended the transaction early and the error was swallowed, a write would commit by itself.
        if self._over or not self._conn.in_transaction:
            raise RuntimeError("the transaction of these records is over")
        return self._conn

    @property
    def writing(self) -> sqlite3.Connection:
        """The connection, to write. RuntimeError in a read, and after the transaction's end."""
        if not self._writes:
            raise RuntimeError("these records are for reading only: use storage.write to change something")
        if self._over or not self._conn.in_transaction:
            raise RuntimeError("the transaction of these records is over")
        return self._conn

    def get(self, kind: type[T], id: str) -> T | None:
        """The record of that kind and id, or None."""
        reading = self.reading
        known, answers = self._known(kind), self._answers.setdefault(kind, {})
        if id in answers:
            found: T | None = answers[id]
            return found
        row = reading.execute(known.get, (self.team, id)).fetchone()
        found = answers[id] = None if row is None else known.rows.recall(row)
        return found

    def put(self, *things: Any) -> None:
        """Keep each record, in place of the one with the same id if there is one."""
        conn = self.writing
        self.changed += things
        for thing in things:
            known = self._known(type(thing))
            self._answers.pop(type(thing), None)
            conn.execute(known.put, [self.team, *known.rows.values(thing)])
            if known.index is not None:
                texts = [getattr(thing, column) for column in known.index.columns]
                known.index.keep(conn, self.team, thing.id, texts)

    def remove(self, kind: type[Any], id: str) -> None:
        """Drop the record, if it is there."""
        known = self._known(kind)
        self._answers.pop(kind, None)
        self.changed.append(Gone(kind, id))
        self.writing.execute(known.remove, (self.team, id))
        if known.index is not None:
            known.index.keep(self.writing, self.team, id, ())

    def find(
        self, kind: type[T], *, order: str = "id", limit: int | None = None, offset: int = 0, **where: Any
    ) -> list[T]:
        """The records whose fields equal the given values or lie `Between`, empty fields before all others."""
        reading = self.reading
        known, answers = self._known(kind), self._answers.setdefault(kind, {})
        conditions, values = known.where(where)
        question = (conditions, order, *values, -1 if limit is None else max(limit, 0), offset)
        if question not in answers:
            rows = reading.execute(known.find(conditions, order), (self.team, *question[2:]))
            answers[question] = [known.rows.recall(row) for row in rows]
        return list(answers[question])

    def count(self, kind: type[Any], **where: Any) -> int:
        """How many records `find` would give."""
        known = self._known(kind)
        conditions, values = known.where(where)
        (number,) = self.reading.execute(known.count(conditions), (self.team, *values)).fetchone()
        return int(number)

    def search(self, kind: type[T], words: str, *, order: str = "id", limit: int | None = None) -> list[T]:
        """The records whose text holds every one of the words, each at the start of one of its own."""
        known = self._known(kind)
        sql, asked = known.search(order), matching(self.team, words)
        page = -1 if limit is None else max(limit, 0)
        rows = self.reading.execute(sql, (self.team, asked, self.team, page)) if asked else ()
        return [known.rows.recall(row) for row in rows]

    def wake(self, alarm: str, subject: str, at: datetime | None) -> None:
        """Put `alarm` for `subject` on the agenda at `at`, replacing its entry; None takes it off."""
        self.changed.append(Woken(alarm, subject))
        agenda.wake(self.writing, self.team, alarm, subject, at)

    def agenda(
        self,
        *,
        alarm: str | None = None,
        subject: str | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> list[Entry]:
        """What falls due, soonest first."""
        return agenda.entries(self.reading, self.team, alarm=alarm, subject=subject, until=until, limit=limit)

    def send(self, message: Message) -> None:
        """Queue a message under its key; a key already used becomes an edit, the same card again changes nothing."""
        outbox.send(self.writing, self.team, message)

    def sent(self, key: str) -> bool:
        """Was a message with this key ever queued?"""
        return outbox.sent(self.reading, self.team, key)

    def messages(self, begin: str) -> list[Message]:
        """Every message ever queued whose key begins so, oldest first, with its newest card."""
        return outbox.messages(self.reading, self.team, begin)

    def unsend(self, key: str) -> bool:
        """Take back a message that no attempt has been made to deliver; False where it is too late."""
        return outbox.unsend(self.writing, self.team, key)

    def run_errand(self, errand: Errand) -> None:
        """Queue an errand."""
        errands.queue(self.writing, self.team, errand)

    def _known(self, kind: type[T]) -> Statements[T]:
        return self._kinds[kind]
