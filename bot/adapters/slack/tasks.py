"""What is done beside: a failure is logged, and a stop waits for it within a bounded time."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)

DRAIN = 20.0  # seconds within which what is under way is finished at a stop


class Tasks:
    """Keeps what is under way, until it is done."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside."""
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def drained(self) -> None:
        """Let what is under way be finished, and end what takes too long."""
        if self._tasks:
            _done, left = await asyncio.wait(set(self._tasks), timeout=DRAIN)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("an answer on Slack went wrong")
