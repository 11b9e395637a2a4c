"""Errands: slow or outside work, done after the commit, its result a request of the engine's own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bot.core.chat import Request
from bot.core.ports import Clock, Errand, Job, Storage

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than any errand may take
LONGEST = 120.0  # seconds that one errand may take
AT_ONCE = 4
SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=6)

Run = Callable[[Errand], Awaitable[Request]]
"""Does an errand and gives the command that takes its result. Doing it twice must be harmless: a crash repeats it."""


class Errands:
    """Runs the errands that wait, a few at a time."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        kinds: Mapping[str, Run],
        finish: Callable[[str, Errand, Request], None],
    ) -> None:
        """`kinds` says how each kind of errand is done; `finish(team, errand, result)` runs its result, in a thread."""
        self._storage = storage
        self._clock = clock
        self._kinds = kinds
        self._finish = finish

    async def drain(self) -> int:
        """Run all that is due now; gives how many."""
        ran = 0
        while jobs := await asyncio.to_thread(self._storage.claim_errands, self._clock.now(), LEASE, AT_ONCE):
            await asyncio.gather(*map(self._do, jobs))
            ran += len(jobs)
        return ran

    async def _do(self, job: Job) -> None:
        try:
            async with asyncio.timeout(LONGEST):
                result = await self._kinds[job.errand.kind](job.errand)
            await asyncio.to_thread(self._finish, job.team, job.errand, result)
        except Exception as error:
            log.warning("errand %s (%s) waits for another try", job.errand.id, job.errand.kind, exc_info=error)
            until = self._clock.now() + min(SOONEST * (1 << min(job.tries, 12)), LATEST)
            await asyncio.to_thread(self._storage.postpone_errand, job, until, type(error).__name__)
