"""Where the words of any text come from in its tip: for drafts that volunteers have changed as well."""

from msgspec import Struct

from bot.topics.drafting.claims import WORD, plain
from bot.topics.drafting.facts import Facts

SHORTEST = 3  # words in a row that are no chance


class Trace(Struct, frozen=True):
    """A stretch of the text, and the stretch of the tip that says it; -1: it is from nowhere in the tip."""

    words: str
    start: int
    end: int
    tip_words: str
    tip_start: int
    tip_end: int


def traces(facts: Facts, text: str) -> tuple[Trace, ...]:
    """The text in stretches, each with its place in the tip: the longest runs of the same words, from left to right."""
    mine = [(plain(one[0]), one.start(), one.end()) for one in WORD.finditer(text)]
    theirs = [(plain(one[0]), one.start(), one.end()) for one in WORD.finditer(facts.text)]
    places: dict[str, list[int]] = {}
    for number, (word, _start, _end) in enumerate(theirs):
        places.setdefault(word, []).append(number)
    found: list[tuple[int, int, int]] = []  # from, how many, where in the tip (or -1)
    at = 0
    while at < len(mine):
        count, where = _longest(mine, theirs, places, at)
        signed = count and not mine[at][0].isalpha()
        if count >= SHORTEST or signed or (count and count == len(mine)):
            found.append((at, count, where))
            at += count
        elif found and found[-1][2] < 0:
            found[-1] = (found[-1][0], found[-1][1] + 1, -1)
            at += 1
        else:
            found.append((at, 1, -1))
            at += 1
    return tuple(_trace(facts, text, mine, theirs, one) for one in found)


def _longest(
    mine: list[tuple[str, int, int]], theirs: list[tuple[str, int, int]], places: dict[str, list[int]], at: int
) -> tuple[int, int]:
    best, where = 0, -1
    for start in places.get(mine[at][0], ()):
        count = 1
        while (
            at + count < len(mine) and start + count < len(theirs) and mine[at + count][0] == theirs[start + count][0]
        ):
            count += 1
        if count > best:
            best, where = count, start
    return best, where


def _trace(
    facts: Facts,
    text: str,
    mine: list[tuple[str, int, int]],
    theirs: list[tuple[str, int, int]],
    one: tuple[int, int, int],
) -> Trace:
    at, count, where = one
    start, end = mine[at][1], mine[at + count - 1][2]
    if where < 0:
        return Trace(text[start:end], start, end, "", -1, -1)
    tip_start, tip_end = theirs[where][1], theirs[where + count - 1][2]
    return Trace(text[start:end], start, end, facts.text[tip_start:tip_end], tip_start, tip_end)
