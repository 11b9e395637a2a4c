"""The gate on volunteers' own edits: what it lets pass, and what it notices."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.topics.drafting.gate import compare
from tests.topics.drafting.saying import read

EDITS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("edits.yaml").read_text("utf-8"))
ALARMS, MISSES = 9, 1  # of the right and of the wrong ones: fewer one day, never more


def doubted(tip: str, text: str) -> bool:
    return any(not one.missing for one in compare(read(tip), text))


def test_there_are_enough_of_them() -> None:
    assert sum(len(one["right"]) for one in EDITS) >= 120
    assert sum(len(one["wrong"]) for one in EDITS) >= 80


def test_right_edits_pass_and_wrong_ones_are_noticed() -> None:
    alarms = [text for one in EDITS for text in one["right"] if doubted(one["tip"], text)]
    misses = [text for one in EDITS for text in one["wrong"] if not doubted(one["tip"], text)]
    assert (len(alarms) <= ALARMS, alarms) == (True, alarms)
    assert (len(misses) <= MISSES, misses) == (True, misses)


@pytest.mark.parametrize("one", EDITS, ids=lambda one: one["tip"][:30])
def test_the_tip_itself_raises_no_doubt(one: dict[str, Any]) -> None:
    assert compare(read(one["tip"]), one["tip"]) == ()
