"""`sos`: record what is seen, tell people, put up the board, in this order; all else comes after and stops nothing."""

import logging
from collections.abc import Callable

from msgspec.structs import replace

from bot.core.chat import Card, Reply, Row, Rows
from bot.core.router import Context
from bot.topics.crisis.alarm import IN_PLACE, RECEIPT, Wanted, alarm_all, ring
from bot.topics.crisis.calling import call, calls_of
from bot.topics.crisis.first_card import EMERGENCY, first_card
from bot.topics.crisis.holding import ask_to_hold
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Receipt
from bot.topics.crisis.notices import also_tell, listed, to_phone
from bot.topics.crisis.options import ASight
from bot.topics.crisis.people import open_crises
from bot.topics.crisis.questions import ask_people
from bot.topics.crisis.scope import hit_accounts, in_scope, leads, suspects_of
from bot.topics.crisis.steering import AFTERWARDS
from bot.topics.crisis.stepcards import step_of
from bot.topics.crisis.stepping import UPDATE, finish, settle
from bot.topics.crisis.telling import tell
from bot.topics.crisis.versions import current_plan, plan_of, playbook_id, span, triage

logger = logging.getLogger(__name__)


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
    _spare(context, crisis)
    reach_out(context, crisis)
    for receipt in records.find(Receipt, crisis=crisis.id):  # the minutes are those of the level as it is now
        ring(context, receipt.id)
    records.wake(AFTERWARDS, crisis.id, context.now)
    return settle(context, crisis)


def _spare(context: Context, crisis: Crisis) -> None:
    """Whoever was only to be told when their night ends, and is not on the list any more, is not told at all."""
    wanted = {volunteer for volunteer, _why, _wakes in listed(context.records, crisis)}
    for one in context.records.find(Receipt, crisis=crisis.id):
        if one.told is None and one.volunteer not in wanted and not one.why.startswith(IN_PLACE):
            context.records.remove(Receipt, one.id)
            context.records.wake(RECEIPT, one.id, None)


def _still(crisis: Crisis) -> tuple[str, ...]:
    """Those who were put under suspicion by hand stay so until they are heard."""
    return tuple(one for one in crisis.suspects if one not in crisis.heard)


def afterwards(context: Context, id: str) -> None:
    """The alarm for all that may fail: each part by itself, and a failure stops nothing and is shown."""
    crisis = context.records.get(Crisis, id)
    if crisis is None or not crisis.is_open:
        return
    for what, part in (
        ("tell whoever it concerns by now", reach_out),
        ("ask for the phone calls", _calls),
        ("ask what else applies", ask_people),
        ("list whom else to tell", _others),
    ):
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
        if not voice and any((one.contact, one.why) == (contact, why) for one in calls_of(context.records, crisis)):
            continue
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
