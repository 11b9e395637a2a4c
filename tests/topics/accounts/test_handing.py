from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.topics.accounts.handing import (
    NEXT,
    PATIENCE,
    Deed,
    call_off,
    confirm,
    marked,
    missing,
    next_look,
    side_of,
    sides,
    stand_in,
    stand_in_from,
    take_back,
)
from bot.topics.accounts.model import Handover, Item, Side, Stage

START = datetime(2026, 11, 23, 15, tzinfo=UTC)
DAY = timedelta(days=1)
FRESH = Handover("h", "a", "giver", "taker", START)


def confirmed(handover: Handover, side: Side, *items: Item, at: datetime = START) -> Handover:
    for item in items or Item:
        handover = confirm(handover, item, side, f"{side}", at)
    return handover


def test_it_is_done_when_both_have_confirmed_all_four() -> None:
    half = confirmed(FRESH, Side.GIVER)
    assert half.stage is Stage.OPEN
    done = confirmed(half, Side.TAKER, at=START + DAY)
    assert done.stage is Stage.DONE
    assert done.ended == START + DAY
    assert not done.lost_access
    assert len(done.marks) == 8


def test_where_nobody_had_it_the_new_owner_alone_confirms() -> None:
    alone = Handover("h", "a", "", "taker", START)
    assert sides(alone) == (Side.TAKER,)
    assert confirmed(alone, Side.TAKER).stage is Stage.DONE
    with pytest.raises(Refusal):
        confirm(alone, Item.NOTES, Side.GIVER, "x", START)


def test_a_word_can_be_taken_back_until_all_is_said() -> None:
    back = take_back(confirmed(FRESH, Side.GIVER, Item.NOTES), Item.NOTES, Side.GIVER)
    assert missing(back, Side.GIVER) == tuple(Item)
    done = confirmed(confirmed(FRESH, Side.GIVER), Side.TAKER)
    with pytest.raises(Refusal):
        take_back(done, Item.NOTES, Side.GIVER)


def test_saying_it_twice_changes_nothing() -> None:
    once = confirmed(FRESH, Side.GIVER, Item.NOTES)
    assert confirm(once, Item.NOTES, Side.GIVER, "giver", START + DAY) == once


def test_a_coordinator_stands_in_after_fourteen_days_and_not_before() -> None:
    half = confirmed(FRESH, Side.TAKER)
    with pytest.raises(Refusal, match="1 day "):
        stand_in(half, Side.GIVER, "office", START + PATIENCE - timedelta(minutes=1))
    done = stand_in(half, Side.GIVER, "office", START + PATIENCE)
    assert done.stage is Stage.DONE
    assert all(mark.stood_in and mark.by == "office" for mark in done.marks if mark.side is Side.GIVER)
    assert not done.lost_access  # the new owner said themselves that they can sign in


def test_an_answer_starts_the_fourteen_days_anew() -> None:
    some = confirmed(FRESH, Side.GIVER, Item.NOTES, at=START + 10 * DAY)
    assert stand_in_from(some, Side.GIVER) == START + 24 * DAY


def test_standing_in_for_the_new_owner_leaves_lost_access_open_until_they_confirm_it() -> None:
    half = confirmed(FRESH, Side.GIVER)
    lost = stand_in(half, Side.TAKER, "office", START + PATIENCE)
    assert lost.stage is Stage.DONE
    assert lost.lost_access
    with pytest.raises(Refusal):
        confirm(lost, Item.NOTES, Side.TAKER, "taker", START + 15 * DAY)
    closed = confirm(lost, Item.ACCESS, Side.TAKER, "taker", START + 15 * DAY)
    assert closed.stage is Stage.DONE
    assert not closed.lost_access
    assert closed.ended == lost.ended


def test_their_own_word_takes_the_place_of_a_coordinators() -> None:
    stood = stand_in(FRESH, Side.GIVER, "office", START + PATIENCE)
    said = confirm(stood, Item.NOTES, Side.GIVER, "giver", START + 15 * DAY)
    mark = marked(said, Item.NOTES, Side.GIVER)
    assert mark is not None
    assert not mark.stood_in
    assert len(said.marks) == len(stood.marks)


def test_what_is_over_stays_as_it_is() -> None:
    off = call_off(FRESH, START + DAY)
    assert off.stage is Stage.CALLED_OFF
    with pytest.raises(Refusal):
        confirm(off, Item.NOTES, Side.GIVER, "g", START)
    with pytest.raises(Refusal):
        take_back(off, Item.NOTES, Side.GIVER)
    with pytest.raises(Refusal):
        stand_in(off, Side.GIVER, "o", START + 30 * DAY)
    with pytest.raises(Refusal):
        call_off(off, START)


def test_each_knows_their_side() -> None:
    assert side_of(FRESH, "giver") is Side.GIVER
    assert side_of(FRESH, "taker") is Side.TAKER
    assert side_of(FRESH, "other") is None
    assert side_of(Handover("h", "a", "", "t", START), "") is None


DEEDS = st.tuples(
    st.sampled_from(Deed), st.sampled_from(Item), st.sampled_from(Side), st.timedeltas(timedelta(), 10 * DAY)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(DEEDS, max_size=40), st.booleans())
def test_every_way_through_keeps_to_the_table(deeds: list[tuple[Deed, Item, Side, timedelta]], orphaned: bool) -> None:
    handover = Handover("h", "a", "" if orphaned else "giver", "taker", START)
    now = START
    for deed, item, side, passed in deeds:
        now += passed
        before = handover
        try:
            match deed:
                case Deed.CONFIRM:
                    handover = confirm(handover, item, side, side.value, now)
                case Deed.TAKE_BACK:
                    handover = take_back(handover, item, side)
                case Deed.STAND_IN:
                    handover = stand_in(handover, side, "office", now)
                case Deed.CALL_OFF:
                    handover = call_off(handover, now)
        except Refusal:
            assert handover == before
            continue
        assert handover.stage in NEXT[before.stage, deed]
        if deed is Deed.STAND_IN:
            assert not [
                one for one in before.marks if one.side is side and one.at > now - PATIENCE and not one.stood_in
            ]
            assert now >= START + PATIENCE
        complete = not any(missing(handover, one) for one in sides(handover))
        assert (handover.stage is Stage.DONE) == (complete and handover.stage is not Stage.CALLED_OFF)
        own = marked(handover, Item.ACCESS, Side.TAKER)
        assert handover.lost_access == (handover.stage is Stage.DONE and (own is None or own.stood_in))
        assert (handover.ended is None) == (handover.stage is Stage.OPEN)
        words = [(mark.item, mark.side) for mark in handover.marks]
        assert len(words) == len(set(words))
        look = next_look(handover, now)
        assert (look is None) == (handover.stage is not Stage.OPEN)
        assert look is None or look > now
