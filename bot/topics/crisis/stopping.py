"""Public words whose condition is so no longer: what is not out is stopped, what is out is put before the lead."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Link, Note, Row, Rows
from bot.core.chat import Words as Paragraph
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.crisis.clearance import waits_on
from bot.topics.crisis.duty import role_people
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Words
from bot.topics.crisis.state import State
from bot.topics.crisis.telling import tell
from bot.topics.crisis.wording import all_words, show_anew

WHAT_TO_DO = (
    "Phone whoever it concerns, such as the library: do they want it down?",
    "If so, ask whoever keeps the account to take it down, and to save a copy before.",
    "Add to the log what was agreed, with whom and when.",
)


def watch_words(context: Context, crisis: Crisis, state: State) -> None:
    """Stop the words whose condition holds no longer, and let those go whose condition holds again."""
    changed = False
    for words in all_words(context.records, crisis):
        if not (words.approvals or words.ahead or words.said):
            continue
        waits = waits_on(context.records, crisis, words.statement, state)
        if bool(waits) is (words.stopped is not None):
            continue
        changed = True
        after = replace(words, stopped=context.now if waits else None)
        context.records.put(after)
        if waits:
            _stop(context, crisis, after, waits)
        else:
            _let_go(context, crisis, after)
    if changed:
        show_anew(context, crisis)


def _stop(context: Context, crisis: Crisis, words: Words, waits: str) -> None:
    """Nobody posts these words now; where they are out already, the lead reads where and what to do."""
    said = f"not to be said any more: “{words.text}” waits for “{waits}”"
    log(context, crisis, "stopped", said, by="", about=words.id, loud=True)
    card = Card(
        "Stop: don't post these words",
        f"They wait for “{waits}”, which is so no longer. I tell you if that changes.",
        (Paragraph(words.text),),
        (Button("What may we say?", "statement list", {"crisis": crisis.id}),),
    )
    for one in _concerned(context.records, crisis, words):
        tell(context.records, crisis, one, f"stop/{context.chance.id()}/{one}", card)
    if words.said:
        _flag(context, crisis, words, waits)


def _flag(context: Context, crisis: Crisis, words: Words, waits: str) -> None:
    """What was said already can't be unsaid by me: the lead, or the next who can be written to, sees to it."""
    rows = tuple(_said_row(context.records, account, link) for account, link in words.said.items())
    card = Card(
        "These words are out already",
        f"They went out while they might, and “{waits}” is so no longer. Please see to it now:",
        (Rows(rows, total=len(rows)), *(Note(f"{at}. {what}") for at, what in enumerate(WHAT_TO_DO, 1))),
        (Button("Add to the log", "crisis note", {"crisis": crisis.id}),),
    )
    asked = (one for one in (crisis.lead, crisis.backup_lead) if one)
    told = next((one for one in asked if _told(context, crisis, words, one, card)), "")
    where = ", ".join(words.said.values())
    who = f"{name_of(context.records, told)} is asked to see to it" if told else "nobody could be told"
    log(context, crisis, "out", f"out already, and not to be said any more: {where}; {who}", by="", loud=True)


def _told(context: Context, crisis: Crisis, words: Words, volunteer: str, card: Card) -> bool:
    return tell(context.records, crisis, volunteer, f"out/{context.chance.id()}/{volunteer}", card)


def _said_row(records: Records, account: str, link: str) -> Row:
    known = records.get(Account, account)
    keeper = name_of(records, known.owner) if known and known.owner else "nobody"
    return Row((f"{known.short if known else 'an account'}: ", Link(link, link)), f"Kept by {keeper}.")


def _let_go(context: Context, crisis: Crisis, words: Words) -> None:
    said = f"may be said again: “{words.text}”"
    log(context, crisis, "let go", said, by="", about=words.id, loud=True)
    card = Card(
        "These words may go out again",
        "What they waited for is so again. Their approvals still hold, to the letter.",
        (Paragraph(words.text),),
        (Button("What may we say?", "statement list", {"crisis": crisis.id}),),
    )
    for one in _concerned(context.records, crisis, words):
        tell(context.records, crisis, one, f"again/{context.chance.id()}/{one}", card)


def _concerned(records: Records, crisis: Crisis, words: Words) -> list[str]:
    """Who wrote the words, approved them or may be about to post them, and the lead."""
    people = (words.by, *words.approvals, *role_people(records, crisis, "voice"), crisis.lead)
    return [one for one in dict.fromkeys(people) if one]
