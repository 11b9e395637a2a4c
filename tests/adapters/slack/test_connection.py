"""Staying connected: a refresh, a broken or dead session, a stop."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack import adapter, socket
from bot.core.chat import Card, Message, Person
from bot.errors import Trouble
from bot.topics.posting.model import Post
from tests.adapters.slack.room import MODES, STOPPING, Room, room
from tests.adapters.slack.standin import faults
from tests.adapters.slack.standin.user import SlackUser

MANY = 60


@pytest.fixture
async def here() -> AsyncIterator[Room]:
    async with room() as made:
        yield made


def posting(here: Room) -> SlackUser:
    ana = here.volunteer("Ana")
    here.account(owner="ana")
    return ana


async def test_no_command_is_lost_across_refreshes(here: Room) -> None:
    ana = posting(here)
    typing = asyncio.ensure_future(type_many(ana))
    for time in range(2, 5):
        await typed(here, time * 10)
        await here.slack.socket.refresh()
        await connected(here, time)
        await here.slack.socket.close_retiring()
    await typing
    assert len(here.house.find(Post)) == MANY


async def typed(here: Room, count: int) -> None:
    await here.slack.until(lambda: len(here.slack.turns) >= count, "commands")


async def connected(here: Room, count: int) -> None:
    await here.slack.until(lambda: here.slack.socket.opened >= count, "a new connection")


async def type_many(ana: SlackUser) -> None:
    for number in range(MANY):
        assert "Noted" in (await ana.say(f'posted ce-x words="{number}"')).text


async def test_a_warning_before_a_refresh_changes_nothing(here: Room) -> None:
    ana = posting(here)
    await here.slack.socket.refresh(reason="warning")
    assert "Noted" in (await ana.say("posted ce-x")).text


async def test_a_broken_connection_is_made_again(here: Room) -> None:
    ana = posting(here)
    for time in (2, 3):
        here.slack.socket.drop()
        await connected(here, time)
        assert "Noted" in (await ana.say(f"posted ce-x words={time}")).text


async def test_a_new_connection_that_is_refused_at_first_is_tried_again(
    here: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "AGAIN_SOONEST", 0.01)
    ana = posting(here)
    here.slack.faults.order("apps.connections.open", faults.broken(), faults.dropped(), faults.rate_limited(1))
    here.slack.socket.drop()
    await connected(here, 2)
    assert "Noted" in (await ana.say("posted ce-x")).text


async def test_a_session_that_looks_alive_and_is_dead_is_replaced(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "PING", 0.02)
    monkeypatch.setattr(socket, "SILENT", 0.1)
    monkeypatch.setattr(socket, "CLOSING", 0.1)
    ana = posting(here)
    here.slack.socket.die()
    await connected(here, 2)
    assert "Noted" in (await ana.say("posted ce-x")).text


async def test_between_two_attempts_to_connect_more_and_more_time_passes(
    here: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(socket, "AGAIN_SOONEST", 0.01)
    monkeypatch.setattr(socket, "AGAIN_LATEST", 0.04)
    here.slack.faults.order("apps.connections.open", *(faults.dropped(performed=False) for _time in range(5)))
    here.slack.socket.drop()
    await connected(here, 2)
    pauses = [one.args[-1] for one in caplog.records if isinstance(one.args, tuple) and "again in" in one.msg]
    assert pauses == [0.01, 0.02, 0.04, 0.04, 0.04]


async def test_a_stop_is_done_in_time_though_the_session_is_dead(here: Room) -> None:
    here.slack.socket.die()
    await asyncio.wait_for(here.stop(), STOPPING)
    assert not here.running


async def test_a_late_event_loop_is_noted(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(adapter, "LOOKED", 0.0)
    looks = iter([0.0, 0.05, 1.0, 1.35])
    with pytest.raises(RuntimeError):  # the looks are over
        await adapter.watch_loop(lambda: next(looks))
    assert [one.getMessage() for one in caplog.records] == ["the event loop was 350 ms late"]


@pytest.mark.parametrize("mode", MODES)
async def test_a_stop_answers_what_is_under_way(mode: str) -> None:
    async with room(mode) as here:
        ana = posting(here)
        fault = here.slack.faults.order("response_url", faults.Fault(slow=True))
        turn, payload = ana.typed("posted ce-x")
        typing = asyncio.ensure_future(ana.hand_in(turn, "slash_commands", payload))
        await asyncio.wait_for(fault.arrived.wait(), STOPPING)
        stopping = asyncio.ensure_future(here.stop())
        await typing
        fault.go.set()
        await asyncio.wait_for(stopping, STOPPING)
        assert len(here.house.find(Post)) == 1
        assert len(here.slack.calls("response_url")) == 1


@pytest.mark.parametrize("mode", MODES)
async def test_a_stop_delivers_what_waits(mode: str) -> None:
    async with room(mode) as here:
        ana = posting(here)
        letter = Message(Person(ana.address), "hello", Card("Hello"))
        here.house.store.write("t", lambda records: records.send(letter)).result()
        await asyncio.wait_for(here.stop(), STOPPING)
        assert "Hello" in ana.letters[0]
        assert here.house.store.next_due() is None


async def test_after_a_stop_nothing_is_left_open(here: Room) -> None:
    await here.stop()
    await here.slack.until(lambda: not here.slack.socket.connections, "the socket to close")
    assert not here.running
    assert not [one for one in asyncio.all_tasks() if "bot.adapters.slack" in repr(one.get_coro())]


@pytest.mark.parametrize("mode", MODES)
async def test_a_token_that_slack_does_not_know_is_named_at_start(mode: str) -> None:
    async with room(mode, start=False) as here:
        here.slack.web.bot_token = "xoxb-another"
        with pytest.raises(Trouble, match="SLACK_BOT_TOKEN"):
            await asyncio.wait_for(here.adapter.run(), STOPPING)


async def test_an_app_token_that_slack_does_not_know_is_named_at_start() -> None:
    async with room(start=False) as here:
        here.slack.web.app_token = "xapp-another"
        with pytest.raises(Trouble, match="SLACK_APP_TOKEN"):
            await asyncio.wait_for(here.adapter.run(), STOPPING)


async def test_an_app_token_without_its_scope_is_named_at_start() -> None:
    async with room(start=False) as here:
        here.slack.web.app_scopes.clear()
        with pytest.raises(Trouble, match="connections:write"):
            await asyncio.wait_for(here.adapter.run(), STOPPING)


@pytest.mark.parametrize("scope", ["chat:write", "im:write", "commands"])
async def test_a_scope_that_is_missing_is_named_at_start(scope: str) -> None:
    async with room(start=False) as here:
        here.slack.web.scopes.discard(scope)
        with pytest.raises(Trouble, match=scope):
            await asyncio.wait_for(here.adapter.run(), STOPPING)
