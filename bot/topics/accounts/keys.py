"""What every account of a team can be called: its names as people write them, and the words that describe it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import unquote

from msgspec import Struct

from bot.topics.accounts.model import Account
from bot.topics.accounts.networks import HOSTS, MEDIA, WORDS

WORD = re.compile(r"[^\W_]+")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
NO_PLURAL = {"news", "press", "series", "arts"}
SHORT_NAMES = 2  # letters that a word of a name needs to count …
SHORT_TOPICS = 3  # … and a word of a theme, a purpose or a note
FILLERS = frozenset(
    WORD.findall(
        "a about account accounts an and any are at by called channel do does for from handle handles has have i in is "
        "it me my named of on one ones or our page pages please post posting posts profile run runs s show that the "
        "their these this those to us was we what where which who whose with"
    )
)


def plain(text: str) -> str:
    """A name in one case, with single blanks and without a leading @."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold().removeprefix("@").strip()


def squash(text: str) -> str:
    """The letters and digits of a name alone: `@ALCTS_CE` and `alcts ce` are the same."""
    return "".join(WORD.findall(plain(text)))


def stem(word: str) -> str:
    """A word without its plural's s."""
    plural = len(word) > SHORT_TOPICS and word.endswith("s") and not word.endswith("ss") and word not in NO_PLURAL
    return word[:-1] if plural else word


def stems(text: str, shortest: int = 1) -> list[str]:
    """The words of a text in one case, without fillers and plurals."""
    words = WORD.findall(plain(text).replace("’s ", " ").replace("'s ", " "))
    return [stem(word) for word in words if word not in FILLERS and len(word) >= shortest]


def bare_url(url: str) -> str:
    """A web address without scheme, www., query, fragment and closing slash, in one case."""
    left = unquote(url).strip().casefold().partition("#")[0].partition("?")[0]
    left = re.sub(r"^[a-z]+://", "", left)
    return re.sub(r"^(?:www|m|mobile)\.", "", left).rstrip("/")


def network_of_host(host: str) -> str:
    """The id of the network that a host belongs to, or an empty string."""
    return next((id for known, id in HOSTS.items() if host == known or host.endswith("." + known)), "")


class Described(Struct, frozen=True):
    """One account with the words that people may use for it."""

    account: Account
    names: tuple[str, ...]
    about: frozenset[str]
    topics: frozenset[str]
    notes: frozenset[str]

    def tier(self, word: str) -> int:
        """How surely the word speaks of this account: 3 a word of its names, 2 of its topics, 1 of its note, 0 none."""
        if word in self.about:
            return 3
        if word in self.topics:
            return 2
        return 1 if word in self.notes else 0


class Index(Struct, frozen=True):
    """All accounts of a team, ready to be looked up. `lead` goes from a merged account to the one that it went into."""

    all: tuple[Described, ...]
    lead: Mapping[str, str]
    by_id: Mapping[str, Described]
    by_name: Mapping[str, frozenset[str]]
    by_short: Mapping[str, str]
    keys: tuple[str, ...]
    key_of: tuple[str, ...]
    urls: Mapping[str, frozenset[str]]
    vocabulary: tuple[str, ...]
    known: frozenset[str]

    def accounts(self, ids: Iterable[str]) -> list[Account]:
        """The accounts with those ids, merged ones replaced by the one that they went into; none twice."""
        return [self.by_id[id].account for id in dict.fromkeys(self.lead.get(id, id) for id in ids)]


def names_of(account: Account) -> tuple[str, ...]:
    """Everything that the account is or was called, its short name first."""
    names = (account.short, account.handle, account.name, *account.aliases, *account.past_handles, *account.past_shorts)
    return tuple(name for name in names if name)


def _describe(account: Account, people: Mapping[str, str]) -> Described:
    names = names_of(account)
    handles = HUMP.sub(" ", " ".join((account.handle, *account.past_handles)))
    owner = people.get(account.owner, "")
    topics = " ".join((*account.themes, account.purpose, account.audience, owner))
    return Described(
        account,
        names,
        frozenset([*stems(" ".join(names), SHORT_NAMES), *stems(handles, SHORT_NAMES)]),
        frozenset(stems(topics, SHORT_TOPICS)),
        frozenset(stems(account.note, SHORT_TOPICS)),
    )


def _leads(accounts: Sequence[Account]) -> dict[str, str]:
    """Where merged accounts lead, over several mergers too; a circle leads nowhere."""
    into = {one.id: one.merged_into for one in accounts if one.merged_into and not one.live}
    known = {one.id for one in accounts}
    leads: dict[str, str] = {}
    for start in into:
        at, seen = start, {start}
        while at in into and into[at] in known and into[at] not in seen:
            at = into[at]
            seen.add(at)
        if at not in into:
            leads[start] = at
    return leads


@lru_cache(maxsize=32)
def index_of(accounts: tuple[Account, ...], people: tuple[tuple[str, str], ...]) -> Index:
    """The index of a team's accounts; `people` are (id, name) of those who may own one. Kept for the same ones."""
    names = dict(people)
    described = tuple(_describe(account, names) for account in accounts)
    by_name: dict[str, set[str]] = {}
    keys: list[tuple[str, str]] = []
    urls: dict[str, set[str]] = {}
    for one in described:
        for name in one.names:
            for form in {plain(name), squash(name)} - {""}:
                by_name.setdefault(form, set()).add(one.account.id)
        keys += [(form, one.account.id) for form in {squash(name) for name in one.names} if form]
        if one.account.url:
            urls.setdefault(bare_url(one.account.url), set()).add(one.account.id)
    vocabulary = {word for one in described for word in one.about | one.topics} | set(WORDS) | set(MEDIA)
    return Index(
        described,
        _leads(accounts),
        {one.account.id: one for one in described},
        {name: frozenset(ids) for name, ids in by_name.items()},
        {plain(one.account.short): one.account.id for one in described},
        tuple(key for key, _id in keys),
        tuple(id for _key, id in keys),
        {url: frozenset(ids) for url, ids in urls.items()},
        tuple(sorted(vocabulary)),
        frozenset(vocabulary),
    )
