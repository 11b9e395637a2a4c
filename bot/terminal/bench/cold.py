"""How long a command takes from nothing, beside Python starting by itself."""

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import bot
from bot.terminal.bench.rows import Row, Target

RUNS, QUICK_RUNS = 21, 7
STEWARD = "from bot.__main__ import main; main()"  # what the installed `steward` does
ROOT = Path(bot.__file__).parent.parent


def rows(scratch: Path, *, quick: bool) -> Iterator[Row]:
    """`steward say help` beside `python -c pass`, in turns, on a database that is there already."""
    help_, bare = [sys.executable, "-c", STEWARD, "say", "help"], [sys.executable, "-c", "pass"]
    folder = scratch / "cold"
    folder.mkdir()
    _time(help_, folder)  # makes the sample team
    turns = [(_time(bare, folder), _time(help_, folder)) for _turn in range(QUICK_RUNS if quick else RUNS)]
    least, ours = (statistics.median(times) for times in zip(*turns, strict=True))
    yield Row(
        "steward say help, cold",
        f"{ours * 1000:,.0f} ms; bare Python {least * 1000:,.0f} ms",
        ours / least,
        " ×",
        Target(12, 6, most=True),
    )


def _time(command: list[str], folder: Path) -> float:
    before = perf_counter()
    subprocess.run(  # noqa: S603 - our own command
        command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, check=True, capture_output=True
    )
    return perf_counter() - before
