"""A draft's fixes on Slack, each one tap."""

from collections.abc import AsyncIterator

import pytest

from bot.topics.drafting.model import Draft, HashtagLook
from tests.adapters.slack.room import MODES, Room, room


@pytest.fixture(params=MODES)
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        yield made


async def test_a_fix_is_one_tap_and_leaves_the_other_words_alone(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.account()
    await ana.say("claim ce-x")
    checked = await ana.say('check "Preservation Week is here & *now*: https://ala.org/week #preservationweek" ce-x')
    assert "A screen reader says #PreservationWeek as words" in checked.text
    mended = await ana.pressed("Write #PreservationWeek", checked)
    (draft,) = here.house.find(Draft)
    assert draft.text == "Preservation Week is here & *now*: https://ala.org/week #PreservationWeek"
    looked = await ana.pressed("I looked up #PreservationWeek", mended)
    assert "Ana looked at #PreservationWeek" in looked.text
    assert [one.id for one in here.house.find(HashtagLook)] == ["preservationweek"]


async def test_an_old_fix_undoes_nobodys_change(here: Room) -> None:
    ana = here.volunteer("Ana")
    here.account()
    await ana.say("claim ce-x")
    checked = await ana.say("check Preservation Week: https://ala.org/week #preservationweek ce-x")
    (draft,) = here.house.find(Draft)
    form = await ana.pressed("Change the words", checked)
    turn = await ana.submit(form, words="Other words for Preservation Week: https://ala.org #preservationweek")
    await turn.answer()
    assert "changed" in (await ana.pressed("Write #PreservationWeek", checked)).text
    assert here.house.get(Draft, draft.id).text.startswith("Other words")
