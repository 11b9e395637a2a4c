"""Everything that a team has, as one JSON document: written, and brought back exactly."""

import json
import sqlite3
from collections import Counter
from datetime import datetime
from typing import Any

from msgspec import convert, to_builtins

import storage as storages
from bot.core.ports import Entry, Records
from bot.core.words import shown
from bot.errors import Trouble
from bot.house import KINDS
from bot.terminal.opening import ME, SAMPLE, Opened
from bot.terminal.world import TRAVELLED
from bot.topics.accounts.model import Account
from bot.topics.team.hours import read_zone
from bot.topics.team.model import Team
from storage.codec import moment_text

FORMAT = "steward team"
VERSION = 1


UNREADABLE = (
    *(ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError),
    sqlite3.Error,
)
TOLD = (ValueError, json.JSONDecodeError)  # the others speak of the program, not of the file
MARKS = (SAMPLE, ME, TRAVELLED)  # the words about a database that go with its team


def write_team(house: Opened) -> str:
    """Every record of the team by class, its agenda, and whether it is the sample."""
    return house.read(lambda records: _document(records, {name: house.storage.mark(name) for name in MARKS}))


def _document(records: Records, marks: dict[str, str]) -> str:
    document = {
        "format": FORMAT,
        "version": VERSION,
        "marks": {name: value for name, value in marks.items() if value},
        "records": {kind.__name__: to_builtins(records.find(kind), order="deterministic") for kind in KINDS},
        "agenda": [
            {"alarm": entry.alarm, "subject": entry.subject, "at": moment_text(entry.at)}
            for entry in sorted(records.agenda(), key=lambda entry: (entry.at, entry.alarm, entry.subject))
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


class Everything:
    """A team's whole document, read and checked. Raises Trouble where it is none, or of a newer release.

    It is brought into a database in memory first: what that does not give back exactly reaches no other.
    """

    def __init__(self, text: str) -> None:
        try:
            document = _checked(json.loads(text))
            self.things = [thing for name, rows in document["records"].items() for thing in _things(name, rows)]
            self.marks = {name: str(value) for name, value in document["marks"].items() if name in MARKS}
            self.agenda = [
                Entry(str(row["alarm"]), str(row["subject"]), datetime.fromisoformat(row["at"]))
                for row in document["agenda"]
            ]
            self.teams = [thing for thing in self.things if isinstance(thing, Team)]
            self._rehearse()
        except UNREADABLE as error:
            where = f" ({shown(str(error), 80)})" if type(error) in TOLD else ""
            raise Trouble(
                f"This is no export of Steward, or it was changed by hand in a way that I can't read{where}. "
                "Nothing was brought in."
            ) from error
        if len(self.teams) != 1:
            raise Trouble("This export holds no team, or several. Nothing was brought in.")
        self.team = self.teams[0]
        self._refuse_doubles()

    def _refuse_doubles(self) -> None:
        """Raises Trouble where two accounts share a short name: each is found by its own."""
        shorts = Counter(thing.short for thing in self.things if isinstance(thing, Account))
        doubles = [short for short, count in shorts.items() if count > 1]
        if doubles:
            raise Trouble(
                f"Several accounts in this export have the same short name: {', '.join(doubles[:5])}. Please give each "
                "its own. Nothing was brought in."
            )

    def _rehearse(self) -> None:
        """ValueError, or what else the storage says, unless everything comes back from it as it is."""
        store = storages.open("sqlite://", KINDS)
        try:
            store.write("rehearsal", self.keep).result()
            kept = store.read("rehearsal", lambda records: [one for kind in KINDS for one in records.find(kind)])
        finally:
            store.close()
        if sorted(map(repr, kept)) != sorted(map(repr, self.things)):
            raise ValueError("a record is there twice, or a value is of another kind")
        for team in self.teams:
            read_zone(team.zone)

    def keep(self, records: Records) -> None:
        """Put it all into the records."""
        records.put(*self.things)
        for entry in self.agenda:
            records.wake(entry.alarm, entry.subject, entry.at)


def _things(name: str, rows: list[Any]) -> list[Any]:
    kinds = {kind.__name__: kind for kind in KINDS}
    if name not in kinds:
        raise KeyError(f"{name} is no kind of record")
    return [convert(row, kinds[name]) for row in rows]


def _checked(document: Any) -> Any:
    if document["format"] != FORMAT:
        raise KeyError(FORMAT)
    if document["version"] > VERSION:
        raise Trouble("This export was written by a newer Steward. Install the newest release, then try again.")
    return document
