"""The ways back to whoever did something: beside their command, in their form, or in our conversation with them."""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.controls import Json
from bot.adapters.slack.forms import TooBig, answer_view, form_view, remark_view
from bot.adapters.slack.people import People
from bot.adapters.slack.pictures import show
from bot.adapters.slack.render import Part, render
from bot.core.chat import Button, Card, Form, Style

log = logging.getLogger(__name__)

URL_USES = 4  # of the five that a response_url has; one is kept for an answer that comes late
PATIENCE = aiohttp.ClientTimeout(total=15)
BROKEN = (OSError, aiohttp.ClientError, SlackClientError, TimeoutError)
IN_MESSAGES = "The answer is too long for here: I have sent it to you as a direct message."


class Back(Protocol):
    """A way back."""

    async def show(self, card: Card, *, in_place: bool = False) -> None:
        """Show a card, to nobody but the person; `in_place` of what was pressed, where that can be."""

    async def open(self, form: Form, lively: Sequence[str]) -> None:
        """Open a form; `lively` are the fields with suggestions that follow what is typed."""


class Ways:
    """Makes ways back; each uses the one client and the one session."""

    def __init__(self, client: AsyncWebClient, people: People) -> None:
        self.client = client
        self.people = people

    async def post(self, url: str, body: Json) -> bool:
        """Use a response_url; gives whether Slack took it."""
        session = self.client.session or aiohttp.ClientSession()
        try:
            async with session.post(url, json=body, timeout=PATIENCE) as answer:
                if answer.status == 200:  # noqa: PLR2004 - HTTP's word for yes
                    return True
                log.info("Slack did not take an answer (%d)", answer.status)
        except BROKEN as error:
            log.info("an answer did not reach Slack (%s)", type(error).__name__)
        finally:
            if session is not self.client.session:
                await session.close()
        return False

    async def write(self, user: str, parts: Sequence[Part], channel: str = "") -> None:
        """Write to somebody in our conversation with them."""
        try:
            channel = channel or await self.people.direct(user)
            for part in parts:
                await show(self.client, part, partial(self._write, channel, part.text))
        except SlackApiError as error:
            log.warning("an answer could not be written (%s)", error.response.get("error"))
        except BROKEN as error:
            log.warning("an answer could not be written (%s)", type(error).__name__)

    async def _write(self, channel: str, text: str, blocks: list[Json], _mark: str) -> None:
        await self.client.chat_postMessage(
            channel=channel, text=text, blocks=blocks, unfurl_links=False, unfurl_media=False
        )

    async def view(self, method: str, view: Json, **more: Any) -> bool:
        """Open, push or update a modal; gives whether Slack did."""
        try:
            await self.client.api_call(f"views.{method}", json={"view": view, **more})
        except SlackApiError as error:
            log.info("a form could not be shown (%s)", error.response.get("error"))
            return False
        except BROKEN as error:
            log.info("a form could not be shown (%s)", type(error).__name__)
            return False
        return True


class Beside:
    """Back to where a command was typed, or a button of a message was pressed."""

    def __init__(self, ways: Ways, payload: Mapping[str, Any], user: str, where: str, *, everybody: bool) -> None:
        """`where` is the place's id; `everybody` says that nobody else reads there, so that the answer may stay."""
        self._ways = ways
        self._url = str(payload.get("response_url") or "")
        self._trigger = str(payload.get("trigger_id") or "")
        self._hidden = bool((payload.get("container") or {}).get("is_ephemeral"))
        self._user = user
        self._where = where
        self._kind = "in_channel" if everybody else "ephemeral"
        self._uses = 0

    async def show(self, card: Card, *, in_place: bool = False) -> None:
        """Privately beside it; what does not fit there goes to our conversation."""
        parts = list(render(card))
        left: list[Part] = []
        for index, part in enumerate(parts):
            if left or part.picture is not None or self._uses >= URL_USES or not self._url:
                left.append(part)
                continue
            self._uses += 1
            body = {
                "text": part.text,
                "blocks": list(part.blocks),
                "response_type": self._kind,
                "replace_original": in_place and self._hidden and index == 0,
            }
            if not await self._ways.post(self._url, {**body, "unfurl_links": False, "unfurl_media": False}):
                left.append(part)
        if left:
            await self._ways.write(self._user, left)

    async def open(self, form: Form, lively: Sequence[str]) -> None:
        """As a modal, or a card whose button opens it where the trigger is used up or too old."""
        try:
            view = form_view(form, self._where, lively)
        except TooBig:
            await self.show(Card("Not yet", "That is too long to go on with here. Please shorten it, and try again."))
            return
        if not (self._trigger and await self._ways.view("open", view, trigger_id=self._trigger)):
            await self.show(fill_in(form))


class Within:
    """Back into a modal."""

    def __init__(self, ways: Ways, view: Mapping[str, Any], user: str, where: str) -> None:
        self._ways = ways
        self._view = str(view.get("id") or "")
        self._user = user
        self._where = where

    async def show(self, card: Card, *, in_place: bool = False) -> None:  # noqa: ARG002 - it always is
        """In the modal's place; what does not fit there goes to our conversation."""
        if not await self._ways.view("update", await self.in_view(card), view_id=self._view):
            await self._ways.write(self._user, render(card))

    async def in_view(self, card: Card) -> Json:
        """The card as a modal; one that is too long is sent, and the modal says so."""
        parts = render(card)
        try:
            if all(part.picture is None for part in parts):
                return answer_view(card)
        except TooBig:
            pass
        await self._ways.write(self._user, parts)
        return remark_view("Steward", IN_MESSAGES)

    async def open(self, form: Form, lively: Sequence[str]) -> None:
        """In the modal's place."""
        try:
            view = form_view(form, self._where, lively)
        except TooBig as error:
            view = remark_view("Not yet", f"{error}. Please shorten it.")
        if not await self._ways.view("update", view, view_id=self._view):
            await self._ways.write(self._user, render(fill_in(form)))


class Over:
    """Back from the home tab: a modal over it."""

    def __init__(self, ways: Ways, trigger: str, user: str, where: str) -> None:
        self._ways = ways
        self._trigger = trigger
        self._user = user
        self._where = where

    async def show(self, card: Card, *, in_place: bool = False) -> None:  # noqa: ARG002 - the home tab stays
        """As a modal, or in our conversation where the trigger is too old."""
        view = await Within(self._ways, {}, self._user, self._where).in_view(card)
        if not await self._ways.view("open", view, trigger_id=self._trigger):
            await self._ways.write(self._user, render(card))

    async def open(self, form: Form, lively: Sequence[str]) -> None:
        """As a modal."""
        try:
            view = form_view(form, self._where, lively)
        except TooBig as error:
            view = remark_view("Not yet", f"{error}. Please shorten it.")
        if not await self._ways.view("open", view, trigger_id=self._trigger):
            await self._ways.write(self._user, render(fill_in(form)))


class Written:
    """Back to a message that somebody wrote to us."""

    def __init__(self, ways: Ways, user: str, channel: str) -> None:
        self._ways = ways
        self._user = user
        self._channel = channel

    async def show(self, card: Card, *, in_place: bool = False) -> None:  # noqa: ARG002 - their words stay
        """As a message."""
        await self._ways.write(self._user, render(card), self._channel)

    async def open(self, form: Form, lively: Sequence[str]) -> None:  # noqa: ARG002 - it opens by the button
        """As a card whose button opens it: words alone open no form."""
        await self.show(fill_in(form))


def fill_in(form: Form) -> Card:
    """A card whose button opens the form."""
    label = f"Fill in: {form.title}"
    try:
        button = Button(label, form.command, form.values, Style.PRIMARY)
    except ValueError:  # what is known already is too long for a button
        button = Button(label[:75], form.command, style=Style.PRIMARY)
    questions = ", ".join(field.label for field in form.fields if field.required)
    return Card(
        form.title, form.intro or (f"I still need to know: {questions}." if questions else ""), controls=(button,)
    )
