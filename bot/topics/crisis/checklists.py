"""Other checklists, such as that for a live stream: the same steps without an alarm, in the usual messages."""

from bot.core.chat import Reply
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.crisis.declaring import declare
from bot.topics.crisis.doing import mine_card
from bot.topics.crisis.model import Crisis
from bot.topics.crisis.people import active
from bot.topics.crisis.plan_options import AChecklist
from bot.topics.crisis.versions import current_plan, playbook_id
from bot.topics.team.options import AMoment


def checklist_start(context: Context, name: AChecklist = "livestream", when: AMoment | None = None) -> Reply:
    """Go through a checklist, such as that for a live stream: before, during and after.

    name: such as livestream
    when: when it takes place; now if left out
    """
    me = active(context.records, context.asker.volunteer)
    if me is None:
        raise Refusal("That is for the team's volunteers. Type `join` to become one.")
    records = context.records
    plan = current_plan(records)
    kind = plan.kind(name)
    said = kind.name if kind else name
    crisis = Crisis(
        context.chance.id(),
        records.count(Crisis) + 1,
        said,
        context.now,
        context.asker.person.id,
        me.id,
        playbook_id(records),
        name,
        "S1",
        checklist=True,
        people=(me.id,),
        events={"event": when or context.now},
    )
    return mine_card(context, declare(context, crisis), "Your list. I remind you in your usual messages.")
