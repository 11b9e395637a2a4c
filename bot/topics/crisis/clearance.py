"""No public word before what the plan says comes first, such as the affected library's consent."""

from bot.core.ports import Records
from bot.errors import Refusal
from bot.topics.crisis.conditions import steps_named
from bot.topics.crisis.model import Crisis
from bot.topics.crisis.outline import Plan
from bot.topics.crisis.state import State, met
from bot.topics.crisis.steering import state_of
from bot.topics.crisis.versions import plan_of


def gate_of(plan: Plan, kind: str, statement: str) -> str:
    """The condition for saying that statement, whatever kind it is of; for own words, that of all of the kind."""
    for one in plan.statements():
        if one.id == statement:
            return one.gate
    found = plan.kind(kind)
    return found.public if found else ""


def waits_on(records: Records, crisis: Crisis, statement: str, state: State | None = None) -> str:
    """The condition that a statement still waits for, in the plan's words; empty where it may be said."""
    gate = gate_of(plan_of(records, crisis), crisis.kind, statement)
    return gate if gate and not met(state or state_of(records, crisis), gate) else ""


def need_clearance(records: Records, crisis: Crisis, statement: str) -> None:
    """Raises Refusal while the words may not be said yet; it names the step that has to come first."""
    gate = waits_on(records, crisis, statement)
    if not gate:
        return
    kind = statement.partition(".")[0]
    if kind and kind != crisis.kind:
        name = kind.replace("_", " ")
        raise Refusal(f"These words are for another kind of crisis: {name}. If it is one, type `crisis kind {name}`.")
    steps = steps_named(gate)
    how = f" Type `crisis done {steps[0]}` once that is so." if steps else ""
    raise Refusal(f"No public word of this yet: it waits for “{gate}”.{how}")
