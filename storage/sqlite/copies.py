"""Copies of a database file: backup and restore. A copy is whole, checked, and never made over something else."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.errors import Trouble
from storage.shape import Migration
from storage.sqlite.applied import applied, pending
from storage.sqlite.claim import claim
from storage.sqlite.connect import connect
from storage.sqlite.trouble import CODES_OF_DAMAGE, code_of, filed, plain, plainly

PATIENCE = 2.0  # seconds that restore waits for a command that is under way
BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a file that is open or was left open by a crash


def backup(path: Path, target: Path) -> None:
    """Copy the database to the new file `target`, also while it is in use. Trouble where that can't be done."""
    with filed(), _opened(path) as source:
        copy_of(source, path, target)


def restore(source: Path, path: Path, migrations: Sequence[Migration]) -> Path | None:
    """Put a copy of `source` in the place of `path`; gives the name under which the old file is kept, if there was one.

    Trouble where `source` is damaged, newer or no Steward database, and while `path` is in use.
    """
    if source.absolute() == path:
        raise Trouble(f"{source} is the database itself. Name a backup to restore from.")
    with filed(), claim(path), _opened_backup(source) as held:
        pending(held, source, migrations)
        now = stamp(held)
        incoming = path.with_name(f"{path.name}.{now}.incoming")
        copy_of(held, source, incoming)
        kept = None
        try:
            if path.exists():
                kept = path.with_name(f"{path.stem}.{now}.before-restore{path.suffix}")
                _keep(path, kept)
            incoming.replace(path)
        finally:
            incoming.unlink(missing_ok=True)
    return kept


def set_aside(path: Path) -> Path:
    """Give the database another name, so that a new one can be made; gives that name. Trouble while it is in use."""
    with filed(), claim(path):
        with _opened(path) as held:
            kept = path.with_name(f"{path.stem}.{stamp(held)}.set-aside{path.suffix}")
        _keep(path, kept)
        path.unlink()
    return kept


def examine(path: Path) -> None:
    """Trouble unless every page of the database is sound."""
    with filed(), _opened(path) as conn:
        _check(conn, path)


def copy_of(source: sqlite3.Connection, path: Path, target: Path) -> None:
    """Copy what `source` (the file `path`) has committed to the new file `target`, and check it. Trouble, OSError."""
    try:
        target.open("xb").close()  # claims the name: two copies at once can't write the same file
    except FileExistsError:
        raise Trouble(f"{target} is there already. Name another file, or move that one away.") from None
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one self-contained file, without a -wal beside it
            _check(copy, path)
    except sqlite3.Error as error:
        target.unlink()
        raise plain(error, path if code_of(error) in CODES_OF_DAMAGE else target) from error
    except BaseException:
        target.unlink()
        raise


def stamp(conn: sqlite3.Connection) -> str:
    """The time now (UTC) as part of a file's name, such as `2026-11-22T215100.123Z`."""
    (text,) = conn.execute("SELECT strftime('%Y-%m-%dT%H%M%fZ', 'now')").fetchone()
    return str(text)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a Steward database that is there. Trouble where it is not."""
    if not path.is_file():
        raise Trouble(f"There is no database {path}. Check the name.")
    with plainly(path), closing(connect(path, PATIENCE)) as conn:
        if not applied(conn):
            raise Trouble(f"{path} is not a Steward database. Name a file that `steward backup` made.")
        yield conn


@contextmanager
def _opened_backup(source: Path) -> Iterator[sqlite3.Connection]:
    """The same for a file that a person named as their backup: told so where it is none, or damaged."""
    try:
        with _opened(source) as conn:
            yield conn
    except Trouble as trouble:
        if trouble.__cause__ is None or code_of(trouble.__cause__) not in CODES_OF_DAMAGE:
            raise
        raise Trouble(f"{source} is damaged, or no backup at all. Name a file that `steward backup` made.") from trouble


def _check(conn: sqlite3.Connection, path: Path) -> None:
    (found,) = conn.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise Trouble(
            f"The database {path} is damaged. Keep a copy of the file, then bring back a good backup with "
            "`steward restore`."
        )


def _keep(path: Path, kept: Path) -> None:
    """Give the file a second name, in one piece; Trouble while another program uses it.

    The first name stays until the new file replaces it: at no moment is there no database.
    """
    try:
        with closing(connect(path, PATIENCE)) as conn:
            conn.execute("PRAGMA journal_mode=DELETE")  # folds the -wal in; refused while anybody else is connected
    except sqlite3.Error as error:
        if code_of(error) not in CODES_OF_DAMAGE:
            raise plain(error, path) from error
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        import shutil  # noqa: PLC0415 - loads compression libraries that nothing else needs

        shutil.copy2(path, kept)
    for ending in BESIDE:  # left where the file is damaged; they must not meet the new file
        with suppress(FileNotFoundError):
            Path(f"{path}{ending}").replace(f"{kept}{ending}")
