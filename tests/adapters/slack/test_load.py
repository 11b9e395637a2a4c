"""Many people at once: no command is lost, none is done twice."""

import asyncio
from collections import Counter

import pytest

from bot.topics.posting.model import Post
from tests.adapters.slack.room import MODES, Room, room
from tests.adapters.slack.standin.lines import COMMAND
from tests.adapters.slack.standin.user import SlackUser

PEOPLE, EACH = 20, 100
AGAIN = 10  # each so many-th delivery comes a second time


@pytest.mark.parametrize("mode", MODES)
async def test_two_thousand_commands_of_twenty_people_are_each_done_and_answered_once(mode: str) -> None:
    async with room(mode) as here:
        here.slack.socket.patience = 60  # a busy machine is no fault
        people = [here.volunteer(f"Person {number}") for number in range(PEOPLE)]
        for number in range(PEOPLE):
            here.account(f"acc-{number}", owner=f"person-{number}")
        await asyncio.gather(*(all_of(here, number, user) for number, user in enumerate(people)))
        await here.slack.until(lambda: all(turn.shown for turn in here.slack.turns), "all answers")
        await here.settled()
        words = Counter(post.words for post in here.house.find(Post))
        assert words == Counter(f"{person} {number}" for person in range(PEOPLE) for number in range(EACH))
        noted = [screen.text for turn in here.slack.turns for screen in turn.shown]
        assert len(noted) == PEOPLE * EACH
        assert all("Noted" in text for text in noted)


async def all_of(here: Room, person: int, user: SlackUser) -> None:
    for number in range(EACH):
        turn, payload = user.typed(f'posted acc-{person} words="{person} {number}"')
        for time in range(2 if number % AGAIN == 0 else 1):
            await user.hand_in(turn, COMMAND, payload, id=f"e-{person}-{number}", retry=time)
            assert not turn.ack.error
