"""Staying connected over real sockets: a cut, an invalid session, a reconnect, a silence."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.core.chat import Card
from bot.topics.posting.model import Post
from tests.adapters.discord.line import Line, line
from tests.adapters.discord.standin.people import Asked, Somebody, text_of
from tests.adapters.discord.test_gateway import held, until

MANY = 60


@pytest.fixture
async def here() -> AsyncIterator[Line]:
    async with line() as made:
        yield made


def posting(here: Line) -> Somebody:
    here.account("ce-x", "ann")
    return here.volunteer("Ann")


def noted(here: Line) -> Counter[str]:
    return Counter(post.words for post in here.house.find(Post))


async def answered_once(*asked: Asked) -> None:
    """Each of these is answered, and only once."""
    for one in asked:
        assert "Noted" in await one.text()
        assert one.answers == 1


async def test_a_command_is_answered_over_a_real_socket(here: Line) -> None:
    await answered_once(posting(here).types("posted", account="ce-x", words="hello"))
    assert noted(here) == {"hello": 1}


async def test_what_is_asked_while_the_socket_is_cut_is_answered_once_after_the_resume(here: Line) -> None:
    ann = posting(here)
    before = ann.types("posted", account="ce-x", words="as it is cut")
    here.discord.gateway.cut()
    after = ann.types("posted", account="ce-x", words="while it is cut")
    await answered_once(before, after)
    assert noted(here) == {"as it is cut": 1, "while it is cut": 1}
    assert (here.discord.gateway.identified, here.discord.gateway.resumed) == (1, 1)


async def test_many_commands_across_many_cuts_lose_and_double_nothing(here: Line) -> None:
    ann, asked = posting(here), []
    for number in range(MANY):
        asked.append(ann.types("posted", account="ce-x", words=f"{number}"))
        if number % 10 == 5:
            await here.discord.connected()
            here.discord.gateway.cut()
        elif number % 3:
            await asyncio.sleep(0)  # sometimes it is on its way already
    await answered_once(*asked)
    assert noted(here) == {f"{number}": 1 for number in range(MANY)}
    assert here.discord.gateway.resumed >= 1
    assert here.discord.gateway.identified == 1


async def test_what_was_answered_before_a_cut_is_not_done_again(here: Line) -> None:
    ann = posting(here)
    await answered_once(ann.types("posted", account="ce-x", words="before"))
    here.discord.gateway.cut()
    await answered_once(ann.types("posted", account="ce-x", words="after"))
    assert noted(here) == {"before": 1, "after": 1}


async def test_an_invalid_session_is_begun_anew(here: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(_shard: int, *, initial: bool = False) -> None:
        """discord.py waits five seconds before it identifies again."""

    monkeypatch.setattr(here.adapter.client, "before_identify_hook", at_once)
    ann, gateway = posting(here), here.discord.gateway
    gateway.forget()
    gateway.cut()
    await here.discord.until(lambda: gateway.identified == 2, "a new session")
    await answered_once(ann.types("posted", account="ce-x", words="anew"))
    assert gateway.resumed == 0
    assert here.adapter.client.get_guild(here.discord.guild.id) is not None


async def test_discord_may_ask_for_a_new_connection(here: Line) -> None:
    ann, gateway = posting(here), here.discord.gateway
    gateway.reconnect()
    meanwhile = ann.types("posted", account="ce-x", words="meanwhile")
    await answered_once(meanwhile)
    assert (gateway.identified, gateway.resumed) == (1, 1)


async def test_a_connection_that_looks_alive_and_is_dead_is_replaced() -> None:
    async with line(start=False) as here:
        ann, gateway = posting(here), here.discord.gateway
        gateway.interval = 50
        here.adapter.client._connection.heartbeat_timeout = 0.2  # noqa: SLF001 - a minute otherwise
        await here.start()
        await here.discord.until(lambda: gateway.heartbeats >= 3, "heartbeats")
        gateway.fall_silent()
        lost = ann.types("posted", account="ce-x", words="said to the dead")
        await answered_once(lost)
        assert gateway.resumed >= 1
        assert noted(here) == {"said to the dead": 1}


async def test_an_answer_that_comes_after_discords_patience_is_let_pass_and_the_work_is_done(here: Line) -> None:
    ann = posting(here)
    here.discord.gateway.cut()
    late = ann.types("posted", account="ce-x", words="late")
    here.discord.backend.advance_clock(4)
    await here.discord.until(lambda: late.answers, "an attempt to answer")
    await here.discord.until(lambda: noted(here), "the post")
    assert not late.record.responded
    await answered_once(ann.types("posted", account="ce-x", words="in time"))
    assert here.adapter.answering.counts == {"too late": 1}


async def test_an_answer_is_waited_for_a_second_and_a_half(here: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, waiting, timers = posting(here), held(here.adapter), timers_of(1.5, monkeypatch)
    asked = ann.types("home")
    await until(lambda: bool(waiting and timers))
    assert not asked.record.responded
    (its_time_has_come,) = timers
    its_time_has_come()
    await here.discord.until(lambda: asked.record.responded, "a first answer")
    assert asked.record.deferred
    assert asked.record.ephemeral
    waiting[0].set_result(Card("Done"))
    await here.discord.until(lambda: here.discord.api.asked("PATCH", "/webhooks/*/messages/@original"), "the answer")
    assert "Done" in text_of(asked.message)


def timers_of(seconds: float, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What the event loop is asked to do after so many seconds, to be done by hand instead of waiting for it."""
    loop = asyncio.get_running_loop()
    found, later = [], loop.call_later

    def noted(delay: float, callback: Callable[..., object], *args: Any, **more: Any) -> asyncio.TimerHandle:
        if delay == seconds:
            found.append(callback)
        return later(delay, callback, *args, **more)

    monkeypatch.setattr(loop, "call_later", noted)
    return found


async def test_the_gateway_may_be_moved_whatever_discord_says() -> None:
    async with line(start=False) as here:
        here.discord.api.gateway_url = here.discord.gateway.url = "ws://127.0.0.1:9/"
        ann = posting(here)
        await here.start()
        here.discord.gateway.cut()
        await answered_once(ann.types("posted", account="ce-x"))
        assert here.discord.gateway.resumed == 1
