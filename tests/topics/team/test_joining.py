from datetime import UTC, datetime

import pytest

from bot.core.chat import Card, Form, Kind, Person, Place, Request
from bot.core.plain import controls_of
from bot.topics.accounts.model import Access, Account
from bot.topics.team.duties import RoleOffer
from bot.topics.team.joining import free_name
from bot.topics.team.model import Away, Guest, Identity, Notice, Standing, Team, TeamRole, Volunteer
from tests.house import House


def named(house: House, name: str) -> Volunteer:
    (found,) = house.find(Volunteer, name=name)
    return found


def test_an_invited_name_is_chosen_and_the_coordinator_is_told(house: House) -> None:
    house.say("team invite Conference photos")
    house.ask("join", "ben")
    said = house.press("Conference photos", "ben")
    assert said.startswith("Welcome, Conference photos")
    volunteer = named(house, "Conference photos")
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
    volunteer = named(house, "Conference photos")
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
    assert named(house, "Office 2").standing is Standing.ACTIVE


@pytest.mark.parametrize(
    ("wanted", "got"), [("  Ana  ", "Ana"), ("ANA", "ANA 2"), ("", "volunteer"), ("x" * 99, "x" * 60)]
)
def test_a_free_name_is_short_and_nobody_elses(wanted: str, got: str) -> None:
    assert free_name(wanted, {"ana"} if wanted == "ANA" else set()) == got


def test_choosing_an_invited_coordinator_makes_no_coordinator(house: House) -> None:
    house.put(Volunteer("chief", "Chief", TeamRole.COORDINATOR))
    house.say("join chief", "mallory")
    assert house.get(Volunteer, "chief").role is TeamRole.VOLUNTEER


def test_a_wrong_choice_is_undone_by_the_coordinator(house: House) -> None:
    house.say("team invite Conference photos")
    house.say("join conference photos", "mallory")
    house.ask("home")
    house.press("That isn't Conference photos")
    assert named(house, "Conference photos").standing is Standing.INVITED
    assert "type `join`" in house.say("settings", "mallory")


def test_undoing_a_match_leaves_nothing_of_the_wrong_person(house: House) -> None:
    house.put(Volunteer("photos", "Conference photos"))
    house.put(Account("a", "conf-fl", "Photos", "flickr"), Account("b", "conf-x", "Photos", "x", owner="office"))
    house.say("offer conf-fl conference photos")
    house.say("offer conf-x conference photos backup")
    house.say("join conference photos", "mallory")
    for typed in ("accept conf-fl", "accept conf-x", "zone tokyo", "away friday", "reminders yes"):
        house.say(typed, "mallory")
    house.say("team coordinator offer conference photos")
    said = house.say("team unmatch conference photos")
    assert "conf-fl: offered to Conference photos again" in said
    assert "conf-x: offered to Conference photos again as its backup" in said
    assert house.get(Volunteer, "photos") == Volunteer("photos", "Conference photos")
    assert [house.get(Account, id).owner for id in "ab"] == ["", "office"]
    assert house.get(Account, "b").backup == ""
    assert [*house.find(Away), *house.find(RoleOffer), *house.find(Notice, volunteer="photos")] == []
    assert "conf-fl (Photos) is offered to you" in house.say("join conference photos", "cora")
    assert "not offered to you" in house.say("team coordinator accept", "cora")


def test_an_old_button_undoes_no_later_match(house: House) -> None:
    house.put(Volunteer("photos", "Conference photos"))
    house.say("join conference photos", "mallory")
    house.ask("home")
    old = house.last["office"]
    assert isinstance(old, Card)
    house.press("That isn't Conference photos", card=old)
    house.say("join conference photos", "cora")
    assert "not Conference photos any more" in house.press("That isn't Conference photos", card=old)
    assert house.get(Identity, "test:cora").volunteer == "photos"


def test_an_old_picker_matches_nobody_who_has_come_in(house: House) -> None:
    house.put(Volunteer("k3j2h4g5f6", "Conference photos"))
    house.say("join new", "ana")
    form = house.ask("team match Conference photos")
    house.say("join conference photos", "cora")
    assert "Conference photos has come in meanwhile" in house.text(house.submit(form, person="test:ana"))
    assert [guest.name for guest in house.find(Guest)] == ["Ana"]


def test_an_old_button_removes_nobody_who_has_come_in(house: House) -> None:
    old = house.ask("team invite Bob")
    assert isinstance(old, Card)
    house.say("join bob", "bob")
    assert "has come in meanwhile" in house.press("Take back", card=old)
    assert named(house, "Bob").standing is Standing.ACTIVE


def test_one_message_opens_all_offers_of_whoever_is_matched(house: House) -> None:
    house.put(Volunteer("photos", "Conference photos"))
    for number in range(4):
        house.put(Account(f"a{number}", f"conf-{number}", "Photos", "x"))
        house.say(f"offer conf-{number} conference photos")
    house.say("team match conference test:cora")
    house.later(days=3)
    (letter,) = house.letters("cora")
    assert all(f"conf-{number}" in letter for number in range(4))
    assert "4 wait for your answer" in house.press("Open all 4 offers", "cora")


def test_who_declined_messages_gets_no_invitation(house: House) -> None:
    house.clock.time = datetime(2026, 11, 24, 4, tzinfo=UTC)  # 22:00 in Chicago
    house.say("team invite Conference photos")
    house.say("team match conference test:cora")
    house.say("reminders no", "cora")
    house.later(days=3)
    assert house.letters("cora") == []


def test_a_long_list_to_match_comes_in_pages(house: House) -> None:
    for number in range(12):
        house.put(Volunteer(f"v{number}", f"Group {number:02}"))
    assert "1–10 of 12" in house.say("team match")
    assert "Who is Group 11?" in house.press("Next")


def test_matching_leads_from_name_to_name_and_then_on(house: House) -> None:
    house.say("team invite Photos")
    house.say("team invite Videos")
    house.ask("team match")
    house.press("Who is Photos?")
    form = house.last["office"]
    assert isinstance(form, Form)
    assert [(field.name, field.kind) for field in form.fields] == [("person", Kind.PERSON)]
    house.submit(form, person="test:cora")
    house.press("Next: who is Videos?")
    form = house.last["office"]
    assert isinstance(form, Form)
    assert "Next: " in house.text(house.submit(form, person="test:vera"))
    assert not [button for button in controls_of(house.last["office"]) if "who is" in button.label]
    assert house.get(Identity, "test:vera").volunteer == named(house, "Videos").id


def test_a_person_without_a_name_is_asked_for_it(house: House) -> None:
    house.say("team invite Photos")
    form = house.do("office", "", "team match", {"person": "test:cora"})
    assert isinstance(form, Form)
    assert [(field.name, field.kind) for field in form.fields] == [("invited", Kind.CHOICE)]
    house.submit(form, invited=named(house, "Photos").id)
    assert house.get(Identity, "test:cora").volunteer == named(house, "Photos").id
    assert "no name to choose" in house.text(house.do("office", "", "team match", {"person": "test:bob"}))


def test_somebody_of_the_team_is_nobody_else(house: House) -> None:
    house.say("team invite Photos")
    form = house.ask("team match Photos")
    again = house.submit(form, person="test:new-members")
    assert isinstance(again, Form)
    assert "is New members already" in again.fields[0].error


def test_a_coordinator_matches_an_invited_name_to_somebody_who_asked(house: House) -> None:
    house.say("join", "ana")
    house.say("team invite Conference photos")
    form = house.ask("team match conference")
    assert isinstance(form, Form)
    assert form.fields[0].choices == (("test:ana", "Ana"),)
    assert "Conference photos is test:ana now" in house.text(house.submit(form, person="Ana"))
    house.settle()
    assert house.letters("ana")[0].startswith("Welcome, Conference photos")


def test_who_did_not_ask_gets_one_invitation_at_an_allowed_hour(house: House) -> None:
    house.clock.time = datetime(2026, 11, 24, 4, tzinfo=UTC)  # 22:00 in Chicago
    house.say("team invite Conference photos")
    house.say("team match conference test:cora")
    house.until(datetime(2026, 11, 24, 14, 59, tzinfo=UTC))
    assert house.letters("cora") == []
    house.later(days=30)
    assert len(house.messages("cora")) == 1
    assert house.letters("cora")[0].startswith("Welcome, Conference photos")


def test_who_read_the_welcome_already_is_not_invited_again(house: House) -> None:
    house.clock.time = datetime(2026, 11, 24, 4, tzinfo=UTC)
    house.say("team invite Conference photos")
    house.say("team match conference test:cora")
    house.say("welcome", "cora")
    house.later(days=3)
    assert house.letters("cora") == []


def test_a_person_is_matched_to_one_name_only(house: House) -> None:
    house.say("team invite Conference photos")
    assert "New members already" in house.say("team match conference test:new-members")


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
    assert named(house, "Ana").zone == "Asia/Tokyo"
    assert isinstance(reply, Card)
    assert not [button for button in controls_of(reply) if button.label in ("My time zone is", "Another time zone")]


@pytest.mark.parametrize("name", ["<@u1> & *x*", "=1+1", "'; DROP TABLE volunteer; --", "שלום", "🎉🎉a", "a" * 60])
def test_any_name_is_literal_text(house: House, name: str) -> None:
    house.say(f'team invite name="{name}"')
    assert name in house.say("team show")


def test_a_name_without_a_letter_or_too_long_is_refused(house: House) -> None:
    assert "letter" in house.say("team invite !!!")
    assert "shorten" in house.say("team invite " + "a" * 61)


def test_the_welcome_names_ones_accounts_their_logins_and_the_backup(house: House) -> None:
    house.put(Account("a", "nmig-x", "New members", "x", owner="new-members", backup="office"))
    house.put(Access("a", kept_in="the blue folder"))
    said = house.say("welcome", "new-members")
    for part in ("nmig-x", "the blue folder", "Your backup: Office"):
        assert part in said
