"""Discord as one of Steward's chat networks."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from bot.adapters.discord import health
from bot.adapters.discord.addresses import NETWORK
from bot.adapters.discord.answering import Answering
from bot.adapters.discord.connecting import sign_in, stay_connected
from bot.adapters.discord.forms import Kept
from bot.adapters.discord.gateway import Client
from bot.adapters.discord.send import Sending
from bot.adapters.discord.sync import Marks, names
from bot.core.chat import Place
from bot.core.command import Command
from bot.core.ports import Flush, Handle, Parcel, Suggest

log = logging.getLogger(__name__)


class Outside(Struct, frozen=True):
    """What the composition root brings: the engine's ways in, the command table, the time, and what it remembers.

    `new_key` gives ten letters and digits; `flush` delivers what waits, and is awaited before the connection is closed;
    `seconds` counts up from any fixed moment; `places` are the channels in which the team's messages stand.
    """

    handle: Handle
    suggest: Suggest
    commands: Mapping[str, Command]
    now: Callable[[], datetime]
    new_key: Callable[[], str]
    marks: Marks
    seconds: Callable[[], float] = time.monotonic
    flush: Flush | None = None
    places: Callable[[], Sequence[Place]] = tuple


class Discord:
    """Reads interactions, answers them, and delivers messages, through one connection."""

    network = NETWORK

    def __init__(self, token: str, outside: Outside, *, shards: int | None = None, gateway_url: str = "") -> None:
        """`shards` is left to Discord unless told; `gateway_url` is where to connect, unless Discord says it."""
        kept = Kept(outside.seconds, outside.new_key)
        commands = tuple(dict.fromkeys(outside.commands.values()))
        self._token = token
        self._flush = outside.flush
        self._places = outside.places
        self.looking: asyncio.Task[None] | None = None  # for what keeps Steward from its work, once signed in
        self.answering = Answering(outside.handle, outside.suggest, outside.commands, kept)
        self.client = Client(commands, self.answering, outside.marks, shards, gateway_url)
        self._sending = Sending(self.client, outside.now, self.client.signed_in)

    async def run(self) -> None:
        """Stay connected until cancelled; then answer what is under way. Raises Trouble where Discord refuses."""
        async with self.client:
            try:
                await sign_in(self.client, self._token)
                self.looking = asyncio.create_task(self._look_around())
                await stay_connected(self.client)
            finally:
                await asyncio.shield(self._finish())

    async def _finish(self) -> None:
        """Take on nothing more, answer what is under way, and deliver what waits while that is still possible."""
        if self.looking is not None:
            self.looking.cancel()
        await self.client.drained()
        if self._flush and self.client.signed_in.is_set() and not self.client.is_closed():
            await self._flush()

    async def _look_around(self) -> None:
        """Tell the operator what keeps Steward from its work on Discord."""
        try:
            places = await asyncio.to_thread(self._places)
            async for sign in health.look_around(self.client, places, names(self.client.tree)):
                if not sign.well:
                    log.warning("%s", sign.sentence)
        except Exception as error:  # noqa: BLE001 - nothing depends on this look, and the connection may end under it
            log.info("could not look around on Discord (%s)", type(error).__name__)

    async def send(self, parcel: Parcel) -> str:
        """Deliver a new message and give its receipt. Raises Undelivered or Unreachable."""
        return await self._sending.send(parcel)

    async def edit(self, parcel: Parcel) -> str:
        """Change the message delivered before under `parcel.receipt`. Raises as `send` does."""
        return await self._sending.edit(parcel)

    async def find(self, parcel: Parcel) -> str | None:
        """The receipt of a message that an earlier attempt may have delivered, or None."""
        return await self._sending.find(parcel)
