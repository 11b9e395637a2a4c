"""Short names: what one looks like, which are taken, and how one is made."""

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from bot.core.words import line, shown
from bot.errors import Refusal
from bot.topics.accounts.keys import FILLERS, WORD, plain, squash
from bot.topics.accounts.model import Account
from bot.topics.accounts.networks import NETWORKS, WORDS

SHORT = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?")
SHORT_LIMIT = 24
MADE_LIMIT = 12  # characters of a made short name, before its network's ending
NAME_LIMIT = 100
TEXT_LIMIT = 1000
ITEM_LIMIT = 200
MOST_ITEMS = 40
URL = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
URL_LIMIT = 300
RESERVED = frozenset(
    {"all", "as", "backup", "by", "dormant", "everyone", "me", "mine", "nobody", "none", "owner", "retired"}
)


def taken_shorts(accounts: Iterable[Account]) -> dict[str, Account]:
    """Every short name that was ever given, with its account: none is given again to another one."""
    return {short: one for one in accounts for short in (*one.past_shorts, one.short)}


def read_short(text: str) -> str:
    """A short name as it is kept. Raises Refusal where it can't be one."""
    short = text.strip().casefold().removeprefix("@")
    if not SHORT.fullmatch(short):
        example = re.sub(r"[^a-z0-9]+", "-", short[:SHORT_LIMIT]).strip("-") or "pw-fb"
        raise Refusal(
            f"A short name has 1 to {SHORT_LIMIT} letters, digits and dashes, for example {example}; "
            f"“{shown(text)}” does not work."
        )
    if short in RESERVED or short in WORDS:
        raise Refusal(f"“{short}” means something else to me. Please add a word, for example office-{short}.")
    return short


def free_short(text: str, accounts: Sequence[Account], besides: str = "") -> str:
    """The same, refused where another account than `besides` (its id) has or had it."""
    short = read_short(text)
    owner = taken_shorts(accounts).get(short)
    if owner is not None and owner.id != besides:
        raise Refusal(f"{short} is or was the short name of {owner.name}, and none is used twice. Please take another.")
    return short


def made_short(name: str, network: str, taken: Iterable[str]) -> str:
    """A short name for an account that has none: `ALCTS Jobs` on facebook is `alcts-jobs-fb`."""
    words = [word for word in WORD.findall(plain(name)) if word.isascii() and word not in FILLERS]
    long = "-".join(words)
    start = long if len(long) <= MADE_LIMIT else "".join(word[0] for word in words)[:MADE_LIMIT]
    end = NETWORKS[network].end
    known = set(taken)
    start = start or "account"
    names = (f"{start}{number}-{end}" for number in ("", *range(2, len(known) + 3)))
    return next(name for name in names if name not in known)


def items(text: str) -> tuple[str, ...]:
    """A list that was typed: by semicolons, else by commas; none twice."""
    parts = text.split(";") if ";" in text else text.split(",")
    found = tuple(dict.fromkeys(item for part in parts if (item := line(part, ITEM_LIMIT))))
    if len(found) > MOST_ITEMS:
        raise Refusal(f"That is {len(found)} things; I can keep {MOST_ITEMS} here. Please leave some out.")
    return found


def same_handle(account: Account, network: str, handle: str) -> bool:
    """Is it the account with that handle on that network?"""
    return (
        bool(squash(handle))
        and account.network == network
        and account.live
        and (account.handle.casefold().removeprefix("@") == handle.casefold().removeprefix("@"))
    )


def read_url(text: str) -> str:
    """A web address as it is kept. Raises Refusal where it is none."""
    url = line(text, URL_LIMIT)
    if url and not URL.fullmatch(url):
        raise Refusal("A page's address begins with https://, for example https://x.com/ALCTS_CE.")
    return url


def read_number(text: str) -> int | None:
    """A whole number as people write it, `1,546` too; nothing is None. Raises Refusal where it is none."""
    digits = re.sub(r"(?<=\d)[., ](?=\d{3}\b)", "", text.strip())
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise Refusal(f"I need a whole number here, such as 1546, not “{shown(text)}”.")
    return int(digits)


def read_handle(text: str) -> str:
    """A handle as it is kept. Raises Refusal where it is more than one word."""
    handle = line(text, NAME_LIMIT)
    if handle and (len(handle.split()) > 1 or not squash(handle)):
        raise Refusal("A handle is one word, for example @ALCTS_CE.")
    return handle


def renamed_handle(account: Account, handle: str) -> Account:
    """The account under another handle; the old one still leads to it."""
    old = account.handle
    past = tuple(one for one in account.past_handles if one.casefold() != handle.casefold())
    if old and old.removeprefix("@").casefold() != handle.removeprefix("@").casefold():
        past = (*(one for one in past if one != old), old)
    return replace(account, handle=handle, past_handles=past)


def renamed(account: Account, name: str) -> Account:
    """The account under another name; the old one still leads to it."""
    aliases = account.aliases if name == account.name else (*account.aliases, account.name)
    return replace(account, name=name, aliases=tuple(one for one in dict.fromkeys(aliases) if one != name))
