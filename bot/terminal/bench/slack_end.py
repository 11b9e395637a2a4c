"""Slack's end of the line, on this machine: as much of it as a command's way to its acknowledgement needs."""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-bench", "xapp-bench", "be" * 16
TEAM, USER, CHANNEL = "T0", "U0", "D0"
PATIENCE = 10  # seconds

Ask = Callable[[str], Awaitable[None]]
"""Types `/steward <text>` and returns when it is acknowledged."""


class SlackEnd:
    """Answers the calls of an app, and hands it commands over its socket or its address."""

    def __init__(self) -> None:
        self.answers = 0  # how many answers have come by response_url
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._socket: web.WebSocketResponse | None = None
        self._connected = asyncio.Event()
        self.discord_asked = asyncio.Event()

    async def start(self) -> str:
        """Listen on loopback; gives the address."""
        app = web.Application()
        routes = [
            web.route("*", "/api/{method}", self._call),
            web.post("/respond", self._respond),
            web.get("/link", self._link),
            web.route("*", "/discord/{rest:.*}", self._discord),
        ]
        app.add_routes(routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        """Close everything."""
        await self._session.close()
        if self._socket is not None:
            await self._socket.close()
        await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.Response:
        method, number = request.match_info["method"], next(self._numbers)
        answer: dict[str, Any] = {"ok": True, "ts": f"1.{number:06}", "channel": CHANNEL}
        if method == "auth.test":
            answer |= {"team_id": TEAM, "team": "Bench", "user_id": "UBOT", "bot_id": "BBOT", "user": "steward"}
        elif method == "apps.connections.open":
            answer["url"] = f"{self.url.replace('http', 'ws', 1)}/link"
        elif method == "users.info":
            answer["user"] = {"id": USER, "tz": "America/Chicago", "real_name": "Zero", "profile": {}}
        scopes = "commands,chat:write,im:write,im:history,users:read,files:read,files:write,chat:write.public"
        return web.json_response(answer, headers={"x-oauth-scopes": scopes})

    async def _discord(self, _request: web.Request) -> web.Response:
        """Discord, out of order: a start that asks it to sign in has loaded its library by then."""
        self.discord_asked.set()
        return web.Response(status=503)

    async def _respond(self, request: web.Request) -> web.Response:
        await request.read()
        self.answers += 1
        return web.json_response({"ok": True})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0"}})
        self._socket = socket
        self._connected.set()
        with suppress(ConnectionError):
            async for message in socket:
                waiting = self._waiting.get(json.loads(message.data).get("envelope_id", ""))
                if waiting is not None and not waiting.done():
                    waiting.set_result(None)
        return socket

    async def connected(self) -> None:
        """Wait until the app's socket is there."""
        async with asyncio.timeout(PATIENCE):
            await self._connected.wait()

    def _command(self, text: str) -> dict[str, str]:
        return {
            "token": "t",
            "team_id": TEAM,
            "team_domain": "bench",
            "channel_id": CHANNEL,
            "channel_name": "directmessage",
            "user_id": USER,
            "user_name": "zero",
            "command": "/steward",
            "text": text,
            "api_app_id": "A0",
            "is_enterprise_install": "false",
            "response_url": f"{self.url}/respond",
            "trigger_id": f"{next(self._numbers)}.trigger",
        }

    async def over_socket(self, text: str) -> None:
        """Type a command; it comes to the app over its socket."""
        if self._socket is None:
            raise RuntimeError("no socket is connected")
        id = f"e{next(self._numbers)}"
        envelope = {
            "envelope_id": id,
            "type": "slash_commands",
            "payload": self._command(text),
            "accepts_response_payload": True,
        }
        acknowledged = self._waiting[id] = asyncio.get_running_loop().create_future()
        async with asyncio.timeout(PATIENCE):
            await self._socket.send_json(envelope)
            await acknowledged
        del self._waiting[id]

    def over_http(self, address: str, now: Callable[[], float] = time.time) -> Ask:
        """A way to type commands that come to the app as signed requests; `now` tells the app's time."""

        async def ask(text: str) -> None:
            body, stamp = urlencode(self._command(text)), str(int(now()))
            digest = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Slack-Request-Timestamp": stamp,
                "X-Slack-Signature": f"v0={digest}",
            }
            async with self._session.post(address, data=body, headers=headers) as answer:
                await answer.read()
                if answer.status != web.HTTPOk.status_code:
                    raise RuntimeError(f"the app answered {answer.status}")

        return ask


@asynccontextmanager
async def slack_end() -> AsyncIterator[SlackEnd]:
    """Slack's end, as long as it is needed."""
    end = SlackEnd()
    await end.start()
    try:
        yield end
    finally:
        await end.stop()
