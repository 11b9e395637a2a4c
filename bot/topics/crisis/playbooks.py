"""A team's own plans: shown, taken out as YAML, brought in again as a new version; and checklists that are started."""

from typing import Any

from bot.core.chat import Button, Card, Note, Reply, Row, Rows
from bot.core.chat import Words as Paragraph
from bot.core.router import Context
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.crisis.card import keep_card
from bot.topics.crisis.declaring import declare
from bot.topics.crisis.doing import mine_card
from bot.topics.crisis.model import Crisis, Playbook
from bot.topics.crisis.options import AText
from bot.topics.crisis.outline import Plan
from bot.topics.crisis.parsing import BadPlan, read_plan, read_with
from bot.topics.crisis.people import active
from bot.topics.crisis.plan_options import AChecklist, APlanPart
from bot.topics.crisis.versions import current_plan, newest, playbook_id, text_of
from bot.topics.team.options import AMoment

PART = 2800


def playbook_show(context: Context) -> Reply:
    """The team's plans: what kinds of trouble they know, and which version holds."""
    plan = current_plan(context.records)
    own = newest(context.records)
    version = f"Version {own.number} of the team's own." if own else "The plan that comes with Steward."
    rows = tuple(
        Row(
            f"{one.name}: {len(one.steps)} steps",
            "; ".join(one.signs[:2]),
            (Button(f"Take out {one.name}"[:75], "playbook export", {"kind": one.id}),),
        )
        for one in plan.kinds.values()
    )
    return Card("Plans", version, (Rows(rows[:25], total=len(rows)),))


def playbook_export(context: Context, kind: APlanPart | None = None, page: int = 1) -> Reply:
    """The plan of one kind, or all of it, as text to change and to bring in again.

    kind: such as hijacked_account; the whole plan if left out
    page: which page of a long plan
    """
    text = text_of(context.records, playbook_id(context.records))
    if kind is not None:
        text = _piece(text, kind)
    lines, pieces = text.splitlines(keepends=True), [""]
    for line in lines:
        if len(pieces[-1]) + len(line) > PART and pieces[-1]:
            pieces.append("")
        pieces[-1] += line
    page = min(max(page, 1), len(pieces))
    values = {"kind": kind} if kind else {}
    more = (
        (Button(f"Page {page + 1} of the plan", "playbook export", {**values, "page": str(page + 1)}),)
        if page < len(pieces)
        else ()
    )
    return Card(
        f"Plan as text, page {page} of {len(pieces)}",
        "Change it in any text editor, then bring one kind back: `playbook import` and the text.",
        (Paragraph(pieces[page - 1]),),
        more,
    )


def _piece(text: str, kind: str) -> str:
    """One kind as YAML that `playbook import` takes back."""
    import yaml  # noqa: PLC0415

    stated: dict[str, Any] = yaml.safe_load(text)
    for group in ("kinds", "checklists"):
        if kind in (stated.get(group) or {}):
            return str(
                yaml.safe_dump({group: {kind: stated[group][kind]}}, sort_keys=False, allow_unicode=True, width=110)
            )
    raise Refusal(f"The plan has no kind “{shown(kind)}”.", option="kind")


def playbook_import(context: Context, text: AText) -> Reply:
    """Bring in a changed plan, or one kind or checklist of it. A crisis that goes on keeps its own.

    text: the YAML, as `playbook export` gives it
    """
    merged = merge(text_of(context.records, playbook_id(context.records)), text)
    plan = _good(text, current_plan(context.records), merged)
    last = newest(context.records)
    number = (last.number if last else 0) + 1
    context.records.put(Playbook(f"v{number}", number, merged, context.asker.volunteer, context.now))
    keep_card(context)
    return Card(
        "Plans",
        f"Version {number} holds from now on, with {len(plan.kinds)} kinds. A crisis that goes on keeps its own.",
        (Note("Statements whose words changed have to be approved again."),),
        (Button("See the plans", "playbook show"),),
    )


def _good(text: str, plan: Plan, merged: str) -> Plan:
    """The plan as it will be; what is wrong is said with the lines of what was typed."""
    try:
        if merged != text:
            read_with(text, plan)
        return read_plan(merged)
    except BadPlan as error:
        raise Refusal(f"I can't use that plan: {error}. Nothing was changed.", option="text") from None


def merge(old: str, new: str) -> str:
    """The plan with the new kinds in the place of the old ones; a whole plan replaces it all. Raises Refusal."""
    import yaml  # noqa: PLC0415

    try:
        stated = yaml.safe_load(new)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise Refusal(f"I can't read that{where}: {getattr(error, 'problem', 'no YAML')}.", option="text") from None
    if not isinstance(stated, dict) or not stated:
        raise Refusal("That is no plan. Type `playbook export` to see what one looks like.", option="text")
    if "roles" in stated:
        return new
    whole: dict[str, Any] = yaml.safe_load(old)
    strange = set(stated) - {"kinds", "checklists"}
    if strange:
        raise Refusal(
            f"I don't know “{shown(str(min(strange)))}” in a plan. It has kinds and checklists.", option="text"
        )
    for group, several in stated.items():
        if not isinstance(several, dict):
            raise Refusal(f"Below “{group}” I need names with their steps.", option="text")
        whole[group] = {**(whole.get(group) or {}), **several}
    return str(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=110))


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
