"""The steps of a plan from their YAML: what each asks, when it is due, and what it waits for, all of it checked."""

import re
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import quote

from bot.topics.crisis.conditions import STEP_ID, clauses
from bot.topics.crisis.fields import Value
from bot.topics.crisis.outline import LEVELS, Ask, Step

NEEDED = ("id", "role", "by", "do", "done")
POSSIBLE = ("rel", "clock", "gate", "if", "repeat", "until", "ask", "choices", "opens", "two_people", "approved", "par",
            "scope")  # fmt: skip
LONGEST_CHOICE = 38  # bytes that a button's code has room for
EVENTS = ("branch", "event")  # that come without a step's answer
ANY = "done"  # in `opens`, what stands for any answer

Stated = tuple[Step, Value]


def read_step(value: Value) -> Step:
    """One step. Raises BadPlan."""
    one = value.fields(NEEDED, POSSIBLE)
    words = {name: one[name].text() if name in one else "" for name in ("rel", "gate", "if")}
    if not re.fullmatch(STEP_ID, one["id"].text()):
        raise one["id"].wrong("a step has a name such as H4: one or two capitals and a number")
    ask = Ask(one["ask"].one_of([each.value for each in Ask])) if "ask" in one else Ask.TEXT
    choices = _choices(one, ask)
    return Step(
        one["id"].text(),
        one["role"].text(),
        one["do"].text(),
        one["done"].text().replace("{n} of {n} accounts", "all accounts"),
        _minutes(one["by"]),
        words["rel"],
        "clock" in one and one["clock"].one_of(("office_hours",)) == "office_hours",
        words["gate"],
        words["if"],
        _repeat(one),
        ask,
        choices,
        "approved" in one and one["approved"].truth(),
        _among(one, "until", choices),
        _opens(one, choices),
        _among(one, "two_people", choices),
    )


def _minutes(value: Value) -> dict[str, int]:
    """Minutes by level: one number for all, or one a level."""
    if value.has_names:
        return {level: one.number() for level, one in value.fields(LEVELS).items()}
    return dict.fromkeys(LEVELS, value.number())


def _repeat(one: Mapping[str, Value]) -> int:
    if "repeat" not in one:
        return 0
    minutes = one["repeat"].number()
    if minutes < 1:
        raise one["repeat"].wrong("a step comes again after one minute at least")
    return minutes


def _choices(one: Mapping[str, Value], ask: Ask) -> tuple[str, ...]:
    if ask is not Ask.CHOICE:
        if "choices" in one:
            raise one["choices"].wrong("only a step with `ask: choice` has choices")
        return ()
    if "choices" not in one:
        raise one["ask"].wrong("a choice needs `choices: [one, another]`")
    found = one["choices"].texts()
    if len(found) < 2 or len({each.casefold() for each in found}) < len(found):  # noqa: PLR2004 - a choice is of two
        raise one["choices"].wrong("I need two different ones at least")
    for each in found:
        if len(quote(each)) > LONGEST_CHOICE:
            raise one["choices"].wrong(f"“{each}” is too long: {LONGEST_CHOICE} letters at most")
        if re.search(r"\s(or|and)\s|=", each):
            raise one["choices"].wrong(f"“{each}”: a choice can't have “or”, “and” or “=” in it")
    return found


def _among(one: Mapping[str, Value], name: str, choices: Sequence[str]) -> tuple[str, ...]:
    """A field that lists some of the choices."""
    if name not in one:
        return ()
    for each in one[name].several():
        each.one_of(choices)
    return one[name].texts()


def _opens(one: Mapping[str, Value], choices: Sequence[str]) -> dict[str, str]:
    """Which answers set off which events."""
    if "opens" not in one:
        return {}
    stated = one["opens"].fields((), choices or (ANY,))
    for value in stated.values():
        if not re.fullmatch(r"[a-z_]+", value.text()) or value.text() == "declared":
            raise value.wrong("an event is one word in small letters, such as regained")
    return {answer: value.text() for answer, value in stated.items()}


# Between the steps of one kind.


def check_steps(common: Sequence[Step], stated: Sequence[Stated], roles: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The choices by step, and the events, of all that can come up in one kind. Raises BadPlan at what can't be played.

    Every name is of one step, every role is the plan's, every condition names what there is, none waits in a circle.
    """
    known = {one.id: one.choices for one in common}
    for step, value in stated:
        if step.id in known:
            raise value.fields(NEEDED, POSSIBLE)["id"].wrong(f"another step is called {step.id} already")
        known[step.id] = step.choices
    steps = [*common, *(step for step, _value in stated)]
    known |= {event: () for one in steps for event in one.opens.values()} | dict.fromkeys(EVENTS, ())
    for step, value in stated:
        one = value.fields(NEEDED, POSSIBLE)
        one["role"].one_of(roles)
        if "rel" in one:
            one["rel"].one_of(known)
        for name in ("gate", "if"):
            if name in one:
                check_condition(one[name], known)
        if step.id in _before(step.id, {each.id: _waits(each, steps) for each in steps}):
            raise one["id"].wrong(f"{step.id} would wait for itself")
    return known


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
