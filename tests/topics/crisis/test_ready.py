"""Being ready: each thing that is missing is named with what to type, and the coordinators are reminded of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.topics.crisis.kept import (
    Ahead,
    Contact,
    DrillConsent,
    Seat,
    Upkeep,
)
from bot.topics.crisis.roster import FROM_ACCOUNTS
from bot.topics.crisis.versions import current_plan
from bot.topics.team.model import Team, Volunteer
from tests.house import House

Break = Callable[[House], None]


@pytest.fixture
def ready(house: House) -> House:
    """Nothing is missing."""
    plan, now = house.read(current_plan), house.clock.time
    for role in plan.roles:
        if role.id not in FROM_ACCOUNTS:
            house.put(Seat(role.id, "eva", "finn"))
    house.put(*(Seat(role.id, "out-1") for role in plan.outside))
    house.put(DrillConsent("ana", now), Upkeep("crisis", reviewed=now))
    for who in ("office", "gus"):
        house.say("statement approve locked_out", who)
    house.store.write("t", lambda records: records.wake("sweep", "0", now)).result()
    assert house.say("crisis ready", "office").startswith("Ready")
    return house


def unagreed(house: House, id: str) -> None:
    house.put(replace(house.get(Contact, id), agreed=None))


def numberless(house: House, id: str) -> None:
    house.put(replace(house.get(Contact, id), phone=""))


@pytest.mark.parametrize(
    ("spoil", "missing", "typed"),
    [
        (lambda house: house.put(Seat("lead", "", "finn")), "Nobody is lead.", "roster set lead"),
        (lambda house: house.put(Seat("counsel")), "Nobody is counsel.", "roster set counsel"),
        (lambda house: house.put(Seat("voice", "eva")), "The voice has no backup.", "roster set voice backup"),
        (lambda house: numberless(house, "eva"), "No phone number of eva is noted.", "roster set keeper eva"),
        (lambda house: numberless(house, "cleo"), "No phone number of cleo is noted.", "roster set keeper cleo"),
        (lambda house: unagreed(house, "finn"), "finn has not agreed yet that their number is used.", "roster show"),
        (lambda house: unagreed(house, "out-1"), "Ruth President has not agreed yet", "roster show"),
        (
            lambda house: house.put(replace(house.get(Volunteer, "dan"), alarms=None)),
            "dan has not been asked about crisis alarms yet.",
            "alarms yes",
        ),
        (
            lambda house: house.put(replace(house.get(Ahead, "hijacked_account.locked_out"), approvals=("gus",))),
            "The statement hijacked_account.locked_out is not approved ahead.",
            "statement approve hijacked_account.locked_out",
        ),
        (
            lambda house: house.put(Upkeep("crisis", reviewed=house.clock.time - timedelta(days=183))),
            "Nobody has gone through the roster in the last six months.",
            "roster reviewed",
        ),
        (
            lambda house: house.put(replace(house.get(Team, "t"), crisis_channel="")),
            "No channel is set for the board.",
            "team set crisis-channel here",
        ),
        (lambda house: house.say("drill agree no", "ana"), "Nobody has agreed to drills yet.", "drill agree yes"),
    ],
)
def test_what_is_missing_is_named_and_nothing_else(ready: House, spoil: Break, missing: str, typed: str) -> None:
    spoil(ready)
    said = ready.say("crisis ready", "office")
    assert "one thing is missing" in said
    assert missing in said
    assert f"Type `{typed}`." in said
    ready.later(days=4)
    letters = [one for one in ready.letters("office") if "If something went wrong tonight: one thing is missing" in one]
    assert len(letters) == 1
    assert missing in letters[0]
    assert not any("went wrong tonight" in one for who in ("ana", "gus") for one in ready.letters(who))
    answer = ready.say(typed, "office")
    assert "I don't know" not in answer, "what it says to type works"
    assert "went wrong" not in answer


def test_where_nothing_is_missing_nobody_is_reminded_until_half_a_year_has_passed(ready: House) -> None:
    ready.later(days=150)
    assert not any("went wrong tonight" in one for one in ready.letters("office"))
    ready.later(days=70)
    told = [one for one in ready.letters("office") if "went wrong tonight" in one]
    assert told
    assert "gone through the roster" in told[-1]
    ready.say("roster reviewed", "office")
    assert ready.say("crisis ready", "office").startswith("Ready")


def test_it_is_said_once_a_month_and_no_more_often(ready: House) -> None:
    ready.put(Seat("counsel"))
    counts = []
    for days in (4, 25, 10):
        ready.later(days=days)
        counts.append(sum("went wrong tonight" in one for one in ready.letters("office")))
    assert counts == [1, 1, 2]


def test_an_owners_number_makes_nobody_else_the_keeper(house: House) -> None:
    house.say("roster set keeper ana +1 312 555 0999", "office")
    assert [one for one in house.find(Seat) if one.id == "keeper"] == []
    assert house.get(Contact, "ana").phone == "+1 312 555 0999"


def test_the_list_of_crises_compares_them(house: House) -> None:
    for minutes in (2, 9):
        house.say("sos scam posts on our facebook page", "dan")
        house.later(minutes=minutes)
        house.say("crisis answer got", "eva")
        house.say("crisis close yes", "dan")
        house.later(hours=1)
    said = house.say("crisis list", "dan")
    assert "2 so far." in said
    assert "Acknowledged after 2 to 9 minutes" in said
    assert "acknowledged after 2 minutes" in said
    assert "acknowledged after 9 minutes" in said


def test_a_lesson_is_reminded_on_its_day_until_it_is_in_the_plan(house: House) -> None:
    house.say("sos scam posts on our facebook page", "dan")
    house.say("crisis close yes", "dan")
    assert "ben sees to it by Tue 1 Dec 2026" in house.say('lesson add "two admins on every page" ben 1 dec', "dan")
    house.later(days=7)
    assert not any("two admins" in one for one in house.letters("ben"))
    house.later(days=2)
    assert sum("You wanted to change the crisis plan by today: two admins" in one for one in house.letters("ben")) == 1
    house.say("lesson list", "gus")
    assert "Only ben or a coordinator" in house.press("Done", "gus")
    assert "the plan is changed" in house.press("It is in the plan now", "ben")
    assert "0 still to be done" in house.say("lesson list", "gus")
