"""Which kind of post a tip makes: what is read in it and what it says speak for the kinds, and the strongest wins.

Every word that counts stands in `frames.yaml`, so that a wrong kind can be explained and put right there.
"""

from collections.abc import Collection, Sequence
from datetime import date

from bot.topics.drafting.evidence import of_days, of_words
from bot.topics.drafting.facts import Call, Fact, Part
from bot.topics.drafting.frames import Frame, frames
from bot.topics.drafting.signs import even, sign

FALLBACK, UNCLEAR, SOLEMN = "news", "unclear", "solemn"
_NEVER = frozenset(("repost", UNCLEAR, SOLEMN))  # kinds that no text makes by what it says
ENOUGH = 4  # what has to speak for a kind before it is more than news
_ODD = frozenset(("called off", "correction"))  # where a post is about what was said before
LITTLE = 40  # characters of a beginning that says little
SURE = 7  # what has to speak for it before a post opens with its words,
AHEAD = 2  # and by how much more than for any other


def kind_of(text: str, parts: Sequence[Part], facts: Sequence[Fact], call: Call, today: date) -> tuple[str, str]:
    """The kind of post, and the kind whose openings it may begin with: another one where its own would say too much."""
    told = [part for part in parts if part.role != "letter"]
    every = even("\n".join(text[one.start : one.end] for one in told))
    head = even("\n".join(text[one.start : one.end] for one in _first(told)))
    first = max((one.end for one in _first(told)), default=0)
    evidence = of_days(facts, first, today) | of_words(every, head, facts)
    read = frozenset(name for name, is_so in evidence.items() if is_so)
    verb = "sign up" if _asked(text, call).startswith("sign up") else call.verb
    scores = {name: _score(frame, every, head, read, verb) for name, frame in frames().items() if name not in _NEVER}
    order = list(scores)  # the general kinds come first: of two that are as strong, the one that says more is meant
    best = max(scores, key=lambda name: (scores[name], order.index(name)))
    if scores[best] < ENOUGH:
        return FALLBACK, SOLEMN if _solemn(every) else UNCLEAR
    clear = scores[best] >= SURE and scores[best] >= AHEAD + max(scores[name] for name in scores if name != best)
    if _solemn(every):
        return best, SOLEMN
    return best, best if clear and not _ODD & read and _opens(frames()[best], every, read) else UNCLEAR


def _asked(text: str, call: Call) -> str:
    return even(" ".join(text[start:end].strip() for start, end in call.spans))


def _first(told: Sequence[Part]) -> Sequence[Part]:
    """The heading and the first sentence, which say what a tip is about; an exclamation alone says too little."""
    titles = [one for one in told if one.role == "title"][:1]
    leads = [one for one in told if one.role == "lead"][:1]
    first = titles + leads or list(told[:1])
    if told and sum(one.end - one.start for one in first) < LITTLE:
        first += [one for one in told if one not in first][:1]
    return first


def _score(frame: Frame, every: str, head: str, read: Collection[str], verb: str) -> int:
    return (
        _said(frame, every)
        + _said(frame, head)
        + sum(count for name, count in frame.reads.items() if name in read)
        + frame.asks.get(verb, 0)
    )


def _said(frame: Frame, text: str) -> int:
    """How strongly the words speak for a kind: the strongest first, and no word twice."""
    total = 0
    taken: list[tuple[int, int]] = []
    for one, count in frame.signs:
        place = one.found(text)
        if place and not any(place[0] < end and start < place[1] for start, end in taken):
            taken.append(place)
            total += count
    return total


def _solemn(every: str) -> bool:
    return any(one.found(every) for one, _count in frames()[SOLEMN].signs)


def _opens(frame: Frame, every: str, read: Collection[str]) -> bool:
    return not frame.opens or any(one in read or sign(one).found(every) for one in frame.opens)
