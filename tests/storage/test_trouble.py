"""What is the world's fault is told in a plain sentence, and nothing is lost."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

import storage as storages
from bot.core.ports import Storage
from bot.errors import Refusal, Trouble
from storage.sqlite import trouble
from storage.sqlite.engine import SqliteStorage
from tests.storage.contract import held_up
from tests.storage.kinds import EXAMPLE_MIGRATIONS, KINDS, Pet

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "steward.db"


@pytest.fixture
def storage(path: Path) -> Iterator[SqliteStorage]:
    store = opened(path)
    assert isinstance(store, SqliteStorage)
    yield store
    store.close()


def opened(path: Path) -> Storage:
    return storages.open(f"sqlite:///{path}", KINDS, migrations=EXAMPLE_MIGRATIONS, patience=0.02)


def put(storage: Storage, id: str = "p", name: str = "") -> None:
    storage.write("t", lambda records: records.put(Pet(id, name))).result()


def count(storage: Storage) -> int:
    return storage.read("t", lambda records: records.count(Pet))


def test_locked_by_another_program(path: Path, storage: Storage) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Trouble, match="in use by another program"):
            put(storage)
        with pytest.raises(Trouble, match="in use by another program"):
            storage.set_mark("a", "b")
        for future in [storage.write("t", lambda records: records.count(Pet)) for _ in range(3)]:
            with pytest.raises(Trouble, match="in use by another program"):
                future.result()
        assert count(storage) == 0
    put(storage)
    assert count(storage) == 1


def test_locked_at_the_start(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Trouble, match="in use by another program"):
            opened(path)
    opened(path).close()


def test_in_use_while_its_mode_has_to_change(path: Path) -> None:
    opened(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:  # as after a restore
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN")
        other.execute("SELECT * FROM pet").fetchall()
        with pytest.raises(Trouble, match="in use by another program"):
            opened(path)
    opened(path).close()


def test_a_full_disk_fails_those_that_do_not_fit_and_keeps_the_others(storage: SqliteStorage) -> None:
    put(storage)
    _limit(storage, 4)
    go_on, first = held_up(storage)
    small = storage.write("t", lambda records: records.put(Pet("small")))
    large = storage.write("t", lambda records: records.put(Pet("large", "x" * 50_000)))
    after = storage.write("t", lambda records: records.put(Pet("after")))
    go_on.set()
    first.result()
    small.result()
    after.result()
    with pytest.raises(Trouble, match="disk is full"):
        large.result()
    assert storage.read("t", lambda records: [pet.id for pet in records.find(Pet)]) == ["after", "p", "small"]
    _limit(storage, 1_000)
    put(storage, "large", "x" * 50_000)
    assert count(storage) == 4


def _limit(storage: SqliteStorage, more: int) -> None:
    conn = storage._connections.writer  # noqa: SLF001 - a small disk
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    conn.execute(f"PRAGMA max_page_count={pages + more}")


def test_an_error_that_ends_the_transaction_has_the_others_run_again_one_by_one(storage: SqliteStorage) -> None:
    go_on, first = held_up(storage)
    ran: list[str] = []

    def run(records: Any, name: str) -> None:
        ran.append(name)
        records.put(Pet(name))
        if name == "b":
            records.writing.execute("ROLLBACK")  # as SQLite does by itself when it must
            raise Refusal("No.")

    futures = {name: storage.write("t", lambda records, name=name: run(records, name)) for name in "abc"}  # type: ignore[misc]
    go_on.set()
    first.result()
    futures["a"].result()
    futures["c"].result()
    with pytest.raises(Refusal):
        futures["b"].result()
    assert ran == ["a", "b", "a", "b", "c"]
    assert storage.read("t", lambda records: [pet.id for pet in records.find(Pet)]) == ["a", "c"]


def test_a_swallowed_error_that_ended_the_transaction_commits_nothing(storage: SqliteStorage) -> None:
    def run(records: Any) -> None:
        records.put(Pet("before"))
        records.writing.execute("ROLLBACK")
        with pytest.raises(RuntimeError, match="over"):
            records.put(Pet("after"))

    with pytest.raises(sqlite3.OperationalError, match="no transaction"):
        storage.write("t", run).result()
    assert count(storage) == 0


def test_damage_that_a_read_or_write_comes_upon(path: Path) -> None:
    with closing(opened(path)) as store:
        store.write("t", lambda records: records.put(*(Pet(f"p{n}", "x" * 500) for n in range(100)))).result()
    data = bytearray(path.read_bytes())
    data[100:] = b"\x55" * (len(data) - 100)
    path.write_bytes(data)
    with pytest.raises(Trouble, match=r"damaged.*steward restore"):
        opened(path)


def test_no_database_at_all(path: Path) -> None:
    path.write_text("Dear diary, " * 1_000)
    with pytest.raises(Trouble, match="is not a database"):
        opened(path)
    assert path.read_text().startswith("Dear diary")


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="there is no folder"):
        opened(tmp_path / "none" / "steward.db")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="it is a folder"):
        opened(tmp_path)


@pytest.mark.parametrize(
    ("folder", "file", "why"),
    [
        (0o777, 0o444, "can't be written to"),
        (0o777, 0o000, "this user may read and write"),
        (0o555, 0o666, "can't be written to"),
        (0o000, 0o666, "this user may read and write"),
    ],
)
def test_a_file_that_this_user_may_not_use(folder: int, file: int, why: str) -> None:
    home = Path(mkdtemp())  # one that another user may look into
    try:
        opened(home / "steward.db").close()
        (home / "steward.db").chmod(file)
        home.chmod(folder)
        with anybody(), pytest.raises(Trouble, match=why), closing(opened(home / "steward.db")) as store:
            put(store)
    finally:
        home.chmod(0o755)
        shutil.rmtree(home)


@contextmanager
def anybody() -> Iterator[None]:
    """Do something as a user to whom permissions apply."""
    me = os.geteuid()
    os.seteuid(me or NOBODY)
    try:
        yield
    finally:
        os.seteuid(me)


@pytest.mark.parametrize("code", sorted(trouble.CAUSES))
def test_every_cause_is_a_sentence_that_names_the_file(code: int) -> None:
    error = sqlite3.OperationalError("internal words")
    error.sqlite_errorcode = code | 0x100
    told = trouble.plain(error, Path("steward.db"))
    assert isinstance(told, Trouble)
    assert str(told).startswith("The database steward.db ")
    assert str(told).endswith(".")
    assert "internal words" not in str(told)


def test_a_mistake_in_the_program_stays_what_it_is(storage: SqliteStorage) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        storage.write("t", lambda records: records.put(Pet("p", None))).result()  # type: ignore[arg-type]
    with pytest.raises(KeyError), trouble.plainly(None):
        raise KeyError("x")


def test_a_fault_in_the_writer_itself_leaves_nobody_waiting(
    storage: SqliteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, first = held_up(storage)
    with monkeypatch.context() as patch:
        patch.setattr(storage._writer, "_within", _fault)  # noqa: SLF001 - none is known
        futures = [storage.write("t", lambda records: records.count(Pet)) for _ in range(2)]
        go_on.set()
        first.result()
        for future in futures:
            with pytest.raises(ZeroDivisionError):
                future.result()
    put(storage)
    assert count(storage) == 1


def _fault(_jobs: object) -> None:
    raise ZeroDivisionError


def test_the_wal_file_grows_once_and_nothing_of_it_shows(path: Path, storage: Storage) -> None:
    for number in range(40):
        put(storage, f"p{number}")
    assert path.with_name("steward.db-wal").stat().st_size > 4_000_000
    assert (count(storage), storage.mark("1")) == (40, "")
    storage.close()
    assert path.stat().st_size < 500_000
    with closing(opened(path)) as again:
        assert count(again) == 40
