"""Bolt: which of Slack's payloads goes where. The answer is ready when the listener returns: nothing is polled for."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.answering import Answering
from bot.adapters.slack.controls import Json

log = logging.getLogger(__name__)
BOLTS = logging.getLogger("slack_bolt")
BOLTS.setLevel(logging.ERROR)  # its warnings are about what we set ourselves, and may repeat what was typed

ANY = re.compile("")
OK, SERVER_ERROR = 200, 500


def bolt_app(answering: Answering, client: AsyncWebClient) -> AsyncApp:
    """Every kind of payload with the method that takes it.

    Signatures are checked at the door, in `http`, whose log lines hold no bodies; the token is checked at the start.
    """

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=client.token)

    app = AsyncApp(
        name="steward",
        logger=BOLTS,
        client=AsyncWebClient(base_url=client.base_url, retry_handlers=[]),
        authorize=authorize,
        process_before_response=True,
        signing_secret="",
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.command(ANY)(_listener(answering.command))
    app.action(ANY)(_listener(answering.act))
    app.view(ANY)(_listener(answering.submit))
    app.options(ANY)(_listener(answering.suggestions))
    app.shortcut(ANY)(_listener(answering.shortcut))
    app.event(ANY)(_listener(answering.event))
    app.error(_failed)
    return app


async def dispatch(app: AsyncApp, payload: Mapping[str, Any]) -> str:
    """Hand bolt a payload; gives the body that acknowledges it, empty where nothing is to be said.

    Raises ValueError where the payload makes no sense. What Steward does not take is acknowledged all the same, so
    that nobody is shown an error of Slack's.
    """
    try:
        answer = await app.async_dispatch(AsyncBoltRequest(body=dict(payload), mode="socket_mode"))
    except (TypeError, AttributeError, LookupError) as error:  # bolt trusts the shape of what it reads
        raise ValueError("a payload has not the shape that Slack's have") from error
    if answer.status >= SERVER_ERROR:
        raise ValueError(f"a payload of the kind {str(payload.get('type'))[:40]!r} makes no sense")
    return answer.body if answer.status == OK else ""


def _listener(take: Callable[[Mapping[str, Any]], Awaitable[Json]]) -> Callable[..., Awaitable[BoltResponse]]:
    async def listen(body: dict[str, Any]) -> BoltResponse:
        said = await take(body)
        return BoltResponse(status=OK, body=said or "")

    return listen


async def _failed(error: Exception) -> BoltResponse:
    """A payload that could not be read: Slack sends no such thing."""
    log.warning("a payload from Slack could not be taken (%s)", type(error).__name__)
    return BoltResponse(status=SERVER_ERROR, body="")
