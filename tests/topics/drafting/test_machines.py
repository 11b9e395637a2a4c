"""The two state machines: what each step leads to, and what no step does."""

import pytest
from msgspec.structs import replace

from bot.topics.drafting.model import (
    AT_WORK,
    DRAFT_NEXT,
    TIP_NEXT,
    WAITING,
    Draft,
    DraftEvent,
    DraftState,
    Tip,
    TipEvent,
    TipState,
    draft_moved,
    tip_moved,
)
from tests.engine_room import START

DRAFT = Draft("d", "a", "Words", "ana", ("ana", "test:ana"), START, START)
APPROVED = replace(DRAFT, state=DraftState.APPROVED, approval=DRAFT.digest, approver="bea")


def test_every_state_can_be_reached_and_left_but_where_all_is_done() -> None:
    assert {state for state, _event in TIP_NEXT} == set(TipState)
    assert set(TIP_NEXT.values()) == set(TipState)
    assert {state for state, _event in DRAFT_NEXT} == set(DraftState)
    assert set(DRAFT_NEXT.values()) == set(DraftState)
    assert {event for _state, event in TIP_NEXT} == set(TipEvent)
    assert {event for _state, event in DRAFT_NEXT} == set(DraftEvent)


def test_only_a_tip_that_waits_can_be_claimed_set_aside_or_put_together_with_another() -> None:
    for event in (TipEvent.CLAIM, TipEvent.DISMISS, TipEvent.LAPSE, TipEvent.MERGE):
        assert {state for state, one in TIP_NEXT if one is event} == set(WAITING)


def test_approval_follows_only_on_being_asked_for() -> None:
    ways = {pair for pair, state in DRAFT_NEXT.items() if state is DraftState.APPROVED}
    assert ways == {(DraftState.REVIEW, DraftEvent.APPROVE), (DraftState.POSTED, DraftEvent.UNPOST_APPROVED)}


@pytest.mark.parametrize("event", [DraftEvent.CHANGE, DraftEvent.RETURN, DraftEvent.VOID, DraftEvent.DROP])
def test_whatever_unsettles_the_words_ends_an_approval(event: DraftEvent) -> None:
    assert APPROVED.approved
    after = draft_moved(APPROVED, event)
    assert not after.approved
    assert after.approval == after.approver == ""


@pytest.mark.parametrize("changed", ["Words.", "words", "Word", "Words ", "Wörds", "Words\u200d"])
def test_one_changed_sign_is_no_longer_what_was_approved(changed: str) -> None:
    assert not replace(APPROVED, text=changed).approved
    assert not replace(APPROVED, alt="A book").approved
    assert not replace(APPROVED, account="b").approved


def test_a_step_that_is_not_in_the_table_is_impossible() -> None:
    with pytest.raises(KeyError):
        draft_moved(DRAFT, DraftEvent.APPROVE)
    with pytest.raises(KeyError):
        tip_moved(Tip("t", "Words", "test:x", "X", START, state=TipState.POSTED), TipEvent.CLAIM)


def test_what_is_posted_or_dropped_is_no_longer_worked_at() -> None:
    assert set(DraftState) - set(AT_WORK) == {DraftState.POSTED, DraftState.DROPPED}
