"""No public word before what the plan says comes first, such as the affected library's consent."""

from bot.core.ports import Records
from bot.errors import Refusal
from bot.topics.crisis.model import Crisis
from bot.topics.crisis.outline import Plan
from bot.topics.crisis.steering import state_of
from bot.topics.crisis.steps import met
from bot.topics.crisis.versions import plan_of


def gate_of(plan: Plan, kind: str, statement: str) -> str:
    """The condition for saying that statement of a kind; for words of one's own, what holds for all of the kind."""
    for one in plan.statements(kind):
        if one.id == statement:
            return one.gate
    found = plan.kind(kind)
    return found.public if found else ""


def need_clearance(records: Records, crisis: Crisis, statement: str) -> None:
    """Raises Refusal while the words may not be said yet; it names the step that has to come first."""
    gate = gate_of(plan_of(records, crisis), crisis.kind, statement)
    if gate and not met(state_of(records, crisis), gate):
        step = gate.split()[0]
        raise Refusal(f"No public word of this yet: it waits for “{gate}”. Type `crisis done {step}` once that is so.")
