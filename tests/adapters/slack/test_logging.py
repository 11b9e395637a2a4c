"""“Add to crisis log” in the menu of any message."""

from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack.codes import shortcut_id
from bot.topics.crisis.model import Crisis, LogEntry
from tests.adapters.slack.room import MODES, Room, room

NOTE = shortcut_id("crisis note")


@pytest.fixture(params=MODES)
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        yield made


def notes(here: Room) -> list[LogEntry]:
    return here.house.find(LogEntry, what="note")


async def test_what_somebody_wrote_goes_into_the_log_with_who_and_when(here: Room) -> None:
    ana, eve = here.volunteer("Ana", alarms=True), here.slack.user("Eve Outside")
    await ana.say("sos scam posts on our page")
    message = eve.post("A member just sent them <money> & more")
    await here.later(minutes=7)
    turn = await ana.shortcut(NOTE, message)
    assert "In the log, at Mon 23 Nov" in (await turn.answer()).text
    (note,) = notes(here)
    assert note.text == "Eve Outside wrote: A member just sent them <money> & more"
    assert note.at.timestamp() == int(message.ts.partition(".")[0])
    assert (note.noted - note.at).total_seconds() >= 420
    assert note.link == f"https://library.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"


async def test_a_volunteer_is_named_as_the_team_knows_them_and_oneself_not_at_all(here: Room) -> None:
    ana, ben = here.volunteer("Ana", alarms=True), here.volunteer("Ben", alarms=True)
    await ana.say("sos scam posts on our page")
    await (await ana.shortcut(NOTE, ben.post("I have screenshots"))).answer()
    await (await ana.shortcut(NOTE, ana.post("The phone rings all the time"))).answer()
    assert [one.text for one in notes(here)] == ["Ben wrote: I have screenshots", "The phone rings all the time"]


async def test_where_several_go_on_it_asks_which_one(here: Room) -> None:
    ana = here.volunteer("Ana", alarms=True)
    here.house.put(
        *(Crisis(f"c{n}", n, f"trouble {n}", here.house.clock.time, ana.address, "ana", "", "", "S2") for n in (1, 2))
    )
    for said in ("The mayor called", "A long letter. " * 190):
        turn = await ana.shortcut(NOTE, ana.post(said))
        form = await turn.answer()
        assert "Which one do you mean?" in form.text
        done = await ana.submit(form, crisis="2")
        assert "In the log" in (await done.answer()).text
        assert (notes(here)[-1].crisis, notes(here)[-1].text) == ("c2", said.strip())


async def test_a_very_long_message_is_taken_whole_or_refused_plainly(here: Room) -> None:
    ana = here.volunteer("Ana", alarms=True)
    await ana.say("sos scam posts on our page")
    letter = "A long letter. " * 500
    assert "In the log" in (await (await ana.shortcut(NOTE, ana.post(letter))).answer()).text
    await here.later(seconds=5)
    assert letter.strip() in notes(here)[0].text
    assert "more than I can take" in (await (await ana.shortcut(NOTE, ana.post(letter * 2))).answer()).text


async def test_where_nothing_goes_on_it_says_so_kindly_and_keeps_nothing(here: Room) -> None:
    ana = here.volunteer("Ana")
    turn = await ana.shortcut(NOTE, ana.post("The mayor called"))
    said = (await turn.answer()).text
    assert "Nothing is going on that I know of." in said
    assert "`sos`" in said or "sos" in said
    assert notes(here) == []


async def test_somebody_without_a_role_is_told_what_they_may_do(here: Room) -> None:
    eve = here.slack.user("Eve")
    here.belongs()
    turn = await eve.shortcut(NOTE, eve.post("The mayor called"))
    assert "join" in (await turn.answer()).text


async def test_an_entry_that_an_earlier_manifest_put_there_is_out_of_date(here: Room) -> None:
    ana = here.volunteer("Ana")
    turn = await ana.shortcut("tip", ana.post("An old menu"))
    assert "out of date" in (await turn.answer()).text
