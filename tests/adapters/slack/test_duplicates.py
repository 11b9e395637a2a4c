"""What Slack hands over twice is done once; what it hands over for the first time waits for nobody."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import storage
from bot.house import KINDS
from bot.topics.posting.model import Post
from tests.adapters.slack.room import MODES, Room, room
from tests.adapters.slack.standin import payloads
from tests.adapters.slack.standin.lines import COMMAND, INTERACTIVE
from tests.adapters.slack.standin.user import SlackUser
from tests.adapters.slack.standin.workspace import Message as Written
from tests.house import House
from tests.storage.contract import held_up


@pytest.fixture(params=MODES)
async def either(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        yield made


def posting(here: Room) -> SlackUser:
    ana = here.volunteer("Ana")
    here.account(owner="ana")
    return ana


async def test_a_command_that_comes_twice_is_done_once(either: Room) -> None:
    ana = posting(either)
    turn, payload = ana.typed("posted ce-x")
    await ana.hand_in(turn, COMMAND, payload, id="envelope-twice")
    await turn.answer()
    await ana.hand_in(turn, COMMAND, payload, id="envelope-twice")
    await either.settled()
    assert len(either.house.find(Post)) == 1
    assert ["Noted" in one.text for one in turn.shown] == [True]


async def test_a_command_that_comes_again_after_a_restart_is_not_done_again(either: Room) -> None:
    ana = posting(either)
    turn, payload = ana.typed("posted ce-x")
    await ana.hand_in(turn, COMMAND, payload)
    await turn.answer()
    await either.restart()
    await ana.hand_in(turn, COMMAND, payload)
    await either.settled()
    assert ["Noted" in one.text for one in turn.shown] == [True]


@pytest.mark.parametrize("words", ["home", "posted", "no such thing"], ids=["a look", "a form", "a slip"])
async def test_what_changes_nothing_is_answered_once_too(either: Room, words: str) -> None:
    ana = posting(either)
    turn, payload = ana.typed(words)
    for retry in range(3):
        await ana.hand_in(turn, COMMAND, payload, id="envelope-thrice", retry=retry)
    await turn.answer()
    await either.settled()
    assert len(turn.shown) == 1
    assert len(either.slack.calls("views.open")) + len(either.slack.calls("response_url")) == 1


async def test_a_form_opens_though_the_database_is_being_written(tmp_path: Path) -> None:
    house = House(store=storage.open(f"sqlite:///{tmp_path}/steward.db", KINDS))
    async with room(house=house) as here:
        ana = posting(here)
        await ana.say("home")
        go_on, held = held_up(house.store)
        try:
            form = await ana.say("posted")
            assert form.view is not None
            turn = await ana.begin("posted ce-x")
            assert not turn.ack.error
            assert turn.shown == []  # what is kept waits its turn
        finally:
            go_on.set()
        await asyncio.wrap_future(held)
        assert "Noted" in (await turn.answer()).text


async def test_a_button_that_comes_twice_is_pressed_once(either: Room) -> None:
    ana = posting(either)
    home = await ana.say("")
    control = home.control("Posted on ce-x")
    turn, payload = ana.used(home, control, {"value": control.element.get("value", "")})
    for _time in range(2):
        await ana.hand_in(turn, INTERACTIVE, payload)
    await turn.answer()
    await either.settled()
    assert ["Noted" in one.text for one in turn.shown] == [True]


async def test_a_button_pressed_twice_on_purpose_is_answered_twice(either: Room) -> None:
    ana = posting(either)
    home = await ana.say("")
    assert "Noted" in (await ana.pressed("Posted on ce-x", home)).text
    assert "I have that already" in (await ana.pressed("Posted on ce-x", home)).text


async def test_a_form_that_comes_twice_is_taken_once(either: Room) -> None:
    ana = posting(either)
    form = await ana.say("posted")
    turn, payload = await ana.filled(form, account="ce-x")
    for _time in range(2):
        await ana.hand_in(turn, INTERACTIVE, payload)
    await either.settled()
    assert len(either.house.find(Post)) == 1


async def test_a_direct_message_that_comes_again_is_answered_once(either: Room) -> None:
    ana = posting(either)
    workspace = either.slack.workspace
    message = workspace.post(Written(ana.direct.id, workspace.ts(), ana.id, "posted ce-x", []))
    for retry in range(3):
        ack = await either.slack.tell(payloads.direct_message(message), id="Ev-same", retry=retry)
        assert not ack.error
    await either.slack.until(lambda: ana.letters, "an answer")
    await either.settled()
    assert len(either.house.find(Post)) == 1
    assert len(ana.letters) == 1
