"""The crisis plan at the terminal: written, changed in a text editor, brought in again."""

from pathlib import Path

from bot.topics.crisis.splicing import piece
from bot.topics.crisis.versions import shipped
from tests.terminal.at import Terminal

FLOOD = "kinds:\n  flood:\n    steps:\n      - {id: F1, role: lead, by: 5, do: Look, done: looked}\n"


def plan(terminal: Terminal, folder: Path, name: str) -> str:
    assert terminal("export", name).code == 0
    return (folder / name).read_text(encoding="utf-8")


def test_export_change_import_and_export_give_back_what_was_written(terminal: Terminal, folder: Path) -> None:
    assert terminal("say", "gaps", "--as", "office").code == 0
    text = plan(terminal, folder, "plan.yaml")
    assert text == shipped()
    changed = text.replace("ack: 5,", "ack: 4,")
    (folder / "plan.yaml").write_text(changed, encoding="utf-8")
    printed = terminal("import", "plan.yaml", "--yes")
    assert printed.code == 0, printed.err
    assert "Changed: the levels." in printed.out
    assert "keeps the plan that it started with" in printed.out
    assert plan(terminal, folder, "again.yml") == changed
    assert "just that already" in terminal("import", "plan.yaml", "--yes").out
    assert "at the terminal" in terminal("say", "playbook versions", "--as", "office").out


def test_one_kind_goes_into_the_plan_that_is_there(terminal: Terminal, folder: Path) -> None:
    assert terminal("say", "gaps", "--as", "office").code == 0
    (folder / "flood.yaml").write_text(FLOOD, encoding="utf-8")
    assert "New: Flood, 1 step." in terminal("import", "flood.yaml", "--yes").out
    text = plan(terminal, folder, "plan.yaml")
    assert piece(text, "flood") == FLOOD
    assert piece(text, "comment_storm") == piece(shipped(), "comment_storm")


def test_every_fault_is_named_by_line_and_field_and_nothing_is_brought_in(terminal: Terminal, folder: Path) -> None:
    assert terminal("say", "gaps", "--as", "office").code == 0
    bad = shipped().replace("role: spotter,", "role: spotter, when: soon,")
    (folder / "bad.yaml").write_text(bad, encoding="utf-8")
    printed = terminal("import", "bad.yaml", "--yes")
    assert printed.code == 1
    assert "Nothing was brought in" in printed.err
    assert printed.err.count(", when: I don't know this field") == bad.count("when: soon") > 5
    assert plan(terminal, folder, "plan.yaml") == shipped()
    (folder / "odd.yaml").write_bytes(b"\xff\xfe\x00")
    assert "not plain text" in terminal("import", "odd.yaml", "--yes").err
    (folder / "big.yaml").write_text("x" * 300_000, encoding="utf-8")
    assert "too large" in terminal("import", "big.yaml", "--yes").err
    (folder / "secret.yaml").write_text(FLOOD.replace("Look", "Use the password: hunter22"), encoding="utf-8")
    said = terminal("import", "secret.yaml", "--yes")
    assert said.code == 1
    assert "hunter22" not in said.err + said.out
