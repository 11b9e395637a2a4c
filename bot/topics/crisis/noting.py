"""The log as people use it: a note with the time it happened, a line blanked for privacy, a name nobody is to read."""

from collections.abc import Mapping

from msgspec.structs import replace

from bot.core.chat import Button, Card, Field, Form, Inline, Kind, Moment, Reply, Row, Rows
from bot.core.pages import page_of, turns
from bot.core.ports import Records
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.crisis.logbook import blanked, clean_of_names, entries, log, words_of
from bot.topics.crisis.model import LogEntry, Protected
from bot.topics.crisis.names import digests_of
from bot.topics.crisis.options import ACrisis, AHappened, ALink, AReason, ASpeaker, AText, AValue
from bot.topics.crisis.people import chosen, needs_part
from bot.topics.crisis.privacy import forget, withhold
from bot.topics.crisis.telling import reply


def crisis_note(  # noqa: PLR0917 - the options of a note, in the order in which they are typed
    context: Context,
    text: AText,
    when: AHappened | None = None,
    link: ALink | None = None,
    who: ASpeaker | None = None,
    crisis: ACrisis | None = None,
) -> Reply:
    """Write something into the log of a crisis: what you saw or did, with the time it happened.

    text: what you saw or did
    when: when it happened, such as 23:10; now if left out
    link: a web address, such as that of a screenshot
    who: who said it, if it was somebody else
    crisis: which crisis, if there are several, or one that is over
    """
    try:
        found = chosen(context, crisis, ended=crisis is not None)
    except Refusal as refusal:
        if refusal.option != "crisis":
            raise
        told = {"text": text, "when": when.isoformat() if when else "", "link": link or "", "who": who or ""}
        return _which(refusal, {name: value for name, value in told.items() if value})
    needs_part(context, found)
    said = f"{who} wrote: {text}" if who and who != context.asker.name else text
    entry = log(context, found, "note", said, at=when, link=link or "", loud=True)
    values = {"number": str(entry.number), "crisis": found.id}
    card = Card(
        "Noted",
        ("In the log, at ", Moment(entry.at), f", as line {entry.number}."),
        controls=(
            Button(f"Blank line {entry.number}", "log blank", values),
            Button("See the log", "log show", {"crisis": found.id}),
        ),
    )
    return reply(found, card)


def _which(refusal: Refusal, told: Mapping[str, str]) -> Form:
    """A form that keeps what was told, and asks which crisis it belongs to."""
    field = Field("crisis", "Crisis", Kind.CHOICE, choices=tuple(refusal.choices))
    return Form("Crisis note", "crisis note", (field,), told, refusal.sentence)


def log_show(context: Context, crisis: ACrisis | None = None, page: int = 0) -> Reply:
    """The log of a crisis, the newest lines at its end.

    crisis: which crisis, if there are several
    page: which page of a long log; the last one if left out
    """
    found = chosen(context, crisis, ended=True)
    lines = entries(context.records, found)
    rows = [Row((f"{one.number} · ", Moment(one.at), ": ", *_parts(context.records, one))) for one in lines]
    shown, first, last = page_of(rows, page or len(rows))
    card = Card(
        "Log",
        f"{len(rows)} lines. Add one with `crisis note` and what you saw.",
        (Rows(tuple(shown), first, len(rows)),),
        turns("log", "log show", {"crisis": found.id}, first, last),
    )
    return reply(found, card)


def _parts(records: Records, entry: LogEntry) -> tuple[Inline, ...]:
    said = words_of(records, entry)
    return (said,) if isinstance(said, str) else said


def log_blank(context: Context, number: int, why: AReason, crisis: ACrisis | None = None) -> Reply:
    """Take the words of a log line away for privacy; who did it and why stays.

    number: the line's number, as `log` shows it
    why: why its words must not be kept
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis, ended=True)
    needs_part(context, found)
    known = context.records.find(LogEntry, crisis=found.id, number=number, limit=1)
    if not known:
        raise Refusal(f"The log has no line {number}. Type `log` to see its lines.", option="number")
    entry = known[0]
    if entry.blanked is not None:
        raise Refusal(f"Line {number} is blank already.", option="number")
    me = context.asker.volunteer
    if me not in (entry.by, found.lead) and context.asker.role < Role.COORDINATOR:
        raise Refusal("Only who wrote that line, the lead or a coordinator can blank it.", option="number")
    why = clean_of_names(context.records, found, why)
    context.records.put(blanked(entry, me, why, context.now))
    found = forget(context, found, entry)
    log(context, found, "blanked", f"line {number} was blanked: {why}")
    return reply(found, Card("Blanked", f"The words of line {number} are gone. That you did it, and why, stays."))


def log_protect(context: Context, name: AValue, crisis: ACrisis | None = None) -> Reply:
    """Mark the name of who complained or is at risk: no text shows it any more, and no export holds it.

    name: the person's name, as it is written
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis, ended=True)
    needs_part(context, found)
    whole, parts = digests_of(name, found.id)
    if not whole:
        raise Refusal("Whose name? Please type it as it is written.", option="name")
    records = context.records
    records.put(Protected(context.chance.id(), found.id, context.asker.volunteer, context.now, whole, parts))
    count = withhold(context, found)
    log(context, found, "protected", "a name is withheld from here on, and wherever it stood")
    card = Card("Withheld", f"I have kept no copy of that name, and took it out of {count} texts of this crisis.")
    return reply(found, replace(card, controls=(Button("See the log", "log show", {"crisis": found.id}),)))
