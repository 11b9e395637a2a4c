"""Posts from a tip: its own words in the frame of its kind, as much of them as the network has room for.

Facts come from the tip alone. Sentences are taken whole, or without an aside; what does not fit is left out and said.
The ask and the link are never left out.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.drafting.bits import WORTH, Bit, bits_of, call_runs
from bot.topics.drafting.choosing import MOST, Choice, Weighed, choose
from bot.topics.drafting.facts import Fact, Facts, Kind
from bot.topics.drafting.frames import SHORT, Frame, frames
from bot.topics.drafting.headlines import headline
from bot.topics.drafting.laying import laid_out
from bot.topics.drafting.lengths import measure
from bot.topics.drafting.limits import Limits
from bot.topics.drafting.questions import Question, missing
from bot.topics.drafting.rendering import Run, Runs, own, text_of
from bot.topics.drafting.room import Room
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
BREATH = 0.006  # what a sign costs a short post: a post is not good for being full
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
        if not text or text in {one.text for one in found}:
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
    lead = next((facts.text[part.start : part.end] for part in facts.parts if part.role in ("lead", "title")), "")
    turned = [one if _opens(one, lead) else "" for one in turned]
    yield _told(facts, frame, limits, voice, turned[0])
    if heading:
        yield _told(facts, frame, limits, voice, "" if short else turned[1 % len(turned)], heading)
    yield _told(facts, frame, limits, voice, turned[1 % len(turned)])
    if not short and facts.english:
        yield _told(facts, frame, limits, voice, opener.openings["spare", "plain"][0])
    if short and lead:
        yield _told(facts, frame, limits, voice, "", brief=True)
    yield _told(facts, frame, limits, voice, turned[-1])
    if not short and lead:
        yield _told(facts, frame, limits, voice, "", brief=True)


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


def _told(  # noqa: PLR0917 - private, called by name in two places
    facts: Facts,
    frame: Frame,
    limits: Limits,
    voice: Voice,
    opening: str,
    heading: tuple[Bit, frozenset[int]] | None = None,
    *,
    brief: bool = False,
) -> Runs:
    """The tip's sentences as far as there is room, between an opening and the ask."""
    short = limits.network in SHORT
    bits = bits_of(facts, short=short)
    if heading:
        bits = _under(heading, facts, bits)
    if brief:
        days = [fact.start for fact in facts.of(Kind.WHEN, Kind.DEADLINE)]
        bits = [
            bit
            for bit in bits
            if bit.role in ("lead", "deadline", "title")
            or bit.must
            or bit.asked
            or any(run.start <= day < run.end for run in bit.forms[0] for day in days)
        ]
        bits = [replace(bit, needs=-1) for bit in bits]
    ask = call_runs(facts, frame)
    if not any(bit.must for bit in bits):
        return _filled(facts, bits, ask, limits, voice, opening) or _filled(
            facts, _asking(bits), ask, limits, voice, opening
        )
    spare = [replace(bit, forms=(), must=False) if bit.must else bit for bit in bits]
    return _filled(facts, bits, (), limits, voice, opening) or _filled(facts, spare, ask, limits, voice, opening)


def _asking(bits: list[Bit]) -> list[Bit]:
    """The same where there is no room for an ask that stands apart from its link: the link has to do."""
    return [replace(bit, asked=False) for bit in bits] if any(bit.asked for bit in bits) else []


def _filled(facts: Facts, bits: list[Bit], ask: Runs, limits: Limits, voice: Voice, opening: str) -> Runs:  # noqa: PLR0917 - private
    """As much of the bits as fits, with the link and the ask; nothing where those don't fit."""
    short = limits.network in SHORT
    closing = own(voice.ending) if not short else ()
    room = Room(limits)
    for slack in (0, 8, 40):
        left = room.most - slack - sum(room.size(runs) for runs in (own(opening), ask, closing) if runs)
        taken = _chosen(facts, bits, room, left, short=short)
        if not taken and not ask:
            return ()
        tags = _tags(
            facts,
            voice,
            [*(runs for _bit, runs in taken), ask],
            room,
            left - sum(room.size(runs) for _bit, runs in taken),
            limits,
        )
        laid = laid_out(opening, taken, ask, tags, closing, short=short)
        whole = all(any(bit is one for one, _runs in taken) for bit in bits if bit.asked)
        linked = facts.call.link is None or any(run.start == facts.call.link.start for run in laid)
        if (taken or facts.call.whole) and whole and linked and measure(text_of(laid), limits).fits:
            return laid
    return ()


def _under(heading: tuple[Bit, frozenset[int]], facts: Facts, bits: list[Bit]) -> list[Bit]:
    """The bits below a headline: without those whose facts it tells already."""
    first, said = heading
    kept = []
    for bit in bits:
        starts = {run.start for runs in bit.forms[:1] for run in runs}
        inside = {
            start for start in said if any(run.start <= start < run.end for runs in bit.forms[:1] for run in runs)
        }
        if not (bit.must or bit.asked) and (inside or (bit.needs >= 0 and starts) or bit.role in ("title", "lead")):
            continue
        kept.append(replace(bit, needs=-1))
    return [first, *kept]


def _chosen(facts: Facts, bits: list[Bit], room: Room, left: int, *, short: bool) -> list[tuple[Bit, Runs]]:
    numbers: dict[tuple[Kind, str], int] = {}
    worths: list[float] = []
    for fact in facts.facts:
        if fact.kind is not Kind.ASK and (fact.kind, fact.value) not in numbers:
            numbers[fact.kind, fact.value] = len(worths)
            worths.append(WORTH.get(fact.kind, 0.0))
    price = BREATH if short else 0.0
    options = [
        Choice(
            tuple(
                Weighed(
                    size := room.size(runs),
                    (bit.worth + (100.0 if bit.must or bit.asked else 0.0)) - price * size,
                    _told_by(facts, runs, numbers),
                )
                for runs in bit.forms
            ),
            bit.needs,
        )
        for bit in bits[: MOST + (0 if short else 6)]
    ]
    forms = choose(options, left, worths)
    return [(bit, bit.forms[form]) for bit, form in zip(bits, forms, strict=False) if form >= 0]


def _told_by(facts: Facts, runs: Runs, numbers: dict[tuple[Kind, str], int]) -> int:
    told = 0
    for fact in facts.facts:
        if (fact.kind, fact.value) in numbers and any(run.start <= fact.start < run.end for run in runs):
            told |= 1 << numbers[fact.kind, fact.value]
    return told


def _tags(facts: Facts, voice: Voice, said: Sequence[Runs], room: Room, left: int, limits: Limits) -> Runs:  # noqa: PLR0917 - private, called by name in two places
    """The account's hashtags and the tip's own, as many as the voice and the network allow and the room holds."""
    there = text_of(run for runs in said for run in runs).casefold()
    most = min(
        voice.most_hashtags, limits.max_hashtags if limits.max_hashtags is not None else voice.most_hashtags
    ) - there.count("#")
    listed: dict[str, Run] = {f"#{one.lstrip('#')}".casefold(): Run(f"#{one.lstrip('#')}") for one in voice.hashtags}
    listed |= {
        one.words.casefold(): Run(one.words, one.start, one.end)
        for one in facts.of(Kind.HASHTAG)
        if one.words.casefold() not in listed
    }
    runs: list[Run] = []
    for word, run in listed.items():
        if word in there or most <= 0:
            continue
        more = (*runs, *own(" " if runs else ""), run)
        if room.size(more) > left:
            break
        runs, most = list(more), most - 1
    return tuple(runs)


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
    """Do they say it in the same words, however the lines are broken?"""
    return text.casefold().split() == other.casefold().split()
