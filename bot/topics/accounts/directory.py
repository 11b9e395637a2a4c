"""Keeping the directory: showing and adding an account, how it is doing, what it repeats, how much is wanted on it."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Reply, Style
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.card import STATUS, account_card, mirror_words, show, summary
from bot.topics.accounts.changing import change
from bot.topics.accounts.editing import refuse_double, refuse_others
from bot.topics.accounts.model import Account, MirrorKind, Status
from bot.topics.accounts.naming import free_short, made_short, read_url, taken_shorts
from bot.topics.accounts.options import (
    AHandle,
    ALiveAccount,
    AnAccount,
    ANetwork,
    AStatus,
    ATitle,
    all_accounts,
)

MOST_CAP = 50


def account_show(context: Context, account: AnAccount) -> Reply:
    """Everything about an account that you may see.

    account: its short name, handle, name, page, or words that describe it
    """
    return account_card(context, account)


def account_add(
    context: Context,
    network: ANetwork,
    name: ATitle,
    handle: AHandle = "",
    *,
    short: str = "",
    url: str = "",
) -> Reply:
    """Add an account to the directory.

    network: x, facebook, youtube, linkedin, flickr, website, other …
    name: its name, as its page says it
    handle: its handle, such as @ALCTS_CE
    short: a unique short name, such as ce-x; I make one if left out
    url: the address of its page
    """
    known = all_accounts(context.records)
    refuse_double(known, network, handle)
    taken = taken_shorts(known)
    short = free_short(short, known) if short else made_short(name, network, taken)
    account = Account(context.chance.id(), short, name, network, handle, read_url(url))
    change(context, None, account)
    values = {"account": short}
    return Card(
        short,
        f"Added: {summary(account)} Its short name is {short}; nobody looks after it yet.",
        controls=(
            Button(f"Offer {short}", "offer", values, Style.PRIMARY),
            Button(f"Look after {short}", "claim", values),
            Button(f"Edit {short}", "account edit", values),
            Button(f"Retire {short}", "account retire", values),
        ),
    )


def account_status(context: Context, account: ALiveAccount, status: AStatus) -> Reply:
    """Say how an account is doing: active, quiet, dormant or unknown.

    account: one of yours, or any if you are a coordinator
    status: active, quiet, dormant or unknown
    """
    refuse_others(context, account)
    wakes = account.status is Status.DORMANT and status is not Status.DORMANT
    change(context, account, replace(account, status=status), fresh=wakes)
    said = f"{account.short} is {STATUS[status]} now."
    if status is Status.DORMANT:
        said += " I don't ask for posts on it."
    undo = Button(f"Back to {account.status}", "account status", {"account": account.short, "status": account.status})
    return Card(
        account.short, said, controls=(undo, show(account)) if account.status is not status else (show(account),)
    )


def account_mirror(
    context: Context,
    account: ALiveAccount,
    of: ALiveAccount | None = None,
    kind: MirrorKind | None = None,
    *,
    stop: bool = False,
) -> Reply:
    """Say that an account repeats another one, word for word or reworded.

    account: the one that repeats; yours, or any if you are a coordinator
    of: the one that it repeats
    kind: identical or reworded; reworded if left out
    stop: yes, if it does not repeat another one any more
    """
    refuse_others(context, account)
    short = account.short
    if of is None and kind is None and not stop:
        words = mirror_words(context, account)
        said = f"{short} mirrors {words}." if words else f"{short} mirrors no other account."
        end = (Button(f"{short} stands alone", "account mirror", {"account": short, "stop": "yes"}),) if words else ()
        return Card(short, said, controls=(*end, show(account)))
    if stop:
        after = change(context, account, replace(account, mirror_of="", mirror_kind=None))
        return Card(short, f"{short} stands alone now.", controls=(show(after),))
    source = of.id if of is not None else account.mirror_of
    if not source:
        raise Refusal(
            f"Which account does {short} repeat? Type for example `account mirror {short} ce-x`.", option="of"
        )
    _refuse_circle(context, account, source)
    kind = kind or account.mirror_kind or MirrorKind.REWORDED
    after = change(context, account, replace(account, mirror_of=source, mirror_kind=kind))
    end_button = Button(f"{short} stands alone", "account mirror", {"account": short, "stop": "yes"})
    return Card(short, f"{short} mirrors {mirror_words(context, after)}.", controls=(end_button, show(after)))


def account_caps(context: Context, account: ALiveAccount, day: int | None = None, week: int | None = None) -> Reply:
    """Set the most posts wanted on an account, a day and a week.

    account: one of yours, or any if you are a coordinator
    day: the most posts a day; 0 for no limit
    week: the most posts a week; 0 for no limit
    """
    if day is not None or week is not None:
        refuse_others(context, account)
    for name, number in (("day", day), ("week", week)):
        if number is not None and not 0 <= number <= MOST_CAP:
            raise Refusal(f"Please give a number from 0 (no limit) to {MOST_CAP}.", option=name)
    after = replace(
        account,
        cap_day=account.cap_day if day is None else day or None,
        cap_week=account.cap_week if week is None else week or None,
    )
    change(context, account, after)
    caps = [f"{after.cap_day} a day"] if after.cap_day else []
    caps += [f"{after.cap_week} a week"] if after.cap_week else []
    said = f"{account.short}: at most {' and '.join(caps)}." if caps else f"{account.short}: as many posts as you like."
    back = {"account": account.short, "day": str(account.cap_day or 0), "week": str(account.cap_week or 0)}
    undo = (Button(f"Undo: most posts on {account.short}", "account caps", back),) if after != account else ()
    return Card(account.short, said, controls=(*undo, show(account)))


def _refuse_circle(context: Context, account: Account, source: str) -> None:
    at, seen = source, set[str]()
    while at and at not in seen:
        if at == account.id:
            raise Refusal(f"{account.short} can't repeat itself, not even by way of another account.", option="of")
        seen.add(at)
        found = context.records.get(Account, at)
        at = found.mirror_of if found else ""
