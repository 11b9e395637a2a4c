"""How a handover looks: the checklist with everybody's word, and the asker's next steps."""

from bot.core.chat import Block, Button, Card, Control, Facts, Inline, Moment, Note, Row, Text, Tick, Ticks
from bot.core.router import Context, Role
from bot.core.words import shown
from bot.topics.accounts.changing import name_of
from bot.topics.accounts.handing import ITEMS, marked, missing, side_of, sides, stand_in_from, who_is
from bot.topics.accounts.model import Account, Handover, Item, Side, Stage

EVERY = "all"
STAGES = {Stage.OPEN: "under way", Stage.DONE: "done", Stage.CALLED_OFF: "called off"}


def handover_card(context: Context, handover: Handover) -> Card:
    """The checklist with everybody's word, and the asker's next steps."""
    records = context.records
    account = records.get(Account, handover.account)
    short = account.short if account else "?"
    side = side_of(handover, context.asker.volunteer)
    ticks = tuple(_tick(context, handover, item, side, short) for item in Item)
    giver = name_of(records, handover.giver) if handover.giver else "nobody"
    facts = Facts((("From", giver), ("To", name_of(records, handover.taker)), ("Begun", (Moment(handover.started),))))
    notes: list[Block] = [Note(text) for text in _remarks(context, handover)]
    return Card(
        f"Handover of {short}"[:70],
        _said(context, handover, short),
        (facts, Ticks(ticks), *notes),
        _steps(context, handover, side, short),
    )


def _said(context: Context, handover: Handover, short: str) -> Text:
    taker = name_of(context.records, handover.taker)
    if handover.stage is Stage.CALLED_OFF:
        return f"The handover of {short} to {taker} was called off."
    if handover.stage is Stage.DONE:
        open_ = " One thing stays open: that they can sign in." if handover.lost_access else ""
        return f"{short} has passed to {taker}.{open_}"
    left = sum(len(missing(handover, side)) for side in sides(handover))
    return f"{short} goes to {taker}: {left} {'confirmation' if left == 1 else 'confirmations'} to go."


def _tick(context: Context, handover: Handover, item: Item, side: Side | None, short: str) -> Tick:
    words: list[Inline] = [ITEMS[item]]
    for each in sides(handover):
        mark = marked(handover, item, each)
        if mark is None:
            words.append(f"; {name_of(context.records, who_is(handover, each))}: to do")
        elif mark.stood_in:
            absent = name_of(context.records, who_is(handover, each))
            words.append(f"; {name_of(context.records, mark.by)} for {absent}, who did not answer: yes, ")
            words.append(Moment(mark.at))
        else:
            words += [f"; {name_of(context.records, mark.by)}: yes, ", Moment(mark.at)]
    done = not handover.lost_access or item is not Item.ACCESS
    done = done and all(marked(handover, item, each) for each in sides(handover))
    return Tick(tuple(words), done, _mark(handover, item, side, short))


def _mark(handover: Handover, item: Item, side: Side | None, short: str) -> Button | None:
    values = {"account": short, "item": item.value}
    lost = handover.lost_access and item is Item.ACCESS and side is Side.TAKER
    if side is None or not (handover.stage is Stage.OPEN or lost):
        return None
    mark = marked(handover, item, side)
    if mark is None or mark.stood_in:
        return Button(f"Confirm {item} of {short}", "handover confirm", values)
    return Button(f"Take back {item} of {short}", "handover take-back", values) if not lost else None


def _remarks(context: Context, handover: Handover) -> list[str]:
    found = []
    for side in sides(handover):
        start = stand_in_from(handover, side)
        if start is not None and start <= context.now and context.asker.role >= Role.COORDINATOR:
            found.append(f"{name_of(context.records, who_is(handover, side))} has not answered for 14 days or more.")
    if handover.lost_access:
        found.append("If nobody can sign in: ask whoever the recovery reaches, or the network's help pages.")
    return found


def _steps(context: Context, handover: Handover, side: Side | None, short: str) -> tuple[Control, ...]:
    if handover.stage is not Stage.OPEN:
        return (Button(f"Show {short}", "account show", {"account": short}),)
    found: list[Control] = []
    if side is not None and missing(handover, side):
        found.append(Button(f"Confirm all of {short}", "handover confirm", {"account": short, "item": EVERY}))
    for each in sides(handover):
        start = stand_in_from(handover, each)
        absent = who_is(handover, each)
        ready = start is not None and start <= context.now and absent != context.asker.volunteer
        if ready and context.asker.role >= Role.COORDINATOR:
            name = shown(name_of(context.records, absent))
            found.append(Button(f"Confirm for {name}", "handover confirm", {"account": short, "for": absent}))
    question = f"Stop the handover of {short}?"
    if side is not None or context.asker.role >= Role.COORDINATOR:
        found.append(Button(f"Call off {short}", "handover call-off", {"account": short}, confirm=question))
    return tuple(found)


def handover_row(context: Context, handover: Handover) -> Row:
    """One line of a list of handovers."""
    account = context.records.get(Account, handover.account)
    short = account.short if account else "?"
    giver = name_of(context.records, handover.giver) if handover.giver else "nobody"
    state = STAGES[handover.stage] + (", access still open" if handover.lost_access else "")
    text = (f"{short}: from {giver} to {name_of(context.records, handover.taker)}, ", Moment(handover.started))
    button = Button(f"Handover of {short}", "handover show", {"account": short})
    return Row(text, state, (button,))
