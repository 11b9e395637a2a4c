"""The pump delivers what waits in the outbox: one queue a place, and a look before every repeat."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.core.chat import Message, Person
from bot.core.ports import Adapter, Clock, Parcel, Storage
from bot.errors import Undelivered, Unreachable

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # after this a claimed message counts as doubtful: longer than any attempt may take
ATTEMPT = 60.0  # seconds that one attempt may take
AT_ONCE = 32  # messages on their way at the same time, over all places
SOONEST, LATEST = timedelta(seconds=5), timedelta(hours=1)
NOT_HERE = timedelta(minutes=5)  # how soon a message for a network that is not running is looked at again, for ever
MOST_TRIES = 60  # about two days and a half of trying


class Pump:
    """Delivers messages through the adapters, until nothing is due."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        adapters: Mapping[str, Adapter],
        cannot_reach: Callable[[str, Message], None],
    ) -> None:
        """`adapters` by network; `cannot_reach(team, message)` is told of closed direct messages, in a thread."""
        self._storage = storage
        self._clock = clock
        self._adapters = adapters
        self._cannot_reach = cannot_reach

    async def drain(self) -> int:
        """Deliver all that is due now; a slow place does not hold up the others. Gives how many attempts were made."""
        attempts = 0
        under_way: set[asyncio.Task[None]] = set()
        try:
            while True:
                room = AT_ONCE - len(under_way)
                parcels = await asyncio.to_thread(self._storage.claim, self._clock.now(), LEASE, room) if room else []
                attempts += len(parcels)
                under_way |= {asyncio.create_task(self._deliver(parcel)) for parcel in parcels}
                if not under_way:
                    return attempts
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
        finally:  # stopped in the middle: what was claimed is looked up after the restart
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _deliver(self, parcel: Parcel) -> None:
        adapter = self._adapters.get(parcel.message.to.network)
        if adapter is None:
            again, why = self._clock.now() + NOT_HERE, "its network is not running"
            await asyncio.to_thread(self._storage.postponed, parcel, again, why, doubtful=False, tried=False)
            return
        try:
            async with asyncio.timeout(ATTEMPT):
                receipt = await self._attempt(adapter, parcel)
        except Unreachable as error:
            if isinstance(parcel.message.to, Person):  # before it is dropped: a crash in between repeats both
                await asyncio.to_thread(self._cannot_reach, parcel.team, parcel.message)
            await asyncio.to_thread(self._storage.dropped, parcel, str(error))
        except Undelivered as error:
            await self._later(parcel, error.until, str(error), doubtful=error.doubtful)
        except Exception as error:
            log.warning("message %s for %s did not go out", parcel.id, parcel.message.to.network, exc_info=error)
            await self._later(parcel, None, type(error).__name__, doubtful=True)
        else:
            await asyncio.to_thread(self._storage.delivered, parcel, receipt)

    @staticmethod
    async def _attempt(adapter: Adapter, parcel: Parcel) -> str:
        if parcel.receipt:
            return await adapter.edit(parcel)
        if parcel.doubtful:
            found = await adapter.find(parcel)
            if found is not None:
                return found
        return await adapter.send(parcel)

    async def _later(self, parcel: Parcel, until: datetime | None, why: str, *, doubtful: bool) -> None:
        if parcel.tries >= MOST_TRIES:
            log.error("message %s is given up after %d attempts: %s", parcel.id, parcel.tries, why)
            await asyncio.to_thread(self._storage.dropped, parcel, why)
            return
        until = until or self._clock.now() + min(SOONEST * (1 << min(parcel.tries, 12)), LATEST)
        await asyncio.to_thread(self._storage.postponed, parcel, until, why, doubtful=doubtful)
