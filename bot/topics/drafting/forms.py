"""A sentence of a tip in the forms in which a post may say it: whole, without its asides, its main clause alone."""

import re
from collections.abc import Iterator

from msgspec import Struct

from bot.topics.drafting.facts import Facts
from bot.topics.drafting.rendering import Run, Runs, spoken, text_of

_ASIDE = re.compile(r"\s*\((?![^()]*https?:)[^()]{3,}\)")
_CLAUSE = re.compile(r",\s+(?:which|who|where|including)\b[^,;—]*(?:,(?=\s)|(?=[.!?]*$))")
_APPOSITION = re.compile(
    r"(?<=[a-z]),\s+(?:an?\s+|the\s+)?[a-z][^,;.]{5,60},(?=\s+(?:will|has|is|shows?|talks?|explains?"
    r"|discuss(?:es)?|presents?|leads?|joins?)\b)"
)
_TAIL = re.compile(r"\s*(?:;| [—–] )[^;—–]*(?=[.!?]*$)")
_RELATIVE = re.compile(r",\s+(?:and\s+)?(?:which|who|where|whose)\b.*$", re.DOTALL)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|will|can|\w{3,}(?:ed|es|ts|ns|ds))\b")
_START = re.compile(
    r"^(?:As part of|In (?:honou?r|celebration|partnership|conjunction|cooperation|collaboration) (?:of|with)"
    r"|Thanks to|Due to|To (?:mark|celebrate))\b[^,]*,(?:\s+and [^,]*,)?\s+(?=(?:the|we|our|[A-Z]))"
)
_MAIN = 60  # characters of a main clause that may stand alone
ALSO_ASKED, ASK = 1, 2
SHORTEST = 12  # letters that a form has to have left


class Bit(Struct, frozen=True):
    """A part of a post in its forms, the fullest first. `line`: it stands on a line of its own in longer posts.

    `must`: its first form tells the ask or the link in its place; the others are for a post that closes with them.
    `asked`: it asks for something, or leads. The ask of the whole tip (`ASK`) is never left out, others only for lack
    of room.
    """

    forms: tuple[Runs, ...]
    role: str
    worth: float
    block: int
    needs: int = -1
    line: bool = False
    must: bool = False
    asked: int = 0


def forms_of(facts: Facts, start: int, end: int, *, short: bool) -> tuple[Runs, ...]:
    """A sentence as it may be said: whole and, on short networks, without what it says by the way."""
    full = spoken(facts, start, end)
    if not short:
        return (full,)
    kept = list(_kept(facts.text[start:end]))
    if kept == [(0, end - start)]:
        return (full, *_shortest(facts, start, end))
    runs: list[Run] = []
    for number, (first, last) in enumerate(kept):
        piece = spoken(facts, start + first, start + last, capital=number == 0, stop=number == len(kept) - 1)
        runs += piece
        if number < len(kept) - 1 and facts.text[start + last - 1].isspace():
            runs.append(Run(" "))
    if (
        kept
        and kept[-1][1] < end - start
        and facts.text[end - 1] in ".!?"
        and not text_of(runs).endswith((".", "!", "?"))
    ):
        runs.append(Run("."))
    if len(re.sub(r"\W", "", text_of(runs))) < SHORTEST:
        return (full, *_shortest(facts, start, end))
    return (full, tuple(runs), *_shortest(facts, start, end))


def _shortest(facts: Facts, start: int, end: int) -> tuple[Runs, ...]:
    """The main clause alone, where a long sentence ends in a relative one."""
    words = facts.text[start:end]
    tail = _RELATIVE.search(words)
    if not tail or tail.start() < _MAIN or not _VERB.search(words[: tail.start()]):
        return ()
    lead = _START.search(words)
    return (spoken(facts, start + (lead.end() if lead else 0), start + tail.start()),)


def _kept(words: str) -> Iterator[tuple[int, int]]:
    """What is left of a sentence without its asides; nothing is cut out of a list."""
    cuts = [one.span() for one in _ASIDE.finditer(words)]
    if (one := _START.search(words)) is not None:
        cuts.append(one.span())
    if (apposition := _APPOSITION.search(words)) is not None:
        cuts.append(apposition.span())
    clause = _CLAUSE.search(words)
    if clause and words[clause.end() :].count(",") == 0 and " and " not in clause[0] and " or " not in clause[0]:
        cuts.append(clause.span())
    if (tail := _TAIL.search(words)) is not None and tail.start() > len(words) // 3:
        cuts.append(tail.span())
    at = 0
    for start, end in sorted(cuts):
        if start >= at:
            if start > at:
                yield at, start
            at = end
    if at < len(words) and (words[at:].strip(" .!?") or not at):
        yield at, len(words)
