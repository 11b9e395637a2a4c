"""Bringing a database up to date: the pending migrations, each in one transaction with its record."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from storage.shape import Migration
from storage.sqlite.applied import applied, pending
from storage.sqlite.connect import immediate
from storage.sqlite.copies import copy_of, stamp
from storage.sqlite.trouble import filed

RECORDS = "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY NOT NULL, applied_at TEXT NOT NULL) STRICT"
RECORD = "INSERT INTO migration (name, applied_at) VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"


def bring_up_to_date(conn: sqlite3.Connection, path: Path | None, migrations: Sequence[Migration]) -> None:
    """Apply what is pending, in order, after a copy of a database that holds something. Trouble as `pending` says.

    Safe when several processes start at once: what is pending is looked at again under the write lock.
    """
    if not pending(conn, path, migrations):
        return
    with _without_foreign_keys(conn):
        copied = path is None
        while True:
            with immediate(conn):
                waiting = pending(conn, path, migrations)
                if not waiting:
                    return
                if path is not None and not copied and applied(conn):
                    _keep_copy(path)
                copied = True
                _apply(conn, waiting[0])


def _apply(conn: sqlite3.Connection, migration: Migration) -> None:
    from sqlite_utils import Database  # noqa: PLC0415 - 120 ms, and most starts have nothing to migrate

    db = Database(conn, strict=True, execute_plugins=False)
    conn.execute(RECORDS)
    for step in migration.steps:
        step(db)
    if conn.execute("PRAGMA foreign_key_check").fetchone():
        raise RuntimeError(f"the migration “{migration.name}” leaves a reference that leads nowhere")
    conn.execute(RECORD, (migration.name,))


def _keep_copy(path: Path) -> None:
    """Keep the database as it was, beside it; read through a connection of its own, as this one is writing."""
    with filed(), closing(sqlite3.connect(path, isolation_level=None)) as source:
        copy_of(source, path, path.with_name(f"{path.stem}.{stamp(source)}.before-upgrade{path.suffix}"))


@contextmanager
def _without_foreign_keys(conn: sqlite3.Connection) -> Iterator[None]:
    """A table that others refer to can be rebuilt only so; the references are checked before each commit."""
    conn.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        conn.execute("PRAGMA foreign_keys=ON")
