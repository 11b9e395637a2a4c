"""The gate: does a text say only what its tip says? Typed, normalised claims are compared, both ways.

"6 pm" is "18:00", "two" is 2, a short form is the name it stands for. A value that the tip has too must also stand in
its right place: the tip's own surroundings decide which day belongs to which event.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from bot.topics.drafting.bounds import bounds
from bot.topics.drafting.claims import Claim, Claims, claims_of, plain
from bot.topics.drafting.denials import denials
from bot.topics.drafting.doubts import MARGIN, Doubt, overlap
from bot.topics.drafting.facts import Facts, Kind
from bot.topics.drafting.frames import frames
from bot.topics.drafting.lists import listed, ordered
from bot.topics.drafting.names import initials
from bot.topics.drafting.ordinary import looks_plain, names_nobody
from bot.topics.drafting.turned import turned
from bot.topics.drafting.weekdays import WEEKDAYS
from bot.topics.team.days import understood_day

__all__ = ["Doubt", "compare"]

SHORTEST_NAME = 2
_OF_MOMENTS = listed(
    "at by until till from to in on the before after since of december november october september august july "
    "june may april march february january"
)
OPPOSITES = [
    frozenset(pair.split("/"))
    for pair in ordered(
        "open/closed opens/closes opening/closing free/paid required/optional mandatory/optional before/after "
        "increase/decrease increased/decreased "
        "online/in-person virtual/in-person support/oppose approve/reject approved/rejected accepted/rejected "
        "more/fewer more/less gain/loss won/lost "
        "early/late indoor/outdoor public/private full-time/part-time full/part beginner/advanced "
        "include/exclude includes/excludes included/excluded "
        "always/never with/without available/unavailable postponed/confirmed cancelled/confirmed "
        "canceled/confirmed paid/unpaid limited/unlimited"
    )
]


def compare(facts: Facts, text: str) -> tuple[Doubt, ...]:
    """What in the text the tip does not bear out, in the order of the text; behind it, what is missing."""
    tip = claims_of(facts.text, facts.today)
    skipped = _opened(text, facts.text)
    said = claims_of(" " * skipped + text[skipped:], facts.today)
    found = [
        *_values(facts, tip, said),
        *_names(facts, tip, said),
        *denials(tip, said),
        *_opposites(tip, said),
        *turned(tip, said),
        *bounds(tip, said),
    ]
    found.sort(key=lambda one: (one.start, one.end))
    return (*_once(found), *_missing(facts, tip, said))


def _once(found: Sequence[Doubt]) -> Iterator[Doubt]:
    end = -1
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


@cache
def _openings() -> tuple[str, ...]:
    every = {opening for frame in frames().values() for wordings in frame.openings.values() for opening in wordings}
    return tuple(sorted((one.strip() for one in every if one.strip()), key=len, reverse=True))


def _opened(text: str, tip: str) -> int:
    """How much of the text is an opening of Steward's frames, which claims nothing."""
    for one in _openings():
        pattern = re.escape(one).replace(re.escape("{name}"), r"[^\n:]{1,80}?")
        found = re.match(pattern + r"(?=\s)", text)
        if found and not ("{name}" in one and re.match(pattern, tip.lstrip())):
            return found.end()
    return 0


def _values(facts: Facts, tip: Claims, said: Claims) -> Iterator[Doubt]:  # noqa: C901 - one case a kind of claim
    for one in said.claims:
        words = said.text[one.start : one.end]
        match one.kind:
            case "day":
                yield from _day(facts, tip, one, words)
            case "weekday" if not _weekday_told(facts, tip, int(one.value)):
                yield Doubt(f"“{words}”: the tip names no {WEEKDAYS[int(one.value)]}.", words, one.start, one.end)
            case "open":
                yield Doubt(f"“{words}” means another day tomorrow. Say the date.", words, one.start, one.end)
            case "time":
                yield from _time(tip, one, words)
            case "amount":
                yield from _amount(facts, tip, one, words)
            case "link" | "mail" | "phone":
                if all(other.value != one.value for other in tip.of(one.kind)):
                    yield Doubt(f"“{words}” is not in the tip.", words, one.start, one.end)
            case "handle":
                near = next(
                    (other for other in tip.of("handle") if other.value != one.value and _near(other.value, one.value)),
                    None,
                )
                if near and all(other.value != one.value for other in tip.of("handle")):
                    yield Doubt(f"It says {words}; the tip says @{near.value}.", words, one.start, one.end)


def _near(one: str, other: str) -> bool:
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - slow to load

    return Levenshtein.distance(one, other, score_cutoff=2) <= 2  # noqa: PLR2004 - a slip of the finger or two


def _weekday_told(facts: Facts, tip: Claims, weekday: int) -> bool:
    days = {date.fromisoformat(part).weekday() for one in tip.of("day") for part in one.value.split("/")}
    days |= {
        date.fromisoformat(part).weekday()
        for one in facts.of(Kind.WHEN, Kind.DEADLINE)
        for part in one.value.split("/")
        if part
    }
    return weekday in days or any(WEEKDAYS[weekday].casefold() in word for word in tip.known)


def _day(facts: Facts, tip: Claims, one: Claim, words: str) -> Iterator[Doubt]:
    known = [
        Claim("day", fact.value, fact.start, fact.end) for fact in facts.of(Kind.WHEN, Kind.DEADLINE) if fact.value
    ]
    placed = {other.start: other for other in tip.claims if other.kind in ("day", "weekday", "open")}
    same = [placed.get(other.start, other) for other in known if _same_day(one, other)]
    others = [placed.get(other.start, other) for other in known if not _same_day(one, other)]
    if not same:
        told = f"; the tip says {_tip_words(tip, others, one)}" if others else ", which the tip does not say"
        yield Doubt(f"It says {words}{told}.", words, one.start, one.end)
    elif one.wrong_weekday and not any(other.wrong_weekday for other in same):
        day = date.fromisoformat(one.value.split("/")[0])
        yield Doubt(
            f"{words}: that date is a {WEEKDAYS[day.weekday()]} ({understood_day(day)}).", words, one.start, one.end
        )
    else:
        yield from _misplaced(tip, one, same, others, words)


def _same_day(one: Claim, other: Claim) -> bool:
    mine, theirs = one.value.split("/"), other.value.split("/")
    if not one.year:
        mine, theirs = [day[5:] for day in mine], [day[5:] for day in theirs]
    return mine == theirs or (len(mine) == 1 and mine[0] in theirs)


def _time(tip: Claims, one: Claim, words: str) -> Iterator[Doubt]:
    mine = one.value.split("-")

    def same_as(other: Claim) -> bool:
        theirs = other.value.split("-")
        zones = not one.zone or not other.zone or one.zone == other.zone
        return zones and (mine == theirs or (len(mine) == 1 and mine[0] in theirs))

    same = [other for other in tip.of("time") if same_as(other)]
    others = [other for other in tip.of("time") if not same_as(other)]
    if not same:
        told = f"; the tip says {_tip_words(tip, others, one)}" if others else ", and the tip names no time"
        yield Doubt(f"It says {words}{told}.", words, one.start, one.end)
    else:
        yield from _misplaced(tip, one, same, others, words)


def _amount(facts: Facts, tip: Claims, one: Claim, words: str) -> Iterator[Doubt]:
    same = [other for other in tip.of("amount") if other.value == one.value]
    others = [other for other in tip.of("amount") if other.value != one.value]
    if not same:
        of_a_moment = (
            words[0].isdigit() and one.left[:1] and one.left[0] in _OF_MOMENTS and one.value in _numbers_of_moments(tip)
        )
        if of_a_moment or (one.value == "$0" and "free" in tip.known):
            return
        if one.value == "$0":
            yield Doubt(f"The tip does not say that it is free: “{words}”.", words, one.start, one.end)
            return
        alike = [other for other in others if overlap(one, other) >= MARGIN]
        told = f"; the tip says {_tip_words(tip, alike, one)}" if alike else ", a number that is not in the tip"
        yield Doubt(f"It says {words}{told}.", words, one.start, one.end)
    else:
        yield from _misplaced(tip, one, same, others, words)


def _numbers_of_moments(tip: Claims) -> set[str]:
    """“at 6”, "in 2026", "the 5th" where the tip says 6 pm and 5 December 2026."""
    found: set[str] = set()
    for one in tip.of("day"):
        for part in one.value.split("/"):
            year, _month, day = part.split("-")
            found |= {year, str(int(day))}
    for one in tip.of("time"):
        for part in one.value.split("-"):
            found |= {str(int(part[:2])), str(int(part[:2]) % 12 or 12)}
    return found


def _misplaced(tip: Claims, one: Claim, same: Sequence[Claim], others: Sequence[Claim], words: str) -> Iterator[Doubt]:
    """The tip has this value, but where the text has it, the tip has another one."""
    if not others:
        return
    best = max(overlap(one, other) for other in same)
    rival = max(others, key=lambda other: overlap(one, other))
    if overlap(one, rival) >= best + MARGIN and rival.value != one.value:
        yield Doubt(
            f"It says {words} where the tip says {tip.text[rival.start : rival.end]}.", words, one.start, one.end
        )


def _tip_words(tip: Claims, others: Sequence[Claim], one: Claim) -> str:
    best = max(others, key=lambda other: overlap(one, other))
    return " ".join(tip.text[best.start : best.end].split())


def _names(facts: Facts, tip: Claims, said: Claims) -> Iterator[Doubt]:
    names = said.of("name")
    theirs = tip.of("name")
    shorts = {plain(short) for short, _long in facts.acronyms} | {
        plain(word) for _short, long in facts.acronyms for word in long.split()
    }
    for at, one in enumerate(names):
        words = said.text[one.start : one.end]
        in_tip = one.value in tip.known or all(part in tip.known for part in re.split(r"[-.&]", one.value))
        if not in_tip:
            followed = at + 1 < len(names) and names[at + 1].start - one.end <= 1
            nobody = names_nobody(one.value, followed=followed or one.year)
            if one.value in shorts or _stands_for(one.value, tip) or nobody:
                continue
            if one.year or followed or not looks_plain(one.value):
                yield Doubt(f"“{words}” is not in the tip.", words, one.start, one.end)
            continue
        if one.year:
            same = [other for other in theirs if other.value == one.value]
            rivals = [other for other in theirs if other.value != one.value and _between_the_same(one, other)]
            yield from _misplaced(tip, one, same, rivals, words) if same else ()


def _between_the_same(one: Claim, other: Claim) -> bool:
    return one.left[:1] == other.left[:1] and one.right[:1] == other.right[:1] and bool(one.left and one.right)


def _stands_for(short: str, tip: Claims) -> bool:
    """Are these the first letters of words that follow each other in the tip, or the other way round?"""
    if not SHORTEST_NAME <= len(short) <= 8:  # noqa: PLR2004 - letters of a short form
        return False
    words = [tip.text[start:end] for _word, start, end in tip.words]
    return any(
        initials(words[at : at + count]) == short
        for at in range(len(words))
        for count in range(len(short), len(short) + 3)
    )


def _opposites(tip: Claims, said: Claims) -> Iterator[Doubt]:
    told = {word for word, _start, _end in tip.words} | tip.known
    for _word, start, end in said.words:
        raw = said.text[start:end].casefold()
        for pair in OPPOSITES:
            if raw in pair and raw not in told and plain(raw) not in told:
                other = next(iter(pair - {raw}))
                if other in told or plain(other) in told:
                    yield Doubt(f"It says “{raw}”; the tip says “{other}”.", said.text[start:end], start, end)
                    break


def _missing(facts: Facts, tip: Claims, said: Claims) -> Iterator[Doubt]:
    at = len(said.text)
    link = facts.call.link
    if link is not None and all(one.value != link.value for one in said.of("link")):
        yield Doubt(f"The link is left out: {link.words}", link.words, at, at, missing=True)
    days = facts.of(Kind.WHEN, Kind.DEADLINE)
    needed = "date" in frames()[facts.frame].needs
    if needed and days and not said.of("day") and not said.of("weekday"):
        yield Doubt(f"The date is left out: {days[0].shown}", days[0].words, at, at, missing=True)
