"""What every storage engine must do with transactions: one beside another, undone, cancelled, over."""

from functools import partial
from threading import Thread
from typing import cast

import pytest

from bot.core.ports import Due, Entry, Errand, Records, Storage
from bot.errors import Refusal
from tests.storage.contract import held_up, keep
from tests.storage.kinds import NOW, Pet, message


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

    def test_what_is_closed_takes_nothing_more_and_may_be_closed_again(self, storage: Storage) -> None:
        storage.close()
        storage.close()
        with pytest.raises(RuntimeError, match="closed"):
            storage.write("t", print)
        with pytest.raises(RuntimeError, match="closed"):
            storage.read("t", print)


def _put(number: int, records: Records) -> int:
    records.put(Pet(f"p{number}"))
    return records.count(Pet)
