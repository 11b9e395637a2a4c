"""The storage port on SQLite."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.core.chat import Message, Person, Place
from bot.core.ports import Due, Errand, Job, Parcel, Records, Woken
from storage.shape import Migration
from storage.sqlite import agenda, errands, inbox, outbox
from storage.sqlite.applied import tables
from storage.sqlite.check import check_kinds
from storage.sqlite.connect import Connections, FileConnections, MemoryConnections, connect, use_wal
from storage.sqlite.migrate import bring_up_to_date
from storage.sqlite.records import Answers, SqliteRecords
from storage.sqlite.search import Index, searched
from storage.sqlite.statements import Kinds, Statements
from storage.sqlite.tenancy import SqliteTenancy
from storage.sqlite.trouble import plain, plainly
from storage.sqlite.writer import Writer

T = TypeVar("T")


def open_sqlite(
    path: Path | None, kinds: Iterable[type[Any]], migrations: Sequence[Migration], patience: float
) -> "SqliteStorage":
    """Open the database, made or brought up to date where needed; no path is memory. Trouble or TypeError."""
    known = Kinds((kind, Statements(kind)) for kind in kinds)
    with plainly(path):
        conn = connect(path, patience)
        try:
            if path is not None:
                use_wal(conn)
            bring_up_to_date(conn, path, migrations)
            check_kinds(conn, (one.rows for one in known.values()))
            _find_by_words(conn, known)
            there = tables(conn)
        except BaseException:
            conn.close()
            raise
    connections = MemoryConnections(conn) if path is None else FileConnections(path, conn, patience)
    return SqliteStorage(connections, path, known, there)


def _find_by_words(conn: sqlite3.Connection, known: Kinds) -> None:
    """Each kind whose table the schema calls searchable gets the index of its words."""
    columns = searched(conn)
    for one in known.values():
        if one.rows.table in columns:
            one.index = Index(one.rows.table, columns[one.rows.table])


class SqliteStorage:
    """Everything in one SQLite database."""

    def __init__(self, connections: Connections, path: Path | None, kinds: Kinds, there: set[str]) -> None:
        self._connections = connections
        self._path = path
        self._kinds = kinds
        self._writer = Writer(connections, lambda error: plain(error, path))
        self.tenancy = SqliteTenancy(connections.reading, self._writer, there, path)
        self._stretch = 0
        self._answers: dict[str, Answers] = {}

    def read(self, team: str, run: Callable[[Records], T]) -> T:
        """Run in a read-only transaction on the calling thread: one snapshot, whatever is written meanwhile."""

        def look(conn: sqlite3.Connection) -> T:
            records = SqliteRecords(conn, team, self._kinds, writes=False)
            try:
                return run(records)
            finally:
                records.close()

        return self._look(look)

    def write(
        self, team: str, run: Callable[[Records], T], rescue: Callable[[BaseException], T] | None = None
    ) -> "Future[T]":
        """Run in a transaction of its own on the writer's thread; the result arrives after the durable commit."""
        return self._writer.submit(self._change_of(team, run), rescue)

    def write_here(
        self, team: str, run: Callable[[Records], T], rescue: Callable[[BaseException], T] | None = None
    ) -> T:
        """The same for a caller who waits for the result, on the caller's own thread where nobody else writes."""
        return self._writer.do(self._change_of(team, run), rescue)

    def _change_of(self, team: str, run: Callable[[Records], T]) -> Callable[[sqlite3.Connection], T]:
        def change(conn: sqlite3.Connection) -> T:
            records = SqliteRecords(conn, team, self._kinds, writes=True, answers=self._answers_of(team))
            try:
                return run(records)
            finally:
                records.close()

        return change

    def _answers_of(self, team: str) -> Answers:
        """What jobs of this team have read so far in the writer's open transaction."""
        if self._stretch != self._writer.stretch:
            self._stretch = self._writer.stretch
            self._answers = {}
        return self._answers.setdefault(team, {})

    def first_time(self, records: Records, delivery: str, now: datetime) -> bool:
        """Note the delivery in this transaction; False when it had been noted before."""
        own = _own(records)
        return inbox.note(own.writing, own.team, delivery, now)

    def next_due(self) -> datetime | None:
        """When the next agenda entry, message or errand falls due, over all teams; 1970 is at once."""
        return self._look(agenda.next_due)

    def due(self, now: datetime, limit: int) -> list[Due]:
        """The agenda entries whose time has come, oldest first."""
        return self._look(lambda conn: agenda.due(conn, now, limit))

    def take(self, records: Records, due: Due) -> bool:
        """Inside a write: remove the entry, unless it changed meanwhile (then False)."""
        own = _own(records)
        taken = own.team == due.team and agenda.take(own.writing, due.team, due.entry)
        if taken:
            own.changed.append(Woken(due.entry.alarm, due.entry.subject))
        return taken

    def back_off(self, due: Due, until: datetime, why: str) -> "Future[None]":
        """After a failed alarm: the entry waits until then, unless it changed meanwhile."""
        return self._writer.submit(lambda conn: agenda.back_off(conn, due, until, why))

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Parcel]:
        """Messages to deliver: at most one a place, in order; also claimed ones whose lease ran out. Durable."""
        return self._change(lambda conn: outbox.claim(conn, now, lease, limit))

    def delivered(self, parcel: Parcel, receipt: str) -> None:
        """The network took it; `receipt` is its id there. Durable when it returns."""
        self._change(lambda conn: outbox.delivered(conn, parcel, receipt))

    def postponed(self, parcel: Parcel, until: datetime, why: str, *, doubtful: bool, tried: bool = True) -> None:
        """The network did not take it (or, `doubtful`, may have): again at `until`. What was not `tried` is no try."""
        self._change(lambda conn: outbox.postponed(conn, parcel, until, why, doubtful=doubtful, tried=tried))

    def dropped(self, parcel: Parcel, why: str) -> None:
        """It can never be delivered: it is kept, marked so, and no longer tried."""
        self._change(lambda conn: outbox.dropped(conn, parcel, why))

    def claim_errands(self, now: datetime, lease: timedelta, limit: int) -> list[Job]:
        """Errands to run; also claimed ones whose lease ran out."""
        return self._change(lambda conn: errands.claim(conn, now, lease, limit))

    def errand_done(self, records: Records, errand: Errand) -> bool:
        """Inside the write of its result: remove it; False where that had been done."""
        own = _own(records)
        return errands.done(own.writing, own.team, errand)

    def postpone_errand(self, job: Job, until: datetime, why: str) -> None:
        """The errand failed: again at `until`."""
        self._change(lambda conn: errands.postpone(conn, job, until, why))

    def messages_to(self, to: Person | Place, limit: int) -> list[Message]:
        """The last messages that were delivered to them, oldest first."""
        return self._look(lambda conn: outbox.messages_to(conn, to, limit))

    def tidy(self, before: datetime) -> int:
        """Forget deliveries noted before then, a bounded number a call; gives how many."""
        return self._change(lambda conn: inbox.tidy(conn, before))

    def mark(self, name: str) -> str:
        """A word kept about the database as a whole (such as `sample`), or an empty string."""
        return self._look(lambda conn: inbox.mark(conn, name))

    def set_mark(self, name: str, value: str) -> None:
        """Keep such a word. Durable when it returns."""
        self._change(lambda conn: inbox.set_mark(conn, name, value))

    def close(self) -> None:
        """Finish what was accepted, then close. Calling it again does nothing."""
        self._writer.close()
        self._connections.close()

    def _look(self, run: Callable[[sqlite3.Connection], T]) -> T:
        with plainly(self._path), self._connections.reading() as conn:
            return run(conn)

    def _change(self, run: Callable[[sqlite3.Connection], T]) -> T:
        return self._writer.do(run)


def _own(records: Records) -> SqliteRecords:
    if not isinstance(records, SqliteRecords):
        raise TypeError("these records belong to another storage")
    return records
