"""Approval: when it is needed, who may give it, and that it holds for exactly the words that were approved."""

import pytest

from bot.core.chat import Button, Form
from bot.core.plain import controls_of
from bot.topics.drafting.model import DraftState
from bot.topics.drafting.options import as_seen
from bot.topics.posting.model import Post
from bot.topics.team.model import House as HouseRecord
from bot.topics.team.model import Identity, Notice, Standing, Volunteer
from tests.house import House
from tests.topics.drafting.conftest import Desk
from tests.topics.team.elsewhere import THERE, at, code_in, go_on

pytestmark = pytest.mark.usefixtures("needed")


def test_from_a_draft_over_a_second_pair_of_eyes_to_a_post(house: House, desk: Desk) -> None:
    draft = desk.written()
    card = house.say(f"read {draft.id}", "owner")
    assert "It needs somebody else's approval before it goes out." in card
    assert "[It is out" not in card
    assert "need somebody else's approval" in desk.post(draft.id)
    assert "Office or Bea" in house.say("review ce-x", "owner")
    house.later(days=1, hours=1)
    assert any("asks for a second pair of eyes on a draft for ce-x" in one for one in house.letters("bea"))
    assert "word for word" in desk.approve(draft.id)
    house.later(days=3)
    assert any("Bea approved your draft for ce-x" in one for one in house.letters("owner"))
    assert "Noted: ce-x" in desk.post(draft.id)
    (kept,) = house.find(Post)
    assert (kept.words, kept.draft) == ("We moved to a new house.", draft.id)
    assert desk.draft(draft.id).state is DraftState.POSTED


def test_nobody_approves_their_own_words(house: House, desk: Desk) -> None:
    draft = desk.written(by="office")  # a coordinator neither
    house.say(f"review {draft.id}", "office")
    assert desk.approve(draft.id, "office") == "no button"
    for name in (draft.id, as_seen(draft)):
        assert "You had a hand in these words" in desk.do("office", "approve", draft=name)
    assert desk.draft(draft.id).state is DraftState.REVIEW


def test_not_under_another_identity_either(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    house.put(Identity("test:owner2", "owner"))
    assert "You had a hand" in desk.do("owner2", "approve", draft=as_seen(draft))


def test_not_as_somebody_who_left_and_came_back(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    house.put(Volunteer("new", "Newcomer", standing=Standing.ACTIVE), Identity("test:owner", "new"))
    assert "You had a hand" in desk.do("owner", "approve", draft=as_seen(draft))


def test_an_approval_is_void_once_both_turn_out_to_be_one_human(house: House, desk: Desk) -> None:
    house.put(HouseRecord(THERE.id, house.clock.time))
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    desk.approve(draft.id)
    code = code_in(house.say("link", "owner"))
    go_on(house, at(house, f"link {code}", "bea"), "bea")
    house.settle()
    house.press("Confirm the link", "owner")
    assert house.get(Volunteer, "bea").standing is Standing.LEFT
    assert desk.draft(draft.id).state is DraftState.REVIEW
    assert "need somebody else's approval" in desk.post(draft.id)


def test_whoever_changes_the_words_has_a_hand_in_them(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    desk.do("office", "reword", draft=draft.id, words="We moved to another house.")
    assert "You had a hand" in desk.do("office", "approve", draft=as_seen(desk.draft(draft.id)))
    assert "word for word" in desk.approve(draft.id)


@pytest.mark.parametrize("words", ["We moved to a new house!", "We moved to a new house", "we moved to a new house."])
def test_one_changed_sign_voids_the_approval(house: House, desk: Desk, words: str) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    desk.approve(draft.id)
    desk.do("owner", "reword", draft=draft.id, words=words)
    assert desk.draft(draft.id).state is DraftState.WRITING
    assert "need somebody else's approval" in desk.post(draft.id)
    desk.do("owner", "reword", draft=draft.id, words="We moved to a new house.")
    assert "need somebody else's approval" in desk.post(draft.id)


def test_the_same_words_again_void_nothing(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    desk.approve(draft.id)
    desk.do("owner", "reword", draft=draft.id, words="We moved to a new house.")
    assert desk.draft(draft.id).approved


def test_the_words_of_the_picture_belong_to_what_was_approved(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    desk.approve(draft.id)
    house.say(f"picture {draft.id} The new house at dusk", "owner")
    assert not desk.draft(draft.id).approved


def test_only_what_was_read_is_approved(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    card = house.ask(f"read {draft.id}", "bea")
    button = next(one for one in controls_of(card) if isinstance(one, Button) and one.command == "approve")
    desk.do("owner", "reword", draft=draft.id, words="We moved to a palace.")
    assert "have changed since you saw them" in desk.do("bea", "approve", **dict(button.values))
    assert desk.draft(draft.id).state is DraftState.REVIEW


def test_typed_without_having_read_it_the_words_come_first(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    assert "Please read it." in house.say(f"approve {draft.id}", "bea")
    assert desk.draft(draft.id).state is DraftState.REVIEW
    assert "word for word" in house.press("Approve for ce-x", "bea")


def test_what_nobody_asked_for_is_not_approved(house: House, desk: Desk) -> None:
    draft = desk.written()
    assert "Nobody has asked for an approval" in desk.do("bea", "approve", draft=as_seen(draft))


def test_it_goes_back_with_a_note_and_is_asked_for_again(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    assert isinstance(house.ask(f"send back {draft.id}", "bea"), Form)
    house.say(f"send back {draft.id} Which house?", "bea")
    assert "Sent back with a note: Which house?" in house.say(f"read {draft.id}", "owner")
    house.later(days=1, hours=1)
    assert any("sent your draft for ce-x back: “Which house?”" in one for one in house.letters("owner"))
    assert "sent back" in desk.post(draft.id)
    house.say(f"review {draft.id}", "owner")
    assert desk.draft(draft.id).note == ""
    assert "word for word" in desk.approve(draft.id)


def test_an_approval_can_be_taken_back_before_it_is_posted(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    desk.approve(draft.id)
    house.press("Undo", "bea")
    assert "sent back" in desk.post(draft.id)


def test_two_who_approve_at_once_are_both_answered_kindly(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    cards = [house.ask(f"read {draft.id}", who) for who in ("bea", "office")]
    buttons = [next(b for b in controls_of(card) if isinstance(b, Button) and b.command == "approve") for card in cards]
    assert "word for word" in desk.do("bea", "approve", **dict(buttons[0].values))
    assert "approved already" in desk.do("office", "approve", **dict(buttons[1].values))
    assert desk.draft(draft.id).approver == "bea"


def test_a_draft_is_posted_on_its_own_account_in_its_own_words_once(house: House, desk: Desk) -> None:
    house.say("policy need never", "office")
    draft = desk.written()
    assert "is for ce-x, not for ce-fb" in desk.post(draft.id, short="ce-fb")
    assert "own words are kept" in desk.do("owner", "posted", account="ce-x", draft=draft.id, words="Other words")
    assert "I don't know that draft" in desk.post("nothing")
    desk.post(draft.id)
    assert "I have that already" in desk.post(draft.id, by="bea")
    assert len(house.find(Post)) == 1


def test_undo_brings_the_draft_back_with_its_approval(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    desk.approve(draft.id)
    desk.post(draft.id)
    house.press("Undo", "owner")
    assert desk.draft(draft.id).approved
    assert "Noted" in desk.post(draft.id)


def test_who_was_asked_is_asked_no_more_once_it_is_approved(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    assert {one.volunteer for one in house.find(Notice)} == {"office", "bea"}
    desk.approve(draft.id)
    assert not any(one.id.startswith("review/") for one in house.find(Notice))


def test_a_put_away_draft_can_be_taken_up_again_without_its_approval(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    desk.approve(draft.id)
    house.say(f"discard {draft.id}", "owner")
    assert "discarded" in desk.post(draft.id)
    house.say(f"recover {draft.id}", "owner")
    assert desk.draft(draft.id).state is DraftState.WRITING


def test_two_who_reword_at_once_lose_nothing(house: House, desk: Desk) -> None:
    draft = desk.written()
    mine, theirs = house.ask(f"reword {draft.id}", "owner"), house.ask(f"reword {draft.id}", "office")
    house.submit(mine, "owner", words="We moved in May.")
    again = house.submit(theirs, "office", words="We moved in June.")
    assert isinstance(again, Form)
    assert "It reads now: “We moved in May.”" in again.intro
    assert again.fields[0].value == "We moved in June."
    house.submit(again, "office", words="We moved in May or June.")
    assert desk.draft(draft.id).text == "We moved in May or June."


def test_a_draft_of_an_account_that_went_into_another_is_for_that_one_and_wants_new_eyes(
    house: House, desk: Desk
) -> None:
    draft = desk.written(short="ce-fb")
    house.say(f"review {draft.id}", "owner")
    desk.approve(draft.id)
    desk.account("new-fb", "facebook")
    house.say("account merge ce-fb new-fb", "office")
    after = desk.draft(draft.id)
    assert (after.account, after.approved) == ("id-new-fb", False)


def test_an_author_who_left_is_told_nothing(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    house.say("team remove Owner sure=yes", "office")
    assert "word for word" in desk.approve(draft.id)
    assert not [one for one in house.find(Notice) if one.volunteer == "owner"]
