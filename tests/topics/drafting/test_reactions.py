"""What becomes of tips and drafts when people, posts or accounts change elsewhere."""

from bot.topics.drafting.model import Draft, DraftState, Need, Policy, Tip, TipState
from bot.topics.posting.model import Post
from bot.topics.team.model import House as HouseRecord
from tests.house import House
from tests.topics.drafting.conftest import Desk
from tests.topics.team.elsewhere import THERE, at, code_in, go_on


def test_what_somebody_took_or_approved_under_a_wrong_name_is_open_again(house: House, desk: Desk) -> None:
    house.put(Policy("policy", Need.ALWAYS))
    tip, draft = desk.tip(), desk.written()
    house.say(f"tip claim {tip.id}", "bea")
    desk.do("owner", "review", draft=draft.id)
    desk.approve(draft.id)
    house.say("team unmatch Bea", "office")
    after = house.get(Tip, tip.id)
    assert (after.state, after.holder) == (TipState.OPEN, "")
    assert desk.draft(draft.id).state is DraftState.REVIEW
    assert "need somebody else's approval" in desk.post(draft.id)


def test_the_tips_of_two_who_are_one_human_stay_theirs(house: House, desk: Desk) -> None:
    house.put(HouseRecord(THERE.id, house.clock.time))
    tip = desk.tip()
    house.say(f"tip claim {tip.id}", "bea")
    code = code_in(house.say("link", "owner"))
    go_on(house, at(house, f"link {code}", "bea"), "bea")
    house.settle()
    house.press("Confirm the link", "owner")
    after = house.get(Tip, tip.id)
    assert (after.state, after.holder) == (TipState.CLAIMED, "owner")


def test_a_tip_whose_post_is_taken_back_is_whose_it_was(house: House, desk: Desk) -> None:
    tip = desk.tip()
    house.say(f"tip claim {tip.id}", "owner")
    desk.do("owner", "draft", account="ce-x", tip=tip.id)
    (draft,) = house.find(Draft)
    desk.post(draft.id)
    house.say("undo ce-x", "owner")
    after = house.get(Tip, tip.id)
    assert (after.state, after.holder, after.post) == (TipState.CLAIMED, "owner", "")


def test_a_tip_of_two_posts_is_posted_until_both_are_taken_back(house: House, desk: Desk) -> None:
    tip = desk.tip()
    for short in ("ce-x", "ce-fb"):
        desk.do("owner", "draft", account=short, tip=tip.id)
        (draft,) = house.find(Draft, account=f"id-{short}")
        desk.do("owner", "posted", account=short, draft=draft.id, link=f"https://ala.org/{short}")
    posts = {one.account: one.id for one in house.find(Post)}
    assert house.get(Tip, tip.id).post == posts["id-ce-x"]
    house.say("undo ce-x", "owner")
    after = house.get(Tip, tip.id)
    assert (after.state, after.post) == (TipState.POSTED, posts["id-ce-fb"])
    house.later(hours=1)
    assert [one.count("https://ala.org/ce-fb") for one in house.letters("guest")] == [1]
    house.say("undo ce-fb", "owner")
    assert house.get(Tip, tip.id).state is TipState.OPEN


def test_the_posts_of_two_tips_that_went_together_are_one_tip_s(house: House, desk: Desk) -> None:
    first, second = desk.tip(), desk.tip("Quite another talk on glue, on 5 December 2026: https://ala.org/glue")
    for short, tip in (("ce-x", first), ("ce-fb", second)):
        desk.do("owner", "draft", account=short, tip=tip.id)
    desk.do("bea", "draft", account="ce-fb", tip=first.id)
    house.say(f"tip merge {second.id} {first.id}", "bea")
    for short in ("ce-x", "ce-fb"):
        (draft,) = house.find(Draft, account=f"id-{short}", by="owner")
        desk.post(draft.id, short=short)
    (late,) = house.find(Draft, by="bea")
    assert "Another draft of the same tip is out on ce-fb already." in house.say(f"read {late.id}", "bea")
    house.say("undo ce-x", "owner")
    assert house.get(Tip, first.id).state is TipState.POSTED


def test_an_approved_draft_of_an_account_that_went_into_another_is_asked_for_anew(house: House, desk: Desk) -> None:
    house.put(Policy("policy", Need.ALWAYS))
    draft = desk.written(short="ce-fb")
    desk.do("owner", "review", draft=draft.id)
    desk.approve(draft.id)
    desk.account("new-fb", "facebook")
    house.say("account merge ce-fb new-fb", "office")
    assert desk.draft(draft.id).state is DraftState.WRITING
    desk.do("owner", "review", draft=draft.id)
    desk.approve(draft.id)
    assert "Noted" in desk.post(draft.id, short="new-fb")
