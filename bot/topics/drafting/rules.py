"""The policy's decisions: which of its subjects a text touches, and whether it needs somebody else's approval.

All pure. A subject is found by its name and its words, whatever the capitals, the plural or the hashtag that they come
in, British or American, in one word or two. Doubtful cases count: one approval too many costs a minute.
"""

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from bot.topics.drafting.model import Draft, Need, Policy, Subject

JOINERS = re.compile("[\u200b-\u200d\u2060\ufeff]")
WORD = re.compile(r"[^\W_]+")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])")  # #UnionVote2026 is three words
OWN = re.compile(r"(?<=[^\W_])['’]s\b", re.IGNORECASE)  # worker's rights are workers' rights
SHORTEST_PLURAL = 4
SPELLINGS = (  # British, American: what they become is no word of either, but the same for both
    (re.compile("(?<=[a-z]{2})our"), "or"),
    (re.compile("(?<=[a-z]{3})is(?=e|ing|ation)"), "iz"),
    (re.compile("(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile("(?<=en)ce(?=s?$)"), "se"),
    (re.compile("(?<=gram)me(?=s?$)"), ""),
    (re.compile("(?<=[a-z]og)ue(?=s?$)"), ""),
)
AFTER_A_HISS = ("che", "she", "xe", "se", "ze")  # boxes, caches: whether the e is the word's own is not known
MOST_JOINED = 3  # words that may be written as one: walk-out, walk out, walkout


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: no capitals, no accents, no plural, one spelling."""
    plain = unicodedata.normalize("NFKD", JOINERS.sub("", text))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [_singular(_spelt(word.casefold())) for word in WORD.findall(HUMP.sub(" ", OWN.sub("", plain)))]


def _spelt(word: str) -> str:
    for pattern, become in SPELLINGS:
        word = pattern.sub(become, word)
    return word


def _singular(word: str) -> str:
    if len(word) < SHORTEST_PLURAL:
        return word
    if word.endswith(("ies", "ie")):
        return f"{word.removesuffix('s')[:-2]}y"
    word = _without_s(word)
    return _without_s(word[:-1]) if word.endswith(AFTER_A_HISS) else word


def _without_s(word: str) -> str:
    return word if len(word) < SHORTEST_PLURAL or word.endswith("ss") else word.removesuffix("s")


class Said(Struct, frozen=True):
    """A text as subjects are looked for in it: its words in a row, and each few of them written as one."""

    row: str
    joined: frozenset[str]


def said_in(text: str) -> Said:
    """A text as subjects are looked for in it."""
    words = words_of(text)
    runs = ("".join(words[at : at + count]) for count in range(1, MOST_JOINED + 1) for at in range(len(words)))
    return Said(f" {' '.join(words)} ", frozenset(runs))


def touches(subject: Subject, said: Said) -> bool:
    """Is the subject's name in it, or one of what tells it, in one word or in several?"""
    wanted = [words_of(told) for told in (subject.name, *subject.words)]
    return any(one and ("".join(one) in said.joined or f" {' '.join(one)} " in said.row) for one in wanted)


class Verdict(Struct, frozen=True):
    """What the policy says of a text: whether it needs approval, and the restricted subjects that it touches."""

    needed: bool
    restricted: tuple[Subject, ...] = ()


def verdict(policy: Policy, subjects: Iterable[Subject], *texts: str) -> Verdict:
    """What the policy says of texts that belong together: a draft, its picture's words, the tip it is made of."""
    watched = [one for one in subjects if one.restricted]
    said = [said_in(text) for text in texts] if watched else []
    restricted = tuple(one for one in watched if any(touches(one, each) for each in said))
    needed = policy.need is Need.ALWAYS or (policy.need is Need.RESTRICTED and bool(restricted))
    return Verdict(needed, restricted)


def may_post(draft: Draft, ruling: Verdict) -> bool:
    """May these words be posted? Where approval is needed, only exactly what somebody else approved."""
    return draft.approved if ruling.needed else draft.at_work


def had_a_hand(draft: Draft, volunteer: str, people: Iterable[str]) -> bool:
    """Are some of the words this volunteer's, whichever of their identities wrote them?"""
    return any(one in draft.authors for one in (volunteer, *people) if one)
