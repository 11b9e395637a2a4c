from datetime import timedelta

import pytest

from bot.core.chat import Button, Card, Person, Place, Request
from bot.core.plain import controls_of, plain
from bot.topics.team.model import House as HouseRecord
from bot.topics.team.model import Identity, Standing, Team, Volunteer
from tests.house import House

ANA = Person("test:ana")
DIRECT = Place("direct:ana/1")


@pytest.fixture
def two_teams(house: House) -> House:
    house.volunteer("Ana")
    other = Volunteer("v9", "Ana", standing=Standing.ACTIVE)
    records = (Team("u", "Film club"), HouseRecord("test:club", house.clock.time), Identity(ANA.id, "v9"), other)
    house.store.write("u", lambda kept: kept.put(*records)).result()
    return house


def said(house: House, text: str = "", command: str = "", from_team: str = "", **values: str) -> Card:
    request = Request(ANA, DIRECT, command, values, text, team=from_team)
    reply = house.engine.handle(request).result()
    assert isinstance(reply, Card)
    return reply


def pressed(house: House, card: Card, label: str) -> Card:
    button = next(one for one in controls_of(card) if one.label == label)
    assert isinstance(button, Button)
    return said(house, command=button.command, **button.values)


def test_in_a_direct_message_a_person_of_several_teams_is_asked_which(two_teams: House) -> None:
    question = said(two_teams, "team show")
    assert [button.label for button in controls_of(question)] == ["Library association", "Film club"]
    assert "you work for Film club" in plain(pressed(two_teams, question, "Film club"), two_teams.zone)
    assert "Film club" in plain(said(two_teams, "team show"), two_teams.zone)


def test_the_answer_goes_on_with_what_was_asked_where_a_button_holds_it(two_teams: House) -> None:
    question = said(two_teams, command="weekends", fine="yes")
    chosen = pressed(two_teams, question, "Library association")
    assert "Weekends are fine now." in plain(pressed(two_teams, chosen, "Go on: weekends"), two_teams.zone)
    assert two_teams.get(Volunteer, "ana").weekends


def test_what_a_button_has_no_room_for_is_typed_again(two_teams: House) -> None:
    question = said(two_teams, command="find", words="a very long description of an account that nobody remembers well")
    assert controls_of(pressed(two_teams, question, "Film club")) == []


def test_the_choice_can_be_changed(two_teams: House) -> None:
    pressed(two_teams, said(two_teams, "team show"), "Film club")
    two_teams.clock.time += timedelta(minutes=1)
    pressed(two_teams, said(two_teams, "team use"), "Library association")
    assert "Library association" in plain(said(two_teams, "team show"), two_teams.zone)


def test_a_button_of_a_teams_message_works_for_that_team_whatever_was_chosen(two_teams: House) -> None:
    pressed(two_teams, said(two_teams, "team show"), "Film club")
    said(two_teams, command="weekends", from_team="t", fine="yes")
    assert two_teams.get(Volunteer, "ana").weekends


def test_a_place_tells_the_team_whatever_was_chosen(two_teams: House) -> None:
    pressed(two_teams, said(two_teams, "team show"), "Film club")
    assert "Library association" in two_teams.say("team show", as_="ana")


def test_nobody_can_choose_a_team_that_is_not_theirs(two_teams: House) -> None:
    two_teams.volunteer("Ben")
    request = Request(Person("test:ben"), Place("direct:ben/1"), "team use", {"team": "u"})
    reply = two_teams.engine.handle(request).result()
    assert isinstance(reply, Card)
    assert [button.label for button in controls_of(reply)] == ["Library association"]
    assert two_teams.store.tenancy.chosen(Person("test:ben")) is None


def test_without_a_team_there_is_none_to_choose(house: House) -> None:
    reply = house.engine.handle(Request(ANA, DIRECT, text="team use")).result()
    assert isinstance(reply, Card)
    assert "You belong to no team yet" in plain(reply, house.zone)
