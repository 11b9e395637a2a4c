"""`steward papers`: the printed crisis card, the plan and every review as files, for when chat is down."""

from pathlib import Path

from bot.core.ports import Records
from bot.settings import Settings
from bot.terminal.opening import needs_team, opened
from bot.terminal.plans import plan_text
from bot.terminal.sheets import new_folder, refuse_overwriting, write_new
from bot.topics.crisis.card import card_html
from bot.topics.crisis.kept import Paper
from bot.topics.crisis.model import Crisis

CARD, PLAN = "crisis-card.html", "crisis-plan.yaml"


def write_papers(settings: Settings, folder: Path) -> list[str]:
    """Write them into a new folder, or into one that holds none of them; gives a line about each. Raises Trouble."""
    with opened(settings, sample=False) as house:
        needs_team(house)
        files = house.read(_files)
        for name in files:
            refuse_overwriting(folder / name)
        new_folder(folder)
        for name, (text, _told) in files.items():
            write_new(folder / name, text)
    return [f"Wrote {folder / name}: {told}." for name, (_text, told) in files.items()]


def _files(records: Records) -> dict[str, tuple[str, str]]:
    """What is written, by name, and what each is."""
    found = {
        CARD: (card_html(records), "print it for the people on it; it holds their numbers"),
        PLAN: (plan_text(records), "the crisis plan, to change in a text editor"),
    }
    for crisis in records.find(Crisis, order="number"):
        paper = records.get(Paper, crisis.id)
        if paper is not None:
            name = f"review-{crisis.number}"
            found[f"{name}.md"] = (paper.markdown, "what happened, as text")
            found[f"{name}.html"] = (paper.html, "the same, to print")
    return found
