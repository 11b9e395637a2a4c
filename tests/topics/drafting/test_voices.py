"""How an account speaks, kept as data."""

import pytest

from bot.topics.drafting.model import AccountVoice
from bot.topics.drafting.voice import Voice
from tests.house import House
from tests.topics.drafting.conftest import Desk


def test_a_voice_is_plain_until_somebody_says_otherwise(house: House, desk: Desk) -> None:
    said = house.say("voice show ce-x", "olga")
    assert "Manner: plain" in said
    assert "Hashtags: none" in said
    assert "Change" not in said


def test_who_looks_after_the_account_sets_each_trait_and_can_take_it_back(house: House, desk: Desk) -> None:
    for trait, value in (("manner", "warm"), ("hashtags", "#BookRepair, PresWk"), ("most-hashtags", "3")):
        house.say(f"voice set ce-x {trait} {value}", "owner")
    house.say("voice set ce-x ending Come and see us", "owner")
    assert house.get(AccountVoice, "id-ce-x").voice == Voice(
        "warm", ("BookRepair", "PresWk"), 3, ending="Come and see us"
    )
    house.press("Undo", "owner")
    assert house.get(AccountVoice, "id-ce-x").voice.ending == ""
    assert "Ending: none" in house.say("voice show ce-x", "bea")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("manner shouting", "plain or warm"),
        ("hashtags #!!", "as hashtags"),
        ("hashtags 123", "as hashtags"),
        ("most-hashtags many", "number from 0"),
        ("most-hashtags 99", "number from 0"),
        ("emoji yes", "I don't know “emoji”"),
        ("colour red", "I don't know “colour”"),
    ],
)
def test_what_cannot_be_is_said_with_what_can(house: House, desk: Desk, typed: str, told: str) -> None:
    assert told in house.say(f"voice set ce-x {typed}", "owner")
    assert not house.find(AccountVoice)


def test_nobody_else_sets_it(house: House, desk: Desk) -> None:
    assert "looked after by Owner" in house.say("voice set ce-x manner warm", "bea")
    assert "manner: warm" in house.say("voice set ce-x manner warm", "office")
