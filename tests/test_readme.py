"""The README says what the code does: its tables come from the declarations, its picture and walk from real runs."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

import storage
from bot.adapters.console.render import render
from bot.core.chat import Person
from bot.core.plain import local
from bot.house import KINDS, build, worker_for
from bot.settings import DECLARED
from bot.terminal.commands import steward
from bot.terminal.sample import load
from tests.engine_room import HandClock, Postbox, SeededChance
from tests.terminal.at import own_process

README = Path(__file__).parent.parent / "README.md"


def text() -> str:
    return README.read_text(encoding="utf-8")


def section(title: str) -> str:
    return text().split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def table(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("| `")]


def usage(command: click.Command) -> str:
    arguments = [one.human_readable_name for one in command.params if isinstance(one, click.Argument)]
    options = [f"[{one.opts[0]}]" for one in command.params if isinstance(one, click.Option)]
    return " ".join([command.name or "", *arguments, *options])


def test_the_commands_are_those_that_there_are() -> None:
    declared = [
        f"| `{usage(command)}` | {(command.help or '').partition(chr(10))[0]} |"
        for command in steward.commands.values()
    ]
    assert table(section("What you can type at the terminal").splitlines()) == declared


def test_the_settings_are_those_that_there_are() -> None:
    declared = [f"| `{one.name}` | {one.help} | {f'`{one.default}`' if one.default else '–'} |" for one in DECLARED]
    assert table(section("Settings").splitlines()) == declared


def test_every_file_and_folder_named_is_there() -> None:
    root = README.parent
    house = section("How the house is laid out")
    named = re.findall(r"^(\S+/\S*|\S+\.py) ", house, re.MULTILINE)
    assert len(named) > 5
    assert [name for name in named if not (root / name).exists()] == []


def test_it_names_no_place_on_a_machine() -> None:
    assert not re.search(r"/work/|/home/|/root/|/tmp/", text())


def reminder() -> str:
    """The first reminder of the sample team, as the console shows it."""
    clock, chance, post = HandClock(datetime(2026, 11, 22, 22, tzinfo=UTC)), SeededChance(), Postbox(network="console")
    store = storage.open("sqlite://", KINDS)
    load(store, clock, chance)
    engine = build(store, clock, chance)
    try:
        worker = worker_for(engine, {"console": post})
        asyncio.run(worker.round())
        clock.time = datetime(2026, 11, 23, 15, tzinfo=UTC)
        asyncio.run(worker.round())
    finally:
        engine.close()
        store.close()
    (card,) = (one.card for one in post.kept.values() if one.to == Person("console:affiliate-groups"))
    chicago = ZoneInfo("America/Chicago")
    return f"Direct message · {local(clock.time, chicago)}\n{render(card, chicago, lambda one: one.id)}"


def test_the_picture_is_what_a_reminder_really_looks_like() -> None:
    assert text().split("```text\n", 1)[1].split("\n```", 1)[0] == reminder()


def test_the_walk_can_be_walked(tmp_path: Path) -> None:
    steps = re.findall(r"^\d+\. `([^`]+)`", section("A first walk"), re.MULTILINE)
    assert len(steps) > 5
    greeted = " ".join(own_process(tmp_path, "run").out.split())
    assert steps[0].startswith(":later")
    steps[0] = greeted.split("Next:", 1)[1].split("`", 2)[1]
    walked = own_process(tmp_path, "run", typed="".join(f"{step}\n" for step in steps))
    assert walked.code == 0
    assert walked.err == ""
    seen = " ".join(walked.out.split())
    places = [
        seen.find(said)
        for said in (
            "No post recorded on arg-x since",
            "Thank you!",
            "How it goes",
            "pw-fb",
            "You are Office now.",
            "Nobody owns it",
            "You are Regional groups now.",
            "arg-x could use a hand",
        )
    ]
    assert -1 not in places
    assert places == sorted(places)
    assert "Not yet" not in seen


def test_the_crisis_can_be_walked_through(tmp_path: Path) -> None:
    lines = re.findall(r"^\d+\. (.+(?:\n   .+)*)", section("When something goes wrong"), re.MULTILINE)
    steps = [step for line in lines for step in re.findall(r"`([^`]+)`", line.split("–", 1)[0])]
    assert len(steps) > 7
    walked = own_process(tmp_path, "run", typed="".join(f"{step}\n" for step in steps))
    assert (walked.code, walked.err) == (0, "")
    seen = " ".join(walked.out.split())
    places = [
        seen.find(said)
        for said in (
            "Help is on its way",
            "Thank you. This is yours.",
            "Your part:",
            "Close it only when each of these is true",
            "Accounts on hold",
        )
    ]
    assert -1 not in places, places
    assert places == sorted(places)
    assert "I don't know" not in seen
    assert "went wrong" not in seen
