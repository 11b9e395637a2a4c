import pytest

from bot.core.chat import Form
from bot.topics.accounts.model import Access, Handover
from tests.house import House

SECRETS = (
    "password: hunter22",
    "the pw is Tr0ub4dor&3",
    "codes 1234 5678 9012 3456",
    "otpauth://totp/x?secret=ABCDEFGH",
)


def test_the_record_says_who_where_and_whom(team: House) -> None:
    team.say("access set ce-x the office password manager", as_="maria")
    team.say('access set ce-x people="me, ben, Mr Smith" second_factor="the office phone"', as_="maria")
    team.say('access set ce-x recovery="the office mailbox"', as_="ben")
    team.say("access confirm ce-x", as_="maria")
    said = team.say("access show ce-x")
    assert "Can sign in: maria, ben, Mr Smith" in said
    assert "Login kept in: the office password manager" in said
    assert "Second factor reaches: the office phone" in said
    assert "Recovery reaches: the office mailbox" in said
    assert "Last confirmed to work by: maria, Mon 23 Nov 2026, 09:00" in said
    record = team.get(Access, "a1")
    assert (record.people, record.others) == (("maria", "ben"), ("Mr Smith",))


def test_it_is_seen_by_owner_backup_and_coordinator_only(team: House) -> None:
    for who in ("maria", "ben", "office"):
        assert "Login kept in" in team.say("access show ce-x", as_=who)
    team.volunteer("nina")
    assert "is for its owner (maria)" in team.say("access show ce-x", as_="nina")
    assert "is for its owner (maria)" in team.say("access show ce-x", as_="olga")
    assert "is for its owner" in team.say("access set ce-x somewhere", as_="nina")
    assert "Login" not in team.say("access show ce-x", as_="stranger")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_refused_without_being_echoed_or_stored(team: House, secret: str) -> None:
    for typed in (f"access set ce-x {secret}", f"account edit ce-x note {secret}"):
        said = team.say(typed, as_="maria")
        assert "kept none of it" in said
        assert not any(word in said for word in secret.split() if len(word) > 5 and word.lower() != "password:")
    assert not team.find(Access)


def test_without_words_a_form_asks_with_what_is_noted(team: House) -> None:
    team.say("access set ce-x the office password manager", as_="maria")
    form = team.ask("access set ce-x", as_="maria")
    assert isinstance(form, Form)
    assert form.fields[0].value == "the office password manager"
    said = team.text(team.submit(form, as_="maria", kept_in="the safe", people="ben"))
    assert "the safe" in said
    assert "ben" in said


def test_what_is_noted_can_be_emptied(team: House) -> None:
    team.say("access set ce-x the office password manager", as_="maria")
    team.say("access set ce-x none", as_="maria")
    assert team.get(Access, "a1").kept_in == ""


def test_half_a_year_after_the_last_word_the_owner_is_asked_gently(team: House) -> None:
    team.say("access confirm ce-x", as_="maria")
    team.until(team.clock.time.replace(year=2027, month=5, day=1))
    assert not any("Can you still sign in to ce-x" in letter for letter in team.letters("maria"))
    team.until(team.clock.time.replace(month=6, day=15))
    assert any("Can you still sign in to ce-x" in letter for letter in team.letters("maria"))
    team.say("access confirm ce-x", as_="maria")
    assert next(at for _alarm, subject, at in team.agenda("access") if subject == "a1").month == 12


def test_a_new_owner_is_asked_after_a_month(team: House) -> None:
    team.say("claim pw-yt", as_="ben")
    team.later(days=36)
    assert any("Can you still sign in to pw-yt" in letter for letter in team.letters("ben"))


def test_signing_in_closes_what_a_handover_had_left_open(team: House) -> None:
    team.say("handover start ce-x ben", as_="maria")
    team.say("accept ce-x", as_="ben")
    team.say("handover confirm ce-x all", as_="maria")
    team.later(days=15)
    team.say("handover confirm ce-x for=ben")
    assert team.find(Handover)[0].lost_access
    team.say("access confirm ce-x", as_="ben")
    assert not team.find(Handover)[0].lost_access


def test_the_record_is_gone_from_sight_for_who_hands_the_account_on(team: House) -> None:
    team.say("drop ce-x sure=yes", as_="maria")
    assert "is for its owner" in team.say("access show ce-x", as_="maria")


def test_an_options_name_may_be_typed_with_a_dash(team: House) -> None:
    said = team.say('access set ce-x the vault second-factor="the office phone"', as_="maria")
    assert "Login kept in: the vault\n" in said
    assert "Second factor reaches: the office phone" in said


@pytest.mark.parametrize("word", ["hunter2", "Summer2026", "s3cr3tw0rd"])
def test_one_bare_word_of_letters_and_digits_is_no_place(team: House, word: str) -> None:
    form = team.ask("access set ce-x", as_="maria")
    for option in ("kept_in", "second_factor", "recovery", "people"):
        typed = team.ask(f"access set ce-x {option}={word}", as_="maria")
        for reply in (typed, team.submit(form, as_="maria", **{option: word})):
            assert "the name of a place" in team.text(reply)
            assert word not in repr(reply)
    assert not team.find(Access)


@pytest.mark.parametrize(
    "place", ["1Password", "the safe in room 12", "Bitwarden", "office2@ala.org", "https://vault.ala.org/team2"]
)
def test_places_that_hold_digits_are_places(team: House, place: str) -> None:
    assert f"Login kept in: {place}" in team.say(f"access set ce-x {place}", as_="maria")
