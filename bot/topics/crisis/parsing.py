"""A plan from its YAML text: read, checked, and refused with the line and the field that is wrong. All pure."""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from msgspec.structs import replace

from bot.topics.crisis.fields import BadPlan, Value, opened
from bot.topics.crisis.outline import LEVELS, Kind, Notice, Plan, Role, Severity, Statement
from bot.topics.crisis.stepreading import Stated, check_condition, check_steps, read_step

__all__ = ["BadPlan", "read_plan", "read_with"]

LONGEST_NAME, LONGEST_STATEMENT = 40, 44  # bytes that a button's code has room for
NAME = re.compile(r"\w+")
RUNGS = ("remind", "second path", "backup", "approver")
NIGHTS = {"respected": "none", "primary + backup only": "some", "overridden": "all"}
COMMON = ("common_first_five", "branch_safety")
WHOLE = ("roles", "outside", "severity", "escalation", *COMMON, "kinds", "close_out_common")
LISTS = ("signs", "do", "dont", "close", "review")
KIND = (*LISTS, "levels", "notify", "public", "say")
NO_GATE = "none"


@lru_cache(maxsize=16)
def read_plan(text: str) -> Plan:
    """The plan that a YAML text states. Raises BadPlan."""
    stated = opened(text).fields(WHOLE, ("version", "checklists"))
    first, safety = (_steps(stated[name]) for name in COMMON)
    plan = Plan(
        tuple(_role(id, one) for id, one in stated["roles"].names().items()),
        tuple(Role(id, id.replace("_", " "), one.text()) for id, one in stated["outside"].names().items()),
        _severities(stated["severity"]),
        {level: _rungs(one) for level, one in stated["escalation"].fields(LEVELS).items()},
        tuple(step for step, _value in first),
        tuple(step for step, _value in safety),
        {},
        _review_days(stated["close_out_common"]),
    )
    check_steps((), (*first, *safety), _roles(plan))
    return _with_kinds(plan, stated)


def read_with(text: str, plan: Plan) -> Plan:
    """The plan with the kinds and checklists of a text in the place of its own. Raises BadPlan."""
    return _with_kinds(plan, opened(text).fields((), ("kinds", "checklists")))


def _with_kinds(plan: Plan, stated: Mapping[str, Value]) -> Plan:
    kinds = dict(plan.kinds)
    for group in ("kinds", "checklists"):
        if group not in stated:
            continue
        for id, value in stated[group].names().items():
            if not NAME.fullmatch(id) or len(quote(id)) > LONGEST_NAME:
                raise value.wrong(f"a name has {LONGEST_NAME} letters at most, and no spaces")
            kinds[id] = _kind(plan, id, value, checklist=group == "checklists")
    return replace(plan, kinds=kinds)


def _kind(plan: Plan, id: str, value: Value, *, checklist: bool) -> Kind:
    stated = value.fields(("steps",), KIND)
    lists = {name: stated[name].texts() if name in stated else () for name in LISTS}
    steps = _steps(stated["steps"])
    if not steps:
        raise stated["steps"].wrong("a plan has one step at least")
    common = () if checklist else (*plan.first, *plan.safety)
    every = check_steps(common, steps, _roles(plan))
    say = stated["say"].names() if "say" in stated else {}
    public = _condition(stated["public"], every) if "public" in stated else ""
    levels = stated["levels"].fields((), LEVELS) if "levels" in stated else {}
    return Kind(
        id,
        lists["signs"],
        {level: one.text() for level, one in levels.items()},
        tuple(_notice(one) for one in stated["notify"].several()) if "notify" in stated else (),
        tuple(step for step, _value in steps),
        tuple(_statement(f"{id}.{name}", name, one, every, public) for name, one in say.items()),
        lists["do"],
        lists["dont"],
        lists["close"],
        lists["review"],
        checklist,
        public,
    )


def _steps(value: Value) -> tuple[Stated, ...]:
    return tuple((read_step(one), one) for one in value.several())


def _roles(plan: Plan) -> set[str]:
    return {one.id for one in (*plan.roles, *plan.outside)} | {"all"}


def _role(id: str, value: Value) -> Role:
    return Role(id, id.replace("_", " "), value.fields(("job",), ("who",))["job"].text())


def _severities(value: Value) -> dict[str, Severity]:
    stated = value.fields(LEVELS, ("rule",))
    return {level: _severity(level, stated[level]) for level in LEVELS}


def _severity(level: str, value: Value) -> Severity:
    one = value.fields(("name", "test", "ack", "update", "quiet_hours"), ("private",))
    private = one["private"].truth() if "private" in one else False
    minutes = {name: one[name].number() for name in ("ack", "update")}
    for name, count in minutes.items():
        if count < 1:
            raise one[name].wrong("I need one minute at least")
    night = NIGHTS[one["quiet_hours"].one_of(NIGHTS)]
    return Severity(level, one["name"].text(), one["test"].text(), minutes["ack"], minutes["update"], night, private)


def _rungs(value: Value) -> tuple[tuple[str, int], ...]:
    found = []
    for one in value.several():
        what, _, minutes = one.text().rpartition(" ")
        if what not in RUNGS or not minutes.isdecimal():
            raise one.wrong(f"I need one of {', '.join(RUNGS)}, and minutes, such as `backup 15`")
        found.append((what, int(minutes)))
    return tuple(found)


def _review_days(value: Value) -> dict[str, int]:
    days = value.fields(("review_due_business_days",), ("resume", "thanks", "blame", "each_lesson"))
    return {level: one.number() for level, one in days["review_due_business_days"].fields(LEVELS).items()}


def _notice(value: Value) -> Notice:
    one = value.fields(("to", "by"), ("if", "path", "at_night"))
    phone = "path" in one and one["path"].one_of(("phone_only",)) == "phone_only"
    words = {name: one[name].text() if name in one else "" for name in ("if", "at_night")}
    return Notice(one["to"].text(), one["by"].number(), words["if"], phone, words["at_night"])


def _condition(value: Value, steps: Mapping[str, tuple[str, ...]]) -> str:
    """A condition for public words; `none` where they have none."""
    if value.text() == NO_GATE:
        return ""
    check_condition(value, steps)
    return value.text()


def _statement(id: str, name: str, value: Value, steps: Mapping[str, tuple[str, ...]], public: str) -> Statement:
    if len(quote(id)) > LONGEST_STATEMENT or not NAME.fullmatch(name):
        raise value.wrong(f"kind and name have {LONGEST_STATEMENT} letters at most, and no spaces")
    if not value.has_names:
        return Statement(id, name, value.text(), public)
    one = value.fields(("text",), ("gate", "approved_ahead"))
    gate = _condition(one["gate"], steps) if "gate" in one else public
    return Statement(id, name, one["text"].text(), gate, "approved_ahead" in one and one["approved_ahead"].truth())
