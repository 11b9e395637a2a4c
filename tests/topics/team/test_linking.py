"""Codes, linking two identities, attaching a second place, and the first coordinator's start."""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat import Button, Card, Message, Person, Place, Reply, Request
from bot.core.plain import controls_of, plain
from bot.topics.accounts.model import Account, Offer, Part
from bot.topics.team.codes import digest, give_code, grouped
from bot.topics.team.merging import lower_role, stricter
from bot.topics.team.model import (
    Away,
    Code,
    Guest,
    Handshake,
    Identity,
    Notice,
    Nudging,
    Purpose,
    Standing,
    Team,
    TeamRole,
    Volunteer,
)
from bot.topics.team.model import House as HouseRecord
from tests.house import House

THERE = Place("test:there")
ROLES = st.sampled_from(list(TeamRole))
CONSENTS = st.sampled_from([True, False, None])


def at(house: House, text: str, who: str, *, command: str = "", values: Mapping[str, str] | None = None) -> Reply:
    """What somebody types in another place, answered."""
    person, name, admin = Person(f"test:{who}"), who.capitalize(), who == "admin"
    request = Request(person, THERE, command, values or {}, text, shown_name=name, administrator=admin)
    reply = house.engine.handle(request).result()
    assert reply is not None
    return reply


def said(reply: Reply) -> str:
    return plain(reply, datetime.now(UTC).tzinfo or UTC)


def go_on(house: House, reply: Reply, who: str, label: str = "Yes, go on") -> Reply:
    """Press a button in the other place."""
    (button,) = (one for one in controls_of(reply) if isinstance(one, Button) and one.label == label)
    return at(house, "", who, command=button.command, values=button.values)


def code_in(text: str) -> str:
    found = re.search(r"[A-Z0-9]{4}(?:-[A-Z0-9]{1,4}){2,}", text)
    assert found, text
    return found[0]


def start_code(house: House, **more: str) -> str:
    write = house.store.write(
        "t", lambda records: give_code(records, house.chance, house.clock.time, Purpose.START, **more)
    )
    return write.result()


# -- codes


@given(st.text(max_size=30))
def test_case_blanks_and_dashes_of_a_code_do_not_matter(text: str) -> None:
    code = "AB12-CD34"
    assert digest(" ab12 cd34 ") == digest(code) == digest("aB-12-c-D34")
    assert re.fullmatch("[0-9a-f]{64}", digest(text))
    assert digest(grouped(text)) == digest(text) or not text.isascii()


def test_the_code_itself_is_never_kept(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        code = code_in(house.say("link", "new-members"))
        go_on(house, at(house, f"link {code}", "nina"), "nina")
        house.settle()
        house.press("Confirm the link", "new-members", house.messages("new-members")[-1].card)
        house.settle()
    kept = [repr(one) for kind in (Code, Handshake, Identity, Notice) for one in house.find(kind)]
    letters = [*house.letters("new-members"), *house.letters("nina")]
    for text in (*kept, *letters, caplog.text):
        assert code not in text
        assert code.replace("-", "") not in text.upper().replace("-", "")


# -- linking


def link(house: House, giver: str, taker: str) -> str:
    """Link from giver to taker, confirmed on both sides; gives what the giver is told."""
    code = code_in(house.say("link", giver))
    go_on(house, at(house, f"link {code}", taker), taker)
    house.settle()
    return house.press("Confirm the link", giver, house.messages(giver)[-1].card)


def test_two_identities_are_linked_once_both_sides_have_confirmed(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    asked = at(house, f"link {code.lower().replace('-', ' ')}", "nina")
    assert "Are you New members" in said(asked)
    assert house.find(Handshake) == []
    assert "please confirm there" in said(go_on(house, asked, "nina"))
    assert house.find(Identity, volunteer="new-members") == [Identity("test:new-members", "new-members")]
    house.settle()
    assert "Is that you?" in house.letters("new-members")[0]
    house.press("Confirm the link", "new-members", house.messages("new-members")[-1].card)
    assert house.get(Identity, "test:nina").volunteer == "new-members"
    house.settle()
    assert "is known on" in house.letters("nina")[0]


def test_the_giver_may_refuse(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    go_on(house, at(house, f"link {code}", "mallory"), "mallory")
    house.settle()
    house.press("Refuse the link", "new-members", house.messages("new-members")[-1].card)
    assert [one.id for one in house.find(Identity, volunteer="new-members")] == ["test:new-members"]
    house.settle()
    assert "nothing was linked" in house.letters("mallory")[0]


def test_nobody_else_confirms(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    go_on(house, at(house, f"link {code}", "nina"), "nina")
    (shake,) = house.find(Handshake)
    assert "somebody else" in house.say(f"vouch {shake.id} yes", "office")
    assert len(house.find(Handshake)) == 1


def test_a_code_works_once_and_for_ten_minutes(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    house.clock.time += timedelta(minutes=10)
    assert "too old" in said(at(house, f"link {code}", "nina"))
    code = code_in(house.say("link", "new-members"))
    go_on(house, at(house, f"link {code}", "nina"), "nina")
    assert "has been used" in said(at(house, f"link {code}", "mallory"))


def test_the_question_to_the_giver_closes_after_ten_minutes(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    go_on(house, at(house, f"link {code}", "nina"), "nina")
    (shake,) = house.find(Handshake)
    house.clock.time += timedelta(minutes=10)
    assert "no longer open" in house.say(f"vouch {shake.id} yes", "new-members")


def test_a_new_code_makes_the_one_before_void(house: House) -> None:
    first = code_in(house.say("link", "new-members"))
    second = code_in(house.say("link", "new-members"))
    assert "don't know that code" in said(at(house, f"link {first}", "nina"))
    assert "Are you" in said(at(house, f"link {second}", "nina"))


def test_wrong_codes_are_counted_for_good_and_end_in_a_refusal(house: House) -> None:
    for number in range(9):
        assert "don't know that code" in said(at(house, f"link WRONG-{number}", "mallory"))
    assert "too many" in said(at(house, "link WRONG-X", "mallory"))
    house.clock.time += timedelta(days=400)
    code = code_in(house.say("link", "new-members"))
    assert "too many" in said(at(house, f"link {code}", "mallory"))
    assert "Are you" in said(at(house, f"link {code}", "nina"))


def test_a_code_for_something_else_says_so(house: House) -> None:
    code = code_in(house.say("team attach"))
    assert "type `team attach`" in said(at(house, f"link {code}", "nina")).casefold()


def test_the_code_is_for_the_other_side(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    assert "other network" in house.say(f"link {code}", "new-members")


def test_a_code_of_somebody_who_left_links_nobody(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    house.say("team remove new members sure=yes")
    assert "can't do so any more" in said(at(house, f"link {code}", "nina"))


def test_strangers_get_no_code(house: House) -> None:
    assert "where the team knows you" in house.say("link", "stranger")


@given(ROLES, ROLES)
def test_the_lower_role_is_never_above_either(one: TeamRole, other: TeamRole) -> None:
    order = [TeamRole.OBSERVER, TeamRole.VOLUNTEER, TeamRole.COORDINATOR]
    assert order.index(lower_role(one, other)) == min(order.index(one), order.index(other))


@given(CONSENTS, CONSENTS)
def test_a_no_to_messages_outlives_linking(one: bool | None, other: bool | None) -> None:
    assert stricter(one, other) == stricter(other, one)
    assert (stricter(one, other) is False) == (False in (one, other))


def test_two_volunteers_become_one_with_the_lower_role_and_all_that_both_had(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    house.volunteer("Nina", alarms=False)
    now = house.clock.time
    house.put(
        Away("a", "nina", now.date(), None),
        Notice("n", "nina", now, "Something waits."),
        Nudging("nina", (now - timedelta(days=1),)),
    )
    house.put(HouseRecord(THERE.id, now))
    link(house, "second", "nina")
    kept = house.get(Volunteer, "second")
    assert (kept.role, kept.alarms, kept.standing) == (TeamRole.VOLUNTEER, False, Standing.ACTIVE)
    assert house.get(Volunteer, "nina").standing is Standing.LEFT
    assert house.get(Identity, "test:nina").volunteer == "second"
    assert [one.volunteer for one in house.find(Away)] == ["second"]
    assert [one.volunteer for one in house.find(Notice)] == ["second"]
    assert house.get(Nudging, "second").sent == (now - timedelta(days=1),)


def test_linking_never_takes_the_last_coordinator(house: House) -> None:
    house.volunteer("Nina")
    code = code_in(house.say("link"))
    assert "no coordinator" in said(at(house, f"link {code}", "nina"))
    assert house.get(Volunteer, "office").role is TeamRole.COORDINATOR


# -- attaching


def test_linking_leaves_no_account_with_an_observer(house: House) -> None:
    house.put(Account("a", "crg-x", "Regional groups", "x", owner="regional-groups"))
    house.volunteer("Rita", TeamRole.OBSERVER)
    code = code_in(house.say("link", "rita"))
    answer = said(at(house, f"link {code}", "regional-groups"))
    assert "there is crg-x" in answer
    assert "`team role Rita volunteer`" in answer


def test_who_asked_to_join_and_then_links_is_no_longer_waiting(house: House) -> None:
    at(house, "join", "rita")
    code = code_in(house.say("link", "regional-groups"))
    go_on(house, at(house, f"link {code}", "rita"), "rita")
    house.settle()
    house.press("Confirm the link", "regional-groups")
    assert house.get(Identity, "test:rita").volunteer == "regional-groups"
    assert house.find(Guest) == []
    assert "would like to join" not in house.say("home")


def test_a_second_place_is_attached_once_both_sides_have_confirmed(house: House) -> None:
    assert "No team is set up here" in said(at(house, "team show", "admin"))
    code = code_in(house.say("team attach"))
    asked = at(house, f"team attach {code}", "admin")
    assert "Library association" in said(asked)
    go_on(house, asked, "admin")
    assert [one.id for one in house.find(HouseRecord)] == ["test:here"]
    house.settle()
    house.press("Confirm the link", "office", house.messages("office")[-1].card)
    assert {one.id for one in house.find(HouseRecord)} == {"test:here", "test:there"}
    assert "Coordinated by Office" in said(at(house, "team show", "admin"))


def test_only_an_administrator_of_the_other_side_says_that_it_joins(house: House) -> None:
    code = code_in(house.say("team attach"))
    asked = at(house, f"team attach {code}", "admin")
    assert "Only an administrator" in said(at(house, f"team attach {code}", "nina"))
    assert "Only an administrator" in said(go_on(house, asked, "nina"))
    assert house.find(Handshake) == []
    assert "please confirm there" in said(go_on(house, asked, "admin"))


def test_only_coordinators_attach(house: House) -> None:
    assert "Only a coordinator" in house.say("team attach", "new-members")
    house.volunteer("Second", TeamRole.COORDINATOR)
    code = code_in(house.say("team attach", "second"))
    house.say("team role second volunteer")
    assert "can't do so any more" in said(at(house, f"team attach {code}", "admin"))


def test_a_place_of_another_team_stays_with_it(house: House) -> None:
    house.store.write(
        "u", lambda records: records.put(Team("u", "Others"), HouseRecord(THERE.id, house.clock.time))
    ).result()
    code = code_in(house.say("team attach"))
    assert "belongs to another team" in said(at(house, f"team attach {code}", "admin"))
    assert "belongs to another team" in said(at(house, f"link {code_in(house.say('link'))}", "admin"))


# -- starting


def test_whoever_types_the_printed_code_becomes_the_first_coordinator() -> None:
    house = House()
    code = start_code(house)
    reply = at(house, f"start {code}", "ana")
    assert "You are the coordinator" in said(reply)
    (ana,) = house.find(Volunteer)
    assert (ana.name, ana.role, ana.standing) == ("Ana", TeamRole.COORDINATOR, Standing.ACTIVE)
    assert house.get(HouseRecord, THERE.id).attached == house.clock.time
    assert [entry[2] for entry in house.agenda("sweep")] == [house.clock.time + timedelta(days=1)]
    assert "Ana · coordinator" in said(at(house, "team show", "ana"))
    assert "has been used" in said(at(house, f"start {code}", "bob"))
    house.close()


def test_the_first_coordinator_may_be_one_of_the_names_in_the_sheet() -> None:
    house = House()
    house.put(Volunteer("office", "Office"), Volunteer("pw", "Preservation Week"))
    code = start_code(house)
    asked = at(house, f"start {code}", "ana")
    assert "Which one are you?" in said(asked)
    assert house.find(Identity) == []
    go_on(house, asked, "ana", "Office")
    assert house.get(Volunteer, "office").role is TeamRole.COORDINATOR
    assert house.get(Identity, "test:ana").volunteer == "office"
    house.close()


def test_the_first_coordinator_sees_at_once_what_is_offered_to_them() -> None:
    house = House()
    house.put(Volunteer("office", "Office"), Account("a", "office-x", "Office", "x"))
    house.put(Offer("o", "a", Part.OWNER, "office", "", house.clock.time))
    text = said(at(house, f"start {start_code(house)} name=office", "ana"))
    for part in ("You are the coordinator", "office-x (Office) is offered to you", "Our policy", "Set my time zone"):
        assert part in text
    house.close()


def test_who_asks_before_there_is_a_coordinator_is_seen_by_the_first_one() -> None:
    house = House()
    assert "no coordinator yet" in house.say("join", "rita")
    house.say(f"start {start_code(house)}", "ana")
    assert "1 person asks to join" in house.say("home", "ana")
    house.ask("team show", "ana")
    assert "Rita is a volunteer now" in house.press("Rita", "ana")
    house.close()


def test_none_of_these_is_somebody_new_even_where_a_name_begins_with_new() -> None:
    house = House()
    house.put(Volunteer("nmig", "New members"))
    asked = at(house, f"start {start_code(house)}", "ana")
    go_on(house, asked, "ana", "None of these: I am new")
    assert house.get(Volunteer, "nmig").standing is Standing.INVITED
    assert house.get(Identity, "test:ana").volunteer != "nmig"
    house.close()


def test_a_typed_name_beside_the_code_is_understood_and_none_of_them_is_possible() -> None:
    house = House()
    house.put(Volunteer("office", "Office"))
    code = start_code(house)
    asked = at(house, f"start {code} name=zebra", "ana")
    assert "Choose one of those" in said(asked)
    at(house, f"start {code} name=new", "ana")
    assert {one.name for one in house.find(Volunteer)} == {"Office", "Ana"}
    house.close()


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


def test_a_start_in_direct_messages_of_no_server_asks_for_a_channel() -> None:
    house = House()
    code = start_code(house)
    alone = Request(Person("discord:7"), Place("discord:dm-7/9"), text=f"start {code}", shown_name="Ana")
    reply = house.engine.handle(alone).result()
    assert reply is not None
    assert "in a channel of your server" in said(reply)
    house.put(HouseRecord("discord:1", house.clock.time))
    reply = house.engine.handle(alone).result()
    assert reply is not None
    assert "You are the coordinator" in said(reply)
    assert {one.id for one in house.find(HouseRecord)} == {"test:here", "discord:1"}
    house.close()


def test_two_who_become_one_are_mentioned_in_the_channel_only_if_both_allowed_it(house: House) -> None:
    house.say("mention yes", "new-members")
    link(house, "new-members", "regional-groups")
    assert house.get(Volunteer, "new-members").mention is False


def test_what_waits_is_brought_to_a_newly_linked_identity(house: House) -> None:
    house.put(Notice("n", "new-members", house.clock.time, "Something waits."))
    code = code_in(house.say("link", "new-members"))
    go_on(house, at(house, f"link {code}", "nina"), "nina")
    house.settle()
    question = house.messages("new-members")[-1].card
    house.engine.cannot_reach("t", Message(Person("test:new-members"), "m", Card("For you", "Hello")))
    house.press("Confirm the link", "new-members", question)
    house.later(days=1)
    assert any("Something waits." in letter for letter in (*house.letters("new-members"), *house.letters("nina")))
