"""Discord as one of Steward's chat networks."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime

import aiohttp
import discord
from msgspec import Struct

from bot.adapters.discord.addresses import NETWORK
from bot.adapters.discord.answering import Answering
from bot.adapters.discord.forms import Kept
from bot.adapters.discord.gateway import Client
from bot.adapters.discord.send import Sending
from bot.adapters.discord.sync import Marks
from bot.core.command import Command
from bot.core.ports import Flush, Handle, Parcel, Suggest
from bot.errors import Trouble

log = logging.getLogger(__name__)

AGAIN_SOONEST, AGAIN_LATEST = 2.0, 60.0  # seconds until the next try to sign in
REFUSED = (
    "Discord does not know the token in DISCORD_TOKEN. Open discord.com/developers/applications, choose your "
    "application, then Bot, then “Reset Token”, and copy the new one into .env."
)


class Outside(Struct, frozen=True):
    """What the composition root brings: the engine's ways in, the command table, the time, and what it remembers.

    `new_key` gives ten letters and digits; `flush` delivers what waits, and is awaited before the connection is closed;
    `seconds` counts up from any fixed moment.
    """

    handle: Handle
    suggest: Suggest
    commands: Mapping[str, Command]
    now: Callable[[], datetime]
    new_key: Callable[[], str]
    marks: Marks
    seconds: Callable[[], float] = time.monotonic
    flush: Flush | None = None


class Discord:
    """Reads interactions, answers them, and delivers messages, through one connection."""

    network = NETWORK

    def __init__(self, token: str, outside: Outside, shards: int | None = None) -> None:
        """`shards` is left to Discord unless told."""
        kept = Kept(outside.seconds, outside.new_key)
        commands = tuple(dict.fromkeys(outside.commands.values()))
        self._token = token
        self._flush = outside.flush
        self.answering = Answering(outside.handle, outside.suggest, outside.commands, kept)
        self.client = Client(commands, self.answering, outside.marks, shards)
        sending = Sending(self.client, outside.now, lambda: self.client.user is not None)
        self._sending = sending

    async def run(self) -> None:
        """Stay connected until cancelled; then answer what is under way. Raises Trouble where the token is wrong."""
        try:
            async with self.client:
                try:
                    await self._sign_in()
                    await self.client.connect(reconnect=True)
                finally:
                    await asyncio.shield(self.client.drained())
                    if self._flush and self.client.user is not None:
                        await asyncio.shield(self._flush())
        except discord.LoginFailure as error:
            raise Trouble(REFUSED) from error

    async def _sign_in(self) -> None:
        """Sign in, as often as it takes while Discord can't be reached."""
        pause = AGAIN_SOONEST
        while True:
            try:
                await self.client.login(self._token)
            except (OSError, aiohttp.ClientError, TimeoutError, discord.DiscordServerError) as error:
                log.warning("Discord can't be reached (%s); trying again in %d s", type(error).__name__, pause)
            else:
                return
            await self.client.http.close()  # the next try opens its own
            self.client.http.connector = discord.utils.MISSING
            await asyncio.sleep(pause)
            pause = min(pause * 2, AGAIN_LATEST)

    async def send(self, parcel: Parcel) -> str:
        """Deliver a new message and give its receipt. Raises Undelivered or Unreachable."""
        return await self._sending.send(parcel)

    async def edit(self, parcel: Parcel) -> str:
        """Change the message delivered before under `parcel.receipt`. Raises as `send` does."""
        return await self._sending.edit(parcel)

    async def find(self, parcel: Parcel) -> str | None:
        """The receipt of a message that an earlier attempt may have delivered, or None."""
        return await self._sending.find(parcel)
