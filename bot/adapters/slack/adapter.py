"""Slack as one of Steward's chat networks."""

import asyncio
import logging
from collections.abc import Callable, Mapping

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.addresses import NETWORK
from bot.adapters.slack.answering import Answering
from bot.adapters.slack.app import bolt_app, dispatch
from bot.adapters.slack.checks import check_keys, sign_in
from bot.adapters.slack.files import Files
from bot.adapters.slack.home import Homes
from bot.adapters.slack.http import PATH, Door
from bot.adapters.slack.outside import Keys, Outside
from bot.adapters.slack.people import People
from bot.adapters.slack.replying import Ways
from bot.adapters.slack.send import Sending
from bot.adapters.slack.socket import Socket
from bot.core.ports import Parcel
from bot.errors import Trouble

log = logging.getLogger(__name__)

SLACK = "https://slack.com/api/"
PATIENCE = 30  # seconds that one call may take
LOOKED = 0.5  # seconds between two looks at the event loop
LATE = 0.1  # seconds of lag that are worth a log line


class Slack:
    """Reads what comes from one workspace, answers it, and delivers messages there."""

    network = NETWORK

    def __init__(self, keys: Keys, outside: Outside) -> None:
        """Nothing is connected yet; messages can be sent all the same."""
        self._keys = keys
        self._outside = outside
        base = f"{keys.api_url.rstrip('/')}/" if keys.api_url else SLACK
        self._client = AsyncWebClient(keys.bot_token, base, PATIENCE, retry_handlers=[])
        people = People(self._client, outside.seconds)
        ways = Ways(self._client, people)
        self._sending = Sending(self._client, people, outside.now)
        homes = Homes(self._client, outside.handle, outside.watch, outside.seconds)
        self.answering = Answering(outside, ways, homes, Files(self._client, keys.api_url), keys.prefix)
        self.connected = asyncio.Event()  # Slack can hand things over
        self.port = keys.port  # where HTTP is listened for, once connected

    async def run(self) -> None:
        """Stay connected until cancelled; then answer what is under way. Raises Trouble where a token is wrong."""
        check_keys(self._keys.bot_token, self._keys.app_token, self._keys.signing_secret)
        async with aiohttp.ClientSession() as session:
            self._client.session = session
            beside = [
                asyncio.create_task(watch_loop(self._outside.seconds)),
                asyncio.create_task(self.answering.homes.keep_fresh()),
            ]
            try:
                found = await sign_in(self._client)
                log.info("signed in to %s (%s)", found.name, found.workspace)
                await self._listen()
            finally:
                await asyncio.shield(self.answering.drained())
                if self._outside.flush and self.connected.is_set():
                    await asyncio.shield(self._outside.flush())
                for task in beside:
                    task.cancel()
                self._client.session = None  # a message that is sent still brings a session of its own

    async def _listen(self) -> None:
        app = bolt_app(self.answering, self._client)

        async def take(payload: Mapping[str, object]) -> str:
            return await dispatch(app, payload)

        if self._keys.app_token:
            socket = Socket(self._client, self._keys.app_token, take, self._outside.seconds)
            socket.connected = self.connected
            await socket.run()
            return
        door = Door(self._keys.signing_secret, self._keys.port, take, self._outside.now)
        try:
            await door.open()
        except OSError as error:
            raise Trouble(
                f"Port {self._keys.port} can't be listened on ({error.strerror or error}). Is Steward running already? "
                "Another port can be set in STEWARD_HTTP_PORT."
            ) from error
        try:
            self.port = door.port
            log.info("Slack's requests are listened for at port %d, path %s", door.port, PATH)
            self.connected.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.shield(door.close())

    async def send(self, parcel: Parcel) -> str:
        """Deliver a new message and give its receipt. Raises Undelivered or Unreachable."""
        return await self._sending.send(parcel)

    async def edit(self, parcel: Parcel) -> str:
        """Change the message delivered before under `parcel.receipt`. Raises as `send` does."""
        return await self._sending.edit(parcel)

    async def find(self, parcel: Parcel) -> str | None:
        """The receipt of a message that an earlier attempt may have delivered, or None."""
        return await self._sending.find(parcel)


async def watch_loop(seconds: Callable[[], float]) -> None:
    """Log when the event loop is late: something then blocks what has to be answered within three seconds."""
    while True:
        before = seconds()
        await asyncio.sleep(LOOKED)
        late = seconds() - before - LOOKED
        if late > LATE:
            log.warning("the event loop was %.0f ms late", late * 1000)
