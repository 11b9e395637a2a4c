"""A command on Discord, from its arrival to its first answer, beside discord.py by itself with the same rows."""

import asyncio
import itertools
import json
import sqlite3
import statistics
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from time import perf_counter
from typing import Any

import discord
from aiohttp import web
from discord import app_commands
from discord.http import Route

from bot.adapters.discord.adapter import Discord, Outside
from bot.adapters.discord.sync import Marks
from bot.terminal.bench.commands import raw_command, raw_connection
from bot.terminal.bench.rows import Row, Target
from bot.terminal.bench.world import NOON, World, add_teams, world
from bot.topics.team.model import House, Identity

ROUNDS, COUNT, QUICK_COUNT = 5, 400, 100
WARM = 20  # interactions before the clock is read
GUILD, CHANNEL, USER, BOT = "11", "12", "13", "14"
TYPED = discord.InteractionType.application_command.value
_IDS = itertools.count(1000)


def rows(scratch: Path, *, quick: bool) -> Iterator[Row]:
    """The one row about Discord."""
    file = scratch / "discord.db"
    with world(file) as one, closing(raw_connection(file)) as conn:
        add_teams(one.storage, 0, 1)
        house, identity = House(f"discord:{GUILD}", NOON), Identity(f"discord:{USER}", "v0")
        one.storage.write("t0", lambda records: records.put(house, identity)).result()
        turns = asyncio.run(_turns(one, conn, QUICK_COUNT if quick else COUNT))
    bare, ours = (statistics.median(times) * 1e6 for times in zip(*turns, strict=True))
    yield Row(
        "Discord interaction to first answer, p50",
        f"{ours:,.0f} µs; a bare discord.py tree with the same rows {bare:,.0f} µs",
        statistics.median(own / other for other, own in turns),
        " ×",
        Target(1.3, 1.1, most=True),
    )


async def _turns(one: World, conn: sqlite3.Connection, count: int) -> list[tuple[float, float]]:
    """The median time of each turn: discord.py by itself, and Steward."""
    async with _server() as answered, _bare(conn) as bare, _steward(one) as ours:
        for client in (bare, ours):
            await _median(client, answered, WARM)
        return [(await _median(bare, answered, count), await _median(ours, answered, count)) for _turn in range(ROUNDS)]


async def _median(client: discord.Client, answered: "asyncio.Queue[float]", count: int) -> float:
    times = []
    for _number in range(count):
        payload = _typed()
        begun = perf_counter()
        client._connection.parse_interaction_create(payload)  # type: ignore[arg-type]  # noqa: SLF001 - as the gateway does
        times.append(await answered.get() - begun)
    return statistics.median(times)


@asynccontextmanager
async def _server() -> AsyncIterator["asyncio.Queue[float]"]:
    """A small Discord on this machine; gives when each answer reached it."""
    answered: asyncio.Queue[float] = asyncio.Queue()

    async def handle(request: web.Request) -> web.Response:
        if request.path.endswith("/callback"):
            await request.read()
            answered.put_nowait(perf_counter())
            told = {"id": "1", "type": TYPED, "response_message_id": "2", "response_message_ephemeral": True}
            return _json({"interaction": told})
        person = {"id": BOT, "username": "steward", "discriminator": "0", "avatar": None, "bot": True}
        if request.path.endswith("/users/@me"):
            return _json(person)
        about = {"id": BOT, "name": "Steward", "icon": None, "description": "", "verify_key": "", "flags": 0}
        return _json({**about, "bot_public": False, "bot_require_code_grant": False, "owner": person})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    before, Route.BASE = Route.BASE, f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield answered
    finally:
        Route.BASE = before
        await runner.cleanup()


def _json(told: object) -> web.Response:
    """An answer as Discord gives it: discord.py knows it by exactly this type."""
    return web.Response(body=json.dumps(told).encode(), content_type="application/json")


@asynccontextmanager
async def _bare(conn: sqlite3.Connection) -> AsyncIterator[discord.Client]:
    """discord.py by itself, with a command that writes the same rows."""
    client = discord.AutoShardedClient(intents=discord.Intents.none())
    tree = app_commands.CommandTree(client)
    group = app_commands.Group(name="bench", description="Bench")

    @group.command(name="note", description="Note")
    async def note(interaction: discord.Interaction[Any], post: str) -> None:
        raw_command(conn, f"discord:{interaction.id}")
        await interaction.response.send_message("Noted", ephemeral=True)

    tree.add_command(group)
    async with client:
        await client.login("a.token")
        yield client


@asynccontextmanager
async def _steward(one: World) -> AsyncIterator[discord.Client]:
    engine = one.engine
    marks = Marks(lambda: "", lambda _mark: None)
    outside = Outside(
        engine.handle, engine.suggest, engine.topics.router.by_name, one.clock.now, lambda: "k" * 10, marks
    )
    adapter = Discord("a.token", outside)
    adapter.client.registers = False
    async with adapter.client:
        await adapter.client.login("a.token")
        yield adapter.client


def _typed() -> dict[str, Any]:
    """`/bench note`, as Discord tells of it."""
    option = {"name": "post", "type": 3, "value": "p0"}
    user = {"id": USER, "username": "ann", "discriminator": "0", "avatar": None}
    member = {
        "user": user,
        "roles": [],
        "permissions": "0",
        "joined_at": NOON.isoformat(),
        "deaf": False,
        "mute": False,
    }
    return {
        "id": str(next(_IDS)),
        "application_id": BOT,
        "type": TYPED,
        "token": "t",
        "version": 1,
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "member": {**member, "flags": 0},
        "data": {
            "id": "1",
            "name": "bench",
            "type": 1,
            "options": [{"name": "note", "type": 1, "options": [option]}],
        },
        "entitlements": [],
        "authorizing_integration_owners": {},
        "attachment_size_limit": 1,
    }
