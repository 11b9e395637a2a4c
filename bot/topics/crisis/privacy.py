"""What is not to be read any more, a protected name or a blanked line: taken out of records, messages and reviews."""

import re
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from bot.core.ports import Records
from bot.core.rewording import reworded
from bot.core.router import Context
from bot.topics.crisis.closing import make_paper
from bot.topics.crisis.kept import Lesson, Paper
from bot.topics.crisis.logbook import BLANKED
from bot.topics.crisis.model import Call, Crisis, Job, LogEntry, Protected, Receipt, Turn, Words
from bot.topics.crisis.names import without_names
from bot.topics.team.model import Missed, Notice

Change = Callable[[str], str]
TEXTS: dict[type[Any], tuple[str, ...]] = {
    LogEntry: ("text", "link", "blanked_why"),
    Job: ("answer", "skipped"),
    Call: ("why",),
    Turn: ("state",),
    Words: ("text",),
    Lesson: ("text",),
    Receipt: ("why",),
}
LONG = 12  # letters from which words are looked for anywhere; shorter ones only where they stand by themselves
TOLD = re.compile(r"^(?:[A-Z]{1,2}\d{1,2} done|Update|words written|approved): (?P<said>.+)$", re.DOTALL)
NOW = re.compile(r"is now: “(?P<said>.+)”$", re.DOTALL)  # what a step's answer was set right to


def withhold(context: Context, crisis: Crisis) -> int:
    """Take the protected names out of everything that is kept of the crisis; gives how many texts held one."""
    names = context.records.find(Protected, crisis=crisis.id)

    def change(text: str) -> str:
        return without_names(text, names, crisis.id)

    count, after = _records(context.records, crisis, change)
    _shown(context, after, change)
    return count


def forget(context: Context, crisis: Crisis, entry: LogEntry) -> Crisis:
    """What a blanked line said is gone also where it was repeated; gives the crisis as it is then."""
    said = {*_repeated(context.records, crisis, entry), *words_told(entry)}
    patterns = [re.compile(_wherever(one)) for one in sorted(said, key=len, reverse=True) if one.strip()]

    def change(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(BLANKED, text)
        return text

    _count, after = _records(context.records, crisis, change)
    _shown(context, after, change)
    return after


def words_told(entry: LogEntry) -> tuple[str, ...]:
    """What a line says in somebody's words, with and without what Steward wrote before it; and its link."""
    found = TOLD.match(entry.text) or NOW.search(entry.text)
    said = found["said"].strip("“”") if found else ""
    return tuple(dict.fromkeys(one for one in (entry.text, said, entry.link) if one.strip()))


def _wherever(words: str) -> str:
    """Long words anywhere; short ones (“yes”) only as the whole of a text, in quotation marks, or after a colon."""
    exact = re.escape(words)
    return exact if len(words) >= LONG else rf"\A{exact}\Z|(?<=“){exact}(?=”)|(?<=: ){exact}\Z"


def _repeated(records: Records, crisis: Crisis, entry: LogEntry) -> list[str]:
    """The texts that a line of the log was made of, and that stand elsewhere, too."""
    found = [crisis.said] if entry.what == "declared" else []
    abouts: dict[str, tuple[type[Any], str]] = {
        "skipped": (Job, "skipped"),
        "words": (Words, "text"),
        "lesson": (Lesson, "text"),
    }
    if entry.what in abouts and entry.about:
        kind, field = abouts[entry.what]
        id = f"{crisis.id}/{entry.about}" if kind is Job else entry.about
        thing = records.get(kind, id)
        found += [getattr(thing, field)] if thing is not None else []
    if entry.what == "lead":
        found += [one.state for one in records.find(Turn, crisis=crisis.id, role="lead") if one.state in entry.text]
    return found


def _records(records: Records, crisis: Crisis, change: Change) -> tuple[int, Crisis]:
    """Make the change to all that is kept of the crisis; gives how many texts are others now, and the crisis."""
    count = 0
    for kind, fields in TEXTS.items():
        for thing in records.find(kind, crisis=crisis.id):
            clean = {field: change(getattr(thing, field)) for field in fields}
            if any(clean[field] != getattr(thing, field) for field in fields):
                void = {"approvals": (), "ahead": False} if kind is Words else {}  # other words than the approved ones
                records.put(replace(thing, **_linked(kind, thing, clean), **void))
                count += 1
    for words in records.find(Words, crisis=crisis.id):
        said = {account: link for account, link in words.said.items() if change(link) == link}
        if said != words.said:
            records.put(replace(words, said=said))
            count += 1
    blanks = {name: change(value) for name, value in crisis.blanks.items()}
    after = replace(crisis, said=change(crisis.said), blanks=blanks)
    if after != crisis:
        records.put(after)
        count += 1
    return count, after


def _linked(kind: type[Any], thing: Any, clean: dict[str, str]) -> dict[str, str]:
    """A log line's link is a link or nothing: where it can't be kept, the text says so."""
    if kind is not LogEntry or clean["link"] == thing.link:
        return clean
    return {**clean, "link": "", "text": f"{clean['text']} {clean['link']}".strip()}


def _shown(context: Context, crisis: Crisis, change: Change) -> None:
    """Make the change to what people were shown, what they are about to be told, and the review."""
    records = context.records
    told = {one.who for one in records.find(Lesson, crisis=crisis.id)}  # a lesson is said in their usual messages
    for begin in (f"crisis/{crisis.id}/", *(f"nudge/{one}/" for one in sorted(told))):
        for message in records.messages(begin):
            records.send(replace(message, card=reworded(message.card, change)))
    for missed in records.find(Missed):  # what did not arrive, and waits to be read
        if missed.id.startswith(f"crisis/{crisis.id}/"):
            records.put(replace(missed, card=reworded(missed.card, change)))
    for notice in records.find(Notice):
        said = notice.text if isinstance(notice.text, str) else ""
        if change(said) != said:
            records.put(replace(notice, text=change(said)))
    if records.get(Paper, crisis.id) is not None:
        make_paper(context, crisis)
