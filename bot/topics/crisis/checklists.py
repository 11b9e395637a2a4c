"""Other checklists, such as that for a live stream: the same steps without an alarm, in the usual messages."""

from bot.core.chat import Button, Card, Field, Form, Kind, Reply, Row, Rows, Style
from bot.core.ports import Records
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.crisis.declaring import declare
from bot.topics.crisis.doing import mine_card
from bot.topics.crisis.model import Crisis, Stage
from bot.topics.crisis.people import active
from bot.topics.crisis.plan_options import AChecklist
from bot.topics.crisis.steering import steps_of, unfinished
from bot.topics.crisis.versions import current_plan, playbook_id
from bot.topics.team.options import AMoment

EVENT = "event"  # what steps before, during and after count from


def checklist_start(context: Context, name: AChecklist = "livestream", when: AMoment | None = None) -> Reply:
    """Go through a checklist, such as that for a live stream: before, during and after.

    name: such as livestream
    when: when it takes place, such as friday 3pm
    """
    me = active(context.records, context.asker.volunteer)
    if me is None:
        raise Refusal("That is for the team's volunteers. Type `join` to become one.")
    records = context.records
    kind = current_plan(records).kind(name)
    if when is None and kind is not None and any(one.rel == EVENT for one in kind.steps):
        field = Field("when", "When does it take place?", Kind.DATE, hint="such as friday 3pm")
        return Form(kind.name, "checklist start", (field,), {"name": name}, "Some steps come before it, some after.")
    crisis = Crisis(
        context.chance.id(),
        records.count(Crisis) + 1,
        kind.name if kind else name,
        context.now,
        context.asker.person.id,
        me.id,
        playbook_id(records),
        name,
        "S1",
        checklist=True,
        people=(me.id,),
        events={EVENT: when or context.now},
    )
    return mine_card(context, declare(context, crisis), "Your list. I remind you in your usual messages.")


def checklist_show(context: Context) -> Reply:
    """Your checklists that are under way, and those that you can start."""
    records, me = context.records, context.asker.volunteer
    running = [one for one in records.find(Crisis, stage=Stage.OPEN, checklist=True) if me in one.people]
    rows = [
        Row(
            f"{one.said}: {_far(records, one)}",
            controls=(Button(f"Go on with {one.said}"[:75], "crisis mine", {"crisis": one.id}, Style.PRIMARY),),
        )
        for one in running
    ]
    rows += [
        Row(one.name, "; ".join(one.signs), (Button(f"Start {one.name}"[:75], "checklist start", {"name": one.id}),))
        for one in current_plan(records).kinds.values()
        if one.checklist
    ]
    if not rows:
        return Card("Checklists", "The plan has none. A coordinator can bring one in: `playbook import`.")
    return Card("Checklists", f"{len(running)} under way.", (Rows(tuple(rows[:25]), total=len(rows)),))


def _far(records: Records, crisis: Crisis) -> str:
    left, every = len(unfinished(records, crisis)), len(steps_of(records, crisis))
    return f"{every - left} of {every} steps done"
