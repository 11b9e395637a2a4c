"""Stretches of a tip as a post says them: its own words, with days that mean another day tomorrow written out.

Nothing is rephrased. What is changed is written down in the runs: each run of a post knows the place in the tip that it
came from, and Steward's own words say that they came from nowhere.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.drafting.dated import Dated, dates_in, written_day
from bot.topics.drafting.facts import LINE, Facts, Kind
from bot.topics.drafting.lists import listed

_PREPOSITION = re.compile(
    r"\b(?:on|by|until|till|before|from|of|after|since|through|for|is|was|due|starting|beginning|and|or|to"
    r"|between)[\s:]*$|[,:;(–—-]\s*$",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|`+|^#{1,4}\s+|^>\s+", re.MULTILINE)
FEW = 20  # letters that may all be capitals
_LOUD = 0.75  # the share of capitals from which a text shouts
_QUIET = listed(
    "a an and as at but by for from if in into is it of on or our so the to up us we with you your are be all new "
    "now free this that can will who may not no"
)
_SMALL = listed("a an and as at but by for from in into nor of on or the to up with am pm")
_KEPT = listed(
    "ala alcts acrl pla aasl rda marc pdf usa uk niso faq rsvp cv hr ceo phd mls mlis lgbtq bipoc dei ai est edt "
    "cst cdt mst mdt pst pdt et ct mt pt utc tv dvd isbn issn stem steam gis api nyc dc i"
)
_DAYS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september"
    r"|october|november|december|zoom|youtube|facebook|english|spanish|eastern|central|pacific|mountain)\b"
)


class Run(Struct, frozen=True):
    """Words of a post, and where in the tip they come from; -1: Steward's own."""

    words: str
    start: int = -1
    end: int = -1


Runs = tuple[Run, ...]


def own(words: str) -> Runs:
    """Words of Steward's frames."""
    return (Run(words),) if words else ()


def spoken(facts: Facts, start: int, end: int, *, capital: bool = True, stop: bool = True) -> Runs:
    """The tip's words from `start` to `end`: open days written out, as a sentence with its capital and its stop."""
    runs: list[Run] = []
    at = start
    for day in _open_days(facts, start, end):
        runs += _plain(facts, at, day.start)
        runs.append(Run(_resolved(facts, day, start), day.start, day.end))
        at = day.end
    runs += _plain(facts, at, end)
    return _closed(_capital(runs) if capital else runs, stop=stop)


def _open_days(facts: Facts, start: int, end: int) -> list[Dated]:
    known = {one.start: one.value for one in facts.of(Kind.WHEN, Kind.DEADLINE) if one.resolved}
    if not any(start <= at < end for at in known):
        return []
    quoted = [
        (one.start, one.end)
        for one in facts.of(Kind.QUOTE, Kind.WHAT)
        if one.kind is Kind.QUOTE or len(one.words) < FEW * 3
    ]
    known = {at: day for at, day in known.items() if not any(first <= at < last for first, last in quoted)}
    return [
        replace(one, day=date.fromisoformat(known[one.start]))
        for one in _dates(facts.text, facts.today)
        if one.open and one.start in known and start <= one.start and one.end <= end
    ]


@lru_cache(maxsize=64)
def _dates(text: str, today: date) -> list[Dated]:
    return dates_in(text, today)


def _resolved(facts: Facts, one: Dated, start: int) -> str:
    """“next Tuesday” as "Tuesday, December 1", with the preposition that "tomorrow" did without."""
    if one.day is None:
        return facts.text[one.start : one.end]
    day_first = bool(
        re.search(r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", facts.text)
    ) and not re.search(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.? \d{1,2}\b", facts.text)
    day = written_day(one.day, facts.today, day_first=day_first)
    if one.owner:
        the = (
            ""
            if re.search(r"\b(?:the|our|this|that|a|an|their|its)\s+$", facts.text[: one.start], re.IGNORECASE)
            else "the "
        )
        return f"{the}{day.split(', ', 1)[-1] if not day_first else day.split(' ', 1)[-1]}".strip()
    before = facts.text[max(0, start, one.start - 30) : one.start]
    bare = one.bare or _PREPOSITION.search(before)
    timed = any(0 <= time.start - one.end <= 12 for time in facts.of(Kind.TIME))  # noqa: PLR2004 - said beside it
    part = {"night": "evening"}.get(one.rest, one.rest)
    if part and not timed:
        return f"{'' if bare and before.strip() else 'on '}the {part} of {day}"
    if not before.strip() and not one.bare:
        return f"On {day}"
    return day if bare else f"on {day}"


def _plain(facts: Facts, start: int, end: int) -> list[Run]:
    """The words, lines joined and markup left out; links and addresses untouched."""
    text = facts.text
    runs: list[Run] = []
    at = start
    signed = [
        one
        for one in facts.of(Kind.LINK, Kind.MAIL, Kind.HANDLE, Kind.HASHTAG)
        if start <= one.start and one.end <= end
    ]
    for one in signed:
        if one.start < at:
            continue
        runs += [_joined(facts, at, one.start), Run(text[one.start : one.end], one.start, one.end)]
        at = one.end
    runs.append(_joined(facts, at, end))
    return [run for run in runs if run.words]


def _joined(facts: Facts, start: int, end: int) -> Run:
    words = re.sub(r"\s+", " ", _MARKUP.sub("", facts.text[start:end]))
    words = re.sub(r"([!?])[!?]*\1", r"\1", words)
    if (heading := _heading(facts, start)) and loud(heading):
        return Run(titled(words, facts), start, end)
    return Run(calm(words, facts) if loud(facts.text) else words, start, end)


def _heading(facts: Facts, at: int) -> str:
    """The line that stands above a text or by itself, if this place is in one."""
    lines = (part for part in facts.parts if part.role == "title" or part.label == LINE)
    return next((facts.text[part.start : part.end] for part in lines if part.start <= at < part.end), "")


def _capital(runs: Sequence[Run]) -> list[Run]:
    out = list(runs)
    if out:
        first = out[0].words.lstrip()
        at = next((at for at, sign in enumerate(first) if sign.isalnum()), None)
        linked = first.startswith(("http", "@", "#")) or re.match(r"[a-z]+[A-Z]|[\w-]+(?:\.[\w-]+)+(?:/|$)", first)
        if at is not None and not linked:
            first = first[:at] + first[at].upper() + first[at + 1 :]
        out[0] = Run(first, out[0].start, out[0].end)
    return out


def _closed(runs: Sequence[Run], *, stop: bool) -> Runs:
    out = list(runs)
    while out and not out[-1].words.strip():
        out.pop()
    if not out:
        return ()
    last = out[-1]
    out[-1] = Run(last.words.rstrip(), last.start, last.end)
    if not stop:
        return tuple(out)
    words = re.sub(r"[\s:;,–—-]+$", "", out[-1].words)
    out[-1] = Run(words, last.start, last.end)
    linked = words.startswith(("http://", "https://", "#", "@"))
    if words and words.rstrip("\"”’')»*")[-1:] not in (".", "!", "?", "…") and not linked:
        out.append(Run("."))
    return tuple(out)


@lru_cache(maxsize=64)
def loud(text: str) -> bool:
    """Is most of the tip in capitals?"""
    letters = [sign for sign in re.sub(r"https?://\S+", "", text) if sign.isalpha()]
    return len(letters) > FEW and sum(sign.isupper() for sign in letters) > _LOUD * len(letters)


def calm(words: str, facts: Facts) -> str:
    """Capitals as a sentence has them: what can't be spoken as a word, and short forms that are known, stay."""
    shorts = {short.casefold() for short, _long in facts.acronyms} | _KEPT
    said = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda one: _calm_word(one[0], shorts), words)
    said = _DAYS.sub(lambda one: one[0].capitalize(), said)
    said = re.sub(r"(?<=\d )pm\b|(?<=\d )am\b|(?<=\d)pm\b|(?<=\d)am\b", lambda one: one[0], said)
    return re.sub(r"(?:(?<=[.!?] )|(?<=^))[a-zà-ÿ]", lambda one: one[0].upper(), said)


def titled(words: str, facts: Facts) -> str:
    """A line in capitals as headings have them: "Annual Meeting of the Friends"."""
    shorts = {short.casefold() for short, _long in facts.acronyms} | _KEPT
    said = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda one: _calm_word(one[0], shorts), words)
    return re.sub(
        r"[^\W\d_]+(?:['’][^\W\d_]+)?",
        lambda one: one[0] if one.start() and one[0] in _SMALL else one[0][:1].upper() + one[0][1:],
        said,
    )


def _calm_word(word: str, shorts: set[str] | frozenset[str]) -> str:
    low = word.lower()  # casefold writes "Straße" otherwise
    if len(low) != len(word):
        return word
    spoken_ = re.search("[aeiouy]", low) is not None
    return word if word.isupper() and low not in _QUIET and (low in shorts or (not spoken_ and len(low) > 1)) else low


def text_of(runs: Iterable[Run]) -> str:
    """The words of the runs."""
    return "".join(run.words for run in runs)
