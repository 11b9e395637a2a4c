import pytest
from msgspec.structs import replace

from bot.topics.accounts.lists import only_one_person
from bot.topics.accounts.model import Access, Account
from tests.house import House
from tests.topics.accounts.sample import accounts


@pytest.fixture
def full(team: House) -> House:
    team.put(*(replace(one, short=f"s-{one.short}", id=f"s-{one.short}", mirror_of="") for one in accounts()))
    return team


def shorts(said: str) -> list[str]:
    return [line.split()[1] for line in said.splitlines() if line.strip().startswith("[Show ")]


def test_lists_go_by_pages_of_ten(full: House) -> None:
    assert "1–10 of 18" in full.say("accounts", as_="olga")
    assert "11–18 of 18" in full.press("Next", as_="olga")
    assert "11–18 of 18" in full.say("accounts 2", as_="olga")
    assert "1–10 of 18" in full.press("Previous", as_="olga")


@pytest.mark.parametrize(
    ("typed", "there", "missing"),
    [
        ("accounts mine", "ce-x:", "office-x"),
        ("accounts nobody", "pw-yt:", "ce-x:"),
        ("accounts free", "pw-yt:", "ce-x:"),
        ("accounts one person only", "office-x:", "ce-x:"),
        ("accounts no backup", "office-x:", "ce-x:"),
        ("accounts x", "ce-x:", "pw-yt:"),
        ("accounts twitter", "ce-x:", "pw-yt:"),
        ("accounts on youtube", "pw-yt:", "ce-x:"),
        ("accounts active", "ce-x:", "pw-yt:"),
        ("accounts unknown", "pw-yt:", "ce-x:"),
        ("accounts maria", "ce-x:", "pw-yt:"),
        ("accounts office", "office-x:", "ce-x:"),
        ("accounts by maria", "ce-x:", "office-x:"),
    ],
)
def test_lists_by_owner_network_status_nobody_and_one_person(team: House, typed: str, there: str, missing: str) -> None:
    said = team.say(typed, as_="ben" if "mine" in typed else "olga")
    assert f" {there}" in said
    assert f" {missing}" not in said


def test_lists_in_the_order_of_owner_network_or_status(team: House) -> None:
    assert team.say("accounts by owner").index("maria: ce-x") < team.say("accounts by owner").index("nobody: pw-yt")
    assert "YouTube: pw-yt" in team.say("accounts by network")
    assert "active: ce-x" in team.say("accounts by status")


def test_offered_handed_over_and_retired_ones_have_lists(team: House) -> None:
    assert "No offer is open" in team.say("accounts offered")
    team.say("offer pw-yt ben")
    assert "pw-yt:" in team.say("accounts offered")
    team.say("account retire pw-yt")
    assert "pw-yt" in team.say("accounts retired")
    assert "pw-yt:" not in team.say("accounts")
    team.say("handover start ce-x office", as_="maria")
    team.say("accept ce-x")
    assert "ce-x" in team.say("accounts handover")


def test_an_empty_list_says_what_to_do_next(team: House) -> None:
    team.volunteer("nina")
    assert "accounts nobody" in team.say("accounts mine", as_="nina")


def test_an_unknown_filter_gets_choices(team: House) -> None:
    said = team.say("accounts purple")
    assert "I don't know accounts by “purple”" in said
    assert "mine" in said


def test_lists_are_for_the_team(team: House) -> None:
    assert "volunteers" in team.say("accounts", as_="stranger")


def test_one_person_only_goes_by_the_record_where_it_says_who() -> None:
    account = Account("a", "a", "A", "x", owner="v1", backup="v2")
    assert not only_one_person(account, None)
    assert only_one_person(account, Access("a", people=("v1",)))
    assert not only_one_person(account, Access("a", people=("v1",), others=("Mr Smith",)))
    assert only_one_person(replace(account, backup=""), Access("a"))
    assert not only_one_person(Account("b", "b", "B", "x"), None)


def test_a_page_may_be_said_in_words(team: House) -> None:
    assert team.say("accounts page 1") == team.say("accounts")
    assert team.say("accounts nobody page 1") == team.say("accounts nobody")


def test_from_no_offers_a_button_leads_to_what_is_free(team: House) -> None:
    team.say("offers", as_="ben")
    assert team.press("See accounts with nobody", as_="ben").startswith("Accounts with nobody")
