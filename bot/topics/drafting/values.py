"""Days, times, numbers and links of a text: does the tip have each of them, and in its right place?"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from bot.topics.drafting.claims import Claim, Claims, telling
from bot.topics.drafting.doubts import MARGIN, Doubt, in_sentence, overlap
from bot.topics.drafting.facts import Facts, Kind
from bot.topics.drafting.lists import listed
from bot.topics.drafting.weekdays import WEEKDAYS
from bot.topics.team.days import understood_day

_YEAR = re.compile(r"(?:19|20)\d\d")
_DUE = listed("by until till due end close before deadline expire")
_EDGES = listed("open close start begin end")
_OF_HOURS = listed("at by from to until till")
_OF_MOMENTS = listed(
    "at by until till from to in on the before after since of december november october september august july "
    "june may april march february january"
)


def values(facts: Facts, tip: Claims, said: Claims) -> Iterator[Doubt]:  # noqa: C901 - one case a kind of claim
    """What the text has of days, times, numbers, links and the like, and the tip has not, or elsewhere."""
    for one in said.claims:
        words = said.text[one.start : one.end]
        match one.kind:
            case "day":
                yield from _day(facts, tip, said, one)
            case "weekday" if not _weekday_told(facts, tip, int(one.value)):
                yield Doubt(f"“{words}”: the tip names no {WEEKDAYS[int(one.value)]}.", words, one.start, one.end)
            case "open":
                yield Doubt(f"“{words}” means another day tomorrow. Say the date.", words, one.start, one.end)
            case "time":
                yield from _time(tip, said, one)
            case "amount":
                yield from _amount(tip, said, one)
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


def _day(facts: Facts, tip: Claims, said: Claims, one: Claim) -> Iterator[Doubt]:
    words = said.text[one.start : one.end]
    known = [
        Claim("day", fact.value, fact.start, fact.end) for fact in facts.of(Kind.WHEN, Kind.DEADLINE) if fact.value
    ]
    placed = {other.start: other for other in tip.claims if other.kind in ("day", "weekday", "open")}
    same = [placed.get(other.start, other) for other in known if _same_day(one, other)]
    others = [placed.get(other.start, other) for other in known if not _same_day(one, other)]
    if not same and _from_day_to_day(facts, one):
        return
    if not same:
        told = f"; the tip says {_tip_day(facts, tip, others, one)}" if others else ", which the tip does not say"
        yield Doubt(f"It says {words}{told}.", words, one.start, one.end)
    elif one.wrong_weekday and not any(other.wrong_weekday for other in same):
        day = date.fromisoformat(one.value.split("/")[0])
        yield Doubt(
            f"{words}: that date is a {WEEKDAYS[day.weekday()]} ({understood_day(day)}).", words, one.start, one.end
        )
    elif not (
        _DUE & {*one.left[:2]}
        and any(fact.kind is Kind.DEADLINE for fact in facts.facts if fact.start == same[0].start)
    ):
        yield from misplaced(tip, said, one, same, others)


def _from_day_to_day(facts: Facts, one: Claim) -> bool:
    """Is it the stretch from a day of the tip to the deadline that it names next?"""
    days = facts.of(Kind.WHEN, Kind.DEADLINE)
    return any(
        one.value == f"{first.value}/{last.value}" for first, last in pairwise(days) if last.kind is Kind.DEADLINE
    )


def _same_day(one: Claim, other: Claim) -> bool:
    mine, theirs = one.value.split("/"), other.value.split("/")
    if not one.year:
        mine, theirs = [day[5:] for day in mine], [day[5:] for day in theirs]
    return mine == theirs or (len(mine) == 1 and mine[0] in theirs)


def _time(tip: Claims, said: Claims, one: Claim) -> Iterator[Doubt]:
    words = said.text[one.start : one.end]
    mine = one.value.split("-")

    def same_as(other: Claim) -> bool:
        theirs = other.value.split("-")
        zones = not one.zone or not other.zone or one.zone == other.zone
        if not (one.half and other.half):
            theirs, ours = [_by_halves(each) for each in theirs], [_by_halves(each) for each in mine]
            return zones and (ours == theirs or (len(ours) == 1 and ours[0] in theirs))
        return zones and (mine == theirs or (len(mine) == 1 and mine[0] in theirs))

    same = [other for other in tip.of("time") if same_as(other)]
    if not same and "-".join(mine) in {f"{first.value}-{last.value}" for first, last in pairwise(tip.of("time"))}:
        return  # "11 p.m. until about 3 a.m."
    others = [other for other in tip.of("time") if not same_as(other)]
    if not same and {_by_halves(each) for each in mine} <= _bare_hours(tip):
        return  # "9 to 5" in the tip is 9 a.m. to 5 p.m.
    if not same:
        told = f"; the tip says {_tip_words(tip, others, one)}" if others else ", and the tip names no time"
        yield Doubt(f"It says {words}{told}.", words, one.start, one.end)
    else:
        yield from misplaced(tip, said, one, same, others)


def _by_halves(time: str) -> str:
    """A time as a clock on the wall shows it."""
    return f"{int(time[:2]) % 12:02}{time[2:]}"


def _bare_hours(tip: Claims) -> set[str]:
    """The hours that the tip names as mere numbers: "from 9 to 5", "at 6"."""
    return {
        f"{int(one.value) % 12:02}:00"
        for one in tip.of("amount")
        if one.value.isdigit()
        and 0 < int(one.value) <= 12  # noqa: PLR2004 - hours on the clock
        and _OF_HOURS & {*one.left[:1], *one.right[:1]}
    }


def _amount(tip: Claims, said: Claims, one: Claim) -> Iterator[Doubt]:
    words = said.text[one.start : one.end]
    same = [other for other in tip.of("amount") if other.value == one.value]
    unit = _unit(said, one)
    others = [other for other in tip.of("amount") if other.value != one.value and _unit(tip, other) == unit]
    if not same:
        of_a_moment = (
            words[0].isdigit()
            and (_OF_MOMENTS & {*one.left[:1]} or _OF_HOURS & {*one.right[:1]})
            and one.value in _numbers_of_moments(tip)
        )
        alone = one.value == "1" and bool({"one", "first"} & tip.known)
        free = one.value == "$0" and "free" in tip.known
        if of_a_moment or free or alone or _counts_days(tip, one):
            return
        if one.value == "$0":
            yield Doubt(f"The tip does not say that it is free: “{words}”.", words, one.start, one.end)
            return
        alike = [other for other in others if overlap(one, other) >= MARGIN]
        told = f"; the tip says {_tip_words(tip, alike, one)}" if alike else ", a number that is not in the tip"
        yield Doubt(f"It says {words}{told}.", words, one.start, one.end)
    else:
        yield from misplaced(tip, said, one, same, others)
        if unit in ("", "year"):
            years = [other for other in tip.of("amount") if {unit, _unit(tip, other)} == {"", "year"}]
            yield from misplaced(tip, said, one, same, years, margin=2 * MARGIN)


def _counts_days(tip: Claims, one: Claim) -> bool:
    """Is it the two of "two days", of what runs from December 8 to 9?"""
    if one.right[:1] not in (("day",), ("days",)):
        return False
    stretches = [one.value.split("/") for one in tip.of("day") if "/" in one.value]
    return any(
        one.value == str((date.fromisoformat(last) - date.fromisoformat(first)).days + 1) for first, last in stretches
    )


def _unit(claims: Claims, amount: Claim) -> str:
    """Dollars, percent, a year or a mere number: one can't stand in the place of another."""
    if amount.value[0] in "$€£":
        return amount.value[0]
    return "%" if amount.value[-1] == "%" else "year" if _YEAR.fullmatch(claims.text, amount.start, amount.end) else ""


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


def misplaced(
    tip: Claims, said: Claims, one: Claim, same: Sequence[Claim], others: Sequence[Claim], *, margin: float = MARGIN
) -> Iterator[Doubt]:
    """The tip has this value, but where the text has it, the tip has another one.

    `margin`: by how much the other one has to fit better there.
    """
    if not others:
        return
    best = max(same, key=lambda other: overlap(one, other))
    rival = max(others, key=lambda other: overlap(one, other))
    if rival.value == one.value:
        return
    near, right, wrong = in_sentence(said, one), in_sentence(tip, best), in_sentence(tip, rival)
    elsewhere = any(
        overlap(*pair) >= overlap(*other) + margin
        for pair, other in (((one, rival), (one, best)), ((near, wrong), (near, right)))
    )
    if elsewhere or (margin == MARGIN and _told_apart(near, right, wrong)):
        words = said.text[one.start : one.end]
        yield Doubt(
            f"It says {words} where the tip says {tip.text[rival.start : rival.end]}.", words, one.start, one.end
        )


def _told_apart(one: Claim, best: Claim, rival: Claim) -> bool:
    """Do the tip's two places differ in a word ("map", "scanning") that the text has from the wrong one of them?"""
    edges = [each.left[0] for each in (one, best, rival) if each.left and each.left[0] in _EDGES]
    if len(edges) == 3 and edges[0] == edges[2] != edges[1]:  # noqa: PLR2004 - it opens, and it closes
        return True
    if overlap(best, rival) < MARGIN:
        return False
    mine, right, wrong = (telling(each.left + each.right) for each in (one, best, rival))
    return bool(mine & (wrong - right)) and not mine & (right - wrong)


def _tip_day(facts: Facts, tip: Claims, others: Sequence[Claim], one: Claim) -> str:
    """The tip's day in its own words, with what they mean: "next Tuesday (Tue 1 Dec 2026)"."""
    best = max(others, key=lambda other: overlap(one, other))
    meant = next((fact.resolved for fact in facts.facts if fact.start == best.start and fact.resolved), "")
    return f"{_tip_words(tip, [best], one)}{f' ({meant})' if meant else ''}"


def _tip_words(tip: Claims, others: Sequence[Claim], one: Claim) -> str:
    best = max(others, key=lambda other: overlap(one, other))
    return " ".join(tip.text[best.start : best.end].split())
