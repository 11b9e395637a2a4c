"""How fast a Slack command is acknowledged, beside bolt async as it is shipped."""

import asyncio
import gc
import statistics
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from bot.adapters.slack.adapter import Slack
from bot.adapters.slack.outside import Keys, Outside
from bot.core.ports import Records
from bot.terminal.bench.rows import Row, Target
from bot.terminal.bench.slack_end import APP_TOKEN, BOT_TOKEN, PATIENCE, SECRET, TEAM, USER, Ask, SlackEnd, slack_end
from bot.terminal.bench.world import NOON, World, add_teams, world
from bot.topics.team.model import House, Identity

COUNT, QUICK_COUNT = 1_000, 200
TURNS = 3
AT_ONCE = 20
WARM = 5  # commands of each before anything is measured

Way = Callable[[SlackEnd], AbstractAsyncContextManager[Ask]]
"""Brings an app up at Slack's end, and gives a way to type commands to it."""


def rows(scratch: Path, *, quick: bool) -> Iterator[Row]:
    """Every row about Slack."""
    with world(scratch / "slack.db") as one:
        add_teams(one.storage, 0, 1)
        one.storage.write("t0", _on_slack).result()
        yield from asyncio.run(_acknowledged(one, QUICK_COUNT if quick else COUNT))


def _on_slack(records: Records) -> None:
    records.put(House(f"slack:{TEAM}", NOON), Identity(f"slack:{TEAM}/{USER}", "v0"))


async def _acknowledged(one: World, count: int) -> list[Row]:
    from bot.terminal.bench import bolt  # noqa: PLC0415 - loads Slack's library, which other rows are measured without

    ways: tuple[tuple[str, Way, Way], ...] = (
        ("HTTP", partial(_over_http, one), bolt.bolt_over_http),
        ("socket", partial(_over_socket, one), bolt.bolt_over_socket),
    )
    found: list[Row] = []
    for name, ours, theirs in ways:
        turns = [(await _times(ours, count), await _times(theirs, count // 4)) for _turn in range(TURNS)]
        ratio = statistics.median(base.middle / mine.middle for mine, base in turns)
        mine, base = (statistics.median(one.middle for one in side) * 1000 for side in zip(*turns, strict=True))
        slowest, theirs_slowest = (
            statistics.median(one.slow_of_many for one in side) * 1000 for side in zip(*turns, strict=True)
        )
        found += [
            Row(
                f"Slack command to acknowledgement, {name}, one in flight",
                f"p50 {mine:,.2f} ms, kept and answered; bolt async as shipped, which does nothing, {base:,.2f} ms",
                ratio,
                " × faster",
                Target(5, 15),
            ),
            Row(
                f"Slack commands, {name}, {AT_ONCE} in flight, p99",
                f"of {count:,} durable commands and answers; bolt, which does nothing, {theirs_slowest:,.2f} ms",
                slowest,
                " ms",
                Target(25, 10, most=True),
            ),
        ]
    return found


class Times(Struct, frozen=True):
    """How long acknowledgements took, in seconds: the median of one in flight, and p99 of many."""

    middle: float
    slow_of_many: float


async def _times(way: Way, count: int) -> Times:
    async with slack_end() as end, way(end) as ask:
        await _together(ask, WARM * AT_ONCE)  # every connection is there
        gc.collect()
        gc.freeze()  # as `steward run` does when all is loaded
        single = await _one_by_one(ask, count)
        many = await _together(ask, count)
    return Times(statistics.median(single), statistics.quantiles(many, n=100)[-1])


async def _one_by_one(ask: Ask, count: int) -> list[float]:
    return [await _timed(ask) for _number in range(count)]


async def _together(ask: Ask, count: int) -> list[float]:
    times: list[float] = []

    async def keep_asking(share: int) -> None:
        times.extend(await _one_by_one(ask, share))

    await asyncio.gather(*(keep_asking(count // AT_ONCE) for _person in range(AT_ONCE)))
    return times


async def _timed(ask: Ask) -> float:
    begun = perf_counter()
    await ask("bench note p0")
    return perf_counter() - begun


def _adapter(one: World, end: SlackEnd, app_token: str) -> Slack:
    engine = one.engine
    keys = Keys(BOT_TOKEN, app_token, "" if app_token else SECRET, port=0, api_url=f"{end.url}/api/")
    by_name = engine.topics.router.by_name
    return Slack(keys, Outside(engine.handle, engine.watch, engine.suggest, by_name, one.clock.now))


@asynccontextmanager
async def _running(adapter: Slack) -> AsyncIterator[None]:
    task = asyncio.create_task(adapter.run())
    try:
        async with asyncio.timeout(PATIENCE):
            await adapter.connected.wait()
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def _over_http(one: World, end: SlackEnd) -> AsyncIterator[Ask]:
    adapter = _adapter(one, end, "")
    async with _running(adapter):
        yield end.over_http(f"http://127.0.0.1:{adapter.port}/slack/events", lambda: one.clock.now().timestamp())


@asynccontextmanager
async def _over_socket(one: World, end: SlackEnd) -> AsyncIterator[Ask]:
    async with _running(_adapter(one, end, APP_TOKEN)):
        await end.connected()
        yield end.over_socket
