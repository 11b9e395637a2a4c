"""A plan from its YAML text: read, checked, and refused with every line and field that is wrong. All pure.

First each field is read by itself, then what the fields say of each other is looked at: whoever made several slips
hears of all of one sort at once.
"""

import re
from collections.abc import Callable, Container, Mapping
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.crisis.fields import NONE, BadPlan, Fault, Readers, Value, each, itself, opened
from bot.topics.crisis.outline import LEVELS, Kind, Notice, Plan, Role, Severity, Statement
from bot.topics.crisis.stepreading import Stated, check_condition, check_steps, read_step

__all__ = ["BadPlan", "Fault", "is_whole", "read_plan", "read_with"]

LONGEST_NAME, LONGEST_STATEMENT = 40, 44  # bytes that a button's code has room for
MOST_KINDS = 60
NAME = re.compile(r"\w+")
RUNGS = ("remind", "second path", "backup", "approver")
NIGHTS = {"respected": "none", "primary + backup only": "some", "overridden": "all"}
COMMON = ("common_first_five", "branch_safety")
LISTS = ("signs", "do", "dont", "close", "review")
NO_GATE = "none"


class Draft(Struct, frozen=True):
    """A kind or checklist as it is stated, before it is held against the rest of the plan."""

    place: Value
    stated: Mapping[str, Any]
    checklist: bool

    @property
    def id(self) -> str:
        """Its name in the plan."""
        return self.place.name


@lru_cache(maxsize=16)
def read_plan(text: str) -> Plan:
    """The plan that a YAML text states. Raises BadPlan."""
    stated = opened(text).fields(WHOLE, {"version": itself, **PARTS})
    first, safety = (stated[name] for name in COMMON)
    plan = Plan(
        stated["roles"],
        stated["outside"],
        stated["severity"],
        stated["escalation"],
        tuple(one.step for one in first),
        tuple(one.step for one in safety),
        {},
        stated["close_out_common"],
    )
    common = partial(check_steps, (), (*first, *safety), _roles(plan))
    checks: tuple[Callable[[], Any], ...] = (partial(_with_kinds, plan, stated), common)
    whole: Plan = each(lambda check: check(), checks)[0]
    return whole


def read_with(text: str, plan: Plan) -> Plan:
    """The plan with the kinds and checklists of a text in the place of its own. Raises BadPlan."""
    return _with_kinds(plan, opened(text).fields(NONE, PARTS))


def is_whole(text: str) -> bool:
    """Is this a whole plan, rather than some kinds or checklists of one? Raises BadPlan where it can't be read."""
    return not WHOLE.keys().isdisjoint(opened(text).names().keys() - PARTS.keys())


def _with_kinds(plan: Plan, stated: Mapping[str, Any]) -> Plan:
    drafts: list[Draft] = [one for group in PARTS for one in stated.get(group, {}).values()]
    lists = {id for id, one in plan.kinds.items() if one.checklist} | {one.id for one in drafts if one.checklist}
    kinds = {id for id, one in plan.kinds.items() if not one.checklist} | {
        one.id for one in drafts if not one.checklist
    }
    if len(lists | kinds) > MOST_KINDS:
        raise BadPlan(Fault(0, "", f"it has more than {MOST_KINDS} kinds and checklists: nobody finds theirs at night"))
    read = partial(_kind, plan, twice=lists & kinds)
    return replace(plan, kinds={**plan.kinds, **{one.id: one for one in each(read, drafts)}})


def _draft(value: Value, *, checklist: bool) -> Draft:
    if not NAME.fullmatch(value.name) or len(quote(value.name)) > LONGEST_NAME:
        raise value.wrong(f"a name has {LONGEST_NAME} letters at most, and no spaces")
    stated = value.fields({"steps": _steps}, KIND)
    if not stated["steps"]:
        raise value.names()["steps"].wrong("a plan has one step at least")
    return Draft(value, stated, checklist)


def _drafts(value: Value, *, checklist: bool) -> dict[str, Draft]:
    return value.by_name(partial(_draft, checklist=checklist))


def _kind(plan: Plan, draft: Draft, *, twice: Container[str]) -> Kind:
    """The kind, once its steps and conditions are found to speak of what there is."""
    if draft.id in twice:
        raise draft.place.wrong("a kind of crisis and a checklist can't have the same name")
    stated, steps = draft.stated, draft.stated["steps"]
    common = () if draft.checklist else (*plan.first, *plan.safety)
    every = check_steps(common, steps, _roles(plan))
    public = _condition(stated["public"], every) if "public" in stated else ""
    say = stated["say"].values() if "say" in stated else ()
    levels: Mapping[str, tuple[str, bool]] = stated.get("levels", {})
    return Kind(
        draft.id,
        stated.get("signs", ()),
        {level: test for level, (test, _private) in levels.items()},
        stated.get("notify", ()),
        tuple(one.step for one in steps),
        each(lambda one: _statement(draft.id, one, every, public), say),
        stated.get("do", ()),
        stated.get("dont", ()),
        stated.get("close", ()),
        stated.get("review", ()),
        draft.checklist,
        public,
        tuple(level for level, (_test, private) in levels.items() if private),
    )


def _level(value: Value) -> tuple[str, bool]:
    """What a level is like for a kind, and whether only its people see such a crisis."""
    if not value.has_names:
        return value.text(), False
    one = value.fields({"test": Value.text}, {"private": Value.truth})
    return one["test"], one.get("private", False)


def _steps(value: Value) -> tuple[Stated, ...]:
    return each(read_step, value.several())


def _roles(plan: Plan) -> set[str]:
    return {one.id for one in (*plan.roles, *plan.outside)} | {"all"}


def _role(value: Value) -> Role:
    stated = value.fields({"job": Value.text}, {"who": itself})
    return Role(value.name, value.name.replace("_", " "), stated["job"])


def _outsider(value: Value) -> Role:
    return Role(value.name, value.name.replace("_", " "), value.text())


def _severities(value: Value) -> dict[str, Severity]:
    stated = value.fields(dict.fromkeys(LEVELS, _severity), {"rule": itself})
    return {level: stated[level] for level in LEVELS}


def _severity(value: Value) -> Severity:
    one = value.fields(
        {"name": Value.text, "test": Value.text, "ack": _span, "update": _span, "quiet_hours": _night},
        {"private": Value.truth},
    )
    private = one.get("private", False)
    return Severity(value.name, one["name"], one["test"], one["ack"], one["update"], one["quiet_hours"], private)


def _span(value: Value) -> int:
    if value.number() < 1:
        raise value.wrong("I need one minute at least")
    return value.number()


def _night(value: Value) -> str:
    return NIGHTS[value.one_of(NIGHTS)]


def _rungs(value: Value) -> tuple[tuple[str, int], ...]:
    return each(_rung, value.several())


def _rung(value: Value) -> tuple[str, int]:
    what, _, minutes = value.text().rpartition(" ")
    if what not in RUNGS or not minutes.isdecimal():
        raise value.wrong(f"I need one of {', '.join(RUNGS)}, and minutes, such as `backup 15`")
    return what, int(minutes)


def _review_days(value: Value) -> dict[str, int]:
    others = dict.fromkeys(("resume", "thanks", "blame", "each_lesson"), itself)
    found: dict[str, int] = value.fields({"review_due_business_days": _by_level}, others)["review_due_business_days"]
    return found


def _by_level(value: Value) -> dict[str, int]:
    return value.fields(dict.fromkeys(LEVELS, Value.number), NONE)


def _notice(value: Value) -> Notice:
    one = value.fields(
        {"to": Value.text, "by": Value.number},
        {"if": Value.text, "at_night": Value.text, "path": lambda path: path.one_of(("phone_only",))},
    )
    return Notice(one["to"], one["by"], one.get("if", ""), "path" in one, one.get("at_night", ""))


def _condition(value: Value, steps: Mapping[str, tuple[str, ...]]) -> str:
    """A condition for public words; `none` where they have none."""
    if value.text() == NO_GATE:
        return ""
    check_condition(value, steps)
    return value.text()


def _statement(kind: str, value: Value, steps: Mapping[str, tuple[str, ...]], public: str) -> Statement:
    id = f"{kind}.{value.name}"
    if len(quote(id)) > LONGEST_STATEMENT or not NAME.fullmatch(value.name):
        raise value.wrong(f"kind and name have {LONGEST_STATEMENT} letters at most, and no spaces")
    if not value.has_names:
        return Statement(id, value.name, value.text(), public)
    gate = partial(_condition, steps=steps)
    one = value.fields({"text": Value.text}, {"gate": gate, "approved_ahead": Value.truth})
    return Statement(id, value.name, one["text"], one.get("gate", public), one.get("approved_ahead", False))


PARTS: Readers = {
    "kinds": partial(_drafts, checklist=False),
    "checklists": partial(_drafts, checklist=True),
}
WHOLE: Readers = {
    "roles": lambda value: tuple(value.by_name(_role).values()),
    "outside": lambda value: tuple(value.by_name(_outsider).values()),
    "severity": _severities,
    "escalation": lambda value: value.fields(dict.fromkeys(LEVELS, _rungs), NONE),
    **dict.fromkeys(COMMON, _steps),
    "kinds": PARTS["kinds"],
    "close_out_common": _review_days,
}
KIND: Readers = {
    **dict.fromkeys(LISTS, Value.texts),
    "levels": lambda value: value.fields(NONE, dict.fromkeys(LEVELS, _level)),
    "notify": lambda value: each(_notice, value.several()),
    "public": itself,
    "say": Value.names,
}
