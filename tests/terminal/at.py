"""A terminal for tests: runs a command of `steward` in this process, or in one of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import Struct

from bot.__main__ import main

ROOT = Path(__file__).parent.parent.parent


class Printed(Struct, frozen=True):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Terminal:
    """Runs commands in this process, in the folder that is current."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Printed:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(words)
        printed = self._capsys.readouterr()
        return Printed(int(ended.value.code or 0), printed.out, printed.err)


def own_process(folder: Path, *words: str, typed: str = "", **environ: str) -> Printed:
    """Runs `python -m bot` with these words in a process of its own, as a person would."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environ},
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Printed(done.returncode, done.stdout, done.stderr)
