"""The local console put together: who can be there, what time it is, and how time passes for the sample team."""

import asyncio
import sys
from datetime import datetime, timedelta
from functools import partial

from bot.adapters.console.adapter import Console
from bot.adapters.console.outside import Outside
from bot.core.worker import Worker
from bot.house import complete, worker_for
from bot.settings import Settings
from bot.terminal.greeting import greeting
from bot.terminal.opening import CONSOLE, TERMINAL, Opened
from bot.terminal.people import name_of, zone_of
from bot.terminal.world import TravellingClock

LEAST_STEP = timedelta(minutes=1)  # while time passes: what is due and can't be done yet does not stop it


async def converse(settings: Settings, house: Opened) -> None:
    """Talk with whoever sits at the terminal until they leave."""
    due = Due(house)
    clock = house.clock
    console = Console(
        Outside(
            handle=house.engine.handle,
            suggest=house.engine.suggest,
            complete=lambda who, line: complete(house.engine, who, TERMINAL, line),
            names=lambda: [(one.name, person) for one, person in house.people() if person.network == CONSOLE],
            name_of=partial(name_of, house),
            zone_of=partial(zone_of, house),
            mail=house.storage.messages_to,
            now=clock.now,
            me=house.sitting_here(),
            where=TERMINAL,
            later=partial(due.pass_time, clock) if isinstance(clock, TravellingClock) else None,
            settled=due.do,
            newcomers=True,
            greeting=greeting(house),
            styled=settings.styled,
        )
    )
    due.worker = worker_for(house.engine, {CONSOLE: console})
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        await console.run()  # lines from a pipe: what is due is done after each one, so that all comes in order
        return
    beside = asyncio.create_task(due.worker.run())
    try:
        await console.run()
    finally:
        beside.cancel()
        await asyncio.gather(beside, return_exceptions=True)


class Due:
    """Does what is due, now or at each due time on the way to a later moment."""

    def __init__(self, house: Opened) -> None:
        self._house = house
        self.worker: Worker | None = None  # made after the console, to which it delivers

    async def do(self) -> None:
        """Do all that is due now."""
        if self.worker:
            await self.worker.round()

    async def pass_time(self, clock: TravellingClock, span: timedelta) -> datetime:
        """Let time pass, stopping at each due time on the way; gives the new moment. Kept for the next start."""
        end = clock.now() + span
        await self.do()
        soonest = clock.now()
        while (due := self._house.storage.next_due()) and max(due, soonest) <= end:
            await self._arrive(clock, max(due, soonest))
            soonest = clock.now() + LEAST_STEP
        await self._arrive(clock, end)
        return clock.now()

    async def _arrive(self, clock: TravellingClock, moment: datetime) -> None:
        clock.move_to(moment)
        await asyncio.to_thread(clock.keep)
        await self.do()
