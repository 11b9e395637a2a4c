"""What Steward sends by itself arrives once, whatever happens to the answer, and before a stop."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.core.chat import Button, Card, Message, Person, Picture
from tests.adapters.discord.line import STOPPING, Line, line
from tests.adapters.discord.standin import holds
from tests.adapters.discord.standin.people import Somebody, text_of
from tests.adapters.discord.test_send import parcel

POSTS = "POST /channels/*/messages"
LOOKS = "/channels/*/messages"
HELLO = Card("Hello", controls=(Button("Home", "home"),))


@pytest.fixture
async def here() -> AsyncIterator[Line]:
    async with line() as made:
        yield made


def letter(here: Line, to: Somebody, card: Card = HELLO) -> None:
    """Something waits for somebody in the outbox."""
    message = Message(Person(to.address), "hello", card)
    here.house.store.write("t", lambda records: records.send(message)).result()


async def test_a_post_that_was_taken_before_the_connection_broke_is_found_and_not_repeated(here: Line) -> None:
    ann = here.volunteer("Ann")
    letter(here, ann)
    here.discord.holds.order(POSTS, holds.dropped())
    await here.later(minutes=1)
    assert len(ann.letters) == 1
    assert here.discord.api.asked("POST", LOOKS) == 1
    assert here.house.store.next_due() is None


async def test_a_repeat_of_what_could_not_be_found_is_the_first_message_again(here: Line) -> None:
    ann = here.volunteer("Ann")
    letter(here, ann)
    here.discord.holds.order(POSTS, holds.dropped())
    here.discord.api.fail("GET", LOOKS, status=403, code=50001)
    await here.later(minutes=1)
    assert here.discord.api.asked("POST", LOOKS) == 2
    assert len(ann.letters) == 1
    assert here.house.store.next_due() is None


async def test_a_repeat_after_discord_has_forgotten_the_nonce_would_be_another_message(here: Line) -> None:
    """What the other tests rest on: the stand-in takes a repeat for another message where nothing tells it apart."""
    ann = here.volunteer("Ann")
    for _time in range(2):
        await here.adapter.send(parcel(Person(ann.address)))
    assert len(ann.letters) == 1
    here.discord.backend.advance_clock(10 * 60)
    await here.adapter.send(parcel(Person(ann.address)))
    assert len(ann.letters) == 2


async def test_a_picture_travels_with_its_text_and_once(here: Line) -> None:
    ann = here.volunteer("Ann")
    letter(here, ann, Card("Chart", "", (Picture("chart.png", b"\x89PNG", "Up, then down"),)))
    here.discord.holds.order(POSTS, holds.dropped())
    await here.later(minutes=1)
    (message,) = ann.letters
    assert [one["filename"] for one in message.attachments] == ["1-chart.png"]
    assert message.attachments[0]["description"] == "Up, then down"
    assert "Up, then down" in text_of(message)


async def test_a_stop_delivers_what_waits(here: Line) -> None:
    ann = here.volunteer("Ann")
    letter(here, ann)
    await here.stop()
    assert "Hello" in text_of(ann.letters[0])
    assert here.house.store.next_due() is None
    assert here.discord.gateway.closed[-1] == 1000


async def test_a_stop_answers_what_is_under_way_and_takes_on_nothing_more(here: Line) -> None:
    ann = here.volunteer("Ann")
    here.account("ce-x", "ann")
    hold = here.discord.holds.order("POST /interactions/*/callback", holds.slow())
    asked = ann.types("posted", account="ce-x", words="under way")
    await hold.reached()
    stopping = asyncio.create_task(here.stop())
    await asyncio.sleep(0)
    late = ann.types("posted", account="ce-x", words="too late")
    assert "being restarted" in await late.text()
    assert not stopping.done()
    hold.go.set()
    await asyncio.wait_for(stopping, STOPPING)
    assert "Noted" in await asked.text()
    assert here.discord.gateway.closed[-1] == 1000
