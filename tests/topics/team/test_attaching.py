from bot.topics.team.model import Handshake, Team, TeamRole
from bot.topics.team.model import House as HouseRecord
from tests.house import House
from tests.topics.team.elsewhere import THERE, at, code_in, go_on, said


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


def test_a_code_of_who_is_no_longer_coordinator_attaches_nothing(house: House) -> None:
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
