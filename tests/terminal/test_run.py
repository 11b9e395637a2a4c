import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import storage
from bot.settings import Settings
from bot.terminal.opening import opened
from bot.topics.team.nudging import coordinators
from tests.terminal.at import ROOT, Printed, Terminal, own_process


def session(folder: Path, *lines: str) -> Printed:
    return own_process(folder, "run", typed="".join(f"{line}\n" for line in lines))


def test_a_newcomer_is_greeted_and_sees_a_reminder_with_one_line(folder: Path) -> None:
    printed = session(folder, ":later 4 days")
    assert printed.code == 0, printed.err
    assert "Welcome to Steward" in printed.out
    assert "Next: you are Affiliate groups, who looks after arg-x. Type `:later" in " ".join(printed.out.split())
    assert "Direct message" in printed.out
    assert "No post recorded on arg-x since" in printed.out
    assert printed.err == ""


def test_what_the_greeting_says_to_type_is_enough(folder: Path) -> None:
    greeted = " ".join(session(folder).out.split())
    typed = greeted.split("Type `", 1)[1].split("`", 1)[0]
    assert typed.startswith(":later ")
    assert "No post recorded on arg-x since" in session(folder, typed).out


def test_time_that_passed_stays_passed(folder: Path) -> None:
    first = session(folder, ":later 3 weeks", ":who").out
    day = first.rsplit("It is ", 1)[1][:14]
    assert day in session(folder, ":who").out


def test_one_can_be_somebody_else(folder: Path) -> None:
    printed = session(folder, ":as office", "gaps", ":quit")
    assert "You are Office now" in printed.out
    assert "arg-x" in printed.out


def test_tokens_and_the_sample_team_do_not_mix(folder: Path) -> None:
    assert session(folder).code == 0
    printed = own_process(folder, "run", SLACK_BOT_TOKEN="xoxb-1")
    assert printed.code == 1
    assert "steward init" in printed.err


def test_with_tokens_no_sample_team_is_made(folder: Path) -> None:
    printed = own_process(folder, "run", DISCORD_TOKEN="a-token")
    assert printed.code == 1
    assert "steward init" in printed.err
    assert "a-token" not in printed.err + printed.out
    assert not (folder / "steward.db").exists()


def test_a_second_run_is_kept_off_the_same_database(folder: Path, terminal: Terminal) -> None:
    with storage.claim_file("sqlite:///steward.db"):
        printed = terminal("run")
    assert printed.code == 1
    assert "running" in printed.err


def test_a_polite_end_of_the_process_is_a_good_end(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        while "Next: you are" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGTERM)
        _out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert err == ""


def test_a_reader_that_leaves_is_no_fault(folder: Path) -> None:
    own_process(folder, "say", "help")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "say", "help"],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
            stdout=gone,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == ""


@pytest.fixture
def real_team(terminal: Terminal) -> Terminal:
    assert terminal("init", "--name", "Friends", "--zone", "chicago", "--yes").code == 0
    return terminal


def code_in(printed: Printed) -> str:
    return next(line.strip() for line in printed.out.splitlines() if line.strip().startswith("start "))


def test_run_prints_a_code_while_nobody_is_coordinator(real_team: Terminal, folder: Path) -> None:
    first, second = code_in(session(folder)), code_in(session(folder))
    assert len(first.removeprefix("start ").replace("-", "")) >= 16
    assert first != second
    assert "You are the coordinator" in real_team("say", first).out, (
        "a code is good for its day, whatever was printed since"
    )
    assert real_team("say", second).code == 1, "the first one used ends the others"
    with opened(Settings(database=f"sqlite:///{folder / 'steward.db'}")) as house:
        assert len(house.read(coordinators)) == 1
    assert "start " not in session(folder).out.split("\n\n")[0]


def test_a_code_works_once(real_team: Terminal) -> None:
    code = code_in(real_team("coordinator"))
    assert "You are the coordinator" in real_team("say", code).out
    assert real_team("say", code).code == 1


def test_the_sample_team_needs_no_code(terminal: Terminal) -> None:
    terminal("say", "help")
    assert terminal("coordinator").code == 1


def test_the_code_is_kept_nowhere(real_team: Terminal, folder: Path) -> None:
    line = next(line for line in real_team("coordinator").out.splitlines() if "start " in line)
    code = line.strip().removeprefix("start ")
    for file in folder.iterdir():
        kept = file.read_bytes()
        assert code.encode() not in kept
        assert code.replace("-", "").encode() not in kept


def test_a_travelled_clock_is_only_for_the_sample(real_team: Terminal, folder: Path) -> None:
    assert real_team("doctor").out
    assert "sample team only" in session(folder, ":later 3 days").out
