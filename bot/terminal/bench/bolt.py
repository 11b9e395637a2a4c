"""The baseline: an app on bolt async as it is shipped, whose one command does nothing but acknowledge."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.terminal.bench.slack_end import APP_TOKEN, BOT_TOKEN, SECRET, Ask, SlackEnd


def _app(end: SlackEnd) -> AsyncApp:
    quiet = logging.getLogger("steward.bench.bolt")
    quiet.setLevel(logging.ERROR)
    client = AsyncWebClient(BOT_TOKEN, base_url=f"{end.url}/api/")
    app = AsyncApp(client=client, signing_secret=SECRET, logger=quiet)

    async def empty(ack: Callable[[], Awaitable[None]]) -> None:
        await ack()

    app.command("/steward")(empty)
    return app


@asynccontextmanager
async def bolt_over_http(end: SlackEnd) -> AsyncIterator[Ask]:
    """A way to type commands to bolt over HTTP."""
    runner = web.AppRunner(_app(end).web_app("/slack/events"), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield end.over_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bolt_over_socket(end: SlackEnd) -> AsyncIterator[Ask]:
    """A way to type commands to bolt over its socket."""
    handler = AsyncSocketModeHandler(_app(end), APP_TOKEN)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await end.connected()
    try:
        yield end.over_socket
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
