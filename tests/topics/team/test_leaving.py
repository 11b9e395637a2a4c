from bot.topics.accounts.model import Account, Offer
from bot.topics.team.model import Away, Identity, Notice, Standing, TeamRole, Volunteer
from tests.house import House


def standing(house: House, id: str) -> Standing:
    return house.get(Volunteer, id).standing


def test_removing_takes_the_role_the_absences_and_what_waits(house: House) -> None:
    house.say("away friday", "new-members")
    house.put(Notice("n", "new-members", house.clock.time, "Something waits."))
    assert "no longer in the team" in house.say("team remove new members")
    assert standing(house, "new-members") is Standing.LEFT
    assert house.find(Identity, volunteer="new-members") == []
    assert house.find(Away) == []
    assert house.find(Notice, volunteer="new-members") == []
    assert [entry for entry in house.agenda() if entry[1] == "new-members"] == []
    assert "type `join`" in house.say("settings", "new-members")


def test_leaving_asks_once_and_offers_heirs(house: House) -> None:
    said = house.text(house.ask("leave", "new-members"))
    assert "`away`" in said
    assert standing(house, "new-members") is Standing.ACTIVE
    assert "offered to Regional groups" in house.press("Regional groups", "new-members")
    house.press("Leave the team", "new-members")
    assert standing(house, "new-members") is Standing.LEFT
    assert "offered to Regional groups" in house.say("home")


def test_an_heir_is_another_volunteer(house: House) -> None:
    house.volunteer("Watcher", TeamRole.OBSERVER)
    assert "can't take over" in house.say("team remove new members new members")
    assert "can't take over" in house.say("team remove new members watcher")
    assert standing(house, "new-members") is Standing.ACTIVE


def test_only_a_coordinator_removes_somebody_else(house: House) -> None:
    assert "Only a coordinator" in house.say("team remove office", "new-members")
    assert standing(house, "office") is Standing.ACTIVE


def test_one_of_two_coordinators_may_be_removed(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    house.say("team remove office", "second")
    assert standing(house, "office") is Standing.LEFT
    assert "only coordinator" in house.say("leave", "second")


def test_strangers_have_nothing_to_leave(house: House) -> None:
    assert "type `join`" in house.say("leave", "stranger")


def test_no_account_is_left_ownerless_in_silence(house: House) -> None:
    house.put(Account("a", "nmig-x", "New members", "x", owner="new-members"))
    house.put(Account("b", "crg-x", "Regional groups", "x", owner="regional-groups"))
    assert "nmig-x" in house.say("team remove new members regional groups")
    assert [offer.to for offer in house.find(Offer, account="a")] == ["regional-groups"]
    assert "crg-x" in house.say("team remove regional groups")
    assert house.get(Account, "b").owner == ""
