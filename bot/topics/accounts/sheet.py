"""The accounts as a CSV sheet: its columns, its cells, how it is read into a table and written. All of it pure.

A spreadsheet program runs a cell that begins like a formula, so such a cell is written with an apostrophe before it,
and reading takes exactly one away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from bot.core.words import looks_secret, shown
from bot.topics.accounts.model import Account, Days, Part, Status

RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
EXPLAINED = "# explanation: "  # begins the template's second row, which is passed over
SHEET_LIMIT = 2_000_000  # signs of a whole sheet
MOST_ROWS = 2000
DELIMITERS = (",", ";", "\t")
BETWEEN = "; "

COLUMNS: Mapping[str, str] = {
    "name": "the account's name, as its page says it",
    "short_name": "a unique short name such as pw-fb; made for you if left out",
    "aliases": "other names that people use, separated by semicolons",
    "network": "x, facebook, youtube, linkedin, flickr, website, other …",
    "handle": "its handle, such as @PreservationWk",
    "followers": "a whole number, or empty if not known",
    "owner": "the name of the volunteer who looks after it; they are asked, and it is theirs when they accept",
    "backup": "the name of who steps in; they are asked, too",
    "cadence_days": "one post every so many days; empty for what is usual on the network",
    "mirror_of": "the short name of the account that this one repeats",
    "mirror_kind": "identical or reworded",
    "status": "active, quiet, dormant or retired; empty if not known",
    "themes": "what it posts about, separated by semicolons",
    "note": "anything worth knowing; never a password",
}
MORE: Mapping[str, str] = {
    "url": "the address of its page",
    "purpose": "what it is for",
    "audience": "whom it speaks to",
    "past_handles": "earlier handles, separated by semicolons",
    "past_short_names": "earlier short names, separated by semicolons",
    "posts_per_week": "so many posts in any seven days, in place of cadence_days",
    "days": "which days a rhythm counts: all or working",
    "cap_day": "the most posts a day",
    "cap_week": "the most posts a week",
    "unowned_until": "the day until which it is left without an owner, such as 2027-03-01",
    "merged_into": "the short name of the account that a retired one went into",
}
NEEDED = ("name", "network")
OTHER_WORDS: Mapping[str, str] = {
    "account": "name",
    "account_name": "name",
    "title": "name",
    "short": "short_name",
    "shortname": "short_name",
    "alias": "aliases",
    "platform": "network",
    "channel": "network",
    "username": "handle",
    "user_name": "handle",
    "follower": "followers",
    "owned_by": "owner",
    "cadence": "cadence_days",
    "theme": "themes",
    "notes": "note",
    "link": "url",
    "website": "url",
    "page": "url",
    "past_shorts": "past_short_names",
    "past_handle": "past_handles",
}
SECRET_COLUMN = re.compile(
    r"pass(?:$|_|wor[dt]|code|phrase|wd)|(?:^|_)(?:pw|pwd|pin|secret|token|2fa|otp|totp|credentials?)(?:_|$)"
    r"|(?:recovery|backup|security|login|access)_(?:code|key|word)|api_?key|kennwort|contrase|mot_de_passe|senha"
)
DELETE = "Please delete this file, empty the bin, and change what it gave away."


class Fault(Struct, frozen=True):
    """What has to be put right before a sheet is taken: where, and what to do. Row 1 is the header, 0 the whole."""

    row: int
    column: str
    sentence: str

    @property
    def words(self) -> str:
        """`Row 3, network: I don't know the network “myspace”.`"""
        where = [f"Row {self.row}"] if self.row else []
        where += [self.column] if self.column else []
        return f"{', '.join(where)}: {self.sentence}" if where else self.sentence

    @property
    def secret(self) -> bool:
        """Does the file seem to give something away?"""
        return DELETE in self.sentence


class Table(Struct, frozen=True):
    """A sheet's rows as cells by column, with the numbers that a spreadsheet shows beside them; or what is wrong."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[int, Mapping[str, str]], ...] = ()
    faults: tuple[Fault, ...] = ()


# -- reading ---------------------------------------------------------------------------------------------------------


def decode(data: bytes) -> str:
    """A file's text. Raises ValueError with a sentence where it is not a CSV file in Unicode."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValueError("This is a spreadsheet file. Please save it as “CSV UTF-8” and give me that file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("I can't read the letters in this file. Please save it as “CSV UTF-8”.") from None


def read_cell(cell: str) -> str:
    """The text of a cell: one apostrophe that guards a formula's sign goes."""
    guarded = cell[:1] == "'" and (cell[1:].startswith(RISKY) or cell[1:].startswith(EXPLAINED))
    return cell[1:] if guarded else cell


def read_table(text: str) -> Table:
    """The sheet's cells by column, guarded apostrophes taken away; or the faults of the sheet as a whole."""
    text = text.removeprefix("\ufeff")
    if len(text) > SHEET_LIMIT:
        return _wrong(f"This is a very large file ({len(text):,} signs). Please give me the accounts alone.")
    lines, skipped, delimiter = _delimiter(text)
    try:
        raw = list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return _wrong("I can't tell the cells apart: a quotation mark is not closed, or a cell is far too long.")
    numbered = [(number, row) for number, row in enumerate(raw, 1 + skipped) if any(cell.strip() for cell in row)]
    if not numbered:
        return _wrong("The file is empty. Its first row names the columns, beginning with: name, short_name, network.")
    if len(numbered) > MOST_ROWS:
        return _wrong(f"I can take {MOST_ROWS:,} rows at once; this file has {len(numbered):,}.")
    (header_row, header), *body = numbered
    columns, faults = _header(header_row, header)
    if faults:
        return Table(faults=tuple(faults))
    rows: list[tuple[int, Mapping[str, str]]] = []
    for number, cells in body:
        if cells[0].startswith(EXPLAINED):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            many = f"it has {len(cells)} cells, and there are {len(columns)} columns."
            faults.append(Fault(number, "", f"{many} A text with a {_named(delimiter)} in it needs quotation marks."))
            continue
        rows.append((number, {name: read_cell(cell) for name, cell in zip(columns, cells, strict=False) if name}))
    return Table(tuple(name for name in columns if name), tuple(rows), tuple(faults))


def _wrong(sentence: str) -> Table:
    return Table(faults=(Fault(0, "", sentence),))


def _named(delimiter: str) -> str:
    return {",": "comma", ";": "semicolon"}.get(delimiter, "tab")


def _delimiter(text: str) -> tuple[str, int, str]:
    """The text to read, how many lines were passed over, and the sign between cells that gives most columns."""
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) > len("sep="):
        return rest, 1, first.strip()[len("sep=")]
    if first.strip().casefold() == "sep=":  # the tab itself was stripped
        return rest, 1, "\t"
    header = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter: str) -> int:
        return sum(column_of(cell.strip('"')) != "" for cell in header.split(delimiter))

    return text, 0, max(DELIMITERS, key=known)


def _plain(cell: str) -> str:
    return re.sub(r"[^\w]+", "_", cell.strip().casefold()).strip("_")


def column_of(cell: str) -> str:
    """The column that a header's cell names, or an empty string."""
    name = _plain(read_cell(cell))
    name = OTHER_WORDS.get(name, name)
    return name if name in COLUMNS or name in MORE else ""


def _header(row: int, cells: Sequence[str]) -> tuple[tuple[str, ...], list[Fault]]:
    faults: list[Fault] = []
    columns: list[str] = []
    for cell in cells:
        name = column_of(cell)
        columns.append(name)
        if SECRET_COLUMN.search(_plain(cell)) or looks_secret(cell):
            why = "a column seems to hold passwords or codes. I take nothing from this file and have kept nothing."
            faults.append(Fault(row, "", f"{why} {DELETE} I only note where a login is kept."))
        elif not name and cell.strip():
            known = ", ".join((*COLUMNS, *MORE))
            faults.append(
                Fault(row, shown(cell), f"I don't know this column. I know {known}. Please rename or drop it.")
            )
    named = [name for name in columns if name]
    faults += [
        Fault(row, name, "this column is there twice.") for name in dict.fromkeys(named) if named.count(name) > 1
    ]
    faults += [Fault(row, name, f"this column is needed: {COLUMNS[name]}.") for name in NEEDED if name not in named]
    return tuple(columns), faults


# -- writing ---------------------------------------------------------------------------------------------------------


def write_cell(text: str) -> str:
    """The cell of a text, guarded where a spreadsheet program would take it for a formula."""
    return f"'{text}" if text.startswith((*RISKY, EXPLAINED)) else text


def write_sheet(
    accounts: Sequence[Account],
    people: Mapping[str, str],
    offered: Mapping[tuple[str, Part], str] | None = None,
) -> str:
    """The accounts as a sheet. `people` are names by volunteer's id; `offered` says who was asked, where nobody has it.

    The further columns are written where an account uses them. Reading it gives the same accounts again; owners and
    backups are asked anew.
    """
    shorts = {one.id: one.short for one in accounts}
    rows = [_row(one, shorts, people, offered or {}) for one in accounts]
    columns = [*COLUMNS, *(name for name in MORE if any(row[name] for row in rows))]
    return _write([columns, *([row[name] for name in columns] for row in rows)])


def template() -> str:
    """An empty sheet to fill in: the columns, a row that explains each, and nothing else."""
    explained = [EXPLAINED + COLUMNS["name"], *(text for name, text in COLUMNS.items() if name != "name")]
    return _write([list(COLUMNS), explained], guard=False)


def _write(rows: Iterable[Sequence[str]], *, guard: bool = True) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([write_cell(cell) if guard else cell for cell in row] for row in rows)
    return out.getvalue()


def _row(
    account: Account, shorts: Mapping[str, str], people: Mapping[str, str], offered: Mapping[tuple[str, Part], str]
) -> dict[str, str]:
    def person(id: str, part: Part) -> str:
        return people.get(id, "") if id else offered.get((account.id, part), "")

    def number(value: int | None) -> str:
        return "" if value is None else str(value)

    return {
        "name": account.name,
        "short_name": account.short,
        "aliases": BETWEEN.join(account.aliases),
        "network": account.network,
        "handle": account.handle,
        "followers": number(account.followers),
        "owner": person(account.owner, Part.OWNER),
        "backup": person(account.backup, Part.BACKUP),
        "cadence_days": number(account.every),
        "mirror_of": shorts.get(account.mirror_of, ""),
        "mirror_kind": account.mirror_kind.value if account.mirror_kind else "",
        "status": "" if account.status is Status.UNKNOWN else account.status.value,
        "themes": BETWEEN.join(account.themes),
        "note": account.note,
        "url": account.url,
        "purpose": account.purpose,
        "audience": account.audience,
        "past_handles": BETWEEN.join(account.past_handles),
        "past_short_names": BETWEEN.join(account.past_shorts),
        "posts_per_week": number(account.per_week),
        "days": "" if account.days is Days.ALL else account.days.value,
        "cap_day": number(account.cap_day),
        "cap_week": number(account.cap_week),
        "unowned_until": account.unowned_until.isoformat() if account.unowned_until else "",
        "merged_into": shorts.get(account.merged_into, ""),
    }
