"""Right values in each other's place: paperbacks for $2 and hardcovers for $1, which the tip turns round."""

from collections.abc import Iterator
from itertools import pairwise

from bot.topics.drafting.claims import Claim, Claims
from bot.topics.drafting.doubts import Doubt

_FAR = 120  # characters between two values that are told together


def turned(tip: Claims, said: Claims) -> Iterator[Doubt]:
    """Two values that the tip tells in the other order, with the same words between them."""
    for kind in ("amount", "day", "time"):
        known = {_told(tip, *both) for both in pairwise(tip.of(kind))}
        for first, second in pairwise(said.of(kind)):
            told = _told(said, first, second)
            left, between, right = told
            if left != right and told not in known and (right, between, left) in known:
                words = said.text[first.start : first.end]
                yield Doubt(
                    f"It says {words} where the tip says {_words(said, second)}.", words, first.start, first.end
                )


def _told(claims: Claims, first: Claim, second: Claim) -> tuple[str, str, str]:
    between = claims.text[first.end : second.start][:_FAR]
    return first.value, " ".join(between.casefold().split()).strip(" .:;•"), second.value


def _words(claims: Claims, one: Claim) -> str:
    return " ".join(claims.text[one.start : one.end].split())
