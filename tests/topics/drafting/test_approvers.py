"""Whose approval a draft needs, and who may give it."""

import pytest
from msgspec.structs import replace

from bot.topics.drafting.approving import one_of
from bot.topics.drafting.model import Draft, DraftState
from bot.topics.drafting.options import as_seen
from bot.topics.posting.model import Post
from bot.topics.team.model import Identity, Notice, Standing, TeamRole, Volunteer
from tests.house import House
from tests.topics.drafting.conftest import Desk

pytestmark = pytest.mark.usefixtures("needed")


def test_only_who_has_to_do_with_it_may_change_a_draft(house: House, desk: Desk) -> None:
    house.volunteer("Eve")
    draft = desk.written()
    for command, values in (
        ("reword", {"words": "Other"}),
        ("review", {}),
        ("discard", {}),
        ("picture", {"shows": "x"}),
    ):
        assert "Only who wrote it" in desk.do("eve", command, draft=draft.id, **values)
    assert "observer" in desk.do("olga", "approve", draft=draft.id)


def test_who_looks_after_the_account_may_change_a_draft_of_somebody_else_s_for_it(house: House, desk: Desk) -> None:
    draft = desk.written(by="bea")
    assert "Changed." in desk.do("owner", "reword", draft=draft.id, words="We moved in May.")


def test_who_changed_words_has_a_hand_in_them_also_as_somebody_who_left_and_came_back(house: House, desk: Desk) -> None:
    draft = desk.written()
    desk.do("office", "reword", draft=draft.id, words="We moved in May.")
    desk.do("owner", "review", draft=draft.id)
    house.put(Volunteer("new", "Newcomer", standing=Standing.ACTIVE), Identity("test:office", "new"))
    assert "You had a hand" in desk.do("office", "approve", draft=as_seen(desk.draft(draft.id)))


def test_of_many_who_may_approve_those_are_asked_who_can_be_written_to(house: House, desk: Desk) -> None:
    for name in ("Eve", "Ida", "Max"):
        house.volunteer(name)
    house.put(replace(house.get(Volunteer, "office"), reminders=False))
    draft = desk.written()
    desk.do("owner", "review", draft=draft.id)
    assert set(desk.draft(draft.id).asked) == {"bea", "eve", "ida"}


def test_an_author_may_take_the_wish_for_approval_back_and_approved_words_need_none(house: House, desk: Desk) -> None:
    draft = desk.written()
    desk.do("owner", "review", draft=draft.id)
    desk.do("owner", "send back", draft=draft.id, note="I have to look again")
    assert desk.draft(draft.id).state is DraftState.RETURNED
    desk.do("owner", "review", draft=draft.id)
    desk.approve(draft.id)
    assert "approved already" in desk.do("owner", "review", draft=draft.id)
    assert desk.draft(draft.id).approved


def test_where_the_policy_names_coordinators_no_other_volunteer_approves(house: House, desk: Desk) -> None:
    house.say("policy approvers coordinators", "office")
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    assert "can be approved by Office" in desk.do("bea", "approve", draft=as_seen(draft))
    assert "word for word" in desk.approve(draft.id, "office")


def test_a_restricted_subject_is_approved_by_those_who_are_named_for_it(house: House, desk: Desk) -> None:
    house.volunteer("Eve")
    house.say("policy need restricted", "office")
    house.say('policy restrict strikes walk-out, lockout champion="the union"', "office")
    house.say("policy approver Eve strikes", "office")
    draft = desk.written("The walk-out goes on, and the library stays open.")
    assert "before it goes out, since it touches strikes." in house.say(f"read {draft.id}", "owner")
    assert "need somebody else's approval" in desk.post(draft.id)
    assert "Eve" in house.say(f"review {draft.id}", "owner")
    assert "can be approved by Eve" in desk.do("bea", "approve", draft=as_seen(draft))
    assert "word for word" in desk.approve(draft.id, "eve")
    assert "Noted" in desk.post(draft.id)


def test_what_a_draft_is_made_of_counts_like_its_own_words(house: House, desk: Desk) -> None:
    house.say("policy need restricted", "office")
    house.say("policy restrict strike", "office")
    tip = desk.tip("The strike at the library is over. Our talk on it is on 5 December 2026: https://ala.org/talk")
    desk.do("owner", "draft", account="ce-x", tip=tip.id)
    draft = house.find(Draft)[0]
    desk.do("owner", "reword", draft=draft.id, words="Come to our talk: https://ala.org/talk")
    assert "need somebody else's approval" in desk.post(draft.id)


def test_the_words_of_a_picture_an_answer_and_another_post_count_too(house: House, desk: Desk) -> None:
    house.say("policy need restricted", "office")
    house.say("policy restrict strike", "office")
    pictured, answered, source = desk.written(), desk.made(), desk.written("The strike is over.", "ce-fb")
    house.say(f"picture {pictured.id} People on strike", "owner")
    desk.do("owner", "answer", draft=answered.id, words="Say that the strike is over")
    desk.do("owner", "reword", draft=answered.id, words="Come to our webinar: https://ala.org/repair")
    desk.do("owner", "review", draft=source.id)
    desk.approve(source.id)
    desk.post(source.id, short="ce-fb")
    desk.do("owner", "draft", account="ce-x", tip=f"post.{house.find(Post)[0].id}")
    (reposted,) = (one for one in house.find(Draft) if one.of_post)
    desk.do("owner", "reword", draft=reposted.id, words="Good news.")
    for one in (pictured, answered, reposted):
        assert "need somebody else's approval" in desk.post(one.id)
    house.say(f"picture {pictured.id} none", "owner")
    assert "Noted" in desk.post(pictured.id)


def test_where_the_named_approver_has_left_anybody_else_approves(house: House, desk: Desk) -> None:
    house.volunteer("Eve")
    house.say("policy restrict strike", "office")
    house.say("policy approver Eve strike", "office")
    house.say("team remove Eve sure=yes", "office")
    assert "approved by" not in house.say("policy", "bea")
    draft = desk.written("The strike goes on.")
    desk.do("owner", "review", draft=draft.id)
    assert "word for word" in desk.approve(draft.id)


def test_a_harmless_text_needs_nobody_where_only_restricted_subjects_do(house: House, desk: Desk) -> None:
    house.say("policy need restricted", "office")
    house.say("policy restrict strikes", "office")
    draft = desk.written()
    assert "Noted" in desk.post(draft.id)


def test_a_policy_that_becomes_stricter_counts_at_once(house: House, desk: Desk) -> None:
    house.say("policy need never", "office")
    draft = desk.written()
    house.say("policy need always", "office")
    assert "need somebody else's approval" in desk.post(draft.id)


def test_an_approval_by_who_may_not_any_more_is_open_again_and_asked_for_of_who_may(house: House, desk: Desk) -> None:
    house.volunteer("Eve")
    draft, other = desk.written("The strike goes on."), desk.written("The library stays open.")
    for one in (draft, other):
        desk.do("owner", "review", draft=one.id)
        desk.approve(one.id)
    house.say("policy restrict strike", "office")
    assert desk.draft(draft.id).approved  # anybody else may still approve it
    house.say("policy approver Eve strike", "office")
    assert desk.draft(draft.id).state is DraftState.REVIEW
    assert desk.draft(other.id).approved
    assert "need somebody else's approval" in desk.post(draft.id)
    house.later(days=3)
    assert any("has to be approved anew, by Eve or Office." in one for one in house.letters("owner"))
    assert any("a second pair of eyes on a draft for ce-x" in one for one in house.letters("eve"))
    assert "word for word" in desk.approve(draft.id, "eve")
    assert "Noted" in desk.post(draft.id)


def test_who_may_not_approve_a_draft_any_more_is_not_asked(house: House, desk: Desk) -> None:
    draft = desk.written()
    desk.do("owner", "review", draft=draft.id)
    assert set(desk.draft(draft.id).asked) == {"office", "bea"}
    house.say("policy approvers coordinators", "office")
    assert desk.draft(draft.id).asked == ("office",)
    house.later(days=2)
    assert not any("a second pair of eyes on a draft" in one for one in house.letters("bea"))
    assert any("a second pair of eyes on a draft" in one for one in house.letters("office"))


def test_where_none_of_those_who_were_asked_may_approve_who_may_is_asked(house: House, desk: Desk) -> None:
    house.put(replace(house.get(Volunteer, "office"), reminders=False))
    draft = desk.written("The strike goes on.")
    desk.do("owner", "review", draft=draft.id)
    assert desk.draft(draft.id).asked == ("bea",)
    house.volunteer("Eve")
    house.say("policy restrict strike", "office")
    assert desk.draft(draft.id).asked == ("bea",)
    house.say("policy approver Eve strike", "office")
    assert desk.draft(draft.id).asked == ("eve",)
    house.later(days=2)
    assert not any("a second pair of eyes on a draft" in one for one in house.letters("bea"))
    assert any("a second pair of eyes on a draft" in one for one in house.letters("eve"))


def test_of_a_retired_account_an_approval_is_opened_and_nobody_is_asked(house: House, desk: Desk) -> None:
    house.put(replace(house.get(Volunteer, "office"), reminders=False))  # so that only Bea is asked
    waits, done = desk.written("We moved."), desk.written("We moved again.")
    for one in (waits, done):
        desk.do("owner", "review", draft=one.id)
    desk.approve(done.id)
    house.say("account retire ce-x", "office")
    house.say("policy approvers coordinators", "office")
    for one in (waits, done):
        after = desk.draft(one.id)
        assert (after.state, after.asked) == (DraftState.REVIEW, ())
    assert not [one for one in house.find(Notice) if one.id.startswith("review/")]


def test_with_a_subject_the_right_of_its_approver_goes(house: House, desk: Desk) -> None:
    for typed in ("policy approvers coordinators", "policy restrict strike", "policy approver Bea strike"):
        house.say(typed, "office")
    draft = desk.written("The strike goes on.")
    desk.do("owner", "review", draft=draft.id)
    assert "word for word" in desk.approve(draft.id)
    house.say("policy remove strike", "office")
    assert desk.draft(draft.id).state is DraftState.REVIEW


def test_a_policy_of_coordinators_opens_what_a_volunteer_approved_and_only_where_approval_is_needed(
    house: House, desk: Desk
) -> None:
    draft = desk.written()
    desk.do("owner", "review", draft=draft.id)
    desk.approve(draft.id)
    house.say("policy need restricted", "office")
    house.say("policy approvers coordinators", "office")
    assert desk.draft(draft.id).approved
    house.say("policy need always", "office")
    assert desk.draft(draft.id).state is DraftState.REVIEW
    house.say("policy approvers volunteers", "office")
    desk.approve(draft.id)
    house.say("team remove Bea sure=yes", "office")
    house.say("policy need always", "office")
    assert desk.draft(draft.id).approved  # who approved it was here then


def test_where_nobody_else_may_approve_it_says_so(house: House, desk: Desk) -> None:
    house.say("policy approvers coordinators", "office")
    draft = desk.written(by="office")
    assert "Nobody else may approve it" in house.say(f"review {draft.id}", "office")


def test_the_policy_tells_an_observer_and_is_changed_by_coordinators_only(house: House, desk: Desk) -> None:
    assert "Everything needs approval" in house.say("policy", "olga")
    for command in ("policy need never", "policy restrict x", "policy allow x", "policy approvers volunteers"):
        assert "Only a coordinator" in house.say(command, "bea")
    assert house.volunteer("Max", TeamRole.OBSERVER)


def test_those_who_may_approve_are_named_in_a_sentence() -> None:
    assert one_of([]) == ""
    assert one_of(["Ana"]) == "Ana"
    assert one_of(["Ana", "Ben"]) == "Ana or Ben"
    assert one_of(["Ana", "Ben", "Eve", "Max", "Kim"]) == "Ana, Ben, Eve or others"
