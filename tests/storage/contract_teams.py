"""What every storage engine must do with several teams: none sees another."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from bot.core.ports import Records, Storage
from tests.storage.contract import PROPERTY
from tests.storage.kinds import HOUR, NOW, Pet, message

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
