"""Drills: marked in every message, only for who agreed; no message of many random ones leaves the drillers."""

import random

import pytest

from bot.topics.accounts.model import Hold
from bot.topics.crisis.model import Crisis, DrillConsent, Job, Receipt, Stage
from bot.topics.crisis.state import is_open
from tests.house import House
from tests.topics.crisis.conftest import NIGHT, furnish

DRILLERS = ("ana", "ben", "cleo", "eva")
LINES = (
    "crisis answer seen",
    "crisis answer got",
    "crisis answer cant",
    "crisis mine",
    "crisis take spotter",
    "crisis take voice",
    "hold say holding",
    "hold say paused",
    "crisis done G5 yes",
    "crisis done H2 changed",
    "crisis note something was seen",
    "crisis update all is quiet",
    "crisis level S1",
    "crisis level S3",
    "crisis heard ana",
    "crisis suspect ben",
    "crisis kind comment_storm",
    "statement write We are looking into it.",
    "crisis skip H5 none",
    "crisis pass H4",
    'crisis lead ben state="all is well so far"',
    "crisis backup cleo",
    "shift add ana ben",
    "hold stand-in pw-yt ana",
    "crisis assign H4 gus",
    "crisis accounts ce-x",
    "crisis false-alarm",
)


def agree(house: House, *names: str) -> None:
    for name in names:
        house.put(DrillConsent(name, house.clock.time))


def outsiders(house: House) -> list[tuple[str, str]]:
    inside = {f"test:{name}" for name in DRILLERS}
    return [(kind, one.to.id) for kind, one in house.post.log if one.to.id not in inside]


def test_a_drill_needs_people_who_agreed(house: House) -> None:
    assert "drill agree yes" in house.say("drill start", "ana")
    house.say("drill agree yes", "ana")
    assert "two people" in house.say("drill start", "ana")
    house.say("drill agree yes", "ben")
    assert "DRILL" in house.say("drill start", "ana")
    assert "going on already" in house.say("drill start", "ben")


def test_everything_is_marked_and_nothing_is_put_on_hold(house: House) -> None:
    agree(house, *DRILLERS)
    said = house.say("drill start hijacked_account 10", "eva")
    assert said.startswith("DRILL · ")
    house.later(minutes=20)
    assert not house.find(Hold)
    assert house.post.log
    assert all(one.card.title.startswith("DRILL · ") for _kind, one in house.post.log)
    assert not outsiders(house)
    assert house.find(Receipt)
    end = house.say("drill end", "eva")
    assert "Went well" in end
    assert "took too long" in end
    assert house.find(Crisis)[0].stage is Stage.CLOSED
    house.later(hours=5)
    assert not outsiders(house)


def test_surprises_come_and_the_backup_leads(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start", "ana")
    house.later(minutes=25)
    (crisis,) = house.find(Crisis)
    assert {"surprise absent", "surprise suspect"} <= set(crisis.events)
    assert crisis.lead != "ana"
    assert "heard your voice" in house.say("crisis mine", "ana")


def test_who_takes_their_consent_back_hears_no_more(house: House) -> None:
    agree(house, *DRILLERS)
    house.say("drill start", "ana")
    house.settle()
    house.say("drill agree no", "ben")
    count = len(house.messages("ben"))
    house.later(hours=1)
    assert len(house.messages("ben")) == count


@pytest.mark.parametrize("seed", range(12))
def test_no_message_of_a_random_drill_leaves_the_drillers(seed: int) -> None:
    house = House(NIGHT)
    furnish(house)
    try:
        simulate(house, random.Random(seed))
    finally:
        house.close()


def simulate(house: House, chance: random.Random) -> None:
    """One drill with random people, orders and times."""
    agree(house, *DRILLERS)
    kinds = ("hijacked_account", "comment_storm", "own_wrong_post", "book_challenge", "event_backlash", "impersonator")
    pace = chance.choice(("1", "10", "60"))
    house.say(f"drill start {chance.choice(kinds)} {pace}", chance.choice(DRILLERS))
    everybody = (*DRILLERS, "gus", "dan", "office")
    for _ in range(chance.randint(3, 10)):
        house.say(chance.choice(LINES), chance.choice(everybody))
        house.later(minutes=chance.choice((0, 1, 5, 30)))
        for crisis in house.find(Crisis, stage=Stage.OPEN):
            assert all(job.who for job in house.find(Job, crisis=crisis.id) if is_open(job))
            assert {one for job in house.find(Job, crisis=crisis.id) for one in job.who} <= set(DRILLERS)
    house.say("drill end", chance.choice(DRILLERS))
    house.later(hours=2)
    assert not outsiders(house)
    assert all(one.card.title.startswith("DRILL · ") for _kind, one in house.post.log if "/roster" not in one.key)
