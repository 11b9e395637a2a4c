"""Steward in a process of its own, as its operator starts it: its Slack is the stand-in, its time moves when told."""

import asyncio
import contextlib
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import storage
from bot.house import KINDS
from tests.adapters.slack.room import Room
from tests.adapters.slack.standin.lines import HttpMode
from tests.adapters.slack.standin.slack import Slack
from tests.adapters.slack.standin.workspace import APP_TOKEN, BOT_TOKEN, SECRET
from tests.engine_room import START
from tests.house import House
from tests.terminal.at import ROOT

LONGEST = 30.0  # seconds that a process may take to start, or to stop
LISTENS = "are listened for"  # what it says once Slack's requests get in


class Time:
    """The time by which everybody here goes: the stand-in, and each process that is started with its file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(START)

    def set(self, moment: datetime) -> None:
        """It is that moment now, for everybody."""
        self._ahead = (moment - datetime.now(UTC)).total_seconds()
        new = self.file.with_suffix(".new")
        new.write_text(str(self._ahead))
        new.replace(self.file)  # at once: the process reads it at any moment

    def pass_by(self, **delta: float) -> None:
        """Let that much time pass."""
        self.set(datetime.fromtimestamp(self.now(), UTC) + timedelta(**delta))

    def now(self) -> float:
        """In seconds since 1970."""
        return time.time() + self._ahead


class Steward:
    """One process. `async with Steward(…) as steward:` waits until Slack reaches it; at the end it is no more."""

    def __init__(self, folder: Path, slack: Slack, time: Time, mode: str = "socket", **environ: str) -> None:
        self.slack = slack
        self.lines: list[str] = []  # what it said on stderr
        self._folder = folder
        self._time = time
        self._http = mode == "http"
        self._port = free_port() if self._http else 0
        self._environ = {
            "PYTHONPATH": str(ROOT),
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "STEWARD_LOG_LEVEL": "info",
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            **({"SLACK_SIGNING_SECRET": SECRET} if self._http else {"SLACK_APP_TOKEN": APP_TOKEN}),
            **({"STEWARD_HTTP_PORT": str(self._port)} if self._http else {}),
            **environ,
        }

    async def __aenter__(self) -> Self:
        opened = self.slack.socket.opened
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.adapters.slack.launch", str(self._time.file), "run"),
            cwd=self._folder,
            env=self._environ,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read())
        try:
            async with asyncio.timeout(LONGEST):
                if self._http:
                    await self.says(LISTENS)
                    self.slack.line = HttpMode(f"http://127.0.0.1:{self._port}/slack/events", stamp=self._time.now)
                else:
                    await self.until(lambda: self.slack.socket.opened > opened, "a connection")
        except BaseException:
            await self.end()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.slack.hang_up()
        await self.end()

    async def end(self) -> None:
        """See to it that it is gone, whatever it does."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
        await self.process.wait()
        await self._reading

    async def ended(self) -> int:
        """Wait until it has ended by itself; gives its exit code."""
        async with asyncio.timeout(LONGEST):
            code = await self.process.wait()
            await self._reading
        return code

    async def until(self, found: Callable[[], object], what: str) -> None:
        """Wait for something at the stand-in or in what the process says; its end before that is a failure."""
        ended = asyncio.create_task(self.process.wait())
        waiting = asyncio.create_task(self.slack.until(found, what))
        await asyncio.wait({ended, waiting}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not waiting.done():
            waiting.cancel()
            await self._reading
            raise AssertionError(f"it ended before {what}:\n" + "\n".join(self.lines))
        await waiting

    async def says(self, words: str) -> None:
        """Wait until it says something on stderr."""
        await self.until(lambda: any(words in line for line in self.lines), f"the words “{words}”")

    @property
    def warnings(self) -> list[str]:
        """What it said that is more than information."""
        return [line for line in self.lines if " info " not in line]

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.lines.append(line.decode().rstrip())
            self.slack.changed()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.asynccontextmanager
async def a_slack(time: Time) -> AsyncIterator[Slack]:
    """The stand-in, which goes by that time; at the end it has nothing to complain of."""
    async with Slack(time.now) as slack:
        yield slack
        assert slack.complaints == []


@contextlib.contextmanager
def looking_into(folder: Path, slack: Slack) -> Iterator[Room]:
    """The database in a folder, while no process has it: what is there can be read, and more put in."""
    house = House(store=storage.open(f"sqlite:///{folder / 'steward.db'}", KINDS))
    try:
        yield Room(slack, house, "socket")
    finally:
        house.close()
