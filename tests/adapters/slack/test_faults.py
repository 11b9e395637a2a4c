"""What Slack may do to a message or a delivery: nothing is lost, nothing is doubled."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core.chat import Button, Card, Message, Person, Place
from bot.topics.posting.model import Post
from bot.topics.team.model import TeamRole, Volunteer
from tests.adapters.slack.room import MODES, Room, room
from tests.adapters.slack.standin import faults, payloads
from tests.adapters.slack.standin.user import SlackUser

LEASE = timedelta(minutes=3)  # a claimed message is looked at again by then


@pytest.fixture
async def here() -> AsyncIterator[Room]:
    async with room() as made:
        yield made


@pytest.fixture(params=MODES)
async def either(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        yield made


def send(here: Room, to: SlackUser | str, key: str = "k", title: str = "Hello") -> None:
    address: Person | Place = Place(to) if isinstance(to, str) else Person(to.address)
    message = Message(address, key, Card(title, controls=(Button("Home", "home"),)))
    here.house.store.write("t", lambda records: records.send(message)).result()


def titles(user: SlackUser) -> list[str]:
    return [letter.partition("\n")[0] for letter in user.letters]


async def test_a_rate_limit_moves_the_due_time_and_holds_nobody_else_up(here: Room) -> None:
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    here.slack.faults.order("chat.postMessage", faults.rate_limited(30))
    send(here, ana, "a")
    await here.settle()
    assert titles(ana) == []
    send(here, ben, "b")
    await here.settle()
    assert titles(ben) == ["Hello"]
    await here.later(seconds=29)
    assert titles(ana) == []
    await here.later(seconds=2)
    assert titles(ana) == ["Hello"]


@pytest.mark.parametrize(
    "fault",
    [
        faults.broken(),
        faults.broken(performed=True),
        faults.dropped(),
        faults.dropped(performed=False),
        faults.refused("internal_error"),
        faults.refused("service_unavailable"),
        faults.refused("fatal_error"),
        faults.refused("ratelimited"),
    ],
    ids=["500", "500 after taking it", "taken, then dropped", "dropped", "internal", "unavailable", "fatal", "limited"],
)
async def test_a_message_comes_once_whatever_happens_to_the_call(here: Room, fault: faults.Fault) -> None:
    ana = here.volunteer("Ana")
    here.slack.faults.order("chat.postMessage", fault)
    send(here, ana)
    await here.settle()
    await here.later(minutes=10)
    assert titles(ana) == ["Hello"]
    assert here.slack.faults.left == {}


@pytest.mark.parametrize("method", ["conversations.open", "conversations.history"])
async def test_a_look_up_or_opening_that_fails_only_delays(here: Room, method: str) -> None:
    ana = here.volunteer("Ana")
    here.slack.faults.order("chat.postMessage", faults.dropped())
    here.slack.faults.order(method, faults.broken(), faults.dropped())
    send(here, ana)
    await here.later(minutes=30)
    assert titles(ana) == ["Hello"]


async def test_a_crash_between_accepted_and_recorded_repeats_nothing(here: Room) -> None:
    ana = here.volunteer("Ana")
    fault = here.slack.faults.order("chat.postMessage", faults.slow())
    send(here, ana)
    await crash_at(here, fault)
    assert titles(ana) == ["Hello"]
    await here.restart()
    await here.until(here.house.clock.time + LEASE)
    assert titles(ana) == ["Hello"]
    send(here, ana, title="Changed")
    await here.later(seconds=10)
    assert titles(ana) == ["Changed"]


async def test_a_crash_before_slack_took_it_loses_nothing(here: Room) -> None:
    ana = here.volunteer("Ana")
    fault = here.slack.faults.order("chat.postMessage", faults.Fault(slow=True))
    send(here, ana)
    await crash_at(here, fault)
    assert titles(ana) == []
    await here.restart()
    await here.until(here.house.clock.time + LEASE)
    assert titles(ana) == ["Hello"]


async def crash_at(here: Room, fault: faults.Fault) -> None:
    work = asyncio.ensure_future(here.settle())
    await asyncio.wait_for(fault.arrived.wait(), 10)
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work
    fault.go.set()


async def test_a_slow_answer_holds_nobody_else_up(here: Room) -> None:
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    fault = here.slack.faults.order("chat.postMessage", faults.slow())
    send(here, ana, "a")
    work = asyncio.ensure_future(here.settle())
    await asyncio.wait_for(fault.arrived.wait(), 10)
    send(here, ben, "b")
    other = asyncio.ensure_future(here.settle())
    await here.slack.until(lambda: titles(ben) == ["Hello"], "Ben's message")
    fault.go.set()
    await asyncio.gather(work, other)
    await here.later(minutes=10)
    assert (titles(ana), titles(ben)) == (["Hello"], ["Hello"])


async def test_messages_to_one_conversation_keep_a_second_apart_and_their_order(here: Room) -> None:
    ana = here.volunteer("Ana")
    for number in range(4):
        send(here, ana, f"k{number}", f"Number {number}")
    await here.later(seconds=30)
    assert titles(ana) == [f"Number {number}" for number in range(4)]
    seconds = [int(float(message.ts)) for message in here.slack.posted]
    assert len(set(seconds)) == len(seconds)


async def test_a_conversation_with_much_to_come_holds_no_other_one_up(here: Room) -> None:
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    for number in range(4):
        send(here, ana, f"k{number}", f"Number {number}")
    send(here, ben)
    await here.settle()
    assert (titles(ana), titles(ben)) == (["Number 0"], ["Hello"])


async def test_a_message_for_a_channel_that_steward_is_not_in_waits_until_it_is(here: Room) -> None:
    here.belongs()
    channel = here.slack.channel("social", has_bot=False)
    send(here, "slack:T1/CSOCIAL")
    await here.settle()
    assert here.slack.bot_messages(channel.id) == []
    channel.has_bot = True
    await here.later(hours=2)
    assert len(here.slack.bot_messages(channel.id)) == 1


async def test_somebody_whose_account_is_closed_is_noted_as_out_of_reach(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.volunteer("Office", TeamRole.COORDINATOR)
    ana.leave()
    send(here, ana)
    await here.settle()
    assert here.house.get(Volunteer, "ana").unreachable_since is not None


async def test_a_message_that_was_deleted_is_not_a_reason_to_try_for_ever(here: Room) -> None:
    ana = here.volunteer("Ana")
    send(here, ana)
    await here.settle()
    message = ana.dms[0].message
    assert message is not None
    message.deleted = True
    send(here, ana, title="Changed")
    await here.later(days=1)
    assert len(here.slack.calls("chat.update")) <= 3


async def test_the_outboxs_client_does_not_try_again_by_itself(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.slack.faults.order("chat.postMessage", faults.dropped(performed=False))
    send(here, ana)
    await here.settle()
    assert len(here.slack.calls("chat.postMessage")) == 1


@pytest.mark.parametrize(
    "fault",
    [faults.broken(), faults.dropped(), faults.rate_limited(1), faults.Fault(404, "used_url")],
    ids=["500", "dropped", "429", "used"],
)
async def test_an_answer_that_does_not_arrive_leaves_the_command_done_once(here: Room, fault: faults.Fault) -> None:
    ana = posting(here)
    here.slack.faults.order("response_url", fault)
    await ana.begin("posted ce-x")
    await here.settled()
    assert len(here.house.find(Post)) == 1
    assert "Noted" in "\n".join([*ana.letters, *(one.text for turn in here.slack.turns for one in turn.shown)])
    assert "I have that already" in (await ana.say("posted ce-x")).text


async def test_a_form_that_can_not_be_opened_is_answered_in_words(either: Room) -> None:
    ana = posting(either)
    either.slack.faults.order("views.open", faults.refused("expired_trigger_id"))
    turn = await ana.begin("posted")
    assert (await turn.answer()).message is not None


@pytest.mark.parametrize(
    "fault",
    [faults.broken(), faults.dropped(performed=False), faults.rate_limited(9)],
    ids=["500", "dropped", "429"],
)
async def test_a_home_tab_that_can_not_be_shown_stops_nothing(here: Room, fault: faults.Fault) -> None:
    ana = posting(here)
    here.slack.faults.order("views.publish", fault)
    await here.slack.tell(payloads.home_opened(ana.member, ana.direct, None, here.slack.workspace.ts()))
    await here.settled()
    assert "ce-x" in (await ana.open_home()).text


def posting(here: Room) -> SlackUser:
    ana = here.volunteer("Ana")
    here.account(owner="ana")
    return ana
