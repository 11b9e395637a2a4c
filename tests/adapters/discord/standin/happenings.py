"""Waiting for what happens at the stand-in, without sleeping: whoever waits looks again after every happening."""

import asyncio
from collections.abc import Callable

LONGEST = 30.0  # seconds within which whatever a test waits for has to happen


class Happenings:
    """What tells those who wait that something happened."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def note(self) -> None:
        """Something happened."""
        for event in self._waiting:
            event.set()

    async def until(self, so: Callable[[], object], what: str) -> None:
        """Wait until it is so. AssertionError, naming `what`, where it never is."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            async with asyncio.timeout(LONGEST):
                while not so():
                    await event.wait()
                    event.clear()
        except TimeoutError:
            raise AssertionError(f"waited in vain for {what}") from None
        finally:
            self._waiting.discard(event)
