"""Where everything is kept: the address's scheme names the engine.

`sqlite:///steward.db` is a file in the current folder, `sqlite:////var/lib/steward.db` one anywhere, and `sqlite://`
is memory, for tests and trials.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from bot.core.ports import Storage
from bot.errors import Trouble
from storage.schema import MIGRATIONS, Migration
from storage.sqlite import copies
from storage.sqlite.claim import claim
from storage.sqlite.engine import open_sqlite

PATIENCE = 30.0  # seconds that a command waits for another program to let go of the database


def open(
    url: str, kinds: Iterable[type[Any]], *, migrations: Sequence[Migration] = MIGRATIONS, patience: float = PATIENCE
) -> Storage:
    """Open the storage at `url` for records of these kinds.

    Trouble where it can't be opened. TypeError where a kind and its table differ.
    """
    return open_sqlite(file_of(url), kinds, migrations, patience)


def claim_file(url: str) -> AbstractContextManager[None]:
    """Hold the database for `run`, as a context: Trouble where another `run` holds it. Plain commands need no claim."""
    path = file_of(url)
    return nullcontext() if path is None else claim(path)


def backup(url: str, target: Path) -> None:
    """Copy the database to the new file `target`, also while it is in use, and check the copy.

    Trouble where there is no database, where `target` exists or can't be written, and where the copy is not sound.
    """
    copies.backup(_kept_file_of(url), target)


def restore(source: Path, url: str, *, migrations: Sequence[Migration] = MIGRATIONS) -> Path | None:
    """Put a copy of the backup `source` in the place of the database; gives where the old file is kept, if any.

    Trouble where `source` is damaged, newer than this program or not a Steward database, and while the database at
    `url` is in use. In each case the database at `url` stays as it was.
    """
    return copies.restore(source, _kept_file_of(url), migrations)


def set_aside(url: str) -> Path:
    """Give the database another name beside its own, so that a new one can be made; gives that name.

    Trouble where there is none, and while it is in use.
    """
    return copies.set_aside(_kept_file_of(url))


def examine(url: str) -> None:
    """Trouble unless the database is there and every page of it is sound."""
    copies.examine(_kept_file_of(url))


def _kept_file_of(url: str) -> Path:
    path = file_of(url)
    if path is None:
        raise Trouble("A database in memory has no file. Name a file in STEWARD_DATABASE.")
    return path


def file_of(url: str) -> Path | None:
    """The SQLite file at `url`; None is memory. Trouble for anything else."""
    scheme, _, rest = url.partition("://")
    if scheme != "sqlite":
        raise Trouble(
            f"STEWARD_DATABASE is {scheme}://…, and this release keeps its records in SQLite only. "
            "Set it to sqlite:///steward.db, or leave it out."
        )
    if not rest:
        return None
    if not rest.startswith("/") or rest in ("/", "/:memory:"):
        raise Trouble(
            "STEWARD_DATABASE names no file: write sqlite:///steward.db for one in the current folder, "
            "or sqlite:////folder/steward.db with four slashes for one anywhere."
        )
    return Path(rest[1:]).absolute()
