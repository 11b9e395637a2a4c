"""`sos`: record what is seen, tell people, put up the board, in this order; all else comes after and stops nothing."""

import logging
from collections.abc import Callable

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Choice, Control, Facts, Note, Reply, Row, Rows, Style
from bot.core.ports import Records
from bot.core.router import Context, Role
from bot.topics.accounts.model import Account
from bot.topics.crisis.alarm import Wanted, alarm_all, ring
from bot.topics.crisis.calling import call
from bot.topics.crisis.holding import ask_to_hold
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Receipt
from bot.topics.crisis.options import ASight
from bot.topics.crisis.outline import LEVELS
from bot.topics.crisis.people import open_crises
from bot.topics.crisis.roster import phone_of
from bot.topics.crisis.scope import also_tell, hit_accounts, in_scope, leads, listed, suspects_of, to_phone
from bot.topics.crisis.stepcards import step_of
from bot.topics.crisis.stepping import UPDATE, finish, settle
from bot.topics.crisis.telling import marked, tell
from bot.topics.crisis.versions import current_plan, plan_of, playbook_id, span, title_of, triage

logger = logging.getLogger(__name__)

AFTERWARDS = "crisis-after"
EMERGENCY = "In danger? Call emergency services."
CHOICES = 8  # accounts that are offered where a network was named


def sos(context: Context, what: ASight, new: bool = False) -> Reply:
    """Something is wrong? Say what you see. I tell the right people at once, and what to do first.

    what: what you see, in your own words
    new: yes, if it is another thing than what is going on already
    """
    same = None if new else _same(context)
    if same is not None:
        return _added(context, same, what)
    return first_card(context, declare(context, _made(context, what)))


def _same(context: Context) -> Crisis | None:
    """What the asker has declared themselves and still goes on: more words about it are added to it."""
    for one in open_crises(context.records):
        if one.person == context.asker.person.id and not (one.drill or one.checklist):
            return one
    return None


def _added(context: Context, crisis: Crisis, what: str) -> Reply:
    log(context, crisis, "note", what, loud=True)
    card = first_card(context, crisis)
    return replace(card, summary=f"I have added that to what you told me. {EMERGENCY} Another thing? `sos new=yes …`")


def _made(context: Context, what: str) -> Crisis:
    records = context.records
    plan = current_plan(records)
    found = triage(plan, what)
    hit = hit_accounts(records, what)
    crisis = Crisis(
        context.chance.id(),
        records.count(Crisis) + 1,
        what,
        context.now,
        context.asker.person.id,
        context.asker.volunteer,
        playbook_id(records),
        found.kind,
        found.level,
        guessed=("kind", "level", *(("accounts",) if hit else ())),
        accounts=tuple(one.id for one in hit),
    )
    doubted = (who for other in open_crises(records) if not other.drill for who in other.suspects)
    return replace(crisis, suspects=tuple(dict.fromkeys((*suspects_of(records, crisis), *doubted))))


def declare(context: Context, crisis: Crisis) -> Crisis:
    """Record it, tell its people, put up the board; what else there is to do follows after the commit."""
    records = context.records
    lead, backup = leads(records, crisis)
    update = plan_of(records, crisis).severity(crisis.level).update
    crisis = replace(crisis, lead=lead, backup_lead=backup, update_due=context.now + span(crisis, update))
    records.put(crisis)
    log(context, crisis, "declared", crisis.said, loud=True)
    reach_out(context, crisis)
    first = step_of(records, crisis, "G1")
    if first is not None:  # the sentence completes the first step
        crisis = finish(context, crisis, first, crisis.said)
    crisis = settle(context, crisis)
    if not crisis.checklist:
        records.wake(AFTERWARDS, crisis.id, context.now)
        records.wake(UPDATE, crisis.id, crisis.update_due)
    return crisis


def reach_out(context: Context, crisis: Crisis) -> None:
    """Tell everybody whom the plan wants told and who is not yet, and ask for the hold: at first, and on a change."""
    if crisis.checklist:
        return
    ask_to_hold(context, crisis, in_scope(context.records, crisis))
    wanted = [Wanted(volunteer, why, at_night=wakes) for volunteer, why, wakes in listed(context.records, crisis)]
    if crisis.by and crisis.by not in {one.volunteer for one in wanted}:
        wanted.append(Wanted(crisis.by, "who saw it first"))
    alarm_all(context, crisis, wanted)


def changed(context: Context, crisis: Crisis) -> Crisis:
    """The kind, the level or the accounts were changed: whom and what it concerns is worked out again."""
    records = context.records
    suspects = tuple(one for one in suspects_of(records, crisis) if one not in crisis.heard)
    crisis = replace(crisis, suspects=tuple(dict.fromkeys((*suspects, *_still(crisis)))))
    if crisis.lead in crisis.suspects or not crisis.lead:
        lead, backup = leads(records, crisis)
        crisis = replace(crisis, lead=lead, backup_lead=backup)
        log(context, crisis, "lead", f"{name_of(records, lead)} leads", by="", loud=True)
    records.put(crisis)
    reach_out(context, crisis)
    for receipt in records.find(Receipt, crisis=crisis.id):  # the minutes are those of the level as it is now
        ring(context, receipt.id)
    records.wake(AFTERWARDS, crisis.id, context.now)
    return settle(context, crisis)


def _still(crisis: Crisis) -> tuple[str, ...]:
    """Those who were put under suspicion by hand stay so until they are heard."""
    return tuple(one for one in crisis.suspects if one not in crisis.heard)


def afterwards(context: Context, id: str) -> None:
    """The alarm for all that may fail: each part by itself, and a failure stops nothing and is shown."""
    crisis = context.records.get(Crisis, id)
    if crisis is None or not crisis.is_open:
        return
    for what, part in (("ask for the phone calls", _calls), ("list whom else to tell", _others)):
        optional(context, crisis, what, part)


def optional(context: Context, crisis: Crisis, what: str, part: Callable[[Context, Crisis], None]) -> None:
    """Do something that the crisis can go on without: if it fails, the log says so, and nothing else is touched."""
    try:
        part(context, crisis)
    except Exception:
        logger.exception("crisis %s: could not %s", crisis.id, what)
        log(context, crisis, "failed", f"I could not {what}. Everything else goes on.", by="", loud=True)


def _calls(context: Context, crisis: Crisis) -> None:
    for contact, why, minutes in to_phone(context.records, crisis):
        voice = contact in crisis.suspects
        if call(context, crisis, contact, why, voice=voice, minutes=max(minutes, 3)) is None and voice:
            who = name_of(context.records, contact)
            log(
                context,
                crisis,
                "call",
                f"No phone number of {who} is on the roster: find another way to hear them",
                by="",
            )


def _others(context: Context, crisis: Crisis) -> None:
    others = also_tell(context.records, crisis)
    if not others or not crisis.lead:
        return
    rows = tuple(Row(one) for one in others[:10])
    card = Card(
        "Tell them too", "The plan wants these told as well, and the roster names nobody for them.", (Rows(rows),)
    )
    tell(context.records, crisis, crisis.lead, "others", card)


# What the declarer sees.


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
        blocks.append(Note("That is my guess from your words. Please correct it below if it is wrong."))
        controls = (
            *controls,
            *corrections(context.records, crisis),
            Button("False alarm", "crisis false-alarm", values),
        )
    card = Card("Thank you. Help is on its way.", EMERGENCY, tuple(blocks), controls)
    return marked(crisis, card)


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
