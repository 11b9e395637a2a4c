"""What a tip asks its readers to do, in its own words, and the link that goes with it."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from bot.topics.drafting.asking import CAN, IMPERATIVE, LONGEST, STRONG_VERB, asks, trimmed
from bot.topics.drafting.asklinks import ask_at
from bot.topics.drafting.facts import Call, Fact, Part
from bot.topics.drafting.filler import loses
from bot.topics.drafting.sentences import ITEM, MARKED

_STRONG_ANYWHERE = re.compile(
    r"\b(?:register|sign up|sign-up|apply|submit|rsvp|donate|volunteer|call|text|write|send|reserve|bring|enter"
    r"|nominate|reply|e-?mail|contact|stop by|come|join)\b",
    re.IGNORECASE,
)


def call_of(text: str, parts: Sequence[Part], links: Sequence[Fact]) -> Call:
    """What the text asks for, the strongest ask first; one with a link before one without."""
    options = [ask_at(text, part, link) for link in links if (part := _holder(parts, link)) is not None]
    asked = [one for one in options if one.verb]
    words = [
        one
        for part in _sayings(text, parts, listed=bool(links))
        if part.role not in ("letter", "contact", "quote") and (one := _asked(text, part)) is not None
    ]
    if not links:
        written = [
            Call(((part.start, part.end),), None, "contact", whole=True) for part in parts if part.role == "contact"
        ]
        if words or written:
            return max(words, key=_late, default=written[-1] if written else Call())
        spoken = next((one for part in parts if (one := _mentioned(text, part)) is not None), None)
        return Call(also=spoken.spans[0]) if spoken else Call()
    words = words or [one for part in parts if (one := _mentioned(text, part)) is not None]
    also = max(words, key=_late, default=None)
    best = max(asked or options or [Call(link=links[0])], key=lambda one: (_strong(one), _page(one)))
    strong = [one for one in words if _strong(one) and IMPERATIVE.match(text, one.spans[0][0])]
    if best.verb in ("", "more") and strong and not best.spans and (short := _shortened(text, strong[0])) is not None:
        return Call(short.spans, best.link, short.verb)
    if also and not _strong(best) and (_strong(also) or best.verb in ("", "more")):
        return replace(best, also=also.spans[0])
    return best


def items(text: str, part: Part) -> Iterator[Part]:
    """The items of a list, without what announces them."""
    marks = list(ITEM.finditer(text, part.start, part.end))
    starts = [one.end() for one in marks]
    ends = [*(one.start() for one in marks[1:]), part.end]
    if MARKED.search(text, 0, part.start):
        starts, ends = [part.start, *starts], [*(one.start() for one in marks), part.end]
    yield from (Part("item", start, end) for start, end in zip(starts, ends, strict=True))


def _sayings(text: str, parts: Sequence[Part], *, listed: bool) -> Iterator[Part]:
    for part in parts:
        yield from items(text, part) if listed and part.role == "list" else (part,)


def _strong(call: Call) -> bool:
    return STRONG_VERB.match(call.verb) is not None


def _late(call: Call) -> tuple[bool, int]:
    """The strongest comes first; of those, what is asked last, as messages have it."""
    return _strong(call), call.spans[0][0]


def _page(call: Call) -> bool:
    """Does it lead to a page of its own, not only to somebody's home page, as signatures do?"""
    return call.link is not None and "/" in call.link.value.rstrip("/")


def _holder(parts: Sequence[Part], link: Fact) -> Part | None:
    return next((part for part in parts if part.start <= link.start and link.end <= part.end), None)


def _asked(text: str, part: Part) -> Call | None:
    verb = asks(text, part)
    if verb:
        return Call(((part.start, part.end),), None, verb, whole=True)
    if part.role == "label" and part.label in ("rsvp", "apply", "register", "to register", "how to apply", "to apply"):
        return Call(((part.start, part.end),), None, part.label.split()[-1], whole=True)
    found = CAN.match(text[part.start : part.end])
    if found:
        return Call(((part.start, part.end),), None, found["ask"].split()[0].casefold(), whole=True)
    return None


def _mentioned(text: str, part: Part) -> Call | None:
    """A sentence that speaks of what can be done without asking for it: "Sign-up is at the desk"."""
    found = _STRONG_ANYWHERE.search(text, part.start, part.end)
    spoken = part.role in ("lead", "detail", "deadline", "ask", "label")
    return Call(((part.start, part.end),), None, found[0].casefold(), whole=True) if found and spoken else None


def _shortened(text: str, call: Call) -> Call | None:
    """“Register today!”, whose link stands elsewhere, as it may stand before that link; None where that lost words."""
    first, last = call.spans[0]
    found = IMPERATIVE.match(text, first)
    start = found.start("verb") if found else first
    end = trimmed(text, start, last)
    if end - start > LONGEST or loses(text, first, last, ((start, end),)):
        return None
    return Call(((start, end),), call.link, call.verb)
