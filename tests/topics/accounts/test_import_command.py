import pytest
from msgspec.structs import replace

from bot.core.chat import Button, Card, Form, Kind
from bot.core.plain import controls_of
from bot.core.words import COMMAND_LIMIT, FILE_LIMIT
from bot.topics.accounts.model import Account, Offer, Part, Sheet
from bot.topics.team.model import Standing, TeamRole
from tests.house import House

JOBS = "name,network,short_name,owner\nJobs,x,jobs-x,Nina\n"
BOTH = "name,network,short_name,owner\nJobs,x,jobs-x,Nina\nContinuing Education,x,ce-x,\n"


def send(house: House, text: str, as_: str = "office") -> str:
    """What a coordinator who sends this file in is shown."""
    return house.text(house.ask(command="account import", as_=as_, file=text))


def button(house: House, as_: str = "office") -> Button:
    """The button that imports the sheet that was shown last."""
    found = [one for one in controls_of(house.last[as_]) if isinstance(one, Button)]
    return next(one for one in found if one.command == "account bring-in")


def test_a_sheet_is_shown_first_and_imported_when_the_coordinator_says_so(team: House) -> None:
    shown = send(team, BOTH)
    assert "2 accounts: 1 new, 1 changed, 0 as before. Nothing is imported yet." in shown
    assert "Changed: ce-x (name, aliases)." in shown
    assert "New: jobs-x: Jobs on X." in shown
    assert "Nina is asked about jobs-x." in shown
    assert not team.find(Account, short="jobs-x")
    assert "2 accounts imported. New in the team, and invited: Nina." in team.press("Import 2 accounts")
    assert team.find(Account, short="ce-x")[0].name == "Continuing Education"
    assert team.find(Sheet) == []


def test_who_is_named_is_invited_and_asked_and_can_be_matched(team: House) -> None:
    send(team, JOBS)
    team.press("Import 1 account")
    nina = team.named("Nina")
    account = team.find(Account, short="jobs-x")[0]
    assert (nina.standing, account.owner) == (Standing.INVITED, "")
    assert [(one.account, one.part) for one in team.find(Offer, to=nina.id)] == [(account.id, Part.OWNER)]
    assert "Nina" in team.press("Match invited names")


@pytest.mark.parametrize(
    "typed", ["account import " + JOBS, "/account import\n" + JOBS, 'account import "name",network\n"Jobs, x",x\n']
)
def test_what_is_in_a_file_may_be_pasted_with_its_lines_and_quotes(team: House, typed: str) -> None:
    team.say(typed)
    team.press("Import 1 account")
    assert len(team.find(Account)) == 4


def test_a_longer_file_than_can_be_typed_is_taken(team: House) -> None:
    rows = [f"An account with a long name number {number},website,site{number}" for number in range(500)]
    text = "name,network,short_name\n" + "\n".join(rows)
    assert len(text) > COMMAND_LIMIT
    assert "500 accounts: 500 new" in send(team, text)
    assert "11–20 of 501" in team.press("Next lines")
    team.press("Import 500 accounts")
    assert len(team.find(Account)) == 503


def test_a_file_past_the_limit_is_refused_and_typed_text_keeps_its_own(team: House) -> None:
    assert "256 KB" in send(team, "x" * (FILE_LIMIT + 1))
    assert "8,000 characters" in team.say("account import name,network\n" + "x" * COMMAND_LIMIT)
    assert "8,000 characters" in team.text(team.ask(command="account add", network="x", name="x" * COMMAND_LIMIT))


def test_every_mistake_is_named_by_row_and_column_and_nothing_is_imported(team: House) -> None:
    rows = "\n".join(f"Site {number},myspace" for number in range(12))
    shown = send(team, f"name,network\nJobs,x\n{rows}\n")
    assert "Nothing was imported" in shown
    assert "Row 3, network: I don't know the network “myspace”" in shown
    assert "1–10 of 12" in shown
    assert "Row 14, network" in team.press("Next mistakes")
    assert len(team.find(Account)) == 3
    assert [one.text for one in team.find(Sheet)] == [""]
    refused = team.text(team.ask(command="account bring-in", sheet=team.find(Sheet)[0].id))
    assert "needs a few changes first" in refused


@pytest.mark.parametrize(
    "text",
    [
        "name,network,password\nJobs,x,hunter2secret\n",
        "name,network,note\nJobs,x,the password is hunter2secret!\n",
        "name,network,note\nJobs,myspace,pw: hunter2secret\n",
    ],
)
def test_of_a_sheet_with_passwords_nothing_is_kept_or_repeated(team: House, text: str) -> None:
    shown = send(team, text)
    assert "delete this file" in shown
    assert "hunter2" not in shown
    assert "myspace" not in shown
    assert team.find(Sheet) == []
    assert team.agenda("sheet") == []


def test_honest_words_and_numbers_are_no_secrets_though_they_look_so_side_by_side(team: House) -> None:
    text = "name,network,note\nCodes,website,where the pin\nis,blog,4711 numbers\n"
    assert "2 new" in send(team, text)


def test_a_password_that_is_typed_in_the_place_of_a_file_is_refused_unrepeated(team: House) -> None:
    assert "hunter2" not in team.say("account import password=hunter2")


def test_a_sheet_that_says_what_is_there_needs_no_yes(team: House) -> None:
    send(team, JOBS)
    team.press("Import")
    assert "in the directory already" in send(team, JOBS)
    assert team.find(Sheet) == []


def test_a_sheet_that_only_names_owners_asks_them(team: House) -> None:
    send(team, "name,network,short_name,owner\nPreservation Week,youtube,pw-yt,ben\n")
    team.press("Ask those who are named")
    assert [one.to for one in team.find(Offer)] == ["ben"]


def test_a_stale_preview_imports_nothing_and_shows_what_would_happen_now(team: House) -> None:
    send(team, BOTH)
    old = button(team)
    team.put(replace(team.get(Account, "a1"), followers=7))
    shown = team.text(team.do("office", "", old.command, old.values))
    assert "has changed since you looked, so nothing was imported" in shown
    assert not team.find(Account, short="jobs-x")
    team.press("Import 2 accounts")
    assert team.get(Account, "a1").followers == 7
    assert "not waiting any more" in team.text(team.do("office", "", old.command, old.values))


def test_a_preview_that_can_no_longer_be_taken_names_what_is_wrong(team: House) -> None:
    send(team, "name,network,short_name,handle\nJobs,x,jobs-x,@jobs\n")
    team.put(Account("a9", "other-x", "Other", "x", "@jobs"))
    assert "Row 2, handle: this is other-x's handle already." in team.press("Import 1 account")
    assert not team.find(Account, short="jobs-x")


def test_changes_elsewhere_in_the_directory_leave_a_preview_as_it_is(team: House) -> None:
    send(team, JOBS)
    team.put(replace(team.get(Account, "a3"), followers=7))
    assert "1 account imported" in team.press("Import 1 account")


def test_two_coordinators_do_not_import_the_same_accounts_twice(team: House) -> None:
    team.volunteer("carla", TeamRole.COORDINATOR)
    send(team, JOBS)
    send(team, JOBS, "carla")
    team.press("Import 1 account")
    shown = team.press("Import 1 account", "carla")
    assert "has changed since you looked, so nothing was imported. Everything in this sheet is in" in shown
    assert len(team.find(Account, short="jobs-x")) == 1
    assert len(team.find(Offer)) == 1


def test_pressing_twice_imports_once(team: House) -> None:
    send(team, JOBS)
    card = team.last["office"]
    assert isinstance(card, Card)
    team.press("Import 1 account")
    assert "not waiting any more" in team.press("Import 1 account", card=card)


def test_a_newer_sheet_takes_the_place_of_the_one_before(team: House) -> None:
    send(team, JOBS)
    old = button(team)
    send(team, BOTH)
    assert "replaced by a newer one" in team.text(team.do("office", "", old.command, old.values))
    assert len(team.find(Sheet)) == len(team.agenda("sheet")) == 1


def test_a_sheet_is_forgotten_after_a_day(team: House) -> None:
    send(team, JOBS)
    card = team.last["office"]
    assert isinstance(card, Card)
    assert "a sheet of accounts that was not imported is forgotten" in team.say("agenda")
    team.later(hours=25)
    assert team.find(Sheet) == []
    assert "older than a day" in team.press("Import 1 account", card=card)


@pytest.mark.parametrize("command", ["account import", "account bring-in", "account preview"])
def test_only_coordinators_may(team: House, command: str) -> None:
    send(team, JOBS)
    values = {"file": JOBS} if command == "account import" else {"sheet": team.find(Sheet)[0].id}
    assert "Only a coordinator" in team.text(team.do("maria", "", command, values))
    assert not team.find(Account, short="jobs-x")


def test_without_a_file_it_asks_for_one(team: House) -> None:
    form = team.ask("account import")
    assert isinstance(form, Form)
    assert [one.kind for one in form.fields] == [Kind.FILE]
    assert "Import 1 account" in team.text(team.submit(form, file=JOBS))


def test_a_files_name_is_not_what_is_in_it(team: House) -> None:
    form = team.ask("account import accounts.csv")
    assert isinstance(form, Form)
    assert form.fields[0].value == "accounts.csv"
    again = team.submit(form, file="accounts.csv")
    assert isinstance(again, Form)
    assert again.fields[0].error.startswith("That is one line only.")


@pytest.mark.parametrize("text", ["\n\n", ",,,\n,,\n", "name,network\n", "\ufeff", '"', "a\x00b,c\n", "name\nx\n" * 9])
def test_odd_files_are_answered_kindly(team: House, text: str) -> None:
    assert "went wrong" not in send(team, text)
    assert len(team.find(Account)) == 3
