"""A whole Steward on the stand-in Slack: the real storage, engine, topics, worker and adapter, in either mode."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.slack.adapter import Slack as SlackAdapter
from bot.adapters.slack.outside import Keys, Outside
from bot.core.errands import Errands
from bot.core.pump import Pump
from bot.core.worker import Worker
from bot.topics.accounts.model import Account, Status
from bot.topics.team.codes import give_code
from bot.topics.team.model import House as HouseRecord
from bot.topics.team.model import Identity, Purpose, TeamRole
from tests.adapters.slack.standin.lines import HttpMode
from tests.adapters.slack.standin.slack import Slack
from tests.adapters.slack.standin.user import SlackUser
from tests.adapters.slack.standin.workspace import APP_TOKEN, BOT_TOKEN, SECRET
from tests.house import House

MODES = ("socket", "http")
STOPPING = 10.0  # seconds within which a stop has to be done


class Room:
    """Steward with the team `t`, and a Slack workspace; `start` connects them."""

    def __init__(self, slack: Slack, house: House, mode: str) -> None:
        self.slack = slack
        self.house = house
        self.mode = mode
        self.adapter = self.build()
        self._running: asyncio.Task[None] | None = None

    def build(self) -> SlackAdapter:
        """A new adapter and worker over the engine, as after a restart."""
        house, engine = self.house, self.house.engine
        http = self.mode == "http"
        keys = Keys(
            BOT_TOKEN,
            "" if http else APP_TOKEN,
            SECRET if http else "",
            port=0,
            api_url=self.slack.api_url,
        )
        by_name = engine.topics.router.by_name
        outside = Outside(engine.handle, engine.watch, engine.suggest, by_name, house.clock.now, flush=self._flush)
        self.adapter = SlackAdapter(keys, outside)
        pump = Pump(house.store, house.clock, {"slack": self.adapter}, engine.cannot_reach)
        house.worker = Worker(engine, pump, Errands(house.store, house.clock, {}, engine.finish_errand))
        return self.adapter

    async def _flush(self) -> None:
        await self.house.worker.flush()

    def now(self) -> float:
        """The hand-moved time, in seconds since 1970."""
        return self.house.clock.time.timestamp()

    async def start(self) -> None:
        """Start the adapter, and wait until it is connected."""
        self._running = asyncio.create_task(self.adapter.run())
        connected = asyncio.create_task(self.adapter.connected.wait())
        await asyncio.wait({self._running, connected}, timeout=STOPPING, return_when=asyncio.FIRST_COMPLETED)
        connected.cancel()
        if self._running.done():
            await self._running
        assert self.adapter.connected.is_set(), "Steward did not connect"
        if self.mode == "http":
            await self.slack.hang_up()
            self.slack.line = HttpMode(f"http://127.0.0.1:{self.adapter.port}/slack/events", stamp=self.now)

    @property
    def running(self) -> bool:
        """Is the adapter at work?"""
        return self._running is not None and not self._running.done()

    async def stop(self) -> None:
        """Stop the adapter as SIGTERM does, and wait until it has ended."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def restart(self) -> None:
        """Stop, and start again as a new process would: what was in memory is gone."""
        await self.stop()
        self.build()
        await self.start()

    async def settled(self) -> None:
        """Wait until Steward has dealt with all that it was handed."""
        await self.slack.events_settled()
        await self.adapter.answering.settled()

    # -- the team

    def belongs(self) -> None:
        """The workspace belongs to the team."""
        self.house.put(HouseRecord("slack:T1", self.house.clock.time))

    def volunteer(self, name: str, role: TeamRole = TeamRole.VOLUNTEER, **more: Any) -> SlackUser:
        """Somebody on Slack who is a volunteer of that name."""
        user = self.slack.user(name)
        self.belongs()
        kept = self.house.volunteer(name, role, **more)
        self.house.put(Identity(user.address, kept.id))
        self.house.store.write("t", lambda records: records.remove(Identity, f"test:{kept.id}")).result()
        return user

    def account(self, short: str = "ce-x", name: str = "Continuing education", **more: Any) -> None:
        """An active account."""
        self.house.put(Account(f"a-{short}", short, name, "x", status=Status.ACTIVE, **more))

    def code(self) -> str:
        """The one-time code that the terminal prints."""
        house = self.house
        made: str = house.store.write(
            "t", lambda records: give_code(records, house.chance, house.clock.now(), Purpose.START)
        ).result()
        return made

    # -- time

    async def settle(self) -> None:
        """Run and deliver all that is due now."""
        await self.house.worker.round()

    async def later(self, **delta: float) -> None:
        """Let time pass, stopping at each due time on the way."""
        await self.until(self.house.clock.time + timedelta(**delta))

    async def until(self, end: datetime) -> None:
        """Let time pass until `end`."""
        clock = self.house.clock
        await self.settle()
        while (due := self.house.store.next_due()) is not None and due <= end:
            clock.time = max(due, clock.time)
            await self.settle()
        clock.time = end
        await self.settle()


@contextlib.asynccontextmanager
async def room(mode: str = "socket", house: House | None = None, *, start: bool = True) -> AsyncIterator[Room]:
    """A room that is connected. At the end, Slack has nothing to complain of."""
    house = house or House()
    clock = house.clock

    def now() -> float:
        return clock.time.timestamp()

    async with Slack(now) as slack:
        made = Room(slack, house, mode)
        try:
            if start:
                await made.start()
            yield made
            await slack.events_settled()
            assert slack.complaints == []
        finally:
            await made.stop()
            house.close()
