"""The policy's decisions: which of its subjects a text touches, and whether it needs somebody else's approval.

All pure. A subject is found by its name and its words, whatever the capitals, the plural or the hashtag that they come
in. Doubtful cases count: one approval too many costs a minute.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from msgspec import Struct

from bot.topics.drafting.model import Draft, Need, Policy, Subject

JOINERS = re.compile("[\u200b-\u200d\u2060\ufeff]")
WORD = re.compile(r"[^\W_]+")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])")  # #UnionVote2026 is three words
SHORTEST_PLURAL = 4


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: no capitals, no accents, no plural."""
    plain = unicodedata.normalize("NFKD", JOINERS.sub("", text))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [_singular(word.casefold()) for word in WORD.findall(HUMP.sub(" ", plain))]


def _singular(word: str) -> str:
    if len(word) < SHORTEST_PLURAL or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def touches(subject: Subject, words: Sequence[str]) -> bool:
    """Do the words hold the subject's name, or one of what tells it, as a run?"""
    joined = f" {' '.join(words)} "
    runs = ("".join(words),) if len(words) == 1 else ()
    for told in (subject.name, *subject.words):
        wanted = words_of(told)
        if wanted and (f" {' '.join(wanted)} " in joined or "".join(wanted) in words or "".join(wanted) in runs):
            return True
    return False


class Verdict(Struct, frozen=True):
    """What the policy says of a text: whether it needs approval, and the restricted subjects that it touches."""

    needed: bool
    restricted: tuple[Subject, ...] = ()


def verdict(policy: Policy, subjects: Iterable[Subject], *texts: str) -> Verdict:
    """What the policy says of texts that belong together: a draft, its picture's words, the tip it is made of."""
    watched = [one for one in subjects if one.restricted]
    words = [words_of(text) for text in texts] if watched else []
    restricted = tuple(one for one in watched if any(touches(one, each) for each in words))
    needed = policy.need is Need.ALWAYS or (policy.need is Need.RESTRICTED and bool(restricted))
    return Verdict(needed, restricted)


def may_post(draft: Draft, ruling: Verdict) -> bool:
    """May these words be posted? Where approval is needed, only exactly what somebody else approved."""
    return draft.approved if ruling.needed else draft.at_work


def had_a_hand(draft: Draft, volunteer: str, people: Iterable[str]) -> bool:
    """Are some of the words this volunteer's, whichever of their identities wrote them?"""
    return any(one in draft.authors for one in (volunteer, *people) if one)
