import errno
import io
import json
from pathlib import Path

import pytest

from bot.errors import Trouble
from bot.settings import Settings
from bot.terminal.opening import opened
from bot.terminal.sheets import write_new
from bot.topics.accounts.model import Account
from tests.terminal.at import Terminal, own_process


@pytest.fixture
def sample(terminal: Terminal) -> Terminal:
    assert terminal("say", "posted arg-x", "--as", "affiliate groups").code == 0
    return terminal


def accounts(folder: Path) -> list[Account]:
    with opened(Settings(database=f"sqlite:///{folder / 'steward.db'}")) as house:
        return house.read(lambda records: records.find(Account))


def test_everything_comes_back_exactly(sample: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sample("export", "first.json").code == 0
    monkeypatch.setenv("STEWARD_DATABASE", "sqlite:///other.db")
    assert sample("import", "first.json", "--yes").code == 0
    assert sample("export", "second.json").code == 0
    assert (folder / "second.json").read_text() == (folder / "first.json").read_text()
    assert sample("say", "gaps", "--as", "office").code == 0
    assert "sample team" in sample("doctor").out


def test_the_accounts_go_out_as_a_sheet_and_come_back_unchanged(sample: Terminal, folder: Path) -> None:
    before = accounts(folder)
    assert sample("export", "accounts.csv").code == 0
    printed = sample("import", "accounts.csv", "--yes")
    assert printed.code == 0, printed.err
    assert "0 new, 0 changed, 15 as before" in printed.out
    assert accounts(folder) == before
    assert sample("export", "again.csv").code == 0
    assert (folder / "again.csv").read_bytes() == (folder / "accounts.csv").read_bytes()


def test_no_cell_of_the_sheet_runs_as_a_formula(sample: Terminal, folder: Path) -> None:
    assert sample("export", "accounts.csv").code == 0
    assert ",'@ALCTS," in (folder / "accounts.csv").read_text(encoding="utf-8")


def test_a_folder_gets_all_and_nothing_is_overwritten(sample: Terminal, folder: Path) -> None:
    assert sample("export", ".").code == 0
    assert {"accounts.csv", "crisis-plan.yaml", "team.json"} <= {file.name for file in folder.iterdir()}
    printed = sample("export", ".")
    assert printed.code == 1
    assert "already" in printed.err


def test_a_name_without_an_ending_is_a_new_folder(sample: Terminal, folder: Path) -> None:
    assert sample("export", "out").code == 0
    assert {file.name for file in (folder / "out").iterdir()} == {"accounts.csv", "crisis-plan.yaml", "team.json"}
    assert "already" in sample("export", "out").err
    assert sample("export", "sheet", "--format", "csv").code == 0
    assert (folder / "sheet").read_text(encoding="utf-8").startswith("name,short_name")
    assert "--format" in sample("export", "sheet").err


def test_a_folder_is_written_whole_or_not_at_all(sample: Terminal, folder: Path) -> None:
    (folder / "team.json").write_text("mine", encoding="utf-8")
    assert sample("export", ".").code == 1
    assert not (folder / "accounts.csv").exists()


def test_a_folder_that_cant_be_made_is_told(sample: Terminal) -> None:
    printed = sample("export", "nowhere/out")
    assert printed.code == 1
    assert "can't make the folder" in printed.err


def test_a_full_disk_leaves_no_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    real = Path.open

    class Full(io.TextIOWrapper):
        write = full

    monkeypatch.setattr(Path, "open", lambda self, *_args, **_more: Full(real(self, "xb")))
    with pytest.raises(Trouble, match="Make room"):
        write_new(tmp_path / "accounts.csv", "name")
    assert not (tmp_path / "accounts.csv").exists()


def test_an_unclear_kind_of_file_is_asked_about(sample: Terminal, folder: Path) -> None:
    printed = sample("export", "accounts.txt")
    assert printed.code == 1
    assert "--format" in printed.err
    assert sample("export", "accounts.txt", "--format", "csv").code == 0


def test_mistakes_in_a_sheet_change_nothing(sample: Terminal, folder: Path) -> None:
    before = accounts(folder)
    (folder / "bad.csv").write_text("name,network\nNew one,x\nAnother,myspace\n", encoding="utf-8")
    printed = sample("import", "bad.csv", "--yes")
    assert printed.code == 1
    assert "Row 3, network" in printed.err
    assert accounts(folder) == before


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "nonsense", '{"format": "steward team", "version": 1}', "[" * 100_000]
)
def test_what_is_no_export_is_refused(terminal: Terminal, folder: Path, text: str) -> None:
    (folder / "bad.json").write_text(text, encoding="utf-8")
    printed = terminal("import", "bad.json", "--yes")
    assert printed.code == 1
    assert "no export of Steward" in printed.err
    assert "indices" not in printed.err  # nor any other word of a programmer


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "great"),
        ("name", 5),
        ("name", "half a sign \ud800"),
        ("followers", 10**30),
        ("id", "the same for all"),
        ("owner", None),
    ],
)
def test_an_export_that_was_changed_into_nonsense_changes_nothing(
    sample: Terminal, folder: Path, field: str, value: object
) -> None:
    sample("export", "team.json")
    document = json.loads((folder / "team.json").read_text(encoding="utf-8"))
    for account in document["records"]["Account"]:
        account[field] = value
    (folder / "team.json").write_text(json.dumps(document), encoding="utf-8")
    before = accounts(folder)
    printed = sample("import", "team.json", "--yes")
    assert printed.code == 1
    assert "changed by hand" in printed.err
    assert accounts(folder) == before
    assert not list(folder.glob("*.set-aside.db"))


def test_an_export_of_a_newer_release_is_refused(sample: Terminal, folder: Path) -> None:
    sample("export", "team.json")
    document = json.loads((folder / "team.json").read_text(encoding="utf-8"))
    (folder / "team.json").write_text(json.dumps({**document, "version": 2}), encoding="utf-8")
    printed = sample("import", "team.json", "--yes")
    assert printed.code == 1
    assert "newer Steward" in printed.err


def test_a_whole_team_is_never_put_over_another(terminal: Terminal, folder: Path) -> None:
    terminal("say", "help")
    terminal("export", "team.json")
    terminal("init", "--name", "Friends", "--zone", "chicago", "--yes")
    printed = terminal("import", "team.json", "--yes")
    assert printed.code == 1
    assert "already" in printed.err


def test_without_a_team_there_is_nothing_to_write(terminal: Terminal, folder: Path) -> None:
    printed = terminal("export", "team.json")
    assert printed.code == 1
    assert "steward init" in printed.err
    assert not (folder / "team.json").exists()


def test_a_backup_can_be_restored_and_the_old_file_is_kept(sample: Terminal, folder: Path) -> None:
    assert sample("backup", "copy.db").code == 0
    assert sample("backup", "copy.db").code == 1
    sample("say", "posted ce-x", "--as", "continuing education")
    printed = sample("restore", "copy.db", "--yes")
    assert printed.code == 0, printed.err
    assert len(list(folder.glob("*.before-restore.db"))) == 1
    assert "ce-x" in sample("say", "last ce-x", "--as", "office").out


def test_what_is_no_backup_is_not_restored(sample: Terminal, folder: Path) -> None:
    before = accounts(folder)
    (folder / "copy.db").write_bytes(b"no database " * 500)
    printed = sample("restore", "copy.db", "--yes")
    assert printed.code == 1
    assert "Name a file that `steward backup` made" in printed.err
    assert accounts(folder) == before


def test_a_backup_of_nothing_says_so(terminal: Terminal) -> None:
    printed = terminal("backup", "copy.db")
    assert printed.code == 1
    assert "There is no database" in printed.err


@pytest.mark.parametrize("words", [("export", "out"), ("coordinator",), ("import", "accounts.csv", "--yes")])
def test_a_folder_without_a_team_is_left_as_it_is(terminal: Terminal, folder: Path, words: tuple[str, ...]) -> None:
    (folder / "accounts.csv").write_text("name,network\nOne,x\n", encoding="utf-8")
    before = {file.name for file in folder.iterdir()}
    printed = terminal(*words)
    assert printed.code == 1
    assert "There is no team here" in printed.err
    assert "steward init" in printed.err
    assert {file.name for file in folder.iterdir()} == before


def test_a_whole_team_that_is_not_wanted_after_all_leaves_nothing_behind(sample: Terminal, folder: Path) -> None:
    assert sample("export", "team.json").code == 0
    printed = own_process(folder, "import", "team.json", typed="n\n", STEWARD_DATABASE="sqlite:///other.db")
    assert printed.code == 1
    assert "Nothing was brought in" in printed.err
    assert not (folder / "other.db").exists()


def test_two_accounts_with_one_short_name_are_refused(sample: Terminal, folder: Path) -> None:
    assert sample("export", "team.json").code == 0
    document = json.loads((folder / "team.json").read_text(encoding="utf-8"))
    first, second, *_ = document["records"]["Account"]
    second["short"] = first["short"]
    (folder / "double.json").write_text(json.dumps(document), encoding="utf-8")
    printed = sample("import", "double.json", "--yes")
    assert printed.code == 1
    assert f"have the same short name: {first['short']}" in printed.err
