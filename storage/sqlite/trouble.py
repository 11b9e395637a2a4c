"""SQLite's errors, and those of the file system, in plain words with what to do."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import Trouble

PRIMARY = 0xFF  # an extended error code keeps its primary code in the low byte
CODES_OF_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

BUSY = "is in use by another program that does not let go of it. Close that program, then try again"
FORBIDDEN = "may not be used by this user. Check the permissions of the file and its folder"
CAUSES = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_READONLY: "can't be written to. Check that this user may write the file and its folder, and that "
    "the file was not moved or replaced while Steward was running",
    sqlite3.SQLITE_FULL: "can't grow: the disk is full. Make room, then try again; what was kept before is safe",
    sqlite3.SQLITE_CORRUPT: "is damaged. Keep a copy of the file, then bring back the last backup with "
    "`steward restore`",
    sqlite3.SQLITE_NOTADB: "is not a database. Check STEWARD_DATABASE, or bring back a backup with `steward restore`",
    sqlite3.SQLITE_PERM: FORBIDDEN,
    sqlite3.SQLITE_AUTH: FORBIDDEN,
    sqlite3.SQLITE_IOERR: "could not be read or written. Check the disk, then try again; what was kept before is safe",
    sqlite3.SQLITE_INTERRUPT: "was interrupted. Try again; nothing was changed",
    sqlite3.SQLITE_NOMEM: "needs more memory than there is. Close other programs, then try again",
}


def code_of(error: BaseException) -> int:
    """SQLite's primary code of an error; 0 where it has none."""
    return getattr(error, "sqlite_errorcode", 0) & PRIMARY


def plain(error: BaseException, path: Path | None) -> BaseException:
    """The error as a Trouble where it is the world's fault; any other (a mistake in the program) as it is."""
    if not isinstance(error, sqlite3.Error):
        return error
    code = code_of(error)
    cause = _no_way_in(path) if code == sqlite3.SQLITE_CANTOPEN else CAUSES.get(code, "")
    if not cause:
        return error
    trouble = Trouble(f"The database {path or 'in memory'} {cause}.")
    trouble.__cause__ = error
    return trouble


@contextmanager
def plainly(path: Path | None) -> Iterator[None]:
    """Raise SQLite's errors as `plain` says."""
    try:
        yield
    except sqlite3.Error as error:
        plainer = plain(error, path)
        if plainer is error:
            raise
        raise plainer from error


@contextmanager
def filed() -> Iterator[None]:
    """Raise the file system's errors as Trouble."""
    try:
        yield
    except OSError as error:
        raise Trouble(f"{error.filename}: {error.strerror}. Check the name and its folder, then try again.") from error


def _no_way_in(path: Path | None) -> str:
    if path is None:
        return "can't be opened. Close other programs, then try again"
    # os.path says no where the folder can't be looked into; Path would raise.
    if not os.path.isdir(path.parent):  # noqa: PTH112
        return f"can't be made: there is no folder {path.parent}. Make the folder, or change STEWARD_DATABASE"
    if os.path.isdir(path):  # noqa: PTH112
        return "can't be opened: it is a folder. Name a file in STEWARD_DATABASE"
    return "can't be opened. Check that this user may read and write the file and its folder"
