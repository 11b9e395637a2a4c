"""Discord's gateway: sessions that outlive their connections, numbered events, heartbeats, and what goes wrong."""

import asyncio
import contextlib
import json
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import discord
from aiohttp import WSMsgType, web
from msgspec import Struct, field
from simcord import intents as simulated
from simcord.backend import Backend, serializers

Payload = dict[str, Any]
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
NOT_AUTHENTICATED, WRONG_TOKEN, DISALLOWED_INTENTS = 4003, 4004, 4014
VERSION = "10"
INTERVAL = 41_250  # milliseconds between heartbeats


class Session(Struct, eq=False):
    """What Discord knows of a bot that has identified: every event so far, in order; its number is its place."""

    id: str
    intents: discord.Intents
    shard: list[int]
    events: list[Payload] = field(default_factory=list)


class Connection:
    """One WebSocket. Everything goes out in order, compressed as the bot asked for it."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.session: Session | None = None
        self.silent = False  # nothing is sent any more, no answer to a heartbeat either
        self._socket = socket
        self._request = request
        self._waiting: asyncio.Queue[Payload] = asyncio.Queue()
        self._squeeze = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self._sending = asyncio.create_task(self._send())

    def say(self, op: int, data: Any = None, *, event: str | None = None, number: int | None = None) -> None:
        """Send this after what waits already."""
        if not self.silent:
            self._waiting.put_nowait({"op": op, "d": data, "s": number, "t": event})

    async def said(self) -> AsyncIterator[Payload]:
        """What the bot says, until it leaves."""
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                yield json.loads(message.data)

    async def close(self, code: int, reason: str = "") -> None:
        """Close it in order, with a code."""
        await self._socket.close(code=code, message=reason.encode())

    def abort(self) -> None:
        """Break it without a word: what was under way is lost."""
        self._sending.cancel()
        if self._request.transport is not None:
            self._request.transport.abort()

    async def done(self) -> None:
        """Nothing goes out any more."""
        self._sending.cancel()
        await asyncio.gather(self._sending, return_exceptions=True)

    async def _send(self) -> None:
        while True:
            said = json.dumps(await self._waiting.get())
            with contextlib.suppress(ConnectionError):
                if self._squeeze is None:
                    await self._socket.send_str(said)
                else:
                    packed = self._squeeze.compress(said.encode()) + self._squeeze.flush(zlib.Z_SYNC_FLUSH)
                    await self._socket.send_bytes(packed)


class Gateway:
    """Where the bot connects. `url` is where it is told to come back to."""

    def __init__(self, backend: Backend, token: str, note: Callable[[], None]) -> None:
        """`note` is told when a connection comes, goes, or says something."""
        self.url = ""
        self.token = token
        self.approved = discord.Intents.all()  # what the application's owner has allowed
        for name in ("members", "presences", "message_content"):
            setattr(self.approved, name, False)
        self.interval = INTERVAL
        self.connections: list[Connection] = []
        self.identified = 0
        self.resumed = 0
        self.heartbeats = 0
        self.closed: list[int | None] = []  # the codes with which connections ended
        self._sessions: dict[str, Session] = {}
        self._backend = backend
        self._note = note
        backend.subscribers.append(self._happened)

    @property
    def ready(self) -> bool:
        """Is somebody connected and identified?"""
        return any(one.session is not None for one in self.connections)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A bot connects."""
        assert request.query["v"] == VERSION
        assert request.query["encoding"] == "json"
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket, request)
        self.connections.append(connection)
        connection.say(HELLO, {"heartbeat_interval": self.interval})
        try:
            async for said in connection.said():
                await self._listen(connection, said)
                self._note()
        finally:
            self.connections.remove(connection)
            self.closed.append(socket.close_code)
            self._note()
            await connection.done()
        return socket

    async def _listen(self, connection: Connection, said: Payload) -> None:
        op = said["op"]
        if op == HEARTBEAT:
            self.heartbeats += 1
            connection.say(ACK)
        elif op == IDENTIFY:
            await self._identify(connection, said["d"])
        elif op == RESUME:
            await self._resume(connection, said["d"])
        elif connection.session is None:
            await connection.close(NOT_AUTHENTICATED, "Not authenticated.")

    async def _identify(self, connection: Connection, data: Payload) -> None:
        asked = discord.Intents._from_value(data["intents"])  # noqa: SLF001 - a mask is what Discord is sent
        if data["token"] != self.token:
            await connection.close(WRONG_TOKEN, "Authentication failed.")
            return
        if simulated.missing_privileged_intents(asked, self.approved):
            await connection.close(DISALLOWED_INTENTS, "Disallowed intent(s).")
            return
        self.identified += 1
        session = Session(f"session-{self.identified}", asked, data.get("shard", [0, 1]))
        self._sessions[session.id] = connection.session = session
        self._tell(session, "READY", self._ready(session))
        for guild in self._backend.guilds.values():
            payload = dict(serializers.guild_create_payload(self._backend, guild))
            simulated.prune_guild_create(payload, asked, self._backend.bot_user.id)
            self._tell(session, "GUILD_CREATE", payload)

    async def _resume(self, connection: Connection, data: Payload) -> None:
        if data["token"] != self.token:
            await connection.close(WRONG_TOKEN, "Authentication failed.")
            return
        session = self._sessions.get(data["session_id"])
        if session is None:
            connection.say(INVALID, data=False)
            return
        self.resumed += 1
        for number, event in enumerate(session.events[data["seq"] :], data["seq"] + 1):
            connection.say(DISPATCH, event["d"], event=event["t"], number=number)
        connection.session = session
        self._tell(session, "RESUMED", {})

    def _ready(self, session: Session) -> Payload:
        return {
            "v": int(VERSION),
            "user": dict(serializers.user_payload(self._backend.bot_user)),
            "guilds": [{"id": str(each), "unavailable": True} for each in self._backend.guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": session.shard,
            "application": {"id": str(self._backend.application_id), "flags": 0},
        }

    # -- what happens

    def _happened(self, event: str, payload: Mapping[str, Any]) -> None:
        """Something that every session is told which asked for it."""
        wanted = simulated.required_intent(event, payload)
        for session in self._sessions.values():
            if wanted is None or getattr(session.intents, wanted):
                self._tell(session, event, payload)

    def _tell(self, session: Session, event: str, payload: Mapping[str, Any]) -> None:
        """Number it, keep it for a resume, and send it where somebody listens."""
        data = json.loads(json.dumps(payload))  # as it is now: the simulated Discord changes its own later
        session.events.append({"t": event, "d": data})
        for connection in self.connections:
            if connection.session is session:
                connection.say(DISPATCH, data, event=event, number=len(session.events))

    # -- what goes wrong

    def cut(self) -> None:
        """Break every connection; what happens until the resume is kept for it."""
        for connection in self.connections:
            connection.session = None
            connection.abort()

    def reconnect(self) -> None:
        """Ask the bot to connect again and resume (op 7)."""
        for connection in self.connections:
            connection.say(RECONNECT)
            connection.session = None

    def fall_silent(self) -> None:
        """Every connection looks open from now on and does nothing."""
        for connection in self.connections:
            connection.silent = True

    def forget(self) -> None:
        """No session can be resumed any more."""
        self._sessions.clear()

    async def close(self, code: int = 1001) -> None:
        """Close every connection in order."""
        for connection in list(self.connections):
            await connection.close(code)
