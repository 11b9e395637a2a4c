"""Parts of an engine for tests: a clock moved by hand, repeatable chance, an adapter that keeps what it is given."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.core.chat import Message
from bot.core.ports import Parcel

START = datetime(2026, 11, 23, 15, tzinfo=UTC)  # a Monday, 09:00 in Chicago


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


class SeededChance:
    """The same ids and codes in every run."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def id(self) -> str:
        return "".join(self._random.choices("abcdefghijkmnpqrstuvwxyz23456789", k=10))

    def code(self, bits: int) -> str:
        return "".join(self._random.choices("ABCDEFGHJKMNPQRSTVWXYZ23456789", k=-(-bits * 10 // 49)))


@dataclass
class Postbox:
    """An adapter that keeps what it is given; `fail` holds the errors to raise first."""

    network: str = "test"
    kept: dict[str, Message] = field(default_factory=dict)
    log: list[tuple[str, Message]] = field(default_factory=list)
    fail: list[Exception] = field(default_factory=list)

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def send(self, parcel: Parcel) -> str:
        if self.fail:
            raise self.fail.pop(0)
        receipt = f"r{len(self.log)}"
        self.kept[receipt] = parcel.message
        self.log.append(("send", parcel.message))
        return receipt

    async def edit(self, parcel: Parcel) -> str:
        if self.fail:
            raise self.fail.pop(0)
        self.kept[parcel.receipt] = parcel.message
        self.log.append(("edit", parcel.message))
        return parcel.receipt

    async def find(self, parcel: Parcel) -> str | None:
        return next((receipt for receipt, kept in self.kept.items() if kept.key == parcel.message.key), None)
