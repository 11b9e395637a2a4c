"""How tables are stated: what a migration is made of. `storage.schema` says how to use it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]

SQL_TYPES = {"text": "TEXT", "json": "TEXT", "integer": "INTEGER", "real": "REAL", "blob": "BLOB"}


class Table(Struct, frozen=True):
    """A topic's table: makes it, with `team`, `id` and the key (team, id) added."""

    name: str
    columns: Mapping[str, str]
    index: tuple[str, ...] = ()
    across: tuple[str, ...] = ()

    def __call__(self, db: "Database") -> None:
        """Make the table and its indexes."""
        create(db, self.name, {"team": "text", "id": "text", **self.columns}, "team, id")
        for columns in self.index:
            index(db, self.name, f"team, {columns}")
        for columns in self.across:
            index(db, self.name, columns)


class MoreColumns(Struct, frozen=True):
    """Columns added to a table: name → `"text?"`, or (`"text"`, the value that existing rows get)."""

    table: str
    columns: Mapping[str, str | tuple[str, str | int | float]]

    def __call__(self, db: "Database") -> None:
        """Add them."""
        for name, kind in self.columns.items():
            stated, default = (kind, None) if isinstance(kind, str) else kind
            if (default is None) != stated.endswith("?"):
                raise TypeError(f"{self.table}.{name}: a column is either 'type?' or ('type', value of existing rows)")
            db.table(self.table).add_column(name, SQL_TYPES[stated.rstrip("?")], not_null_default=default)


# Words are found by their stem and without accents: "webinars" finds "webinar", "resume" finds "Résumé".
# Beginnings of two to four letters have an index of their own: without it, "wo" would read every team's words.
TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3 4'"


class Searchable(Struct, frozen=True):
    """Text columns of a table made findable with `Records.search`, also those of rows that are there already.

    `post` gets `post_found`, a number for each row that has words (a vacuum may change SQLite's own), and `post_text`,
    the words under that number. The team is a word of each text, so that a search costs what one team has. Records keep
    both, not triggers: SQLite trusts no full-text table in the triggers of a file that came from elsewhere.
    """

    table: str
    columns: tuple[str, ...]

    def __call__(self, db: "Database") -> None:
        """Make the index, and fill it."""
        found, text, table = (f'"{self.table}{end}"' for end in ("_found", "_text", ""))
        names = ", ".join(f'"{column}"' for column in self.columns)
        create(db, f"{self.table}_found", {"number": "integer", "team": "text", "id": "text"}, "number")
        db.table(f"{self.table}_found").create_index(["team", "id"], unique=True)
        db.execute(f"CREATE VIRTUAL TABLE {text} USING fts5(team, {names}, {TOKENS})")
        some = " OR ".join(f"\"{column}\" <> ''" for column in self.columns)
        db.execute(f"INSERT INTO {found} (team, id) SELECT team, id FROM {table} WHERE {some}")  # noqa: S608
        db.execute(
            f"INSERT INTO {text} (rowid, team, {names}) SELECT number, hex(team), {names} "  # noqa: S608 - schema's names
            f"FROM {found} JOIN {table} USING (team, id)"
        )


@dataclass(frozen=True, init=False)
class Migration:
    """Steps that are applied together, once, and recorded under `name`."""

    name: str
    steps: tuple[Step, ...] = field(default=())

    def __init__(self, name: str, *steps: Step) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "steps", steps)


def create(db: "Database", table: str, columns: Mapping[str, str], key: str, *, by_key: bool = False) -> None:
    """Make a strict table with the given primary key, `team, id`. `by_key` keeps the rows in its order."""
    sql = db.create_table_sql(
        table,
        {name: SQL_TYPES[kind.rstrip("?")] for name, kind in columns.items()},
        pk=tuple(key.split(", ")),
        not_null={name for name, kind in columns.items() if not kind.endswith("?")},
        strict=True,
    )
    db.execute(sql.replace("STRICT;", "STRICT, WITHOUT ROWID;") if by_key else sql)


def index(db: "Database", table: str, columns: str, where: str = "", *, unique: bool = False) -> None:
    """Make an index over `columns`, such as `team, name`, for the rows that `where` says."""
    names = columns.split(", ")
    if not where:
        db.table(table).create_index(names, unique=unique)
        return
    # sqlite-utils has no partial index: one that holds only the rows that are still to come stays small.
    name = f"idx_{table}_{'_'.join(names)}_{where.partition(' ')[0]}"
    quoted = ", ".join(f'"{name}"' for name in names)
    db.execute(f'CREATE {"UNIQUE " * unique}INDEX "{name}" ON "{table}" ({quoted}) WHERE {where}')
