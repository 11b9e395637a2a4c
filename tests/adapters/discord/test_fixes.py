"""A draft's fixes on Discord, each one tap."""

from bot.topics.drafting.model import Draft, HashtagLook
from tests.adapters.discord.room import room
from tests.adapters.discord.seen import said
from tests.adapters.discord.test_journey import an_account, click

TEXT = "Preservation Week is here & *now*: https://ala.org/week #preservationweek"


async def test_a_fix_is_one_tap_and_leaves_the_other_words_alone() -> None:
    async with room() as one:
        _office, ann = await an_account(one)
        checked = await ann.slash(one.channel, "check", text=TEXT, account="arg-x")
        assert "A screen reader says #PreservationWeek as words" in said(checked)
        assert checked.response
        mended = await click(ann, checked.response.message, "Write #PreservationWeek")
        (draft,) = one.house.find(Draft)
        assert draft.text == TEXT.replace("#preservationweek", "#PreservationWeek")
        assert mended.response
        looked = await click(ann, mended.response.message, "I looked up #PreservationWeek")
        assert "Ann looked at #PreservationWeek" in said(looked)
        assert [each.id for each in one.house.find(HashtagLook)] == ["preservationweek"]
