"""A CSV file of accounts at the terminal: an empty one written, a filled one read, previewed and kept."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from bot.core.chat import Request
from bot.core.ports import Records
from bot.core.router import ENGINE, Context
from bot.errors import Trouble
from bot.terminal.opening import TERMINAL, Opened
from bot.terminal.world import SystemChance
from bot.topics.accounts.importing import apply
from bot.topics.accounts.intake import Plan, plan
from bot.topics.accounts.model import Account
from bot.topics.accounts.sheet import COLUMNS, MORE, NEEDED, SHEET_LIMIT, decode, template

MOST_FAULTS = 20  # shown at once


class Sheet(Struct, frozen=True):
    """A sheet in which all is well."""

    plan: Plan

    @property
    def preview(self) -> str:
        """What keeping it would do, a line each."""
        return "\n".join(f"  {line}" for line in self.plan.preview)

    def keep(self, house: Opened, records: Records) -> None:
        """Add and change the accounts, invite the people, and ask them; within the open transaction."""
        request = Request(ENGINE.person, TERMINAL)
        apply(
            Context(records, house.clock.now(), ENGINE, request, SystemChance(), house.engine.topics.after), self.plan
        )


def read_sheet(file: Path, existing: Sequence[Account] = (), people: Mapping[str, str] | None = None) -> Sheet:
    """The sheet in the file, seen against the `existing` accounts. Raises Trouble, naming rows and columns."""
    try:
        if file.stat().st_size > SHEET_LIMIT:
            raise Trouble(f"{file} is too large for a sheet of accounts. Please give me the accounts alone.")
        found = plan(decode(file.read_bytes()), existing, people)
    except ValueError as error:
        raise Trouble(f"{file}: {error}") from None
    except OSError as error:
        raise Trouble(f"I can't read {file}: {error.strerror}. Check its name.") from error
    if found.errors:
        shown = [f"  {fault.words}" for fault in found.errors[:MOST_FAULTS]]
        more = len(found.errors) - len(shown)
        shown += [f"  And {more} more."] if more else []
        raise Trouble("\n".join([f"{file} needs a few changes first. Nothing was brought in.", *shown]))
    return Sheet(found)


def write_template(file: Path) -> str:
    """Write an empty sheet to a new file; gives the columns in words. Raises Trouble."""
    write_new(file, template())
    width = max(map(len, [*COLUMNS, *MORE]))
    needed = [f"  {name:<{width}}  {text}{' (needed)' * (name in NEEDED)}" for name, text in COLUMNS.items()]
    more = [f"  {name:<{width}}  {text}" for name, text in MORE.items()]
    return "\n".join(
        [
            f"Wrote {file}: open it with a spreadsheet program, write one account in each row, and save it as CSV.",
            "Its columns:",
            *needed,
            "These may be added:",
            *more,
        ]
    )


def write_new(file: Path, text: str) -> None:
    """Write the text to a file that is not there yet; all of it or nothing. Raises Trouble."""
    try:
        out = file.open("x", encoding="utf-8", newline="")
    except FileExistsError:
        raise _there_already(file) from None
    except OSError as error:
        raise Trouble(f"I can't write {file}: {error.strerror}. Check the folder.") from error
    try:
        with out:
            out.write(text)
    except OSError as error:
        file.unlink(missing_ok=True)
        raise Trouble(f"I can't write {file}: {error.strerror}. Make room, or name another place.") from error


def refuse_overwriting(file: Path) -> None:
    """Raises Trouble where there is such a file already."""
    if file.exists():
        raise _there_already(file)


def new_folder(folder: Path) -> None:
    """Make the folder, unless it is there. Raises Trouble."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise Trouble(f"I can't make the folder {folder}: {error.strerror}. Check its name.") from error


def _there_already(file: Path) -> Trouble:
    return Trouble(f"{file} is there already. Name another file, or move that one away.")
