from pathlib import Path

import pytest

from bot import __main__ as entry
from tests.terminal.at import Terminal, own_process


def test_a_fresh_folder_and_one_command_are_enough(folder: Path) -> None:
    printed = own_process(folder, "say", "gaps", "--as", "office")
    assert printed.code == 0
    assert "arg-x" in printed.out
    assert printed.err == ""
    assert (folder / "steward.db").exists()


def test_who_says_it_may_be_named_in_any_way_that_is_clear(terminal: Terminal) -> None:
    for name in ("New members", "new members", "new-members", "new"):
        printed = terminal("say", "home", "--as", name)
        assert printed.code == 0
        assert "New members" in printed.out


def test_an_unknown_name_lists_those_that_there_are(terminal: Terminal) -> None:
    printed = terminal("say", "gaps", "--as", "somebody else")
    assert printed.code == 1
    assert "Preservation Week" in printed.err
    assert printed.out == ""


def test_an_unclear_name_is_asked_back(terminal: Terminal) -> None:
    printed = terminal("say", "gaps", "--as", "groups")
    assert printed.code == 1
    assert "Affiliate groups or Regional groups?" in printed.err
    assert printed.out == ""


def test_without_a_name_it_is_whoever_sits_at_the_console(terminal: Terminal) -> None:
    assert "Affiliate groups" in terminal("say", "home").out


def test_a_refusal_is_printed_and_the_exit_code_says_so(terminal: Terminal) -> None:
    printed = terminal("say", "posted no-such-account", "--as", "office")
    assert printed.code == 1
    assert printed.out


def test_an_unknown_command_gets_the_nearest(terminal: Terminal) -> None:
    printed = terminal("say", "gasp", "--as", "office")
    assert printed.code == 1
    assert "gaps" in printed.out


def test_what_is_missing_is_asked_for(terminal: Terminal) -> None:
    printed = terminal("say", "posted", "--as", "affiliate groups")
    assert printed.code == 1
    assert "account=…" in printed.out


def test_buttons_are_shown_as_they_are_typed(terminal: Terminal) -> None:
    printed = terminal("say", "posted arg-x", "--as", "affiliate groups")
    assert printed.code == 0
    assert "[" in printed.out
    assert terminal("say", "gaps", "--as", "affiliate groups").code == 0


@pytest.mark.parametrize("words", [("help",), ("gaps", "--as", "office"), ("home", "--as", "new")])
def test_the_short_way_in_and_the_long_one_give_the_same(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    terminal("say", "help")
    short = terminal("say", *words)
    monkeypatch.setattr(entry, "SAID", -1)
    monkeypatch.setattr(entry, "SAID_AS", -1)
    assert terminal("say", *words) == short


@pytest.mark.parametrize(
    "words", [("say",), ("say", "a", "b"), ("say", "gaps", "--az", "office"), ("no-such-command",)]
)
def test_what_is_mistyped_is_told_with_exit_code_two(terminal: Terminal, words: tuple[str, ...]) -> None:
    printed = terminal(*words)
    assert printed.code == 2
    assert printed.err
    assert "Traceback" not in printed.err


def test_100_000_signs_are_refused_kindly(terminal: Terminal) -> None:
    printed = terminal("say", "posted arg-x " + "x" * 100_000, "--as", "affiliate groups")
    assert printed.code == 1
    assert "more than I can take at once" in printed.out


def test_an_unknown_setting_is_pointed_out_and_stops_nothing(folder: Path) -> None:
    printed = own_process(folder, "say", "help", STEWARD_DATABSE="x")
    assert printed.code == 0
    assert "STEWARD_DATABASE" in printed.err


def test_every_command_explains_itself(terminal: Terminal) -> None:
    for word in ("run", "say", "init", "import", "export", "backup", "restore", "doctor", "coordinator", "bench"):
        printed = terminal(word, "--help")
        assert printed.code == 0
        assert "Usage: steward" in printed.out
