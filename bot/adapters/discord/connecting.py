"""Signing in and connecting: as often as it takes while Discord can't be reached, and never again where it refuses."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator

import aiohttp
import discord

from bot.errors import Trouble

log = logging.getLogger(__name__)

AGAIN_SOONEST, AGAIN_LATEST = 2.0, 60.0  # seconds until the next try
WRONG_TOKEN = 4004  # the code with which Discord closes a connection whose token it does not know
UNREACHABLE = (OSError, aiohttp.ClientError, TimeoutError, discord.GatewayNotFound, discord.DiscordServerError)

PORTAL = "Open discord.com/developers/applications, choose your application, then Bot"
REFUSED = (
    f"Discord does not know the token in DISCORD_TOKEN. {PORTAL}, then “Reset Token”, and copy the new one into .env."
)
DISALLOWED = (
    "Discord closed the connection: this application may not receive what Steward asks for (code 4014, disallowed "
    f"intents). {PORTAL}, and look whether Discord has put a limit on it. Steward needs no privileged intent."
)
CLOSED = (
    "Discord closed the connection for good (code {code}). Install the newest release of Steward; if it is the newest, "
    "tell whoever makes it this code."
)
NOT_TAKEN = "Discord did not let Steward sign in ({status}, code {code}). Wait a few minutes, then start it again."


async def sign_in(client: discord.Client, token: str) -> None:
    """Sign in. Raises Trouble where Discord refuses."""

    async def try_once() -> None:
        try:
            await client.login(token)
        except UNREACHABLE:
            await client.http.close()  # the next try opens its own
            client.http.connector = discord.utils.MISSING
            raise

    with _named():
        await _until_taken(client, try_once)


async def stay_connected(client: discord.Client) -> None:
    """Connect, and stay so until cancelled. Raises Trouble where Discord refuses."""
    with _named():
        await _until_taken(client, lambda: client.connect(reconnect=True))


async def _until_taken(client: discord.Client, ask: Callable[[], Awaitable[None]]) -> None:
    pause = AGAIN_SOONEST
    while True:
        try:
            await ask()
        except UNREACHABLE as error:
            if client.is_closed():
                raise
            log.warning("Discord can't be reached (%s); trying again in %d s", type(error).__name__, pause)
            wait = pause
        except discord.RateLimited as error:
            log.warning("Discord wants a pause; trying again in %d s", error.retry_after)
            wait = error.retry_after
        else:
            return
        await asyncio.sleep(wait)
        pause = min(pause * 2, AGAIN_LATEST)


@contextlib.contextmanager
def _named() -> Iterator[None]:
    """What Discord refuses, in plain words."""
    try:
        yield
    except discord.LoginFailure as error:
        raise Trouble(REFUSED) from error
    except discord.PrivilegedIntentsRequired as error:
        raise Trouble(DISALLOWED) from error
    except discord.ConnectionClosed as error:
        raise Trouble(REFUSED if error.code == WRONG_TOKEN else CLOSED.format(code=error.code)) from error
    except discord.HTTPException as error:
        raise Trouble(NOT_TAKEN.format(status=error.status, code=error.code)) from error
