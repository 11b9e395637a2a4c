"""The agenda: what falls due for the asker, or for the whole team where a coordinator asks."""

from bot.core.chat import Button, Card, Inline, Moment, Reply, Row, Rows, page_of
from bot.core.router import Context, Role
from bot.topics.team.model import Describe, Described

FAR = 500  # entries looked at: a team's agenda holds an entry or two an account


def agenda(context: Context, page: int = 1) -> Reply:
    """What falls due, soonest first: yours, or the whole team's if you are a coordinator.

    page: which page of a long list
    """
    lines = [
        Row((Moment(max(entry.at, context.now)), ": ", *_parts(said)))
        for entry in context.records.agenda(limit=FAR)
        for said in context.announce(Describe(entry.alarm, entry.subject))
        if isinstance(said, Described) and _concerns(said, context)
    ]
    if not lines:
        return Card("Agenda", "Nothing falls due. Type `gaps` to see how your accounts are doing.")
    shown, first, last = page_of(lines, page)
    page = (first - 1) // 10 + 1
    turns = [("Previous", page - 1)] if page > 1 else []
    turns += [("Next", page + 1)] if page < last else []
    whose = "the team" if context.asker.role >= Role.COORDINATOR else "you"
    return Card(
        "Agenda",
        f"What comes next for {whose}.",
        (Rows(tuple(shown), first, len(lines)),),
        tuple(Button(f"{label} of the agenda", "agenda", {"page": str(to)}) for label, to in turns),
    )


def _concerns(said: Described, context: Context) -> bool:
    return context.asker.role >= Role.COORDINATOR or context.asker.volunteer in said.whose


def _parts(said: Described) -> tuple[Inline, ...]:
    return (said.text,) if isinstance(said.text, str) else said.text
