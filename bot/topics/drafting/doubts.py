"""What the gate has to say about a text, and how alike the surroundings of two claims are."""

import re

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.drafting.claims import WORD, Claim, Claims, telling

_APART = re.compile(r"[.!?…;:](?=\s)|[()\[\]\n•]")
MARGIN = 3.0  # by how much another value has to fit better into the same surroundings
WEIGHTS = (3.0, 2.0, 1.0, 0.5)  # of the first, second … word beside a claim


class Doubt(Struct, frozen=True):
    """Something in the text at `start`:`end` that the tip does not say, or says otherwise; `sentence` tells it.

    `missing`: something of the tip that a reader needs and the text leaves out, which is a lesser thing.
    """

    sentence: str
    words: str
    start: int
    end: int
    missing: bool = False


def overlap(one: Claim, other: Claim) -> float:
    """How alike the words beside two claims are, the nearest counting most."""
    total = 0.0
    for mine, theirs in ((one.left, other.left), (one.right, other.right)):
        for word, theirs_word, weight in zip(mine, theirs, WEIGHTS, strict=False):
            total += (weight if telling((word,)) else weight / 2) if word == theirs_word else 0.0
    shared = telling(one.left + one.right) & telling(other.left + other.right)
    return total + 0.4 * len(shared)


def in_sentence(claims: Claims, one: Claim) -> Claim:
    """The claim with what stands beside it in its own sentence and outside brackets."""
    left = len(WORD.findall(_APART.split(claims.text[: one.start])[-1]))
    right = len(WORD.findall(_APART.split(claims.text[one.end :], maxsplit=1)[0]))
    return replace(one, left=one.left[:left], right=one.right[:right])
