"""A crisis' log: lines are only ever added; one can be blanked, and then says who did so and why."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.chat import Card, Inline, Link, Moment, Text
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.crisis.model import Crisis, LogEntry, Protected
from bot.topics.crisis.names import without_names
from bot.topics.team.model import Volunteer

BOARD = "crisis-board"  # the board is drawn anew
COALESCED = timedelta(seconds=2)  # changes within this are one edit of the board
BLANKED = "(blanked)"


def log(
    context: Context,
    crisis: Crisis,
    what: str,
    text: str,
    *,
    at: datetime | None = None,
    by: str | None = None,
    link: str = "",
    about: str = "",
    loud: bool = False,
) -> LogEntry:
    """Add a line, without the names that nobody is to read, and see to it that the board shows what is new.

    `by` is the asker unless told. A loud line also stands in the board's thread.
    """
    records = context.records
    who = context.asker.volunteer if by is None else by
    number = records.count(LogEntry, crisis=crisis.id) + 1
    text = clean_of_names(records, crisis, text)
    if link and clean_of_names(records, crisis, link) != link:
        text, link = f"{text} {clean_of_names(records, crisis, link)}", ""
    entry = LogEntry(
        f"{crisis.id}/{number}", crisis.id, number, at or context.now, context.now, who, what, text, link, about, loud
    )
    records.put(entry)
    redraw(context, crisis)
    return entry


def redraw(context: Context, crisis: Crisis) -> None:
    """Draw the board anew, in a second or two; whatever changes until then is in the same edit."""
    waiting = context.records.agenda(alarm=BOARD, subject=crisis.id, limit=1)
    if not waiting or waiting[0].at > context.now + COALESCED:
        context.records.wake(BOARD, crisis.id, context.now + COALESCED)


def entries(records: Records, crisis: Crisis) -> list[LogEntry]:
    """The whole log, in the order in which things happened; told at the same time, in the order of telling."""
    return sorted(records.find(LogEntry, crisis=crisis.id), key=lambda one: (one.at, one.number))


def clean_of_names(records: Records, crisis: Crisis, text: str) -> str:
    """The text without the names that this crisis protects."""
    return without_names(text, records.find(Protected, crisis=crisis.id), crisis.id)


def name_of(records: Records, volunteer: str) -> str:
    """A volunteer's name; Steward for none."""
    found = records.get(Volunteer, volunteer) if volunteer else None
    if found is None:
        return "somebody who has left" if volunteer else "Steward"
    return found.name


def blanked(entry: LogEntry, by: str, why: str, now: datetime) -> LogEntry:
    """The line without its words."""
    return replace(entry, text="", link="", blanked=now, blanked_by=by, blanked_why=why)


def words_of(records: Records, entry: LogEntry) -> Text:
    """What a line says: `Maria: …`, or that it was blanked, by whom and why."""
    who = name_of(records, entry.by)
    if entry.blanked is not None:
        by = name_of(records, entry.blanked_by)
        return f"{who}: {BLANKED} by {by}: {entry.blanked_why}"
    said: tuple[Inline, ...] = (f"{who}: {entry.text}" if entry.by else entry.text,)
    return (*said, " ", Link("link", entry.link)) if entry.link else said


def line_card(records: Records, entry: LogEntry) -> Card:
    """A line as it stands in the board's thread."""
    said = words_of(records, entry)
    parts = (said,) if isinstance(said, str) else said
    return Card(f"Log {entry.number}", (Moment(entry.at), ": ", *parts))
