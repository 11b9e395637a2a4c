"""Which migrations a database has had, and which are still to come."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bot.errors import Trouble
from storage.shape import Migration


def applied(conn: sqlite3.Connection) -> list[str]:
    """The names of the migrations that this database has had; none where it is empty or another program's."""
    if "migration" not in tables(conn):
        return []
    return [name for (name,) in conn.execute("SELECT name FROM migration ORDER BY rowid")]


def pending(conn: sqlite3.Connection, path: Path | None, migrations: Iterable[Migration]) -> list[Migration]:
    """The migrations still to come. Trouble where the database is newer than the program, or another program's."""
    had = applied(conn)
    if not had and tables(conn) - {"migration"}:
        raise Trouble(f"{path} is the database of another program. Name another file in STEWARD_DATABASE.")
    newer = set(had) - {migration.name for migration in migrations}
    if newer:
        raise Trouble(
            f"The database {path} was written by a newer Steward (it has “{min(newer)}”). "
            "Install the newest release, or name another file in STEWARD_DATABASE."
        )
    return [migration for migration in migrations if migration.name not in had]


def tables(conn: sqlite3.Connection) -> set[str]:
    """The names of the tables that exist, without SQLite's own."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    return {name for (name,) in conn.execute(sql)}
