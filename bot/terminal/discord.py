"""Discord at the terminal: its adapter over the engine, the registration of its commands, and whether all is well."""

import asyncio
from functools import partial

from bot.adapters.discord import health
from bot.adapters.discord.adapter import Discord, Outside
from bot.adapters.discord.connecting import REFUSED
from bot.adapters.discord.gateway import point_at
from bot.adapters.discord.sync import MARK, Marks, names, register, stamp
from bot.core.chat import Place
from bot.core.engine import Engine
from bot.core.ports import Adapter, Flush, Records, Storage
from bot.errors import Trouble
from bot.settings import Settings
from bot.terminal.opening import Opened, opened
from bot.terminal.world import SystemChance
from bot.topics.team.nudging import team_of

NO_TOKEN = "DISCORD_TOKEN is not set. README.md says, step by step, where it comes from."  # noqa: S105 - a sentence


def discord_adapter(settings: Settings, engine: Engine, flush: Flush) -> Adapter:
    """Discord over this engine."""
    return _adapter(settings, engine, flush)


def _adapter(settings: Settings, engine: Engine, flush: Flush | None = None) -> Discord:
    point_at(settings.discord_api_url)
    router, storage = engine.topics.router, engine.storage
    marks = Marks(partial(storage.mark, MARK), partial(storage.set_mark, MARK))
    outside = Outside(
        engine.handle,
        engine.suggest,
        router.by_name,
        engine.clock.now,
        SystemChance().id,
        marks,
        flush=flush,
        places=partial(places_in, storage),
    )
    return Discord(settings.discord_token.reveal(), outside, gateway_url=settings.discord_gateway_url)


def sync(settings: Settings, guild: int | None) -> str:
    """Register the commands with Discord, everywhere or at once in one server. Raises Trouble, saying what to do."""
    if not settings.discord_token:
        raise Trouble(NO_TOKEN)
    with opened(settings) as house:
        adapter = _adapter(settings, house.engine)
        count = asyncio.run(_sync(adapter, settings, guild, house))
    where = "in that server, where they show at once" if guild else "everywhere; people see them within minutes"
    return f"Registered {count} commands {where}."


async def _sync(adapter: Discord, settings: Settings, guild: int | None, house: Opened) -> int:
    """Sign in without connecting, and register."""
    import aiohttp  # noqa: PLC0415 - discord.py brings it
    import discord  # noqa: PLC0415 - only those who use it load it

    client = adapter.client
    client.registers = False
    try:
        async with client:
            await client.login(settings.discord_token.reveal())
            count = await register(client.tree, guild)
            if guild is None:
                house.storage.set_mark(MARK, stamp(client.tree, client.application_id))
            return count
    except discord.LoginFailure as error:
        raise Trouble(REFUSED) from error
    except (OSError, aiohttp.ClientError, TimeoutError) as error:
        raise Trouble("Discord can't be reached. Check this computer's connection, and try again.") from error


def look(settings: Settings) -> list[health.Sign]:
    """Is all well on Discord?"""
    point_at(settings.discord_api_url)
    with opened(settings, sample=False) as house:
        places = places_in(house.storage)
        kept = house.storage.mark(MARK).partition(":")[2]
        tree = _adapter(settings, house.engine).client.tree
        synced = kept == stamp(tree, None).partition(":")[2]
    return asyncio.run(health.examine(settings.discord_token.reveal(), places, names(tree), synced=synced))


def places_in(storage: Storage) -> list[Place]:
    """The channels of every team on Discord."""
    return [place for team in storage.tenancy.teams() for place in storage.read(team, _places)]


def _places(records: Records) -> tuple[Place, ...]:
    """One team's channels on Discord."""
    team = team_of(records)
    return tuple(Place(one) for one in (team.channel, team.crisis_channel) if one.startswith("discord:"))
