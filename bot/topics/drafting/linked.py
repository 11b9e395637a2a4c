"""The sentence that holds the tip's link, and the ask and the link with which a post closes.

"Register by January 11 at https://…" closes the post as "Register by January 11: https://…". Where a sentence would
lose more by that than filler, as "(members only)" behind its link, it is said whole instead, with the link in it.
"""

import re
from collections.abc import Iterator

from bot.topics.drafting.asking import OPEN_END, trimmed
from bot.topics.drafting.facts import Facts, Kind, Part
from bot.topics.drafting.filler import loses
from bot.topics.drafting.forms import SHORTEST, Bit, forms_of
from bot.topics.drafting.frames import Frame, frames
from bot.topics.drafting.rendering import Run, Runs, own, spoken

_LED_THERE = re.compile(
    r"\b(?:listed|posted|announced|published|hosted|streamed|shared|held|reached|searched|browsed"
    r"|seen)\s+(?:live\s+)?(?:at|on|in|via)\s*$",
    re.IGNORECASE,
)
_BEFORE_ASK = re.compile(r"(?:[;:]| [–—-]|,? (?:and|so|but))\s+(?:(?:please|you can|to)\s+)*", re.IGNORECASE)


def holds_link(facts: Facts, part: Part) -> bool:
    """Does the link of the ask stand in this part?"""
    return facts.call.link is not None and part.start <= facts.call.link.start < part.end


def holds_ask(facts: Facts, part: Part) -> bool:
    """Does the ask that closes the post, or a piece of it, stand in this part?"""
    return any(part.start <= start < part.end for start, _end in facts.call.spans)


def linked(facts: Facts, part: Part, worth: float, *, short: bool) -> Bit | None:
    """What a post says of the part with the link besides the ask that closes it; the whole part, where it is a must."""
    others = any(part.start <= one.start < part.end and one.value != _value(facts) for one in facts.of(Kind.LINK))
    turned = None if part.role == "label" else _turned(facts, part, worth, short=short)
    if others or not facts.english or _led_there(facts, part):
        return said_whole(facts, part, worth, turned)
    if loses(facts.text, part.start, part.end, _kept(facts, part, turned)):
        return said_whole(facts, part, worth, turned)
    return turned


def said_whole(facts: Facts, part: Part, worth: float, turned: Bit | None = None) -> Bit:
    """The part with the ask or the link in its place, so that none of both has to close the post."""
    line = part.role == "label"
    whole = spoken(facts, part.start, part.end, stop=not line)
    return Bit((whole, *(turned.forms if turned else ())), part.role, worth, part.block, line=line, must=True)


def _value(facts: Facts) -> str:
    return facts.call.link.value if facts.call.link else ""


def _led_there(facts: Facts, part: Part) -> bool:
    """“They are posted at https://…”: it says nothing without its link."""
    link = facts.call.link
    if link is None or holds_ask(facts, part):
        return False
    end = trimmed(facts.text, part.start, link.start)
    return bool(_LED_THERE.search(facts.text, part.start, link.start) or OPEN_END.search(facts.text, part.start, end))


def _kept(facts: Facts, part: Part, turned: Bit | None) -> Iterator[tuple[int, int]]:
    """The stretches of the part that are told if it is turned; hashtags have their own place in a post."""
    yield from facts.call.spans
    if (link := facts.call.link) is not None:
        yield trimmed(facts.text, part.start, link.start), link.end
    if turned:
        yield from ((run.start, run.end) for run in turned.forms[0] if run.start >= 0)
    if part.role == "label" and holds_ask(facts, part):
        yield part.start, part.value
    yield from ((one.start, one.end) for one in facts.of(Kind.HASHTAG))


def _turned(facts: Facts, part: Part, worth: float, *, short: bool) -> Bit | None:
    """What the part says before its ask or its link, if that is anything."""
    if holds_ask(facts, part):
        return _beside_ask(facts, part, worth, short=short)
    link = facts.call.link
    end = trimmed(facts.text, part.start, link.start if link else part.end)
    return _up_to(facts, part, end, worth, short=short)


def _up_to(facts: Facts, part: Part, end: int, worth: float, *, short: bool) -> Bit | None:
    if len(re.sub(r"\W", "", facts.text[part.start : end])) < SHORTEST:
        return None
    return Bit(forms_of(facts, part.start, end, short=short), part.role, worth, part.block)


def _beside_ask(facts: Facts, part: Part, worth: float, *, short: bool) -> Bit | None:
    """What a sentence says before the ask in it: "Registration is free; register at …"."""
    start = min(start for start, _end in facts.call.spans if part.start <= start)
    cut = _BEFORE_ASK.search(facts.text, part.start, start)
    return _up_to(facts, part, cut.start(), worth, short=short) if cut and cut.end() == start else None


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
