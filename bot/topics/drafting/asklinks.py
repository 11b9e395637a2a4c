"""The ask in the sentence around a link: "To learn more about the prize, visit https://…" asks to learn more."""

import re

from bot.topics.drafting.asking import AFTER_COLON, CAN, IMPERATIVE, LONGEST, NOT_ASKED, OPEN_END, VERBS, trimmed
from bot.topics.drafting.facts import Call, Fact, Part
from bot.topics.drafting.lists import listed
from bot.topics.drafting.sentences import ITEM

_TO_DO = re.compile(
    rf"(?:(?:to|for)\s+)(?P<ask>(?:(?:{VERBS})\b|more (?:information|details|info)|details|information"
    rf"|questions)[^,:]*?)"
    r"\s*[,:]\s*(?:please\s+)?(?:(?:you can\s+)?(?:visit|see|go to|use|click|follow|check|head to|fill|complete"
    r"|consult)\b.*|just\b.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_TO_AFTER = re.compile(rf"[\s)\]]*(?:to|and)\s+(?P<ask>(?:{VERBS})\b[^.!?;]*)", re.IGNORECASE)
_BY_AFTER = re.compile(
    r"[\s)\],]*(?P<ask>(?:by|before|until"
    r"|no later than)\s[^.!?;]*?(?:,? (?:at )?\d{1,2}(?::\d\d)? ?[ap]\.?m\.?(?: \(?(?:[ECMP][SD]?T|Eastern|Central"
    r"|Mountain|Pacific)\)?)?)?)\s*(?=[.!?;)]|,\s|$)",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"^(?:more|details|info|information|registration|full|further|the full|complete|program|schedule|agenda"
    r"|instructions|guidelines|application|applications|job|link|website|event|questions|tickets)\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\b(?:is|are|was|were|has|have|will|can|opens?|takes?|made|released|published|launched|posted|shared"
    r"|explains?|shows?)\b",
    re.IGNORECASE,
)
FEW = 45
_BARE_ENDS = listed("learn find get check take fill save add")


def ask_at(text: str, part: Part, link: Fact) -> Call:  # noqa: PLR0911 - one reason a line
    """The ask in the sentence around a link."""
    start, ends = part.start, part.end
    if part.role == "list":
        start = max((one.end() for one in ITEM.finditer(text, part.start, link.start)), default=start)
    if part.role == "label":
        return _at_label(text, part, link)
    if not text[start : link.start].strip() and (call := _behind(text, link, ends)) is not None:
        return call
    do = _TO_DO.match(text, start, link.start)
    if do:
        begin = do.start("ask")
        return _call(text, begin, trimmed(text, begin, do.end("ask")), link)
    if (told := _told(text, start, link, text[link.end : ends])) is not None:
        return told
    if (late := _last(AFTER_COLON, text, start, link.start)) is not None:
        return _call(text, late.start("verb"), trimmed(text, late.start("verb"), link.start), link)
    if (can := CAN.match(text, start, link.start)) and trimmed(text, can.start("ask"), link.start) > can.start("ask"):
        return _call(text, can.start("ask"), trimmed(text, can.start("ask"), link.start), link)
    return _stated(text, start, link)


def _told(text: str, start: int, link: Fact, after: str) -> Call | None:
    """The ask of a sentence that begins with it: "Register by Friday at https://…"."""
    found = IMPERATIVE.match(text, start, link.start)
    if not found or NOT_ASKED.match(text, found.start("verb")):
        return None
    if (to := _TO_AFTER.match(after)) and found["verb"].casefold() in ("visit", "see", "go", "use", "check"):
        base = link.end
        return _call(text, base + to.start("ask"), base + len(to["ask"].rstrip()) + to.start("ask"), link)
    begin = found.start("verb")
    stop = max(trimmed(text, begin, link.start), found.end("verb"))  # "Chip in at" keeps its "in"
    if stop <= begin or text[begin:stop].casefold() in _BARE_ENDS or text[begin:stop].casefold() in ("visit", "see"):
        return Call(link=link)
    if OPEN_END.search(text, begin, stop):
        return Call(link=link)
    spans = [(begin, stop)]
    if by := _BY_AFTER.match(after):
        spans.append((link.end + by.start("ask"), link.end + by.end("ask")))
    return Call(tuple(spans), link, found["verb"].casefold())


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return max(pattern.finditer(text, start, end), key=lambda one: one.start(), default=None)


def _behind(text: str, link: Fact, ends: int) -> Call | None:
    """The ask behind its link, as pasted web pages have it: "https://… Register here before March 1"."""
    found = re.compile(r"\s+").match(text, link.end)
    begin = found.end() if found else link.end
    ask = IMPERATIVE.match(text, begin, ends)
    if not ask or ends - begin > LONGEST:
        return None
    here = re.compile(r"\s+here\b").search(text, begin, ends)
    if not here:
        return Call(((begin, trimmed(text, begin, ends)),), link, ask["verb"].casefold())
    rest = (here.end(), trimmed(text, here.end(), ends))
    spans = [(begin, here.start())]
    if text[rest[0] : rest[1]].strip():
        spans.append((rest[0] + len(text[rest[0] : rest[1]]) - len(text[rest[0] : rest[1]].lstrip()), rest[1]))
    return Call(tuple(spans), link, ask["verb"].casefold())


def _at_label(text: str, part: Part, link: Fact) -> Call:
    """“Register: https://…”, or with more words between them."""
    found = re.match(r"[*_\s]*(.*?)[*_]*\s*:", text[part.start : part.value])
    words = (part.start + found.start(1), part.start + found.end(1)) if found else (part.start, part.start)
    inner = (part.value, trimmed(text, part.value, link.start))
    if part.label in ("link", "url", "website", "web", "where", "location", "info", "more"):
        return Call(link=link)
    if inner[1] > inner[0] and IMPERATIVE.match(text, *inner):
        return _call(text, *inner, link)
    verb = part.label.removeprefix("how to ").removeprefix("to ")
    begin = words[0] + len(part.label) - len(verb)
    return Call(((begin, words[1]),), link, verb.split()[0])


def _stated(text: str, start: int, link: Fact) -> Call:
    """A link at the end of a statement: "More information is available at …" names it, others ask for nothing."""
    stop = trimmed(text, start, link.start)
    words = text[start:stop]
    if (
        not words
        or words.startswith(("#", "@"))
        or (not (_HIGHER.match(words) and len(words) <= LONGEST) and (len(words) > FEW or _STATES.search(words)))
    ):
        return Call(link=link)
    return Call(((start, stop),), link, "more")


def _call(text: str, start: int, end: int, link: Fact) -> Call:
    if end - start > LONGEST or end <= start or OPEN_END.search(text, start, end):
        return Call(link=link)
    words = text[start:end].casefold()
    verb = "more" if words.startswith(("more", "details", "information", "learn")) else words.split()[0]
    return Call(((start, end),), link, verb)
