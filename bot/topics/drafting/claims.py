"""What a text claims, normalised: days, times, numbers, names, links and what it denies, each with its surroundings.

The same is read from a tip and from any text about it, so that the gate compares values, not spellings.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.drafting.amounts import amounts_in
from bot.topics.drafting.dated import Dated, dates_in
from bot.topics.drafting.links import Placed, bare, find_hashtags, find_mentions, find_urls, within
from bot.topics.drafting.lists import listed
from bot.topics.drafting.timed import times_in
from bot.topics.drafting.weekdays import WEEKDAYS

WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
PHONE = re.compile(r"(?<![\w-])(?:\+?\d{1,3}[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])?\d{3}[.-]\d{4}(?![\w-])")
CAPITALS = re.compile(r"(?<![\w@#/.])[A-ZÀ-ÖØ-Þ][\w’'&-]*(?:\.[A-Z]\.?)*")
ENDS = re.compile(r"[.!?…:]+[\"”’')\]]*(?=\s|$)|\n+|^[\s•“\"(]*|[•“\"(]\s*")
NOT = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|cannot|neither|nor|hardly|won['’]t|can['’]t|don['’]t|doesn['’]t"
    r"|didn['’]t|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|"
    r"shouldn['’]t|couldn['’]t|wouldn['’]t|hasn['’]t|haven['’]t|hadn['’]t|mustn['’]t|needn['’]t)\b|\bnon(?=-)",
    re.IGNORECASE,
)
MOST = 60  # claims of a kind that are looked at
SHORTEST_PLURAL = 3  # letters up to which an "s" belongs to the word: "gas"
NEAR = 4  # words on either side that say what a claim is about
_FILLERS = listed(
    "the a an of to and in is for on with that this are be at by from will you we our your it its as or has have "
    "was were been do does did can may would should could must there their they he she his her i us if so than "
    "then also just more most very all any each into out up"
)


class Claim(Struct, frozen=True):
    """Something checkable at `start`:`end`; `left` and `right` are the words beside it, the nearest first."""

    kind: (
        str  # day, weekday, open, time, amount, name, link, mail, phone, handle, not (its value "not", or "non-member")
    )
    value: str
    start: int
    end: int
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    zone: str = ""
    year: bool = True
    wrong_weekday: bool = False
    half: bool = True  # of a time: False where "6:30" may be in the morning or in the evening


class Claims(Struct, frozen=True):
    """All that a text claims, and its words (as they are compared)."""

    text: str
    claims: tuple[Claim, ...]
    words: tuple[tuple[str, int, int], ...]
    known: frozenset[str]

    def of(self, kind: str) -> list[Claim]:
        """The claims of a kind."""
        return [one for one in self.claims if one.kind == kind]


@lru_cache(maxsize=512)
def claims_of(text: str, today: date) -> Claims:
    """What the text claims, read on that day."""
    every = tuple((plain(one[0]), one.start(), one.end()) for one in WORD.finditer(text))
    claims = list(_few(_claims(text, today)))
    signed = [one for one in claims if one.kind in ("link", "mail")]
    words = tuple(word for word in every if not any(one.start <= word[1] < one.end for one in signed))
    found = [_beside(one, words) for one in claims]
    known = {part for word, _start, _end in every for part in (word, *re.split(r"[-.&]", word), word.replace(".", ""))}
    return Claims(text, tuple(sorted(found, key=lambda one: one.start)), words, frozenset(known))


def _few(claims: Iterator[Claim]) -> Iterator[Claim]:
    """The first of each kind: no post has more, and every two of them are compared."""
    seen: Counter[str] = Counter()
    for one in claims:
        seen[one.kind] += 1
        if seen[one.kind] <= MOST:
            yield one


def plain(word: str) -> str:
    """A word as it is compared: no capitals, no possessive, no plural."""
    word = re.sub(r"['’]s$|['’]$", "", word.casefold()).replace("’", "'")
    return word[:-1] if len(word) > SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss") else word


def _claims(text: str, today: date) -> Iterator[Claim]:
    signed = list(_signed(text))
    yield from signed
    rest = _blank(text, *signed)
    rest = _blank(rest, *find_hashtags(rest))
    yield from (Claim("phone", re.sub(r"\D", "", one[0]), one.start(), one.end()) for one in PHONE.finditer(rest))
    rest = PHONE.sub(lambda one: " " * len(one[0]), rest)
    days = dates_in(rest, today)
    yield from _days(text, days)
    rest = _blank(rest, *days)
    times = times_in(rest)
    for time in times:
        yield Claim("time", time.value.split(" ")[0], time.start, time.end, zone=time.zone, half=time.half)
    rest = _blank(rest, *times)
    for amount in amounts_in(rest):
        yield Claim("amount", amount.value, amount.start, amount.end)
    yield from _names(rest)
    for found in NOT.finditer(rest):
        of = WORD.match(text, found.start()) if found[0].casefold() == "non" else None
        yield Claim("not", plain(of[0]) if of else "not", found.start(), found.end())


def _days(text: str, days: list[Dated]) -> Iterator[Claim]:
    for day in days:
        words = text[day.start : day.end]
        if day.open:
            kind = "weekday" if day.weekday is not None else "open"
            value = str(day.weekday) if day.weekday is not None else words.split()[0].casefold()
            yield Claim(kind, value, day.start, day.end)
        elif day.day is not None:
            year = re.search(r"(?:19|20)\d\d", words) is not None
            yield Claim("day", day.value, day.start, day.end, year=year, wrong_weekday=day.contradiction)


def _signed(text: str) -> Iterator[Claim]:
    mails = [
        Claim("mail", one[0].rstrip(".").casefold(), one.start(), one.start() + len(one[0].rstrip(".")))
        for one in MAIL.finditer(text)
    ]
    yield from mails
    links = [
        Claim("link", bare(url.words), url.start, url.end) for url in find_urls(text) if not within(url.start, mails)
    ]
    yield from links
    for name in find_mentions(text):
        if not within(name.start, mails) and not within(name.start, links):
            yield Claim("handle", name.words.casefold(), name.start, name.end)


def _blank(text: str, *found: Placed) -> str:
    """The text without these, each place as it was."""
    kept, at = [], 0
    for one in sorted(found, key=lambda one: one.start):
        kept += [text[at : one.start], " " * (one.end - max(at, one.start))]
        at = max(at, one.end)
    return "".join((*kept, text[at:]))


def _names(text: str) -> Iterator[Claim]:
    """Capitalised words; `year` is false for those that may have their capital from the beginning of a sentence."""
    opening = {one.end() + len(text[one.end() :]) - len(text[one.end() :].lstrip()) for one in ENDS.finditer(text)}
    for one in CAPITALS.finditer(text):
        word = re.sub(r"['’]s$", "", one[0])
        if word.casefold() not in WEEKDAYS and word not in ("A", "I", "O", "X"):
            yield Claim(
                "name", plain(word.rstrip(".")), one.start(), one.start() + len(word), year=one.start() not in opening
            )


def _beside(one: Claim, words: tuple[tuple[str, int, int], ...]) -> Claim:
    left = [word for word, _start, end in words if end <= one.start][-NEAR:]
    right = [word for word, start, _end in words if start >= one.end][:NEAR]
    return replace(one, left=tuple(reversed(left)), right=tuple(right))


def telling(words: tuple[str, ...]) -> frozenset[str]:
    """The words that tell something."""
    return frozenset(word for word in words if word not in _FILLERS and len(word) > 1)
