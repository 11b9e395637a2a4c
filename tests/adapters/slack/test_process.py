"""`steward run` as the operator starts it: a process of its own, told to stop, or killed, in the middle of its work."""

import asyncio
import re
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.topics.accounts.model import Account
from bot.topics.posting.model import Post
from bot.topics.team.model import TeamRole
from tests.adapters.slack.process import LONGEST, Steward, Time, a_slack, looking_into
from tests.adapters.slack.room import MODES
from tests.adapters.slack.standin import faults
from tests.adapters.slack.standin.lines import COMMAND
from tests.adapters.slack.standin.slack import Slack
from tests.adapters.slack.standin.user import SlackUser
from tests.terminal.at import own_process

CODE = re.compile(r"start (\S+)")
DUE = datetime(2026, 11, 27, 14, tzinfo=UTC)  # the Friday after a holiday, an hour before nine in Chicago
REMINDED = datetime(2026, 11, 27, 15, tzinfo=UTC)
ITEMS = ("access", "recovery", "removed", "notes")


@pytest.fixture
def time(tmp_path: Path) -> Time:
    return Time(tmp_path / "ahead")


@pytest.fixture
async def slack(time: Time) -> AsyncIterator[Slack]:
    async with a_slack(time) as made:
        yield made


@pytest.fixture
def people(tmp_path: Path, slack: Slack) -> tuple[SlackUser, SlackUser, SlackUser]:
    """A team whose coordinator is Office, with Ana and Ben, and the account ce-x that nobody owns."""
    with looking_into(tmp_path, slack) as room:
        office = room.volunteer("Office", TeamRole.COORDINATOR)
        ana, ben = room.volunteer("Ana"), room.volunteer("Ben")
        room.account()
        return office, ana, ben


@pytest.mark.parametrize("mode", MODES)
async def test_the_code_that_is_printed_makes_the_first_coordinator(
    tmp_path: Path, slack: Slack, time: Time, mode: str
) -> None:
    words = ("init", "--name", "Library association", "--zone", "UTC", "--yes")
    made = await asyncio.to_thread(own_process, tmp_path, *words)
    assert made.code == 0, made.err
    async with Steward(tmp_path, slack, time, mode) as steward:
        assert steward.process.stdout is not None
        printed = ""
        async with asyncio.timeout(LONGEST):
            while not (found := CODE.search(printed)):
                printed += (await steward.process.stdout.readline()).decode()
        office = slack.user("Office")
        assert "You are the coordinator" in (await office.say(f"start {found[1]}")).text
        assert found[1] not in "\n".join(steward.lines)


@pytest.mark.parametrize("mode", MODES)
async def test_the_main_job_is_done_by_a_process_of_its_own(
    tmp_path: Path, slack: Slack, time: Time, people: tuple[SlackUser, ...], mode: str
) -> None:
    _office, ana, ben = people
    async with Steward(tmp_path, slack, time, mode) as steward:
        assert "You look after ce-x now" in (await ana.say("claim ce-x")).text
        assert "Noted: ce-x" in (await ana.say("posted ce-x")).text
        assert "last post Mon 23 Nov" in (await ana.open_home()).text
        time.set(DUE)
        await ben.say("weekends yes")  # a commit wakes the worker: it sleeps until what it knows to be due
        await steward.until(lambda: "I write to you about what waits" in ana.home.text, "the look at ce-x")
        time.set(REMINDED)
        await ben.say("weekends no")
        await steward.until(lambda: ana.letters, "the reminder")
        (letter,) = ana.dms
        assert "No post recorded on ce-x since Mon 23 Nov" in letter.text
        assert "I leave ce-x alone until Sat 28 Nov" in (await ana.chosen("Snooze ce-x", "Tomorrow", letter)).text
        turn = await ana.submit(await ana.say("offer"), account="ce-x", volunteer="Ben")
        assert "I ask Ben whether they take ce-x" in (await turn.answer()).text
        home = await ben.open_home()
        assert "ce-x" in (await ben.pressed("Accept ce-x", home)).text
        for who in (ana, ben):
            for item in ITEMS:
                await who.say(f"handover confirm ce-x {item}")
        await steward.until(lambda: "Your accounts" in ben.home.text, "the account at Ben's home")
        await steward.until(lambda: "Your accounts" not in ana.home.text, "Ana's home without it")
        steward.process.send_signal(signal.SIGTERM)
        assert await steward.ended() == 0
        assert steward.warnings == []
    with looking_into(tmp_path, slack) as room:
        assert room.house.get(Account, "a-ce-x").owner == "ben"


def alarms(user: SlackUser) -> int:
    """How many alarms reached somebody; no other message may have come twice, either."""
    assert len(set(user.letters)) == len(user.letters)
    return sum("you are needed" in letter for letter in user.letters)


@pytest.mark.parametrize("mode", MODES)
async def test_a_stop_takes_no_more_in_answers_what_is_under_way_and_delivers_what_waits(
    tmp_path: Path, slack: Slack, time: Time, people: tuple[SlackUser, ...], mode: str
) -> None:
    office, ana, _ben = people
    async with Steward(tmp_path, slack, time, mode) as steward:
        late = slack.faults.order("response_url", faults.slow())
        letter = slack.faults.order("chat.postMessage", faults.slow())
        turn = await ana.begin("sos scam posts on our page")
        await asyncio.wait_for(late.arrived.wait(), LONGEST)
        await asyncio.wait_for(letter.arrived.wait(), LONGEST)
        steward.process.send_signal(signal.SIGTERM)
        if mode == "socket":
            await steward.until(lambda: not slack.socket.connections, "the intake to stop")
        late.go.set()
        letter.go.set()
        assert await steward.ended() == 0
        assert steward.warnings == []
        assert turn.shown != []
        assert alarms(office) == 1
        slack.socket.patience = 0.1
        assert (await ana.begin("home")).ack.error, "nobody is there any more"
    async with Steward(tmp_path, slack, time, mode) as steward:
        slack.socket.patience = LONGEST
        await ana.say("home")
        steward.process.send_signal(signal.SIGTERM)
        assert await steward.ended() == 0
    assert alarms(office) == 1


@pytest.mark.parametrize("mode", MODES)
async def test_a_second_signal_and_one_before_slack_answers_end_it_too(
    tmp_path: Path, slack: Slack, time: Time, people: tuple[SlackUser, ...], mode: str
) -> None:
    _office, ana, _ben = people
    async with Steward(tmp_path, slack, time, mode) as steward:
        stuck = slack.faults.order("response_url", faults.slow())
        await ana.begin("home")
        await asyncio.wait_for(stuck.arrived.wait(), LONGEST)
        for _time in range(2):
            steward.process.send_signal(signal.SIGTERM)
        stuck.go.set()
        assert await steward.ended() == 0


@pytest.mark.parametrize("performed", [True, False], ids=["taken", "not taken"])
async def test_a_process_that_is_killed_while_it_sends_loses_and_doubles_nothing(
    tmp_path: Path, slack: Slack, time: Time, people: tuple[SlackUser, ...], performed: bool
) -> None:
    office, ana, _ben = people
    async with Steward(tmp_path, slack, time) as steward:
        stuck = slack.faults.order("chat.postMessage", faults.Fault(slow=True, performed=performed))
        await ana.say("sos scam posts on our page")
        await asyncio.wait_for(stuck.arrived.wait(), LONGEST)
        steward.process.kill()
        assert await steward.ended() == -signal.SIGKILL
        stuck.go.set()
    assert alarms(office) == performed
    time.pass_by(minutes=3)  # by then what was claimed is looked at again
    async with Steward(tmp_path, slack, time) as steward:
        await steward.until(lambda: len(slack.calls("conversations.history")) > 0, "a look whether it arrived")
        await steward.until(lambda: alarms(office), "the alarm")
        steward.process.send_signal(signal.SIGTERM)
        assert await steward.ended() == 0
    assert alarms(office) == 1


@pytest.mark.parametrize("mode", MODES)
async def test_a_command_whose_answer_was_killed_is_kept_once_though_slack_repeats_it(
    tmp_path: Path, slack: Slack, time: Time, people: tuple[SlackUser, ...], mode: str
) -> None:
    _office, ana, _ben = people
    async with Steward(tmp_path, slack, time, mode) as steward:
        await ana.say("claim ce-x")
        stuck = slack.faults.order("response_url", faults.Fault(slow=True))
        turn, payload = ana.typed("posted ce-x")
        await ana.hand_in(turn, COMMAND, payload)
        await asyncio.wait_for(stuck.arrived.wait(), LONGEST)
        steward.process.kill()
        await steward.ended()
        stuck.go.set()
    async with Steward(tmp_path, slack, time, mode) as steward:
        await ana.hand_in(turn, COMMAND, payload)
        assert "I have that already" in (await ana.say("posted ce-x")).text
        steward.process.send_signal(signal.SIGTERM)
        assert await steward.ended() == 0
    with looking_into(tmp_path, slack) as room:
        assert len(room.house.find(Post)) == 1
