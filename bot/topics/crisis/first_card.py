"""The first card: whoever has said that something is wrong reads what to do, in order, and what I take it for."""

from bot.core.chat import Block, Button, Card, Choice, Control, Facts, Note, Row, Rows, Style
from bot.core.ports import Records
from bot.core.router import Context, Role
from bot.topics.accounts.model import Account
from bot.topics.crisis.logbook import name_of
from bot.topics.crisis.model import Crisis, Receipt
from bot.topics.crisis.notices import listed
from bot.topics.crisis.outline import LEVELS
from bot.topics.crisis.roster import phone_of
from bot.topics.crisis.telling import marked
from bot.topics.crisis.versions import plan_of, title_of, triage

EMERGENCY = "In danger? Call emergency services."
CHOICES = 8  # accounts that are offered where a network was named


def first_card(context: Context, crisis: Crisis) -> Card:
    """The first card: the emergency line, then 1, 2, 3; then what I take it for, to be corrected by a press."""
    values = {"crisis": crisis.id}
    rows = (
        Row(_call_first(context, crisis)),
        Row("Take a screenshot of what you see, before it is gone.", "One is enough."),
        Row("Don't reply, don't delete, don't post about it."),
    )
    blocks: list[Block] = [
        Rows(rows),
        Facts((("I take it for", title_of(context.records, crisis)), *_told(context, crisis))),
    ]
    controls: tuple[Control, ...] = (Button("What is going on?", "crisis show", values, Style.PRIMARY),)
    if context.asker.role >= Role.OBSERVER:
        blocks += _guess(context, crisis)
        controls = (
            *controls,
            *corrections(context.records, crisis),
            Button("False alarm", "crisis false-alarm", values),
        )
    card = Card("Thank you. Help is on its way.", EMERGENCY, tuple(blocks), controls)
    return marked(crisis, card)


def _guess(context: Context, crisis: Crisis) -> list[Block]:
    """What was guessed, because of which words, and how to set it right."""
    from bot.topics.crisis.triage import because  # noqa: PLC0415 - as `versions.triage`

    said = because(triage(plan_of(context.records, crisis), crisis.said), crisis.guessed)
    if not said:
        return []
    ask = "Please correct it below if it is wrong." if crisis.kind else "Please choose below what it is."
    return [Note(f"My guess: {'; '.join(said)}. {ask}")]


def _call_first(context: Context, crisis: Crisis) -> str:
    records = context.records
    me = context.asker.volunteer
    may = context.asker.role >= Role.OBSERVER and me not in crisis.suspects
    wanted = [
        *crisis.suspects,
        crisis.lead,
        crisis.backup_lead,
        *(volunteer for volunteer, _w, _n in listed(records, crisis)),
    ]
    people = [one for one in dict.fromkeys(wanted) if one and one != me]
    for one in people if may else ():
        contact = phone_of(records, one)
        if contact is not None:
            why = " to hear that it is really them" if one in crisis.suspects else ""
            return f"Phone {contact.name} now{why}: {contact.phone}. Within 3 minutes."
    if people:
        return f"I have alarmed {name_of(records, people[0])}. If you know their number, phone them now."
    return "Nobody else of the team can be alarmed. Phone somebody of the association whom you know."


def _told(context: Context, crisis: Crisis) -> list[tuple[str, str]]:
    receipts = context.records.find(Receipt, crisis=crisis.id)
    told = [one for one in receipts if one.told is not None and one.volunteer != context.asker.volunteer]
    later = sum(one.told is None for one in receipts)
    said = f"{len(told)} {'person' if len(told) == 1 else 'people'}"
    said += f"; {later} more when their quiet hours end" if later else ""
    lead = (
        "you, until you hand it over"
        if crisis.lead == context.asker.volunteer
        else name_of(context.records, crisis.lead)
    )
    return [("Told", said), ("In the lead", lead if crisis.lead else "nobody yet")]


def corrections(records: Records, crisis: Crisis) -> tuple[Control, ...]:
    """The choices that set right what was guessed."""
    plan = plan_of(records, crisis)
    values = {"crisis": crisis.id}
    kinds = tuple((one.id, one.name) for one in plan.kinds.values() if not one.checklist)[:20]
    levels = tuple((level, f"{level} {plan.severity(level).name}") for level in LEVELS)
    found: list[Control] = [
        Choice("It is", "crisis kind", "kind", kinds, values),
        Choice("How bad is it?", "crisis level", "level", levels, values),
    ]
    accounts = [one for id in crisis.accounts if (one := records.get(Account, id)) is not None]
    if "accounts" in crisis.guessed and len(accounts) > 1:
        pairs = tuple((one.short, f"{one.short}: {one.name}"[:75]) for one in accounts[:CHOICES])
        found.append(Choice("Which account?", "crisis accounts", "account", pairs, values))
    return tuple(found)
