"""The two ways in which Slack reaches an app: Socket Mode, and signed HTTP requests."""

import asyncio
import hashlib
import hmac
import io
import itertools
import json
import time
from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web
from msgspec import Struct, field

from tests.adapters.slack.standin.shape import Json
from tests.adapters.slack.standin.workspace import APP, SECRET

PATIENCE = 3.0  # seconds within which Slack wants its answer
COMMAND, INTERACTIVE, EVENT = "slash_commands", "interactive", "events_api"
REASONS = ("", "http_timeout", "http_error", "http_error")


class Ack(Struct, frozen=True):
    """The app's first answer; `error` is what Slack shows the person where there is none."""

    body: Json = field(default_factory=dict)
    error: str = ""
    status: int = 200


class Line(Protocol):
    """A way to the app."""

    async def deliver(self, kind: str, payload: Json, *, retry: int = 0, id: str = "") -> Ack:
        """Hand the app a payload and wait for its answer; `retry` counts earlier attempts, `id` names the delivery."""


class Connection:
    """One socket of the app's."""

    def __init__(self, request: web.Request) -> None:
        self.request = request
        self.socket = web.WebSocketResponse(autoping=False)
        self.retiring = False
        self.dead = False  # it looks open and does nothing
        self.acknowledged: list[str] = []

    @property
    def usable(self) -> bool:
        """Can something be sent?"""
        return self.socket.prepared and not self.socket.closed


class SocketMode:
    """Socket Mode: several connections at most ten, each payload to one of them."""

    def __init__(self, base: Callable[[], str], changed: Callable[[], None]) -> None:
        """`base` is the stand-in's address; `changed` is told of connections that come and go."""
        self.connections: list[Connection] = []
        self.tickets: set[str] = set()
        self.opened = 0
        self.sent: list[str] = []  # envelope ids
        self.unknown_acks: list[str] = []
        self.patience = PATIENCE
        self._base = base
        self._changed = changed
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._came = asyncio.Event()

    def open(self) -> str:
        """What `apps.connections.open` gives: an address that works once."""
        ticket = f"ticket-{next(self._numbers)}"
        self.tickets.add(ticket)
        return f"{self._base().replace('http', 'ws', 1)}/link/{ticket}?app_id={APP}"

    async def take(self, request: web.Request) -> web.StreamResponse:
        """The app connects."""
        ticket = request.match_info["ticket"]
        if ticket not in self.tickets:
            return web.Response(status=408, text="that link was used or is too old")
        self.tickets.remove(ticket)
        connection = Connection(request)
        await connection.socket.prepare(request)
        self.opened += 1
        self.connections.append(connection)
        hello = {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {"host": "applink-1", "started": "2026-11-23", "build_number": 1},
            "connection_info": {"app_id": APP},
        }
        await connection.socket.send_json({**hello, "approximate_connection_time": 18060})
        self._came.set()
        self._came = asyncio.Event()
        self._changed()
        try:
            await self._listen(connection)
        finally:
            self.connections.remove(connection)
            self._changed()
        return connection.socket

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if connection.dead:
                continue
            if message.type is WSMsgType.PING:
                await connection.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._acknowledged(connection, json.loads(message.data))

    def _acknowledged(self, connection: Connection, ack: Json) -> None:
        id = ack.get("envelope_id", "")
        connection.acknowledged.append(id)
        waiting = self._waiting.get(id)
        if waiting is None or waiting.done():
            self.unknown_acks.append(id)
        else:
            waiting.set_result(ack.get("payload") or {})

    async def deliver(self, kind: str, payload: Json, *, retry: int = 0, id: str = "") -> Ack:
        """Send an envelope over one of the connections, and wait for its acknowledgement."""
        id = id or f"envelope-{next(self._numbers)}"
        envelope = {
            "envelope_id": id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != EVENT,
        }
        if kind == EVENT:
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        answer = self._waiting[id] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self.patience):
                connection = await self._connection()
                self.sent.append(id)
                await connection.socket.send_json(envelope)
                return Ack(await answer)
        except (TimeoutError, ConnectionError):
            return Ack(error="operation_timeout", status=0)
        finally:
            del self._waiting[id]

    async def _connection(self) -> Connection:
        """One that can be sent on: any that is not about to be closed, else any; waits for one where there is none."""
        while True:
            usable = [one for one in self.connections if one.usable]
            fresh = [one for one in usable if not one.retiring] or usable
            if fresh:
                return fresh[next(self._numbers) % len(fresh)]
            await self._came.wait()

    # -- what goes wrong

    async def refresh(self, *, reason: str = "refresh_requested") -> None:
        """Tell every connection that it will be closed soon."""
        for one in [one for one in self.connections if one.usable and not one.retiring]:
            one.retiring = True
            await one.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})

    async def close_retiring(self) -> None:
        """Close the connections that were told of it, as Slack does a few seconds later."""
        for one in [one for one in self.connections if one.retiring]:
            await one.socket.close()

    def drop(self) -> None:
        """Break every connection, without a word."""
        for one in self.connections:
            if one.request.transport is not None:
                one.request.transport.abort()

    def die(self) -> None:
        """Every connection looks open from now on and does nothing: no answer to a ping either."""
        for one in self.connections:
            one.dead = True
            one.retiring = True

    async def close(self) -> None:
        """Close everything."""
        for one in list(self.connections):
            await one.socket.close()


class HttpMode:
    """Signed requests to the app's address."""

    def __init__(self, url: str, secret: str = SECRET, stamp: Callable[[], float] = time.time) -> None:
        """`stamp` tells the time that stands in the signature, in seconds since 1970."""
        self.url = url
        self.secret = secret
        self.stamp = stamp
        self.patience = PATIENCE
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """Slack's end; opened when it is first needed."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._session

    async def deliver(self, kind: str, payload: Json, *, retry: int = 0, id: str = "") -> Ack:  # noqa: ARG002
        """Post it, signed; only 200 within three seconds is an answer."""
        if kind == EVENT:
            content, body = "application/json", json.dumps(payload)
        else:
            fields = payload if kind == COMMAND else {"payload": json.dumps(payload)}
            content, body = "application/x-www-form-urlencoded", urlencode(fields)
        more = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": REASONS[retry]} if retry else {}
        try:
            async with asyncio.timeout(self.patience):
                status, text = await self.post(body.encode(), {**self.signed(body), "Content-Type": content, **more})
        except TimeoutError:
            return Ack(error="operation_timeout", status=0)
        except aiohttp.ClientError:
            return Ack(error="dispatch_failed", status=0)
        if status != 200:
            return Ack(error="dispatch_failed", status=status)
        if not text:
            return Ack()
        return Ack(json.loads(text) if text.startswith("{") else {"text": text, "response_type": "ephemeral"})

    def signed(self, body: str, *, at: float | None = None) -> dict[str, str]:
        """The headers that prove that a body comes from Slack."""
        return self.signed_bytes(body.encode("utf-8", "surrogatepass"), at=at)

    def signed_bytes(self, body: bytes, *, at: float | None = None) -> dict[str, str]:
        """The same for any bytes."""
        stamp = str(int(self.stamp() if at is None else at))
        digest = hmac.new(self.secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        agent = "Slackbot 1.0 (+https://api.slack.com/robots)"
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}", "User-Agent": agent}

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Post anything; gives the status and the text."""
        async with self.session.post(self.url, data=io.BytesIO(body), headers=headers) as response:
            return response.status, await response.text()

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
