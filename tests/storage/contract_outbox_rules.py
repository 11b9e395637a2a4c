"""What every storage engine must keep to in any course of sending, delivering, failing and crashing."""

from itertools import count
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat import Message
from bot.core.ports import Parcel, Storage
from tests.storage.contract import PROPERTY
from tests.storage.contract_outbox import LEASE, claim, send
from tests.storage.kinds import HOUR, NOW, message

EXAMPLES = count()


class Network:
    """A chat network that keeps what it is given, and is asked before a doubtful message is sent again."""

    def __init__(self) -> None:
        self.shown: dict[str, Message] = {}

    def attempt(self, parcel: Parcel) -> str:
        known = parcel.id in self.shown
        if not (known and parcel.doubtful and not parcel.receipt):
            assert known == bool(parcel.receipt), "sent twice, or an edit of nothing"
            self.shown[parcel.id] = parcel.message
        return parcel.id

    def titles(self) -> dict[str, str]:
        return {one.key: one.card.title for one in self.shown.values()}


class Step(NamedTuple):
    what: str
    place: int
    key: int
    late: bool


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(["send", "send", "claim", "deliver", "deliver", "postpone", "crash", "drop", "unsend"]),
        st.integers(0, 1),
        st.integers(0, 2),
        st.booleans(),
    ),
    max_size=40,
)


class Course:
    """A course of events, with what each key should show in the end."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.network = Network()
        self.now = NOW
        self.under_way: list[Parcel] = []
        self.wanted: dict[str, str] = {}
        self._example = next(EXAMPLES)  # the storage is the same for all of them
        self._turns = count()

    def key(self, step: Step) -> str:
        return f"{self._example}/{step.place}/{step.key}"

    def send(self, step: Step) -> None:
        title = self.wanted[self.key(step)] = str(next(self._turns))
        send(self.storage, message(self.key(step), to=f"slack:T{self._example}/U{step.place}", title=title))

    def unsend(self, step: Step) -> None:
        if self.storage.write("t", lambda records: records.unsend(self.key(step))).result():
            del self.wanted[self.key(step)]

    def claim(self, _step: Step) -> None:
        self.under_way += claim(self.storage, self.now)
        assert len({parcel.message.to for parcel in self.under_way}) == len(self.under_way)

    def deliver(self, step: Step) -> None:
        for parcel in self._one(step):
            self.storage.delivered(parcel, self.network.attempt(parcel))

    def postpone(self, step: Step) -> None:
        for parcel in self._one(step):
            if step.late:
                self.network.attempt(parcel)
            self.storage.postponed(parcel, self.now + HOUR, "why", doubtful=step.late)

    def drop(self, step: Step) -> None:
        for parcel in self._one(step):
            self.storage.dropped(parcel, "why")
            if parcel.message.card.title == self.wanted.get(parcel.message.key):
                del self.wanted[parcel.message.key]

    def crash(self, step: Step) -> None:
        """The network took some of what was under way, and nobody knows which."""
        for parcel in self.under_way[step.late :: 2]:
            self.network.attempt(parcel)
        self.under_way.clear()
        self.now += LEASE

    def settle(self) -> None:
        """Deliver until nothing is due."""
        while parcels := claim(self.storage, self.now + 2 * HOUR):
            for parcel in parcels:
                self.storage.delivered(parcel, self.network.attempt(parcel))
        assert self.storage.next_due() is None

    def _one(self, step: Step) -> list[Parcel]:
        return [self.under_way.pop(step.key % len(self.under_way))] if self.under_way else []


class OutboxRulesContract:
    @PROPERTY
    @given(steps=STEPS)
    def test_one_at_a_time_in_order_and_nothing_lost_or_sent_twice(self, storage: Storage, steps: list[Step]) -> None:
        for leftover in claim(storage, NOW + 99 * HOUR):  # of an example that failed
            storage.dropped(leftover, "left over")
        course = Course(storage)
        for step in steps:
            getattr(course, step.what)(step)
        course.settle()
        shown = course.network.titles()
        assert {key: shown.get(key) for key in course.wanted} == course.wanted
