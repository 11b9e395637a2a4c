from datetime import UTC, datetime

from bot.core.chat import Card, Form, Kind
from bot.core.plain import controls_of
from bot.topics.accounts.model import Account
from bot.topics.team.duties import RoleOffer
from bot.topics.team.model import Away, Guest, Identity, Notice, Standing, Volunteer
from tests.house import House


def test_a_wrong_choice_is_undone_by_the_coordinator(house: House) -> None:
    house.say("team invite Conference photos")
    house.say("join conference photos", "mallory")
    house.ask("home")
    house.press("That isn't Conference photos")
    assert house.named("Conference photos").standing is Standing.INVITED
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
    assert house.get(Identity, "test:vera").volunteer == house.named("Videos").id


def test_a_person_without_a_name_is_asked_for_it(house: House) -> None:
    house.say("team invite Photos")
    form = house.do("office", "", "team match", {"person": "test:cora"})
    assert isinstance(form, Form)
    assert [(field.name, field.kind) for field in form.fields] == [("invited", Kind.CHOICE)]
    house.submit(form, invited=house.named("Photos").id)
    assert house.get(Identity, "test:cora").volunteer == house.named("Photos").id
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
