"""Taking an account out of use, for good or in favour of another, and bringing it back."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Reply
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.card import show
from bot.topics.accounts.changing import call_off_all, change, end_all, name_of, tell
from bot.topics.accounts.model import Account, Status
from bot.topics.accounts.options import ALiveAccount, ARetiredAccount
from bot.topics.team.model import Standing, Volunteer


def account_retire(context: Context, account: ALiveAccount) -> Reply:
    """Take an account out of use. Its names are kept, so that people still find out what became of it.

    account: the one that is no longer used
    """
    _close(context, account)
    change(context, account, replace(account, status=Status.RETIRED))
    tell(context, account.owner, f"retired/{account.id}", f"{account.short} is retired: there is nothing left to do.")
    return Card(
        account.short,
        f"{account.short} is retired. Its names are kept, and its short name goes to no other account.",
        controls=(Button(f"Bring {account.short} back", "account restore", {"account": account.short}),),
    )


def account_merge(context: Context, account: ALiveAccount, into: ALiveAccount) -> Reply:
    """Retire an account in favour of another: all its names lead there from now on.

    account: the one that is no longer used
    into: the one that carries on
    """
    if account.id == into.id:
        raise Refusal("Those are the same account. Please name another one to carry on.", option="into")
    _close(context, account)
    change(context, account, replace(account, status=Status.RETIRED, merged_into=into.id))
    for mirror in context.records.find(Account, mirror_of=account.id):
        source, kind = ("", None) if mirror.id == into.id else (into.id, mirror.mirror_kind)
        change(context, mirror, replace(mirror, mirror_of=source, mirror_kind=kind))
    for person in dict.fromkeys((account.owner, into.owner)):
        tell(context, person, f"merged/{account.id}/{person}", f"{account.short} is merged into {into.short}.")
    return Card(
        into.short,
        f"{account.short} is merged into {into.short}: whoever looks for it is led there.",
        controls=(Button(f"Bring {account.short} back", "account restore", {"account": account.short}), show(into)),
    )


def account_restore(context: Context, account: ARetiredAccount) -> Reply:
    """Bring a retired or merged account back into use.

    account: its short name
    """
    if account.live:
        raise Refusal(f"{account.short} is in use. Type `account show {account.short}` to see it.")
    back = replace(
        account,
        status=Status.UNKNOWN,
        merged_into="",
        owner=_still_here(context, account.owner),
        backup=_still_here(context, account.backup),
    )
    after = change(context, account, back, fresh=True)
    owner = name_of(context.records, after.owner)
    return Card(
        after.short,
        f"{after.short} is back in use; its owner is {owner}. How is it doing? Please say so when you know.",
        controls=(
            Button(f"{after.short} is active", "account status", {"account": after.short, "status": "active"}),
            Button(f"Retire {after.short}", "account retire", {"account": after.short}),
            show(after),
        ),
    )


def _close(context: Context, account: Account) -> None:
    """What was under way with an account that goes out of use is over."""
    end_all(context, account)
    call_off_all(context, account)


def _still_here(context: Context, volunteer: str) -> str:
    """The volunteer's id, or nothing where they have left the team."""
    found = context.records.get(Volunteer, volunteer) if volunteer else None
    return volunteer if found is not None and found.standing is not Standing.LEFT else ""
