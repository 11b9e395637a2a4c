"""Who hears of a tip and of what became of it."""

from datetime import UTC, datetime

import pytest

from bot.topics.drafting.model import Draft, Tip, TipState
from bot.topics.drafting.tips import TELL, daytime
from bot.topics.team.model import Notice, TeamRole
from tests.house import House
from tests.topics.drafting.conftest import Desk

TEXT = "Our webinar on book repair shows how to mend a torn page"


def test_the_owners_of_the_accounts_that_it_suits_hear_of_it_in_their_usual_nudge(house: House, desk: Desk) -> None:
    desk.account("photos-fl", "flickr", "office", themes=("photos",))
    tip = desk.tip(TEXT)
    assert house.messages("owner") == []
    house.later(days=1, hours=1)
    for who in ("owner", "bea"):
        (letter,) = [one for one in house.letters(who) if "A tip that might suit" in one]
        assert f"“{TEXT}”" in letter
        assert "Draft for ce-" in letter
    assert not any("A tip" in one for one in house.letters("office"))
    assert set(house.get(Tip, tip.id).asked) == {"owner", "bea"}


def test_the_giver_is_not_told_of_their_own_tip(house: House, desk: Desk) -> None:
    desk.tip(TEXT, giver="owner")
    assert [one.volunteer for one in house.find(Notice)] == ["bea"]


def test_a_tip_that_suits_nobody_is_told_to_coordinators(house: House, desk: Desk) -> None:
    desk.tip("A recipe for apple pie")
    assert [one.volunteer for one in house.find(Notice)] == ["office"]


def test_once_a_tip_is_done_nobody_is_asked_about_it_any_more(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT)
    house.say(f"tip dismiss {tip.id} we have posted it already", "office")
    assert house.find(Notice) == []
    other = desk.tip("A recipe for apple pie")
    house.say(f"tip dismiss {other.id} not for us", "owner")
    assert house.find(Notice) == []


# -- its giver ---------------------------------------------------------------------------------------------------------


def test_a_giver_without_a_role_is_told_once_and_privately_that_it_was_set_aside(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT)
    house.say(f"tip dismiss {tip.id} we have posted it already", "owner")
    assert house.messages("guest") == []
    house.later(hours=1)
    (letter,) = house.letters("guest")
    assert f"Thank you for your tip “{TEXT}”. It is not posted this time: we have posted it already." in letter
    house.say(f"tip reopen {tip.id}", "owner")
    house.say(f"tip dismiss {tip.id} no room", "owner")
    house.later(days=2)
    assert len(house.letters("guest")) == 1
    assert "no room" not in house.letters("guest")[0]


def test_what_is_taken_back_at_once_is_not_told(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT)
    house.say(f"tip dismiss {tip.id} no room", "owner")
    house.press("Undo", "owner")
    house.later(hours=2)
    assert house.messages("guest") == []
    tip = desk.tip("Our next webinar is about glue", giver="bea")
    house.say(f"tip dismiss {tip.id} no room", "owner")
    assert any(one.id.startswith("told/") for one in house.find(Notice))
    house.press("Undo", "owner")
    assert not any(one.id.startswith("told/") for one in house.find(Notice))


def test_a_giver_who_is_a_volunteer_hears_it_in_their_nudge(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, giver="bea")
    house.say(f"tip dismiss {tip.id} no room", "owner")
    assert house.messages("bea") == []
    house.later(days=1, hours=1)
    assert sum("It is not posted this time: no room." in one for one in house.letters("bea")) == 1


def test_a_giver_who_is_a_volunteer_hears_it_once_however_often_it_changes(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, giver="bea")
    house.say(f"tip dismiss {tip.id} no room", "owner")
    house.later(days=1, hours=1)
    house.say(f"tip reopen {tip.id}", "owner")
    house.say(f"tip dismiss {tip.id} we have posted it already", "owner")
    house.later(days=7)
    assert sum("It is not posted this time" in one for one in house.letters("bea")) == 1


def test_what_is_done_anew_before_its_giver_heard_of_it_is_told_as_it_is_then(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, giver="bea")
    house.say(f"tip dismiss {tip.id} no room", "owner")
    house.press("Undo", "owner")
    house.say(f"tip dismiss {tip.id} it is posted already", "owner")
    house.later(days=3)
    told = [one for one in house.letters("bea") if "It is not posted this time" in one]
    assert len(told) == 1
    assert "it is posted already" in told[0]


def test_a_stray_wake_up_tells_a_giver_nothing(house: House, desk: Desk) -> None:
    def wake(id: str) -> None:
        house.store.write("t", lambda records: records.wake(TELL, id, house.clock.time)).result()
        house.settle()

    tip = desk.tip(TEXT)
    wake(tip.id)
    assert house.messages("guest") == []
    house.say(f"tip dismiss {tip.id} no room", "owner")
    house.later(hours=1)
    told = house.get(Tip, tip.id).told
    wake(tip.id)
    assert told is not None
    assert house.get(Tip, tip.id).told == told


def test_who_gave_what_went_together_with_others_twice_is_told_too(house: House, desk: Desk) -> None:
    first, second, third = desk.tip(TEXT), desk.tip(f"{TEXT}!", "other"), desk.tip(f"{TEXT}?", "third")
    house.say(f"tip merge {first.id} {second.id}", "bea")
    house.say(f"tip merge {second.id} {third.id}", "bea")
    house.say(f"tip dismiss {third.id} no room", "bea")
    house.later(hours=1)
    assert [len(house.letters(one)) for one in ("guest", "other", "third")] == [1, 1, 1]


def test_a_giver_who_left_the_team_is_told_like_anybody_outside(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, giver="bea")
    house.say("team remove Bea sure=yes", "office")
    house.say(f"tip dismiss {tip.id} no room", "owner")
    house.later(hours=1)
    assert sum("It is not posted this time: no room." in one for one in house.letters("bea")) == 1


def test_a_posted_tip_is_told_with_its_link_to_each_who_gave_it(house: House, desk: Desk) -> None:
    first, second = desk.tip(TEXT), desk.tip(f"{TEXT}!", giver="other")
    house.say(f"tip merge {second.id} {first.id}", "bea")
    house.say(f"draft ce-x {first.id}", "owner")
    draft = house.find(Draft)[0]
    desk.do("owner", "posted", account="ce-x", draft=draft.id, link="https://x.com/ce/1")
    assert house.get(Tip, first.id).state is TipState.POSTED
    house.later(hours=1)
    for giver in ("guest", "other"):
        (letter,) = house.letters(giver)
        assert "It went out." in letter
        assert "https://x.com/ce/1" in letter


@pytest.mark.parametrize("giver", ["guest", "bea"])
def test_who_gave_both_of_two_tips_that_went_together_is_told_once(house: House, desk: Desk, giver: str) -> None:
    first, second = desk.tip(TEXT, giver), desk.tip(f"{TEXT}!", giver)
    house.say(f"tip merge {second.id} {first.id}", "owner")
    house.say(f"tip dismiss {first.id} no room for it", "owner")
    waiting = [one for one in house.find(Notice) if one.id.startswith("told/")]
    assert len(waiting) + len(house.agenda(TELL)) == 1
    house.later(days=3)
    assert sum("It is not posted this time" in one for one in house.letters(giver)) == 1


def test_a_tip_that_went_together_with_another_tells_its_giver_nothing_yet(house: House, desk: Desk) -> None:
    first, second = desk.tip(TEXT, giver="owner"), desk.tip(f"{TEXT}!", giver="bea")
    house.say(f"tip merge {second.id} {first.id}", "office")
    assert not any(one.id.startswith("told/") for one in house.find(Notice))
    assert "Others have given the same" in house.say(f"tip withdraw {first.id}", "owner")
    house.say(f"tip dismiss {first.id} no room", "office")
    assert {one.volunteer for one in house.find(Notice) if one.id.startswith("told/")} == {"owner", "bea"}


def test_coordinators_hear_of_a_tip_for_accounts_that_nobody_owns(house: House, desk: Desk) -> None:
    for short in ("ce-x", "ce-fb", "ce-li"):
        desk.account(short, owner="")
    desk.tip(TEXT)
    assert [one.volunteer for one in house.find(Notice)] == ["office"]


def test_whoever_does_it_themselves_is_not_told(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, giver="owner")
    house.say(f"tip dismiss {tip.id} no room", "owner")
    assert not any(one.id.startswith("told/") for one in house.find(Notice))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23T18:00", "2026-11-23T18:00"),
        ("2026-11-24T03:00", "2026-11-24T15:00"),
        ("2026-11-24T10:00", "2026-11-24T15:00"),
    ],
)
def test_nobody_outside_is_written_to_at_night(house: House, now: str, then: str) -> None:
    at, expected = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (now, then))
    assert daytime(at, house.zone) == expected


def test_the_tips_of_somebody_who_leaves_are_free_again(house: House, desk: Desk) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    tip = desk.tip(TEXT)
    house.say(f"tip claim {tip.id}", "owner")
    house.say("team remove Owner sure=yes", "office")
    after = house.get(Tip, tip.id)
    assert (after.state, after.holder) == (TipState.OPEN, "")
