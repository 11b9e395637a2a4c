import asyncio
import functools
import re
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
import simcord
from hypothesis import strategies as st
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.adapters.discord import forms
from bot.adapters.discord.adapter import Discord, Outside
from bot.adapters.discord.addresses import number
from bot.adapters.discord.render import render
from bot.adapters.discord.sync import Marks
from bot.core.chat import Card, Form, Inline, Link, Moment, Person, Place, Reply, Request
from bot.core.ports import Adapter
from bot.house import topics
from tests.adapters.contract import AdapterContract, Pressed, Shown
from tests.adapters.discord.seen import code_in, pressable, walk, words
from tests.engine_room import SeededChance

KNOWN = topics().router.by_name
COMMANDS = {name: KNOWN[name] for name in ("home", "posted", "tip add", "snooze")} | {"remove": KNOWN["undo"]}
ACTIVE = re.compile(
    r"<[@#:/ti]|[*_~`|]|\[[^\]]*\]\(|https?:(?=\S)|@everyone|@here|discord(?:app)?\.\w|:[A-Za-z0-9_~-]+:"
    r"|^\s*(?:#{1,3}|>|-#?|\+|\d+[.)])\s",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Drawn(Shown):
    """What is shown, with its markdown."""

    raw: str = field(default="", compare=False)


class Stage:
    """A simulated Discord on which a reply is shown, pressed and filled in."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.requests: list[Request] = []
        outside = Outside(
            self._handle,
            lambda _request, _option, _typed: (),
            COMMANDS,
            lambda: datetime(2026, 11, 23, tzinfo=UTC),
            SeededChance().id,
            Marks(lambda: "", lambda _mark: None),
        )
        self.adapter = Discord("a.token", outside, shards=1)

    def _handle(self, request: Request) -> "Future[Reply | None]":
        self.requests.append(request)
        answer: Future[Reply | None] = Future()
        answer.set_result(self.replies.pop(0) if self.replies else Card("Done"))
        return answer

    def people(self, env: Env) -> tuple[MemberActor, ChannelHandle]:
        guild = env.create_guild()
        channel = guild.create_text_channel("general")
        return guild.add_member(env.create_user("ann")), channel


class DiscordHarness:
    network = "discord"
    too_big: tuple[type[Exception], ...] = ()

    def show(self, reply: Reply) -> Shown:
        if isinstance(reply, Form):
            return _form(reply)
        parts = [component for part in render(reply, "t") for component in part.payload()]
        buttons = tuple((label, does) for label, does, _id in pressable(parts))
        raw = "\n".join(one["content"] for one in walk(parts) if one.get("content"))  # Discord draws nothing in a label
        return Drawn("\n".join(words(parts)), buttons, raw)

    def says(self, part: Inline) -> str:
        match part:
            case Link(label, url):
                return label or url
            case Moment(at):
                return f"<t:{int(at.timestamp())}:f>"
            case Person():
                return part.id if number(part) is None else f"<@{number(part)}>"
            case Place():
                return part.id if number(part) is None else f"<#{number(part)}>"
            case _:
                return str(part)

    def active(self, shown: Shown) -> list[str]:
        assert isinstance(shown, Drawn)
        raw = re.sub(r"\\[^0-9A-Za-z\s]", "\ufffc", shown.raw)
        raw = re.sub(r"\A### |^-# ", "", raw, flags=re.MULTILINE)
        raw = re.sub(r"^\*\*([^*]*)\*\*: ", r"\1 ", raw, flags=re.MULTILINE)
        return ACTIVE.findall(raw)

    def press(self, card: Card, index: int) -> Pressed:
        return asyncio.run(_press(card, index))

    def submit(self, form: Form, given: Mapping[str, str]) -> Request:
        return asyncio.run(_submit(form, given))

    def adapter(self) -> Adapter:
        return Stage().adapter


def _form(form: Form) -> Shown:
    """A form as a modal, or as the card before it where a modal can't hold all of its words."""
    laid = forms.layout(form)
    if laid.complete:
        parts = [item.to_component_dict() for item in laid.items]
        return Shown("\n".join([forms.modal(form, "x").title, *words(parts)]))
    parts = [one for part in render(forms.explained(form)) for one in part.payload()]
    return Shown("\n".join(words(parts)))


async def _press(card: Card, index: int) -> Pressed:
    stage = Stage(card)
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        shown = await ann.slash(channel, "home")
        messages: list[ResponseMessage] = [each for each in (shown.response, *shown.followups) if each]
        found = [(message, *one) for message in messages for one in pressable(message.components)]
        message, _label, does, custom_id = [one for one in found if not one[2].startswith("https://")][
            sum(not one[2].startswith("https://") for one in found[:index])
        ]
        if code_in(custom_id) == "?":
            await ann.select(message, [does], custom_id=custom_id)
        else:
            await ann.click(message, custom_id=custom_id)
        return Pressed("\n".join(words(message.components)), stage.requests[1])


async def _submit(form: Form, given: Mapping[str, str]) -> Request:
    stage = Stage(form)
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        shown: InteractionResult = await ann.slash(channel, "home")
        if shown.modal is None:
            messages = [each for each in (shown.response, *shown.followups) if each]
            last = messages[-1]
            (button,) = [each for each in pressable(last.components) if each[0] == "Fill in"]
            shown = await ann.click(last, custom_id=button[2])
        assert shown.modal
        fields = [one["component"] for one in shown.modal["components"] if one.get("component")]
        values: dict[str, Any] = {}
        for each in fields:
            answer = given[each["custom_id"]]
            picked = {3: [answer], 4: answer, 5: [ann]}
            values[each["custom_id"]] = picked[each["type"]]
        await ann.submit_modal(shown, values)
        return stage.requests[1]


@functools.cache
def _somebody() -> str:
    """The person whom the simulated Discord has in every run."""

    async def look() -> str:
        stage = Stage()
        async with simcord.run(stage.adapter.client) as env:
            return f"discord:{stage.people(env)[0].id}"

    return asyncio.run(look())


class TestDiscord(AdapterContract):
    harness = DiscordHarness()
    somebody: ClassVar[st.SearchStrategy[str]] = st.builds(_somebody)

    @pytest.fixture(autouse=True)
    async def closing(self) -> AsyncIterator[None]:
        self.started: list[Env] = []
        yield
        for env in self.started:
            await env.shutdown()

    async def ready(self) -> Adapter:
        stage = Stage()
        env = Env(stage.adapter.client)
        await env.start()
        self.started.append(env)
        ann, channel = stage.people(env)
        self.known = (Person(f"discord:{ann.id}"), Place(f"discord:{env.guild.id}/{channel.id}"))
        return stage.adapter

    def addresses(self) -> tuple[Person | Place, ...]:
        return self.known
