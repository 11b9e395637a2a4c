import pytest

from bot.core.chat import Card
from bot.topics.team.model import Identity, Standing, Team, Volunteer
from tests.house import House


def test_an_old_button_removes_nobody_who_has_come_in(house: House) -> None:
    old = house.ask("team invite Bob")
    assert isinstance(old, Card)
    house.say("join bob", "bob")
    assert "has come in meanwhile" in house.press("Take back", card=old)
    assert house.named("Bob").standing is Standing.ACTIVE


def test_only_a_coordinator_invites_matches_and_lets_in(house: House) -> None:
    house.say("join", "ana")
    for typed in ("team invite Bob", "team match", "team admit ana", "team open yes", "team unmatch office"):
        assert "Only a coordinator" in house.say(typed, "new-members"), typed
    assert house.get(Team, "t").open is False


def test_nobody_is_invited_twice_nor_as_coordinator(house: House) -> None:
    assert "in the team already" in house.say("team invite new members")
    assert "team coordinator offer" in house.say("team invite Ana coordinator")
    assert house.find(Volunteer, standing=Standing.INVITED) == []


def test_an_invitation_is_taken_back(house: House) -> None:
    house.ask("team invite Bob")
    house.press("Take back")
    assert house.find(Volunteer, standing=Standing.INVITED) == []


def test_who_left_is_invited_again_as_the_same_volunteer(house: House) -> None:
    house.ask("team remove regional groups sure=yes")
    house.press("Invite Regional groups again")
    assert house.get(Volunteer, "regional-groups").standing is Standing.INVITED
    house.say("join regional groups", "rita")
    assert house.get(Identity, "test:rita").volunteer == "regional-groups"


@pytest.mark.parametrize("name", ["<@u1> & *x*", "=1+1", "'; DROP TABLE volunteer; --", "שלום", "🎉🎉a", "a" * 60])
def test_any_name_is_literal_text(house: House, name: str) -> None:
    house.say(f'team invite name="{name}"')
    assert name in house.say("team show")


def test_a_name_without_a_letter_or_too_long_is_refused(house: House) -> None:
    assert "letter" in house.say("team invite !!!")
    assert "shorten" in house.say("team invite " + "a" * 61)
