"""What a post can be put together from: a tip's sentences, labelled lines and lists in their forms, and its ask."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.drafting.asks import trimmed
from bot.topics.drafting.facts import Facts, Kind, Part
from bot.topics.drafting.frames import Frame, frames
from bot.topics.drafting.rendering import Run, Runs, own, spoken, text_of

WORTH = {  # what a fact is worth to a reader
    **dict.fromkeys((Kind.WHEN, Kind.DEADLINE), 6.0),
    Kind.WHAT: 5.0,
    **dict.fromkeys((Kind.TIME, Kind.WHERE, Kind.PRICE), 4.0),
    **dict.fromkeys((Kind.NUMBER, Kind.WHO, Kind.QUOTE, Kind.HANDLE), 2.0),
    **dict.fromkeys((Kind.HASHTAG, Kind.MAIL, Kind.LINK), 1.0),
}
ROLES = {
    "lead": 7.0,
    "title": 4.0,
    "deadline": 3.0,
    "label": 2.5,
    "quote": 2.5,
    "detail": 1.8,
    "ask": 1.2,
    "list": 2.0,
    "contact": 0.6,
}
VALUE_ALONE = (  # labels whose value says by itself what it is
    *("what", "title", "event", "topic", "position", "job title", "when", "date", "dates", "time", "date and time"),
    *("where", "location", "venue", "place", "cost", "price", "fee", "platform", "audience"),
)
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
_LED_THERE = re.compile(
    r"\b(?:listed|posted|announced|published|hosted|streamed|shared|held|reached|searched|browsed"
    r"|seen)\s+(?:live\s+)?(?:at|on|in|via)\s*$",
    re.IGNORECASE,
)
_ITEMS = 25  # lines of a list that is a post's business
_SHORT_LIST = 180  # characters of a list that may stand in a short post
_MAIN = 60  # characters of a main clause that may stand alone
_SHORTEST = 12  # letters that a form has to have left
_MARKED = re.compile(r"(?:^|\n)[ \t]*(?:[-*•·‣▪–—]|\d{1,2}[.)])[ \t]+$(?!\n)")
_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:[-*•·‣▪–—]|\d{1,2}[.)])[ \t]+")


class Bit(Struct, frozen=True):
    """A part of a post in its forms, the fullest first. `line`: it stands on a line of its own in longer posts."""

    forms: tuple[Runs, ...]
    role: str
    worth: float
    block: int
    needs: int = -1
    line: bool = False
    must: bool = False
    asked: bool = False


def bits_of(facts: Facts, *, short: bool) -> list[Bit]:
    """What of the tip may stand in a post, in its order; that of the link is a `must`, that of an ask apart `asked`."""
    found: list[Bit] = []
    last: dict[int, int] = {}
    held = -1
    apart = _apart(facts)
    for number, part in enumerate(facts.parts):
        bit = _bit(facts, part, number, short=short)
        if bit is None:
            if part.role not in ("letter", "link", "title"):
                held = -2 if part.leans else held
            continue
        needs = held if part.leans and held >= 0 else -1
        if part.leans and held < 0:
            continue
        found.append(replace(bit, needs=needs, asked=any(part.start <= at < part.end for at in apart)))
        last[part.block] = held = len(found) - 1
    return found


def _apart(facts: Facts) -> list[int]:
    """Where the ask stands that is not beside the link, and the other link of a tip that has two."""
    pages = {one.value: one.start for one in facts.of(Kind.LINK)}
    call = facts.call
    others = [at for value, at in pages.items() if call.link is not None and value != call.link.value]
    return [*(others if len(others) == 1 else ()), *(call.also[:1] if call.also[1] else ())]


def _bit(facts: Facts, part: Part, number: int, *, short: bool) -> Bit | None:  # noqa: PLR0911 - one reason a line
    if part.role in ("letter", "link") or (short and part.role == "contact"):
        return None
    if part.role == "contact" and facts.call.link is not None:
        return None  # somebody's address goes round only where there is no page
    if _only_tags(facts, part):
        return None
    worth = ROLES[part.role] - 0.05 * number
    if part.role == "label":
        return _label(facts, part, worth, short=short)
    if part.role == "list" and facts.text.count("\n", part.start, part.end) > _ITEMS:
        return None
    if part.role == "list":
        return _inline(facts, part, worth) if short else _list(facts, part, worth)
    if part.role == "title":
        return Bit((spoken(facts, part.start, part.end, stop=short),), "title", worth, part.block, line=True)
    return _sentence(facts, part, worth, short=short)


def _only_tags(facts: Facts, part: Part) -> bool:
    words = facts.text[part.start : part.end]
    for one in facts.of(Kind.HASHTAG):
        words = words.replace(one.words, "")
    return not any(sign.isalnum() for sign in words)


def _label(facts: Facts, part: Part, worth: float, *, short: bool) -> Bit | None:
    if facts.call.link and part.start <= facts.call.link.start < part.end:
        return None
    if any(part.start <= start < part.end for start, _end in facts.call.spans):
        return None
    if not short and part.label in ("what", "title", "event", "topic"):
        return Bit((spoken(facts, part.value, part.end, stop=False),), "title", worth, part.block, line=True)
    if not short or part.label not in VALUE_ALONE:
        forms = (spoken(facts, part.start, part.end, stop=short),)
    else:
        forms = (spoken(facts, part.value, part.end),)
    return Bit(forms, "label", worth, part.block, line=True)


def _list(facts: Facts, part: Part, worth: float) -> Bit:
    """A list whole, an item a line."""
    runs: list[Run] = []
    at = part.start
    marks = list(_BULLET.finditer(facts.text, part.start, part.end))
    for mark in marks:
        runs += spoken(facts, at, mark.start(), stop=False)
        runs.append(Run("\n• "))
        at = mark.end()
    runs += spoken(facts, at, part.end, stop=False)
    if _MARKED.search(facts.text, 0, part.start):
        runs = [Run("• "), *runs]
    return Bit((tuple(runs),), "list", worth, part.block, line=True)


def _inline(facts: Facts, part: Part, worth: float) -> Bit | None:
    """A list whole, on one line behind the words that announce it; a long one is left out whole."""
    marks = list(_BULLET.finditer(facts.text, part.start, part.end))
    if part.end - part.start > _SHORT_LIST or not marks or _MARKED.search(facts.text, 0, part.start):
        return None
    runs: list[Run] = list(spoken(facts, part.start, marks[0].start(), stop=False))
    for number, (mark, after) in enumerate(zip(marks, [*(one.start() for one in marks[1:]), part.end], strict=True)):
        runs += [
            *own("; " if number else " "),
            *spoken(facts, mark.end(), after, capital=False, stop=after == part.end),
        ]
    return Bit((tuple(runs),), "list", worth, part.block)


def _sentence(facts: Facts, part: Part, worth: float, *, short: bool) -> Bit | None:  # noqa: PLR0911 - one reason a line
    link = facts.call.link
    holds_link = link is not None and part.start <= link.start < part.end
    holds_call = any(part.start <= start < part.end for start, _end in facts.call.spans)
    if link is None or not holds_link:
        if holds_call:  # a whole ask closes the post; a shortened one is said before its link
            return None
        spans = ((part.start, part.end),)
        if part.label == "line":
            return Bit((spoken(facts, part.start, part.end, stop=short),), part.role, worth, part.block, line=True)
        return Bit(_forms(facts, spans, short=short), part.role, worth, part.block)
    after = facts.text[link.end : part.end]
    if any(part.start <= one.start < part.end and one.value != link.value for one in facts.of(Kind.LINK)):
        return Bit((spoken(facts, part.start, part.end),), part.role, worth, part.block, must=True)  # both, or neither
    if holds_call and part.role != "lead":
        return _beside_call(facts, part, worth)
    led_there = _LED_THERE.search(facts.text, part.start, link.start)
    if not holds_call and (led_there or len(re.sub(r"\W", "", after)) >= _SHORTEST):
        return Bit((spoken(facts, part.start, part.end),), part.role, worth, part.block, must=True)
    end = trimmed(facts.text, part.start, link.start)
    if holds_call:
        end = min([end, *(start for start, _end in facts.call.spans if start > part.start)])
        end = part.start if any(start == part.start for start, _end in facts.call.spans) else end
    if len(re.sub(r"\W", "", facts.text[part.start : end])) < _SHORTEST:
        return None
    return Bit(_forms(facts, ((part.start, end),), short=short), part.role, worth, part.block)


def _beside_call(facts: Facts, part: Part, worth: float) -> Bit | None:
    """What a sentence says before the ask in it: "Registration is free; register at …"."""
    start = min(start for start, _end in facts.call.spans if part.start <= start)
    before = facts.text[part.start : start]
    cut = re.search(r"(?:[;:]| [–—-]|,? (?:and|so|but))\s+(?:(?:please|you can|to)\s+)*$", before, re.IGNORECASE)
    if not cut or len(re.sub(r"\W", "", before[: cut.start()])) < _SHORTEST:
        return None
    return Bit((spoken(facts, part.start, part.start + cut.start()),), part.role, worth, part.block)


def _forms(facts: Facts, spans: tuple[tuple[int, int], ...], *, short: bool) -> tuple[Runs, ...]:
    (start, end), *_ = spans
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
    if len(re.sub(r"\W", "", text_of(runs))) < _SHORTEST:
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


def call_runs(facts: Facts, frame: Frame) -> Runs:
    """The ask and its link, as the post closes with them: "Register by November 27: https://…"."""
    call = facts.call
    if call.link is None:
        return spoken(facts, *call.spans[0]) if call.spans and call.whole else ()
    link = Run(call.link.words, call.link.start, call.link.end)
    if call.spans:
        runs: list[Run] = []
        for number, (start, end) in enumerate(call.spans):
            runs += [*own(" " if number else ""), *spoken(facts, start, end, capital=number == 0, stop=False)]
        return (*runs, Run(": "), link)
    clear = frame if frame.name == "repost" else frames()[facts.opens]  # "Watch:" only where it surely is a video
    return (*own(f"{clear.ask}: " if facts.english else ""), link)
