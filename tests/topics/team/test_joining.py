import pytest

from bot.core.chat import Card, Person, Place, Request
from bot.core.plain import controls_of
from bot.topics.accounts.model import Access, Account
from bot.topics.team.joining import free_name
from bot.topics.team.model import Guest, Identity, Notice, Standing, TeamRole, Volunteer
from tests.house import House


def test_an_invited_name_is_chosen_and_the_coordinator_is_told(house: House) -> None:
    house.say("team invite Conference photos")
    house.ask("join", "ben")
    said = house.press("Conference photos", "ben")
    assert said.startswith("Welcome, Conference photos")
    volunteer = house.named("Conference photos")
    assert (volunteer.standing, volunteer.role) == (Standing.ACTIVE, TeamRole.VOLUNTEER)
    assert house.get(Identity, "test:ben").volunteer == volunteer.id
    assert "Conference photos has joined" in house.say("home")


def test_none_of_these_is_nobody_even_where_a_name_begins_with_new(house: House) -> None:
    house.put(Volunteer("nmig", "New students"))
    house.ask("join", "ben")
    assert "I have asked the coordinator" in house.press("None of these", "ben")
    assert house.get(Volunteer, "nmig").standing is Standing.INVITED


def test_a_name_that_somebody_else_chose_meanwhile_is_not_free(house: House) -> None:
    house.put(Volunteer("k3j2h4g5f6", "Conference photos"), Volunteer("other", "Video"))
    house.ask("join", "ben")
    house.ask("join", "carl")
    house.press("Conference photos", "ben")
    assert "Conference photos is not free any more" in house.press("Conference photos", "carl")
    assert house.find(Guest) == []
    assert house.press("Video", "carl").startswith("Welcome, Video")


def test_joining_asks_for_no_consent_yet(house: House) -> None:
    house.say("team invite Conference photos observer")
    house.say("join conference", "ben")
    volunteer = house.named("Conference photos")
    assert (volunteer.reminders, volunteer.alarms, volunteer.role) == (None, None, TeamRole.OBSERVER)


def test_who_is_not_invited_asks_and_is_let_in(house: House) -> None:
    assert "by invitation" in house.say("join", "ana")
    assert house.get(Guest, "test:ana").name == "Ana"
    house.ask("home")
    assert "Ana is a volunteer now" in house.press("Let Ana in")
    house.settle()
    assert house.letters("ana")[0].startswith("Welcome, Ana")
    assert house.find(Guest) == []
    assert house.find(Notice, volunteer="office") == []


def test_an_open_team_is_joined_by_anybody(house: House) -> None:
    house.say("team open yes")
    assert house.say("join", "ana").startswith("Welcome, Ana")
    assert house.say("join Video people", "bob").startswith("Welcome, Video people")
    assert "Ana has joined" in house.say("home")
    house.say("team open no")
    assert "by invitation" in house.say("join", "carl")


def test_joining_again_shows_the_welcome_and_makes_nobody_new(house: House) -> None:
    house.say("team open yes")
    house.say("join", "ana")
    house.say("join", "ana")
    assert len(house.find(Volunteer, name="Ana")) == 1


def test_a_name_that_is_taken_gets_a_number(house: House) -> None:
    house.say("team open yes")
    house.say("join Office", "ana")
    assert house.named("Office 2").standing is Standing.ACTIVE


@pytest.mark.parametrize(
    ("wanted", "got"), [("  Ana  ", "Ana"), ("ANA", "ANA 2"), ("", "volunteer"), ("x" * 99, "x" * 60)]
)
def test_a_free_name_is_short_and_nobody_elses(wanted: str, got: str) -> None:
    assert free_name(wanted, {"ana"} if wanted == "ANA" else set()) == got


def test_choosing_an_invited_coordinator_makes_no_coordinator(house: House) -> None:
    house.put(Volunteer("chief", "Chief", TeamRole.COORDINATOR))
    house.say("join chief", "mallory")
    assert house.get(Volunteer, "chief").role is TeamRole.VOLUNTEER


def test_the_welcome_tells_policy_trouble_and_time(house: House) -> None:
    house.say("team set policy On the shelf in the office, second folder")
    said = house.say("welcome", "new-members")
    for part in ("second folder", "When something goes wrong", "tell Office", "America/Chicago", "My time zone is"):
        assert part in said


def test_the_time_zone_of_the_profile_is_taken_at_joining(house: House) -> None:
    house.say("team open yes")
    request = Request(
        Person("test:ana"), Place("test:here"), text="join", delivery="j", shown_name="Ana", suggested_zone="Asia/Tokyo"
    )
    reply = house.engine.handle(request).result()
    assert house.named("Ana").zone == "Asia/Tokyo"
    assert isinstance(reply, Card)
    assert not [button for button in controls_of(reply) if button.label in ("My time zone is", "Another time zone")]


def test_the_welcome_names_ones_accounts_their_logins_and_the_backup(house: House) -> None:
    house.put(Account("a", "nmig-x", "New members", "x", owner="new-members", backup="office"))
    house.put(Access("a", kept_in="the blue folder"))
    said = house.say("welcome", "new-members")
    for part in ("nmig-x", "the blue folder", "Your backup: Office"):
        assert part in said
