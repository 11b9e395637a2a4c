"""The alarm: everybody on the plan's list at once, each with a receipt of their own; who does not answer is sought.

The ways, at the plan's minutes for the level: the message, again, the second path (another network, a mention in the
crisis channel, the phone as a task for somebody), then the backup, then the approver. One answer stops only its own.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.core.chat import Button, Card, Note, Style
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.crisis.calling import CALL, call, calls_of
from bot.topics.crisis.kept import Seat
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Answer, Crisis, Moved, Receipt
from bot.topics.crisis.people import active, is_private
from bot.topics.crisis.telling import crisis_channel, may_write, receipt_id, second_address, show, tell
from bot.topics.crisis.versions import plan_of, span, title_of
from bot.topics.team.hours import DAY, at, in_quiet, local_day
from bot.topics.team.model import Volunteer
from bot.topics.team.nudging import address, hours_of

RECEIPT = "crisis-receipt"
MESSAGE, REMIND, SECOND, BACKUP, APPROVER = "message", "remind", "second path", "backup", "approver"
NO_WAY = "no way to write"
IN_PLACE = "in place of "  # what a backup is asked as begins so


class Wanted(Struct, frozen=True):
    """Somebody whom the plan wants to be told: what they are to it, and whether their night is disturbed for it.

    `phone` says that they are to be reached by phone only.
    """

    volunteer: str
    why: str
    at_night: bool = True
    phone: bool = False


def alarm_all(context: Context, crisis: Crisis, wanted: Sequence[Wanted]) -> None:
    """Tell everybody who is wanted and not told yet, all at once; each has a receipt from now on."""
    for one in wanted:
        id = receipt_id(crisis, one.volunteer)
        known = context.records.get(Receipt, id)
        if one.volunteer in crisis.suspects or one.phone:
            continue
        if known is not None:
            if known.told is None and one.at_night and known.due > context.now:  # another reason, that does wake them
                context.records.put(replace(known, due=context.now, why=f"{known.why}; {one.why}"))
                ring(context, id)
            continue
        volunteer = active(context.records, one.volunteer)
        if volunteer is None or (crisis.drill and volunteer.id not in crisis.people):
            continue
        receipt = Receipt(id, crisis.id, volunteer.id, one.why, _due(context, volunteer, at_night=one.at_night))
        if volunteer.id == context.asker.volunteer:  # who declares it has seen it
            receipt = replace(receipt, told=context.now, answer=Answer.GOT, answered=context.now, paths=("declared",))
            context.records.put(receipt)
            continue
        context.records.put(receipt)
        ring(context, id)


def _due(context: Context, volunteer: Volunteer, *, at_night: bool) -> datetime:
    """Now, or at the end of their quiet hours where the plan leaves them their night."""
    hours = hours_of(context.records, volunteer)
    local = context.now.astimezone(hours.zone)
    if at_night or not in_quiet(hours.quiet_from, hours.quiet_to, local.time()):
        return context.now
    today = local_day(hours.zone, context.now)
    ends = (at(hours.zone, day, hours.quiet_to) for day in (today, today + DAY))
    return next(end for end in ends if end > context.now)


def ring(context: Context, id: str) -> None:
    """The alarm of one receipt: send what is due now, and put the next step of the seeking on the agenda."""
    receipt = context.records.get(Receipt, id)
    crisis = context.records.get(Crisis, receipt.crisis) if receipt else None
    if receipt is None or crisis is None or not crisis.is_open or receipt.has_answered:
        return
    if receipt.volunteer in crisis.suspects:
        return
    if receipt.told is None:
        if context.now < receipt.due:
            context.records.wake(RECEIPT, id, receipt.due)
            return
        receipt = _first(context, crisis, receipt)
    for what, due in rungs(context.records, crisis, receipt):
        if due <= context.now and what not in receipt.paths:
            receipt = replace(receipt, paths=(*receipt.paths, what))
            context.records.put(receipt)
            receipt = _seek(context, crisis, receipt, what)
    context.records.put(receipt)
    left = [due for what, due in rungs(context.records, crisis, receipt) if what not in receipt.paths]
    context.records.wake(RECEIPT, id, min(left) if left else None)


def rungs(records: Records, crisis: Crisis, receipt: Receipt) -> list[tuple[str, datetime]]:
    """What is tried while this person does not answer, and when; at once where nothing can be written to them."""
    told = receipt.told or receipt.due
    steps = plan_of(records, crisis).escalation(crisis.level)
    dumb = NO_WAY in receipt.paths
    return [(what, told if dumb and what == SECOND else told + span(crisis, minutes)) for what, minutes in steps]


def _first(context: Context, crisis: Crisis, receipt: Receipt) -> Receipt:
    card = alarm_card(context.records, crisis, receipt)
    context.records.put(replace(receipt, told=context.now))  # from now on they may be written to
    sent = tell(context.records, crisis, receipt.volunteer, f"alarm/{receipt.volunteer}", card)
    receipt = replace(receipt, told=context.now, paths=(MESSAGE if sent else NO_WAY,))
    context.records.put(receipt)
    if not sent:
        who = name_of(context.records, receipt.volunteer)
        log(context, crisis, "unreached", f"I can't write to {who} (no consent, or no open way)", by="")
    return receipt


def _seek(context: Context, crisis: Crisis, receipt: Receipt, what: str) -> Receipt:
    """One more way to a person who does not answer; gives the receipt with what came of it."""
    who = name_of(context.records, receipt.volunteer)
    if what == REMIND:
        card = alarm_card(context.records, crisis, receipt)
        tell(context.records, crisis, receipt.volunteer, f"alarm/{receipt.volunteer}/again", card)
    elif what == SECOND:
        _second(context, crisis, receipt)
    elif what == BACKUP:
        backup = stand_in_of(context.records, crisis, receipt)
        if backup:
            receipt = replace(receipt, stood_in=backup)
            alarm_all(context, crisis, [Wanted(backup, f"{IN_PLACE}{who}: {receipt.why}")])
            named = name_of(context.records, backup)
            log(context, crisis, "backup", f"{who} has not answered, so {named} is asked", by="", loud=True)
            context.announce(Moved(crisis.id))
        else:
            log(context, crisis, "backup", f"{who} has not answered, and has no backup", by="", loud=True)
    elif what == APPROVER:
        _approver(context, crisis, who)
    return receipt


def _second(context: Context, crisis: Crisis, receipt: Receipt) -> None:
    """Another network, a mention in the crisis channel, and the phone, as a task for whoever leads."""
    records = context.records
    volunteer = active(records, receipt.volunteer)
    if volunteer is None:
        return
    card = alarm_card(records, crisis, receipt)
    ways = []
    if second_address(records, volunteer) is not None and tell(
        records, crisis, volunteer.id, f"alarm/{volunteer.id}/other", card, other=True
    ):
        ways.append("on another network")
    place = crisis_channel(records, crisis, private=is_private(records, crisis))
    person = address(records, volunteer)
    if place is not None and person is not None and may_write(records, crisis, volunteer):
        asked = Card(f"{volunteer.name}?", (person, ", the team needs a sign from you: please look at your messages."))
        show(records, crisis, place, f"mention/{volunteer.id}", asked, under="board", mentions=(person,))
        ways.append("in the channel")
    if call(context, crisis, volunteer.id, f"no answer yet: {receipt.why}") is not None:
        ways.append("by phone, which somebody is asked to do")
    tried = " and ".join(ways) if ways else "in no other way: none is known"
    log(context, crisis, "second path", f"{volunteer.name} has not answered, and is sought {tried}", by="")


def stand_in_of(records: Records, crisis: Crisis, receipt: Receipt) -> str:
    """Who acts for somebody who does not answer: the backup of their account or of their role."""
    wanted = [
        account.backup
        for id in crisis.accounts
        if (account := records.get(Account, id)) is not None and account.owner == receipt.volunteer
    ]
    wanted += [seat.backup for seat in records.find(Seat) if seat.first == receipt.volunteer]
    if receipt.volunteer == crisis.lead:
        wanted.append(crisis.backup_lead)
    fit = (one for one in wanted if one and one != receipt.volunteer and one not in crisis.suspects)
    return next((one for one in fit if active(records, one) is not None), "")


def _approver(context: Context, crisis: Crisis, who: str) -> None:
    seat = context.records.get(Seat, APPROVER)
    contact = (seat.first or seat.backup) if seat else ""
    asked = call(context, crisis, contact, f"{who} has not answered") if contact else None
    if asked is None:
        log(
            context, crisis, "approver", "The plan wants the approver to be told, and no number is on the roster", by=""
        )


def alarm_card(records: Records, crisis: Crisis, receipt: Receipt) -> Card:
    """What somebody who is alarmed reads first."""
    values = {"crisis": crisis.id}
    return Card(
        f"{title_of(records, crisis)}: you are needed",
        f"“{crisis.said}” You are asked as {receipt.why}. Please press one of these now.",
        (Note("Stop posting and replying about this. In danger? Call emergency services first."),),
        (
            Button("I've got it", "crisis answer", {"how": "got", **values}, Style.PRIMARY),
            Button("Seen", "crisis answer", {"how": "seen", **values}),
            Button("I can't", "crisis answer", {"how": "cant", **values}),
            Button("What is going on?", "crisis show", values),
        ),
    )


def answered(context: Context, crisis: Crisis, how: Answer) -> Receipt:
    """Keep what the asker says to the alarm; a “can't” brings in their backup at once."""
    id = receipt_id(crisis, context.asker.volunteer)
    known = context.records.get(Receipt, id) or Receipt(
        id, crisis.id, context.asker.volunteer, "came by themselves", context.now, context.now, ("came",)
    )
    first = known.answered is None
    receipt = replace(known, answer=how, answered=known.answered or context.now, told=known.told or context.now)
    context.records.put(receipt)
    context.records.wake(RECEIPT, id, None)
    if how is not known.answer:
        said = {Answer.SEEN: "has seen it", Answer.GOT: "has got it", Answer.CANT: "can't"}[how]
        log(context, crisis, how.value, f"{context.asker.name} {said}", by="", loud=how is not Answer.SEEN or first)
    if how is Answer.CANT and not receipt.stood_in:
        backup = stand_in_of(context.records, crisis, receipt)
        if backup:
            receipt = replace(receipt, stood_in=backup)
            context.records.put(receipt)
            alarm_all(context, crisis, [Wanted(backup, f"{IN_PLACE}{context.asker.name}: {receipt.why}")])
    for one in calls_of(context.records, crisis):  # nobody need phone somebody who has answered
        if one.contact == context.asker.volunteer and not (one.over or one.voice):
            context.records.put(replace(one, over=True))
            context.records.wake(CALL, one.id, None)
    context.announce(Moved(crisis.id))
    return receipt
