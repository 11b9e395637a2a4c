"""The cells of one row of a sheet, read column by column; what can't be kept is named, never echoed if secret."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from bot.core.words import clean, line, looks_secret, shown
from bot.errors import Refusal
from bot.topics.accounts.model import Account, Days, MirrorKind, Part, Status
from bot.topics.accounts.naming import (
    ITEM_LIMIT,
    MOST_ITEMS,
    NAME_LIMIT,
    TEXT_LIMIT,
    read_handle,
    read_number,
    read_short,
    read_url,
)
from bot.topics.accounts.networks import NETWORKS, network_of
from bot.topics.accounts.sheet import DELETE, NEEDED, Fault

PERSON_LIMIT = 60  # as for a volunteer's name
LONGEST_RHYTHM = 365
MOST_POSTS = 50


class Draft(Struct):
    """One row on its way: what its cells say, what is wrong with them, the account before it, and the one it makes."""

    row: int
    cells: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    people: dict[Part, str] = field(default_factory=dict)
    before: Account | None = None
    account: Account | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def told(self) -> bool:
        """Is it clear which account the row is about, whatever else has to be put right?"""
        return not {"short_name", *NEEDED} & {fault.column for fault in self.faults}


def read_cells(draft: Draft) -> list[Fault]:
    """Fill the draft's values and people from its cells; gives what has to be put right."""
    faults: list[Fault] = []
    for column, cell in draft.cells.items():
        if looks_secret(cell):
            why = f"this looks like a password or a code, so I have kept nothing of it. {DELETE}"
            faults.append(Fault(draft.row, column, why))
        elif any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\r\t" for sign in cell):
            faults.append(Fault(draft.row, column, "there are signs in it that can't be seen. Please type it anew."))
        else:
            try:
                READ[column](draft, cell)
            except Refusal as refusal:
                faults.append(Fault(draft.row, column, refusal.sentence))
    lacking = [column for column in NEEDED if not draft.cells.get(column, "").strip()]
    faults += [Fault(draft.row, column, "this is needed for every account.") for column in lacking]
    if draft.values.get("every") is not None and draft.values.get("per_week") is not None:
        faults.append(Fault(draft.row, "posts_per_week", "please give this or cadence_days, not both."))
    if draft.values.get("mirror_kind") and not draft.values.get("mirror_of"):
        faults.append(Fault(draft.row, "mirror_of", "which account does it repeat? Please give its short name."))
    owner, backup = (draft.people.get(part, "") for part in Part)
    if owner and owner.casefold() == backup.casefold():
        faults.append(Fault(draft.row, "backup", "the backup has to be somebody else than the owner."))
    return faults


def _keep(name: str, read: Callable[[str], Any]) -> Callable[[Draft, str], None]:
    def keep(draft: Draft, cell: str) -> None:
        draft.values[name] = read(cell)

    return keep


def _person(part: Part) -> Callable[[Draft, str], None]:
    def keep(draft: Draft, cell: str) -> None:
        draft.people[part] = line(cell, PERSON_LIMIT)

    return keep


def _list(cell: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(item for part in cell.split(";") if (item := line(part, ITEM_LIMIT))))
    if len(found) > MOST_ITEMS:
        raise Refusal(f"that is {len(found)} things; I can keep {MOST_ITEMS}.")
    return found


def _network(cell: str) -> str:
    found = network_of(cell)
    if cell.strip() and not found:
        raise Refusal(f"I don't know the network “{shown(cell)}”. I know {', '.join(NETWORKS)}.")
    return found


def _name_cell(cell: str) -> str:
    name = line(cell, NAME_LIMIT)
    if name and not any(sign.isalnum() for sign in name):
        raise Refusal("a name needs a letter or two.")
    return name


def _between(low: int, high: int) -> Callable[[str], int | None]:
    def read(cell: str) -> int | None:
        number = read_number(cell)
        if number is not None and not low <= number <= high:
            raise Refusal(f"please give a number from {low} to {high}, or nothing.")
        return number

    return read


def _word(words: type[StrEnum], empty: StrEnum | None) -> Callable[[str], StrEnum | None]:
    def read(cell: str) -> StrEnum | None:
        word = cell.strip().casefold()
        if not word:
            return empty
        if word not in [one.value for one in words]:
            listed = ", ".join(one.value for one in words)
            raise Refusal(f"I don't know “{shown(cell)}” here. Please say one of {listed}.")
        return words(word)

    return read


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell.strip()) if cell.strip() else None
    except ValueError:
        raise Refusal(f"I need a day such as 2027-03-01, not “{shown(cell)}”.") from None


def _short(cell: str) -> str:
    return read_short(cell) if cell.strip() else ""


def _shorts(cell: str) -> tuple[str, ...]:
    return tuple(read_short(one) for one in _list(cell))


def _reference(cell: str) -> str:
    return line(cell, NAME_LIMIT).casefold()


READ: Mapping[str, Callable[[Draft, str], None]] = {
    "name": _keep("name", _name_cell),
    "short_name": _keep("short", _short),
    "aliases": _keep("aliases", _list),
    "network": _keep("network", _network),
    "handle": _keep("handle", read_handle),
    "followers": _keep("followers", read_number),
    "owner": _person(Part.OWNER),
    "backup": _person(Part.BACKUP),
    "cadence_days": _keep("every", _between(0, LONGEST_RHYTHM)),
    "mirror_of": _keep("mirror_of", _reference),
    "mirror_kind": _keep("mirror_kind", _word(MirrorKind, None)),
    "status": _keep("status", _word(Status, Status.UNKNOWN)),
    "themes": _keep("themes", _list),
    "note": _keep("note", clean),
    "url": _keep("url", read_url),
    "purpose": _keep("purpose", lambda cell: clean(cell, TEXT_LIMIT)),
    "audience": _keep("audience", lambda cell: clean(cell, TEXT_LIMIT)),
    "past_handles": _keep("past_handles", _list),
    "past_short_names": _keep("past_shorts", _shorts),
    "posts_per_week": _keep("per_week", _between(1, MOST_POSTS)),
    "days": _keep("days", _word(Days, Days.ALL)),
    "cap_day": _keep("cap_day", _between(1, MOST_POSTS)),
    "cap_week": _keep("cap_week", _between(1, MOST_POSTS)),
    "unowned_until": _keep("unowned_until", _day),
    "merged_into": _keep("merged_into", _reference),
}
"""How the cells of each column are read."""
