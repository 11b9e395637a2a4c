from bot.core.chat import Card
from bot.topics.accounts.model import Account, Offer
from bot.topics.team.model import Away, Identity, Notice, Standing, TeamRole, Volunteer
from tests.house import House


def standing(house: House, id: str) -> Standing:
    return house.get(Volunteer, id).standing


def test_removing_takes_the_role_the_absences_and_what_waits(house: House) -> None:
    house.say("away friday", "new-members")
    house.put(Notice("n", "new-members", house.clock.time, "Something waits."))
    assert "no longer in the team" in house.say("team remove new members sure=yes")
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
    assert "New members is no longer in the team." in house.say("home")


def test_coordinators_hear_in_one_line_that_somebody_left_and_what_becomes_of_what_they_had(house: House) -> None:
    house.put(Account("a", "nmig-x", "New members", "x", owner="new-members", backup="regional-groups"))
    house.put(Account("b", "nmig-fb", "New members", "facebook", owner="new-members"))
    house.say("leave sure=yes", "new-members")
    (told,) = house.find(Notice, volunteer="office")
    assert told.text == (
        "New members is no longer in the team. nmig-fb: free, nobody has it; nmig-x: offered to Regional groups."
    )


def test_a_removed_coordinator_is_told_nothing_afterwards(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    house.say("team remove second sure=yes")
    assert house.find(Notice, volunteer="second") == []
    house.later(days=7)
    assert house.letters("second") == []


def test_an_old_button_about_somebody_who_left_says_so(house: House) -> None:
    old = house.ask("term new members 30 june")
    assert isinstance(old, Card)
    house.say("team remove new members sure=yes")
    assert "New members is no longer in the team" in house.press("Undo", card=old)


def test_an_heir_is_another_volunteer(house: House) -> None:
    house.volunteer("Watcher", TeamRole.OBSERVER)
    assert "can't take over" in house.say("team remove new members new members sure=yes")
    assert "can't take over" in house.say("team remove new members watcher sure=yes")
    assert standing(house, "new-members") is Standing.ACTIVE


def test_only_a_coordinator_removes_somebody_else(house: House) -> None:
    assert "Only a coordinator" in house.say("team remove office sure=yes", "new-members")
    assert standing(house, "office") is Standing.ACTIVE


def test_one_of_two_coordinators_may_be_removed(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    house.say("team remove office sure=yes", "second")
    assert standing(house, "office") is Standing.LEFT
    assert "only coordinator" in house.say("leave", "second")


def test_strangers_have_nothing_to_leave(house: House) -> None:
    assert "type `join`" in house.say("leave", "stranger")


def test_no_account_is_left_ownerless_in_silence(house: House) -> None:
    house.put(Account("a", "nmig-x", "New members", "x", owner="new-members"))
    house.put(Account("b", "crg-x", "Regional groups", "x", owner="regional-groups"))
    assert "nmig-x" in house.say("team remove new members regional groups sure=yes")
    assert [offer.to for offer in house.find(Offer, account="a")] == ["regional-groups"]
    assert "crg-x" in house.say("team remove regional groups sure=yes")
    assert house.get(Account, "b").owner == ""


def test_removing_somebody_is_asked_first_with_what_becomes_of_their_accounts(house: House) -> None:
    house.put(Account("a", "nmig-x", "New members", "x", owner="new-members"))
    asked = house.say("team remove new members")
    assert "looks after nmig-x" in asked
    assert house.get(Volunteer, "new-members").standing is Standing.ACTIVE
    house.press("Regional groups")
    assert "offered to Regional groups" in house.text(house.last["office"])
    assert house.get(Volunteer, "new-members").standing is Standing.ACTIVE
    assert "nmig-x: offered to Regional groups" in house.press("Remove New members")
    assert house.get(Volunteer, "new-members").standing is Standing.LEFT


def test_an_invitation_is_taken_back_without_a_question(house: House) -> None:
    house.ask("team invite Photos")
    assert "no longer in the team" in house.press("Take back")
