from datetime import timedelta

from bot.core.chat import Card, Message, Person
from bot.topics.team.model import Guest, Handshake, Identity, Notice
from tests.house import House
from tests.topics.team.elsewhere import at, code_in, go_on, said


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


def test_the_question_to_the_giver_closes_after_ten_minutes(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    go_on(house, at(house, f"link {code}", "nina"), "nina")
    (shake,) = house.find(Handshake)
    house.clock.time += timedelta(minutes=10)
    assert "no longer open" in house.say(f"vouch {shake.id} yes", "new-members")


def test_who_asked_to_join_and_then_links_is_no_longer_waiting(house: House) -> None:
    at(house, "join", "rita")
    code = code_in(house.say("link", "regional-groups"))
    go_on(house, at(house, f"link {code}", "rita"), "rita")
    house.settle()
    house.press("Confirm the link", "regional-groups")
    assert house.get(Identity, "test:rita").volunteer == "regional-groups"
    assert house.find(Guest) == []
    assert "would like to join" not in house.say("home")


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
