"""A team's own plans: shown, taken out as YAML, brought in again as a new version, and gone back to."""

from bot.core.chat import Button, Card, Moment, Note, Reply, Row, Rows
from bot.core.chat import Words as Paragraph
from bot.core.files import AFile, ask_for_content, is_name
from bot.core.pages import page_of, turns
from bot.core.ports import Records
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.crisis.bringing import incoming, keep_plan
from bot.topics.crisis.kept import Playbook
from bot.topics.crisis.logbook import name_of
from bot.topics.crisis.parsing import BadPlan
from bot.topics.crisis.people import open_crises
from bot.topics.crisis.plan_options import APlanPart
from bot.topics.crisis.splicing import piece
from bot.topics.crisis.versions import SHIPPED, current_plan, newest, playbook_id, shipped, text_of

WANTED = "The YAML file, as `playbook export` gives it: the whole plan, or kinds of it"
ONE_LINE = "That is one line only. I need the file itself, or all that is in it, such as `kinds:` with steps below."
CONTENT = (": ", "{", "[")
SEE = Button("See the plans", "playbook show")
MOST = 10  # faults that are shown at once
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
        text = piece(text, kind)
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
        "Change it in any text editor, then bring it back: `playbook import` and the file, or one kind of it.",
        (Paragraph(pieces[page - 1]),),
        more,
    )


def playbook_import(context: Context, file: AFile) -> Reply:
    """Bring in a changed plan, or some kinds or checklists of one. A crisis that goes on keeps its own.

    file: the YAML file, or all that is in it behind the command, as `playbook export` gives it
    """
    if is_name(file, CONTENT):
        return ask_for_content(context, "playbook import", file, WANTED, ONE_LINE)
    try:
        found = incoming(context.records, file)
    except BadPlan as error:
        return _faults(error)
    if not found.is_new:
        return Card("Nothing to bring in", "The plan says just that already.", controls=(SEE,))
    made = keep_plan(context, found.text)
    lines = found.lines or ("Only comments, or how it is written.",)
    shown = (Rows(tuple(Row(line) for line in lines[:MOST]), total=len(lines)), Note(_kept(context.records)))
    return Card("Plans", f"Version {made.number} holds from now on.", shown, (SEE, _back(made.number - 1)))


def _faults(error: BadPlan) -> Card:
    """All that is wrong, the first ones first."""
    count = len(error.faults)
    said = "one thing" if count == 1 else f"these {count} things"
    rows = tuple(Row(fault.words[:1].upper() + fault.words[1:]) for fault in error.faults[:MOST])
    return Card(
        "Not brought in",
        f"I can't use that plan, so nothing was changed. Please put {said} right, and send it again.",
        (Rows(rows, total=count),),
    )


def _kept(records: Records) -> str:
    running = [one for one in open_crises(records) if not one.checklist]
    if running:
        return f"Crisis {running[0].number} goes on with the plan that it started with."
    return "Earlier versions are kept: `playbook versions`."


def _back(number: int) -> Button:
    label = f"Go back to version {number}" if number else "Go back to the shipped plan"
    return Button(label, "playbook back", {"version": str(number)})


def playbook_versions(context: Context, page: int = 1) -> Reply:
    """Every version of the team's plans, who brought it in and when; any of them can hold again.

    page: which page of a long list
    """
    found = context.records.find(Playbook, order="-number")
    rows = [_version(context.records, one, holds=index == 0) for index, one in enumerate(found)]
    rows.append(Row("The plan that comes with Steward", "" if found else "It holds now.", (_back(0),) if found else ()))
    shown, first, last = page_of(rows, page)
    return Card(
        "Versions of the plans",
        "No version ever changes. A crisis that goes on keeps the one that it started with.",
        (Rows(tuple(shown), first, len(rows)),),
        (*turns("versions", "playbook versions", {}, first, last), SEE),
    )


def _version(records: Records, one: Playbook, *, holds: bool) -> Row:
    by = name_of(records, one.by) if one.by else "at the terminal"
    why = f" {one.why}." if one.why else ""
    state = " It holds now." if holds else ""
    return Row(
        (f"Version {one.number}, ", Moment(one.at)), f"By {by}.{why}{state}", () if holds else (_back(one.number),)
    )


def playbook_back(context: Context, version: int) -> Reply:
    """Let an earlier version of the plans hold again; it becomes the newest one, and none is lost.

    version: its number, as `playbook versions` shows it; 0 for the plan that comes with Steward
    """
    id = f"v{version}" if version else SHIPPED
    known = context.records.get(Playbook, id) if version else None
    if version and known is None:
        raise Refusal(f"There is no version {version}. Type `playbook versions` to see them.", option="version")
    if id == playbook_id(context.records):
        raise Refusal("That one holds already.", option="version")
    text = known.text if known else shipped()
    made = keep_plan(context, text, f"The same as version {version}" if version else "The plan that comes with Steward")
    return Card("Plans", f"Version {made.number} holds from now on: the same as {_named(version)}.", controls=(SEE,))


def _named(version: int) -> str:
    return f"version {version}" if version else "the plan that comes with Steward"
