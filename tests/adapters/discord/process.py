"""`steward run` as the operator starts it: a process of its own, whose Discord is the stand-in."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path

from msgspec.structs import replace

import storage
from bot.core.ports import Records, Storage
from bot.core.pump import LEASE
from bot.house import KINDS
from bot.topics.posting.model import Watch
from bot.topics.posting.watching import GAP
from bot.topics.team.model import NO_COUNTRY, Identity, Standing, Volunteer
from bot.topics.team.nudging import NUDGE
from tests.adapters.discord.standin.discord import Standin
from tests.adapters.discord.standin.people import Somebody
from tests.terminal.at import ROOT, Printed, own_process

LONGEST = 30.0  # seconds that a process may take to start, or to stop
CODE = re.compile(r"start (\S+)")
MORNING = 6  # the volunteers' hour of the day, whatever the time is: far from midnight, which ends the day of a nudge


class Steward:
    """The process while it runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def code(self) -> str:
        """The one-time code that it prints."""
        assert self._process.stdout is not None
        while not (found := CODE.search((await self._process.stdout.readline()).decode())):
            assert not self._process.stdout.at_eof()
        return found[1]

    def stop(self) -> None:
        """SIGTERM."""
        self._process.send_signal(signal.SIGTERM)

    async def kill(self) -> None:
        """SIGKILL: nothing of it is left."""
        self._process.kill()
        await self._process.wait()

    async def ended(self) -> Printed:
        """Wait until it has ended; what it printed."""
        out, err = await asyncio.wait_for(self._process.communicate(), LONGEST)
        assert self._process.returncode is not None
        return Printed(self._process.returncode, out.decode(), err.decode())


def settings(discord: Standin) -> dict[str, str]:
    """What the operator sets to use this Discord."""
    return {
        "DISCORD_TOKEN": discord.api.token,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
    }


async def done(folder: Path, discord: Standin, *words: str) -> Printed:
    """Another command of the terminal's."""
    return await asyncio.to_thread(partial(own_process, folder, *words, **settings(discord)))


@contextlib.asynccontextmanager
async def running(folder: Path, discord: Standin, *, connects: bool = True) -> AsyncIterator[Steward]:
    """The process, once it is connected. It is ended if the test did not."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            **settings(discord),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        if connects:
            await discord.connected()
        yield Steward(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def a_team(folder: Path) -> None:
    """A new team in that folder."""
    words = ("init", "--name", "Library association", "--zone", "UTC", "--yes")
    made = await asyncio.to_thread(own_process, folder, *words)
    assert made.code == 0, made.err


@contextlib.contextmanager
def records(folder: Path) -> Iterator[tuple[Storage, str]]:
    """What it has kept, while it is stopped; and the team."""
    store = storage.open(f"sqlite:///{folder / 'steward.db'}", KINDS)
    try:
        yield store, store.tenancy.teams()[0]
    finally:
        store.close()


def is_volunteer(folder: Path, somebody: Somebody) -> None:
    """They are in the team, may be written to, and it is a morning of theirs on which they may be."""
    behind = (datetime.now(UTC).hour - MORNING + 12) % 24 - 12
    volunteer = Volunteer(
        "ann",
        "Ann",
        standing=Standing.ACTIVE,
        zone=f"Etc/GMT{behind:+d}",
        hour=time(0),
        quiet_from=time(0),
        quiet_to=time(0),
        weekends=True,
        country=NO_COUNTRY,
        reminders=True,
        joined=datetime.now(UTC) - timedelta(days=60),
    )
    with records(folder) as (store, team):
        store.write(team, lambda kept: kept.put(volunteer, Identity(somebody.address, "ann"))).result()


def reminder_is_due(folder: Path) -> None:
    """Time passes until Ann is to be reminded: what gave her accounts a fresh start is long ago."""
    now = datetime.now(UTC)

    def age(kept: Records) -> None:
        for watch in kept.find(Watch):
            kept.put(replace(watch, clock_from=now - timedelta(days=60)))
            kept.wake(GAP, watch.id, now - timedelta(seconds=1))
        kept.wake(NUDGE, "ann", now)

    with records(folder) as (store, team):
        store.write(team, age).result()


def leases_run_out(folder: Path) -> None:
    """Time passes until what was on its way counts as doubtful."""
    now = datetime.now(UTC)
    with records(folder) as (store, _team):
        for parcel in store.claim(now + LEASE + timedelta(seconds=1), LEASE, 10):
            store.postponed(parcel, now, "time has passed", doubtful=parcel.doubtful)
