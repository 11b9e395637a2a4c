import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import DECLARED
from tests.terminal.at import Terminal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and no setting from outside."""
    monkeypatch.chdir(tmp_path)
    for each in DECLARED:
        monkeypatch.delenv(each.name, raising=False)
    return tmp_path


@pytest.fixture
def terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Terminal]:
    """A terminal in an empty folder; logging is put back afterwards."""
    root = logging.getLogger()
    before, level, raises = root.handlers[:], root.level, logging.raiseExceptions
    yield Terminal(capsys)
    root.handlers[:] = before
    root.setLevel(level)
    logging.raiseExceptions = raises
