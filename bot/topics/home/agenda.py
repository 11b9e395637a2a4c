"""The agenda: what falls due for the asker, or for the whole team where a coordinator asks."""

from collections.abc import Iterable, Iterator
from itertools import islice

from bot.core.chat import Card, Inline, Moment, Reply, Row, Rows
from bot.core.pages import page_of, turns
from bot.core.ports import Entry
from bot.core.router import Context, Role
from bot.topics.accounts.model import Account
from bot.topics.team.facts import Describe, Described

FAR = 500  # entries looked at: a team's agenda holds an entry or two an account
SOON = 3  # lines at home
LOOKED = 20  # accounts whose entries are looked at for them


def agenda(context: Context, page: int = 1) -> Reply:
    """What falls due, soonest first: yours, or the whole team's if you are a coordinator.

    page: which page of a long list
    """
    every = context.asker.role >= Role.COORDINATOR
    lines = list(_lines(context, context.records.agenda(limit=FAR), every=every))
    if not lines:
        return Card("Agenda", "Nothing falls due. Type `gaps` to see how your accounts are doing.")
    shown, first, last = page_of(lines, page)
    whose = "the team" if every else "you"
    return Card(
        "Agenda",
        f"What comes next for {whose}.",
        (Rows(tuple(shown), first, len(lines)),),
        turns("on the agenda", "agenda", {}, first, last),
    )


def coming(context: Context) -> tuple[Row, ...]:
    """What comes next for the asker and the accounts that they own, by itself and without a look at all the others'."""
    me = context.asker.volunteer
    subjects = [me, *(one.id for one in context.records.find(Account, owner=me, limit=LOOKED))]
    entries = [entry for subject in subjects for entry in context.records.agenda(subject=subject, limit=SOON)]
    return tuple(islice(_lines(context, sorted(entries, key=lambda entry: entry.at)), SOON))


def _lines(context: Context, entries: Iterable[Entry], *, every: bool = False) -> Iterator[Row]:
    """The entries in words: those that concern the asker, or every one."""
    for entry in entries:
        for said in context.announce(Describe(entry.alarm, entry.subject)):
            if isinstance(said, Described) and (every or context.asker.volunteer in said.whose):
                yield Row((Moment(max(entry.at, context.now)), ": ", *_parts(said)))


def _parts(said: Described) -> tuple[Inline, ...]:
    return (said.text,) if isinstance(said.text, str) else said.text
