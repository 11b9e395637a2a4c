"""A whole Steward connected to the stand-in by real sockets: the real storage, engine, topics, worker and adapter."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

from discord.http import Route

from bot.adapters.discord.gateway import point_at
from bot.adapters.discord.sync import Marks
from bot.topics.accounts.model import Account, Status
from bot.topics.team.model import House as HouseRecord
from bot.topics.team.model import Identity, TeamRole
from tests.adapters.discord.room import over, passing
from tests.adapters.discord.standin.discord import Standin
from tests.adapters.discord.standin.people import Somebody
from tests.house import House

STOPPING = 10.0  # seconds within which a stop has to be done


class Line:
    """Steward with the team `t`, whose server is the stand-in's guild; `start` connects it."""

    def __init__(self, discord: Standin, house: House) -> None:
        self.discord = discord
        self.house = house
        self.mark = ""
        self._running: asyncio.Task[None] | None = None
        house.put(HouseRecord(f"discord:{discord.guild.id}", house.clock.time))
        self.build()

    def build(self) -> None:
        """A new adapter, as after a restart."""
        marks = Marks(lambda: self.mark, self._keep)
        self.adapter = over(self.house, marks, self.discord.api.token, gateway_url=self.discord.gateway_url)

    def _keep(self, mark: str) -> None:
        self.mark = mark

    async def start(self) -> None:
        """Start, and wait until it is connected; whatever keeps it from that is raised."""
        self._running = asyncio.create_task(self.adapter.run())
        connecting = asyncio.create_task(self.discord.connected())
        await asyncio.wait({self._running, connecting}, return_when=asyncio.FIRST_COMPLETED)
        if self._running.done():
            connecting.cancel()
            await self.ended()
        await connecting

    async def stop(self) -> None:
        """Stop as SIGTERM does, and wait until it has ended."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait_for(self._running, STOPPING)
            self._running = None

    async def ended(self) -> None:
        """Wait until it ends by itself; what it ends with is raised."""
        assert self._running is not None
        running, self._running = self._running, None
        await asyncio.wait_for(running, STOPPING)

    def volunteer(self, name: str, role: TeamRole = TeamRole.VOLUNTEER) -> Somebody:
        """Somebody in the guild who is an active volunteer."""
        kept = self.house.volunteer(name, role)
        somebody = self.discord.somebody(name)
        self.house.store.write("t", lambda records: records.remove(Identity, f"test:{kept.id}")).result()
        self.house.put(Identity(somebody.address, kept.id))
        return somebody

    def account(self, short: str, owner: str, **more: Any) -> None:
        """An active account."""
        self.house.put(Account(f"a-{short}", short, short.upper(), "x", status=Status.ACTIVE, owner=owner, **more))

    async def later(self, **delta: float) -> None:
        """Let time pass, stopping at each due time on the way."""
        await passing(self.house, **delta)


@contextlib.contextmanager
def moved(api_url: str) -> Iterator[None]:
    """Discord's interface stands there meanwhile."""
    before = Route.BASE
    point_at(api_url)
    try:
        yield
    finally:
        Route.BASE = before


@contextlib.asynccontextmanager
async def line(house: House | None = None, *, start: bool = True) -> AsyncIterator[Line]:
    """A line that is up. At the end, Discord has nothing to complain of."""
    house = house or House()
    try:
        async with Standin() as discord:
            made = Line(discord, house)
            with moved(discord.api_url):
                try:
                    if start:
                        await made.start()
                    yield made
                    assert discord.api.complaints == []
                finally:
                    await made.stop()
    finally:
        house.close()
