"""What every storage engine must do with records.

An engine's tests subclass the contracts of this file and of those beside it whose names begin with `contract_`, and
bring the fixture `storage`: a fresh, open storage for the kinds of `tests.storage.kinds`.
"""

from concurrent.futures import Future
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from bot.core.ports import Between, Due, Entry, Records, Storage
from tests.storage.kinds import HOUR, NOW, Bare, Mood, Pet, Slotted

PROPERTY = settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)
HOSTILE = (
    "'; DROP TABLE pet; --",
    '" OR ""="',
    "x') ON CONFLICT DO NOTHING; DELETE FROM pet WHERE ('1'='1",
    "%_\\ * ? :name @name $name",
    "\u202eabc 👩‍👩‍👧 naïve\r\n\t",
    "=cmd|' /C calc'!A0",
    "null",
    "nul\0inside",
)


def keep(storage: Storage, *things: Any, team: str = "t") -> None:
    storage.write(team, lambda records: records.put(*things)).result()


def held_up(storage: Storage) -> tuple[Event, "Future[None]"]:
    """Keep the writer busy until the event is set, so that what follows waits together."""
    begun, go_on = Event(), Event()

    def wait(_records: Records) -> None:
        begun.set()
        go_on.wait()

    future = storage.write("t", wait)
    begun.wait()
    return go_on, future


class RecordsContract:
    def test_what_was_put_is_found_again(self, storage: Storage) -> None:
        pet = Pet("p", "Rex", 3, NOW, Mood.BUSY)
        keep(storage, pet, Slotted(id="s", order=1), Bare("b"))
        assert storage.read("t", lambda records: records.get(Pet, "p")) == pet
        assert storage.read("t", lambda records: records.get(Slotted, "s")) == Slotted(id="s", order=1)
        assert storage.read("t", lambda records: records.get(Bare, "b")) == Bare("b")
        assert storage.read("t", lambda records: records.get(Pet, "other")) is None

    def test_putting_again_replaces_and_removing_drops(self, storage: Storage) -> None:
        keep(storage, Pet("p", "Rex"), Bare("b"))
        keep(storage, Pet("p", "Max"), Bare("b"))
        assert storage.read("t", lambda records: records.find(Pet)) == [Pet("p", "Max")]
        for _twice in range(2):
            storage.write("t", lambda records: records.remove(Pet, "p")).result()
        assert storage.read("t", lambda records: (records.count(Pet), records.count(Bare))) == (0, 1)

    def test_find_compares_fields_with_values_ranges_and_emptiness(self, storage: Storage) -> None:
        pets = [Pet(f"p{age}", "Rex" if age % 2 else "Max", age, NOW + age * HOUR if age else None) for age in range(6)]
        keep(storage, *pets)

        def ids(**where: Any) -> str:
            found = storage.read("t", lambda records: (records.find(Pet, **where), records.count(Pet, **where)))
            assert len(found[0]) == found[1]
            return "".join(pet.id[1] for pet in found[0])

        assert ids() == "012345"
        assert ids(name="Rex") == "135"
        assert ids(name="Rex", age=Between(2, 5)) == "3"
        assert ids(age=Between(2, 4)) == "23"
        assert ids(age=Between(low=4)) == "45"
        assert ids(age=Between(high=1)) == "0"
        assert ids(age=Between()) == "012345"
        assert ids(born=None) == "0"
        assert ids(born=Between(high=NOW + 2 * HOUR)) == "1"
        assert ids(born=NOW + 3 * HOUR) == "3"
        assert ids(mood=Mood.CALM, id="p2") == "2"

    def test_find_orders_by_any_field_with_ties_by_id_and_gives_pages(self, storage: Storage) -> None:
        keep(storage, Pet("c", "x", 1), Pet("a", "x", 2, NOW), Pet("b", "y", 1, NOW - HOUR))

        def ids(order: str, **page: int) -> str:
            return "".join(pet.id for pet in storage.read("t", lambda records: records.find(Pet, order=order, **page)))

        assert ids("id") == "abc"
        assert ids("-id") == "cba"
        assert ids("age") == "bca"
        assert ids("-age") == "abc"
        assert ids("born") == "cba"  # empty comes first
        assert ids("name", limit=2) == "ac"
        assert ids("name", limit=2, offset=2) == "b"
        assert ids("name", offset=1) == "cb"
        assert ids("name", limit=0) == ""

    @pytest.mark.parametrize("text", HOSTILE)
    def test_whatever_people_type_is_only_text(self, storage: Storage, text: str) -> None:
        keep(storage, Pet("a", "safe"), Pet(text, text))
        found = storage.read("t", lambda records: records.find(Pet, name=text, id=text))
        assert found == [Pet(text, text)]
        assert storage.read("t", lambda records: records.find(Pet, id=Between(text, text + "\U0010ffff"))) == found
        storage.write(text, lambda records: records.put(Pet(text, text))).result()
        storage.write("t", lambda records: records.wake(text, text, NOW)).result()
        storage.write("t", lambda records: records.remove(Pet, text)).result()
        assert storage.read("t", lambda records: records.find(Pet)) == [Pet("a", "safe")]
        assert storage.read(text, lambda records: records.get(Pet, text)) == Pet(text, text)
        assert storage.due(NOW, 9) == [Due("t", Entry(text, text, NOW), 0)]

    def test_text_that_is_no_unicode_is_refused_and_changes_nothing(self, storage: Storage) -> None:
        with pytest.raises(ValueError, match="surrogates"):
            keep(storage, Pet("a", "fine"), Pet("b", "half a \ud800 letter"))
        assert storage.read("t", lambda records: records.count(Pet)) == 0

    def test_what_no_record_has_is_a_mistake_that_is_named(self, storage: Storage) -> None:
        with pytest.raises(TypeError, match="Pet has no field 'colour'"):
            storage.read("t", lambda records: records.find(Pet, colour="red"))
        with pytest.raises(TypeError, match="no field 'name; --'"):
            storage.read("t", lambda records: records.find(Pet, order="name; --"))
        with pytest.raises(TypeError, match="Entry is not among the kinds"):
            storage.read("t", lambda records: records.get(Entry, "x"))

    def test_a_moment_without_a_time_zone_is_a_mistake(self, storage: Storage) -> None:
        with pytest.raises(ValueError, match="time zone"):
            keep(storage, Pet("p", born=NOW.replace(tzinfo=None)))

    def test_a_record_of_no_team_is_a_mistake(self, storage: Storage) -> None:
        with pytest.raises(ValueError, match="team"):
            keep(storage, Pet("p"), team="")
