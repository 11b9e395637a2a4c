"""Is all well on Discord? What is wrong in plain words, with what to do."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence

import aiohttp
import discord
from msgspec import Struct

from bot.adapters.discord.addresses import number
from bot.adapters.discord.connecting import REFUSED
from bot.core.chat import Place

PATIENCE = 15.0  # seconds for Discord to answer
NEEDED = {
    "view_channel": "View Channels",
    "send_messages": "Send Messages",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
UNSYNCED = (
    "Discord does not show the commands as this release has them. `steward run` registers what has changed when it "
    "starts; `steward discord sync` registers all of them now."
)
SCOPES = ("bot", "applications.commands")
INVITED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)


class Sign(Struct, frozen=True):
    """One thing that was looked at: whether it is well, and a sentence."""

    well: bool
    sentence: str


async def examine(token: str, places: Sequence[Place], commands: Collection[str], *, synced: bool) -> list[Sign]:
    """Sign in and look around, as `look_around` does."""
    try:
        async with asyncio.timeout(PATIENCE), discord.Client(intents=discord.Intents.none()) as client:
            await client.login(token)
            return [sign async for sign in look_around(client, places, commands, synced=synced)]
    except discord.LoginFailure:
        return [Sign(False, REFUSED)]
    except (OSError, aiohttp.ClientError, TimeoutError, discord.HTTPException) as error:
        return [Sign(False, f"Discord can't be reached ({type(error).__name__}). Check this computer's connection.")]


async def look_around(
    client: discord.Client, places: Sequence[Place], commands: Collection[str], *, synced: bool = True
) -> AsyncIterator[Sign]:
    """What a client that has signed in finds: the servers, the registered commands, and the team's channels.

    `commands` are the names that Discord should show; `synced` is False where it is known that they have changed.
    """
    servers = [guild async for guild in client.fetch_guilds(limit=200)]
    if not servers:
        link = discord.utils.oauth_url(client.application_id or 0, permissions=INVITED, scopes=SCOPES)
        yield Sign(False, f"Steward is in no server yet. Open this link and choose your server: {link}")
        return
    yield Sign(True, f"the token works; Steward is in {', '.join(guild.name for guild in servers[:5])}.")
    if not synced or not await _registered(client) >= set(commands):
        yield Sign(False, UNSYNCED)
    for place in places:
        yield await _look_at(client, place, {guild.id for guild in servers})


async def _registered(client: discord.Client) -> set[str]:
    """The names that Discord shows."""
    return {str(one["name"]) for one in await client.http.get_global_commands(client.application_id or 0)}


async def _look_at(client: discord.Client, place: Place, servers: set[int]) -> Sign:
    """May Steward write in this channel?"""
    house = number(Place(place.house))
    if house not in servers or client.user is None:
        return Sign(
            False, f"a channel of the team is in a server that Steward is not in ({place.id}). Invite it there."
        )
    guild = await client.fetch_guild(house)
    me = await guild.fetch_member(client.user.id)
    channel = next((one for one in await guild.fetch_channels() if one.id == number(place)), None)
    if channel is None:
        return Sign(
            False,
            f"I can't see a channel of the team ({place.id}). Let Steward view it, or choose another one with "
            "`team channels`.",
        )
    may = channel.permissions_for(me)
    missing = [name for permission, name in NEEDED.items() if not getattr(may, permission)]
    if missing:
        return Sign(
            False, f"in #{channel.name}, Steward lacks {' and '.join(missing)}. Grant it in the channel's settings."
        )
    return Sign(True, f"Steward may write in #{channel.name}.")
