"""Words with a capital that name nobody: they opened a sentence, or stand in Steward's own asks."""

import re
from functools import cache
from importlib.resources import files

from bot.topics.drafting.claims import plain
from bot.topics.drafting.frames import frames

_ENDING = re.compile(r"(?:ing|ly|ed|tion|ment|ness|ful|able|ous|ive|ity|ize|ise|ence|ance)$")


def names_nobody(word: str, *, followed: bool) -> bool:
    """Is this word (as it is compared) a plain one, wherever it stands? `followed`: another capital comes after it."""
    always, alone = _plain_words()
    return word in always or word in _own_words() or (word in alone and not followed)


def looks_plain(word: str) -> bool:
    """Has a word that opens a sentence the ending of a plain one?"""
    return _ENDING.search(word) is not None


@cache
def _plain_words() -> tuple[frozenset[str], frozenset[str]]:
    """Those that name nobody, and those that do so only where no name follows."""
    text = (files("bot.content") / "plain-words.txt").read_text("utf-8")
    always, alone = (
        frozenset(plain(word) for line in part.splitlines() if not line.startswith("#") for word in line.split())
        for part in text.split("\n\n")
    )
    return always, alone


@cache
def _own_words() -> frozenset[str]:
    asks = " ".join(frame.ask for frame in frames().values())
    return frozenset(plain(word) for word in re.findall(r"[^\W\d_]+", asks))
