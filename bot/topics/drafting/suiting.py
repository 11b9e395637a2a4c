"""Which accounts a tip suits: the words that it shares with what is noted about each of them. All pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from bot.topics.accounts.model import Account, Status
from bot.topics.drafting.rules import words_of

NAMED, THEME, NAME, PURPOSE = 6, 3, 2, 1  # what a shared handle, theme, word of the name or of the purpose counts
GENERAL = frozenset(words_of("announcements news updates"))  # themes under which anything goes
SEVERAL = 5  # accounts that one tip is suggested for
PICTURES = ("flickr", "youtube", "instagram")  # networks on which words by themselves are nothing
RESTS = (Status.RETIRED, Status.DORMANT)
STOP = frozenset(
    words_of("a an and are as at be by for from has have in is it of on or our that the this to we will with you your")
)


class Suits(Struct, frozen=True):
    """An account that a tip suits, and how well."""

    account: Account
    score: int


def suited(text: str, accounts: Iterable[Account], mine: str = "") -> list[Suits]:
    """The accounts that the text suits, best first, at most five; `mine` (a volunteer) go before equals.

    Words that most of the accounts share, such as the association's name, say nothing. Where nothing speaks for any,
    those that take announcements of all kinds are given.
    """
    live = [one for one in accounts if one.status not in RESTS]
    words = frozenset(words_of(text)) - STOP
    names = {one.id: frozenset(words_of(" ".join((one.name, *one.aliases)))) - STOP for one in live}
    common = _common(names.values())
    found = [Suits(one, _score(one, words, text, names[one.id] - common)) for one in live]
    fitting = [one for one in found if one.score]
    fitting = fitting or [Suits(one, 1) for one in live if _takes_all(one)]
    fitting.sort(key=lambda one: (-one.score, not mine or mine not in (one.account.owner, one.account.backup)))
    return _spread(fitting)


def _common(names: Iterable[frozenset[str]]) -> frozenset[str]:
    several = list(names)
    counted = Counter(word for name in several for word in name)
    return frozenset(word for word, count in counted.items() if count > 1 and 2 * count > len(several))


def _theme_words(account: Account) -> frozenset[str]:
    return frozenset(word for theme in account.themes for word in words_of(theme))


def _score(account: Account, words: frozenset[str], text: str, name: frozenset[str]) -> int:
    handles = [one for one in (account.handle, account.short) if one]
    score = NAMED * any(one.casefold() in text.casefold().split() for one in handles)
    score += THEME * sum(1 for theme in account.themes if (told := set(words_of(theme)) - STOP) and told <= words)
    shared = len(name & words)
    score += NAME * shared * (shared > 1)  # one word by itself, such as "library", says little
    said = frozenset(words_of(f"{account.purpose} {account.audience}")) - STOP
    return score + PURPOSE * len(said & words)


def _spread(fitting: Sequence[Suits]) -> list[Suits]:
    """The best of each network first, then the next best: five accounts on five networks reach the most people."""
    seen: Counter[str] = Counter()
    turns = []
    for one in fitting:
        turns.append((seen[one.account.network], one))
        seen[one.account.network] += 1
    turns.sort(key=lambda turn: turn[0])
    return [one for _turn, one in turns][:SEVERAL]


def filled(fitting: Sequence[Account], accounts: Iterable[Account]) -> list[Account]:
    """The accounts that a text suits, and for each network without one the first that takes anything.

    That is one for announcements of all kinds, or else one of whose themes nothing is noted.
    """
    found = list(fitting)
    for one in sorted(accounts, key=lambda one: not _takes_all(one)):
        covered = one.network in PICTURES or any(known.network == one.network for known in found)
        if not covered and one.status not in RESTS and (_takes_all(one) or not (one.themes or one.purpose)):
            found.append(one)
    return found[:SEVERAL]


def _takes_all(account: Account) -> bool:
    return bool(GENERAL & _theme_words(account))
