"""A plan that is brought in: read and checked, said what it would change, and kept as a new version."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import fields

from bot.core.ports import Records
from bot.core.router import Context
from bot.core.words import refuse_secrets
from bot.topics.crisis.card import keep_card
from bot.topics.crisis.kept import Playbook
from bot.topics.crisis.outline import Kind, Plan
from bot.topics.crisis.parsing import is_whole, read_plan, read_with
from bot.topics.crisis.splicing import merged
from bot.topics.crisis.versions import current_plan, newest, playbook_id, text_of
from bot.topics.crisis.wording import approved_ahead

FENCE = re.compile(r"\A```\w*\n(.*?)\n?```\s*\Z", re.DOTALL)
KIND_PARTS = {"notify": "who is told", "say": "statements", "public": "what public words wait for", "dont": "don't"}
PLAN_PARTS = {
    "roles": "the roles",
    "outside": "the people outside the team",
    "severities": "the levels",
    "rungs": "what is tried while nobody answers",
    "first": "the first steps of every kind",
    "safety": "the steps for safety",
    "review_days": "when the review is due",
}


class Incoming(Struct, frozen=True):
    """A sound plan that is to be brought in: the whole text as it will be, what it changes, what lapses by it."""

    text: str
    lines: tuple[str, ...]
    is_new: bool


def incoming(records: Records, text: str) -> Incoming:
    """The plan of a text; one with kinds and checklists only goes into the team's. Raises BadPlan, or Refusal."""
    new = _tidy(text)
    refuse_secrets(new)
    before, whole = current_plan(records), new
    if not is_whole(new):
        read_with(new, before)
        whole = merged(text_of(records, playbook_id(records)), new)
    after = read_plan(whole)
    lines = (*_changes(before, after), *_lapsed(records, after))
    return Incoming(whole, lines, whole != text_of(records, playbook_id(records)))


def _tidy(text: str) -> str:
    """The text without what a chat or an editor put around it."""
    said = text.removeprefix("\ufeff").replace("\r\n", "\n")
    fenced = FENCE.match(said.strip())
    return f"{fenced[1]}\n" if fenced else said


def keep_plan(context: Context, text: str, why: str = "") -> Playbook:
    """The whole text as the newest version; no earlier one changes, and a crisis that goes on keeps its own."""
    last = newest(context.records)
    number = (last.number if last else 0) + 1
    made = Playbook(f"v{number}", number, text, context.asker.volunteer, context.now, why)
    context.records.put(made)
    keep_card(context)
    return made


def _changes(before: Plan, after: Plan) -> Iterator[str]:
    for name, said in PLAN_PARTS.items():
        if getattr(before, name) != getattr(after, name):
            yield f"Changed: {said}."
    for id, kind in after.kinds.items():
        known = before.kind(id)
        if known is None:
            yield f"New: {kind.name}, {len(kind.steps)} {'step' if len(kind.steps) == 1 else 'steps'}."
        elif known != kind:
            yield f"Changed: {kind.name} ({', '.join(_parts(known, kind))})."
    for id, kind in before.kinds.items():
        if id not in after.kinds:
            yield f"Gone: {kind.name}."


def _parts(before: Kind, after: Kind) -> Iterator[str]:
    for each in fields(Kind):
        if getattr(before, each.name) != getattr(after, each.name):
            yield KIND_PARTS.get(each.name, each.name)


def _lapsed(records: Records, after: Plan) -> Iterator[str]:
    """Statements that were approved ahead, and are not any more: their words are others."""
    same = {one.id for one in after.statements() if approved_ahead(records, one)}
    for one in current_plan(records).statements():
        if approved_ahead(records, one) and one.id not in same:
            yield f"To be approved again, if you want it: {one.id}."
