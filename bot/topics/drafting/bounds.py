"""Bounds of a number: up to 50 is not 50, and from $95 is not $95."""

import re
from collections.abc import Iterator

from bot.topics.drafting.claims import Claim, Claims
from bot.topics.drafting.doubts import Doubt

_REACH = 40  # characters before a number in which its bound stands
_MOST_BEFORE = re.compile(
    r"\b(?:up to|at most|(?:no|not) more than|(?:a |the )?max(?:imum|\.)?(?: of)?|under|below"
    r"|(?:younger|fewer|less) than)[\s-]+$",
    re.IGNORECASE,
)
_LEAST_BEFORE = re.compile(
    r"\b(?:at least|(?:more|older) than|over|upwards? of|(?:a |the )?min(?:imum|\.)?(?: of)?"
    r"|(?:no|not) (?:fewer|less) than)\s+$",
    re.IGNORECASE,
)
_RISING = re.compile(
    r"\b(?:go(?:es|ing|ne)?|went|rise[ns]?|rose|rising|rais\w+|climb\w*|mov\w+|add\w*) up to\s+$", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:from|starting (?:at|from)|starts at)\s+$", re.IGNORECASE)
_MOST_AFTER = re.compile(
    r"\s(?:or (?:less|fewer|under|younger)|and (?:under|younger)|at (?:the )?most\b|max\b)", re.IGNORECASE
)
_LEAST_AFTER = re.compile(
    r"\s?\+|\s(?:\w+ )?(?:or (?:more|older|over|above|up)|and (?:up|over|older|above|more))\b", re.IGNORECASE
)
_ROOM = re.compile(
    r"\b(?:limited to|limit of|limit is|room for|only|as many as|as (?:few|little) as)\s+$", re.IGNORECASE
)
_DENIED = re.compile(r"(?:\bnot|\bno|\bnever|n['’]t)\b[^.!?\n]{0,25}$", re.IGNORECASE)
_LASTING = re.compile(r"\s?-?(?:minute|hour|day|night|week|weekend|month|year)s?\b", re.IGNORECASE)
_ON = re.compile(r"\s*(?:[-–—]|to\b|until\b|up to\b)\s*[$€£]?\d")

NONE, MOST, LEAST = "", "most", "least"
ANY = frozenset((NONE, MOST, LEAST))


def bounds(tip: Claims, said: Claims) -> Iterator[Doubt]:
    """Numbers of the tip that have lost, got or changed their bound."""
    for one in said.of("amount"):
        same = [other for other in tip.of("amount") if other.value == one.value]
        theirs = frozenset().union(*(_bound(tip, other)[0] for other in same)) if one.value != "$0" else frozenset()
        mine, words = _bound(said, one)
        if (
            not same
            or not theirs
            or mine & theirs
            or _bounded_elsewhere(said, one, theirs)
            or _end_of_prices(tip, one, mine)
        ):
            continue
        told = _bound(tip, same[0])[1]
        yield Doubt(f"It says “{words}”; the tip says “{told}”.", said.text[one.start : one.end], one.start, one.end)


def _end_of_prices(tip: Claims, one: Claim, mine: frozenset[str]) -> bool:
    """Is it the lowest of the tip's prices behind a "from", or the highest behind an "up to"?"""
    if one.value[0] not in "$€£":
        return False
    prices = {float(other.value[1:]) for other in tip.of("amount") if other.value[0] == one.value[0]}
    ends = {LEAST: min(prices), MOST: max(prices)}
    return len(prices) > 1 and any(ends.get(bound) == float(one.value[1:]) for bound in mine)


def _bounded_elsewhere(said: Claims, one: Claim, theirs: frozenset[str]) -> bool:
    """Is it said with its bound in another place of the text?"""
    return any(other.value == one.value and _bound(said, other)[0] & theirs for other in said.of("amount"))


def _bound(claims: Claims, one: Claim) -> tuple[frozenset[str], str]:  # noqa: PLR0911 - one wording a line
    """What the number may be taken for, and the words that say so, with the number."""
    text = claims.text
    before, after = text[max(0, one.start - _REACH) : one.start], text[one.end : one.end + _REACH]
    number = text[one.start : one.end]
    if _RISING.search(before):
        return ANY, number
    if _ROOM.search(before):
        return ANY - {LEAST}, number
    if found := _LEAST_AFTER.match(after):
        return frozenset((LEAST,)), f"{number}{found[0]}"
    if found := _MOST_AFTER.match(after):
        return frozenset((MOST,)), f"{number}{found[0]}"
    if found := _MOST_BEFORE.search(before):
        return frozenset((MOST,)), f"{found[0]}{number}"
    if found := _LEAST_BEFORE.search(before):
        if found[0].casefold().startswith("over") and _LASTING.match(after):
            return ANY, number  # "over two days" is not more than two
        denied = _DENIED.search(before[: found.start()])
        return frozenset((MOST if denied else LEAST,)), f"{denied[0] if denied else ''}{found[0]}{number}"
    if one.value[0] in "$€£" and (found := _FROM.search(before)):
        return (ANY, number) if _ON.match(after) else (frozenset((LEAST,)), f"{found[0]}{number}")
    return frozenset((NONE,)), number
