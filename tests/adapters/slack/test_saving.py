"""“Save as tip” in the menu of any message."""

from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack.codes import shortcut_id
from bot.topics.drafting.model import Tip
from tests.adapters.slack.room import MODES, Room, room
from tests.adapters.slack.standin.lines import INTERACTIVE
from tests.adapters.slack.standin.screens import Turn
from tests.adapters.slack.standin.shape import Json
from tests.adapters.slack.standin.user import SlackUser
from tests.adapters.slack.standin.workspace import Message

SAVE = shortcut_id("tip add")
WORDS = "Our webinar on <https://ala.org/repair|book repair> is free on 5 May 2027 &amp; open to <@UANA>"


@pytest.fixture(params=MODES)
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        yield made


def written(here: Room, text: str, *, has_bot: bool = False, attachments: list[Json] | None = None) -> Message:
    """A message of somebody's in a channel that Steward need not be in."""
    workspace, channel = here.slack.workspace, here.slack.channel("news", has_bot=has_bot)
    extras = {"attachments": attachments} if attachments else {}
    return workspace.post(Message(channel.id, workspace.ts(), here.slack.user("Cy").id, text, [], extras=extras))


async def saved(user: SlackUser, message: Message) -> Turn:
    turn = await user.shortcut(SAVE, message)
    assert not turn.ack.error
    await turn.answer()
    return turn


async def test_a_message_is_saved_as_a_tip_with_its_words_and_links(here: Room) -> None:
    ana = here.volunteer("Ana")
    turn = await saved(ana, written(here, WORDS))
    (tip,) = here.house.find(Tip)
    assert tip.text == "Our webinar on book repair https://ala.org/repair is free on 5 May 2027 & open to Ana"
    assert turn.last.message is not None
    assert turn.last.message.only == ana.id
    assert "5 May 2027" in turn.last.text


async def test_what_a_message_shares_is_saved_too(here: Room) -> None:
    ana = here.volunteer("Ana")
    shared = {"title": "Preservation Week 2027", "text": "Free webinars from 26 April", "from_url": "https://ala.org"}
    await saved(ana, written(here, "Look at this", attachments=[shared]))
    (tip,) = here.house.find(Tip)
    assert tip.text == "Look at this\nPreservation Week 2027\nFree webinars from 26 April"


async def test_somebody_outside_the_team_may_leave_a_tip(here: Room) -> None:
    here.belongs()
    await saved(here.slack.user("Guest"), written(here, "Our webinar is free on 5 May 2027"))
    assert len(here.house.find(Tip)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "There are no words in that message"), ("password: hunter22", "password")],
    ids=["empty", "a secret"],
)
async def test_what_can_not_be_a_tip_is_answered_in_words_and_keeps_nothing(here: Room, text: str, said: str) -> None:
    ana = here.volunteer("Ana")
    turn = await saved(ana, written(here, text))
    assert said in turn.last.text
    assert "hunter22" not in turn.last.text
    assert here.house.find(Tip) == []


async def test_the_same_shortcut_handed_over_twice_saves_one_tip(here: Room) -> None:
    ana = here.volunteer("Ana")
    turn, payload = ana.pointed(SAVE, written(here, WORDS))
    for _time in range(2):
        await ana.hand_in(turn, INTERACTIVE, payload)
    await here.restart()
    await ana.hand_in(turn, INTERACTIVE, payload)
    await here.settled()
    assert len(here.house.find(Tip)) == 1
    assert len(turn.shown) == 1


async def test_a_shortcut_of_another_release_says_that_it_is_out_of_date(here: Room) -> None:
    ana = here.volunteer("Ana")
    for turn in (await ana.shortcut("another", written(here, WORDS)), await ana.shortcut("global")):
        await here.slack.until(lambda: here.slack.calls("response_url") or ana.letters, "an answer")
        assert not turn.ack.error
    await here.settled()
    assert here.house.find(Tip) == []
    said = "\n".join([*ana.letters, *(one.text for turn in here.slack.turns for one in turn.shown)])
    assert said.count("out of date") == 2
