"""Lists of accounts: by owner, network and status, those with nobody, those that only one person can get into."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from msgspec import Struct

from bot.core.chat import Card, Choice, Control, Reply, Row, Rows
from bot.core.pages import page_of, turns
from bot.core.ports import Records
from bot.core.router import Context, Option
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.accounts.card import STATUS, show
from bot.topics.accounts.changing import name_of
from bot.topics.accounts.model import Access, Account, Handover, Offer, Stage, Status
from bot.topics.accounts.networks import network_of, shown_network
from bot.topics.accounts.options import all_accounts, title
from bot.topics.team.matching import match
from bot.topics.team.options import members

Keep = Callable[[Account], bool]


class Filter(Struct, frozen=True):
    """Which accounts a list shows: `word` asks for it, `title` heads it, `empty` is what to say where there are none.

    `order` names what a grouped list goes by: owner, network or status.
    """

    word: str
    title: str
    empty: str = "There are none. Type `accounts` to see all."
    order: str = ""


NAMED: Mapping[str, Filter] = {
    one.word: one
    for one in (
        Filter("all", "All accounts", "The directory is empty. A coordinator can fill it: type `account add`."),
        Filter("mine", "Your accounts", "You look after none. Type `accounts nobody` to see which are free."),
        Filter("nobody", "Accounts with nobody", "Every account has an owner. Wonderful!"),
        Filter("one person only", "Accounts that only one person can get into", "At least two people know each one."),
        Filter("no backup", "Accounts without a backup", "Every account that has an owner has a backup, too."),
        Filter("offered", "Accounts that are offered to somebody", "No offer is open."),
        Filter("handover", "Accounts that are changing hands", "None is changing hands."),
        Filter("retired", "Retired accounts", "None is retired."),
        Filter("by owner", "Accounts by owner", order="owner"),
        Filter("by network", "Accounts by network", order="network"),
        Filter("by status", "Accounts by status", order="status"),
    )
}

SAID = {
    **dict.fromkeys(("", "everything", "every", "list", "all accounts"), "all"),
    **dict.fromkeys(("my", "me", "own", "my own", "my accounts"), "mine"),
    **dict.fromkeys(("free", "unowned", "no owner", "without owner", "without an owner", "orphaned", "none"), "nobody"),
    **dict.fromkeys(("one person", "one-person", "one-person-only", "single", "only one", "one"), "one person only"),
    **dict.fromkeys(("without backup", "without a backup", "no-backup"), "no backup"),
    **dict.fromkeys(("offers", "open offers"), "offered"),
    **dict.fromkeys(("handovers", "handing over"), "handover"),
    **dict.fromkeys(("owner", "owners", "by owners"), "by owner"),
    **dict.fromkeys(("network", "networks", "by networks"), "by network"),
    **dict.fromkeys(("status", "by statuses"), "by status"),
}

CHOICES = tuple((word, one.title) for word, one in NAMED.items())


def _read(context: Context, text: str) -> Filter:
    """One of the named filters, a network, a status, or a volunteer's name."""
    said = " ".join(text.split()).casefold()
    said = said.removesuffix("page").strip()  # "nobody page 2": the number is another option's
    word = SAID.get(said, said)
    if word in NAMED:
        return NAMED[word]
    asked = said.removeprefix("on ").removeprefix("by ").removeprefix("of ").removeprefix("owner ")
    if network := network_of(asked):
        return Filter(f"network:{network}", f"Accounts on {shown_network(network)}")
    if status := next((one for one in Status if asked in (one.value, STATUS[one])), None):
        return Filter(f"status:{status.value}", f"Accounts whose status is {STATUS[status]}")
    kind, _, id = text.strip().partition(":")
    if kind in ("network", "status", "owner") and id:
        return Filter(f"{kind}:{id}", _heading(context, kind, id))
    found = match(asked, [(one.id, one.name) for one in members(context.records)])
    if found.sure:
        return Filter(f"owner:{found.sure}", _heading(context, "owner", found.sure))
    raise Refusal(
        f"I don't know accounts by “{shown(text)}”. Please say mine, nobody, one person only, a network, a status or "
        "a volunteer's name.",
        choices=(*((f"owner:{id}", name) for id, name in found.near), *CHOICES)[:5],
    )


def _heading(context: Context, kind: str, id: str) -> str:
    if kind == "owner":
        return f"Accounts of {name_of(context.records, id)}"
    return f"Accounts on {shown_network(id)}" if kind == "network" else f"Accounts whose status is {id}"


def _takes(_context: Context, words: Sequence[str]) -> int:
    """All words, but for the number of a page that is said last."""
    return len(words) - 1 if words and words[-1].isdigit() else len(words)


def _suggest(context: Context, text: str) -> Sequence[tuple[str, str]]:
    typed = text.strip().casefold()
    found = [(word, one.title) for word, one in NAMED.items()]
    networks = dict.fromkeys(one.network for one in all_accounts(context.records) if one.live)
    found += [(network, f"Accounts on {shown_network(network)}") for network in networks]
    return [(value, label) for value, label in found if typed in f"{value} {label}".casefold()][:25]


AFilter = Annotated[Filter, Option(_read, takes=_takes, suggest=_suggest)]
"""Which accounts: mine, nobody, one person only, a network, a status, a volunteer's name …"""


def accounts(context: Context, which: AFilter | None = None, page: int = 1) -> Reply:
    """List accounts: all, yours, those of a network or a person, those with nobody.

    which: mine, nobody, one person only, no backup, by owner, x, dormant, a name …; all if left out
    page: which page of a long list
    """
    chosen = which or NAMED["all"]
    found = chosen_accounts(context, chosen)
    if not found:
        return Card(chosen.title, chosen.empty, controls=(_others(chosen),))
    several, first, last = page_of(found, page)
    rows = tuple(Row(_line(context, one, chosen), _detail(context, one), (show(one),)) for one in several)
    return Card(
        chosen.title,
        f"{len(found)} {'account' if len(found) == 1 else 'accounts'}.",
        (Rows(rows, first, len(found)),),
        (*turns("accounts", "accounts", {"which": chosen.word}, first, last), _others(chosen)),
    )


def _others(chosen: Filter) -> Control:
    return Choice("Show others", "accounts", "which", tuple(one for one in CHOICES if one[0] != chosen.word))


def chosen_accounts(context: Context, chosen: Filter) -> list[Account]:
    """The accounts of a list, in its order."""
    records = context.records
    kind, _, id = chosen.word.partition(":")
    keep = _keep(context, kind, id)
    found = [one for one in all_accounts(records) if keep(one)]
    if chosen.order == "owner":
        names = {one.owner: name_of(records, one.owner).casefold() for one in found if one.owner}
        return sorted(found, key=lambda one: (not one.owner, names.get(one.owner, ""), one.short))
    if chosen.order == "network":
        return sorted(found, key=lambda one: (shown_network(one.network).casefold(), one.short))
    if chosen.order == "status":
        return sorted(found, key=lambda one: (list(Status).index(one.status), one.short))
    return found


def _keep(context: Context, kind: str, id: str) -> Keep:
    records, mine = context.records, context.asker.volunteer
    keeps: Mapping[str, Keep] = {
        "mine": lambda one: one.live and bool(mine) and mine in (one.owner, one.backup),
        "nobody": lambda one: one.live and not one.owner,
        "one person only": lambda one: one.live and only_one_person(one, records.get(Access, one.id)),
        "no backup": lambda one: one.live and bool(one.owner) and not one.backup,
        "offered": lambda one: one.live and bool(records.count(Offer, account=one.id)),
        "handover": lambda one: bool(records.count(Handover, account=one.id, stage=Stage.OPEN)),
        "retired": lambda one: not one.live,
        "network": lambda one: one.live and one.network == id,
        "status": lambda one: one.status.value == id,
        "owner": lambda one: one.live and id in (one.owner, one.backup),
    }
    return keeps.get(kind, lambda one: one.live)


def only_one_person(account: Account, access: Access | None) -> bool:
    """Can just one person get in? By the access record where it says who, else by owner and backup."""
    noted = {*access.people, *access.others} if access else set[str]()
    return len(noted or {account.owner, account.backup} - {""}) == 1


def _line(context: Context, account: Account, chosen: Filter) -> str:
    words = title(account)
    if chosen.order == "owner":
        return f"{name_of(context.records, account.owner)}: {words}"
    if chosen.order == "status":
        return f"{STATUS[account.status]}: {words}"
    return f"{shown_network(account.network)}: {account.short}, {account.name}" if chosen.order else words


def _detail(context: Context, account: Account) -> str:
    records: Records = context.records
    if not account.live:
        into = records.get(Account, account.merged_into) if account.merged_into else None
        return f"merged into {into.short}" if into else "retired"
    owner = f"owner {name_of(records, account.owner)}" if account.owner else "nobody looks after it"
    backup = f"backup {name_of(records, account.backup)}" if account.backup else "no backup"
    return f"{owner}, {backup}, {STATUS[account.status]}"
