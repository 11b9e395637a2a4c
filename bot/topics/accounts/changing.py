"""The few ways in which an account's facts change: each keeps its due times right and tells later topics."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.chat import Button, Control, Text
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.handing import call_off, next_look
from bot.topics.accounts.model import Access, Account, AccountChanged, Claim, Handover, Offer, Part, Stage, Status
from bot.topics.team.hours import local_day
from bot.topics.team.model import Standing, Volunteer
from bot.topics.team.nudging import ask_for_nudge, notify, team_of

ACCESS = "access"  # ask whether an account's login still works
NOBODY = "nobody"  # tell the coordinators which accounts have nobody; one subject for the whole team
OFFER = "offer"  # an offer or a claim that was not answered
HANDOVER = "handover"  # a handover that was not confirmed
SHEET = "sheet"  # a sheet of accounts that nobody imported is forgotten

TEAM = "all"  # the subject of NOBODY
WEEK = timedelta(days=7)
PATIENCE = timedelta(days=14)  # for an answer to an offer
KEPT_FOR = timedelta(days=1)  # a sheet of accounts, from its preview on
CONFIRMED_FOR = timedelta(days=180)  # then whoever owns it is asked whether they can still sign in
SETTLED_IN = timedelta(days=30)  # with a new account, before the question is asked for the first time

TOLD = (
    *("owner", "backup", "status", "network", "mirror_of", "mirror_kind", "merged_into"),
    *("every", "per_week", "days", "cap_day", "cap_week"),
)


def name_of(records: Records, volunteer: str) -> str:
    """A volunteer's name, "nobody" for none."""
    found = records.get(Volunteer, volunteer) if volunteer else None
    if found is None:
        return "somebody I no longer know" if volunteer else "nobody"
    return f"{found.name} (no longer in the team)" if found.standing is Standing.LEFT else found.name


def tell(context: Context, volunteer: str, key: str, text: Text, controls: tuple[Control, ...] = ()) -> None:
    """Say something in the volunteer's next nudge, unless they are the asker, who sees the answer, or have left."""
    found = context.records.get(Volunteer, volunteer) if volunteer else None
    if found is not None and volunteer != context.asker.volunteer and found.standing is not Standing.LEFT:
        notify(context, volunteer, key, text, controls=controls)


def show_handover(account: Account) -> Button:
    """The button that shows an account's handover."""
    return Button(f"Handover of {account.short}", "handover show", {"account": account.short})


def today_of_team(context: Context) -> date:
    """The date in the team's zone."""
    return local_day(ZoneInfo(team_of(context.records).zone), context.now)


def change(context: Context, before: Account | None, account: Account, *, fresh: bool = False) -> Account:
    """Keep the account as it is now, plan its due times, and tell later topics if that concerns them."""
    if before == account and not fresh:
        return account
    context.records.put(account)
    plan_access(context, account)
    plan_nobody(context)
    if before is None or fresh or any(getattr(before, name) != getattr(account, name) for name in TOLD):
        context.announce(AccountChanged(before, account, fresh))
    return account


def take_over(context: Context, account: Account, owner: str) -> Account:
    """The volunteer owns the account from now on; offers of it to others and their own wishes for it are over."""
    records = context.records
    backup = "" if account.backup == owner else account.backup
    for offer in records.find(Offer, account=account.id):
        if offer.part is Part.OWNER or offer.to == owner:
            end_offer(context, offer)
    for claim in records.find(Claim, account=account.id, by=owner):
        end_claim(context, claim)
    return change(
        context, account, replace(account, owner=owner, backup=backup, unowned_until=None), fresh=account.owner != owner
    )


def back_up(context: Context, account: Account, backup: str) -> Account:
    """The volunteer is the account's backup from now on."""
    records = context.records
    for offer in records.find(Offer, account=account.id, part=Part.BACKUP):
        end_offer(context, offer)
    for claim in records.find(Claim, account=account.id, by=backup, part=Part.BACKUP):
        end_claim(context, claim)
    return change(context, account, replace(account, backup=backup))


# -- offers and claims -----------------------------------------------------------------------------------------------


def make_offer(context: Context, account: Account, part: Part, to: str, *, by: str = "", giver: str = "") -> Offer:
    """Offer the account to a volunteer, in place of an offer of the same part to anybody else."""
    records = context.records
    for other in records.find(Offer, account=account.id, part=part):
        if other.to == to:
            giver = giver or other.giver
        end_offer(context, other)
    offer = Offer(context.chance.id(), account.id, part, to, by, context.now, giver)
    records.put(offer)
    records.wake(OFFER, offer.id, context.now + PATIENCE)
    ask_for_nudge(context, to)
    return offer


def end_offer(context: Context, offer: Offer) -> None:
    """The offer is answered or withdrawn."""
    context.records.remove(Offer, offer.id)
    context.records.wake(OFFER, offer.id, None)


def make_claim(context: Context, account: Account, part: Part, by: str) -> Claim:
    """Ask the account's owner for it; asked twice, the first one counts."""
    known = context.records.find(Claim, account=account.id, part=part, by=by, limit=1)
    if known:
        return known[0]
    claim = Claim(context.chance.id(), account.id, part, by, context.now)
    context.records.put(claim)
    context.records.wake(OFFER, claim.id, context.now + PATIENCE)
    ask_for_nudge(context, account.owner)
    return claim


def end_claim(context: Context, claim: Claim) -> None:
    """The wish is answered or taken back."""
    context.records.remove(Claim, claim.id)
    context.records.wake(OFFER, claim.id, None)


def end_all(context: Context, account: Account) -> None:
    """Offers of the account and wishes for it are over."""
    for offer in context.records.find(Offer, account=account.id):
        end_offer(context, offer)
    for claim in context.records.find(Claim, account=account.id):
        end_claim(context, claim)


# -- handovers -------------------------------------------------------------------------------------------------------


def open_handover(records: Records, account: Account) -> Handover | None:
    """The account's handover that is under way, if any."""
    return next(iter(records.find(Handover, account=account.id, stage=Stage.OPEN, limit=1)), None)


def begin_handover(context: Context, account: Account, giver: str, taker: str) -> Handover:
    """Open the checklist for both sides."""
    handover = Handover(context.chance.id(), account.id, giver, taker, context.now)
    keep_handover(context, handover)
    for one, other in ((giver, taker), (taker, giver)):
        text = f"{account.short} goes to {name_of(context.records, taker)}. There are four things to confirm."
        if one == taker:
            text = f"{account.short} comes to you from {name_of(context.records, other)}: four things to confirm."
        tell(context, one, f"handover/{handover.id}/{one}", text, (show_handover(account),))
    return handover


def keep_handover(context: Context, handover: Handover) -> None:
    """Keep the handover, and plan when the coordinators hear of it if nothing happens."""
    context.records.put(handover)
    context.records.wake(HANDOVER, handover.id, next_look(handover, context.now))


def call_off_all(context: Context, account: Account) -> None:
    """Handovers of the account that are under way are called off, and who took it over is told."""
    for one in context.records.find(Handover, account=account.id, stage=Stage.OPEN):
        keep_handover(context, call_off(one, context.now))
        for person in (one.giver, one.taker):
            tell(context, person, f"handover/{one.id}/{person}", f"The handover of {account.short} is off.")


# -- due times -------------------------------------------------------------------------------------------------------


def plan_access(context: Context, account: Account) -> None:
    """When the owner is asked next whether they can sign in; never for an account without an owner."""
    if not account.owner or not account.live:
        context.records.wake(ACCESS, account.id, None)
        return
    access = context.records.get(Access, account.id)
    confirmed = access.confirmed if access else None
    known = context.records.agenda(alarm=ACCESS, subject=account.id)
    if confirmed is not None and confirmed + CONFIRMED_FOR > context.now:
        context.records.wake(ACCESS, account.id, confirmed + CONFIRMED_FOR)
    elif not known:
        context.records.wake(ACCESS, account.id, context.now + SETTLED_IN)


def has_nobody(account: Account, today: date, offered: bool) -> bool:
    """Does the account want an owner? Not where it is left unowned for now, or offered to somebody of late."""
    agreed = account.unowned_until is not None and today < account.unowned_until
    return account.live and not account.owner and not agreed and not offered


def without_owner(context: Context) -> list[Account]:
    """The accounts that want an owner and that nobody is thinking about."""
    records = context.records
    today = today_of_team(context)
    offers = records.find(Offer, part=Part.OWNER)
    offered = {one.account for one in offers if one.made + PATIENCE > context.now}
    return [one for one in records.find(Account, owner="", order="short") if has_nobody(one, today, one.id in offered)]


def free_accounts(accounts: Sequence[Account]) -> list[Account]:
    """The accounts in use that nobody owns."""
    return [one for one in accounts if one.live and not one.owner]


def plan_nobody(context: Context) -> None:
    """The weekly look at accounts without an owner is on the agenda while there are any."""
    records = context.records
    known = records.agenda(alarm=NOBODY, subject=TEAM)
    free = records.count(Account, owner="") > records.count(Account, owner="", status=Status.RETIRED)
    if free and not known:
        records.wake(NOBODY, TEAM, context.now + WEEK)
    elif known and not free:
        records.wake(NOBODY, TEAM, None)
