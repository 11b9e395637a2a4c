"""A role of the network that makes the team's people act as coordinators, while they hold it."""

import pytest

from bot.topics.team.model import CoordinatingGroup, Guest, Notice, TeamRole, Volunteer
from bot.topics.team.model import House as HouseRecord
from tests.house import House

ROLE = "test:here/R5"


@pytest.fixture
def mapped(house: House) -> House:
    """The role Social media acts as coordinator, and New members holds it."""
    house.put(HouseRecord("test:here", house.clock.time))
    house.ask("", command="team map", group=f"{ROLE} Social media")
    house.groups["new-members"] = (ROLE,)
    return house


def test_people_of_the_team_who_hold_it_act_as_coordinators_while_they_do(mapped: House) -> None:
    assert "is invited" in mapped.say("team invite Photos", "new-members")
    assert "Only a coordinator" in mapped.say("team invite Videos", "regional-groups")
    mapped.groups["new-members"] = ("test:here/R6",)
    assert "Only a coordinator" in mapped.say("team invite Videos", "new-members")
    assert mapped.get(Volunteer, "new-members").role is TeamRole.VOLUNTEER


def test_people_outside_the_team_get_nothing_by_it(mapped: House) -> None:
    mapped.groups["stranger"] = (ROLE,)
    assert "Only a coordinator" in mapped.say("team invite Photos", "stranger")
    mapped.say("join", "stranger")
    assert mapped.find(Guest)


def test_it_is_shown_and_taken_back(mapped: House) -> None:
    assert "Act as coordinators: the team's people with Social media on Test" in mapped.say("team show")
    assert "don't act as coordinators any more" in mapped.say("team unmap social media")
    assert "Only a coordinator" in mapped.say("team invite Photos", "new-members")
    mapped.press("Undo: they do again")
    assert mapped.get(CoordinatingGroup, ROLE).name == "Social media"


def test_the_other_coordinators_hear_who_mapped_it(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    house.ask("", command="team map", group=ROLE)
    assert [(one.volunteer, "Office said so" in str(one.text)) for one in house.find(Notice)] == [("second", True)]


def test_the_owner_of_the_server_maps_it_if_they_are_a_volunteer(house: House) -> None:
    house.owners = {"new-members", "stranger"}
    assert "act as coordinators there now" in house.text(house.do("new-members", "", "team map", {"group": ROLE}))
    for who in ("regional-groups", "stranger"):
        house.text(house.do(who, "", "team map", {"group": "test:here/R7"}))
    assert [one.id for one in house.find(CoordinatingGroup)] == [ROLE]


def test_who_only_administrates_the_server_neither_maps_nor_unmaps(mapped: House) -> None:
    mapped.administrators = {"regional-groups"}
    for command, group in (("team map", "test:here/R7"), ("team unmap", ROLE)):
        said = mapped.text(mapped.do("regional-groups", "", command, {"group": group}))
        assert "Only a coordinator, or the owner of that server" in said
    assert [one.id for one in mapped.find(CoordinatingGroup)] == [ROLE]


def test_the_owner_of_one_server_maps_no_role_of_another(house: House) -> None:
    house.put(HouseRecord("test:there", house.clock.time))
    house.owners = {"new-members"}
    said = house.text(house.do("new-members", "", "team map", {"group": "test:there/R7"}))
    assert "the owner of that server" in said
    assert "act as coordinators" in house.text(house.do("office", "", "team map", {"group": "test:there/R7"}))


@pytest.mark.parametrize("group", ["", "@everyone", "discord:G9/R5", "test:here", "test:here/", "Social media"])
def test_a_role_of_no_server_of_the_team_is_refused(house: House, group: str) -> None:
    house.do("office", "", "team map", {"group": group})
    assert house.find(CoordinatingGroup) == []


def test_it_never_stands_in_for_the_last_coordinator(mapped: House) -> None:
    assert "only coordinator" in mapped.say("team role office volunteer", "new-members")
    assert "only coordinator" in mapped.say("team remove office", "new-members")
    assert "only coordinator" in mapped.say("team coordinator step-down", "office")
    assert mapped.get(Volunteer, "office").role is TeamRole.COORDINATOR


def test_who_acts_as_coordinator_neither_steps_down_nor_takes_the_role_for_good(mapped: House) -> None:
    assert "act as coordinator by a role" in mapped.say("team coordinator step-down", "new-members")
    assert "Only another coordinator" in mapped.say("team coordinator offer me", "new-members")
    assert "coordinator of the team's own" in mapped.say("team attach", "new-members")


def test_a_role_without_a_known_name_is_named_by_its_number(house: House) -> None:
    house.ask("", command="team map", group=ROLE)
    assert "the role R5 on Test" in house.say("team show")
    assert "does not" not in house.say(f"team unmap {ROLE}")
    assert house.find(CoordinatingGroup) == []


def test_a_role_with_a_very_long_name_is_undone_all_the_same(house: House) -> None:
    long = "Æsthetics " * 8
    said = house.text(house.do("office", "", "team map", {"group": f"{ROLE} {long}"}))
    assert "characters" in said
    house.ask("", command="team map", group=f"{ROLE} {long[:58]}")
    house.press("Undo: they don't")
    house.press("Undo: they do again")
    assert [one.id for one in house.find(CoordinatingGroup)] == [ROLE]


def test_without_a_role_the_mapped_ones_are_listed_with_a_button_each(mapped: House) -> None:
    mapped.ask("team unmap")
    mapped.press("Unmap Social media")
    assert "Nobody acts as coordinator" in mapped.say("team unmap")
