"""Faults that a test can order for the next calls of a method of the Web API, or of `response_url`."""

import asyncio
from collections import defaultdict, deque

from msgspec import Struct, field


class Fault(Struct):
    """What goes wrong with one call."""

    status: int = 200
    error: str = ""  # answered as `ok: false`
    retry_after: int = 0
    performed: bool = False  # the call does its work all the same
    dropped: bool = False  # the connection closes without an answer
    slow: bool = False  # the answer waits for `go`
    page: bool = False  # a page of the website is answered
    endless: bool = False  # the answer begins well and never ends
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)


def rate_limited(seconds: int) -> Fault:
    """429: too many calls, again after so many seconds."""
    return Fault(status=429, error="ratelimited", retry_after=seconds)


def broken(*, performed: bool = False) -> Fault:
    """500: Slack is in trouble; whether it did what was asked is up to the test."""
    return Fault(status=500, error="internal_error", performed=performed)


def refused(error: str) -> Fault:
    """`ok: false` with an error of Slack's."""
    return Fault(error=error)


def slow() -> Fault:
    """Done at once, answered when the test sets `go`."""
    return Fault(performed=True, slow=True)


def dropped(*, performed: bool = True) -> Fault:
    """The connection breaks before the answer: after the work was done, or before."""
    return Fault(performed=performed, dropped=True)


class Faults:
    """The orders."""

    def __init__(self) -> None:
        self._orders: dict[str, deque[Fault]] = defaultdict(deque)

    def order(self, method: str, *faults: Fault) -> Fault:
        """The next calls of the method go wrong so, one after the other; gives the first fault."""
        self._orders[method].extend(faults)
        return faults[0]

    def next(self, method: str) -> Fault | None:
        """What goes wrong with the call that is being made."""
        waiting = self._orders[method]
        fault = waiting.popleft() if waiting else None
        if fault is not None:
            fault.arrived.set()
        return fault

    @property
    def left(self) -> dict[str, int]:
        """Orders that no call has met yet."""
        return {method: len(waiting) for method, waiting in self._orders.items() if waiting}
