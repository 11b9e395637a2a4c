"""The board: one message in the crisis channel, edited in place, that says all at a glance; and its thread."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.chat import Block, Button, Card, Facts, Inline, Moment, Row, Rows, Style, Text
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.crisis.calling import calls_of
from bot.topics.crisis.holding import held_words, holds_of
from bot.topics.crisis.logbook import entries, line_card, name_of
from bot.topics.crisis.model import Crisis, Held, Job, Receipt, Stage
from bot.topics.crisis.people import is_private, people_of
from bot.topics.crisis.stepcards import left_words, open_jobs, step_words
from bot.topics.crisis.telling import crisis_channel, show, shown_before, tell
from bot.topics.crisis.versions import plan_of, title_of, triage

NEXT = 3  # actions that the board shows
STRIP = 15  # accounts of the strip
NOT_HERE = Card("Not shown here any more", "From now on only the people of this crisis see how it goes on.")
LINES = 30  # lines of the thread that are looked after; older ones stay as they are


def draw(context: Context, id: str) -> None:
    """The alarm that brings the board up to date, and puts what is new and loud into its thread."""
    crisis = context.records.get(Crisis, id)
    if crisis is None:
        return
    card = board_card(context.records, crisis, context.now)
    place = crisis_channel(context.records, crisis, private=is_private(context.records, crisis))
    if place is None:
        _withdraw(context, crisis)
        for one in people_of(context.records, crisis):
            tell(context.records, crisis, one, f"board/{one}", card)
        return
    show(context.records, crisis, place, "board", card)
    for one in people_of(context.records, crisis):  # who had it of their own, from when it was for them only
        if shown_before(context.records, crisis, f"board/{one}"):
            tell(context.records, crisis, one, f"board/{one}", card)
    for entry in entries(context.records, crisis)[-LINES:]:
        if entry.loud:
            show(
                context.records, crisis, place, f"log/{entry.number}", line_card(context.records, entry), under="board"
            )


def _withdraw(context: Context, crisis: Crisis) -> None:
    """What stood in the channel before the crisis became one for its own people only is not to be read there."""
    place = crisis_channel(context.records, crisis, private=False)
    lines = [f"log/{one.number}" for one in entries(context.records, crisis) if one.loud]
    asked = [f"mention/{one}" for one in people_of(context.records, crisis)]
    for key in ("board", *lines, *asked) if place else ():
        if place and shown_before(context.records, crisis, key):
            show(context.records, crisis, place, key, NOT_HERE)


def board_card(records: Records, crisis: Crisis, now: datetime) -> Card:
    """The whole board."""
    values = {"crisis": crisis.id}
    title = title_of(records, crisis)
    if crisis.stage is not Stage.OPEN:
        word = "a false alarm: all is well" if crisis.stage is Stage.FALSE_ALARM else "closed"
        by = name_of(records, crisis.ended_by)
        return Card(f"{title}: over", f"This is {word}. Ended by {by}.", _held_on(records, crisis), _after(crisis))
    lead = name_of(records, crisis.lead) if crisis.lead else "nobody yet"
    blocks: list[Block] = [Facts((("Since", (Moment(crisis.declared),)), ("Lead", lead), *_guessed(records, crisis)))]
    rows = next_rows(records, crisis, now)
    blocks.append(Rows(tuple(rows), total=len(rows)) if rows else Facts((("Next", "nothing is open"),)))
    if not crisis.checklist:
        blocks.append(Facts(tuple(_state(records, crisis))))
    return Card(
        title,
        f"“{crisis.said}”",
        tuple(blocks),
        (
            Button("What is going on?", "crisis show", values, Style.PRIMARY),
            Button("My steps", "crisis mine", values),
            Button("Add to the log", "crisis note", values),
            Button("What may we say?", "statement list", values),
        ),
    )


def _guessed(records: Records, crisis: Crisis) -> list[tuple[str, Text]]:
    """What nobody has confirmed yet: the kind and the level with the words that led to them, and the accounts."""
    found = triage(plan_of(records, crisis), crisis.said)
    words = {"kind": found.kind_words, "level": found.level_words}
    unsure = [
        f"{one} ({', '.join(f'“{word}”' for word in words[one][:2])})" if words.get(one) else one
        for one in crisis.guessed
    ]
    return [("My guess, please check", ", ".join(unsure))] if unsure else []


def next_rows(records: Records, crisis: Crisis, now: datetime, limit: int = NEXT) -> list[Row]:
    """The next actions: who, what, and the minutes left."""
    return [
        Row(f"{step_words(records, crisis, one)}", _whose(records, one, now))
        for one in open_jobs(records, crisis)[:limit]
    ]


def _whose(records: Records, job: Job, now: datetime) -> str:
    who = ", ".join(name_of(records, one) for one in job.who) or "nobody yet"
    return f"{who} · {left_words(job.due, now)}"


def _state(records: Records, crisis: Crisis) -> list[tuple[str, Text]]:
    found: list[tuple[str, Text]] = []
    strip = holds_of(records, crisis)
    if strip:
        found.append(("Accounts", strip_words(records, strip)))
    receipts = records.find(Receipt, crisis=crisis.id)
    if receipts:
        found.append(("Answered", receipt_words(records, receipts)))
    waiting = [one for one in calls_of(records, crisis) if not one.over]
    if waiting:
        named = (f"{one.name} (by {name_of(records, one.by)})" for one in waiting)
        found.append(("To be phoned", ", ".join(named)))
    if crisis.update_due is not None:
        found.append(("Next update", (Moment(crisis.update_due),)))
    return found


def strip_words(records: Records, strip: Sequence[Held]) -> str:
    """The account strip: those hit by name, the others by how far they are."""
    said = []
    for one in strip[:STRIP]:
        account = records.get(Account, one.account)
        said.append(f"{account.short if account else '?'} {held_words(one)}")
    more = f" and {len(strip) - STRIP} more" if len(strip) > STRIP else ""
    return ", ".join(said) + more


def receipt_words(records: Records, receipts: Sequence[Receipt]) -> str:
    """`5 of 8; not yet: Ben, Ana`."""
    told = [one for one in receipts if one.told is not None]
    answered = [one for one in told if one.has_answered]
    missing = [name_of(records, one.volunteer) for one in told if not one.has_answered]
    waits = len(receipts) - len(told)
    said = f"{len(answered)} of {len(told)}"
    said += f"; not yet: {', '.join(missing[:5])}" if missing else ""
    return said + (f"; {waits} told when their quiet hours end" if waits else "")


def _held_on(records: Records, crisis: Crisis) -> tuple[Block, ...]:
    left = [one for one in holds_of(records, crisis) if one.released is None]
    if not left:
        return ()
    said: tuple[Inline, ...] = (strip_words(records, left), ". Each is let go by its owner and one other.")
    return (Facts((("Still on hold", said),)),)


def _after(crisis: Crisis) -> tuple[Button, ...]:
    values = {"crisis": crisis.id}
    if crisis.checklist:
        return ()
    return (Button("Release accounts", "hold release", values), Button("See the review", "crisis review", values))
