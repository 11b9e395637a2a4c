"""Takes what people do on Slack to the engine, and its replies back. Nothing here waits before it acknowledges."""

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from msgspec.structs import replace

from bot.adapters.slack import codes, forms, read
from bot.adapters.slack.controls import Json
from bot.adapters.slack.deliveries import Deliveries
from bot.adapters.slack.files import Files
from bot.adapters.slack.home import Homes, page_of
from bot.adapters.slack.outside import Outside
from bot.adapters.slack.people import People, Profile
from bot.adapters.slack.read import Payload
from bot.adapters.slack.replying import Back, Beside, Over, Ways, Within, Written
from bot.adapters.slack.tasks import Tasks
from bot.core.chat import Card, Form, Reply, Request
from bot.core.plain import text_of
from bot.core.sorry import Sorry

CHECKED = 2.0  # seconds within which a form that was sent in is checked before it is acknowledged
ACKNOWLEDGED = 2.7  # seconds within which it is acknowledged, its file fetched included; Slack waits three
SUGGESTING = 2.5  # seconds within which suggestions are given or left out

OUT_OF_DATE = Card("This button is out of date", "Type `/steward` to see what you can do now.")
RESTARTING = Card("One moment", "I am being restarted. Please try again in a minute; nothing was changed.")
NO_WORDS = Card("Not yet", "There are no words in that message that I could keep.")
WAIT = Card("One moment", "I am still at it. The answer will stand here.")


class Answering:
    """Every method takes a payload of Slack's and gives what acknowledges it: the body of the answer, often empty."""

    def __init__(self, outside: Outside, ways: Ways, homes: Homes, files: Files, prefix: str) -> None:
        """`prefix` begins the short slash commands."""
        self._handle = outside.handle
        self._suggest = outside.suggest
        self._commands = outside.commands
        self._first_words = {name.partition(" ")[0] for name in outside.commands}
        self._ways = ways
        self._people: People = ways.people
        self._files = files
        self._seconds = outside.seconds
        self._prefix = prefix
        self._tasks = Tasks()
        self._deliveries = Deliveries()
        self.homes = homes
        self.taking = True

    # -- what Slack hands over

    async def command(self, payload: Payload) -> Json:
        """A slash command."""
        if self._deliveries.is_new(payload):
            self._tasks.start(self._command(payload) if self.taking else self._beside(payload).show(RESTARTING))
        return {}

    async def act(self, payload: Payload) -> Json:
        """A button or a choice."""
        if payload["actions"] and self._deliveries.is_new(payload):
            self._tasks.start(self._act(payload) if self.taking else self._back(payload)[0].show(RESTARTING))
        return {}

    async def shortcut(self, payload: Payload) -> Json:
        """A shortcut in a message's menu."""
        if self._deliveries.is_new(payload):
            self._tasks.start(self._shortcut(payload) if self.taking else self._beside(payload).show(RESTARTING))
        return {}

    async def event(self, payload: Payload) -> Json:
        """A home tab that was opened, or words in our conversation with somebody."""
        event = payload["event"]
        if not self.taking:  # Slack tells it again, to whoever is there then
            return {}
        theirs = not event.get("bot_id") and event.get("subtype") in (None, "file_share", "thread_broadcast")
        if event["type"] == "app_home_opened" and self._deliveries.is_new(payload):
            self._tasks.start(self._home(payload))
        direct = event["type"] == "message" and event.get("channel_type") == "im"
        if direct and theirs and event.get("user") and self._deliveries.is_new(payload):
            self._tasks.start(self._written(payload))
        return {}

    async def suggestions(self, payload: Payload) -> Json:
        """What somebody types in a select that follows it."""
        remembered = codes.read_metadata(str((payload.get("view") or {}).get("private_metadata") or ""))
        typed, option = str(payload.get("value") or ""), str(payload.get("block_id") or "")
        pairs: list[tuple[str, str]] = []
        if remembered is not None and self.taking:
            command, values, where = remembered
            profile = await self._people.profile(read.user_in(payload), 0)
            request = self._request(payload, profile, command, values, where=where)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SUGGESTING):
                    pairs = list(await asyncio.to_thread(self._suggest, request, option, typed))
        return {"options": forms.options(pairs, typed)}

    async def submit(self, payload: Payload) -> Json:
        """A form that was sent in: checked before it is acknowledged, so that errors stand at their fields."""
        view = payload["view"]
        remembered = codes.read_metadata(str(view.get("private_metadata") or ""))
        if view.get("callback_id") != codes.FORM or remembered is None or remembered[0] not in self._commands:
            return {"response_action": "update", "view": forms.answer_view(OUT_OF_DATE)}
        if not self.taking:
            return {"response_action": "update", "view": forms.answer_view(RESTARTING)}
        return await self._sent_in(payload, *remembered)

    async def _sent_in(self, payload: Payload, command: str, values: Mapping[str, str], where: str) -> Json:
        """The answer to a form for this command; `values` are those that it remembered."""
        view, user, since = payload["view"], read.user_in(payload), self._seconds()
        files = forms.attached(view)
        profile, fetched = await asyncio.gather(self._people.profile(user), self._files.fetch(files))
        if fetched.errors:
            return {"response_action": "errors", "errors": fetched.errors}
        values = {**values, **forms.filled_in(view, read.workspace_of(payload)), **fetched.texts}
        request = self._request(payload, profile, command, values, where=where, form=True)
        back = Within(self._ways, view, user, where)
        answer = asyncio.ensure_future(asyncio.wrap_future(self._handle(request)))
        left = ACKNOWLEDGED - (self._seconds() - since)
        await asyncio.wait({answer}, timeout=max(0.0, min(CHECKED, left)))
        if not answer.done():
            self._tasks.start(self._late(answer, back, user))
            return {"response_action": "update", "view": forms.answer_view(WAIT)}
        reply = answer.result()
        self.homes.changed(user)
        if isinstance(reply, Form):
            return self._form_again(reply, view, where)
        if isinstance(reply, Sorry) and not reply.blocks:
            fields = forms.fields_of(view)
            if fields:  # what was typed stays there to be mended
                return {"response_action": "errors", "errors": {fields[0]: text_of(reply.summary, UTC) or reply.title}}
        return {"response_action": "update", "view": await back.in_view(reply)} if reply is not None else {}

    # -- stopping

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        await self._tasks.settled()

    async def drained(self) -> None:
        """Take on nothing more, and let what is under way be answered, within a bounded time."""
        self.taking = False
        await self._tasks.drained()

    # -- the work behind the acknowledgement

    async def _command(self, payload: Payload) -> None:
        user = read.user_in(payload)
        back = self._beside(payload)
        name, text = read.typed(payload, self._prefix)
        profile = await self._people.profile(user)
        shown = profile if profile.name else replace(profile, name=str(payload.get("user_name") or ""))
        request = self._request(payload, shown, name, {}, text=text)
        await self._ask(request, back, user)

    async def _act(self, payload: Payload) -> None:
        action: Mapping[str, Any] = payload["actions"][0]
        kind, _, _number = str(action.get("action_id") or "").partition(":")
        user = read.user_in(payload)
        if kind == codes.LINK:
            return
        profile = await self._people.profile(user)
        view: Mapping[str, Any] = payload.get("view") or {}
        if view.get("type") == "home":
            home = self._request(payload, profile, "home", {})
            if kind == codes.PAGE:
                await self.homes.show(user, home, page_of(action.get("value")))
                return
            self.homes.used(user, home, page_of(view.get("private_metadata")))
        back, where = self._back(payload)
        code = (action.get("selected_option") or action).get("value")
        pressed = codes.read_code(str(code or "")) if kind == codes.DO else None
        if pressed is None or pressed.command not in self._commands:
            await back.show(OUT_OF_DATE)
            return
        request = self._request(payload, profile, pressed.command, pressed.values, where=where)
        await self._ask(request, back, user, in_place="page" in pressed.values)

    async def _shortcut(self, payload: Payload) -> None:
        user = read.user_in(payload)
        back = self._beside(payload)
        name = str(payload.get("callback_id") or "").removeprefix(codes.shortcut_id(""))
        shortcut = getattr(self._commands.get(name), "shortcut", None)
        if shortcut is None:
            await back.show(OUT_OF_DATE)
            return
        profile = await self._people.profile(user)
        author = str((payload.get("message") or {}).get("user") or "")
        values = read.message_values(payload, shortcut, await self._people.profile(author) if author else Profile())
        if values is None:
            await back.show(NO_WORDS)
        else:
            await self._ask(self._request(payload, profile, name, values), back, user)

    async def _home(self, payload: Payload) -> None:
        event = payload["event"]
        user = str(event["user"])
        channel = str(event.get("channel") or "")
        if channel.startswith("D"):
            self._people.keep_direct(user, channel)
        if event.get("tab", "home") != "home":
            return
        profile = await self._people.profile(user)
        await self.homes.show(user, self._of_event(payload, profile, command="home"))

    async def _written(self, payload: Payload) -> None:
        event = payload["event"]
        user, channel = str(event["user"]), str(event["channel"])
        self._people.keep_direct(user, channel)
        back = Written(self._ways, user, channel)
        words = read.unescaped(str(event.get("text") or ""), read.workspace_of(payload)).strip()
        first = words.partition(" ")[0].partition("\n")[0].casefold().lstrip("/")
        understood = first in self._first_words
        profile = await self._people.profile(user)
        what = {"text": words} if understood else {"command": "home"}
        await self._ask(self._of_event(payload, profile, **what), back, user)

    async def _ask(self, request: Request, back: Back, user: str, *, in_place: bool = False) -> None:
        """Put the request to the engine, and show what it replies."""
        reply = await asyncio.wrap_future(self._handle(request))
        await self._show(reply, back, in_place=in_place)
        command = self._commands.get(request.command)
        if command is None or not command.reads:
            self.homes.changed(user)

    async def _late(self, answer: "asyncio.Future[Reply | None]", back: Back, user: str) -> None:
        reply = await answer
        self.homes.changed(user)
        await self._show(reply, back)

    async def _show(self, reply: Reply | None, back: Back, *, in_place: bool = False) -> None:
        if isinstance(reply, Form):
            await back.open(reply, self._lively(reply))
        elif reply is not None:
            await back.show(reply, in_place=in_place)

    def _form_again(self, form: Form, view: Mapping[str, Any], where: str) -> Json:
        """What is wrong, at its field; another form where it is not among those shown."""
        errors = forms.errors_of(form, forms.fields_of(view))
        if errors:
            return {"response_action": "errors", "errors": errors}
        try:
            again = forms.form_view(form, where, self._lively(form))
        except forms.TooBig as error:
            again = forms.remark_view("Not yet", f"{error}. Please shorten it.")
        return {"response_action": "update", "view": again}

    def _lively(self, form: Form) -> list[str]:
        """The fields whose suggestions the engine gives for what is typed."""
        command = self._commands.get(form.command)
        return [each.name for each in command.parameters] if command is not None else []

    # -- reading

    def _request(
        self, payload: Payload, profile: Profile, command: str, values: Mapping[str, str], **more: Any
    ) -> Request:
        where = more.pop("where", "")
        made = read.request(payload, profile, read.delivery_of(payload), command=command, values=dict(values), **more)
        return replace(made, where=type(made.where)(where)) if where else made

    def _of_event(self, payload: Payload, profile: Profile, **what: Any) -> Request:
        event = payload["event"]
        about = {
            "team_id": read.workspace_of(payload),
            "user_id": event["user"],
            "channel_id": event.get("channel"),
        }
        return read.request(about, profile, read.delivery_of(payload), **what)

    def _beside(self, payload: Payload) -> Beside:
        user, where = read.user_in(payload), read.where_of(payload)
        channel = where.id.rpartition("/")[2]
        container = payload.get("container") or {}
        ours = container.get("type") == "message" and not container.get("is_ephemeral") and channel.startswith("D")
        if ours:
            self._people.keep_direct(user, channel)
        everybody = self._people.is_direct(user, channel)
        return Beside(self._ways, payload, user, where.id, everybody=everybody)

    def _back(self, payload: Payload) -> tuple[Back, str]:
        """The way back from a control, and where it counts as pressed."""
        view: Mapping[str, Any] = payload.get("view") or {}
        user, where = read.user_in(payload), read.where_of(payload).id
        if view.get("type") == "home":
            return Over(self._ways, str(payload.get("trigger_id") or ""), user, where), where
        if view:
            return Within(self._ways, view, user, where), where
        return self._beside(payload), where
