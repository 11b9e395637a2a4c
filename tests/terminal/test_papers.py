"""The papers for when chat is down."""

from pathlib import Path

from tests.terminal.at import Terminal


def test_the_card_and_the_plan_are_written_and_nothing_is_overwritten(terminal: Terminal, folder: Path) -> None:
    assert terminal("say", "roster set lead me +1 312 555 0100", "--as", "office").code == 0
    printed = terminal("papers", "papers")
    assert printed.code == 0, printed.err
    card = (folder / "papers" / "crisis-card.html").read_text(encoding="utf-8")
    assert "+1 312 555 0100" in card
    assert "Call emergency services" in card
    assert "common_first_five" in (folder / "papers" / "crisis-plan.yaml").read_text(encoding="utf-8")
    again = terminal("papers", "papers")
    assert again.code == 1
    assert "already" in again.err


def test_a_review_is_among_them(terminal: Terminal, folder: Path) -> None:
    assert terminal("say", "sos hateful comments flood our page", "--as", "office").code == 0
    assert terminal("say", "crisis close yes", "--as", "office").code == 0
    assert terminal("papers", "papers").code == 0
    assert "Timeline" in (folder / "papers" / "review-1.md").read_text(encoding="utf-8")
    assert (folder / "papers" / "review-1.html").exists()
