"""The steps of a plan from their YAML: what each asks, when it is due, and what it waits for, all of it checked."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from bot.topics.crisis.conditions import STEP_ID, clauses
from bot.topics.crisis.fields import Readers, Value, each, itself
from bot.topics.crisis.outline import LEVELS, Ask, Step

LONGEST_CHOICE = 38  # bytes that a button's code has room for
EVENTS = ("branch", "event")  # that come without a step's answer
ANY = "done"  # in `opens`, what stands for any answer
ACCOUNTS = "{n} of {n} accounts"  # in a plan; the number is not known before the night


class Stated(Struct, frozen=True):
    """A step with the places of what it states, for what can only be checked beside the others."""

    step: Step
    places: Mapping[str, Value]


def read_step(value: Value) -> Stated:
    """One step. Raises BadPlan."""
    one = value.fields(NEEDED, POSSIBLE)
    ask = one.get("ask", Ask.TEXT)
    places = value.names()
    choices = _choices(one, ask, places)
    among = partial(_among, one, choices=choices)
    step = Step(
        one["id"],
        one["role"],
        one["do"],
        one["done"].replace(ACCOUNTS, "all accounts"),
        one["by"],
        one.get("rel", ""),
        one.get("clock", "") == "office_hours",
        one.get("gate", ""),
        one.get("if", ""),
        one.get("repeat", 0),
        ask,
        choices,
        one.get("approved", False),
        among("until"),
        _opens(one, choices),
        among("two_people"),
    )
    return Stated(step, places)


def _id(value: Value) -> str:
    if not re.fullmatch(STEP_ID, value.text()):
        raise value.wrong("a step has a name such as H4: one or two capitals and a number")
    return value.text()


def _minutes(value: Value) -> dict[str, int]:
    """Minutes by level: one number for all, or one a level."""
    if value.has_names:
        return value.fields(dict.fromkeys(LEVELS, Value.number), {})
    return dict.fromkeys(LEVELS, value.number())


def _repeat(value: Value) -> int:
    minutes = value.number()
    if minutes < 1:
        raise value.wrong("a step comes again after one minute at least")
    return minutes


def _ask(value: Value) -> Ask:
    return Ask(value.one_of([each.value for each in Ask]))


def _clock(value: Value) -> str:
    return value.one_of(("office_hours",))


NEEDED: Readers = {"id": _id, "role": Value.text, "by": _minutes, "do": Value.text, "done": Value.text}
POSSIBLE: Readers = {
    "rel": Value.text,
    "clock": _clock,
    "gate": Value.text,
    "if": Value.text,
    "repeat": _repeat,
    "ask": _ask,
    "approved": Value.truth,
    **dict.fromkeys(("choices", "until", "opens", "two_people", "par", "scope"), itself),
}


def _choices(one: Mapping[str, Any], ask: Ask, places: Mapping[str, Value]) -> tuple[str, ...]:
    stated: Value | None = one.get("choices")
    if ask is not Ask.CHOICE:
        if stated is not None:
            raise stated.wrong("only a step with `ask: choice` has choices")
        return ()
    if stated is None:
        raise places["ask"].wrong("a choice needs `choices: [one, another]`")
    found = stated.texts()
    if len(found) < 2 or len({each.casefold() for each in found}) < len(found):  # noqa: PLR2004 - a choice is of two
        raise stated.wrong("I need two different ones at least")
    for said in found:
        if len(quote(said)) > LONGEST_CHOICE:
            raise stated.wrong(f"“{said}” is too long: {LONGEST_CHOICE} letters at most")
        if re.search(r"\s(or|and)\s|=", said):
            raise stated.wrong(f"“{said}”: a choice can't have “or”, “and” or “=” in it")
    return found


def _among(one: Mapping[str, Any], name: str, choices: Sequence[str]) -> tuple[str, ...]:
    """A field that lists some of the choices."""
    return each(lambda said: said.one_of(choices), one[name].several()) if name in one else ()


def _opens(one: Mapping[str, Any], choices: Sequence[str]) -> dict[str, str]:
    """Which answers set off which events."""
    return one["opens"].fields({}, dict.fromkeys(choices or (ANY,), _event)) if "opens" in one else {}


def _event(value: Value) -> str:
    if not re.fullmatch(r"[a-z_]+", value.text()) or value.text() == "declared":
        raise value.wrong("an event is one word in small letters, such as regained")
    return value.text()


# Between the steps of one kind.


def check_steps(common: Sequence[Step], stated: Sequence[Stated], roles: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The choices by step, and the events, of all that can come up in one kind. Raises BadPlan at what can't be played.

    Every name is of one step, every role is the plan's, every condition names what there is, none waits in a circle.
    """
    known = {one.id: one.choices for one in common}
    each(partial(_new_name, known), stated)
    steps = [*common, *(one.step for one in stated)]
    known |= {event: () for one in steps for event in one.opens.values()} | dict.fromkeys(EVENTS, ())
    waits = {one.id: _waits(one, steps) for one in steps}

    def check(one: Stated) -> None:
        each(
            lambda run: run(), (partial(read, one.places[name]) for name, read in checks.items() if name in one.places)
        )
        if one.step.id in _before(one.step.id, waits):
            raise one.places["id"].wrong(f"{one.step.id} would wait for itself")

    condition = partial(check_condition, known=known)
    checks: Readers = {
        "role": lambda value: value.one_of(roles),
        "rel": lambda value: value.one_of(known),
        "gate": condition,
        "if": condition,
    }
    each(check, stated)
    return known


def _new_name(known: dict[str, tuple[str, ...]], one: Stated) -> None:
    """Take the step among those known. Raises BadPlan where another one has its name."""
    if one.step.id in known:
        raise one.places["id"].wrong(f"another step is called {one.step.id} already")
    known[one.step.id] = one.step.choices


def check_condition(value: Value, known: Mapping[str, tuple[str, ...]]) -> None:
    """Raises BadPlan where a condition names no step, answer or event that there is."""
    parts = clauses(value.text())
    if parts is None:
        raise value.wrong("I need a condition that I can check, such as `H4`, `H2 = changed`, `S2+` or an event")
    for one in parts:
        name = one.step or one.event
        if name and name not in known:
            raise value.wrong(f"there is no {'step' if one.step else 'event'} {name}")
        for answer in one.answers:
            if answer not in known[one.step]:
                choices = ", ".join(known[one.step]) or "anything, so it has no choices"
                raise value.wrong(f"{one.step} can't be answered with “{answer}”, only with {choices}")


def _waits(step: Step, steps: Sequence[Step]) -> set[str]:
    """The steps that this one can't come before: those named, and where one only opens an event, that one."""
    parts = [one for text in (step.gate, step.when) for one in clauses(text) or ()]
    events = {one.event for one in parts if one.event} | {step.rel}
    found = {one.step for one in parts if one.step} | ({step.rel} & {one.id for one in steps})
    for event in events - set(EVENTS):
        openers = {one.id for one in steps if event in one.opens.values()}
        found |= openers if len(openers) == 1 else set()
    return found


def _before(id: str, waits: Mapping[str, set[str]]) -> set[str]:
    """Every step that has to come before this one."""
    seen: set[str] = set()
    left = set(waits[id])
    while left:
        one = left.pop()
        if one not in seen:
            seen.add(one)
            left |= waits.get(one, set())
    return seen
