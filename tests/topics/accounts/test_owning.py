from bot.topics.accounts.model import Account, Claim, Handover, Offer
from bot.topics.team.model import Standing, Volunteer
from tests.house import House


def account(house: House, short: str) -> Account:
    return house.find(Account, short=short)[0]


def test_a_free_account_is_theirs_at_once_and_the_coordinator_is_told(team: House) -> None:
    assert "You look after pw-yt now" in team.say("claim pw-yt", as_="ben")
    assert account(team, "pw-yt").owner == "ben"
    team.later(days=3)
    assert any("ben is the owner of pw-yt now" in letter for letter in team.letters("office"))


def test_claiming_an_owned_account_asks_its_owner(team: House) -> None:
    assert "maria looks after ce-x, so I ask them" in team.say("claim ce-x", as_="ben")
    assert account(team, "ce-x").owner == "maria"
    assert "ben would like to look after ce-x" in team.say("offers", as_="maria")
    team.press("Yes, hand over ce-x", as_="maria")
    assert account(team, "ce-x").owner == "maria"
    assert len(team.find(Handover)) == 1


def test_a_wish_can_be_declined_kindly_and_taken_back(team: House) -> None:
    team.say("claim ce-x", as_="ben")
    team.say("decline ce-x", as_="maria")
    team.later(days=3)
    assert any("keep ce-x as it is" in letter for letter in team.letters("ben"))
    team.say("claim ce-x", as_="ben")
    team.say("withdraw ce-x", as_="ben")
    assert not team.find(Claim)


def test_the_backup_of_an_owned_account_is_asked_of_its_owner(team: House) -> None:
    team.say("claim office-x as backup", as_="ben")
    assert account(team, "office-x").backup == ""
    team.say("accept")
    assert account(team, "office-x").backup == "ben"


def test_the_backup_of_a_free_account_is_theirs_at_once(team: House) -> None:
    team.say("claim pw-yt as backup", as_="ben")
    assert account(team, "pw-yt").backup == "ben"
    team.say("claim pw-yt", as_="ben")
    assert (account(team, "pw-yt").owner, account(team, "pw-yt").backup) == ("ben", "")


def test_observers_and_strangers_claim_nothing(team: House) -> None:
    for who in ("olga", "stranger"):
        assert "volunteers" in team.say("claim pw-yt", as_=who)
    assert account(team, "pw-yt").owner == ""


def test_consent_is_asked_with_the_claim_once_and_for_alarms_separately(team: House) -> None:
    team.volunteer("nina", reminders=None)
    said = team.say("claim pw-yt", as_="nina")
    assert "[Yes, remind me] reminders on=yes" in said
    assert "[Yes, alarm me in a crisis] alarms on=yes" in said
    team.press("Yes, remind me", as_="nina")
    assert team.get(Volunteer, "nina").reminders is True
    assert team.get(Volunteer, "nina").alarms is None
    team.say("drop pw-yt", as_="nina")
    again = team.say("claim pw-yt", as_="nina")
    assert "remind me" not in again
    assert "May I also alarm you in a crisis" in again
    assert "alarm me" in again
    team.say("alarms no", as_="nina")
    team.say("drop pw-yt", as_="nina")
    assert "alarm me" not in team.say("claim pw-yt", as_="nina")


def test_an_offer_is_theirs_only_when_they_accept(team: House) -> None:
    team.say("offer pw-yt ben")
    assert account(team, "pw-yt").owner == ""
    team.later(days=3)
    assert any("pw-yt (Preservation Week) is offered to you" in letter for letter in team.letters("ben"))
    team.press("Accept pw-yt", as_="ben")
    assert account(team, "pw-yt").owner == "ben"
    team.later(days=7)
    assert any("ben looks after pw-yt now" in letter for letter in team.letters("office"))


def test_an_offer_is_declined_without_a_reason(team: House) -> None:
    team.say("offer pw-yt ben")
    assert "That is fine" in team.say("decline pw-yt", as_="ben")
    assert not team.find(Offer)
    team.later(days=3)
    assert any("ben can't take pw-yt now" in letter for letter in team.letters("office"))


def test_backup_is_offered_and_accepted_too(team: House) -> None:
    team.say("offer ce-x office as backup", as_="maria")
    assert account(team, "ce-x").backup == "ben"
    team.say("accept ce-x as backup")
    assert account(team, "ce-x").backup == "office"


def test_only_the_owner_or_a_coordinator_offers(team: House) -> None:
    assert "Only its owner (maria) or a coordinator" in team.say("offer ce-x office", as_="ben")
    assert "already" in team.say("offer ce-x maria")
    assert "can't look after accounts" in team.say("offer pw-yt olga")
    assert "claim pw-yt" in team.say("offer pw-yt office")


def test_a_new_offer_takes_the_place_of_the_old_one_and_can_be_withdrawn(team: House) -> None:
    team.say("offer pw-yt ben")
    assert "takes the place of the offer to ben" in team.say("offer pw-yt maria")
    assert [one.to for one in team.find(Offer)] == ["maria"]
    team.press("Withdraw the offer of pw-yt")
    assert not team.find(Offer)


def test_one_message_opens_all_offers(team: House) -> None:
    team.volunteer("nina", standing=Standing.INVITED)
    for number in range(12):
        team.put(Account(f"n{number}", f"n{number}-x", f"Number {number}", "x"))
        team.say(f"offer n{number}-x maria")
    team.later(days=3)
    letters = team.letters("maria")
    assert len(letters) == 1
    assert "12 accounts wait for your answer" in letters[0]
    said = team.press("Open all 12 offers", as_="maria")
    assert "1–10 of 12" in said
    assert "11–12 of 12" in team.press("Next", as_="maria")
    assert team.say("accept", as_="maria").startswith("Offers")
    assert "n3-x now" in team.say("accept n3-x", as_="maria")


def test_somebody_invited_sees_their_offers_when_they_come_in(team: House) -> None:
    team.say("team invite nina")
    assert "as soon as they have come" in team.say("offer pw-yt nina")
    said = team.say("join nina", as_="new")
    if "offered to you" not in said:  # a coordinator matches the person first
        said = team.say("team match nina test:new")
        said = team.say("welcome", as_="new")
    assert "pw-yt (Preservation Week) is offered to you" in said


def test_nothing_to_answer_says_so(team: House) -> None:
    assert "Nothing waits for your answer" in team.say("offers", as_="ben")
    assert "Nothing waits" in team.say("accept", as_="ben")


def test_giving_up_suggests_the_backup_first_and_is_never_silent(team: House) -> None:
    assert "Shall I offer it to them?" in team.say("drop ce-x", as_="maria")
    assert account(team, "ce-x").owner == "maria"
    team.press("Offer ce-x to the backup", as_="maria")
    assert [one.to for one in team.find(Offer)] == ["ben"]
    team.say("drop ce-x sure=yes", as_="maria")
    assert account(team, "ce-x").owner == ""
    team.later(days=3)
    assert any("maria has given up ce-x" in letter for letter in team.letters("office"))


def test_giving_up_can_be_taken_back(team: House) -> None:
    team.say("drop office-x")
    team.press("Take office-x back")
    assert account(team, "office-x").owner == "office"


def test_a_backup_steps_back_and_the_owner_hears_of_it(team: House) -> None:
    team.say("drop ce-x", as_="ben")
    assert account(team, "ce-x").backup == ""
    team.later(days=3)
    assert any("ben is no longer the backup of ce-x" in letter for letter in team.letters("maria"))


def test_what_is_not_theirs_can_not_be_given_up(team: House) -> None:
    assert "not one of yours" in team.say("drop office-x", as_="ben")


def test_an_account_left_unowned_is_not_asked_about_until_then(team: House) -> None:
    assert "is left without an owner until Mon 1 Mar 2027" in team.say("unowned pw-yt 1 march")
    assert "as agreed until Mon 1 Mar 2027" in team.say("find pw-yt", as_="olga")
    assert "has an owner" in team.say("unowned ce-x 1 march")
    assert "Only a coordinator" in team.say("unowned pw-yt 1 march", as_="ben")
    team.say("unowned pw-yt 1 march")
    team.press("Ask about pw-yt again")
    assert account(team, "pw-yt").unowned_until is None


def test_taking_it_on_ends_what_was_agreed(team: House) -> None:
    team.say("unowned pw-yt 1 march")
    team.say("claim pw-yt", as_="ben")
    assert account(team, "pw-yt").unowned_until is None
