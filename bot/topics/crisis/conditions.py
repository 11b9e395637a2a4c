"""Conditions between steps, and the clocks by which steps are due: plain minutes and office hours. All pure.

A condition is written as `H4`, `H2 = changed or locked out`, `S2+`, an event such as `regained`, or several of these
with `and` between them. Those of steps are checked when a plan is read; other prose is for people to judge.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.topics.crisis.outline import LEVELS, Step
from bot.topics.team.hours import DAY, SATURDAY, at, local_day

OFFICE = (9, 17)  # hours of a working day, local
LONGEST = 400  # days of office hours that are looked ahead

STEP_ID = r"[A-Z]{1,2}\d{1,2}"
CLAUSE = re.compile(rf"(?P<step>{STEP_ID})(?:\s*=\s*(?P<answers>.+))?|(?P<event>[a-z_]+)")


class Clause(Struct, frozen=True):
    """One part of a condition: a level at least, an event, or a step, with the answers that are good (none: any)."""

    level: str = ""
    event: str = ""
    step: str = ""
    answers: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def clauses(text: str) -> tuple[Clause, ...] | None:
    """The parts of a condition, all of which have to hold; None for prose that only people can judge."""
    found = []
    for part in re.split(r"\s+and\s+", text.strip()):
        level = part.removesuffix("+")
        clause = CLAUSE.fullmatch(part)
        if level in LEVELS:
            found.append(Clause(level=level))
        elif clause is None:
            return None
        elif clause["event"]:
            found.append(Clause(event=clause["event"]))
        else:
            answers = re.split(r"\s+or\s+", clause["answers"]) if clause["answers"] else ()
            found.append(Clause(step=clause["step"], answers=tuple(one.strip() for one in answers)))
    return tuple(found)


def holds(condition: str, answers: Mapping[str, str], done: Collection[str], level: str) -> bool:
    """Is the condition met? `answers` are the exact choices by step, `done` the steps and events that have come.

    No condition is met, and so is prose that only people can judge.
    """
    if not condition:
        return True
    return all(_holds(one, answers, done, level) for one in clauses(condition) or ())


def _holds(clause: Clause, answers: Mapping[str, str], done: Collection[str], level: str) -> bool:
    if clause.level:
        return level >= clause.level
    if clause.event:
        return clause.event in done
    said = answers.get(clause.step, "").casefold()
    return clause.step in done and (not clause.answers or said in {one.casefold() for one in clause.answers})


def chosen(choices: Sequence[str], answer: str) -> str:
    """Which of the choices an answer is, though more may follow it (`yes, the speaker`); empty where it is none."""
    said = answer.strip().casefold()
    for one in sorted(choices, key=len, reverse=True):
        name = one.casefold()
        if said == name or (said.startswith(name) and not said[len(name)].isalnum()):
            return one
    return ""


def due_at(step: Step, level: str, origin: datetime, zone: ZoneInfo, pace: int = 1) -> datetime:
    """When a step is due that counts from `origin`, by office hours where it says so; sooner by a drill's clock."""
    minutes = step.by[level]
    if not step.office or pace > 1:
        return origin + timedelta(minutes=minutes) / max(pace, 1)
    return office_after(origin, minutes, zone)


def office_after(origin: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """So many minutes of office hours after a moment: 09:00 to 17:00 on Monday to Friday, in that zone."""
    left = timedelta(minutes=minutes)
    day = local_day(zone, origin)
    for _ in range(LONGEST):
        start, end = (at(zone, day, time(hour)) for hour in OFFICE)
        begins = max(start, origin)
        if day.weekday() < SATURDAY and begins < end:
            if begins + left <= end:
                return begins + left
            left -= end - begins
        day += DAY
    return origin + left


def steps_named(condition: str) -> list[str]:
    """The ids of the steps that a condition names."""
    return [one.step for one in clauses(condition) or () if one.step]
