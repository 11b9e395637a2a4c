"""Screens that stay open: told of what concerns them, in time and once, and of nothing else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import storage as storages
from bot.core import screens as module
from bot.core.ports import Between, Records, Storage
from bot.core.screens import Noted, Screens
from tests.storage.kinds import EXAMPLE_MIGRATIONS, HOUR, KINDS, NOW, Pet

PROPERTY = settings(
    max_examples=200, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Wall:
    """Screens over a storage, and who was told."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.screens = Screens()
        self.told: list[str] = []

    def show(self, who: str, read: Any, team: str = "t") -> Any:
        with self.screens.making(who, team, lambda: self.told.append(who)) as noting:
            return self.storage.read(team, lambda records: read(noting(records)))

    def change(self, run: Any, team: str = "t") -> None:
        work = Noted(run)
        self.storage.write(team, work).result()
        self.screens.tell(team, work.changes)

    def put(self, *things: Any) -> None:
        self.change(lambda records: records.put(*things))


@pytest.fixture
def wall() -> Iterator[Wall]:
    storage = storages.open("sqlite://", KINDS, migrations=EXAMPLE_MIGRATIONS)
    yield Wall(storage)
    storage.close()


def test_who_shows_something_that_changed_is_told_and_nobody_else(wall: Wall) -> None:
    wall.put(Pet("a", "Rex"), Pet("b", "Max"))
    wall.show("ana", lambda records: records.find(Pet, name="Rex"))
    wall.show("ben", lambda records: records.get(Pet, "b"))
    wall.put(Pet("c", "Rex"))
    assert wall.told == ["ana"]
    wall.put(Pet("b", "Max", 2))
    assert wall.told == ["ana", "ben"]


def test_a_screen_is_told_once_until_it_is_made_anew(wall: Wall) -> None:
    for time in (1, 2):
        wall.show("ana", lambda records: records.count(Pet))
        wall.put(Pet("a", "Rex", time))
        wall.put(Pet("a", "Rex", time + 10))
        assert wall.told == ["ana"] * time


def test_another_teams_changes_concern_nobody_here(wall: Wall) -> None:
    wall.show("ana", lambda records: records.find(Pet))
    wall.change(lambda records: records.put(Pet("a")), team="other")
    assert wall.told == []


def test_the_agenda_is_followed_by_its_subject(wall: Wall) -> None:
    wall.show("ana", lambda records: records.agenda(subject="a"))
    wall.change(lambda records: records.wake("bell", "b", NOW))
    assert wall.told == []
    wall.change(lambda records: records.wake("bell", "a", NOW))
    assert wall.told == ["ana"]
    wall.show("ana", lambda records: records.agenda(subject="a"))
    (due,) = [one for one in wall.storage.due(NOW, 9) if one.entry.subject == "a"]
    wall.change(lambda records: wall.storage.take(records, due))
    assert wall.told == ["ana", "ana"]


def test_what_was_undone_tells_nobody(wall: Wall) -> None:
    wall.show("ana", lambda records: records.find(Pet))

    def fail(records: Records) -> None:
        records.put(Pet("a"))
        raise LookupError

    with pytest.raises(LookupError):
        wall.change(fail)
    work = Noted(fail)
    assert wall.storage.write("t", work).exception() is not None
    wall.screens.tell("t", work.changes)
    assert wall.told == []


def test_a_change_while_the_screen_is_being_made_is_not_missed(wall: Wall) -> None:
    begun, go_on = Event(), Event()

    def slowly(records: Records) -> int:
        count = records.count(Pet)
        begun.set()
        assert go_on.wait(10)
        return count

    with ThreadPoolExecutor(1) as other:
        shown = other.submit(wall.show, "ana", slowly)
        assert begun.wait(10)
        wall.screens.tell("t", (Pet("a"),))  # as after a commit: memory has one connection, which is reading
        go_on.set()
        assert shown.result() == 0
    assert wall.told == ["ana"]


def test_a_screen_can_change_nothing(wall: Wall) -> None:
    for change in (
        lambda records: records.put(Pet("a")),
        lambda records: records.remove(Pet, "a"),
        lambda records: records.wake("bell", "a", NOW),
        lambda records: records.unsend("key"),
    ):
        with pytest.raises(RuntimeError, match="reading only"):
            wall.show("ana", change)


def test_only_so_many_screens_are_kept_and_the_oldest_is_forgotten(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    for who in ("ana", "ben", "cy"):
        wall.show(who, lambda records: records.find(Pet))
    wall.put(Pet("a"))
    assert sorted(wall.told) == ["ben", "cy"]


names, ages = st.sampled_from(["Rex", "Max"]), st.integers(0, 3)
ids = st.sampled_from("abcd")
wheres = st.fixed_dictionaries(
    {},
    optional={
        "name": names,
        "age": st.one_of(ages, st.builds(Between, st.none() | ages, st.none() | ages)),
        "born": st.sampled_from([None, NOW]),
    },
)
questions = st.one_of(
    st.tuples(st.just("get"), ids),
    st.tuples(
        st.just("find"), wheres, st.sampled_from(["id", "-age"]), st.sampled_from([None, 1, 2]), st.integers(0, 2)
    ),
    st.tuples(st.just("count"), wheres),
    st.tuples(st.just("agenda"), st.none() | st.just("bell"), st.none() | ids),
)
pets = st.builds(Pet, ids, names, ages, st.sampled_from([None, NOW]))
changes = st.one_of(
    st.tuples(st.just("put"), pets),
    st.tuples(st.just("remove"), ids),
    st.tuples(st.just("wake"), ids, st.sampled_from([None, NOW, NOW + HOUR])),
)


def ask(records: Records, question: Any) -> Any:
    match question:
        case ("get", id):
            return records.get(Pet, id)
        case ("find", where, order, limit, offset):
            return records.find(Pet, order=order, limit=limit, offset=offset, **where)
        case ("count", where):
            return records.count(Pet, **where)
        case ("agenda", alarm, subject):
            return records.agenda(alarm=alarm, subject=subject)


def do(records: Records, done: list[Any]) -> None:
    for change in done:
        match change:
            case ("put", pet):
                records.put(pet)
            case ("remove", id):
                records.remove(Pet, id)
            case ("wake", subject, at):
                records.wake("bell", subject, at)


@PROPERTY
@example([Pet(id) for id in "abc"], [("find", {}, "id", 1, 1)], [("remove", "a")])
@given(st.lists(pets, max_size=4), st.lists(questions, min_size=1, max_size=3), st.lists(changes, max_size=3))
def test_no_screen_stands_there_with_an_old_answer(
    wall: Wall, before: list[Pet], asked: list[Any], done: list[Any]
) -> None:
    def clear(records: Records) -> None:
        for id in "abcd":
            records.remove(Pet, id)
            records.wake("bell", id, None)
        records.put(*before)

    def answers(records: Records) -> list[Any]:
        return [ask(records, question) for question in asked]

    wall.change(clear)
    wall.told.clear()
    shown = wall.show("ana", answers)
    wall.change(lambda records: do(records, done))
    assert wall.told == ["ana"] or wall.storage.read("t", answers) == shown
