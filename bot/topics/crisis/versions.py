"""Which plan a team has: the shipped one, or its own newest version; a running crisis keeps the one it began with."""

import logging
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.core.ports import Records
from bot.topics.crisis.kept import Playbook
from bot.topics.crisis.model import Crisis
from bot.topics.crisis.outline import Plan
from bot.topics.crisis.parsing import BadPlan, read_plan

if TYPE_CHECKING:
    from bot.topics.crisis.triage import Triage

__all__ = [
    "Plan",
    "current_plan",
    "level_words",
    "plan_of",
    "playbook_id",
    "shipped",
    "span",
    "text_of",
    "title_of",
    "triage",
]

log = logging.getLogger(__name__)

SHIPPED = ""  # the id of the plan that comes with the package


@cache
def shipped() -> str:
    """The YAML of the plan that comes with the package."""
    from importlib.resources import files  # noqa: PLC0415 - slow to load, and most commands need no plan

    return files("bot.content").joinpath("crisis-playbooks.yaml").read_text("utf-8")


def newest(records: Records) -> Playbook | None:
    """The team's newest own version, if it has one."""
    found = records.find(Playbook, order="-number", limit=1)
    return found[0] if found else None


def playbook_id(records: Records) -> str:
    """The id of the version that a crisis starts with now."""
    found = newest(records)
    return found.id if found else SHIPPED


def text_of(records: Records, id: str) -> str:
    """The YAML of that version."""
    found = records.get(Playbook, id) if id else None
    return found.text if found else shipped()


def current_plan(records: Records) -> Plan:
    """The plan that holds now."""
    return _sound(text_of(records, playbook_id(records)))


def _sound(text: str) -> Plan:
    """The plan; the shipped one where a version of the team's own can't be read any more: help must not fail on it."""
    try:
        return read_plan(text)
    except BadPlan:
        log.exception("the team's own crisis plan can't be read, so the shipped one is used")
        return read_plan(shipped())


def plan_of(records: Records, crisis: Crisis) -> Plan:
    """The plan that this crisis started with."""
    return _sound(text_of(records, crisis.plan))


def triage(plan: Plan, text: str) -> "Triage":
    """What a sentence suggests."""
    from bot.topics.crisis.triage import triaged  # noqa: PLC0415 - its patterns take long to compile, for a rare need

    return triaged(plan, text)


def span(crisis: Crisis, minutes: float) -> timedelta:
    """So many of the plan's minutes; a drill's clock may be faster."""
    return timedelta(minutes=minutes) / max(crisis.pace, 1)


def level_words(records: Records, crisis: Crisis) -> str:
    """`S3 Emergency`."""
    return f"{crisis.level} {plan_of(records, crisis).severity(crisis.level).name}"


def title_of(records: Records, crisis: Crisis) -> str:
    """`Crisis 3 · Hijacked account · S3 Emergency`."""
    kind = plan_of(records, crisis).kind(crisis.kind)
    name = kind.name if kind else "Kind not known yet"
    if crisis.checklist:
        return f"Checklist {crisis.number} · {name}"
    return f"Crisis {crisis.number} · {name} · {level_words(records, crisis)}"
