"""Backup, restore, and setting a database aside."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import storage as storages
from bot.core.ports import Storage
from bot.errors import Trouble
from tests.storage.kinds import CORE, EXAMPLE_MIGRATIONS, KINDS, Pet


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "steward.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def store(url: str) -> Iterator[Storage]:
    opened = storages.open(url, KINDS, migrations=EXAMPLE_MIGRATIONS)
    yield opened
    opened.close()


def put(store: Storage, id: str) -> None:
    store.write("t", lambda records: records.put(Pet(id, "x" * 1_000))).result()


def pets(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as conn:
        return [id for (id,) in conn.execute("SELECT id FROM pet ORDER BY id")]


def restore(source: Path, url: str) -> Path | None:
    return storages.restore(source, url, migrations=EXAMPLE_MIGRATIONS)


def test_a_backup_of_a_database_in_use_is_whole_and_one_file(url: str, store: Storage, tmp_path: Path) -> None:
    put(store, "a")
    storages.backup(url, tmp_path / "copy.db")
    put(store, "b")
    assert pets(tmp_path / "copy.db") == ["a"]
    assert sorted(one.name for one in tmp_path.glob("copy*")) == ["copy.db"]
    store.close()


def test_a_backup_writes_over_nothing(url: str, store: Storage, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(Trouble, match="there already"):
        storages.backup(url, target)
    assert target.read_text() == "mine"
    with pytest.raises(Trouble, match="No such file"):
        storages.backup(url, tmp_path / "none" / "copy.db")
    store.close()


def test_nothing_is_no_backup(url: str, path: Path, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="There is no database"):
        storages.backup(url, tmp_path / "copy.db")
    with pytest.raises(Trouble, match="memory"):
        storages.backup("sqlite://", tmp_path / "copy.db")
    assert not path.exists()
    assert not (tmp_path / "copy.db").exists()


def test_a_damaged_database_gives_no_backup(url: str, path: Path, store: Storage, tmp_path: Path) -> None:
    for number in range(50):
        put(store, str(number))
    store.close()
    _damage(path)
    with pytest.raises(Trouble, match=r"steward\.db is damaged"):
        storages.backup(url, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    with pytest.raises(Trouble, match="damaged"):
        storages.examine(url)


def _damage(path: Path) -> None:
    """Spoil what is in the middle of the file and leave its first pages, so that only a thorough look finds it."""
    data = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as conn:
        (root,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'pet'").fetchone()
    data[(root - 1) * 4096 : (root - 1) * 4096 + 200] = b"\x99" * 200
    path.write_bytes(data)


def test_a_restore_brings_back_the_backup_and_keeps_what_was_there(url: str, path: Path, store: Storage) -> None:
    put(store, "a")
    copy = path.with_name("copy.db")
    storages.backup(url, copy)
    put(store, "b")
    store.close()
    kept = restore(copy, url)
    assert kept is not None
    assert (pets(path), pets(kept)) == (["a"], ["a", "b"])
    assert "before-restore" in kept.name
    with closing(storages.open(url, KINDS, migrations=EXAMPLE_MIGRATIONS)) as again:
        put(again, "c")
    assert pets(path) == ["a", "c"]
    assert pets(copy) == ["a"]


def test_a_restore_replaces_a_damaged_file_with_all_that_lies_beside_it(url: str, path: Path, store: Storage) -> None:
    put(store, "a")
    copy = path.with_name("copy.db")
    storages.backup(url, copy)
    store.close()
    path.write_bytes(b"\0" * 9_000)
    path.with_name("steward.db-wal").write_bytes(b"left by a crash")
    kept = restore(copy, url)
    assert kept is not None
    assert kept.read_bytes() == b"\0" * 9_000
    assert pets(path) == ["a"]
    storages.examine(url)


def test_a_file_system_without_links_gets_a_copy(
    url: str, path: Path, store: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "a")
    store.close()
    monkeypatch.setattr("os.link", _no_link)
    kept = storages.set_aside(url)
    assert (pets(kept), path.exists()) == (["a"], False)


def _no_link(*_paths: Path) -> None:
    raise OSError("not here")


def test_a_copy_that_fails_half_way_leaves_nothing(
    url: str, store: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "a")
    monkeypatch.setattr("storage.sqlite.copies._check", _broken)
    with pytest.raises(RuntimeError, match="broken"):
        storages.backup(url, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    store.close()


def _broken(*_: object) -> None:
    raise RuntimeError("broken")


def test_a_restore_onto_nothing_makes_the_database(url: str, path: Path, store: Storage, tmp_path: Path) -> None:
    put(store, "a")
    store.close()
    other = tmp_path / "other.db"
    assert restore(path, f"sqlite:///{other}") is None
    assert pets(other) == ["a"]


def test_a_restore_from_something_else_changes_nothing(url: str, path: Path, store: Storage, tmp_path: Path) -> None:
    put(store, "a")
    store.close()
    diary, foreign, newer = tmp_path / "diary", tmp_path / "foreign.db", tmp_path / "newer.db"
    diary.write_text("Dear diary, " * 100)
    with closing(sqlite3.connect(foreign)) as conn:
        conn.execute("CREATE TABLE recipes (name)")
    storages.backup(url, newer)
    for source, why in (
        (diary, "no backup at all"),
        (foreign, "not a Steward database"),
        (tmp_path / "none.db", "There is no database"),
        (path, "the database itself"),
    ):
        with pytest.raises(Trouble, match=why):
            restore(source, url)
    with pytest.raises(Trouble, match="newer Steward"):
        storages.restore(newer, url, migrations=CORE)
    assert pets(path) == ["a"]
    assert not [one.name for one in tmp_path.iterdir() if "restore" in one.name or "incoming" in one.name]


def test_a_database_in_use_is_neither_replaced_nor_set_aside(url: str, path: Path, store: Storage) -> None:
    put(store, "a")
    copy = path.with_name("copy.db")
    storages.backup(url, copy)
    with storages.claim_file(url):
        with pytest.raises(Trouble, match="running"):
            restore(copy, url)
        with pytest.raises(Trouble, match="running"):
            storages.set_aside(url)
    put(store, "b")
    with pytest.raises(Trouble, match="in use by another program"):
        restore(copy, url)
    store.close()
    assert pets(path) == ["a", "b"]
    assert not list(path.parent.glob("*incoming*"))


def test_what_is_set_aside_keeps_its_records_under_another_name(url: str, path: Path, store: Storage) -> None:
    put(store, "a")
    store.close()
    kept = storages.set_aside(url)
    assert not path.exists()
    assert pets(kept) == ["a"]


def test_one_claim_at_a_time_and_none_in_memory(url: str) -> None:
    with storages.claim_file(url), pytest.raises(Trouble, match="already"), storages.claim_file(url):
        pass
    with storages.claim_file(url), storages.claim_file("sqlite://"), storages.claim_file("sqlite://"):
        pass
    with pytest.raises(Trouble, match="no folder"), storages.claim_file("sqlite:////none/steward.db"):
        pass
