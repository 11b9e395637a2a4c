"""The stand-in as a whole: a server on loopback, with a guild, a channel and people in it."""

from collections.abc import Callable
from typing import Self

from aiohttp import web
from simcord.backend import Backend
from simcord.backend.models import Channel

from tests.adapters.discord.standin.api import BASE, Api
from tests.adapters.discord.standin.gateway import Gateway
from tests.adapters.discord.standin.happenings import Happenings
from tests.adapters.discord.standin.holds import Holds
from tests.adapters.discord.standin.people import Somebody


class Standin:
    """A Discord with one guild and one channel. Use it as a context."""

    def __init__(self) -> None:
        self.backend = Backend()
        self.holds = Holds()
        self._happenings = Happenings()
        self.api = Api(self.backend, self.holds, self._happenings.note)
        self.gateway = Gateway(self.backend, self.api.token, self._happenings.note)
        self.guild = self.backend.create_guild("Library association")
        self.backend.add_member(self.guild.id, self.backend.bot_user.id)
        self.channel: Channel = self.backend.create_channel(self.guild.id, "social-media")
        self.api_url = self.gateway_url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_route("*", BASE + "/{path:.*}", self.api.handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        port = self._runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{port}{BASE}"
        self.gateway_url = self.api.gateway_url = self.gateway.url = f"ws://127.0.0.1:{port}/gateway/"
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.gateway.close()
        await self._runner.cleanup()

    def somebody(self, name: str) -> Somebody:
        """A person in the guild."""
        user = self.backend.make_user(name.casefold(), global_name=name)
        self.backend.add_member(self.guild.id, user.id)
        return Somebody(self.backend, self.channel, user, self.until)

    def owner(self, name: str) -> Somebody:
        """A person in the guild, which is theirs."""
        somebody = self.somebody(name)
        self.guild.owner_id = somebody.id
        return somebody

    async def until(self, so: Callable[[], object], what: str) -> None:
        """Wait until it is so. AssertionError, naming `what`, where it never is."""
        await self._happenings.until(so, what)

    async def connected(self) -> None:
        """Wait until Steward is connected and has identified or resumed."""
        await self.until(lambda: self.gateway.ready, "Steward to connect")
