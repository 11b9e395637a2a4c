"""The policy: shown in plain words, changed by a coordinator, part of the welcome."""

from bot.topics.drafting.model import Subject
from tests.house import House
from tests.topics.drafting.conftest import Desk


def test_without_a_word_on_it_only_restricted_subjects_need_approval_by_anybody_else(house: House, desk: Desk) -> None:
    said = house.say("policy", "bea")
    assert "What touches a restricted subject needs approval" in said
    assert "Any other volunteer may approve. Nobody approves their own words." in said
    assert "No subject is noted yet" in said


def test_it_shows_what_is_restricted_and_approved_in_plain_words(house: House, desk: Desk) -> None:
    house.say('policy restrict "labour disputes" strike, walk-out', "office")
    house.ask("", "office", "policy restrict", name="Elections", champion="the state chapter")
    house.say("policy allow webinars", "office")
    house.say("policy approver Bea labour disputes", "office")
    house.say("team set policy The handbook, chapter 3", "office")
    said = house.say("policy", "bea")
    for words in (
        "Restricted:",
        "told by: strike, walk-out; approved by Bea",
        "the state chapter may say it instead",
        "Approved for our pages:",
        "webinars",
        "The whole policy: The handbook, chapter 3",
    ):
        assert words in said
    assert "[Remove" not in said
    assert "[Remove webinars]" in house.say("policy", "office")


def test_each_change_can_be_taken_back(house: House, desk: Desk) -> None:
    house.say("policy need always", "office")
    house.press("Undo", "office")
    assert "What touches a restricted" in house.say("policy", "office")
    house.say("policy restrict strikes", "office")
    house.press("Undo", "office")
    assert not house.find(Subject)
    house.say("policy restrict strikes", "office")
    house.say("policy allow strikes", "office")
    house.press("Undo", "office")
    assert [one.restricted for one in house.find(Subject)] == [True]
    house.say("policy approver Bea strikes", "office")
    house.press("Undo", "office")
    assert house.find(Subject)[0].approvers == ()
    house.say("policy approvers coordinators", "office")
    house.press("Undo", "office")
    house.say("policy remove strikes", "office")
    house.press("Undo", "office")
    assert [one.name for one in house.find(Subject)] == ["strikes"]


def test_what_goes_with_a_subject_is_said_when_it_is_taken_out(house: House, desk: Desk) -> None:
    house.ask("", "office", "policy restrict", name="elections", champion="the chapter")
    assert "champion are gone with it" in house.say("policy remove elections", "office")
    house.say("policy restrict strikes", "office")
    assert "gone with it" not in house.say("policy remove strikes", "office")


def test_the_same_subject_is_one_however_it_is_written(house: House, desk: Desk) -> None:
    house.say("policy restrict Strikes", "office")
    house.ask("", "office", "policy restrict", name="strike", words="lockout")
    (one,) = house.find(Subject)
    assert (one.name, one.words) == ("strike", ("lockout",))


def test_what_cannot_be_is_said_with_what_can(house: House, desk: Desk) -> None:
    assert "I find no subject" in house.say("policy remove unicorns", "office")
    assert "needs a letter" in house.say("policy restrict !!!", "office")
    house.say("policy allow webinars", "office")
    assert "needs no approver" in house.say("policy approver Bea webinars", "office")
    assert "Please say never, restricted or always" in house.say("policy need sometimes", "office")
    house.say("policy need never", "office")
    assert "nothing needs approval as the policy stands" in house.say("policy restrict strikes", "office")


def test_a_newcomer_reads_it_in_the_welcome(house: House, desk: Desk) -> None:
    house.say("policy restrict strikes", "office")
    said = house.say("welcome", "bea")
    assert "Approval: What touches a restricted subject" in said
    assert "Restricted: strikes" in said
