from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat import Card, Form, Person, Place, Request
from bot.core.plain import controls_of
from bot.core.router import Role
from bot.topics.team.model import Identity, Standing, TeamRole, Volunteer
from bot.topics.team.options import who
from bot.topics.team.whens import time_of
from tests.house import House


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("9", time(9)),
        ("9am", time(9)),
        ("9 am", time(9)),
        ("9 a.m.", time(9)),
        ("09:00", time(9)),
        ("17:30", time(17, 30)),
        ("5.30pm", time(17, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("0", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(text: str, meant: time) -> None:
    assert time_of(text) == meant


@pytest.mark.parametrize("text", ["24", "25:00", "9:60", "13pm", "0am", "9m", "soon", "", "9:5", "-1", "9 9"])
def test_what_is_no_time_of_day_is_none(text: str) -> None:
    assert time_of(text) is None


@given(st.times())
def test_every_minute_is_read_as_it_is_written(at: time) -> None:
    assert time_of(f"{at:%H:%M}") == time(at.hour, at.minute)


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_none(text: str) -> None:
    assert time_of(text) is None or isinstance(time_of(text), time)


def asked_by(name: str) -> Request:
    return Request(Person(f"test:{name}"), Place("test:office"))


def test_a_volunteer_is_known_by_name_role_and_own_zone(house: House) -> None:
    house.volunteer("Berliner", TeamRole.OBSERVER, zone="Europe/Berlin")
    asker = house.read(lambda records: who(records, asked_by("berliner")))
    assert (asker.volunteer, asker.name, asker.role, asker.zone.key) == (
        "berliner",
        "Berliner",
        Role.OBSERVER,
        "Europe/Berlin",
    )


def test_without_a_zone_of_their_own_the_teams_counts(house: House) -> None:
    assert house.read(lambda records: who(records, asked_by("office"))).zone.key == "America/Chicago"


@pytest.mark.parametrize("standing", [Standing.INVITED, Standing.LEFT])
def test_who_left_or_has_not_come_in_has_no_role(house: House, standing: Standing) -> None:
    house.put(Volunteer("gone", "Gone", TeamRole.COORDINATOR, standing), Identity("test:gone", "gone"))
    asker = house.read(lambda records: who(records, asked_by("gone")))
    assert (asker.role, asker.volunteer) == (Role.ANYONE, "")


def test_an_unsure_name_is_asked_with_buttons(house: House) -> None:
    house.volunteer("Affiliate groups")
    reply = house.ask("team role groups observer")
    assert isinstance(reply, Card)
    assert {button.label for button in controls_of(reply)} >= {"Affiliate groups", "Regional groups"}
    assert "observer now" in house.press("Affiliate groups")


def test_a_volunteer_is_found_by_the_person_id_of_a_mention(house: House) -> None:
    assert "Regional groups is an observer now" in house.say("team role test:regional-groups observer")


def test_an_unknown_name_says_where_to_look(house: House) -> None:
    assert "team show" in house.say("team role zebra observer")


def test_a_form_offers_the_names_of_the_team(house: House) -> None:
    form = house.ask("team role")
    assert isinstance(form, Form)
    names = next(field for field in form.fields if field.name == "volunteer").choices
    assert ("New members", "New members") in names


def test_a_person_who_is_in_no_team_is_told_apart_from_a_name_that_nobody_has(house: House) -> None:
    assert "not in the team yet" in house.say("team role test:stranger observer")
    assert "New members is an observer now" in house.say("team role test:new-members observer")


def test_a_date_that_is_being_typed_says_what_it_would_be(house: House) -> None:
    def offered(option: str, typed: str, command: str = "away") -> list[tuple[str, str]]:
        return house.engine.suggest(Request(Person("test:office"), Place("test:here"), command), option, typed)

    assert offered("from", "next tue") == [("next tue", "next tue: Tue 1 Dec 2026")]
    assert ("tomorrow", "tomorrow: Tue 24 Nov 2026") in offered("from", "tom")
    assert offered("when", "yesterday 3pm", "posted") == [("yesterday 3pm", "yesterday 3pm: Sun 22 Nov 2026, 15:00")]
    assert offered("from", "blurs") == []
    assert ("today", "Today") in offered("from", "")
