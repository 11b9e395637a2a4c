"""How accounts, their networks and what a volunteer is to them are read from words."""

from collections.abc import Callable, Sequence
from typing import Annotated

from bot.core.chat import LABEL_LIMIT
from bot.core.ports import Records
from bot.core.router import Context, Option, Role
from bot.core.words import line, shown
from bot.errors import Refusal
from bot.topics.accounts.keys import FILLERS, Index, index_of, plain, squash
from bot.topics.accounts.lookup import Found, look_up
from bot.topics.accounts.model import Account, Claim, Offer, Part, Status
from bot.topics.accounts.naming import NAME_LIMIT, read_handle
from bot.topics.accounts.networks import NETWORKS, network_of, shown_network
from bot.topics.team.model import Volunteer

LONGEST = 8  # words of a name
OFFERED = 25


def all_accounts(records: Records) -> list[Account]:
    """Every account of the team, retired ones too, by short name."""
    return records.find(Account, order="short")


def index(records: Records) -> Index:
    """The team's accounts, ready to be looked up."""
    accounts = all_accounts(records)
    owners = {one.owner for one in accounts if one.owner}
    found = (records.get(Volunteer, id) for id in sorted(owners))
    return index_of(tuple(accounts), tuple((one.id, one.name) for one in found if one is not None))


def find_account(records: Records, text: str) -> Found:
    """Which account the words mean: sure, or up to five to choose from. For readers such as a forwarded link."""
    return look_up(index(records), text)


def title(account: Account) -> str:
    """`ce-x: ALCTS Continuing Education on X`."""
    return f"{account.short}: {account.name} on {shown_network(account.network)}"


def label(account: Account) -> str:
    """The title as a choice shows it: where it is too long, it ends in “…”."""
    return shown(title(account), LABEL_LIMIT)


def _choices(accounts: Sequence[Account]) -> tuple[tuple[str, str], ...]:
    return tuple((one.short, label(one)) for one in accounts[:5])


def unsure(text: str, near: Sequence[Account]) -> Refusal:
    """What is answered where it is not clear which account is meant."""
    if near:
        return Refusal(f"I am not sure which account “{shown(text)}” is. Is it one of these?", choices=_choices(near))
    if not shown(text).strip() or plain(text) in FILLERS:
        return Refusal("Which account? Please type its short name or handle, or put words in quotes: “the photo one”.")
    return Refusal(f"I know no account called “{shown(text)}”. Type `accounts` to see them all.")


def _by_short(records: Records, text: str) -> Account | None:
    found = records.find(Account, short=plain(text), limit=1)
    return found[0] if found else None


def _read(context: Context, text: str) -> Account:
    exact = _by_short(context.records, text)
    if exact is not None and not exact.merged_into:  # the usual case needs no index
        return exact
    found = find_account(context.records, text)
    if found.sure is None:
        raise unsure(text, found.near)
    return found.sure


def _takes(context: Context, words: Sequence[str]) -> int:
    """The longest leading words that are just an account's name; else one word, to be looked up."""
    known = index(context.records).by_name
    for count in range(min(len(words), LONGEST), 1, -1):
        joined = " ".join(words[:count])
        if plain(joined) in known or squash(joined) in known:
            return count
    return min(1, len(words))


def _suggester(wanted: Callable[[Context, Account], bool]) -> Callable[[Context, str], Sequence[tuple[str, str]]]:
    def suggest(context: Context, text: str) -> Sequence[tuple[str, str]]:
        typed = text.strip().casefold().removeprefix("@")
        mine = context.asker.volunteer
        found = [
            one
            for one in all_accounts(context.records)
            if wanted(context, one) and typed in f"{title(one)} {one.handle} {' '.join(one.aliases)}".casefold()
        ]
        found.sort(key=lambda one: (not mine or mine != one.owner, not one.short.startswith(typed), one.short))
        return [(one.short, label(one)) for one in found[:OFFERED]]

    return suggest


def _live(_context: Context, account: Account) -> bool:
    return account.live


suggest_live = _suggester(_live)

AnAccount = Annotated[Account, Option(_read, takes=_takes, suggest=suggest_live)]
"""An account: its short name, handle, name, an old one, its URL, or words that surely mean it. Retired ones too."""


def _read_live(context: Context, text: str) -> Account:
    account = _read(context, text)
    if not account.live:
        raise Refusal(f"{account.short} is retired, so it is left as it is. A coordinator can `account restore` it.")
    return account


ALiveAccount = Annotated[Account, Option(_read_live, takes=_takes, suggest=suggest_live)]
"""An account that is not retired."""


def _read_as_written(context: Context, text: str) -> Account:
    return _by_short(context.records, text) or _read(context, text)


def _retired(_context: Context, account: Account) -> bool:
    return not account.live


ARetiredAccount = Annotated[Account, Option(_read_as_written, takes=_takes, suggest=_suggester(_retired))]
"""A retired account, one that was merged into another by its own short name."""


def holds(context: Context, account: Account) -> bool:
    """Is the asker the account's owner or backup?"""
    return bool(context.asker.volunteer) and context.asker.volunteer in (account.owner, account.backup)


def owns_or_coordinates(context: Context, account: Account) -> bool:
    """May the asker change what the account's owner may change?"""
    owner = bool(account.owner) and account.owner == context.asker.volunteer
    return owner or context.asker.role >= Role.COORDINATOR


def _read_own(context: Context, text: str) -> Account:
    account = _read_live(context, text)
    if not holds(context, account):
        raise Refusal(f"{account.short} is not one of yours. Type `accounts mine` to see those that are.")
    return account


AnOwnAccount = Annotated[Account, Option(_read_own, takes=_takes, suggest=_suggester(holds))]
"""An account that the asker owns or is the backup of."""


def _waits(context: Context, account: Account) -> bool:
    mine = context.asker.volunteer
    if context.records.count(Offer, account=account.id, to=mine):
        return True
    return account.owner == mine and bool(context.records.count(Claim, account=account.id))


AnOffered = Annotated[Account, Option(_read, takes=_takes, suggest=_suggester(_waits))]
"""An account that is offered to the asker, or that somebody asked the asker for."""


def _read_part(_context: Context, text: str) -> Part:
    word = text.casefold().removeprefix("as ").removeprefix("the ").removeprefix("its ").strip()
    if word in ("owner", "backup"):
        return Part(word)
    raise Refusal("Please say owner or backup.", choices=(("owner", "Owner"), ("backup", "Backup")))


def _takes_part(_context: Context, words: Sequence[str]) -> int:
    parts = {part.value for part in Part}
    if words and words[0].casefold() in parts:
        return 1
    return 2 if len(words) > 1 and words[0].casefold() == "as" and words[1].casefold() in parts else 0


def _suggest_parts(_context: Context, _text: str) -> Sequence[tuple[str, str]]:
    return ((Part.OWNER, "Owner"), (Part.BACKUP, "Backup"))


APart = Annotated[Part, Option(_read_part, takes=_takes_part, suggest=_suggest_parts)]
"""Owner or backup, with or without "as" before it."""


def read_network(text: str) -> str:
    """The id of the network that is named. Raises Refusal where I don't know it."""
    found = network_of(text)
    if not found:
        known = ", ".join(NETWORKS)
        raise Refusal(f"I don't know the network “{shown(text)}”. I know {known}.")
    return found


def _suggest_networks(_context: Context, text: str) -> Sequence[tuple[str, str]]:
    return [(one.id, one.name) for one in NETWORKS.values() if text.strip().casefold() in one.name.casefold()]


ANetwork = Annotated[str, Option(lambda _context, text: read_network(text), suggest=_suggest_networks)]
"""A social network by name: "Twitter" means x; website, blog and other are networks too."""


def _read_name(_context: Context, text: str) -> str:
    name = line(text, NAME_LIMIT)
    if not any(sign.isalnum() for sign in name):
        raise Refusal("An account's name needs a letter or two, for example “Preservation Week”.")
    return name


def _takes_name(_context: Context, words: Sequence[str]) -> int:
    """All words up to a handle or a web address."""
    ends = (at for at, word in enumerate(words) if word.startswith("@") or "://" in word)
    return next(ends, len(words))


ATitle = Annotated[str, Option(_read_name, takes=_takes_name)]
"""The name of an account, as its page says it."""


AHandle = Annotated[str, Option(lambda _context, text: read_handle(text))]
"""A handle: one word, with or without @."""


def _read_status(_context: Context, text: str) -> Status:
    word = text.strip().casefold()
    if word == Status.RETIRED:
        raise Refusal("Retiring is a step of its own: type `account retire` and the account's short name.")
    known = [one for one in Status if one is not Status.RETIRED]
    if word not in known:
        raise Refusal(
            f"I don't know “{shown(text)}” here. Please say active, quiet, dormant or unknown.",
            choices=tuple((one.value, one.value.capitalize()) for one in known),
        )
    return Status(word)


def _suggest_status(_context: Context, _text: str) -> Sequence[tuple[str, str]]:
    return [(one.value, one.value.capitalize()) for one in Status if one is not Status.RETIRED]


AStatus = Annotated[Status, Option(_read_status, suggest=_suggest_status)]
"""How an account is doing: active, quiet, dormant or unknown."""
