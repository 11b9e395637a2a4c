from datetime import timedelta

from bot.topics.accounts.changing import has_nobody
from bot.topics.accounts.model import Account, Status
from tests.engine_room import START
from tests.house import House

WEEK = timedelta(weeks=1)


def told_of_nobody(team: House) -> list[str]:
    return [letter for letter in team.letters("office") if "Nobody looks after" in letter]


def test_the_coordinator_hears_once_a_week_of_accounts_with_nobody(team: House) -> None:
    team.say("account status pw-yt quiet")
    team.until(START + 4 * WEEK)
    assert 2 <= len(told_of_nobody(team)) <= 4
    assert "pw-yt" in told_of_nobody(team)[0]
    assert not any("Nobody looks after" in letter for letter in team.letters("maria"))


def test_nothing_is_said_of_accounts_left_unowned_on_purpose_until_then(team: House) -> None:
    team.say("unowned pw-yt in 2 months")
    team.until(START + 6 * WEEK)
    assert not told_of_nobody(team)
    team.until(START + 12 * WEEK)
    assert told_of_nobody(team)


def test_it_stops_when_everything_has_an_owner(team: House) -> None:
    team.say("account status pw-yt quiet")
    team.say("claim pw-yt", as_="ben")
    assert not team.agenda("nobody")
    team.until(START + 3 * WEEK)
    assert not told_of_nobody(team)


def test_an_offer_of_late_counts_as_being_thought_about() -> None:
    free = Account("a", "a", "A", "x", status=Status.ACTIVE)
    assert has_nobody(free, START.date(), offered=False)
    assert not has_nobody(free, START.date(), offered=True)


def test_who_offers_hears_once_when_nobody_answers_for_two_weeks(team: House) -> None:
    team.say("offer pw-yt ben")
    team.later(days=20)
    said = [letter for letter in team.letters("office") if "ben has not answered about pw-yt yet" in letter]
    assert len(said) == 1


def test_several_unanswered_offers_to_one_person_are_told_in_one_line(team: House) -> None:
    team.put(Account("a4", "ce-yt", "CE", "youtube"))
    for short in ("pw-yt", "ce-yt"):
        team.say(f"offer {short} ben")
    team.later(days=20)
    said = [letter for letter in team.letters("office") if "ben has not answered about" in letter]
    assert len(said) == 1
    assert "about ce-yt, pw-yt yet" in said[0]


def test_a_wish_that_its_owner_does_not_answer_reaches_the_coordinator(team: House) -> None:
    team.say("claim ce-x", as_="ben")
    team.later(days=20)
    assert any("ben would like to look after ce-x" in letter for letter in team.letters("office"))


def test_the_welcome_says_your_accounts_their_logins_and_your_backup(team: House) -> None:
    team.say("access set ce-x the office password manager", as_="maria")
    said = team.say("welcome", as_="maria")
    assert "ce-x: ALCTS Continuing Education on X" in said
    assert "Login: kept in the office password manager. Your backup: ben." in said
    assert "You are the backup of: ce-x (maria)" in team.say("welcome", as_="ben")
    team.volunteer("nina")
    assert "You look after no account yet" in team.say("welcome", as_="nina")


def test_home_shows_what_waits_for_an_answer(team: House) -> None:
    team.say("offer pw-yt ben")
    said = team.say("home", as_="ben")
    assert "pw-yt (Preservation Week) is offered to you by office" in said
    assert "You are the backup of: ce-x (maria)" in said
    team.press("Accept pw-yt", as_="ben")
    assert team.find(Account, short="pw-yt")[0].owner == "ben"


def test_the_agenda_tells_what_falls_due_in_words(team: House) -> None:
    team.say("claim pw-yt", as_="ben")
    team.say("offer ce-x office", as_="maria")
    said = team.say("agenda")
    assert "a question whether pw-yt can still be signed in to" in said
    assert "a look at the offer of ce-x" in said
    assert "pw-yt" in team.say("agenda", as_="ben")
    assert "pw-yt" not in team.say("agenda", as_="maria")


def test_the_nightly_look_makes_missing_due_times_again(team: House) -> None:
    team.say("offer pw-yt ben")
    team.say("handover start ce-x office", as_="maria")
    team.say("accept ce-x")
    before = {(alarm, subject) for alarm, subject, _at in team.agenda()}

    def forget(records: object) -> None:
        for alarm, subject in before:
            if alarm in ("access", "offer", "handover", "nobody"):
                records.wake(alarm, subject, None)  # type: ignore[attr-defined]

    team.store.write("t", forget).result()
    team.store.write("t", lambda records: records.wake("sweep", "0", team.clock.time)).result()
    team.settle()
    after = {(alarm, subject) for alarm, subject, _at in team.agenda()}
    wanted = {(alarm, subject) for alarm, subject in before if alarm in ("access", "offer", "handover", "nobody")}
    assert wanted <= after
    assert ("access", "a1") in after


def test_home_counts_the_accounts_that_one_backs_past_the_tenth(team: House) -> None:
    for number in range(14):
        team.put(Account(f"b{number}", f"b{number:02}-x", "Backed", "x", owner="maria", backup="olga"))
    said = team.say("home", as_="olga")
    assert "b09-x (maria), and 4 more: type `accounts mine`" in said
    assert "b10-x" not in said
