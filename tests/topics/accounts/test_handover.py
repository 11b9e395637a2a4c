from bot.topics.accounts.model import Access, Account, Handover, Stage
from tests.house import House


def account(house: House, short: str) -> Account:
    return house.find(Account, short=short)[0]


def begun(team: House) -> None:
    """Maria hands ce-x over to the office."""
    team.say("handover start ce-x office", as_="maria")
    team.say("accept ce-x")


def test_a_handover_is_accepted_then_confirmed_by_both_and_kept(team: House) -> None:
    assert "I ask office whether they take ce-x" in team.say("handover start ce-x office", as_="maria")
    assert not team.find(Handover)
    said = team.say("accept ce-x")
    assert "maria and you confirm four things; then ce-x is yours" in said
    assert account(team, "ce-x").owner == "maria"
    assert "4 confirmations to go" in team.say("handover confirm ce-x all", as_="maria")
    for item in ("access", "recovery", "removed"):
        team.say(f"handover confirm ce-x {item}")
        assert account(team, "ce-x").owner == "maria"
    assert "ce-x has passed to office" in team.say("handover confirm ce-x notes")
    assert account(team, "ce-x").owner == "office"
    assert "done" in team.say("handover list")
    assert team.find(Handover)[0].stage is Stage.DONE
    assert team.get(Access, "a1").people == ("office",)
    assert team.get(Access, "a1").confirmed_by == "office"


def test_the_checklist_names_its_four_things_and_who_said_what(team: House) -> None:
    begun(team)
    team.say("handover confirm ce-x notes", as_="maria")
    said = team.say("handover", as_="maria")
    for words in ("can sign in", "recovery mailbox and the second factor", "old access is removed", "notes are passed"):
        assert words in said
    assert "maria: yes" in said
    assert "office: to do" in said
    assert "Take back notes of ce-x" in said


def test_a_word_is_taken_back_by_its_button(team: House) -> None:
    begun(team)
    team.say("handover confirm ce-x notes", as_="maria")
    assert "8 confirmations to go" in team.press("Take back notes", as_="maria")


def test_both_are_told_in_their_nudge_and_it_waits_at_home(team: House) -> None:
    team.say("handover start ce-x ben", as_="maria")
    team.say("accept ce-x", as_="ben")
    assert "Handover of ce-x: 4 things to confirm" in team.say("home", as_="maria")
    assert "Handover of ce-x: 4 things to confirm" in team.say("home", as_="ben")
    team.later(days=3)
    assert any("ce-x goes to ben" in letter for letter in team.letters("maria"))


def test_others_do_not_see_or_confirm_it(team: House) -> None:
    begun(team)
    for typed in ("handover show ce-x", "handover confirm ce-x notes", "handover call-off ce-x"):
        assert "is between maria and office" in team.say(typed, as_="ben")


def test_it_can_be_called_off_and_the_account_stays(team: House) -> None:
    begun(team)
    assert "stays with maria" in team.say("handover call-off ce-x", as_="maria")
    assert account(team, "ce-x").owner == "maria"
    assert "called off" in team.say("handover list")
    assert "called off, so it stays" in team.say("handover confirm ce-x notes", as_="maria")


def test_a_coordinator_confirms_for_the_absent_side_after_fourteen_days(team: House) -> None:
    team.say("handover start ce-x ben", as_="maria")
    team.say("accept ce-x", as_="ben")
    team.say("handover confirm ce-x all", as_="ben")
    assert "14 days to answer" in team.say("handover confirm ce-x for=maria")
    assert "`handover confirm ce-x for=` and their name" in team.say("handover confirm ce-x all")
    team.later(days=13)
    assert "1 day to answer" in team.say("handover confirm ce-x for=maria")
    team.later(days=5)
    assert any("The handover of ce-x waits for maria" in letter for letter in team.letters("office"))
    assert "maria has not answered for 14 days" in team.press("Handover of ce-x")
    said = team.press("Confirm for maria")
    assert "office for maria, who did not answer: yes" in said
    assert account(team, "ce-x").owner == "ben"
    assert "ce-x has passed to ben" in said
    assert "Only a coordinator" in team.say("handover confirm ce-x for=maria", as_="ben")


def test_lost_access_stays_open_until_the_new_owner_confirms_it(team: House) -> None:
    team.say("handover start ce-x ben", as_="maria")
    team.say("accept ce-x", as_="ben")
    team.say("handover confirm ce-x all", as_="maria")
    team.later(days=15)
    said = team.say("handover confirm ce-x for=ben")
    assert "One thing stays open" in said
    assert team.find(Handover)[0].lost_access
    assert "has not confirmed yet that they can sign in" in team.say("account show ce-x", as_="ben")
    team.say("handover confirm ce-x access", as_="ben")
    assert not team.find(Handover)[0].lost_access
    assert "has not confirmed yet" not in team.say("account show ce-x", as_="ben")


def test_one_handover_at_a_time(team: House) -> None:
    begun(team)
    assert "on its way to office" in team.say("offer ce-x ben", as_="maria")
    assert "being handed over to office" in team.say("claim ce-x", as_="ben")
    assert "on its way" in team.say("drop ce-x", as_="maria")


def test_who_asked_for_it_need_not_be_asked_again(team: House) -> None:
    team.say("claim ce-x", as_="ben")
    assert "8 confirmations to go" in team.say("handover start ce-x ben", as_="maria")


def test_a_free_account_needs_no_handover(team: House) -> None:
    team.say("handover start pw-yt ben")
    team.say("accept pw-yt", as_="ben")
    assert account(team, "pw-yt").owner == "ben"
    assert not team.find(Handover)


def test_without_any_the_card_says_how_to_begin(team: House) -> None:
    assert "handover start" in team.say("handover", as_="ben")
    assert "handover start" in team.say("handover list", as_="ben")
    assert "not being handed over" in team.say("handover show ce-x", as_="maria")
