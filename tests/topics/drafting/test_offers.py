"""What a draft may be made from, whose drafts are shown to whom, and how a mirror or a lone account speaks."""

import pytest
from msgspec.structs import replace

from bot.topics.accounts.model import MirrorKind, Status
from bot.topics.drafting.choosing import Choice, Weighed, choose
from bot.topics.drafting.model import Draft, DraftState
from tests.engine_room import START
from tests.house import House
from tests.topics.drafting.conftest import Desk


def test_posts_are_offered_with_their_words_from_other_accounts_only(house: House, desk: Desk) -> None:
    house.say('posted ce-x words="Our own words"', "owner")
    house.say('posted ce-fb words="Words of another account"', "owner")
    house.say("posted ce-fb yesterday link=https://ala.org/no-words", "owner")
    said = house.say("draft ce-x", "owner")
    assert "Words of another account" in said
    assert "Our own words" not in said
    assert said.count("[Draft from this for ce-x]") == 1


def test_where_nothing_is_noted_of_any_account_the_asker_s_own_are_offered(house: House, desk: Desk) -> None:
    for short, network in (("ce-x", "flickr"), ("ce-fb", "flickr"), ("ce-li", "flickr")):
        desk.account(short, network, themes=("photos",))
    said = house.say("tip add The roof is blue now: https://ala.org/roof", "owner")
    assert "ce-x" in said
    assert "ce-x" not in house.say("tip add The door is green now: https://ala.org/door", "bea")


def test_who_looks_after_an_account_finds_the_drafts_of_others_for_it_among_theirs(house: House, desk: Desk) -> None:
    desk.written(by="bea")
    assert "We moved" in house.say("drafts", "owner")
    assert "You have no draft" in house.say("drafts", "office")


def test_only_who_has_to_do_with_it_takes_a_draft_up_again(house: House, desk: Desk) -> None:
    draft = desk.written()
    desk.do("owner", "discard", draft=draft.id)
    assert "Only who wrote it" in desk.do("bea", "recover", draft=draft.id)
    assert desk.draft(draft.id).state is DraftState.DROPPED


def test_a_draft_is_not_sent_back_without_a_word(house: House, desk: Desk) -> None:
    draft = desk.written()
    desk.do("owner", "review", draft=draft.id)
    assert "Please say in a few words" in desk.do("bea", "send back", draft=draft.id, note="!!")
    assert desk.draft(draft.id).state is DraftState.REVIEW


def test_the_wordings_that_were_there_are_kept_when_something_is_answered(house: House, desk: Desk) -> None:
    draft = desk.made(text="The library moves. Please help us with 20 boxes!")
    assert draft.others
    desk.do("owner", "answer", draft=draft.id, words="https://ala.org/boxes")
    after = desk.draft(draft.id)
    assert "https://ala.org/boxes" in after.text
    assert draft.text in after.others


@pytest.mark.parametrize(("status", "same"), [(Status.ACTIVE, True), (Status.RETIRED, False)])
def test_an_identical_mirror_speaks_as_the_other_half_does_while_that_is_in_use(
    house: House, desk: Desk, status: Status, same: bool
) -> None:
    desk.account("same-x", mirror_of="id-ce-x", mirror_kind=MirrorKind.IDENTICAL)
    house.say("voice set ce-x hashtags #BookRepair", "owner")
    desk.account("ce-x", status=status)
    tip = desk.tip()
    desk.do("owner", "draft", account="same-x", tip=tip.id)
    assert ("#BookRepair" in house.find(Draft, account="id-same-x")[0].text) is same


def test_a_part_that_fits_exactly_is_kept() -> None:
    part = Choice((Weighed(5, 1, 0),))
    assert choose([part], 5, ()) == (0,)
    assert choose([part], 4, ()) == (-1,)


@pytest.mark.parametrize("state", [one for one in DraftState if one is not DraftState.APPROVED])
def test_only_what_is_approved_counts_as_approved(state: DraftState) -> None:
    draft = Draft("d", "a", "Words", "ana", ("ana",), START, START, state=state)
    assert not replace(draft, approval=draft.digest, approver="bea").approved
