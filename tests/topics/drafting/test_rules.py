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
        "the union's vote",
        "the union’s votes",
        "a labor dispute",
        "#LaborDisputes",
    ],
)
def test_a_restricted_subject_is_found_however_it_is_written(text: str) -> None:
    assert verdict(USUAL, [WEBINARS, STRIKES], text) == Verdict(True, (STRIKES,))


@pytest.mark.parametrize("text", ["A striking cover", "Union catalogue, vote for it", "", "Labour and disputes", "🎉"])
def test_other_words_are_not(text: str) -> None:
    assert verdict(USUAL, [WEBINARS, STRIKES], text) == Verdict(False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("church", "churches"),
        ("tax", "taxes"),
        ("speech", "speeches"),
        ("class action", "class actions"),
        ("class", "classes"),
        ("virus", "viruses"),
        ("bus", "buses"),
        ("cache", "caches"),
        ("movie", "movies"),
        ("city", "cities"),
        ("house", "houses"),
        ("layoffs", "lay-offs"),
        ("layoff", "lay off"),
        ("workers' rights", "worker’s rights"),
        ("unionised", "unionized"),
        ("organisation", "organizations"),
        ("theatre", "theaters"),
        ("defence", "defenses"),
        ("programmes", "program"),
        ("dialogue", "dialogs"),
        ("labour", "labor"),
        ("honours", "honor"),
    ],
)
def test_a_subject_is_found_in_the_plural_in_one_word_or_two_and_in_either_english(one: str, other: str) -> None:
    for restricted, said in ((one, other), (other, one)):
        assert verdict(USUAL, [Subject("s", restricted, restricted=True)], f"About {said} again").needed


def test_words_of_two_texts_or_with_others_between_them_are_not_put_together() -> None:
    layoffs = [Subject("s", "layoffs", restricted=True)]
    assert not verdict(USUAL, layoffs, "We lay", "off").needed
    assert not verdict(USUAL, layoffs, "Lay it off").needed


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
