"""Reading a tip: from a pasted text to typed facts with their places, by rules alone.

Nothing is looked up anywhere, and nothing is guessed: what no rule recognises stays plain text, which a post may quote
but never rephrases.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.topics.drafting.amounts import amounts_in
from bot.topics.drafting.asks import call_of
from bot.topics.drafting.dated import Dated, dates_in, resolved
from bot.topics.drafting.facts import Call, Fact, Facts, Kind, Known, Part
from bot.topics.drafting.kinds import kind_of
from bot.topics.drafting.languages import is_english
from bot.topics.drafting.links import bare, find_hashtags, find_mentions, find_urls
from bot.topics.drafting.names import names_in, short_forms
from bot.topics.drafting.parts import parts_of
from bot.topics.drafting.sentences import Stretch, stretches
from bot.topics.drafting.timed import times_in

LIMIT = 4000  # characters that are read; strangers paste anything, and no post is made of more
SENTENCES, FEW = 60, 40  # and of each kind of fact
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,600}>|<!--.{0,600}?-->", re.DOTALL)
_HREF = re.compile(r"href\s*=\s*[\"']?(https?://[^\s\"'<>]+)", re.IGNORECASE)
_ENTITIES = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)  # how mail programs mark what they forward
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_QUOTE = re.compile(r"“([^“”\n]{3,400})”|(?<![\w\"])\"([^\"\n]{3,400})\"(?!\w)")
_TITLED = re.compile(
    r"(?:titled|entitled|called|named|webinar|workshop|session|course|talk|lecture|e-forum|program|panel|book|film"
    r"|video|series|exhibit|exhibition|article|guide|report|theme is|topic is|on)[:,]?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|before|until|till|due(?: on| by)?|no later than|not later than|through|thru|ends?(?: on)?"
    r"|expires?(?: on)?|extended (?:to|until|through)"
    r"|deadline[^.!?;]{0,70}?|clos(?:e|es|ing|ed)(?: (?:on|at|date))?[^.!?;]{0,20}?|last day[^.!?;]{0,50}?"
    r"|last chance[^.!?;]{0,40}?|due date[^.!?;]{0,12}?|cut-?off[^.!?;]{0,20}?)"
    r"(?:[\s:,–—-]|\b(?:is|on|of|at|to|the|end|midnight|noon|day|close|business|now)\b"
    r"|\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?(?:\s*\(?(?:[ECMP][SD]?T|Eastern|Central|Mountain|Pacific)\)?)?)*$",
    re.IGNORECASE,
)
_DEADLINES = ("deadline", "due", "apply by", "register by", "rsvp by", "closing date")
_PLACE = (
    r"(?:Librar(?:y|ies)|Cent(?:er|re)|Room|Hall|Hotel|Auditorium|Universit(?:y|ies)|College|Building|Museum"
    r"|Street|St\.|Avenue|Ave\.|Theat(?:er|re)|"
    r"Archives?|Park|Branch|Plaza|Pavilion|Commons|Lounge|Lab|Café|Cafe|School|Church|Courthouse|Campus|Convention"
    r"|Ballroom|Annex|Foyer|Club|Institute)"
)
_WHERE = re.compile(
    rf"\b(?:at|in)\s+(?:the\s+)?((?:[A-Z][\w’'&.-]*\s+(?:of\s+|the\s+|and\s+"
    rf"|for\s+)?){{0,6}}{_PLACE}\b(?:\s+(?:of\s+)?[A-Z0-9][\w’'-]*){{0,4}}(?:,\s+(?:Room\s+\w+"
    rf"|[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){{0,2}})){{0,2}})"
    r"|\b(online|virtual(?:ly)?|in person|in-person|(?:on|via|over|by) Zoom|on Slack|on Discord|on YouTube"
    r"|on Facebook Live)\b"
)
TITLE = 100


def read_tip(
    text: str,
    now: datetime,
    zone: ZoneInfo,
    known: Known = Known(),  # noqa: B008 - it is frozen
    *,
    later: bool = True,
) -> Facts:
    """What a tip says, given at `now` (aware) to a team in `zone`: "next Tuesday" counts from that day there.

    `later`: where "next Friday" may be this week's or next week's, it is next week's.
    """
    today = now.astimezone(zone).date()
    plain = shown(text[:LIMIT])
    cut = stretches(plain)[:SENTENCES]
    facts = _few([*_signed(plain), *_quotes(plain)])
    facts += _moments(plain, dates_in(blank := _blanked(plain, facts), today, later=later), blank, cut)
    facts += _counted(_blanked(plain, [one for one in facts if one.kind is not Kind.QUOTE]))
    facts += _named(plain, facts, known)
    facts += _places(plain, cut)
    english = is_english(plain)
    parts = parts_of(plain, cut, facts, english=english)
    links = [one for one in facts if one.kind is Kind.LINK]
    call = call_of(plain, parts, links) if english else Call(link=links[0] if links else None)
    facts = _few([*facts, *_what(plain, parts, facts)])
    facts += [Fact(Kind.ASK, words, start, end, call.verb) for start, end in call.spans if (words := plain[start:end])]
    kind, opens = kind_of(plain, parts, facts, call, today)
    return Facts(
        plain,
        tuple(sorted(facts, key=lambda one: (one.start, one.end))),
        tuple(parts),
        kind,
        call,
        today,
        english,
        (*short_forms(plain), *known.acronyms),
        opens,
    )


def _few(facts: list[Fact]) -> list[Fact]:
    """The first of each kind: nobody can use the hundredth hashtag of a text that was pasted to do harm."""
    seen: Counter[Kind] = Counter()
    kept = []
    for one in sorted(facts, key=lambda one: one.start):
        seen[one.kind] += 1
        if seen[one.kind] <= FEW:
            kept.append(one)
    return kept


def shown(text: str) -> str:
    """The text without markup and signs that nobody sees, each blanked, so that every place stays where it is."""
    if _UNSEEN.search(text):
        text = _UNSEEN.sub(" ", text)
    if ">" in text:
        text = _QUOTED.sub(lambda mark: " " * len(mark[0]), text)
    if "<" in text:
        text = _TAG.sub(_blank_tag, text)
    for entity, sign in _ENTITIES.items():
        if entity in text:
            text = text.replace(entity, sign.ljust(len(entity)))
    return text.replace("\u00a0", " ").replace("\t", " ").replace("\r", "\n")


def _blank_tag(tag: re.Match[str]) -> str:
    found = _HREF.search(tag[0])
    if found:
        return (" " * found.start(1) + found[1]).ljust(len(tag[0]))
    block = tag[0].strip("</").split(">")[0].split(" ")[0].casefold() in (
        "p",
        "br",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "tr",
    )
    return ("\n" if block else " ").ljust(len(tag[0]))


def _blanked(text: str, facts: list[Fact]) -> str:
    for one in facts:
        if one.kind is not Kind.QUOTE:
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _signed(text: str) -> list[Fact]:
    """Links, mail addresses, handles and hashtags."""
    mails = [
        Fact(
            Kind.MAIL,
            one[0].rstrip("."),
            one.start(),
            one.start() + len(one[0].rstrip(".")),
            one[0].rstrip(".").casefold(),
        )
        for one in _MAIL.finditer(text)
    ]
    inside = [(one.start, one.end) for one in mails]
    urls = [one for one in find_urls(text) if not _within(one.start, inside) and (one.full or _worth(one.words))]
    links = [Fact(Kind.LINK, one.words, one.start, one.end, bare(one.words)) for one in urls]
    inside += [(one.start, one.end) for one in links]
    handles = [
        Fact(Kind.HANDLE, f"@{one.words}", one.start, one.end, one.words.casefold())
        for one in find_mentions(text)
        if not _within(one.start, inside)
    ]
    tags = [
        Fact(Kind.HASHTAG, f"#{one.words}", one.start, one.end, one.words.casefold()) for one in find_hashtags(text)
    ]
    return [*mails, *links, *handles, *tags]


def _worth(url: str) -> bool:
    """Is a bare "ala.org" meant as a link, not "end.Then" where a blank is missing?"""
    host = url.split("/", maxsplit=1)[0]
    return host in (host.casefold(), host.upper()) or "/" in url or host.casefold().startswith("www.")


def _within(at: int, places: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in places)


def _quotes(text: str) -> Iterator[Fact]:
    for one in _QUOTE.finditer(text):
        inner = one[1] or one[2]
        yield Fact(Kind.QUOTE, one[0], one.start(), one.end(), " ".join(inner.casefold().split()))


def _moments(text: str, days: list[Dated], blank: str, cut: list[Stretch]) -> Iterator[Fact]:
    """Days, deadlines and times."""
    for day in days:
        if day.day is None:
            continue
        begin = max((one.start for one in cut if one.start <= day.start), default=0)
        label = next((one.label for one in cut if one.start <= day.start < one.end and one.label), "")
        late = bool(_BY.search(blank, max(begin, day.start - 110), day.start)) or label in _DEADLINES
        kind = Kind.DEADLINE if late else Kind.WHEN
        other = str(day.other) if day.other else ""
        yield Fact(kind, text[day.start : day.end], day.start, day.end, day.value, resolved(day), other)
    for time in times_in(blank):
        yield Fact(Kind.TIME, text[time.start : time.end], time.start, time.end, time.value)


def _counted(blank: str) -> Iterator[Fact]:
    for one in amounts_in(blank):
        kind = Kind.PRICE if one.value[0] in "$€£" else Kind.NUMBER
        yield Fact(kind, blank[one.start : one.end], one.start, one.end, one.value)


def _named(text: str, facts: list[Fact], known: Known) -> Iterator[Fact]:
    taken = [
        (one.start, one.end)
        for one in facts
        if one.kind in (Kind.LINK, Kind.MAIL, Kind.HANDLE, Kind.HASHTAG, Kind.WHEN, Kind.DEADLINE, Kind.TIME)
    ]
    places = set(names_in(text))
    for name in known.names:
        places |= {(one.start(), one.end()) for one in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)}
    for start, end in sorted(places):
        if not any(start < stop and begin < end for begin, stop in taken):
            yield Fact(Kind.WHO, text[start:end], start, end, " ".join(text[start:end].casefold().split()))


def _places(text: str, cut: list[Stretch]) -> Iterator[Fact]:
    for one in cut:
        if one.label in ("where", "location", "venue", "place", "platform"):
            yield _fact(Kind.WHERE, text, one.value, one.end)
    labelled = [(one.start, one.end) for one in cut if one.label]
    for found in _WHERE.finditer(text):
        group = 1 if found[1] else 2
        if not _within(found.start(), labelled):
            yield _fact(Kind.WHERE, text, found.start(group), found.end(group))


def _fact(kind: Kind, text: str, start: int, end: int) -> Fact:
    return Fact(kind, text[start:end], start, end, " ".join(text[start:end].casefold().split()))


def _what(text: str, parts: list[Part], facts: list[Fact]) -> list[Fact]:
    """The title of the thing: a heading, a labelled one, or one in quotation marks; the first of them."""
    named = ("title", "event", "webinar", "what", "topic", "position", "job title", "subject")
    for part in parts:
        if part.role == "title":
            return [_fact(Kind.WHAT, text, part.start, part.end)]
        if part.role == "label" and part.label in named:
            return [_fact(Kind.WHAT, text, part.value, part.end)]
    for one in facts:
        words = one.words[1:-1].split()
        large = sum(1 for word in words if word[:1].isupper())
        titled = _TITLED.search(text, max(0, one.start - 40), one.start) or 2 * large > len(words)
        if one.kind is Kind.QUOTE and titled and len(one.words) <= TITLE and one.words[-2] != ",":
            return [_fact(Kind.WHAT, text, one.start + 1, one.end - 1)]
    return []
