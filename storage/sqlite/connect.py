"""Connections: one that writes, and one for each read that runs at the same time."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Lock, RLock
from typing import Protocol

CACHE_KIB = 16_000  # of a connection; filled only as far as it is used
WAL_PAGES = 1_000  # after which SQLite begins the -wal file anew
STATEMENTS = 512  # prepared statements that a connection keeps


def connect(path: Path | None, patience: float) -> sqlite3.Connection:
    """A connection in autocommit mode that waits up to `patience` seconds for other programs; no path is memory."""
    conn = sqlite3.connect(
        path or ":memory:",
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
    try:
        for setting in ("foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF", f"cache_size=-{CACHE_KIB}"):
            conn.execute(f"PRAGMA {setting}")
    except BaseException:
        conn.close()
        raise
    return conn


def use_wal(conn: sqlite3.Connection) -> None:
    """Let readers go beside the writer: kept in the file, so this changes something in a new file only."""
    try:
        conn.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError:
        # Of several processes that start at once, one changes the mode; SQLite lets the others fail without waiting.
        with immediate(conn):
            pass
        conn.execute("PRAGMA journal_mode=WAL")


def grow_wal(conn: sqlite3.Connection) -> None:
    """Let the -wal file reach its full size at once, some 5 ms: from then on a commit takes half the time.

    A file that grows makes each commit wait for the file system's own records as well. The pages written here belong
    to a transaction that is rolled back, so they are never part of the database and are written over by later ones.
    """
    with suppress(sqlite3.Error):  # such as a full disk: then it grows as it always does
        conn.execute("PRAGMA cache_size=-200")  # a small cache, so that the pages go to the file and not to memory
        conn.execute("BEGIN IMMEDIATE")
        page = "x" * 3_900
        conn.executemany("INSERT INTO mark (name, value) VALUES (?, ?)", ((str(n), page) for n in range(WAL_PAGES)))
    if conn.in_transaction:
        conn.execute("ROLLBACK")
    conn.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


@contextmanager
def immediate(conn: sqlite3.Connection) -> Iterator[None]:
    """A transaction that holds the write lock from its start; rolled back on any exception."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


class Connections(Protocol):
    """Where reads and the writer get their connection."""

    @property
    def writer(self) -> sqlite3.Connection:
        """The one connection that writes."""

    @property
    def writing(self) -> AbstractContextManager[object]:
        """Held by the writer while a transaction is open, again and again."""

    def settle(self) -> None:
        """Called once by the writer when it has been at work for a while: it will be for longer."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection within a read transaction of its own: one snapshot from first query to last."""

    def close(self) -> None:
        """Close them all."""


class FileConnections:
    """Connections to a file in WAL mode: reads go beside the writer. Idle ones are kept for the next read."""

    def __init__(self, path: Path, writer: sqlite3.Connection, patience: float) -> None:
        self.writer = writer
        self.writing = nullcontext()  # nothing to hold: the write lock is in the file
        self._path = path
        self._patience = patience
        self._idle: list[sqlite3.Connection] = []
        self._lock = Lock()
        self._closed = False

    def settle(self) -> None:
        """Make later commits faster."""
        grow_wal(self.writer)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read transaction on a connection that no other thread uses meanwhile."""
        conn = self._borrow()
        try:
            conn.execute("BEGIN")
            yield conn
        finally:
            self._give_back(conn)

    def close(self) -> None:
        """Close the idle ones and the writer; a read that is under way closes its own at its end."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for conn in [*idle, self.writer]:
            conn.close()

    def _borrow(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise RuntimeError("the storage is closed")
            if self._idle:
                return self._idle.pop()
        conn = connect(self._path, self._patience)
        conn.execute("PRAGMA query_only=ON")
        return conn

    def _give_back(self, conn: sqlite3.Connection) -> None:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        with self._lock:
            if not self._closed:
                self._idle.append(conn)
                return
        conn.close()


class MemoryConnections:
    """One connection for everything, so reads and writes take turns: a database in memory, for tests and trials."""

    def __init__(self, writer: sqlite3.Connection) -> None:
        self.writer = writer
        self.writing = self._turn = RLock()
        self._closed = False

    def settle(self) -> None:
        """Nothing is slow in memory."""

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The turn of a read, which a read or write on the same thread may hold already."""
        with self._turn:
            if self._closed:
                raise RuntimeError("the storage is closed")
            nested = self.writer.in_transaction
            if not nested:
                self.writer.execute("BEGIN")
            try:
                yield self.writer
            finally:
                if not nested:
                    self.writer.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection, and so forget everything."""
        with self._turn:
            self._closed = True
            self.writer.close()
