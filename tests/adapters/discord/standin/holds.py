"""What a test can order for the next calls of a route: that they hold their answer back, or never give it."""

import asyncio
from collections import deque
from fnmatch import fnmatch

from msgspec import Struct, field

from tests.adapters.discord.standin.happenings import LONGEST


class Hold(Struct):
    """A call that does its work; its answer waits for `go`, and never arrives where the connection is dropped."""

    dropped: bool = False
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def reached(self) -> None:
        """Wait until the call is there."""
        await asyncio.wait_for(self.arrived.wait(), LONGEST)


def slow() -> Hold:
    """Done at once, answered when the test sets `go`."""
    return Hold()


def dropped() -> Hold:
    """Done, and then the connection breaks before the answer."""
    hold = Hold(dropped=True)
    hold.go.set()
    return hold


class Holds:
    """The orders, each for one call, first come first served."""

    def __init__(self) -> None:
        self._orders: deque[tuple[str, Hold]] = deque()

    def order(self, call: str, hold: Hold) -> Hold:
        """The next call that fits, such as `POST /channels/*/messages`, is held so."""
        self._orders.append((call, hold))
        return hold

    def next(self, call: str) -> Hold | None:
        """What was ordered for the call that is being made."""
        for order in self._orders:
            if fnmatch(call, order[0]):
                self._orders.remove(order)
                order[1].arrived.set()
                return order[1]
        return None
