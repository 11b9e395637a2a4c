"""A database in trouble: a plain message, an exit code, no traceback, and nothing lost."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import storage
from storage.sqlite.connect import connect
from tests.terminal.at import Printed, Terminal, own_process

POSTED = ("say", "posted arg-x", "--as", "affiliate groups")


@pytest.fixture
def database(terminal: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample team's database, and no patience."""
    monkeypatch.setattr(storage, "PATIENCE", 0.05)
    assert terminal("say", "gaps", "--as", "office").code == 0
    return folder / "steward.db"


def refused(printed: Printed, *words: str) -> None:
    assert printed.code != 0
    assert "Traceback" not in printed.out + printed.err
    said = " ".join((printed.out + printed.err).split())
    for word in words:
        assert word in said


def content(database: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as conn:
        return conn.execute("SELECT * FROM post ORDER BY id").fetchall()


def test_locked(database: Path, terminal: Terminal) -> None:
    before = content(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(terminal(*POSTED), "in use by another program")
    assert content(database) == before


def test_locked_for_reading_too(database: Path, terminal: Terminal) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        refused(terminal("say", "gaps", "--as", "office"), "in use by another program")


@pytest.mark.parametrize(
    ("pragma", "said"), [("query_only=ON", "can't be written to"), ("max_page_count=1", "the disk is full")]
)
def test_read_only_or_full(
    database: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, pragma: str, said: str
) -> None:
    before = content(database)

    def hampered(path: Path | None, patience: float) -> sqlite3.Connection:
        conn = connect(path, patience)
        conn.execute(f"PRAGMA {pragma}")
        return conn

    monkeypatch.setattr("storage.sqlite.engine.connect", hampered)
    words = "word " * 180  # a few of these fill the last page
    posted = [f'posted arg-x when=2026-01-{day:02} words="{words}"' for day in range(1, 9)]
    printed = [terminal("say", one, "--as", "affiliate groups") for one in posted]
    refused(printed[-1], said)
    monkeypatch.setattr("storage.sqlite.engine.connect", connect)
    assert set(before) <= set(content(database))
    assert terminal("say", "gaps", "--as", "office").code == 0


def test_damaged(database: Path, terminal: Terminal) -> None:
    database.write_bytes(b"this is no database at all, whatever its name says" * 100)
    refused(terminal("say", "gaps", "--as", "office"), "is not a database", "steward restore")
    refused(terminal("doctor"), "is not a database")


def test_newer_than_the_program(database: Path, terminal: Terminal) -> None:
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute("INSERT INTO migration VALUES ('something from next year', '2027-01-01')")
    refused(terminal("say", "gaps", "--as", "office"), "newer Steward", "newest release")


def test_somebody_elses_database(folder: Path, terminal: Terminal) -> None:
    with closing(sqlite3.connect(folder / "steward.db")) as conn, conn:
        conn.execute("CREATE TABLE recipe (name TEXT)")
    refused(terminal("run"), "another program")


def test_a_folder_that_is_not_there(folder: Path) -> None:
    refused(own_process(folder, "say", "gaps", STEWARD_DATABASE="sqlite:///nowhere/steward.db"), "no folder")


def test_an_address_of_another_kind(folder: Path) -> None:
    refused(own_process(folder, "say", "gaps", STEWARD_DATABASE="postgresql://x"), "SQLite only")
