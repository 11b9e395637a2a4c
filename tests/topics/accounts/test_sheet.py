import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.words import clean, line, looks_secret
from bot.topics.accounts.intake import Plan, plan
from bot.topics.accounts.keys import plain
from bot.topics.accounts.model import Account, Days, MirrorKind, Part, Status
from bot.topics.accounts.networks import NETWORKS
from bot.topics.accounts.sheet import COLUMNS, decode, read_cell, template, write_cell, write_sheet
from tests.topics.accounts.sample import TEXT, accounts

HEADER = "name,short_name,network,handle,owner,backup\n"


def faults(text: str, *existing: Account) -> list[str]:
    return [fault.words for fault in plan(text, existing).errors]


def planned(text: str, *existing: Account, people: dict[str, str] | None = None) -> Plan:
    found = plan(text, existing, people)
    assert not found.errors, [fault.words for fault in found.errors]
    return found


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


def test_exporting_the_first_team_gives_its_sheet_again() -> None:
    written = write_sheet([replace(one, id=one.short) for one in accounts()], {})
    original = list(csv.DictReader(io.StringIO(TEXT)))
    ours = list(csv.DictReader(io.StringIO(written)))
    assert [{name: read_cell(cell) for name, cell in row.items()} for row in ours] == original


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_commas_semicolons_and_tabs_are_told_apart(delimiter: str, start: str) -> None:
    text = start + delimiter.join(["name", "network", "handle"]) + "\r\n" + delimiter.join(["Jobs", "x", "@jobs"])
    assert planned(text).accounts[0].handle == "@jobs"


def test_excels_own_first_line_names_the_delimiter() -> None:
    found = plan("sep=;\nname;network\nJobs;myspace\n", ())
    assert found.errors[0].row == 3


def test_twitter_means_x_and_websites_are_networks() -> None:
    text = "name,network\nA,Twitter\nB,Website\nC,other\nD,YouTube\n"
    assert [one.network for one in planned(text).accounts] == ["x", "website", "other", "youtube"]


@pytest.mark.parametrize(
    "column", ["Password", "PW", "login_password", "Passwort", "2FA code", "recovery codes", "api key"]
)
def test_a_password_column_is_refused_with_the_advice_to_delete_the_file(column: str) -> None:
    said = faults(f"name,network,{column}\nJobs,x,hunter2\n")
    assert len(said) == 1
    assert "delete this file" in said[0]
    assert "hunter2" not in said[0]


def test_a_password_in_any_cell_is_refused_without_being_repeated() -> None:
    said = faults("name,network,note\nJobs,x,the password is Tr0ub4dor&3\n")
    assert said == [said[0]]
    assert said[0].startswith("Row 2, note")
    assert "delete this file" in said[0]
    assert "Tr0ub4dor" not in said[0]


def test_every_error_names_its_row_and_column_and_nothing_is_taken() -> None:
    found = plan(
        "name,short_name,network,followers,status,mirror_of,colour\n",
        (),
    )
    assert [fault.words.split(":")[0] for fault in found.errors] == ["Row 1, colour"]
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


def test_a_row_with_too_many_cells_says_why() -> None:
    assert "quotation marks" in faults("name,network\nJobs,x,more\n")[0]


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_an_empty_file_says_what_belongs_in_it(text: str) -> None:
    assert "short_name" in faults(text)[0]


def test_a_header_without_rows_is_no_sheet() -> None:
    assert "no account" in faults(HEADER)[0]


def test_needed_columns_are_asked_for() -> None:
    assert "network" in faults("name,handle\nJobs,@jobs\n")[0]


def test_an_open_quotation_mark_is_told_plainly() -> None:
    assert "quotation mark" in faults('name,network\n"Jobs,x\n')[0]


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


@pytest.mark.parametrize(
    "cell",
    [
        "<script>alert(1)</script>",
        "*bold* <@U1> @everyone",
        "Robert'); DROP TABLE account;--",
        "👩‍👩‍👧 é ñ 中文",
        "=1+1",
    ],
)
def test_markup_sql_emoji_and_formulas_are_literal_text(cell: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["name", "network", "note"], ["Jobs", "x", write_cell(cell)]])
    assert planned(out.getvalue()).accounts[0].note == cell


def test_control_signs_and_huge_cells_are_errors_in_their_place() -> None:
    assert faults("name,network,note\nJobs,x,a\x07b\n")[0].startswith("Row 2, note")
    assert faults(f"name,network,note\nJobs,x,{'a' * 100_000}\n")[0].startswith("Row 2, note")
    assert faults(f"name,network\n{'a ' * 50_000},x\n")[0].startswith("Row 2, name")
    assert faults("x" * 3_000_000)


def test_files_that_are_no_unicode_csv_are_told_what_to_do() -> None:
    assert decode("é".encode("utf-8-sig")) == "é"
    assert decode("é".encode("utf-16")) == "é"
    for data in ("é".encode("latin-1"), b"PK\x03\x04zip"):
        with pytest.raises(ValueError, match="CSV UTF-8"):
            decode(data)


def test_the_template_explains_every_column_and_is_an_empty_sheet() -> None:
    rows = list(csv.reader(io.StringIO(template())))
    assert rows[0] == list(COLUMNS)
    assert len(rows) == 2
    assert all(cell for cell in rows[1])
    assert "no account" in faults(template())[0]
    filled = template() + "Jobs,,,twitter,,,,,,,,,,\n"
    assert planned(filled).accounts[0].short == "jobs-x"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "'"])
def test_a_formulas_sign_is_guarded_and_exactly_one_apostrophe_is_taken_away(sign: str) -> None:
    assert write_cell(sign + "x") == "'" + sign + "x"
    assert read_cell("'" + sign + "x") == sign + "x"
    assert read_cell("''" + sign + "x") == "'" + sign + "x"


@given(st.text(max_size=30))
def test_any_cell_comes_back_as_it_was(text: str) -> None:
    assert read_cell(write_cell(text)) == text
    assert not write_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=30).map(line)
LISTS = st.lists(WORDS.map(lambda text: line(text.replace(";", ","))).filter(bool), max_size=4, unique=True).map(tuple)
NOTES = st.text(st.characters(exclude_categories=["Cs", "Cf"], exclude_characters="\x85"), max_size=60).map(clean)
NUMBERS = st.none() | st.integers(0, 10**9)


@st.composite
def directories(draw: st.DrawFn) -> list[Account]:
    found: list[Account] = []
    for at in range(draw(st.integers(1, 5))):
        every = draw(st.none() | st.integers(0, 365))
        mirror = draw(st.sampled_from(["", *(one.id for one in found)]))
        handle = draw(st.just("") | st.text("abcXYZ_09", min_size=3, max_size=8).map(lambda name: f"@{name}"))
        if not plain(handle).strip("_") or any(plain(one.handle) == plain(handle) for one in found):
            handle = ""
        found.append(
            Account(
                id=f"id{at}",
                short=f"s{at}-{draw(st.text('abc09', min_size=1, max_size=6))}",
                name=draw(WORDS.filter(lambda name: any(sign.isalnum() for sign in name))),
                network=draw(st.sampled_from([*NETWORKS])),
                handle=handle,
                url=draw(st.sampled_from(["", "https://x.com/a?b=c", "http://example.org/ü"])),
                aliases=draw(LISTS),
                past_handles=draw(LISTS),
                past_shorts=(f"p{at}",) if draw(st.booleans()) else (),
                purpose=draw(NOTES),
                audience=draw(NOTES),
                themes=draw(LISTS),
                status=draw(st.sampled_from(Status)),
                mirror_of=mirror,
                mirror_kind=draw(st.sampled_from(MirrorKind)) if mirror else None,
                every=every,
                per_week=draw(st.none() | st.integers(1, 50)) if every is None else None,
                days=draw(st.sampled_from(Days)),
                cap_day=draw(st.none() | st.integers(1, 50)),
                cap_week=draw(st.none() | st.integers(1, 50)),
                followers=draw(NUMBERS),
                note=draw(NOTES),
                unowned_until=draw(st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))),
            )
        )
    return found


@settings(max_examples=60, deadline=None)
@given(directories())
def test_export_and_import_are_exact(accounts_: list[Account]) -> None:
    written = write_sheet(accounts_, {})
    found = plan(written, ())
    if any(looks_secret(text) for one in accounts_ for text in _texts(one)):
        assert found.errors
        return
    assert not found.errors, [fault.words for fault in found.errors]
    shorts = {one.id: one.short for one in accounts_}
    assert [*found.accounts] == [replace(one, id="", mirror_of=shorts.get(one.mirror_of, "")) for one in accounts_]
    again = [replace(one, id=one.short) for one in found.accounts]
    assert write_sheet(again, {}) == written


def _texts(one: Account) -> list[str]:
    joined = ("; ".join(many) for many in (one.aliases, one.past_handles, one.themes))
    return [one.name, one.note, one.purpose, one.audience, one.handle, one.url, *joined]


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
