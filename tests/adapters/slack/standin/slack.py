"""Slack as a whole: started on loopback, used by people, watched by tests."""

import asyncio
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.adapters.slack.standin import payloads
from tests.adapters.slack.standin.attached import Attached
from tests.adapters.slack.standin.faults import Faults
from tests.adapters.slack.standin.lines import EVENT, Ack, HttpMode, Line, SocketMode
from tests.adapters.slack.standin.methods import Methods
from tests.adapters.slack.standin.screens import Screen, Turn
from tests.adapters.slack.standin.shape import Json
from tests.adapters.slack.standin.user import SlackUser
from tests.adapters.slack.standin.web_api import WebApi
from tests.adapters.slack.standin.workspace import BOT_USER, Channel, Member, Message, ResponseUrl, Workspace

LONGEST = 10.0  # seconds that a test waits for something before it fails


class Slack:
    """One workspace `T1` with one app in it. `async with Slack() as slack:`."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        """`now` tells the workspace's time, in seconds since 1970."""
        self.workspace = Workspace(now)
        self.faults = Faults()
        self.methods = Methods(self.workspace, lambda: self.url, self._shown)
        self.socket = SocketMode(lambda: self.url, self.changed)
        self.web = WebApi(self.workspace, self.methods, self.faults, self.socket.open, self._shown)
        self.attached = Attached(self.workspace, self.web, self.faults, lambda: self.url)
        self.line: Line = self.socket
        self.subscribed = {"app_home_opened", "message.im"}
        self.url = ""
        self.users: dict[str, SlackUser] = {}
        self.turns: list[Turn] = []
        self.posted: list[Message] = []  # every message that the app sent by the Web API, in order
        self._by_key: dict[str, Turn] = {}
        self._events: set[asyncio.Task[Ack]] = set()
        self._change = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=4_000_000)
        app.add_routes([*self.web.routes(), *self.attached.routes(), web.get("/link/{ticket}", self.socket.take)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._events:
            task.cancel()
        await asyncio.gather(*self._events, return_exceptions=True)
        await self.socket.close()
        await self.hang_up()
        await self._runner.cleanup()

    async def hang_up(self) -> None:
        """Let go of the connections to the app's address, if it has one."""
        if isinstance(self.line, HttpMode):
            await self.line.close()

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.url}/api/"

    @property
    def complaints(self) -> list[str]:
        """Every documented limit that the app broke."""
        return self.web.complaints

    def calls(self, method: str) -> list[Json]:
        """The arguments of every call of a method so far."""
        return [args for name, args in self.web.calls if name == method]

    # -- people and channels

    def user(self, name: str, zone: str = "America/Chicago", *, admin: bool = False) -> SlackUser:
        """Somebody of that name, who is there from now on."""
        id = f"U{name.upper().replace(' ', '')}"
        if id not in self.users:
            self.workspace.members[id] = Member(id, name, zone, admin)
            self.users[id] = SlackUser(self, self.workspace.members[id])
        return self.users[id]

    def channel(self, name: str, *, has_bot: bool = True, private: bool = False) -> Channel:
        """A channel of that name, which is there from now on."""
        id = f"C{name.upper().replace('-', '')}"
        return self.workspace.channels.setdefault(id, Channel(id, name, has_bot=has_bot, private=private))

    # -- waiting

    def changed(self) -> None:
        """Something happened: whoever waits looks again."""
        self._change.set()
        self._change = asyncio.Event()

    async def until(self, found: Callable[[], Any], what: str) -> Any:
        """Wait until `found` gives something, and give it. Raises AssertionError, saying `what`, when it takes long."""
        try:
            async with asyncio.timeout(LONGEST):
                while not (result := found()):
                    await self._change.wait()
        except TimeoutError:
            raise AssertionError(f"waited in vain for {what}; Slack complains of {self.complaints}") from None
        return result

    # -- what the app shows

    def _shown(self, how: str, what: Any) -> None:
        if how == "respond":
            key, message = what
            self._by_key[key].shown.append(Screen(self, message=message))
        elif how == "view":
            view, trigger = what
            turn = self._turn_of(view.user, trigger)
            turn.shown.append(Screen(self, view=view))
        elif how == "message":
            self._posted(what)
        elif how == "changed":
            self._tell_of_direct(what, payloads.message_changed(what, self.workspace.ts()))
        self.changed()

    def _turn_of(self, user: str, trigger: str = "") -> Turn:
        """The turn of that trigger, or the last one of somebody."""
        return next(turn for turn in reversed(self.turns) if turn.user.id == user and trigger in ("", turn.trigger))

    def _posted(self, message: Message) -> None:
        if message.only:
            self._turn_of(message.only).shown.append(Screen(self, message=message))
            return
        self.posted.append(message)
        self._tell_of_direct(message, payloads.direct_message(message))

    def _tell_of_direct(self, message: Message, content: Json) -> None:
        """The app is told of what it wrote itself in a direct conversation, as of anything written there."""
        if message.channel.startswith("D") and "message.im" in self.subscribed:
            self.tell(content)

    # -- what the app is told

    def turn(self, user: SlackUser, channel: str = "", about: str = "") -> Turn:
        """A new interaction of somebody, with a trigger, and with a response_url where it has a channel."""
        number = self.workspace.number()
        turn = Turn(self, user, f"{number}.trigger")
        self.methods.triggers[turn.trigger] = user.id
        if channel:
            self.workspace.urls[str(number)] = ResponseUrl(user.id, channel, self.workspace.now(), about)
            self._by_key[str(number)] = turn
            turn.url, turn.key = f"{self.url}/respond/{number}", str(number)
        self.turns.append(turn)
        return turn

    def tell(self, content: Json, *, id: str = "", retry: int = 0) -> asyncio.Task[Ack]:
        """Send an event on its way."""
        wrapped = payloads.event(content, id or f"Ev{self.workspace.number()}", self.workspace.now())
        task = asyncio.ensure_future(self.line.deliver(EVENT, wrapped, retry=retry))
        self._events.add(task)
        task.add_done_callback(self._events.discard)
        return task

    async def events_settled(self) -> None:
        """Wait until the app has answered every event that was sent."""
        while self._events:
            await asyncio.wait(self._events)

    def bot_messages(self, channel: str) -> list[Message]:
        """What the app wrote in a channel, oldest first, as it stands now."""
        return [one for one in self.workspace.in_channel(channel) if one.user == BOT_USER and not one.only]
