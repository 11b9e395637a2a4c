"""One wording filled: as much of a tip as its network has room for, always with its ask and its link."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.topics.drafting.bits import WORTH, bits_of
from bot.topics.drafting.choosing import MOST, Choice, Weighed, choose
from bot.topics.drafting.facts import Facts, Kind
from bot.topics.drafting.forms import ALSO_ASKED, ASK, Bit
from bot.topics.drafting.frames import SHORT, Frame
from bot.topics.drafting.laying import laid_out
from bot.topics.drafting.lengths import measure
from bot.topics.drafting.limits import Limits
from bot.topics.drafting.linked import call_runs
from bot.topics.drafting.rendering import Run, Runs, own, text_of
from bot.topics.drafting.room import Room
from bot.topics.drafting.voice import Voice

BREATH = 0.006  # what a sign costs a short post: a post is not good for being full
CRY = 30  # characters of "Volunteers needed!", which tells too little to stand alone
NOT_ASKED = ASK + 1
ASKED_ALONE = 15  # characters of an ask that is a post by itself


def told(  # noqa: PLR0917 - private, called by name in two places
    facts: Facts,
    frame: Frame,
    limits: Limits,
    voice: Voice,
    opening: str,
    heading: tuple[Bit, frozenset[int]] | None = None,
    *,
    brief: bool = False,
    barest: bool = False,
) -> Runs:
    """The tip's sentences as far as there is room, between an opening and the ask."""
    short = limits.network in SHORT
    bits = bits_of(facts, short=short)
    if heading:
        bits = _under(heading, facts, bits)
        if not bits:
            return ()
    if brief:
        bits = _brief(facts, bits, barest=barest)
    ask = call_runs(facts, frame)
    tries = [(bits, ask)]
    if any(bit.must for bit in bits):
        whole = [replace(bit, forms=bit.forms[:1]) if bit.must else bit for bit in bits]
        spare = [replace(bit, forms=bit.forms[1:], must=False) if bit.must else bit for bit in bits]
        link = facts.call.link
        told_link = link is None or any(run.start == link.start for bit in whole if bit.must for run in bit.forms[0])
        tries = [(whole, () if told_link else ask[-1:]), (spare, ask)]
    for kept, end in tries:
        for least in (ALSO_ASKED, ASK, NOT_ASKED):  # where there is no room for all that is asked, for less of it
            firm = [bit if bit.asked >= least else replace(bit, asked=0) for bit in kept]
            if filled := _filled(facts, firm, end, limits, voice, opening):
                return filled
    return ()


def _brief(facts: Facts, bits: list[Bit], *, barest: bool) -> list[Bit]:
    """What leads, what is asked and, if it is not the barest, what has a day, with what each of them leans on."""
    days = [] if barest else [fact.start for fact in facts.of(Kind.WHEN, Kind.DEADLINE)]
    kept = {
        at
        for at, bit in enumerate(bits)
        if bit.role in ("lead", "deadline", "title", "ask")
        or bit.must
        or bit.asked
        or any(run.start <= day < run.end for run in bit.forms[0] for day in days)
    }
    if bits and bits[0].role == "lead" and len(text_of(bits[0].forms[0])) <= CRY:
        kept.add(1)
    for at in range(len(bits) - 1, -1, -1):
        if at in kept and bits[at].needs >= 0:
            kept.add(bits[at].needs)
    return _only(bits, kept)


def _filled(facts: Facts, bits: list[Bit], ask: Runs, limits: Limits, voice: Voice, opening: str) -> Runs:  # noqa: PLR0917 - private
    """As much of the bits as fits, with the link and the ask; nothing where those don't fit."""
    short = limits.network in SHORT
    bits = _first(bits, MOST + (0 if short else 6))
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
        whole = all(any(bit is one for one, _runs in taken) for bit in bits if bit.asked or (bit.must and bit.forms))
        linked = facts.call.link is None or any(run.start == facts.call.link.start for run in laid)
        if (taken or facts.call.whole or _tells(ask)) and whole and linked and measure(text_of(laid), limits).fits:
            return laid
    return ()


def _tells(ask: Runs) -> bool:
    """Is the ask a post by itself, as "Vote for the mural by December 11: https://…" is, unlike "Register: https://…"?"""
    return sum(len(run.words) for run in ask[:-1] if run.start >= 0) >= ASKED_ALONE


def _under(heading: tuple[Bit, frozenset[int]], facts: Facts, bits: list[Bit]) -> list[Bit]:
    """The bits below a headline: without those whose facts it tells already."""
    first, said = heading
    if any(bit.must and any(run.start <= start < run.end for run in bit.forms[0]) for bit in bits for start in said):
        return []  # what is said whole tells it as well: nothing is to be read twice
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
        for bit in bits
    ]
    forms = choose(options, left, worths)
    return [(bit, bit.forms[form]) for bit, form in zip(bits, forms, strict=False) if form >= 0]


def _first(bits: list[Bit], most: int) -> list[Bit]:
    """As many as can be weighed: what is asked however late it comes, then the others in their order."""
    kept = sorted(range(len(bits)), key=lambda at: (not (bits[at].asked or bits[at].must), bits[at].role != "ask", at))
    return _only(bits, set(kept[:most]))


def _only(bits: list[Bit], kept: set[int]) -> list[Bit]:
    """These of the bits, without those that lean on one which is not among them."""
    placed: dict[int, int] = {}
    for at, bit in enumerate(bits):
        if at in kept and (bit.needs < 0 or bit.needs in placed):
            placed[at] = len(placed)
    return [replace(bits[at], needs=placed.get(bits[at].needs, -1)) for at in placed]


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
