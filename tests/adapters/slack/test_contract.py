import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack import forms, read
from bot.adapters.slack.adapter import Slack
from bot.adapters.slack.addresses import channel_of, user_of
from bot.adapters.slack.home import home_view
from bot.adapters.slack.mrkdwn import marked
from bot.adapters.slack.outside import Keys, Outside
from bot.adapters.slack.render import render, render_view
from bot.core.chat import Card, Form, Inline, Moment, Person, Place, Reply, Request
from bot.core.ports import Adapter
from bot.house import topics
from tests.adapters.cards import cards
from tests.adapters.cards import forms as any_forms
from tests.adapters.contract import QUICK, AdapterContract, Pressed, Shown
from tests.adapters.slack.standin import limits, markup, payloads, reading
from tests.adapters.slack.standin.slack import Slack as StandIn
from tests.adapters.slack.standin.workspace import APP_TOKEN, BOT_TOKEN, Channel, Member, Message, View

KNOWN = topics().router.by_name
COMMANDS = {name: KNOWN[name] for name in ("home", "posted", "tip add", "snooze")} | {"remove": KNOWN["undo"]}
NOW = datetime(2026, 11, 23, tzinfo=UTC)
ANN, HERE = Member("U1", "Ann"), Channel("C1", "social")
FORMATS = re.compile(
    r"(?<!\w)([*_~])(?=[^\s\u200b])[^\n]*?\1(?!\w)|`[^`\n\u200b][^`\n]*`|^&gt;"
    r"|:[a-z0-9_+'-]*[a-z+][a-z0-9_+'-]*:",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Drawn(Shown):
    """What is shown, with all of its text objects."""

    texts: tuple[tuple[str, str], ...] = field(default=(), compare=False)


def parts_of(card: Card) -> list[dict[str, Any]]:
    """The blocks of every message that shows a card; a picture as Slack shows one."""
    found: list[dict[str, Any]] = []
    for part in render(card):
        limits.check_message({"text": part.text, "blocks": list(part.blocks)})
        found += part.blocks if part.picture is None else [{"type": "picture", "alt_text": part.picture.alt}]
    return found


def lines(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(
        block["alt_text"] if block["type"] == "picture" else reading.seen([block], str) for block in blocks
    )


def texts_in(value: Any) -> list[tuple[str, str]]:
    """(type, text) of every text object."""
    if isinstance(value, list):
        return [one for each in value for one in texts_in(each)]
    if not isinstance(value, dict):
        return []
    if value.get("type") in ("mrkdwn", "plain_text"):
        return [(value["type"], value["text"])]
    return [one for each in value.values() for one in texts_in(each)]


def pressable(blocks: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    found = []
    for control in reading.controls([one for one in blocks if one["type"] != "picture"]):
        element = control.element
        if element["type"] == "static_select":
            found += [(one["text"]["text"], one["value"]) for one in element["options"]]
        else:
            found.append((control.label, element.get("value") or element["url"]))
    return tuple(found)


class Stage:
    """An adapter whose engine only notes what it is asked."""

    def __init__(self, api_url: str = "http://127.0.0.1:1/api/") -> None:
        self.requests: list[Request] = []
        outside = Outside(
            self._handle,
            lambda request, _changed: self._handle(request),
            lambda _request, _option, _typed: (),
            COMMANDS,
            lambda: NOW,
        )
        self.adapter = Slack(Keys(BOT_TOKEN, APP_TOKEN, api_url=api_url), outside)

    def _handle(self, request: Request) -> "Future[Reply | None]":
        self.requests.append(request)
        answer: Future[Reply | None] = Future()
        answer.set_result(None)
        return answer


class SlackHarness:
    network = "slack"
    too_big: tuple[type[Exception], ...] = ()

    def show(self, reply: Reply) -> Shown:
        if isinstance(reply, Form):
            return _form(reply)
        blocks = parts_of(reply)
        return Drawn(lines(blocks), pressable(blocks), tuple(texts_in(blocks)))

    def says(self, part: Inline) -> str:
        return markup.read(marked((part,)))

    def active(self, shown: Shown) -> list[str]:
        assert isinstance(shown, Drawn)
        found: list[str] = []
        for kind, text in shown.texts:
            if kind == "mrkdwn":
                found += markup.TOKEN.findall(text)
                found += [one[0] for one in FORMATS.finditer(re.sub(r"\A\*[^*\n]*\*$", "", text, flags=re.MULTILINE))]
        return found

    def press(self, card: Card, index: int) -> Pressed:
        return asyncio.run(_press(card, index))

    def submit(self, form: Form, given: Mapping[str, str]) -> Request:
        return asyncio.run(_submit(form, given))

    def adapter(self) -> Adapter:
        return Stage().adapter


def _form(form: Form) -> Shown:
    """A form as a modal, and what its lists offer when they are opened."""
    view = forms.form_view(form, "slack:T1/C1", [each.name for each in form.fields])
    limits.check_view(view, "modal")
    said = [view["title"]["text"], reading.seen(view["blocks"], str)]
    for each in form.fields:
        block = next(one for one in view["blocks"] if one.get("block_id") == each.name)
        if block["element"]["type"] == "external_select":
            said += [one["text"]["text"] for one in forms.options(each.choices, "")]
    return Shown("\n".join(said))


async def _press(card: Card, index: int) -> Pressed:
    stage = Stage()
    found: list[tuple[reading.Control, Any]] = []
    for part in render(card):
        for control in reading.controls(list(part.blocks)):
            options = control.element.get("options")
            found += [(control, one) for one in options] if options else [(control, None)]
    control, option = found[index]
    element = control.element
    does = {"selected_option": option} if option else {"value": element["value"]}
    action = {"type": element["type"], "action_id": element["action_id"], "action_ts": "1.0", **does}
    message = Message("C1", "1.0", "UBOT", "", [])
    await stage.adapter.answering.act(payloads.on_message(ANN, HERE, message, action, url="", trigger="t", state={}))
    await stage.adapter.answering.drained()
    asked = reading.said(element["confirm"]["text"]) if "confirm" in element else ""
    return Pressed(f"{asked}\n{lines(parts_of(card))}", stage.requests[0])


async def _submit(form: Form, given: Mapping[str, str]) -> Request:
    stage = Stage()
    view = forms.form_view(form, "slack:T1/C1", [each.name for each in form.fields])
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            answer: Any = given[block["block_id"]]
            element = block["element"]
            if element["type"] in ("static_select", "external_select"):
                answer = {"text": {"type": "plain_text", "text": answer}, "value": answer}
            elif element["type"] == "users_select":
                answer = answer.rpartition("/")[2]
            state[block["block_id"]] = {element["action_id"]: payloads.value_of(element, answer)}
    shown = View("V1", "U1", view, "1.hash")
    await stage.adapter.answering.submit(payloads.submission(ANN, shown, "t", state))
    return stage.requests[0]


class TestSlack(AdapterContract):
    harness = SlackHarness()
    somebody: ClassVar[st.SearchStrategy[str]] = st.builds("slack:T1/U{}".format, st.integers(1, 999))

    @pytest.fixture
    async def slack(self) -> AsyncIterator[StandIn]:
        async with StandIn() as made:
            made.user("a")
            made.channel("b")
            yield made

    @pytest.fixture(autouse=True)
    def _reachable(self, request: pytest.FixtureRequest) -> None:
        needs = request.node.name.startswith("test_a_delivered") or request.node.name.startswith("test_a_message_that")
        self.workspace: StandIn | None = request.getfixturevalue("slack") if needs else None

    async def ready(self) -> Adapter:
        assert self.workspace is not None
        return Stage(self.workspace.api_url).adapter

    def addresses(self) -> tuple[Person | Place, ...]:
        return Person("slack:T1/UA"), Place("slack:T1/CB")

    @QUICK
    @given(cards("slack"))
    def test_every_card_keeps_to_the_limits_of_a_home_tab(self, card: Card) -> None:
        for page in range(len(render_view(card))):
            assert limits.broken(home_view(card, page), "home") == ""

    @QUICK
    @given(cards("slack"))
    def test_the_words_beside_the_blocks_say_everything(self, card: Card) -> None:
        for part in render(card):
            said = markup.read(part.text)
            shown = reading.seen(list(part.blocks), str)
            missing = [word for word in re.findall(r"\w+", shown) if word not in said]
            assert not missing

    @QUICK
    @given(any_forms)
    def test_every_form_keeps_to_the_limits_of_a_modal(self, form: Form) -> None:
        for lively in ([], [each.name for each in form.fields]):
            assert limits.broken(forms.form_view(form, "slack:T1/C1", lively), "modal") == ""


def test_ids_are_read_back() -> None:
    assert user_of(Person("slack:T1/U2")) == "U2"
    assert channel_of(Place("slack:T1/D9")) == "D9"
    assert user_of(Person("discord:2")) is None
    assert channel_of(Place("slack:T1/")) is None


def test_moments_are_shown_to_each_reader_in_their_own_zone() -> None:
    at = Moment(datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert marked((at,)).startswith("<!date^1796115600^{date_short_pretty}, {time}|Tue 1 Dec 2026, 09:00 UTC>")
    assert read.unescaped("a &lt;b&gt; &amp;amp;", "T1") == "a <b> &amp;"
