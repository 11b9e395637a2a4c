from datetime import timedelta

from bot.topics.accounts.leaving import Fate, fate_of
from bot.topics.accounts.model import Account, Claim, Handover, Offer, Part
from tests.engine_room import START
from tests.house import House

MINE = Account("a", "a", "A", "x", owner="gone")


def account(house: House, short: str) -> Account:
    return house.find(Account, short=short)[0]


def test_what_becomes_of_an_account_is_decided_in_one_order() -> None:
    handover = Handover("h", "a", "gone", "next", START)
    wish = Claim("c", "a", Part.OWNER, "wisher", START)
    only_backup = Claim("c", "a", Part.BACKUP, "wisher", START)
    assert fate_of(MINE, handover, [wish], "heir", "backup") == Fate(MINE, taker="next")
    assert fate_of(MINE, None, [wish], "heir", "backup") == Fate(MINE, asked="heir")
    assert fate_of(MINE, None, [wish], "", "backup") == Fate(MINE, taker="wisher")
    assert fate_of(MINE, None, [only_backup], "", "backup") == Fate(MINE, asked="backup")
    assert fate_of(MINE, None, [], "", "") == Fate(MINE)


def test_a_leavers_accounts_are_offered_to_the_heir(team: House) -> None:
    said = team.say("team remove maria office sure=yes")
    assert "ce-x: offered to office" in said
    assert account(team, "ce-x").owner == ""
    assert [(one.to, one.giver) for one in team.find(Offer)] == [("office", "maria")]
    team.say("accept ce-x")
    assert account(team, "ce-x").owner == "office"
    assert team.find(Handover)[0].giver == "maria"


def test_without_an_heir_the_backup_is_asked(team: House) -> None:
    assert "ce-x: offered to ben" in team.say("team remove maria sure=yes")
    assert [one.to for one in team.find(Offer)] == ["ben"]


def test_without_both_it_is_free_and_the_coordinator_is_told(team: House) -> None:
    team.say("drop ce-x", as_="ben")
    team.say("leave sure=yes", as_="maria")
    assert account(team, "ce-x").owner == ""
    team.later(days=3)
    letters = "\n".join(team.letters("office"))
    assert "maria is no longer in the team. ce-x: free, nobody has it." in letters
    assert letters.count("maria is no longer") + letters.count("maria has left") <= 2  # the first line, and its row


def test_who_asked_for_it_has_it(team: House) -> None:
    team.volunteer("nina")
    team.say("claim ce-x", as_="nina")
    assert "nina looks after it from now on" in team.say("team remove maria sure=yes")
    assert account(team, "ce-x").owner == "nina"


def test_a_handover_under_way_gives_it_to_the_next_owner_and_goes_on(team: House) -> None:
    team.say("handover start ce-x ben", as_="maria")
    team.say("accept ce-x", as_="ben")
    team.say("team remove maria sure=yes")
    assert account(team, "ce-x").owner == "ben"
    assert "To: ben" in team.say("handover show ce-x")
    team.say("handover confirm ce-x all", as_="ben")
    team.later(days=15)
    team.say("handover show ce-x")
    team.press("Confirm for maria")
    assert "has passed to ben" in team.say("handover show ce-x")


def test_a_backup_who_leaves_is_missed_by_the_owner(team: House) -> None:
    assert "ce-x: without a backup now" in team.say("team remove ben sure=yes")
    assert account(team, "ce-x").backup == ""
    team.later(days=3)
    assert any("ben, the backup of ce-x, has left" in letter for letter in team.letters("maria"))


def test_offers_to_who_leaves_are_over_and_handovers_to_them_called_off(team: House) -> None:
    team.say("offer pw-yt ben")
    team.say("handover start ce-x ben", as_="maria")
    team.say("accept ce-x", as_="ben")
    team.say("team remove ben sure=yes")
    assert not team.find(Offer)
    assert account(team, "ce-x").owner == "maria"
    assert "called off" in team.say("handover list", as_="maria")


def test_accounts_stay_unowned_loudly_until_the_offer_is_answered(team: House) -> None:
    team.say("team remove maria sure=yes")
    team.later(days=30)
    assert any("Nobody looks after" in letter and "ce-x" in letter for letter in team.letters("office"))


def test_before_a_term_ends_the_backup_is_asked_in_good_time(team: House) -> None:
    team.put(Account("a4", "ce-yt", "CE", "youtube", owner="maria"))
    team.say("term maria 31 jan")
    team.until(START + timedelta(days=30))
    assert [(one.account, one.to) for one in team.find(Offer)] == [("a1", "ben")]
    letters = "\n".join(team.letters("maria"))
    assert "I have offered ce-x to ben" in letters
    assert "Who could take ce-yt?" in letters
    assert any("A next owner is wanted for ce-yt" in letter for letter in team.letters("office"))
    assert len(team.messages("maria")) == 1
    assert letters.casefold().count("your term") == 1  # all of it in one line
