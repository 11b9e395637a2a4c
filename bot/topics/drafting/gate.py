"""The gate: does a text say only what its tip says? Typed, normalised claims are compared, both ways.

"6 pm" is "18:00", "two" is 2, a short form is the name it stands for. A value that the tip has too must also stand in
its right place: the tip's own surroundings decide which day belongs to which event.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.topics.drafting.bounds import bounds
from bot.topics.drafting.claims import Claim, Claims, claims_of, plain
from bot.topics.drafting.denials import denials
from bot.topics.drafting.doubts import Doubt
from bot.topics.drafting.facts import Facts, Kind
from bot.topics.drafting.frames import frames
from bot.topics.drafting.lists import listed
from bot.topics.drafting.names import initials
from bot.topics.drafting.opposites import circles, opposites
from bot.topics.drafting.ordinary import looks_plain, names_nobody
from bot.topics.drafting.turned import turned
from bot.topics.drafting.values import misplaced, values

__all__ = ["Doubt", "compare"]

SHORTEST_NAME = 2
_GREETING = re.compile(
    r"\s*(?:happy|merry|hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?: [^\W\d_]+){0,3}[!,]", re.IGNORECASE
)
NONE: frozenset[str] = frozenset()
ABBREVIATED = {
    short: listed(words)
    for short, words in {
        "st": "street saint",
        "ave": "avenue",
        "rd": "road",
        "blvd": "boulevard",
        "rm": "room",
        "dr": "drive doctor",
        "prof": "professor",
        "sen": "senator",
        "rep": "representative",
        "gov": "governor",
        "dept": "department",
        "univ": "university",
        "assoc": "association associate",
        "conf": "conference",
    }.items()
}


def compare(facts: Facts, text: str) -> tuple[Doubt, ...]:
    """What in the text the tip does not bear out, in the order of the text; behind it, what is missing."""
    tip = claims_of(facts.text, facts.today)
    skipped = _opened(text, facts.text)
    said = claims_of(" " * skipped + text[skipped:], facts.today)
    found = [
        *values(facts, tip, said),
        *_names(facts, tip, said),
        *denials(tip, said),
        *opposites(tip, said),
        *turned(tip, said),
        *bounds(tip, said),
        *circles(tip, said),
        *_missing(facts, tip, said),
    ]
    told = sorted((one for one in found if not one.missing), key=lambda one: (one.start, one.end))
    return (*_once(told), *(one for one in found if one.missing))


def _once(found: Sequence[Doubt]) -> Iterator[Doubt]:
    end = -1
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


@cache
def _openings() -> tuple[str, ...]:
    every = {opening for frame in frames().values() for wordings in frame.openings.values() for opening in wordings}
    return tuple(sorted((one.strip() for one in every if one.strip()), key=len, reverse=True))


def _opened(text: str, tip: str) -> int:
    """How much of the text is a greeting, or an opening of Steward's frames: those claim nothing."""
    if greeting := _GREETING.match(text):
        return greeting.end()
    for one in _openings():
        pattern = re.escape(one).replace(re.escape("{name}"), r"[^\n:]{1,80}?")
        found = re.match(pattern + r"(?=\s)", text)
        if found and not ("{name}" in one and re.match(pattern, tip.lstrip())):
            return found.end()
    return 0


def _names(facts: Facts, tip: Claims, said: Claims) -> Iterator[Doubt]:
    names = said.of("name")
    theirs = tip.of("name")
    shorts = {plain(short) for short, _long in facts.acronyms} | {
        plain(word) for _short, long in facts.acronyms for word in long.split()
    }
    for at, one in enumerate(names):
        words = said.text[one.start : one.end]
        in_tip = one.value in tip.known or all(part in tip.known for part in re.split(r"[-.&]", one.value) if part)
        if not in_tip:
            followed = at + 1 < len(names) and names[at + 1].start - one.end <= 1
            month = one.year and words == "May"
            nobody = not month and names_nobody(one.value, followed=followed or one.year)
            if (
                one.value in shorts
                or _stands_for(one.value, tip)
                or nobody
                or tip.known & ABBREVIATED.get(one.value, NONE)
            ):
                continue
            if one.year or followed or not looks_plain(one.value):
                yield Doubt(f"“{words}” is not in the tip.", words, one.start, one.end)
            continue
        if one.year:
            same = [other for other in theirs if other.value == one.value]
            rivals = [other for other in theirs if other.value != one.value and _between_the_same(one, other)]
            yield from misplaced(tip, said, one, same, rivals) if same else ()


def _between_the_same(one: Claim, other: Claim) -> bool:
    return one.left[:1] == other.left[:1] and one.right[:1] == other.right[:1] and bool(one.left and one.right)


def _stands_for(short: str, tip: Claims) -> bool:
    """Are these the first letters of words that follow each other in the tip, or the other way round?"""
    if not SHORTEST_NAME <= len(short) <= 8:  # noqa: PLR2004 - letters of a short form
        return False
    words = [tip.text[start:end] for _word, start, end in tip.words]
    return any(
        initials(words[at : at + count]) == short
        for at in range(len(words))
        for count in range(len(short), len(short) + 3)
    )


def _missing(facts: Facts, tip: Claims, said: Claims) -> Iterator[Doubt]:
    at = len(said.text)
    link = facts.call.link
    if link is not None and all(one.value != link.value for one in said.of("link")):
        yield Doubt(f"The link is left out: {link.words}", link.words, at, at, missing=True)
    days = facts.of(Kind.WHEN, Kind.DEADLINE)
    needed = "date" in frames()[facts.frame].needs
    if needed and days and not said.of("day") and not said.of("weekday"):
        yield Doubt(f"The date is left out: {days[0].shown}", days[0].words, at, at, missing=True)
