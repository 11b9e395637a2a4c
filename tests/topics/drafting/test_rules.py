"""The policy's decisions."""

import pytest

from bot.topics.drafting.model import POLICY, Draft, DraftState, Need, Policy, Subject
from bot.topics.drafting.rules import Verdict, had_a_hand, may_post, verdict, words_of
from tests.engine_room import START

STRIKES = Subject("s", "Labour disputes", restricted=True, words=("strike", "walk-out", "union vote"))
WEBINARS = Subject("w", "Webinars", restricted=False, words=("strike",))
USUAL = Policy(POLICY)


@pytest.mark.parametrize(
    "text",
    [
        "The strike goes on",
        "Strikes!",
        "STRIKE",
        "#Strike2026",
        "#UnionVote now",
        "A labour dispute, again",
        "a walk-out",
        "a walk out",
        "walkouts? No: a walkout",
        "the stri\u200dke",
        "\uff33\uff34\uff32\uff29\uff2b\uff25",
        "Stríke",
        "union  votes",
    ],
)
def test_a_restricted_subject_is_found_however_it_is_written(text: str) -> None:
    assert verdict(USUAL, [WEBINARS, STRIKES], text) == Verdict(True, (STRIKES,))


@pytest.mark.parametrize("text", ["A striking cover", "Union catalogue, vote for it", "", "Labour and disputes", "🎉"])
def test_other_words_are_not(text: str) -> None:
    assert verdict(USUAL, [WEBINARS, STRIKES], text) == Verdict(False)


def test_any_of_the_texts_that_belong_together_counts_and_each_by_itself() -> None:
    assert verdict(USUAL, [STRIKES], "Come to our talk", "About the strike").needed
    assert not verdict(USUAL, [STRIKES], "A union", "vote").needed


@pytest.mark.parametrize(
    ("need", "harmless", "restricted"),
    [(Need.NEVER, False, False), (Need.RESTRICTED, False, True), (Need.ALWAYS, True, True)],
)
def test_when_approval_is_needed(need: Need, harmless: bool, restricted: bool) -> None:
    policy = Policy(POLICY, need)
    assert verdict(policy, [STRIKES], "A book").needed is harmless
    assert verdict(policy, [STRIKES], "A strike").needed is restricted


@pytest.mark.parametrize("state", list(DraftState))
def test_where_approval_is_needed_only_what_is_approved_may_be_posted(state: DraftState) -> None:
    draft = Draft("d", "a", "Words", "ana", ("ana",), START, START, state=state)
    assert not may_post(draft, Verdict(True))
    assert may_post(draft, Verdict(False)) is draft.at_work


def test_a_hand_in_the_words_counts_under_every_identity() -> None:
    draft = Draft("d", "a", "Words", "ana", ("ana", "slack:T1/U2"), START, START)
    assert had_a_hand(draft, "ana", ())
    assert had_a_hand(draft, "bea", ("discord:G1/U9", "slack:T1/U2"))
    assert not had_a_hand(draft, "bea", ("discord:G1/U9",))
    assert not had_a_hand(draft, "", ("",))


def test_words_are_compared_without_capitals_accents_and_plural() -> None:
    assert words_of("Libraries & CAFÉS: #BookRepair2026, glass") == [
        "library",
        "cafe",
        "book",
        "repair",
        "2026",
        "glass",
    ]
