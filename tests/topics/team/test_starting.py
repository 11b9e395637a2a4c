from datetime import timedelta

from bot.core.chat import Card, Person, Place, Request
from bot.topics.accounts.model import Account, Offer, Part
from bot.topics.team.model import House as HouseRecord
from bot.topics.team.model import Identity, Standing, TeamRole, Volunteer
from tests.house import House
from tests.topics.team.elsewhere import THERE, at, go_on, said, start_code


def test_whoever_types_the_printed_code_becomes_the_first_coordinator(empty: House) -> None:
    code = start_code(empty)
    reply = at(empty, f"start {code}", "ana")
    assert "You are the coordinator" in said(reply)
    (ana,) = empty.find(Volunteer)
    assert (ana.name, ana.role, ana.standing) == ("Ana", TeamRole.COORDINATOR, Standing.ACTIVE)
    assert empty.get(HouseRecord, THERE.id).attached == empty.clock.time
    assert [entry[2] for entry in empty.agenda("sweep")] == [empty.clock.time + timedelta(days=1)]
    assert "Ana · coordinator" in said(at(empty, "team show", "ana"))


def test_a_start_code_works_once(empty: House) -> None:
    code = start_code(empty)
    at(empty, f"start {code}", "ana")
    assert "has been used" in said(at(empty, f"start {code}", "bob"))
    assert [one.name for one in empty.find(Volunteer)] == ["Ana"]


def test_the_first_coordinator_may_be_one_of_the_names_in_the_sheet(empty: House) -> None:
    empty.put(Volunteer("office", "Office"), Volunteer("pw", "Preservation Week"))
    code = start_code(empty)
    asked = at(empty, f"start {code}", "ana")
    assert "Which one are you?" in said(asked)
    assert empty.find(Identity) == []
    go_on(empty, asked, "ana", "Office")
    assert empty.get(Volunteer, "office").role is TeamRole.COORDINATOR
    assert empty.get(Identity, "test:ana").volunteer == "office"


def test_the_first_coordinator_sees_at_once_what_is_offered_to_them(empty: House) -> None:
    empty.put(Volunteer("office", "Office"), Account("a", "office-x", "Office", "x"))
    empty.put(Offer("o", "a", Part.OWNER, "office", "", empty.clock.time))
    text = said(at(empty, f"start {start_code(empty)} name=office", "ana"))
    for part in ("You are the coordinator", "office-x (Office) is offered to you", "Our policy", "Set my time zone"):
        assert part in text


def test_who_asks_before_there_is_a_coordinator_is_seen_by_the_first_one(empty: House) -> None:
    assert "no coordinator yet" in empty.say("join", "rita")
    empty.say(f"start {start_code(empty)}", "ana")
    assert "1 person asks to join" in empty.say("home", "ana")
    empty.ask("team show", "ana")
    assert "Rita is a volunteer now" in empty.press("Rita", "ana")


def test_none_of_these_is_somebody_new_even_where_a_name_begins_with_new(empty: House) -> None:
    empty.put(Volunteer("nmig", "New members"))
    asked = at(empty, f"start {start_code(empty)}", "ana")
    go_on(empty, asked, "ana", "None of these: I am new")
    assert empty.get(Volunteer, "nmig").standing is Standing.INVITED
    assert empty.get(Identity, "test:ana").volunteer != "nmig"


def test_a_typed_name_beside_the_code_is_understood_and_none_of_them_is_possible(empty: House) -> None:
    empty.put(Volunteer("office", "Office"))
    code = start_code(empty)
    asked = at(empty, f"start {code} name=zebra", "ana")
    assert "Choose one of those" in said(asked)
    at(empty, f"start {code} name=new", "ana")
    assert {one.name for one in empty.find(Volunteer)} == {"Office", "Ana"}


def test_a_start_code_lasts_a_day(house: House) -> None:
    code = start_code(house)
    house.clock.time += timedelta(hours=24)
    assert "too old" in said(at(house, f"start {code}", "ana"))


def test_the_role_is_recovered_by_the_code_and_the_others_are_told(house: House) -> None:
    house.say(f"start {start_code(house)}", "new-members")
    assert house.get(Volunteer, "new-members").role is TeamRole.COORDINATOR
    assert "by the code from the terminal" in house.say("home")


def test_a_code_for_one_volunteer_gives_the_role_to_nobody_else(house: House) -> None:
    at(house, f"start {start_code(house, volunteer='regional-groups')}", "rita")
    assert house.get(Volunteer, "regional-groups").role is TeamRole.COORDINATOR
    assert house.get(Identity, "test:rita").volunteer == "regional-groups"


def test_asking_to_start_without_a_code_shows_a_form(house: House) -> None:
    assert not isinstance(at(house, "start", "ana"), Card)


def test_a_start_in_direct_messages_of_no_server_asks_for_a_channel(empty: House) -> None:
    code = start_code(empty)
    alone = Request(Person("discord:7"), Place("discord:dm-7/9"), text=f"start {code}", shown_name="Ana")
    reply = empty.engine.handle(alone).result()
    assert reply is not None
    assert "in a channel of your server" in said(reply)
    empty.put(HouseRecord("discord:1", empty.clock.time))
    reply = empty.engine.handle(alone).result()
    assert reply is not None
    assert "You are the coordinator" in said(reply)
    assert {one.id for one in empty.find(HouseRecord)} == {"test:here", "discord:1"}
