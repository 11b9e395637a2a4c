"""What every storage engine must do with records and transactions.

An engine's tests subclass the contracts of this file, of `contract_reading`, of `contract_search`, of
`contract_queues` and of `contract_outbox`, and bring the fixture `storage`: a fresh, open storage for the kinds of
`tests.storage.kinds`.
"""

from concurrent.futures import Future
from functools import partial
from threading import Event, Thread
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.ports import Between, Due, Entry, Errand, Records, Storage
from bot.errors import Refusal
from tests.storage.kinds import HOUR, NOW, Bare, Mood, Pet, Slotted, message

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
        with pytest.raises(ValueError, match="time zone"):
            keep(storage, Pet("p", born=NOW.replace(tzinfo=None)))
        with pytest.raises(ValueError, match="team"):
            keep(storage, Pet("p"), team="")


class TransactionContract:
    def test_reading_sees_only_what_is_committed_and_writing_its_own(self, storage: Storage) -> None:
        def run(records: Records) -> int:
            records.put(Pet("p"))
            return records.count(Pet)

        assert storage.write("t", run).result() == 1
        assert storage.read("t", lambda records: records.count(Pet)) == 1

    def test_an_exception_undoes_its_own_transaction_and_arrives(self, storage: Storage) -> None:
        def run(records: Records) -> None:
            records.put(Pet("p"))
            records.wake("alarm", "p", NOW)
            records.send(message("k"))
            storage.first_time(records, "delivery", NOW)
            raise Refusal("No.")

        with pytest.raises(Refusal, match="No"):
            storage.write("t", run).result()
        assert storage.read("t", lambda records: (records.count(Pet), records.agenda(), records.sent("k"))) == (
            0,
            [],
            False,
        )
        assert storage.write("t", lambda records: storage.first_time(records, "delivery", NOW)).result()

    def test_those_that_wait_together_stand_or_fall_alone(self, storage: Storage) -> None:
        go_on, first = held_up(storage)

        def run(records: Records, number: int) -> int:
            records.put(Pet(f"p{number}"))
            if number % 3 == 1:
                raise Refusal(f"Not {number}.")
            return records.count(Pet)

        futures = [storage.write("t", lambda records, n=number: run(records, n)) for number in range(30)]  # type: ignore[misc]
        go_on.set()
        first.result()
        outcomes = [future.exception() or future.result() for future in futures]
        assert [str(outcome) for outcome in outcomes[:5]] == ["1", "Not 1.", "2", "3", "Not 4."]
        assert storage.read("t", lambda records: records.count(Pet)) == 20

    def test_one_that_was_cancelled_while_it_waited_does_not_run(self, storage: Storage) -> None:
        go_on, first = held_up(storage)
        cancelled = storage.write("t", lambda records: records.put(Pet("p")))
        kept = storage.write("t", lambda records: records.put(Pet("q")))
        assert cancelled.cancel()
        go_on.set()
        first.result()
        kept.result()
        assert storage.read("t", lambda records: [pet.id for pet in records.find(Pet)]) == ["q"]

    def test_threads_that_change_one_record_lose_nothing(self, storage: Storage) -> None:
        keep(storage, Pet("p"))

        def older(records: Records) -> None:
            pet = records.get(Pet, "p")
            assert pet is not None
            records.put(Pet("p", age=pet.age + 1))

        def work() -> None:
            for _ in range(20):
                storage.write("t", older).result()

        threads = [Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert storage.read("t", lambda records: records.get(Pet, "p")) == Pet("p", age=160)

    def test_a_read_changes_nothing(self, storage: Storage) -> None:
        for change in (
            lambda records: records.put(Pet("p")),
            lambda records: records.remove(Pet, "p"),
            lambda records: records.wake("a", "s", NOW),
            lambda records: records.send(message("k")),
            lambda records: records.unsend("k"),
            lambda records: records.run_errand(Errand("e", "k", {})),
            lambda records: storage.first_time(records, "d", NOW),
            lambda records: storage.take(records, Due("t", Entry("a", "s", NOW), 0)),
            lambda records: storage.errand_done(records, Errand("e", "k", {})),
        ):
            with pytest.raises(RuntimeError, match="for reading only"):
                storage.read("t", change)

    def test_records_end_with_their_transaction(self, storage: Storage) -> None:
        written = storage.write("t", lambda records: records).result()
        read = storage.read("t", lambda records: records)
        for records in (written, read):
            with pytest.raises(RuntimeError, match="over"):
                records.get(Pet, "p")
        with pytest.raises(RuntimeError, match="over"):
            written.put(Pet("p"))

    def test_more_than_one_commit_holds_are_all_kept(self, storage: Storage) -> None:
        go_on, first = held_up(storage)
        futures = [storage.write("t", partial(_put, number)) for number in range(600)]
        go_on.set()
        first.result()
        assert [future.result() for future in futures] == list(range(1, 601))

    def test_a_read_that_is_under_way_ends_before_the_storage_does(self, storage: Storage) -> None:
        keep(storage, Pet("p"))
        closer = Thread(target=storage.close)

        def run(records: Records) -> int:
            closer.start()
            return records.count(Pet)

        assert storage.read("t", run) == 1
        closer.join()

    def test_records_of_another_storage_are_refused(self, storage: Storage) -> None:
        with pytest.raises(TypeError, match="another storage"):
            storage.first_time(cast("Records", object()), "d", NOW)

    def test_closing_finishes_what_was_accepted(self, storage: Storage) -> None:
        go_on, _first = held_up(storage)
        last = storage.write("t", lambda records: records.count(Pet))
        closer = Thread(target=storage.close)
        closer.start()
        go_on.set()
        closer.join()
        assert last.result() == 0
        storage.close()
        with pytest.raises(RuntimeError, match="closed"):
            storage.write("t", print)
        with pytest.raises(RuntimeError, match="closed"):
            storage.read("t", print)


def _put(number: int, records: Records) -> int:
    records.put(Pet(f"p{number}"))
    return records.count(Pet)


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["one", "two"]), st.sampled_from(["put", "remove", "wake", "send"]), st.integers(0, 3)),
    max_size=25,
)


class IsolationContract:
    @PROPERTY
    @given(operations=OPERATIONS)
    def test_two_teams_never_mix(self, storage: Storage, operations: list[tuple[str, str, int]]) -> None:
        """Ids, subjects and keys are the same in both teams; each team sees exactly its own."""
        known: dict[str, dict[str, dict[str, int]]] = {
            team: {"put": {}, "wake": {}, "send": {}} for team in ("one", "two")
        }
        for team in known:
            storage.write(team, _clear).result()
        for turn, (team, what, number) in enumerate(operations):
            storage.write(team, partial(_operate, what, str(number), turn)).result()
            if what == "remove":
                known[team]["put"].pop(str(number), None)
            else:
                known[team][what][str(number)] = turn
        for team, state in known.items():
            assert {pet.id: pet.age for pet in storage.read(team, lambda records: records.find(Pet))} == state["put"]
            entries = storage.read(team, lambda records: records.agenda())
            assert {entry.subject: (entry.at - NOW) // HOUR for entry in entries} == state["wake"]
            queued = [name for name in "0123" if storage.read(team, lambda records, key=name: records.sent(key))]  # type: ignore[misc]
            assert queued == sorted(state["send"])


def _operate(what: str, name: str, turn: int, records: Records) -> None:
    if what == "put":
        records.put(Pet(name, age=turn))
    elif what == "remove":
        records.remove(Pet, name)
    elif what == "wake":
        records.wake("a", name, NOW + turn * HOUR)
    else:
        records.send(message(name))


def _clear(records: Records) -> None:
    for pet in records.find(Pet):
        records.remove(Pet, pet.id)
    for entry in records.agenda():
        records.wake(entry.alarm, entry.subject, None)
    for key in "0123":
        records.unsend(key)
