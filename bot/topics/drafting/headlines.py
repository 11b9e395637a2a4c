"""The headline wording: what, when and where in a line, made of the tip's own words for them."""

import re

from bot.topics.drafting.bits import ROLES
from bot.topics.drafting.facts import Fact, Facts, Kind, Part
from bot.topics.drafting.forms import Bit
from bot.topics.drafting.rendering import Run, Runs, own, spoken, text_of

_KIND = re.compile(
    r"(?:(?:free|online|virtual|live|hands-on|one-hour|two-hour|half-day|annual|upcoming|new|public)[ ,-]+){0,3}"
    r"(?:webinar|workshop|session|course|book talk|talk|lecture|e-forum|panel(?: discussion)?|program|seminar"
    r"|symposium|training|class|screening|exhibit(?:ion)?|position|guide|article|video|report|podcast|toolkit)"
    r"(?=(?:,? (?:titled|entitled|called|named|on))?[\s,:]*[“\"]?$)",
    re.IGNORECASE,
)
_NEAR = 28  # characters between a day and its time


def headline(facts: Facts, *, short: bool) -> tuple[Bit, frozenset[int]] | None:
    """The line, and where the facts in it stand in the tip; None where there is no title or no day."""
    what = next(iter(facts.of(Kind.WHAT)), None)
    if what is None or facts.frame != "event":
        return None
    part = _about(facts, what)
    when = _moment(facts, part) if part else None
    if when is None:
        return None
    title = spoken(facts, what.start, what.end, stop=False)
    kind = _KIND.search(facts.text, max(0, what.start - 60), what.start)
    runs: list[Run] = []
    if kind and facts.text[what.start - 1] in '“"':
        runs += [*spoken(facts, kind.start(), kind.end(), stop=False), *own(": “"), *title, *own("”")]
    else:
        runs += title
    runs += own(
        "\n" if not short else " " if text_of(title)[-1:] in "?!." else ", " if kind or ":" in text_of(title) else ": "
    )
    runs += spoken(facts, *when, capital=False, stop=False)
    where = _place(facts, when)
    if where:
        runs += [*own(", "), *spoken(facts, *where, capital=False, stop=False)]
    if short and not text_of(runs).endswith("."):
        runs += own(".")
    if not (kind and "free" in kind[0].casefold()):
        runs += _free(facts, short=short)
    told = {run.start for run in runs if run.start >= 0}
    told |= {one.start for one in facts.facts if one.kind in (Kind.WHEN, Kind.TIME) and when[0] <= one.start < when[1]}
    said = frozenset(told)
    return Bit((tuple(runs),), "lead", ROLES["lead"] + 3, -1, line=True), said


def _about(facts: Facts, what: Fact) -> Part | None:
    """The part that tells when the titled thing is: its own, a labelled one, or the sentence after a heading."""
    if len({day.value for day in facts.of(Kind.WHEN)}) > 2:  # noqa: PLR2004 - said beside it
        return None
    own_part = next((part for part in facts.parts if part.start <= what.start < part.end), None)
    days = [day for day in facts.of(Kind.WHEN) if day.value >= str(facts.today) and day.words[-2:] not in ("'s", "’s")]
    if not days:
        return None
    holders = [
        part
        for part in facts.parts
        if part.role != "letter" and any(part.start <= day.start < part.end for day in days)
    ]
    if own_part in holders:
        inside = {day.value for day in days if own_part is not None and own_part.start <= day.start < own_part.end}
        return own_part if len(inside) == 1 else None
    labelled = [part for part in holders if part.label in ("when", "date", "dates", "date and time")]
    if labelled:
        return labelled[0]
    if own_part and own_part.role in ("title", "lead", "label") and len({day.value for day in days}) == 1:
        return holders[0] if holders else None
    return None


def _moment(facts: Facts, part: Part) -> tuple[int, int] | None:
    """A day and the time beside it, with the words between them."""
    if part.role == "label":
        return part.value, part.end
    day = next(
        one for one in facts.of(Kind.WHEN) if one.value >= str(facts.today) and part.start <= one.start < part.end
    )
    start, end = day.start, day.end
    for time in facts.of(Kind.TIME):
        if 0 <= time.start - end <= _NEAR and time.end <= part.end and _joint(facts.text[end : time.start]):
            end = time.end
        elif 0 <= start - time.end <= _NEAR and time.start >= part.start and _joint(facts.text[time.end : start]):
            start = time.start
    return start, end


def _joint(words: str) -> bool:
    return (
        re.fullmatch(r"[\s,(]*(?:at|from|on|@|starting at|beginning at|,|–|-|—|and|/)?[\s(]*(?:to\s)?", words)
        is not None
    )


def _place(facts: Facts, when: tuple[int, int]) -> tuple[int, int] | None:
    """The place, with its preposition, where it is told beside the day."""
    label = next(
        (part for part in facts.parts if part.label in ("where", "location", "venue", "place", "platform")), None
    )
    if label:
        return label.value, label.end
    part = next((part for part in facts.parts if part.start <= when[0] < part.end), None)
    for one in facts.of(Kind.WHERE):
        if part is None or not part.start <= one.start < part.end or when[0] <= one.start < when[1]:
            continue
        if not 0 <= one.start - when[1] <= 40 and not 0 <= when[0] - one.end <= 12:  # noqa: PLR2004 - said beside it
            continue
        before = re.search(r"\b(?:at|in)\s+(?:the\s+)?$", facts.text[max(0, one.start - 10) : one.start])
        start = one.start - len(before[0]) if before else one.start
        return start, one.end
    return None


def _free(facts: Facts, *, short: bool) -> Runs:
    """What it costs, where a label says so, or that the sentence of the title says it is free."""
    label = next(
        (
            part
            for part in facts.parts
            if part.label in ("cost", "price", "fee", "fees", "admission", "registration fee")
        ),
        None,
    )
    if label:
        return (
            *own(" " if short else "\n"),
            *spoken(facts, label.value if short else label.start, label.end, stop=short),
        )
    return ()
