"""The home tab: the personal card, page by page, and fresh again after changes, whoever made them."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from msgspec import Struct
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.codes import PAGE
from bot.adapters.slack.controls import Json, plain_text
from bot.adapters.slack.render import render_view
from bot.adapters.slack.replying import BROKEN
from bot.adapters.slack.send import BROKEN as IN_TROUBLE
from bot.adapters.slack.send import pause_of
from bot.core.chat import Card, Reply, Request
from bot.core.ports import Handle, Watch
from bot.core.sorry import Sorry

log = logging.getLogger(__name__)

KEPT_AT_MOST = 1000  # people whose home tab is kept fresh
FRESH_FOR = 24 * 3600.0  # seconds since somebody last used it: opening it again publishes it anyway
SOON = 0.3  # seconds in which several changes become one
APART = 1.0  # seconds between two looks at the same home
MINUTE, A_MINUTE = 60.0, 80  # Slack takes about a hundred homes a minute: the rest is for those that are opened
AGAIN = 15.0  # seconds after which a home that Slack could not take is tried again


class Home(Struct):
    """Somebody's home tab: how it is asked for, which page is shown, and the view that Slack took last."""

    request: Request
    page: int
    used: float
    looked: float = 0.0
    view: Json | None = None


class Homes:
    """Shows people their home, and keeps fresh those that were opened."""

    def __init__(self, client: AsyncWebClient, handle: Handle, watch: Watch, seconds: Callable[[], float]) -> None:
        """`seconds` counts up from any fixed moment."""
        self._client = client
        self._handle = handle
        self._watch = watch
        self._seconds = seconds
        self._homes: dict[str, Home] = {}  # whoever used theirs last comes last
        self._stale: set[str] = set()
        self._woken = asyncio.Event()
        self._published: deque[float] = deque(maxlen=A_MINUTE)
        self._free_at = seconds()

    async def show(self, user: str, request: Request, page: int = 0) -> None:
        """Somebody opened their home, or turned its page: publish it; `request` asks for it."""
        home = self._use(user, Home(request, page, self._seconds()))
        reply = await asyncio.wrap_future(self._handle(request))
        await self._publish(user, home, reply)
        self.changed(user)  # the look that follows is the one whose changes are told

    def used(self, user: str, request: Request, page: int) -> None:
        """Somebody pressed a button on their home: it is kept fresh, also where it was opened before a restart."""
        known = self._homes.get(user)
        home = self._use(user, known or Home(request, page, 0))
        home.used = self._seconds()
        if known is None:
            self.changed(user)

    def changed(self, user: str) -> None:
        """Something of theirs changed: their home, if they have it open, is published anew soon."""
        if user in self._homes:
            self._stale.add(user)
            self._woken.set()

    async def keep_fresh(self) -> None:
        """Publish anew what has changed, those first who used their home last, until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            await asyncio.sleep(SOON)
            while self._stale:
                await asyncio.sleep(self._until_free())
                user = self._next()
                if user is None:
                    await asyncio.sleep(SOON)
                    continue
                try:
                    await self._look(user)
                except Exception:
                    log.exception("a home tab could not be brought up to date")

    def _use(self, user: str, home: Home) -> Home:
        self._homes.pop(user, None)
        if len(self._homes) >= KEPT_AT_MOST:
            oldest = next(iter(self._homes))
            del self._homes[oldest]
            self._stale.discard(oldest)
        self._homes[user] = home
        return home

    def _until_free(self) -> float:
        """The seconds until Slack takes another home that nobody opened."""
        full = self._published.maxlen == len(self._published)
        free_at = max(self._free_at, self._published[0] + MINUTE) if full else self._free_at
        return max(free_at - self._seconds(), 0)

    def _next(self) -> str | None:
        """Whose home is looked at next; None where all were looked at a moment ago."""
        before = self._seconds() - APART
        waiting = (user for user in reversed(self._homes) if user in self._stale)
        return next((user for user in waiting if self._homes[user].looked <= before), None)

    async def _look(self, user: str) -> None:
        """See whether a home is still what it shows."""
        self._stale.discard(user)
        home = self._homes[user]
        home.looked = self._seconds()
        if home.looked - home.used > FRESH_FOR:
            del self._homes[user]
            return
        heard = partial(self._hear, asyncio.get_running_loop(), user)
        reply = await asyncio.wrap_future(self._watch(home.request, heard))
        opened_meanwhile = self._homes.get(user) is not home
        if not opened_meanwhile and not isinstance(reply, Sorry):  # nobody asked: what stands there stays
            await self._publish(user, home, reply)

    def _hear(self, loop: asyncio.AbstractEventLoop, user: str) -> None:
        """On whatever thread it is told."""
        with suppress(RuntimeError):  # the loop is closed: Steward stops
            loop.call_soon_threadsafe(self.changed, user)

    async def _publish(self, user: str, home: Home, reply: Reply | None) -> None:
        """Show a reply, where it is not what is shown already."""
        view = home_view(reply, home.page) if isinstance(reply, Card) else home.view
        if view is None or view == home.view:
            return
        self._published.append(self._seconds())
        try:
            await self._client.views_publish(user_id=user, view=view)
            home.view = view
        except SlackApiError as error:
            log.info("a home tab could not be shown (%s)", error.response.get("error"))
            self._try_again(user, pause_of(error) or (AGAIN if error.response.get("error") in IN_TROUBLE else 0))
        except BROKEN as error:
            log.info("a home tab could not be shown (%s)", type(error).__name__)
            self._try_again(user, AGAIN)

    def _try_again(self, user: str, pause: float) -> None:
        if pause:
            self._free_at = max(self._free_at, self._seconds() + pause)
            self.changed(user)


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
    return {"type": "home", "private_metadata": str(page), "blocks": blocks}


def page_of(said: object) -> int:
    """The number of a page, as a home tab remembers it and its buttons name it; the first where it is none."""
    text = str(said or "")
    return int(text) if text.isascii() and text.isdecimal() else 0
