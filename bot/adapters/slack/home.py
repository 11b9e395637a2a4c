"""The home tab: the personal card, page by page, and fresh again after changes."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.codes import PAGE
from bot.adapters.slack.controls import Json, plain_text
from bot.adapters.slack.render import render_view
from bot.adapters.slack.replying import BROKEN
from bot.core.chat import Card, Request
from bot.core.ports import Handle

log = logging.getLogger(__name__)

KEPT_AT_MOST = 2000  # people whose home tab is kept fresh
SOON = 0.3  # seconds in which several changes become one


class Homes:
    """Shows people their home."""

    def __init__(
        self, client: AsyncWebClient, handle: Handle, start: Callable[[Coroutine[Any, Any, None]], object]
    ) -> None:
        """`start` runs something beside, and waits for it when Steward stops."""
        self._client = client
        self._handle = handle
        self._start = start
        self._opened: dict[str, tuple[Request, int]] = {}
        self._stale: set[str] = set()

    async def show(self, user: str, request: Request, page: int = 0) -> None:
        """Publish somebody's home; `request` asks for it."""
        self._opened.pop(user, None)
        if len(self._opened) >= KEPT_AT_MOST:
            del self._opened[next(iter(self._opened))]
        self._opened[user] = (request, page)
        reply = await asyncio.wrap_future(self._handle(request))
        if isinstance(reply, Card):
            await self._publish(user, home_view(reply, page))

    async def turn(self, user: str, page: int) -> None:
        """Another page of it."""
        if user in self._opened:
            await self.show(user, self._opened[user][0], page)

    def changed(self, user: str) -> None:
        """Something of theirs changed: their home, if they ever opened it, is published anew soon."""
        if user in self._opened and user not in self._stale:
            self._stale.add(user)
            self._start(self._refresh(user))

    async def _refresh(self, user: str) -> None:
        await asyncio.sleep(SOON)
        self._stale.discard(user)
        if user in self._opened:
            await self.show(user, *self._opened[user])

    async def _publish(self, user: str, view: Json) -> None:
        try:
            await self._client.views_publish(user_id=user, view=view)
        except SlackApiError as error:
            log.info("a home tab could not be shown (%s)", error.response.get("error"))
        except BROKEN as error:
            log.info("a home tab could not be shown (%s)", type(error).__name__)


def home_view(card: Card, page: int = 0) -> Json:
    """A card as a home tab; a long one has pages and the buttons that turn them."""
    pages = render_view(card)
    page = min(max(page, 0), len(pages) - 1)
    blocks = list(pages[page])
    turns = [("Previous page", page - 1)] if page else []
    turns += [("Next page", page + 1)] if page + 1 < len(pages) else []
    if turns:
        elements = [
            {"type": "button", "text": plain_text(label), "action_id": f"{PAGE}:{to}", "value": str(to)}
            for label, to in turns
        ]
        blocks.append({"type": "actions", "elements": elements})
    return {"type": "home", "blocks": blocks}
