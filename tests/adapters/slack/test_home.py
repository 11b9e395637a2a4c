"""The home tab: page by page, and fresh after whatever changes it, whoever did that."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from bot.adapters.slack import home as module
from bot.topics.team.model import Identity, Notice, TeamRole, Volunteer
from tests.adapters.slack.room import MODES, Room, room
from tests.adapters.slack.standin import faults
from tests.adapters.slack.standin.user import SlackUser


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SOON", 0.01)
    monkeypatch.setattr(module, "APART", 0.01)


@pytest.fixture
async def here() -> AsyncIterator[Room]:
    async with room() as made:
        yield made


@pytest.fixture(params=MODES)
async def either(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        yield made


async def shows(here: Room, user: SlackUser, words: str) -> None:
    await here.slack.until(lambda: words in user.home.text, f"“{words}” in the home tab of {user.name}")


async def shows_no(here: Room, user: SlackUser, words: str) -> None:
    await here.slack.until(lambda: words not in user.home.text, f"no “{words}” in the home tab of {user.name}")


async def looked(here: Room, user: SlackUser) -> None:
    """Wait until Steward has looked at somebody's home once more: what they themselves did comes first."""
    before = count(here, user)
    await user.say("posted ce-x")
    await published(here, user, before)


async def published(here: Room, user: SlackUser, before: int) -> None:
    await here.slack.until(lambda: count(here, user) > before, f"a fresh home tab for {user.name}")


def count(here: Room, user: SlackUser) -> int:
    return len([call for call in here.slack.calls("views.publish") if call["user_id"] == user.id])


async def test_what_others_do_shows_on_the_homes_that_it_concerns(either: Room) -> None:
    here = either
    office, ana, ben = here.volunteer("Office", TeamRole.COORDINATOR), here.volunteer("Ana"), here.volunteer("Ben")
    here.account(owner="ana")
    here.account("pw-fb", "Preservation week")
    for user in (office, ana, ben):
        await user.open_home()
    await ana.say("offer ce-x ben")
    await shows(here, ben, "ce-x (Continuing education) is offered to you by Ana")
    await office.say("offer pw-fb ben")
    await shows(here, ben, "pw-fb")
    await ben.say("tip add Our webinar on book repair is free on 5 May 2027")
    for user in (office, ana, ben):
        await shows(here, user, "1 tip waits in the jar.")
    await ben.say("sos scam posts on our facebook page pw-fb")
    for user in (office, ana, ben):
        await shows(here, user, "scam posts on our facebook page")


async def test_a_nudge_that_was_sent_is_no_longer_announced_at_home(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.house.put(Notice("n1", "ana", here.house.clock.time, "The budget was approved."))
    await ana.open_home()
    assert "The budget was approved." in ana.home.text
    here.house.store.write("t", lambda records: records.wake("nudge", "ana", here.house.clock.time)).result()
    await here.settle()
    assert "The budget was approved." in ana.letters[0]
    await shows_no(here, ana, "The budget was approved.")


async def test_what_changes_nothing_on_a_home_is_not_published(here: Room) -> None:
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    here.account(owner="ben")
    here.account("pw-fb", "Preservation week", owner="ana")
    await ana.open_home()
    await ben.open_home()
    await looked(here, ben)
    await ana.say("posted pw-fb")
    await shows(here, ana, "last post Mon 23 Nov")
    assert (count(here, ana), count(here, ben)) == (2, 2)


async def test_a_home_that_nobody_opened_is_left_alone(here: Room) -> None:
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    here.account(owner="ana")
    await ana.open_home()
    await ana.say("tip add Our webinar on book repair is free on 5 May 2027")
    await shows(here, ana, "1 tip waits")
    assert count(here, ben) == 0


async def test_many_changes_are_waited_for_and_become_one(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SOON", 60)
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    await ben.open_home()
    for number in range(1, 6):
        await ana.say(f"tip add Webinar number {number} is on 5 May 2027")
    assert count(here, ben) == 1


async def test_a_home_that_was_not_used_for_long_waits_until_it_is_opened_again(
    here: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FRESH_FOR", -1)
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    await ana.open_home()
    for number in range(1, 6):
        await ben.say(f"tip add Webinar number {number} is on 5 May 2027")
    assert "5 tips wait" in (await ana.open_home()).text
    assert count(here, ana) == 2


async def test_changes_wait_once_slacks_minute_is_used_up_and_those_who_open_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "A_MINUTE", 2)
    async with room() as here:
        ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
        await ana.open_home()
        await ben.open_home()
        await ben.say("tip add Our webinar on book repair is free on 5 May 2027")
        assert "1 tip waits" in (await ana.open_home()).text
        assert count(here, ben) == 1


@pytest.mark.parametrize(
    "fault",
    [faults.broken(), faults.dropped(performed=False), faults.refused("fatal_error"), faults.rate_limited(1)],
    ids=["500", "dropped", "fatal", "429"],
)
async def test_a_home_that_slack_could_not_take_is_tried_again(
    here: Room, fault: faults.Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AGAIN", 0.01)
    monkeypatch.setattr(module, "pause_of", lambda error: 0.01 if error.response.status_code == 429 else 0)
    ana = here.volunteer("Ana")
    here.account(owner="ana")
    await ana.open_home()
    here.slack.faults.order("views.publish", fault)
    await ana.say("posted ce-x")
    await shows(here, ana, "last post Mon 23 Nov")
    assert here.slack.faults.left == {}


async def test_a_slow_home_holds_up_no_answer_and_no_stop(here: Room) -> None:
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    await ben.open_home()
    fault = here.slack.faults.order("views.publish", faults.Fault(slow=True))
    await ana.say("tip add Our webinar on book repair is free on 5 May 2027")
    await asyncio.wait_for(fault.arrived.wait(), 10)
    assert "book repair" in (await ben.say("tip list")).text
    await asyncio.wait_for(here.stop(), 10)
    fault.go.set()


async def test_a_look_that_goes_wrong_leaves_the_home_as_it_is(
    here: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    await ana.open_home()

    def fail(*_given: object) -> None:
        here.slack.changed()
        raise OSError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr(here.house.store, "read", fail)
        await ben.say("tip add Our webinar on book repair is free on 5 May 2027")
        await here.slack.until(lambda: "the disk is gone" in caplog.text, "the look")
    await ana.say("settings")
    assert "Hello Ana" in ana.home.text
    assert count(here, ana) == 1


async def long_home(here: Room) -> SlackUser:
    ana = here.volunteer("Ana")
    notices = (Notice(f"n{number}", "ana", here.house.clock.time, "word " * 3000) for number in range(9))
    here.house.put(*notices)
    await ana.open_home()
    return ana


async def test_a_long_home_is_turned_page_by_page_also_after_a_restart(
    either: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.slack.render.VIEW_BLOCKS", 5)
    here = either
    ana = await long_home(here)
    first = ana.home.text
    assert "Next page" in ana.home.buttons
    assert "Previous page" not in ana.home.buttons
    await turn(here, ana, "Next page")
    second = ana.home.text
    assert second != first
    await here.restart()
    await turn(here, ana, "Previous page")
    assert ana.home.text == first
    seen = [first]
    while "Next page" in ana.home.buttons:
        await turn(here, ana, "Next page")
        seen.append(ana.home.text)
    assert len(seen) > 2
    assert second == seen[1]
    assert "All that comes next" in "\n".join(seen)


async def turn(here: Room, user: SlackUser, label: str) -> None:
    before = user.home.view
    await user.press(label, user.home)
    await here.slack.until(lambda: user.home.view is not before, "the page to turn")


async def test_a_home_that_is_kept_fresh_stays_at_its_page(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.slack.render.VIEW_BLOCKS", 5)
    ana = await long_home(here)
    ben = here.volunteer("Ben")
    while "Next page" in ana.home.buttons:
        await turn(here, ana, "Next page")
    page = ana.home.control("Previous page").element["value"]
    await here.restart()
    for does in (ana.pressed("Help", ana.home), ben.say("tip add Our webinar on paper is free on 5 May 2027")):
        before = count(here, ana)
        await does
        await published(here, ana, before)
        assert ana.home.control("Previous page").element["value"] == page


async def test_keeping_a_home_fresh_is_no_sign_that_its_owner_is_there(here: Room) -> None:
    ana, ben = here.volunteer("Ana"), here.volunteer("Ben")
    await ana.open_home()
    since = here.house.clock.time
    closed = replace(here.house.get(Volunteer, "ana"), unreachable_since=since)
    here.house.put(closed, Identity(ana.address, "ana", closed=since))
    await ben.say("tip add Our webinar on book repair is free on 5 May 2027")
    await shows(here, ana, "1 tip waits")
    assert here.house.get(Volunteer, "ana").unreachable_since == since
    await ana.open_home()
    await here.settled()
    here.house.store.write("t", lambda _records: None).result()
    assert here.house.get(Volunteer, "ana").unreachable_since is None
