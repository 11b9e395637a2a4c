"""Posts from a tip: its own words in the frame of its kind, as much of them as the network has room for.

Facts come from the tip alone. Sentences are taken whole, or without an aside; what does not fit is left out and said.
The ask and the link are never left out.
"""

import re
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from bot.topics.drafting.facts import Fact, Facts, Kind
from bot.topics.drafting.filling import told
from bot.topics.drafting.frames import SHORT, Frame, frames
from bot.topics.drafting.headlines import headline
from bot.topics.drafting.limits import Limits
from bot.topics.drafting.questions import Question, missing
from bot.topics.drafting.rendering import Runs, text_of
from bot.topics.drafting.voice import Voice

__all__ = ["Alternative", "Composed", "Piece", "Question", "compose"]

FIRST = {
    "linkedin": 2,
    "instagram": 1,
    "youtube": 1,
    "flickr": 1,
    "bluesky": 0,
    "mastodon": 0,
}  # which opening comes first: none of our accounts says the same
WORDINGS = 3


class Piece(Struct, frozen=True):
    """The text's `start`:`end` came from the tip's `tip_start`:`tip_end`; -1: they are Steward's own words."""

    start: int
    end: int
    tip_start: int
    tip_end: int


class Alternative(Struct, frozen=True):
    """One wording: its text, where each stretch of it comes from, and the facts of the tip that it leaves out."""

    text: str
    pieces: tuple[Piece, ...]
    dropped: tuple[Fact, ...]


class Composed(Struct, frozen=True):
    """Up to three wordings, the best first, and the one question that would make them better."""

    alternatives: tuple[Alternative, ...]
    question: Question | None
    frame: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The wordings' words."""
        return tuple(one.text for one in self.alternatives)


def compose(
    facts: Facts,
    limits: Limits,
    voice: Voice = Voice(),  # noqa: B008 - it is frozen
    *,
    without: bool = False,
    avoid: tuple[str, ...] = (),
    repost_of: str = "",
) -> Composed:
    """Wordings for a network and an account's voice. `avoid`: texts of other accounts that these must differ from.

    `repost_of` names the account of ours whose post this is. Where something is missing, the question stands beside
    what can be said `without` it.
    """
    frame = frames()["repost" if repost_of else facts.frame]
    found: list[Alternative] = []
    same: list[Alternative] = []  # there is no other wording of some texts: better those words than none
    for runs in _wordings(facts, frame, limits, voice, repost_of):
        text = text_of(runs)
        if not text or any(_alike(text, one.text) for one in found):
            continue
        repeats = any(_alike(text, other) for other in avoid)
        (same if repeats else found).append(Alternative(text, tuple(_pieces(runs)), _dropped(facts, runs)))
        if len(found) == WORDINGS:
            break
    found = found or same[:1]
    question = None if without or not facts.english else missing(facts, [one.text for one in found])
    return Composed(tuple(found), question, frame.name)


def _wordings(facts: Facts, frame: Frame, limits: Limits, voice: Voice, name: str) -> Iterator[Runs]:
    opener = frame if name else frames()[facts.opens]
    openings = opener.opening(limits.network, voice.manner) if facts.english else ("",)
    first = FIRST.get(limits.network, 0) % len(openings)
    turned = [one.replace("{name}", name) for one in (*openings[first:], *openings[:first])]
    short = limits.network in SHORT
    heading = headline(facts, short=short) if facts.english else None
    lead = _beginning(facts)
    turned = [one if _opens(one, lead) else "" for one in turned]
    say = partial(told, facts, frame, limits, voice)
    yield say(turned[0])
    if heading:
        yield say("" if short else turned[1 % len(turned)], heading)
    yield say(turned[1 % len(turned)])
    spare = opener.openings["spare", "plain"][0] if facts.english else ""
    if not short and spare:
        yield say(spare)
    if short and lead:
        yield say("", brief=True)
    yield say(turned[-1])
    if lead:
        yield say("", brief=True)
    if lead and facts.english:
        yield say("", brief=True, barest=True)
    if short and spare:
        yield say(spare)


def _beginning(facts: Facts) -> str:
    """The words with which a draft begins, but for what opens it."""
    first = next((part for part in facts.parts if part.role in ("lead", "title", "list")), None)
    words = facts.text[first.start : first.end] if first else ""
    return f"{words.splitlines()[0]}: " if first and first.role == "list" else words


def _opens(opening: str, lead: str) -> bool:
    """May this opening stand before that beginning? Two labels, or the same word twice, read like a stutter."""
    if not opening:
        return True
    start = lead[:70].casefold()
    labelled = re.match(
        r"[^.!?:]{3,40}:\s|[^.!?]{3,30}!|(?:please|join us|thank you|thanks|save the date|reminder|did you"
        r"|have you|looking for)\b",
        lead,
        re.IGNORECASE,
    )
    words = [word.strip(".:!?,’'").casefold() for word in opening.split()]
    same = any(len(word) > 3 and word.rstrip("s") in start for word in words)  # noqa: PLR2004 - said beside it
    return not same and not (labelled and opening.rstrip().endswith(":"))


def _pieces(runs: Runs) -> Iterator[Piece]:
    at = 0
    for run in runs:
        yield Piece(at, at + len(run.words), run.start, run.end)
        at += len(run.words)


def _dropped(facts: Facts, runs: Runs) -> tuple[Fact, ...]:
    told = {
        (fact.kind, fact.value)
        for fact in facts.facts
        if any(run.start <= fact.start and fact.end <= run.end for run in runs)
    }
    seen = text_of(runs).casefold()
    left = {
        (fact.kind, fact.value): fact
        for fact in facts.facts
        if (fact.kind, fact.value) not in told and fact.kind is not Kind.ASK
    }
    return tuple(
        fact for fact in left.values() if " ".join(fact.words.split()).casefold() not in seen and not fact.resolved
    )


def _alike(text: str, other: str) -> bool:
    """Do they say it in the same words, however they are pointed and the lines are broken?"""
    return _words(text) == _words(other)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
