"""Right values in each other's place: paperbacks for $2 and hardcovers for $1, which the tip turns round."""

from collections.abc import Iterator
from itertools import pairwise

from bot.topics.drafting.claims import Claim, Claims
from bot.topics.drafting.doubts import Doubt

_TELLING = 3  # words behind a name that tell what it does
_FAR = 120  # characters between two values that are told together


def turned(tip: Claims, said: Claims) -> Iterator[Doubt]:
    """Two values that the tip tells in the other order, with the same words between them; or one name for another."""
    yield from _exchanged(tip, said)
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


def _exchanged(tip: Claims, said: Claims) -> Iterator[Doubt]:
    """Two whole names of the tip that do in the text what the other one does in the tip."""
    theirs, mine = _whole_names(tip), _whole_names(said)
    told = {(name, does) for name, does, _start, _end in theirs if len(does) == _TELLING}
    swapped = {(name, does) for name, does, _start, _end in mine} - told
    for name, does, start, end in mine:
        own = {known_does for known, known_does in told if known == name}
        other = next((known for known, known_does in told if known_does == does and known != name), None)
        if (name, does) in swapped and any((other, each) in swapped for each in own):
            right = next(tip.text[begin:stop] for known, _does, begin, stop in theirs if known == other)
            words = said.text[start:end]
            yield Doubt(f"It says {words} where the tip says {right}.", words, start, end)


def _whole_names(claims: Claims) -> list[tuple[tuple[str, ...], tuple[str, ...], int, int]]:
    """Names of two words and more, with the words behind them, and their places."""
    found: list[list[Claim]] = []
    for one in claims.of("name"):
        if found and one.start - found[-1][-1].end == 1 and claims.text[one.start - 1] == " ":
            found[-1].append(one)
        else:
            found.append([one])
    return [
        (tuple(part.value for part in name), name[-1].right[:_TELLING], name[0].start, name[-1].end)
        for name in found
        if len(name) > 1
    ]


def _told(claims: Claims, first: Claim, second: Claim) -> tuple[str, str, str]:
    between = claims.text[first.end : second.start][:_FAR]
    return first.value, " ".join(between.casefold().split()).strip(" .:;•"), second.value


def _words(claims: Claims, one: Claim) -> str:
    return " ".join(claims.text[one.start : one.end].split())
