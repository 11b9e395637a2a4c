"""What `steward run` costs with both chat networks: from nothing to ready, and memory."""

import asyncio
import statistics
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from importlib.resources import as_file, files
from pathlib import Path
from time import perf_counter

from msgspec import Struct

import bot
from bot.terminal.bench.rows import Row, Target
from bot.terminal.bench.slack_end import APP_TOKEN, BOT_TOKEN, SlackEnd, slack_end

RUNS, QUICK_RUNS = 9, 3
PATIENCE = 60.0  # seconds
ROOT = Path(bot.__file__).parent.parent
STEWARD = "from bot.__main__ import main; main()"  # what the installed `steward` does
BARE = (
    "import discord, slack_bolt.async_app, slack_bolt.adapter.socket_mode.aiohttp; print('ready', flush=True); input()"
)


class Start(Struct, frozen=True):
    """How long a process took to be ready, in seconds, and the most memory that it held, in MB (0: not known here)."""

    seconds: float
    memory: float


def rows(scratch: Path, *, quick: bool) -> Iterator[Row]:
    """The start and the memory of both networks, beside importing their libraries bare."""
    folder = scratch / "both"
    folder.mkdir()
    with as_file(files("bot.content") / "alcts-accounts.csv") as sheet:
        words = ["init", "--name", "Bench", "--zone", "America/Chicago", "--accounts", str(sheet), "--yes"]
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", STEWARD, *words], cwd=folder, env=_environ(), check=True, capture_output=True
        )
    turns = asyncio.run(_turns(folder, QUICK_RUNS if quick else RUNS))
    bare, ours = ([turn[side].seconds * 1000 for turn in turns] for side in (0, 1))
    yield Row(
        "cold start to ready, both networks",
        f"{statistics.median(ours):,.0f} ms until Slack is connected and Discord asked to sign in; "
        f"importing slack-bolt async and discord.py bare {statistics.median(bare):,.0f} ms",
        statistics.median(mine / base for base, mine in zip(bare, ours, strict=True)),
        " ×",
        Target(1.5, 1.2, most=True),
    )
    least, most = (max(turn[side].memory for turn in turns) for side in (0, 1))
    if least:
        yield Row(
            "memory, both networks, sample accounts",
            f"{most:,.0f} MB; importing both libraries bare {least:,.0f} MB",
            most / least,
            " ×",
            Target(1.6, 1.3, most=True),
        )


async def _turns(folder: Path, count: int) -> list[tuple[Start, Start]]:
    return [(await _bare(folder), await _steward(folder)) for _turn in range(count)]


async def _bare(folder: Path) -> Start:
    begun = perf_counter()
    async with _process(folder, BARE) as process:
        if process.stdout is not None:
            await process.stdout.readline()
        return Start(perf_counter() - begun, _memory(process.pid))


async def _steward(folder: Path) -> Start:
    async with slack_end() as end:
        begun = perf_counter()
        async with _process(folder, STEWARD, "run", **_tokens(end)) as process, asyncio.timeout(PATIENCE):
            await asyncio.gather(end.connected(), end.discord_asked.wait())
            return Start(perf_counter() - begun, _memory(process.pid))


@asynccontextmanager
async def _process(folder: Path, code: str, *words: str, **environ: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Python with this code, ended at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code, *words),
        cwd=folder,
        env={**_environ(), **environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _environ() -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT)}


def _memory(pid: int) -> float:
    """The most memory that a process has held, in MB, where the system tells."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _tokens(end: SlackEnd) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": f"{end.url}/api/",
        "DISCORD_TOKEN": "bench",
        "DISCORD_API_URL": f"{end.url}/discord",
    }
