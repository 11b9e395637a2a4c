import shutil
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

import storage
from bot.terminal import doctor
from tests.terminal.at import Terminal


def test_all_is_well_with_the_sample_team(terminal: Terminal) -> None:
    terminal("say", "help")
    printed = terminal("doctor")
    assert printed.code == 0
    assert "All is well." in printed.out


def test_before_the_first_start_it_says_how_to_begin_and_makes_nothing(terminal: Terminal) -> None:
    printed = terminal("doctor")
    assert printed.code == 0
    assert "steward init" in printed.out
    assert terminal("doctor") == printed or "none yet" in terminal("doctor").out


def test_a_place_where_no_database_can_be_made_needs_something_done(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEWARD_DATABASE", "sqlite:///nowhere/steward.db")
    printed = terminal("doctor")
    assert printed.code == 1
    assert "none can be made in" in printed.out


def test_a_team_without_a_coordinator_needs_something_done(terminal: Terminal) -> None:
    terminal("init", "--name", "Friends", "--zone", "chicago", "--yes")
    printed = terminal("doctor")
    assert printed.code == 1
    assert "steward coordinator" in printed.out
    assert "1 thing to do." in printed.out


def test_unknown_settings_and_odd_tokens_are_named_but_never_shown(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEWARD_DATABSE", "x")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "wrong-token-value")
    printed = terminal("doctor")
    assert printed.code == 1
    assert "STEWARD_DATABASE" in printed.out
    assert "SLACK_BOT_TOKEN does not begin with xoxb-" in printed.out
    assert "wrong-token-value" not in printed.out + printed.err


def test_a_full_disk_is_seen_in_time(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal("say", "help")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=5 * 1024**2))
    printed = terminal("doctor")
    assert printed.code == 1
    assert "Make room" in printed.out


def test_a_run_that_is_under_way_is_seen(terminal: Terminal) -> None:
    terminal("say", "help")
    with storage.claim_file("sqlite:///steward.db"):
        assert "is under way." in terminal("doctor").out


def test_a_clock_that_is_behind_is_seen() -> None:
    ahead = datetime.now(UTC) + timedelta(days=2)
    assert doctor.look_at_clock(ahead).verdict is doctor.Verdict.DO
    assert doctor.look_at_clock(datetime.now(UTC)).verdict is doctor.Verdict.GOOD
