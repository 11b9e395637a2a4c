from typing import Any

import pytest
from msgspec.structs import replace

from bot.core.chat import Place, Request
from bot.core.router import ENGINE, Context
from bot.house import topics
from bot.topics.accounts.importing import apply, export_sheet, names_of_people
from bot.topics.accounts.intake import plan
from bot.topics.accounts.model import Account, Offer, Part
from bot.topics.accounts.options import all_accounts
from bot.topics.accounts.sheet import write_sheet
from bot.topics.team.model import Standing, Volunteer
from tests.house import House
from tests.topics.accounts.sample import TEXT


def take(house: House, text: str) -> Any:
    """Plan and apply a sheet, as the command line does."""

    def run(records: Any) -> Any:
        request = Request(ENGINE.person, Place("test:here"))
        context = Context(records, house.clock.time, ENGINE, request, house.chance, topics().after)
        return apply(context, plan(text, all_accounts(records), names_of_people(records)))

    return house.store.write("t", run).result()


def test_the_first_teams_sheet_fills_the_directory(house: House) -> None:
    assert len(take(house, TEXT).accounts) == 15
    accounts = {one.short: one for one in house.find(Account)}
    assert accounts["office-fb"].mirror_of == accounts["office-x"].id
    assert len({one.id for one in accounts.values()}) == 15


def test_names_become_invited_volunteers_who_are_asked(team: House) -> None:
    done = take(team, "name,network,short_name,owner,backup\nJobs,x,jobs-x,Nina,maria\n")
    assert [one.name for one in done.invited] == ["Nina"]
    nina = team.named("Nina")
    assert nina.standing is Standing.INVITED
    account = team.find(Account, short="jobs-x")[0]
    assert (account.owner, account.backup) == ("", "")
    assert {(one.part, one.to) for one in team.find(Offer)} == {(Part.OWNER, nina.id), (Part.BACKUP, "maria")}


def test_nothing_is_taken_of_a_sheet_with_an_error(team: House) -> None:
    with pytest.raises(ValueError, match="errors"):
        take(team, "name,network,owner\nJobs,x,Nina\nBad,myspace,\n")
    assert len(team.find(Account)) == 3
    assert not team.find(Volunteer, name="Nina")


def test_importing_the_export_changes_nothing(team: House) -> None:
    take(
        team,
        TEXT.replace("office-x", "main-x")
        .replace("@ALCTS,", "@ALCTS_Main,")
        .replace("pw-yt", "pw2-yt")
        .replace("ce-x", "ce2-x")
        .replace("@ALCTS_CE", "@ALCTS_CE2"),
    )
    sheet = team.read(export_sheet)
    before = team.find(Account)
    found = plan(sheet, before, team.read(names_of_people))
    assert not found.errors
    assert found.preview[0] == "18 accounts: 0 new, 0 changed, 18 as before."
    take(team, sheet)
    assert team.find(Account) == before
    assert team.read(export_sheet) == sheet


def test_an_export_taken_by_an_empty_team_is_exact_and_asks_its_owners(team: House) -> None:
    sheet = team.read(export_sheet)
    other = House()
    take(other, sheet)
    assert other.read(export_sheet) == sheet
    ours = [replace(one, id="", owner="", backup="") for one in team.find(Account)]
    theirs = [replace(one, id="") for one in other.find(Account)]
    assert sorted(ours, key=lambda one: one.short) == sorted(theirs, key=lambda one: one.short)
    assert len(other.find(Offer)) == 3
    other.close()


def test_who_has_been_asked_already_is_not_asked_anew(team: House) -> None:
    sheet = "name,network,short_name,owner,backup\nJobs,x,jobs-x,Nina,Oscar\n"
    take(team, sheet)
    before = team.find(Offer)
    team.later(days=1)
    take(team, sheet.replace("Oscar", "Maria"))
    after = team.find(Offer)
    assert [one for one in after if one.part is Part.OWNER] == [one for one in before if one.part is Part.OWNER]
    assert [one.to for one in after if one.part is Part.BACKUP] == ["maria"]


def test_a_changed_row_changes_its_account_alone(team: House) -> None:
    changed = [replace(one, note="New") if one.short == "ce-x" else one for one in team.find(Account)]
    take(team, write_sheet(changed, team.read(names_of_people)))
    assert {one.short: one.note for one in team.find(Account)} == {"ce-x": "New", "pw-yt": "", "office-x": ""}
    assert team.find(Account, short="ce-x")[0].owner == "maria"
