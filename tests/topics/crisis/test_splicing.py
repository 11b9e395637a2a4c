"""One kind of a plan taken out and put back: everything around it stays, in whatever way it was written."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.topics.crisis.parsing import read_plan, read_with
from bot.topics.crisis.splicing import entries, merged, piece
from bot.topics.crisis.versions import shipped

NAMES = [one.name for one in entries(shipped())]
STEP = "{id: F1, role: lead, by: 5, do: Look, done: looked}"
FLOWING = "kinds: {flood: {signs: [no, 2026-01-01], steps: [{id: F1, role: lead, by: 5, do: Look, done: looked}]}}"


@pytest.mark.parametrize("name", NAMES)
def test_what_was_taken_out_goes_back_to_the_letter(name: str) -> None:
    assert merged(shipped(), piece(shipped(), name)) == shipped()


def test_a_kind_that_is_not_there_gives_nothing() -> None:
    assert not piece(shipped(), "flood")


def test_comments_around_it_stay_and_words_stay_words() -> None:
    text = merged(shipped(), FLOWING)
    assert set(shipped().splitlines()) <= set(text.splitlines())
    assert read_plan(text).kinds["flood"].signs == ("no", "2026-01-01")


def test_several_go_in_at_once_in_their_order() -> None:
    new = "".join(f"  {name}:\n    steps:\n      - {STEP}\n" for name in ("flood", "tragedy_pause", "drought"))
    text = merged(shipped(), f"kinds:\n{new}")
    assert [one.name for one in entries(text)] == [*NAMES[:-1], "flood", "drought", NAMES[-1]]
    assert read_plan(text) == read_with(f"kinds:\n{new}", read_plan(shipped()))
    assert text.count("\n  tragedy_pause:") == 1


def test_a_plan_without_that_group_or_in_one_line_is_added_to_all_the_same() -> None:
    start = shipped().index("checklists:")
    bare = shipped()[:start]
    text = merged(bare, piece(shipped(), "livestream"))
    assert read_plan(text).kinds["livestream"] == read_plan(shipped()).kinds["livestream"]
    node = yaml.compose(shipped(), yaml.SafeLoader)
    assert node is not None
    for one in [node, *(value for _key, value in node.value)]:
        one.flow_style = True
    flat = yaml.serialize(node, width=10**6)
    assert read_plan(flat) == read_plan(shipped())
    assert read_plan(merged(flat, FLOWING)) == read_with(FLOWING, read_plan(shipped()))
    assert read_plan(merged(flat, piece(flat, "impersonator"))) == read_plan(flat)


@st.composite
def plans(draw: st.DrawFn) -> str:
    """Some kinds and checklists with a step or two, written in any of YAML's ways."""
    words = st.sampled_from(
        ["no", "yes", "null", "12:30", "a: b", "# not a comment", "é ü", "  x ", "- y", "{z}", "it's"]
    )
    stated: dict[str, Any] = {}
    for group in draw(st.sampled_from([("kinds",), ("checklists",), ("kinds", "checklists")])):
        names = [*NAMES[:-1], "flood"] if group == "kinds" else [NAMES[-1], "fair"]
        for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)):
            steps = [
                {"id": f"Z{number}", "role": "lead", "by": str(number), "do": draw(words), "done": draw(words)}
                for number in range(draw(st.integers(1, 3)))
            ]
            stated.setdefault(group, {})[name] = {"signs": [draw(words)], "steps": steps}
    return yaml.safe_dump(
        stated,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=draw(st.sampled_from([True, False, None])),
        default_style=draw(st.sampled_from([None, '"', "'"])),
        indent=draw(st.integers(2, 6)),
        width=draw(st.sampled_from([20, 110])),
    )


@settings(max_examples=12, deadline=None)  # each reads a whole plan some thirty times
@given(st.lists(plans(), min_size=1, max_size=3))
def test_export_change_import_and_export_again_says_the_same(changes: list[str]) -> None:
    text, plan = shipped(), read_plan(shipped())
    for new in changes:
        text, plan = merged(text, new), read_with(new, plan)
        assert read_plan(text) == plan, "what is brought in is what holds"
        for one in entries(text):
            out = piece(text, one.name)
            assert merged(text, out) == text or read_plan(merged(text, out)) == plan
            assert read_with(out, plan) == plan, "what is taken out is what holds"
