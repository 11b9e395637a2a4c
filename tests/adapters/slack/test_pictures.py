"""Pictures on Slack from end to end: shown with their words, once, and never a reason for a message not to come."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import pictures, send
from bot.adapters.slack.people import People
from bot.adapters.slack.render import render
from bot.adapters.slack.replying import Ways
from bot.core.chat import Card, Message, Note, Person, Picture, Place
from bot.core.ports import Records
from tests.adapters.slack.room import Room, room
from tests.adapters.slack.standin import faults
from tests.adapters.slack.standin.user import SlackUser
from tests.adapters.slack.standin.workspace import BOT_TOKEN

LEASE = timedelta(minutes=3)  # a claimed message is looked at again by then
STEPS = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")
WENT_UP = Picture("posts.png", b"\x89PNG went up", "Posts went up.")
FELL = Picture("posts.png", b"\x89PNG fell", "Posts fell.")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PAUSES", (0.0,) * 5)
    monkeypatch.setattr(send, "APART", timedelta(0))


@pytest.fixture
async def here() -> AsyncIterator[Room]:
    async with room() as made:
        yield made


def queue(here: Room, user: SlackUser, *pictures: Picture, words: str = "How it went") -> None:
    card = Card("Chart", words, (*pictures, Note("below")))
    message = Message(Person(user.address), "chart", card)
    here.house.store.write("t", lambda records: records.send(message)).result()


def chart(picture: str, words: str = "How it went") -> list[str]:
    return [f"Chart\n{words}", picture, "below"]


def uploads(here: Room) -> int:
    return len(here.slack.calls("files.completeUploadExternal"))


async def test_a_picture_is_uploaded_and_shown_with_its_words(here: Room) -> None:
    ana = here.volunteer("Ana")
    queue(here, ana, WENT_UP)
    await here.settle()
    assert ana.letters == chart("[picture: Posts went up.]")
    (kept,) = here.slack.workspace.files.values()
    assert (kept["data"], kept["alt_txt"], kept["title"]) == (WENT_UP.data, "Posts went up.", "posts.png")
    (done,) = here.slack.calls("files.completeUploadExternal")
    assert not done.get("channel_id")  # the message shows it: sharing it would show it twice
    shown = ana.dms[1].message
    assert shown is not None
    assert shown.blocks[0]["slack_file"] == {"id": kept["id"]}
    assert shown.text == "Posts went up."  # notifications and screen readers


async def test_a_picture_that_slack_still_works_on_is_shown_once_it_is_ready(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.slack.methods.still_busy = 3
    queue(here, ana, WENT_UP)
    await here.settle()
    assert ana.letters == chart("[picture: Posts went up.]")
    assert uploads(here) == 1


async def test_a_picture_that_never_gets_ready_is_told_in_words(here: Room, caplog: pytest.LogCaptureFixture) -> None:
    ana = here.volunteer("Ana")
    here.slack.methods.still_busy = 99
    queue(here, ana, WENT_UP)
    await here.settle()
    assert ana.letters == chart("Posts went up.")
    assert "its words go alone" in caplog.text


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "fault",
    [faults.broken(), faults.dropped(performed=False), faults.dropped(), faults.rate_limited(60)],
    ids=["500", "dropped", "taken, then dropped", "429"],
)
async def test_where_the_upload_fails_the_words_go_alone(here: Room, step: str, fault: faults.Fault) -> None:
    ana = here.volunteer("Ana")
    here.slack.faults.order(step, fault)
    queue(here, ana, WENT_UP)
    await here.settle()
    assert ana.letters == chart("Posts went up.")
    assert here.slack.faults.left == {}


async def test_an_upload_that_hangs_holds_the_message_up_for_a_bounded_time(
    here: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.05)
    ana = here.volunteer("Ana")
    fault = here.slack.faults.order("upload", faults.Fault(slow=True))
    queue(here, ana, WENT_UP)
    await here.settle()
    assert ana.letters == chart("Posts went up.")
    fault.go.set()


async def test_without_the_permission_the_words_go_alone_and_the_log_says_what_to_do(
    here: Room, caplog: pytest.LogCaptureFixture
) -> None:
    ana = here.volunteer("Ana")
    here.slack.web.scopes.discard("files:write")
    queue(here, ana, WENT_UP)
    await here.settle()
    assert ana.letters == chart("Posts went up.")
    assert "files:write" in caplog.text
    assert "Reinstall App" in caplog.text


async def test_an_empty_picture_is_told_in_words(here: Room) -> None:
    ana = here.volunteer("Ana")
    queue(here, ana, Picture("none.png", b"", "Nothing was posted."))
    await here.settle()
    assert ana.letters == chart("Nothing was posted.")
    here.slack.complaints.clear()


async def test_a_picture_that_changed_is_exchanged_in_its_place(here: Room) -> None:
    ana = here.volunteer("Ana")
    queue(here, ana, WENT_UP)
    await here.settle()
    before = [one.ts for one in here.slack.posted]
    queue(here, ana, FELL)
    await here.later(seconds=10)
    assert ana.letters == chart("[picture: Posts fell.]")
    assert [one.ts for one in here.slack.posted] == before


async def test_a_picture_that_is_the_same_is_not_uploaded_again(here: Room) -> None:
    ana = here.volunteer("Ana")
    for words in ("How it went", "How it really went"):
        queue(here, ana, WENT_UP, words=words)
        await here.later(seconds=10)
    assert ana.letters == chart("[picture: Posts went up.]", "How it really went")
    assert uploads(here) == 1


async def test_a_picture_that_could_not_be_uploaded_is_shown_with_the_next_change(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.slack.faults.order("upload", faults.broken())
    queue(here, ana, WENT_UP)
    await here.settle()
    queue(here, ana, WENT_UP, words="Changed")
    await here.later(seconds=10)
    assert ana.letters == chart("[picture: Posts went up.]", "Changed")


async def test_a_picture_that_is_no_longer_in_the_card_goes(here: Room) -> None:
    ana = here.volunteer("Ana")
    queue(here, ana, WENT_UP)
    await here.settle()
    queue(here, ana)
    await here.later(seconds=10)
    assert ana.letters == ["Chart\nHow it went\nbelow"]


@pytest.mark.parametrize(
    ("method", "call"), [*((step, 0) for step in STEPS), *(("chat.postMessage", call) for call in range(3))]
)
@pytest.mark.parametrize("performed", [True, False], ids=["taken", "not taken"])
async def test_after_a_crash_at_any_point_everything_is_there_once(
    here: Room, method: str, call: int, performed: bool
) -> None:
    ana = here.volunteer("Ana")
    stuck = faults.Fault(slow=True, performed=performed)
    passed = [faults.Fault(performed=True) for _call in range(call)]
    here.slack.faults.order(method, *passed, stuck)
    queue(here, ana, WENT_UP)
    await crash_at(here, stuck)
    await here.restart()
    await here.until(here.house.clock.time + LEASE)
    assert sorted(ana.letters) == sorted(chart("[picture: Posts went up.]"))
    queue(here, ana, FELL, words="Changed")
    await here.later(seconds=10)
    assert sorted(ana.letters) == sorted(chart("[picture: Posts fell.]", "Changed"))


async def test_a_picture_found_after_a_crash_is_not_uploaded_again(here: Room) -> None:
    ana = here.volunteer("Ana")
    stuck = faults.slow()
    here.slack.faults.order("chat.postMessage", faults.Fault(performed=True), faults.Fault(performed=True), stuck)
    queue(here, ana, WENT_UP)
    await crash_at(here, stuck)
    await here.restart()
    await here.until(here.house.clock.time + LEASE)
    queue(here, ana, WENT_UP, words="Changed")
    await here.later(seconds=10)
    assert ana.letters == chart("[picture: Posts went up.]", "Changed")
    assert uploads(here) == 1


async def test_a_picture_that_slack_took_and_then_failed_is_not_posted_twice(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.slack.faults.order("chat.postMessage", faults.Fault(performed=True), faults.broken(performed=True))
    queue(here, ana, WENT_UP)
    await here.later(minutes=5)
    assert ana.letters == chart("[picture: Posts went up.]")


async def crash_at(here: Room, fault: faults.Fault) -> None:
    work = asyncio.ensure_future(here.settle())
    await asyncio.wait_for(fault.arrived.wait(), 10)
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work
    fault.go.set()


def send_in(message: Message, records: Records) -> None:
    records.send(message)


async def test_a_picture_in_a_channel_stands_in_its_thread(here: Room) -> None:
    here.belongs()
    channel = here.slack.channel("social")
    place = Place("slack:T1/CSOCIAL")
    first = Message(place, "board", Card("Board"))
    under = Message(place, "chart", Card("Chart", "", (WENT_UP,)), under="board")
    for message in (first, under):
        here.house.store.write("t", partial(send_in, message)).result()
    await here.later(seconds=10)
    board, *rest = here.slack.bot_messages(channel.id)
    assert [one.thread for one in rest] == [board.ts, board.ts]
    assert here.slack.workspace.read(rest[1]) == "[picture: Posts went up.]"


async def test_words_that_are_too_long_for_a_picture_stand_below_it(here: Room) -> None:
    ana = here.volunteer("Ana")
    long = " ".join(f"{number} & <b>" for number in range(300))
    queue(here, ana, Picture("long.png", b"\x89PNG", long))
    await here.settle()
    assert "[picture: 0 & <b> 1 & <b>" in ana.letters[1]
    assert " ".join(" ".join(ana.letters[2:]).split()).startswith(long)


async def test_an_answer_with_a_picture_comes_as_direct_messages(here: Room) -> None:
    ana = here.slack.user("Ana")
    client = AsyncWebClient(BOT_TOKEN, here.slack.api_url, retry_handlers=[])
    ways = Ways(client, People(client, time.monotonic))
    await ways.write(ana.id, render(Card("Chart", "", (WENT_UP, Note("below")))))
    assert ana.letters == ["Chart", "[picture: Posts went up.]", "below"]
