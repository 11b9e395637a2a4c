"""What the core's tests share."""

from collections.abc import Iterator

import pytest

import storage
from bot.core.chat import Request
from bot.core.engine import Engine
from bot.core.errands import Errands
from bot.core.ports import Errand
from bot.core.pump import Pump
from bot.core.worker import Worker
from tests.core.rig import HERE, OFFICE, TOPICS, TOYS, House, Identity, Rig, Tally
from tests.engine_room import START, HandClock, Postbox, SeededChance
from tests.storage.kinds import CORE


@pytest.fixture
def rig() -> Iterator[Rig]:
    store = storage.open("sqlite://", (House, Identity, Tally), migrations=(*CORE, TOYS))
    clock, post = HandClock(START), Postbox()
    engine = Engine(store, clock, SeededChance(), TOPICS)
    fetches: list[str] = []

    async def fetch(errand: Errand) -> Request:
        fetches.append(errand.id)
        if errand.values.get("fail") == str(len(fetches)):
            raise OSError("the site is down")
        return Request(OFFICE, HERE, "fetched", {"tally": "posts"})

    pump = Pump(store, clock, {"test": post}, engine.cannot_reach)
    worker = Worker(engine, pump, Errands(store, clock, {"fetch": fetch}, engine.finish_errand))
    made = Rig(store, clock, engine, post, worker, fetches)
    made.run(lambda records: records.put(House("test:here"), Identity(OFFICE.id, "v1")))
    yield made
    engine.close()
    store.close()
