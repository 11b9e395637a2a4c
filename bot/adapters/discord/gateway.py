"""The connection to Discord: what arrives there, and how it is taken up, kept and given up."""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine, Iterator
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.http import Route

from bot.adapters.discord.answering import OUT_OF_DATE, Answering
from bot.adapters.discord.controls import Control
from bot.adapters.discord.sync import Marks, register_changes
from bot.adapters.discord.tree import plant
from bot.core.command import Command

log = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds of a rate limit that are waited out; for longer ones a message goes back into the outbox
DRAIN = 20.0  # seconds that answers under way have to be given when Steward stops

Interaction = discord.Interaction[Any]


def point_at(api_url: str) -> None:
    """Use another address than Discord's own, where it is set: for tests, and for proxies."""
    if api_url:
        Route.BASE = api_url.rstrip("/")


class Tree(app_commands.CommandTree[Any]):
    """Discord's command tree; what goes wrong in it is answered, never shown as a failure of Discord's."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """A command that this release does not have, or has in another shape: Discord still shows the old one."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            log.warning("Discord shows a command as it was before an update: `steward discord sync` sets it right")
            client: Client = interaction.client
            await client.answering.card(interaction, OUT_OF_DATE)
            return
        log.error("a command on Discord went wrong", exc_info=error)


class Client(discord.AutoShardedClient):
    """Steward's connection: no privileged intent, nothing cached that is not needed, nobody pinged by default."""

    def __init__(
        self,
        commands: tuple[Command, ...],
        answering: Answering,
        marks: Marks,
        shards: int | None = None,
        gateway_url: str = "",
    ) -> None:
        """`shards` is how many there are, `gateway_url` where to connect; without them Discord says so."""
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # Steward does not speak aloud
        intents = discord.Intents.none()
        intents.guilds = True
        intents.dm_messages = True
        super().__init__(
            intents=intents,
            shard_count=shards,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=PATIENCE,
        )
        if gateway_url:
            self._move_gateway(gateway_url)
        self.answering = answering
        self.taking = True
        self.signed_in = asyncio.Event()
        self.registers = True  # commands that have changed, after signing in
        self._marks = marks
        self._under_way: set[asyncio.Task[Any]] = set()
        self.tree = Tree(self)
        plant(self.tree, commands, self._commanded, self._offered, self._taken)

    def _move_gateway(self, url: str) -> None:
        """Connect there, at first and to resume, whatever address Discord gives: it knows of no proxy."""
        there, connect = yarl.URL(url), self.http.ws_connect

        async def elsewhere(given: str, *, compress: int = 0) -> Any:
            return await connect(str(there.with_query(yarl.URL(given).query)), compress=compress)

        self.http.ws_connect = elsewhere  # type: ignore[method-assign, assignment]

    async def setup_hook(self) -> None:
        """Once, after signing in: old controls are known, and changed commands are registered."""
        self.signed_in.set()
        self.add_dynamic_items(Control)
        if self.registers:
            await register_changes(self.tree, self.application_id, self._marks)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell whoever listens. Of interactions only forms are told so: commands and controls have their own ways."""
        if event != "interaction" or args[0].type is discord.InteractionType.modal_submit:
            super().dispatch(event, *args, **kwargs)

    async def on_interaction(self, interaction: Interaction) -> None:
        """A form that was sent in."""
        data: Any = interaction.data or {}
        await self._take(interaction, self.answering.submit(interaction, str(data.get("custom_id", ""))))

    async def on_message(self, message: discord.Message) -> None:
        """Words in a direct message."""
        if message.guild is None and not message.author.bot and self.taking:
            with self._at_work():
                await self.answering.home(message)

    async def pressed(self, interaction: Interaction, custom_id: str, chosen: str) -> None:
        """A control was pressed."""
        await self._take(interaction, self.answering.press(interaction, custom_id, chosen))

    async def drained(self) -> None:
        """Take on nothing more, and let what is under way be answered, 20 seconds at most."""
        self.taking = False
        tasks = {task for task in self._under_way if task is not asyncio.current_task()}
        if tasks:
            _done, left = await asyncio.wait(tasks, timeout=DRAIN)
            for task in left:
                task.cancel()

    async def _commanded(self, interaction: Interaction, command: Command, values: Any) -> None:
        await self._take(interaction, self.answering.command(interaction, command, values))

    async def _taken(self, interaction: Interaction, command: Command, message: discord.Message) -> None:
        await self._take(interaction, self.answering.message(interaction, command, message))

    async def _offered(self, interaction: Interaction, command: str, option: str, typed: str) -> list[tuple[str, str]]:
        return await self.answering.offer(interaction, command, option, typed) if self.taking else []

    async def _take(self, interaction: Interaction, work: Coroutine[Any, Any, None]) -> None:
        with self._at_work():
            if not self.taking:
                work.close()
                await self.answering.refuse(interaction)
                return
            try:
                await work
            except Exception:
                log.exception("an interaction on Discord went wrong")
                await self.answering.sorry(interaction)

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)
