"""What a post can be put together from: a tip's sentences, labelled lines and lists in their forms, and its ask."""

from msgspec.structs import replace

from bot.topics.drafting.asking import asks
from bot.topics.drafting.asks import items
from bot.topics.drafting.facts import LINE, Facts, Kind, Part
from bot.topics.drafting.forms import ALSO_ASKED, ASK, Bit, forms_of
from bot.topics.drafting.linked import holds_ask, holds_link, linked, said_whole
from bot.topics.drafting.rendering import Run, Runs, own, spoken, text_of
from bot.topics.drafting.sentences import ITEM, MARKED

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
    "ask": 6.0,
    "list": 2.0,
    "contact": 0.6,
}
VALUE_ALONE = (  # labels whose value says by itself what it is
    *("what", "title", "event", "topic", "position", "job title", "when", "date", "dates", "time", "date and time"),
    *("where", "location", "venue", "place", "cost", "price", "fee", "platform", "audience"),
)
_ITEMS = 25  # lines of a list that is a post's business
_SHORT_LIST = 180  # characters of a list that may stand in a short post


def bits_of(facts: Facts, *, short: bool) -> list[Bit]:
    """What of the tip may stand in a post, in its order.

    A `must` tells the ask or the link, which then do not close the post; what asks apart from that is `asked`.
    """
    bits = [_bit(facts, part, number, short=short) for number, part in enumerate(facts.parts)]
    stays = [holds_ask(facts, part) and _stays(facts, number) for number, part in enumerate(facts.parts)]
    inside = any(stays) or any(bit.must for bit in bits if bit)
    found: list[Bit] = []
    held = -1
    apart = _apart(facts)
    for number, part in enumerate(facts.parts):
        bit = bits[number]
        if inside and holds_ask(facts, part) and not (bit and bit.must):  # it is said in its place, and closes nothing
            bit = said_whole(facts, part, ROLES.get(part.role, 0.0))
        if bit is None:
            if part.role not in ("letter", "link", "title"):
                held = -2 if part.leans else held
            continue
        needs = held if part.leans and held >= 0 else -1
        if part.leans and held < 0 and not bit.must:
            continue
        first = any(part.start <= at < part.end for at in apart) or (part.role == "ask" and not facts.english)
        asked = ASK if first else ALSO_ASKED if part.role in ("ask", "lead") else bit.asked
        found.append(replace(bit, needs=-1 if first else needs, asked=asked))
        held = len(found) - 1
    return found


def _stays(facts: Facts, number: int) -> bool:
    """Is the ask in this part said in its place: does the text begin with it, or the next sentence lean on it?"""
    after = [one for one in facts.parts[number + 1 :] if one.role not in ("letter", "contact", "link")]
    leant = facts.parts[number + 1 : number + 2] == tuple(after[:1]) and bool(after) and after[0].leans
    return leant or (facts.parts[number].role == "lead" and bool(after))


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
    if part.role == "list":
        return _items(facts, part, worth, short=short)
    if holds_link(facts, part):
        return linked(facts, part, worth, short=short)
    if holds_ask(facts, part):  # a whole ask closes the post; a shortened one is said before its link
        return None
    if part.role == "label":
        return _label(facts, part, worth, short=short)
    if part.role == "title":
        return Bit((spoken(facts, part.start, part.end, stop=short),), "title", worth, part.block, line=True)
    return _sentence(facts, part, worth, short=short)


def _only_tags(facts: Facts, part: Part) -> bool:
    words = facts.text[part.start : part.end]
    for one in facts.of(Kind.HASHTAG):
        words = words.replace(one.words, "")
    return not any(sign.isalnum() for sign in words)


def _label(facts: Facts, part: Part, worth: float, *, short: bool) -> Bit | None:
    if not short and part.label in ("what", "title", "event", "topic"):
        return Bit((spoken(facts, part.value, part.end, stop=False),), "title", worth, part.block, line=True)
    if not short or part.label not in VALUE_ALONE:
        forms = (spoken(facts, part.start, part.end, stop=short),)
    else:
        forms = (spoken(facts, part.value, part.end),)
    return Bit(forms, "label", worth, part.block, line=True)


def _items(facts: Facts, part: Part, worth: float, *, short: bool) -> Bit | None:
    """A list whole; or of a long one the item that asks for something, as a sentence, or else the heading above it."""
    link = holds_link(facts, part)
    mark = ITEM.search(facts.text, part.start, part.end)
    headed = (
        mark is not None
        and not MARKED.search(facts.text, 0, part.start)
        and facts.text[: mark.start()].rstrip()[-1:] not in ("", ":", ",")
    )
    alone = spoken(facts, part.start, mark.start(), stop=short) if mark and headed else ()
    asking = next((item for item in items(facts.text, part) if asks(facts.text, item)), None)
    if asking is not None and not link:
        alone = spoken(facts, asking.start, asking.end)
    whole = _whole_list(facts, part, short=short, most=_SHORT_LIST if len(facts.parts) > 1 and not link else part.end)
    forms = tuple(form for form in (whole, alone) if form)
    if not forms:
        return None
    asked = ALSO_ASKED if asking is not None else 0
    return Bit(forms, "list", worth, part.block, line=True, must=link and bool(whole), asked=asked)


def _whole_list(facts: Facts, part: Part, *, short: bool, most: int) -> Runs:
    if facts.text.count("\n", part.start, part.end) > _ITEMS:
        return ()
    return _inline(facts, part, most) if short else _list(facts, part)


def _list(facts: Facts, part: Part) -> Runs:
    """A list whole, an item a line."""
    runs: list[Run] = []
    at = part.start
    marks = list(ITEM.finditer(facts.text, part.start, part.end))
    for mark in marks:
        runs += spoken(facts, at, mark.start(), stop=False)
        runs.append(Run("\n• "))
        at = mark.end()
    runs += spoken(facts, at, part.end, stop=False)
    if MARKED.search(facts.text, 0, part.start):
        runs = [Run("• "), *runs]
    return tuple(runs)


def _inline(facts: Facts, part: Part, most: int) -> Runs:
    """A list whole, on one line behind the words that announce it; a long one is left out whole."""
    marks = list(ITEM.finditer(facts.text, part.start, part.end))
    if part.end - part.start > most or not marks or MARKED.search(facts.text, 0, part.start):
        return ()
    runs: list[Run] = list(spoken(facts, part.start, marks[0].start(), stop=False))
    if runs and text_of(runs)[-1:].isalnum():
        runs += own(":")
    for number, (mark, after) in enumerate(zip(marks, [*(one.start() for one in marks[1:]), part.end], strict=True)):
        runs += [
            *own("; " if number else " "),
            *spoken(facts, mark.end(), after, capital=False, stop=after == part.end),
        ]
    return tuple(runs)


def _sentence(facts: Facts, part: Part, worth: float, *, short: bool) -> Bit:
    if part.label == LINE:
        return Bit((spoken(facts, part.start, part.end, stop=short),), part.role, worth, part.block, line=True)
    return Bit(forms_of(facts, part.start, part.end, short=short), part.role, worth, part.block)
