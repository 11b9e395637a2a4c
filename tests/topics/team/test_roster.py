import pytest

from bot.topics.team.model import Standing, Team, TeamRole, Volunteer
from tests.house import House


def test_the_team_is_shown_with_roles_absences_and_invitations(house: House) -> None:
    house.say("away today to friday", "new-members")
    house.say("team invite Conference photos")
    house.say("term regional groups 30 june")
    said = house.say("team", "regional-groups")
    for part in (
        "3 in the team, 1 invited",
        "Office · coordinator",
        "away from Mon 23 Nov 2026 to Fri 27 Nov 2026",
        "Conference photos · invited as volunteer",
        "serves until Wed 30 Jun 2027",
    ):
        assert part in said


def test_people_without_a_role_learn_whom_to_ask_and_nothing_else(house: House) -> None:
    house.say("away", "new-members")
    said = house.say("team show", "stranger")
    assert "Coordinated by Office" in said
    for hidden in ("New members", "Regional groups", "away", "America/Chicago"):
        assert hidden not in said


def test_who_can_not_be_written_to_is_told_to_coordinators_only(house: House) -> None:
    house.put(Volunteer("x", "Xavier", standing=Standing.ACTIVE, unreachable_since=house.clock.time))
    assert "direct messages are closed" in house.say("team")
    assert "closed" not in house.say("team", "new-members")


def test_a_long_team_comes_in_pages_of_ten(house: House) -> None:
    house.put(*(Volunteer(f"v{number:02}", f"V{number:02}", standing=Standing.ACTIVE) for number in range(20)))
    assert "1–10 of 23" in house.say("team")
    assert "11–20 of 23" in house.press("Next")
    assert "21–23 of 23" in house.press("Next")
    assert "11–20 of 23" in house.press("Previous")
    assert "21–23 of 23" in house.say("team show 99")


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("team set name Friends of Books", "name", "Friends of Books"),
        ("team set zone London", "zone", "Europe/London"),
        ("team set country germany", "country", "DE"),
        ("team set channel here", "channel", "test:here"),
        ("team set crisis-channel here", "crisis_channel", "test:here"),
        ("team set policy https://example.org/policy?a=1", "policy", "https://example.org/policy?a=1"),
    ],
)
def test_a_coordinator_sets_what_the_team_has(house: House, typed: str, field: str, value: str) -> None:
    house.say(typed)
    assert getattr(house.get(Team, "t"), field) == value
    assert "Only a coordinator" in house.say(typed, "new-members")


@pytest.mark.parametrize(
    "typed",
    [
        "team set zone mars",
        "team set country atlantis",
        "team set channel slack:T9/C9",
        "team set channel nonsense",
        "team set colour red",
        "team set name " + "x" * 81,
        "team set name",
    ],
)
def test_what_can_not_be_set_changes_nothing(house: House, typed: str) -> None:
    before = house.get(Team, "t")
    house.say(typed)
    assert house.get(Team, "t") == before


def test_a_setting_of_the_team_is_undone(house: House) -> None:
    house.ask("team set zone London")
    house.press("Undo")
    assert house.get(Team, "t").zone == "America/Chicago"


def test_the_teams_zone_moves_the_hours_of_those_without_their_own(house: House) -> None:
    house.volunteer("Berliner", zone="Europe/Berlin")
    for who in ("new-members", "berliner"):
        house.say("away today to tomorrow", who)
    before = dict(entry[1:] for entry in house.agenda("return"))
    house.say("team set zone Tokyo")
    after = dict(entry[1:] for entry in house.agenda("return"))
    assert after["new-members"] < before["new-members"]
    assert after["berliner"] == before["berliner"]


def test_an_observer_sees_the_team(house: House) -> None:
    house.volunteer("Watcher", TeamRole.OBSERVER)
    assert "Watcher · observer" in house.say("team", "watcher")
