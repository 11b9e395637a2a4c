"""What becomes of accounts when a volunteer leaves, or their term ends: never one silently without an owner."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.core.chat import Button, Note, Row, Rows
from bot.core.pages import PAGE
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.card import show
from bot.topics.accounts.changing import (
    begin_handover,
    change,
    end_claim,
    end_offer,
    keep_handover,
    make_offer,
    name_of,
    open_handover,
    take_over,
    tell,
)
from bot.topics.accounts.handing import call_off
from bot.topics.accounts.model import Access, Account, Claim, Handover, Offer, Part, Stage
from bot.topics.team.facts import Section, TermEnding, TermPart, VolunteerLeft, VolunteerUnmatched
from bot.topics.team.model import Standing, TeamRole, Volunteer
from bot.topics.team.nudging import tell_coordinators

WEIGHT = 30
SAID = 5  # accounts that a coordinator's line names


class Fate(Struct, frozen=True):
    """What becomes of one account: `taker` has it at once, `asked` is offered it; neither, and it is free."""

    account: Account
    taker: str = ""
    asked: str = ""


def fate_of(account: Account, handover: Handover | None, claims: Sequence[Claim], heir: str, backup: str) -> Fate:
    """What becomes of an account whose owner leaves. Pure.

    Who has agreed to take it over has it; else the named heir is offered it; else who asked for it has it; else the
    backup is offered it; else it is free. `heir` and `backup` are empty where they can't be asked.
    """
    if handover is not None:
        return Fate(account, taker=handover.taker)
    if heir:
        return Fate(account, asked=heir)
    wishes = sorted((one for one in claims if one.part is Part.OWNER), key=lambda one: (one.made, one.id))
    if wishes:
        return Fate(account, taker=wishes[0].by)
    return Fate(account, asked=backup)


def fates(records: Records, volunteer: str, heir: str = "") -> list[Fate]:
    """What becomes of the volunteer's accounts if they leave now."""
    found = []
    for account in records.find(Account, owner=volunteer, order="short"):
        if account.live:
            handover = open_handover(records, account)
            claims = [one for one in records.find(Claim, account=account.id) if _can_own(records, one.by)]
            backup = account.backup if _can_own(records, account.backup) else ""
            kept = handover if handover is not None and _can_own(records, handover.taker) else None
            found.append(fate_of(account, kept, claims, heir if _can_own(records, heir) else "", backup))
    return found


def _can_own(records: Records, volunteer: str) -> bool:
    found = records.get(Volunteer, volunteer) if volunteer else None
    return found is not None and found.standing is not Standing.LEFT and found.role is not TeamRole.OBSERVER


def fate_words(records: Records, fate: Fate) -> str:
    """`ce-x: offered to regional groups`."""
    short = fate.account.short
    if fate.taker:
        return f"{short}: {name_of(records, fate.taker)} looks after it from now on"
    return f"{short}: offered to {name_of(records, fate.asked)}" if fate.asked else f"{short}: free, nobody has it"


def volunteer_left(context: Context, left: VolunteerLeft) -> Section | None:
    """Their accounts go to who takes them, or are offered, or free; the coordinators are told of every one."""
    gone = left.volunteer
    if left.merged and left.heir:
        _moved(context, gone.id, left.heir)
        return None
    found = fates(context.records, gone.id, left.heir)
    for fate in found:
        _carry_out(context, fate, gone.id)
    backed = _free_backups(context, gone)
    _end_their_own(context, gone)
    if not found and not backed:
        return None
    rows = [Row(fate_words(context.records, fate), controls=(show(fate.account),)) for fate in found]
    rows += [Row(f"{one.short}: without a backup now", controls=(show(one),)) for one in backed]
    if found:
        _tell_coordinators(context, gone, found)
    access = [one.id for one in context.records.find(Access) if gone.id in one.people]
    note = (Note(f"They could sign in to {len(access)} of the accounts: please have that changed."),) if access else ()
    shown = tuple(rows[:PAGE])
    more = (Note(f"And {len(rows) - PAGE} more: type `accounts nobody`."),) if len(rows) > PAGE else ()
    return Section(WEIGHT, (Rows(shown, total=len(shown)), *more, *note))


def _tell_coordinators(context: Context, gone: Volunteer, found: Sequence[Fate]) -> None:
    """In place of the line that they have left: the same with what becomes of the accounts, so that it is one line."""
    told = "; ".join(fate_words(context.records, fate) for fate in found[:SAID])
    more = f"; and {len(found) - SAID} more" if len(found) > SAID else ""
    nobody = Button("Accounts with nobody", "accounts", {"which": "nobody"})
    tell_coordinators(
        context,
        f"left/{gone.id}",
        f"{gone.name} is no longer in the team. {told}{more}.",
        controls=() if all(fate.taker for fate in found) else (nobody,),
        besides=context.asker.volunteer,
    )


def _carry_out(context: Context, fate: Fate, gone: str) -> None:
    account = fate.account
    handover = open_handover(context.records, account)
    if handover is not None and handover.taker != fate.taker:
        keep_handover(context, call_off(handover, context.now))
        handover = None
    if fate.taker:
        take_over(context, account, fate.taker)
        if handover is None:
            begin_handover(context, account, gone, fate.taker)
        text = f"{name_of(context.records, gone)}: {account.short} is yours now. Thank you for taking it on!"
        tell(context, fate.taker, f"yours/{account.id}", text, (show(account),))
        return
    change(context, account, replace(account, owner=""))
    if fate.asked:
        make_offer(context, account, Part.OWNER, fate.asked, by=context.asker.volunteer, giver=gone)


def _free_backups(context: Context, gone: Volunteer) -> list[Account]:
    found = []
    for account in context.records.find(Account, backup=gone.id, order="short"):
        change(context, account, replace(account, backup=""))
        if account.live:
            found.append(account)
            text = f"{gone.name}, the backup of {account.short}, has left. Would you offer it to somebody?"
            offer = Button(f"Offer {account.short}", "offer", {"account": account.short, "as": "backup"})
            tell(context, account.owner, f"no-backup/{account.id}", text, (offer,))
    return found


def _end_their_own(context: Context, gone: Volunteer) -> None:
    """Offers to them, their wishes, and handovers to them are over; who waited for them is told."""
    records = context.records
    for offer in records.find(Offer, to=gone.id):
        end_offer(context, offer)
        if account := records.get(Account, offer.account):
            text = f"{gone.name}, whom you asked to take {account.short}, has left the team."
            tell(context, offer.by or account.owner, f"answered/{offer.id}", text, (show(account),))
    for claim in records.find(Claim, by=gone.id):
        end_claim(context, claim)
    for handover in records.find(Handover, taker=gone.id, stage=Stage.OPEN):
        keep_handover(context, call_off(handover, context.now))
        if account := records.get(Account, handover.account):
            text = f"{gone.name}, who was to take {account.short} over, has left the team. The handover is off."
            tell(context, handover.giver, f"handover/{handover.id}/{handover.giver}", text, (show(account),))


def _moved(context: Context, gone: str, heir: str) -> None:
    """The heir is the same human: everything of theirs moves as it is."""
    records = context.records
    for account in [*records.find(Account, owner=gone), *records.find(Account, backup=gone)]:
        now = records.get(Account, account.id) or account
        owner = heir if now.owner == gone else now.owner
        backup = heir if now.backup == gone else now.backup
        change(context, now, replace(now, owner=owner, backup="" if backup == owner else backup))
    for access in records.find(Access):
        if gone in (*access.people, access.confirmed_by):
            people = tuple(dict.fromkeys(heir if one == gone else one for one in access.people))
            by = heir if access.confirmed_by == gone else access.confirmed_by
            records.put(replace(access, people=people, confirmed_by=by))
    for offer in records.find(Offer):
        to, by, giver = (heir if one == gone else one for one in (offer.to, offer.by, offer.giver))
        if (to, by, giver) != (offer.to, offer.by, offer.giver):
            records.put(replace(offer, to=to, by=by, giver=giver))
    for claim in records.find(Claim, by=gone):
        records.put(replace(claim, by=heir))
    for handover in [*records.find(Handover, giver=gone), *records.find(Handover, taker=gone)]:
        giver, taker = (heir if one == gone else one for one in (handover.giver, handover.taker))
        records.put(replace(handover, giver=giver, taker=taker))


def volunteer_unmatched(context: Context, unmatched: VolunteerUnmatched) -> Section | None:
    """What a wrong person took on in this name is offered to the name again, and nobody's until it is accepted."""
    records, who = context.records, unmatched.volunteer
    for handover in [
        *records.find(Handover, giver=who.id, stage=Stage.OPEN),
        *records.find(Handover, taker=who.id, stage=Stage.OPEN),
    ]:
        keep_handover(context, call_off(handover, context.now))
        other = handover.taker if handover.giver == who.id else handover.giver
        if account := records.get(Account, handover.account):
            text = f"The handover of {account.short} is off: {who.name} was somebody else than it seemed."
            tell(context, other, f"handover/{handover.id}/{other}", text, (show(account),))
    for claim in records.find(Claim, by=who.id):
        end_claim(context, claim)
    rows = []
    for part in Part:
        theirs: dict[str, Any] = {part.value: who.id}
        nobody: dict[str, Any] = {part.value: ""}
        for account in records.find(Account, order="short", **theirs):
            after = change(context, account, replace(account, **nobody))
            if after.live:
                make_offer(context, after, part, who.id, by=context.asker.volunteer)
                as_backup = " as its backup" if part is Part.BACKUP else ""
                rows.append(Row(f"{after.short}: offered to {who.name} again{as_backup}", controls=(show(after),)))
    return Section(WEIGHT, (Rows(tuple(rows[:PAGE]), total=len(rows)),)) if rows else None


def term_ending(context: Context, ending: TermEnding) -> TermPart | None:
    """In good time before a term ends, its accounts are offered to their backups; for the others the owner is asked."""
    records = context.records
    who = ending.volunteer
    asked, without = [], []
    for account in records.find(Account, owner=who.id, order="short"):
        offered = records.count(Offer, account=account.id, part=Part.OWNER)
        if not account.live or offered or open_handover(records, account):
            continue
        if _can_own(records, account.backup):
            make_offer(context, account, Part.OWNER, account.backup, by=who.id)
            asked.append(f"{account.short} to {name_of(records, account.backup)}")
        else:
            without.append(account)
    if not asked and not without:
        return None
    shorts = ", ".join(one.short for one in without)
    said = [f"I have offered {', '.join(asked)}."] if asked else []
    said += [f"Who could take {shorts}?"] if without else []
    return TermPart(
        own=" ".join(said),
        controls=tuple(
            Button(f"Hand over {one.short}", "handover start", {"account": one.short}) for one in without[:3]
        ),
        coordinators=f"A next owner is wanted for {shorts}." if without else "",
        coordinators_controls=tuple(
            Button(f"Offer {one.short}", "offer", {"account": one.short}) for one in without[:3]
        ),
    )
