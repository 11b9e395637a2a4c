"""Opening: addresses, migrations, and whether classes and tables agree."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import Struct

import storage as storages
from bot.core.chat import Button, Card, Link, Person, Row, Rows
from bot.errors import Trouble
from bot.topics.team.model import Notice
from storage.schema import MIGRATIONS, Migration, MoreColumns, Table
from tests.storage.kinds import CORE, EXAMPLE_MIGRATIONS, KINDS, NOW, Pet

if TYPE_CHECKING:
    from sqlite_utils import Database

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "steward.db"


def reopen(path: Path, migrations: Iterable[Migration], kinds: Iterable[type[Any]] = ()) -> None:
    storages.open(f"sqlite:///{path}", kinds, migrations=tuple(migrations)).close()


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(sql).fetchall()


def test_an_address_names_a_file_here_or_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert storages.file_of("sqlite:///steward.db") == tmp_path / "steward.db"
    assert storages.file_of(f"sqlite:///{tmp_path}/x y%20.db") == tmp_path / "x y%20.db"
    assert storages.file_of("sqlite://") is None


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://localhost/x",
        "steward.db",
        "",
        "sqlite:",
        "sqlite:///",
        "sqlite://steward.db",
        "sqlite:///:memory:",
    ],
)
def test_any_other_address_is_refused_with_one_that_works(url: str) -> None:
    with pytest.raises(Trouble, match=r"sqlite:///steward\.db"):
        storages.open(url, ())


def test_a_new_database_is_made_with_readable_strict_tables(path: Path) -> None:
    reopen(path, EXAMPLE_MIGRATIONS, KINDS)
    tables = dict(
        rows(
            path,
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND name NOT LIKE 'sqlite_%'",
        )
    )
    assert {"agenda", "outbox", "inbox", "errand", "pet", "show_case"} < set(tables)
    assert all(tables.values())
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]
    assert [name for (name,) in rows(path, "SELECT name FROM pragma_table_info('pet') WHERE pk ORDER BY pk")] == [
        "team",
        "id",
    ]
    assert [one.name for one in path.parent.iterdir()] == ["steward.db"]


def test_a_start_with_nothing_to_migrate_leaves_sqlite_utils_alone(path: Path) -> None:
    reopen(path, MIGRATIONS)
    program = (
        "import sys, storage\n"
        f"storage.open('sqlite:///{path}', ()).close()\n"
        "print([name for name in ('sqlite_utils', 'click', 'asyncio') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, text=True, capture_output=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def _shout(db: "Database") -> None:
    db.execute("UPDATE pet SET name = upper(name)")
    db.table("pet").transform(rename={"age": "years"})


def test_a_later_migration_changes_what_is_there_after_a_copy(path: Path) -> None:
    with closing(storages.open(f"sqlite:///{path}", KINDS, migrations=EXAMPLE_MIGRATIONS)) as store:
        store.write("t", lambda records: records.put(Pet("p", "Rex", 3, NOW))).result()
    more = Migration("pets have a colour", MoreColumns("pet", {"colour": ("text", "brown"), "nick": "text?"}), _shout)
    reopen(path, (*EXAMPLE_MIGRATIONS, more))
    assert rows(path, "SELECT name, years, colour, nick FROM pet") == [("REX", 3, "brown", None)]
    (copy,) = (one for one in path.parent.iterdir() if "before-upgrade" in one.name)
    assert rows(copy, "SELECT name, age FROM pet") == [("Rex", 3)]
    assert len(rows(copy, "SELECT * FROM migration")) == len(EXAMPLE_MIGRATIONS)
    reopen(path, (*EXAMPLE_MIGRATIONS, more))
    assert len(list(path.parent.glob("*.db"))) == 2


def _fail(db: "Database") -> None:
    db.execute("DELETE FROM pet")
    raise RuntimeError("half way")


def test_a_migration_that_fails_leaves_everything_as_it_was(path: Path) -> None:
    with closing(storages.open(f"sqlite:///{path}", KINDS, migrations=EXAMPLE_MIGRATIONS)) as store:
        store.write("t", lambda records: records.put(Pet("p"))).result()
    broken = Migration("broken", MoreColumns("pet", {"colour": "text?"}), _fail)
    with pytest.raises(RuntimeError, match="half way"):
        reopen(path, (*EXAMPLE_MIGRATIONS, broken))
    reopen(path, EXAMPLE_MIGRATIONS, KINDS)
    assert rows(path, "SELECT id FROM pet") == [("p",)]


def _refer(db: "Database") -> None:
    db.execute("CREATE TABLE toy (owner INTEGER REFERENCES outbox (number)) STRICT")
    db.execute("INSERT INTO toy VALUES (5)")


def test_a_migration_that_leaves_a_reference_to_nowhere_is_undone(path: Path) -> None:
    with pytest.raises(RuntimeError, match="leads nowhere"):
        reopen(path, (*CORE, Migration("toys", _refer)))
    reopen(path, CORE)


def test_a_column_for_existing_rows_needs_their_value(path: Path) -> None:
    wrong = Migration("wrong", MoreColumns("pet", {"colour": "text"}))
    with pytest.raises(TypeError, match=r"pet\.colour"):
        reopen(path, (*EXAMPLE_MIGRATIONS, wrong))


def test_a_newer_database_is_left_alone(path: Path) -> None:
    reopen(path, EXAMPLE_MIGRATIONS)
    with pytest.raises(Trouble, match=r"newer Steward \(it has “examples for the tests”\)"):
        reopen(path, CORE)


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE recipes (name)")
    with pytest.raises(Trouble, match="another program"):
        reopen(path, CORE)
    assert rows(path, "SELECT name FROM sqlite_master") == [("recipes",)]


class Wrong(Struct, frozen=True):
    """Differs from the table `wrong` in one way or another."""

    id: str
    name: str
    size: int | None = None


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"name": "text"}, r"Wrong\.size should be INTEGER\? in table wrong, and is absent"),
        ({"name": "text", "size": "integer"}, r"Wrong\.size should be INTEGER\? in table wrong, and is INTEGER:"),
        ({"name": "text", "size": "text?"}, r"Wrong\.size should be INTEGER\?"),
        ({"name": "text?", "size": "integer?"}, r"Wrong\.name should be TEXT in table wrong, and is TEXT\?"),
        ({"name": "text", "size": "integer?", "more": "text"}, r"Wrong\.more should be absent"),
    ],
)
def test_a_class_that_differs_from_its_table_is_said_at_the_start(columns: dict[str, str], why: str) -> None:
    with pytest.raises(TypeError, match=why) as caught:
        storages.open("sqlite://", (Wrong,), migrations=(*CORE, Migration("wrong", Table("wrong", columns))))
    assert "Table(\"wrong\", {'name': 'text', 'size': 'integer?'})" in str(caught.value)


def test_a_class_without_a_table_is_told_what_to_state() -> None:
    with pytest.raises(TypeError, match="Wrong has no strict table wrong"):
        storages.open("sqlite://", (Wrong,), migrations=CORE)


def test_tenancy_finds_nothing_where_the_team_has_no_tables_yet() -> None:
    with closing(storages.open("sqlite://", (), migrations=CORE)) as store:
        tenancy = store.tenancy
        assert (tenancy.teams(), tenancy.teams_of(Person("a:b/c"))) == ([], [])
        assert (tenancy.team_at("a:b"), tenancy.team_with_code("x")) == (None, None)


def test_every_migration_of_the_release_applies_and_is_named_once() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert len(names) == len(set(names))
    storages.open("sqlite://", ()).close()


def test_rows_that_were_there_before_are_searchable_afterwards(path: Path) -> None:
    with closing(storages.open(f"sqlite:///{path}", KINDS, migrations=EXAMPLE_MIGRATIONS[:-1])) as store:
        store.write("t", lambda records: records.put(Pet("a", "Fox"), Pet("b"))).result()
        with pytest.raises(TypeError, match="can't be searched"):
            store.read("t", lambda records: records.search(Pet, "fox"))
    with closing(storages.open(f"sqlite:///{path}", KINDS, migrations=EXAMPLE_MIGRATIONS)) as store:
        assert store.read("t", lambda records: records.search(Pet, "foxes")) == [Pet("a", "Fox")]
        store.write("t", lambda records: records.put(Pet("b", "Fox"))).result()
        assert len(store.read("t", lambda records: records.search(Pet, "fox"))) == 2


OLD_CARD = """
{"title": "Hi", "summary": ["For ", {"Person": {"id": "slack:T1/U2"}}], "blocks": [{"Rows": {"rows": [{"text": "One",
"controls": [{"Button": {"label": "Go", "command": "go", "values": {"Person": "x"}, "style": "plain"}}]}], "first": 1,
"total": 0}}]}
"""
OLD_MESSAGE = """
INSERT INTO outbox (number, id, team, key, to_kind, to_id, card, revision, attempted, delivered, receipt, state, due,
  doubtful, tries, why)
VALUES (1, 'm', 't', 'k', 'person', 'slack:T1/U2', ?, 1, 1, 1, 'r', 'sent', '', 0, 0, '')
"""
OLD_NOTICE = """
INSERT INTO notice (team, id, volunteer, since, text, controls)
VALUES ('t', 'n', 'v', '2026-11-22T09:00:00.000000Z', '[{"Link": {"label": "a", "url": "b"}}]', '[]')
"""


def test_what_the_first_release_said_to_people_can_still_be_read(path: Path) -> None:
    first = [each.name for each in MIGRATIONS].index("the parts of a card name their kind within")
    reopen(path, MIGRATIONS[:first])
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(OLD_MESSAGE, (OLD_CARD,))
        conn.execute(OLD_NOTICE)
    with closing(storages.open(f"sqlite:///{path}", (Notice,))) as store:
        (message,) = store.messages_to(Person("slack:T1/U2"), 9)
        go = Button("Go", "go", {"Person": "x"})
        assert message.card == Card("Hi", ("For ", Person("slack:T1/U2")), (Rows((Row("One", controls=(go,)),)),))
        assert store.read("t", lambda records: records.find(Notice))[0].text == (Link("a", "b"),)
