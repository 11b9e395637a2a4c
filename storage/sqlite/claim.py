"""The claim that keeps a second `run` off the same database, released by itself when its process ends."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import Trouble
from storage.sqlite.trouble import code_of, plain


@contextmanager
def claim(path: Path) -> Iterator[None]:
    """Hold the claim on a database. Trouble where another process holds it. Commands beside it need no claim."""
    # An empty SQLite file beside the database is a lock on every system, and goes with its process even when killed.
    try:
        conn = sqlite3.connect(f"{path}.lock", isolation_level=None, timeout=0, check_same_thread=False)
    except sqlite3.Error as error:
        raise plain(error, path) from error
    with closing(conn):
        try:
            conn.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if code_of(error) == sqlite3.SQLITE_BUSY:
                raise Trouble(
                    f"Steward is running with the database {path} already. Stop it, then try again."
                ) from error
            raise plain(error, path) from error
        yield
