"""Several processes on one file, some of which are killed in the middle."""

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import storage as storages
from bot.core.ports import Records
from bot.errors import Trouble
from tests.storage.kinds import CORE, EXAMPLE_MIGRATIONS, KINDS, Pet, message

ROOT = Path(__file__).parents[2]
Process = subprocess.Popen[str]
Start = Callable[..., Process]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/steward.db"


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[Process] = []

    def run(what: str, *more: str) -> Process:
        command = [sys.executable, "-W", "error", "-m", "tests.storage.process", what, *more]
        started.append(
            subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        )
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def heard(process: Process) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: Process) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.parametrize("before", [(), CORE], ids=["new", "older"])
def test_three_processes_that_start_at_once_migrate_once(url: str, start: Start, before: tuple[object, ...]) -> None:
    if before:
        storages.open(url, (), migrations=CORE).close()
    processes = [start("start", url) for _ in range(3)]
    for process in processes:
        assert heard(process) == "ready"
    for process in processes:
        tell(process)
    assert [heard(process) for process in processes] == ["done"] * 3
    with closing(sqlite3.connect(storages.file_of(url) or "")) as conn:
        names = [name for (name,) in conn.execute("SELECT name FROM migration ORDER BY rowid")]
    assert names == [migration.name for migration in EXAMPLE_MIGRATIONS]


def test_what_was_acknowledged_survives_a_kill(url: str, start: Start) -> None:
    process = start("write", url)
    said = [heard(process) for _ in range(300)]
    process.kill()
    assert process.stdout is not None
    said += process.stdout.read().split()
    with closing(storages.open(url, KINDS, migrations=EXAMPLE_MIGRATIONS)) as store:
        pets = store.read("t", lambda records: records.find(Pet))
    kept = [pet.id for pet in pets]
    assert kept[: len(said)] == said
    assert kept == [f"p{number:06}" for number in range(len(kept))]
    with closing(sqlite3.connect(storages.file_of(url) or "")) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_three_deliver_each_message_once_though_one_is_killed(url: str, start: Start, tmp_path: Path) -> None:
    def queue(records: Records) -> None:
        for number in range(500):
            records.send(message(f"{number % 60:02} {number:03}", to=f"slack:T1/U{number % 60}"))

    with closing(storages.open(url, KINDS, migrations=EXAMPLE_MIGRATIONS)) as store:
        store.write("t", queue).result()
        network = tmp_path / "network"
        network.touch()
        victim, *others = [start("deliver", url, str(network), who) for who in ("victim", "", "")]
        for process in (victim, *others):
            assert heard(process) == "ready"
        for process in (victim, *others):
            tell(process)
        assert heard(victim) == "done"
        victim.kill()
        assert [heard(process) for process in others] == ["done", "done"]
        for process in others:  # the lease of what the victim held runs out
            tell(process)
        assert [heard(process) for process in others] == ["done", "done"]
        assert store.next_due() is None
    arrived = network.read_text().splitlines()
    assert Counter(Counter(arrived).values()) == {1: 500}
    for place in range(60):
        here = [key for key in arrived if key.startswith(f"{place:02} ")]
        assert here == sorted(here)


def test_the_claim_keeps_a_second_run_away_until_the_first_ends(url: str, start: Start) -> None:
    first = start("claim", url)
    assert heard(first) == "held"
    with pytest.raises(Trouble, match="already"), storages.claim_file(url):
        pass
    plain = start("look", url)
    assert heard(plain) == "0 pets"
    first.kill()
    first.communicate()
    with storages.claim_file(url):
        pass
