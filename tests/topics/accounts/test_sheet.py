import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.words import clean, line, looks_secret
from bot.topics.accounts.intake import plan
from bot.topics.accounts.keys import plain
from bot.topics.accounts.model import Account, Days, MirrorKind, Status
from bot.topics.accounts.networks import NETWORKS
from bot.topics.accounts.sheet import COLUMNS, decode, read_cell, template, write_cell, write_sheet
from tests.topics.accounts.plans import HEADER, faults, planned
from tests.topics.accounts.sample import TEXT, accounts


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


@pytest.mark.parametrize(
    "column", ["Password", "PW", "login_password", "Passwort", "2FA code", "recovery codes", "api key"]
)
def test_a_password_column_is_refused_with_the_advice_to_delete_the_file(column: str) -> None:
    said = faults(f"name,network,{column}\nJobs,x,hunter2\n")
    assert len(said) == 1
    assert "delete this file" in said[0]
    assert "hunter2" not in said[0]


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
