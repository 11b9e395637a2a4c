"""The worker keeps the engine going beside the chat networks: what falls due, what goes out, what has to be fetched."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from bot.core.engine import Engine
from bot.core.errands import Errands
from bot.core.pump import Pump

log = logging.getLogger(__name__)

LONGEST_SLEEP = timedelta(seconds=5)
SHORTEST_SLEEP = 0.05  # seconds, after a round that found nothing: what is due may wait for a place that is busy
FLUSH = 10.0  # seconds that a stop may take to deliver what waits
AFTER_TROUBLE = 5.0  # seconds until the next round when the storage itself is in trouble


class Worker:
    """Sleeps until the next due time, five seconds at most, and is woken by commits.

    Alarms, errands and messages go round by themselves, so that a slow network holds up no alarm.
    """

    def __init__(self, engine: Engine, pump: Pump, errands: Errands) -> None:
        """Listens to the engine's commits only while it runs."""
        self._engine = engine
        self._pump = pump
        self._errands = errands

    async def run(self) -> None:
        """Work until cancelled."""
        loop = asyncio.get_running_loop()
        rounds = (self._tick, self._errands.drain, self._pump.drain)
        woken = [asyncio.Event() for _round in rounds]

        def wake() -> None:
            if not all(event.is_set() for event in woken):
                with suppress(RuntimeError):  # the loop closed while the last commit was being answered
                    loop.call_soon_threadsafe(set_all)

        def set_all() -> None:
            for event in woken:
                event.set()

        self._engine.committed = wake
        async with asyncio.TaskGroup() as group:
            for one, event in zip(rounds, woken, strict=True):
                group.create_task(self._go_round(one, event, set_all))

    async def flush(self) -> None:
        """Deliver what waits, ten seconds at most: before the chat networks' connections are closed for good."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FLUSH):
                await self._tick()
                await self._pump.drain()

    async def round(self) -> None:
        """Do all that is due now, once: for a clock that is moved by hand."""
        await self._tick()
        await self._errands.drain()
        await self._pump.drain()

    async def _tick(self) -> int:
        return await asyncio.to_thread(self._engine.tick)

    async def _go_round(
        self, work: Callable[[], Awaitable[int]], woken: asyncio.Event, done: Callable[[], None]
    ) -> None:
        while True:
            woken.clear()
            try:
                did = await work()
                pause = max(self._until_due(), 0.0 if did else SHORTEST_SLEEP)
            except Exception:
                log.exception("a round of due work went wrong; the next one tries again")
                did, pause = 0, AFTER_TROUBLE
            if did:
                done()  # an alarm may have queued messages
            # Not wait_for: on Python 3.11 it swallows a cancellation that arrives together with the event.
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await woken.wait()

    def _until_due(self) -> float:
        due = self._engine.storage.next_due()
        left = LONGEST_SLEEP if due is None else min(due - self._engine.clock.now(), LONGEST_SLEEP)
        return max(left.total_seconds(), 0.0)
