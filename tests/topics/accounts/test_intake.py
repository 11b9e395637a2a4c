from msgspec.structs import replace

from bot.topics.accounts.intake import plan
from bot.topics.accounts.model import Account, MirrorKind, Part, Status
from tests.topics.accounts.plans import HEADER, faults, planned
from tests.topics.accounts.sample import TEXT


def test_the_first_teams_sheet_is_taken_as_it_is() -> None:
    found = planned(TEXT)
    assert len(found.accounts) == 15
    assert found.preview[0] == "15 accounts: 15 new, 0 changed, 0 as before."
    by_short = {one.short: one for one in found.accounts}
    office = by_short["office-fb"]
    assert (office.mirror_of, office.mirror_kind) == ("office-x", MirrorKind.IDENTICAL)
    assert by_short["office-x"].themes == ("jobs", "announcements", "special promotions")
    assert by_short["pw-yt"].followers == 0
    assert by_short["nmig-x"].every == 2
    assert by_short["nmig-li"].aliases == ("ANMIG",)
    assert by_short["crg-x"].status is Status.UNKNOWN


def test_twitter_means_x_and_websites_are_networks() -> None:
    text = "name,network\nA,Twitter\nB,Website\nC,other\nD,YouTube\n"
    assert [one.network for one in planned(text).accounts] == ["x", "website", "other", "youtube"]


def test_a_password_in_any_cell_is_refused_without_being_repeated() -> None:
    said = faults("name,network,note\nJobs,x,the password is Tr0ub4dor&3\n")
    assert said == [said[0]]
    assert said[0].startswith("Row 2, note")
    assert "delete this file" in said[0]
    assert "Tr0ub4dor" not in said[0]


def test_every_error_names_its_row_and_column_and_nothing_is_taken() -> None:
    text = (
        "name,short_name,network,followers,status,mirror_of\n"
        "Good,good-x,x,12,active,\n"
        ",,x,,,\n"
        "Bad,bad x!,myspace,many,lively,\n"
    )
    found = plan(text, ())
    where = [(fault.row, fault.column) for fault in found.errors]
    assert where == [(3, "name"), (4, "followers"), (4, "network"), (4, "short_name"), (4, "status")]
    assert not found.accounts
    assert not found.preview


def test_a_column_that_is_not_known_is_named() -> None:
    said = faults("name,short_name,network,followers,status,mirror_of,colour\n")
    assert [words.split(":")[0] for words in said] == ["Row 1, colour"]


def test_duplicates_are_found_in_the_sheet_and_in_the_team() -> None:
    text = HEADER + "A,one,x,@same,,\nB,two,x,@SAME,,\nC,one,facebook,,,\n"
    assert {(fault.row, fault.column) for fault in plan(text, ()).errors} == {(3, "handle"), (4, "short_name")}
    known = Account("1", "old", "Old", "x", "@same")
    assert plan(HEADER + "A,new,x,@same,,\n", (known,)).errors[0].column == "handle"
    assert len(faults("name,network\nA,x\nA,x\n")) == 1


def test_short_names_are_made_unique_and_never_reused() -> None:
    known = Account("1", "other", "Other", "x", past_shorts=("jobs-x",))
    found = planned("name,network\nJobs,x\nThe Jobs,x\nA Very Long Name Of Something,facebook\n", known)
    assert [one.short for one in found.accounts] == ["jobs2-x", "jobs3-x", "vlns-fb"]
    assert "what is now other" in faults("name,short_name,network\nJobs,jobs-x,x\n", known)[0]


def test_mirrors_go_by_short_name_and_never_in_circles() -> None:
    columns = "name,short_name,network,mirror_of,mirror_kind\n"
    found = planned(columns + "A,a1,x,,\nB,b1,facebook,a1,\n")
    assert (found.accounts[1].mirror_of, found.accounts[1].mirror_kind) == ("a1", MirrorKind.REWORDED)
    assert "no account" in faults(columns + "A,a1,x,zz,identical\n")[0]
    assert len(faults(columns + "A,a1,x,b1,\nB,b1,facebook,a1,\n")) == 2
    assert faults(columns + "A,a1,x,,identical\n")


def test_people_become_offers_and_are_never_owners_at_once() -> None:
    found = planned(HEADER + "A,a1,x,,Maria,Ben\nB,b1,x,,maria,\n")
    assert found.names == ("Maria", "Ben")
    assert {(one.short, one.part, one.name) for one in found.offers} == {
        ("a1", Part.OWNER, "Maria"),
        ("a1", Part.BACKUP, "Ben"),
        ("b1", Part.OWNER, "maria"),
    }
    assert all(not one.owner and not one.backup for one in found.accounts)
    assert "Maria is asked about a1, b1." in found.preview
    assert "somebody else" in faults(HEADER + "A,a1,x,,Maria,MARIA\n")[0]


def test_a_second_import_changes_what_it_names_and_leaves_the_rest() -> None:
    known = Account("1", "ce-x", "CE", "x", "@ce", purpose="courses", owner="v1", followers=5)
    found = planned("name,short_name,network,followers,owner\nCE,ce-x,x,9,Maria\n", known, people={"v1": "Maria"})
    assert found.accounts == (replace(known, followers=9),)
    assert found.offers == ()
    assert found.preview[0] == "1 account: 0 new, 1 changed, 0 as before."
    by_handle = planned("name,network,handle\nCE,x,@CE\n", known)
    assert by_handle.accounts[0].id == "1"


def test_a_new_name_or_handle_in_a_sheet_keeps_the_old_one() -> None:
    known = Account("1", "ce-x", "CE", "x", "@ce")
    account = planned("name,short_name,network,handle\nLearning,ce-x,x,@learn\n", known).accounts[0]
    assert account.aliases == ("CE",)
    assert account.past_handles == ("@ce",)


def test_control_signs_and_huge_cells_are_errors_in_their_place() -> None:
    assert faults("name,network,note\nJobs,x,a\x07b\n")[0].startswith("Row 2, note")
    assert faults(f"name,network,note\nJobs,x,{'a' * 100_000}\n")[0].startswith("Row 2, note")
    assert faults(f"name,network\n{'a ' * 50_000},x\n")[0].startswith("Row 2, name")


def test_a_huge_file_is_refused_as_a_whole() -> None:
    (said,) = faults("x" * 3_000_000)
    assert said.startswith("This is a very large file (3,000,000 signs).")


def test_what_is_wrong_between_rows_is_told_together_with_what_is_wrong_in_cells() -> None:
    sheet = (
        "name,short_name,network,handle,mirror_of,followers,status,merged_into\n"
        "One,one-x,x,@one,,many,,\n"
        "Two,one-x,x,@two,two-x,,,\n"
        "Three,three-x,myspace,@three,,,,\n"
        "Four,four-x,x,@two,three-x,,somehow,gone-x\n"
    )
    faults = [(fault.row, fault.column) for fault in plan(sheet, ()).errors]
    assert (2, "followers") in faults
    assert (4, "network") in faults
    assert (5, "status") in faults
    assert (3, "short_name") in faults  # as in row 2
    assert (5, "handle") in faults  # as in row 3
    assert (5, "mirror_of") not in faults  # row 4 is that account, once it is put right
    assert (5, "merged_into") not in faults


def test_an_account_that_repeats_itself_is_told_beside_a_wrong_cell() -> None:
    sheet = "name,short_name,network,mirror_of,followers\nOne,one-x,x,one-x,many\n"
    assert [fault.column for fault in plan(sheet, ()).errors] == ["followers", "mirror_of"]
