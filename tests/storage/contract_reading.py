"""What every storage engine must read: what is there now, however much of it was read before, and what changed."""

from functools import partial
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.ports import Due, Entry, Gone, Records, Storage, Woken
from tests.storage.contract import PROPERTY, held_up
from tests.storage.kinds import NOW, Pet, message

DEEDS = ("get", "find", "count", "put", "remove")


def _deeds(fails: bool, deeds: list[tuple[str, int]], records: Records) -> list[object]:
    seen: list[object] = []
    for turn, (deed, number) in enumerate(deeds):
        id = f"p{number}"
        match deed:
            case "get":
                seen.append(records.get(Pet, id))
            case "find":
                seen.append(records.find(Pet, age=number))
            case "count":
                seen.append(records.count(Pet))
            case "put":
                records.put(Pet(id, f"turn {turn}", number))
            case _:
                records.remove(Pet, id)
    if fails:
        raise LookupError(seen)
    return seen


def _expected(pets: dict[str, Pet], deeds: list[tuple[str, int]]) -> tuple[dict[str, Pet], list[object]]:
    """What is there after the deeds, and what they see."""
    after, seen = dict(pets), list[object]()
    for turn, (deed, number) in enumerate(deeds):
        id = f"p{number}"
        match deed:
            case "get":
                seen.append(after.get(id))
            case "find":
                seen.append([after[each] for each in sorted(after) if after[each].age == number])
            case "count":
                seen.append(len(after))
            case "put":
                after[id] = Pet(id, f"turn {turn}", number)
            case _:
                after.pop(id, None)
    return after, seen


class ReadingContract:
    @PROPERTY
    @given(
        st.lists(st.tuples(st.booleans(), st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2)), max_size=6)))
    )
    @example([(True, [("put", 0), ("get", 0), ("find", 0)]), (False, [("get", 0), ("find", 0)])])
    def test_what_is_read_is_what_those_before_and_it_itself_have_written(
        self, storage: Storage, jobs: list[tuple[bool, list[tuple[str, int]]]]
    ) -> None:
        storage.write("t", partial(_deeds, False, [("remove", number) for number in range(3)])).result()
        pets: dict[str, Pet] = {}
        go_on, held = held_up(storage)
        under_way = [storage.write("t", partial(_deeds, fails, deeds)) for fails, deeds in jobs]
        go_on.set()
        held.result()
        for (fails, deeds), work in zip(jobs, under_way, strict=True):
            after, expected = _expected(pets, deeds)
            if fails:
                assert str(work.exception()) == str(expected)
            else:
                assert str(work.result()) == str(expected)
                pets = after
        assert storage.read("t", lambda records: records.find(Pet)) == [pets[id] for id in sorted(pets)]

    def test_a_transaction_tells_what_it_has_changed_so_far(self, storage: Storage) -> None:
        def change(records: Records) -> list[Any]:
            records.put(Pet("a"), Pet("b"))
            records.put(Pet("a", "Rex"))
            records.remove(Pet, "b")
            records.wake("bell", "a", NOW)
            records.wake("bell", "a", None)
            records.send(message("k"))
            return list(records.changed)

        def take(records: Records) -> list[Any]:
            storage.take(records, Due("t", Entry("bell", "a", NOW), 0))
            return list(records.changed)

        woken = Woken("bell", "a")
        changed = [Pet("a"), Pet("b"), Pet("a", "Rex"), Gone(Pet, "b"), woken, woken]
        assert storage.write("t", change).result() == changed
        storage.write("t", lambda records: records.wake("bell", "a", NOW)).result()
        assert storage.write("t", take).result() == [woken]
        assert storage.write("t", take).result() == []
