"""Socket Mode: stays connected, notices when a connection is dead, and loses nothing when it is exchanged."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from aiohttp import ClientWebSocketResponse, WSMsgType
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.checks import app_token_trouble
from bot.adapters.slack.send import pause_of

log = logging.getLogger(__name__)

Dispatch = Callable[[Mapping[str, Any]], Awaitable[str]]

PING = 2.0  # seconds without a word after which the other end is asked whether it is there
SILENT = 7.0  # seconds without a word, nor an answer to that, after which a connection is dead
RETIRED = 60.0  # seconds that a connection is still listened to after its successor is there
CLOSING = 2.0  # seconds that closing may take
CONNECTING = 20.0
AGAIN_SOONEST, AGAIN_LATEST = 0.5, 30.0
BROKEN = (OSError, aiohttp.ClientError, SlackClientError, TimeoutError, ValueError)


class Connection:
    """One socket. `over` is set when another one has to take its place."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.over = asyncio.Event()
        self.ready = asyncio.Event()


class Socket:
    """Takes envelopes from Slack, and acknowledges each on the connection on which it came."""

    def __init__(
        self, client: AsyncWebClient, app_token: str, dispatch: Dispatch, seconds: Callable[[], float]
    ) -> None:
        """`seconds` counts up from any fixed moment."""
        self._client = client
        self._token = app_token
        self._dispatch = dispatch
        self._seconds = seconds
        self._listening: set[asyncio.Task[None]] = set()
        self._answering: set[asyncio.Task[None]] = set()
        self.connected = asyncio.Event()

    async def run(self) -> None:
        """Stay connected until cancelled; then acknowledge what has come, and hang up. Raises Trouble at the start."""
        try:
            while True:
                connection = await self._connect()
                task = asyncio.create_task(self._listen(connection))
                self._listening.add(task)
                task.add_done_callback(self._listening.discard)
                await connection.over.wait()
        finally:
            await asyncio.shield(self._hang_up())

    # -- connecting

    async def _connect(self) -> Connection:
        """A new connection, as often as it takes."""
        pause = AGAIN_SOONEST
        while True:
            wait = pause
            try:
                async with asyncio.timeout(CONNECTING):
                    return await self._open()
            except SlackApiError as error:
                trouble = app_token_trouble(error)
                if trouble is not None and not self.connected.is_set():
                    raise trouble from error
                wait = max(pause, pause_of(error))
                log.warning("Slack does not let us connect (%s); again in %d s", error.response.get("error"), wait)
            except BROKEN as error:
                log.warning("Slack can't be reached (%s); again in %.1f s", type(error).__name__, wait)
            await asyncio.sleep(wait)
            pause = min(pause * 2, AGAIN_LATEST)

    async def _open(self) -> Connection:
        session = self._client.session
        if session is None:
            raise ValueError("the session is closed")
        answer = await self._client.apps_connections_open(app_token=self._token)
        return Connection(await session.ws_connect(str(answer["url"]), autoping=False, autoclose=True))

    # -- listening

    async def _listen(self, connection: Connection) -> None:
        """Take what comes until the connection ends, dies, or has been replaced for long enough."""
        heard = self._seconds()
        retired = 0.0
        try:
            while True:
                try:
                    async with asyncio.timeout(PING):
                        message = await connection.socket.receive()
                except TimeoutError:
                    if self._seconds() - heard > SILENT:
                        log.warning("Slack's connection went silent: it is replaced")
                        return
                    await self._ping(connection)
                    continue
                finally:
                    if connection.over.is_set():
                        retired = retired or self._seconds()
                heard = self._seconds()
                if message.type is WSMsgType.PING:
                    await connection.socket.pong(message.data)
                elif message.type is WSMsgType.TEXT:
                    self._take(connection, message.data)
                elif message.type is not WSMsgType.PONG:  # closed, or broken
                    return
                if retired and heard - retired > RETIRED:
                    return
        except (ConnectionError, aiohttp.ClientError, TimeoutError) as error:
            log.info("Slack's connection broke (%s): it is replaced", type(error).__name__)
        finally:
            connection.over.set()
            await asyncio.shield(_close(connection.socket))

    @staticmethod
    async def _ping(connection: Connection) -> None:
        async with asyncio.timeout(PING):
            await connection.socket.ping()

    def _take(self, connection: Connection, text: str) -> None:
        try:
            envelope = json.loads(text)
            kind = envelope.get("type")
        except (ValueError, AttributeError, RecursionError):
            log.warning("Slack sent something that is no envelope")
            return
        if kind == "hello":
            self.connected.set()
        elif kind == "disconnect":
            log.info("Slack renews the connection (%s)", envelope.get("reason"))
            connection.over.set()  # another one is opened, and this one listened to until it closes
        elif envelope.get("envelope_id"):
            task = asyncio.create_task(self._answer(connection, envelope))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    async def _answer(self, connection: Connection, envelope: Mapping[str, Any]) -> None:
        """Acknowledge an envelope. What makes no sense is acknowledged too: it would only come again."""
        body = ""
        try:
            body = await self._dispatch(envelope.get("payload") or {})
        except ValueError as error:
            log.warning("%s", error)
        except Exception:
            log.exception("a payload from Slack could not be taken")
        said = f'{{"envelope_id":{json.dumps(envelope["envelope_id"])}' + (f',"payload":{body}' if body else "") + "}"
        try:
            await connection.socket.send_str(said)
        except (ConnectionError, aiohttp.ClientError) as error:
            log.info("an acknowledgement was not sent (%s): Slack repeats what it needs to", type(error).__name__)

    # -- stopping

    async def _hang_up(self) -> None:
        """Acknowledge what has come, then close; neither may take long."""
        if self._answering:
            await asyncio.wait(set(self._answering), timeout=CLOSING)
        tasks = [*self._listening, *self._answering]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=CLOSING * 2)


async def _close(socket: ClientWebSocketResponse) -> None:
    """Close a socket, also one whose other end is dead."""
    with contextlib.suppress(TimeoutError, ConnectionError, aiohttp.ClientError):
        async with asyncio.timeout(CLOSING):
            await socket.close()
