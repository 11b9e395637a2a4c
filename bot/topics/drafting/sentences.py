"""A pasted text cut into its sentences, lines and lists, each with its place; not a sign of it is changed.

Rules do this better here than a trained splitter: announcements are full of labels, bullets, headings without a stop
and lines that a mail program broke, and "2:00 p.m. Eastern" has to stay whole.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from bot.topics.drafting.lists import listed

BROKEN_AT = 50  # characters from which a line that ends in the middle of a sentence was broken by a mail program
DOTS = 3  # more of them lead the eye to a price
SHORT_WORDS = listed(
    "a.m p.m am pm dr mr mrs ms prof st vs etc e.g i.e no vol ed eds jr sr inc co corp dept est approx u.s u.k "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun rev gov sen rep ph.d "
    "m.l.s gr ext pp fig min max"
)
ENDS_SOMETIMES = listed("a.m p.m am pm etc u.s u.k inc jr sr ph.d m.l.s co corp")
STARTERS = re.compile(
    r"(?:The|This|These|That|There|They|It|We|Our|You|Your|For|To|If|In|On|At|All|And|But|See|Learn|Please|"
    r"Register|Registration|Apply|Join|RSVP|Sign|Visit|Read|Watch|Presenter|Speaker|Submit|Details|More|Contact|"
    r"Questions|Deadline|Send|Bring|No|Free|Applications|Proposals|Admission|Topics|Attendees|Participants|Call|Tell|"
    r"Doors|Light|Refreshments|Lunch|Coffee|Everyone|Anyone|Space|Seats|Tickets|He|She|A|An)\b"
)
_GERMAN_MONTH = re.compile(  # "bis 5. Januar"
    r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)(?:\.|uar|ruar|z|il|i|ust|tember|ober|ember)?\b"
)
_LINKED = re.compile(r"\S\.[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)
_UNDER_WAY = re.compile(r"\b(?:on|the|an?|of|in|at|to|for|and|or|with|by|from|our|your|is|are|will|until|between)$")
_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")
_BULLET = re.compile(r"[ \t]*(?:[-*•·‣▪–—]|\d{1,2}[.)])[ \t]+(?=\S)")
ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[-*•·‣▪–—]|\d{1,2}[.)])[ \t]+")  # where an item of a list begins
MARKED = re.compile(
    r"(?:^|\n)[ \t]*(?:[-*•·‣▪–—]|\d{1,2}[.)])[ \t]+$(?!\n)"
)  # and where one that begins here has its mark
_LABEL = re.compile(
    r"[ \t]*[*_]*(?P<label>what|who|more|learn more|when|date|dates|date and time|time|where|location|venue|place|cost"
    r"|price|fee|fees|registration fee|admission|"
    r"title|event|webinar|topic|subject|position|job title|speaker|speakers|presenter|presenters|instructor|host|"
    r"deadline|due|apply by|register by|rsvp by|closing date|salary|employer|organization|organisation|institution"
    r"|contact|questions|link|url|"
    r"website|web|info|more info|more information|details|register|registration|apply|rsvp|sign up|watch|"
    r"read more|how to apply|to apply|to register|audience|duration|platform|format)[*_]*[ \t]*:[*_]*[ \t]*(?=\S)",
    re.IGNORECASE,
)


_VALUE = 40  # characters between such a label and its link
_DO_IT = frozenset(
    (
        "watch",
        "more",
        "learn more",
        "read more",
        "register",
        "registration",
        "apply",
        "sign up",
        "info",
        "details",
        "link",
        "url",
        "website",
        "web",
    )
)


class Stretch(Struct, frozen=True):
    """A sentence, heading, labelled line or list at `start`:`end` of the text; `block` counts paragraphs.

    `shape` is sentence, heading (a line of its own without a stop), label or list. For a label, `label` is its word in
    lower case and the value begins at `value`.
    """

    shape: str
    start: int
    end: int
    block: int
    label: str = ""
    value: int = 0


def stretches(text: str) -> list[Stretch]:
    """The text's stretches, in order."""
    return list(_merged(text, _stretches(text)))


def _stretches(text: str) -> Iterator[Stretch]:
    block = 0
    for start, end, gap in _lines(text):
        block += gap
        found = _BULLET.match(text, start, end)
        if found and (label := _LABEL.match(text, found.end(), end)) and _labels(text, label, end):
            yield from _labelled(text, found.end(), end, block)
        elif found:
            yield Stretch("list", found.end(), end, block)
        elif (found := _LABEL.match(text, start, end)) and _labels(text, found, end):
            yield from _labelled(text, start, end, block)
        else:
            yield from _sentences(text, start, end, block)


def _merged(text: str, found: Iterator[Stretch]) -> Iterator[Stretch]:
    """Lists as one: bullets that follow each other, together with the line that announces them."""
    held: Stretch | None = None
    for one in found:
        opens = held is not None and one.shape == "list" and _opens(text, held, one)
        if held is not None and opens:
            held = Stretch("list", held.start, one.end, held.block)
            continue
        if held is not None:
            yield _settled(held)
        held = one
    if held is not None:
        yield _settled(held)


def _labelled(text: str, start: int, end: int, block: int) -> Iterator[Stretch]:
    """A line that begins with a label: one value, or (typed on one line) one behind the other, each with its stop."""
    found = _LABEL.match(text, start, end)
    one = list(_sentences(text, found.end() if found else start, end, block))
    if found is None or len(one) < 2:  # noqa: PLR2004 - said beside it
        yield Stretch(
            "label", start, end, block, found["label"].casefold() if found else "", found.end() if found else start
        )
        return
    yield Stretch("label", start, one[0].end, block, found["label"].casefold(), found.end())
    yield from one[1:]


def _labels(text: str, found: re.Match[str], end: int) -> bool:
    """“Watch: https://…” is a label; "Watch: how a map was unrolled" is a sentence."""
    goes = re.search(r"https?://|www\.|@|\b\w+\.\w{2,}/", text[found.end() : end])
    return found["label"].casefold() not in _DO_IT or (goes is not None and goes.start() <= _VALUE)


def _opens(text: str, held: Stretch, one: Stretch) -> bool:
    """Does the list go on from there: from its other items, or from a line that is left open for it?"""
    if held.shape in ("list", "opens list"):
        return True
    return held.block == one.block and held.shape != "label" and text[held.end - 1] not in ".!?"


def _settled(one: Stretch) -> Stretch:
    return Stretch("sentence", one.start, one.end, one.block) if one.shape == "opens list" else one


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """The lines' places, those that a mail program broke put together again; and whether a blank line came before."""
    held: tuple[int, int, int] | None = None
    gap = 0
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        begin = start + len(line) - len(line.lstrip())
        end = start + len(line.rstrip())
        if begin >= end:
            gap = 1
            continue
        if held and not gap and _goes_on(text, held, begin, end):
            held = (held[0], end, held[2])
            continue
        if held:
            yield held
        held = (begin, end, gap)
        gap = 0
    if held:
        yield held


def _goes_on(text: str, held: tuple[int, int, int], begin: int, end: int) -> bool:
    if _BULLET.match(text, begin, end) or _LABEL.match(text, begin, end):
        return False
    last = text.rfind("\n", held[0], held[1]) + 1
    open_ = text[held[1] - 1] not in '.!?:…"”)'
    linked = text.startswith(("http://", "https://"), begin)
    if _LINKED.search(text, max(0, held[1] - 200), held[1]) and text[begin].isupper():
        return False
    if open_ and _UNDER_WAY.search(text, held[0], held[1]):
        return True
    return open_ and not linked and (text[begin].islower() or held[1] - max(last, held[0]) >= BROKEN_AT)


def _sentences(text: str, start: int, end: int, block: int) -> Iterator[Stretch]:
    at = start
    whole = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and not _ends(text, at, stop, end):
            continue
        yield _said(text, at, stop.end(), block, "sentence")
        at = stop.end()
        while at < end and text[at].isspace():
            at += 1
    if at >= end:
        return
    alone = at == whole
    shape = "opens list" if text[end - 1] == ":" else "heading" if alone else "sentence"
    yield _said(text, at, end, block, shape)


def _said(text: str, start: int, end: int, block: int, shape: str) -> Stretch:
    found = _LABEL.match(text, start, end)
    if found and _labels(text, found, end):
        return Stretch("label", start, end, block, found["label"].casefold(), found.end())
    return Stretch(shape, start, end, block)


def _ends(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Does the sentence end at this stop, or is it that of "p.m.", "Dr." or "No. 5"?"""
    after = stop.end()
    while after < end and text[after].isspace():
        after += 1
    follows = text[after : after + 1]
    if text.startswith(("http://", "https://"), after):
        return True
    careless = stop[0].startswith(("!!", "??")) or text.lstrip()[:1].islower()  # some write no capitals at all
    leads_on = len(stop[0]) > DOTS and not stop[0].strip(".")  # "Members ........ $145"
    if leads_on or (follows.islower() and not careless):
        return False
    if stop[0][0] != ".":
        return True
    word = text[start : stop.start()].rsplit(None, 1)[-1] if text[start : stop.start()].strip() else ""
    plain = word.strip("(\"“'").casefold()
    if plain in ENDS_SOMETIMES:
        return bool(STARTERS.match(text, after)) or follows in '"“#@h'
    if follows.isdigit() and re.fullmatch(r"(?:[a-z]\.)*[a-z]|no|nos|vol|ch|sec|art", plain):
        return False  # H.R. 3456, No. 5
    ordinal = plain.isdigit() and _GERMAN_MONTH.match(text, after)
    initial = len(plain) == 1 and plain.isalpha() and word[-1:].isupper() and plain != "i"
    return not (plain in SHORT_WORDS or initial or ordinal)
