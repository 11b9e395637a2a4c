"""How what a plan names is read from words: kinds, levels, steps, statements; and calls and lessons by their ids."""

import re
from collections.abc import Sequence
from typing import Annotated

from bot.core.chat import Kind
from bot.core.router import Context, Option
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.crisis.kept import Lesson
from bot.topics.crisis.model import Call, Crisis, Question, Stage
from bot.topics.crisis.options import T, plain_words
from bot.topics.crisis.outline import Statement
from bot.topics.crisis.versions import current_plan, plan_of
from bot.topics.team.matching import match


def _kinds(context: Context, *, checklists: bool) -> list[tuple[str, str]]:
    plan = current_plan(context.records)
    return [(one.id, one.name) for one in plan.kinds.values() if one.checklist is checklists]


def _kind_option(*, checklists: bool | None, what: str) -> Option:
    def known(context: Context) -> list[tuple[str, str]]:
        if checklists is None:
            return [*_kinds(context, checklists=False), *_kinds(context, checklists=True)]
        return _kinds(context, checklists=checklists)

    def read(context: Context, text: str) -> str:
        wanted = text.strip().casefold().replace(" ", "_").replace("-", "_")
        ids = [id for id, _name in known(context)]
        if wanted in ids:
            return wanted
        found = match(text.replace("_", " "), known(context))
        if found.sure:
            return found.sure
        names = [one for one in known(context) if one[0] in dict(found.near)] or known(context)
        raise Refusal(f"The plan has no {what} “{shown(text)}”. It has {', '.join(ids)}.", choices=names[:5])

    def takes(context: Context, words: Sequence[str]) -> int:
        plain = {plain_words(each) for pair in known(context) for each in pair}
        for count in range(min(len(words), 4), 0, -1):
            if plain_words(" ".join(words[:count])) in plain:
                return count
        return min(1, len(words))

    return Option(read, takes=takes, suggest=lambda context, _text: known(context)[:25], kind=Kind.CHOICE)


AKind = Annotated[str, _kind_option(checklists=False, what="kind of crisis")]
"""A kind of crisis that the plan knows, by its id or name."""


AChecklist = Annotated[str, _kind_option(checklists=True, what="checklist")]
"""A checklist that the plan has, by its id or name."""


APlanPart = Annotated[str, _kind_option(checklists=None, what="part")]
"""A kind or a checklist of the plan."""


LEVEL_WORDS = {"s1": "S1", "1": "S1", "watch": "S1", "s2": "S2", "2": "S2", "act": "S2", "s3": "S3", "3": "S3"} | {
    "emergency": "S3"
}


def _read_level(_context: Context, text: str) -> str:
    found = LEVEL_WORDS.get(text.strip().casefold())
    if found is None:
        raise Refusal(
            f"I don't know the level “{shown(text)}”. It is S1 (watch), S2 (act) or S3 (emergency).",
            choices=(("S1", "Watch"), ("S2", "Act"), ("S3", "Emergency")),
        )
    return found


def _levels(_context: Context, _text: str) -> Sequence[tuple[str, str]]:
    return (("S1", "S1 Watch"), ("S2", "S2 Act"), ("S3", "S3 Emergency"))


ALevel = Annotated[str, Option(_read_level, suggest=_levels, kind=Kind.CHOICE)]
"""A level: S1, S2 or S3, or its name."""


def _read_step(_context: Context, text: str) -> str:
    found = text.strip().upper()
    if not re.fullmatch(r"[A-Z]+\d{1,3}", found):
        raise Refusal(f"A step has a short name such as H4, not “{shown(text)}”. Type `crisis mine` to see yours.")
    return found


AStepId = Annotated[str, Option(_read_step)]
"""A step of the plan by its short name."""


def _read_event(_context: Context, text: str) -> str:
    wanted = text.strip().casefold()
    if wanted not in ("regained", "event"):
        raise Refusal("Please say regained (the account is ours again) or event.")
    return wanted


AnEvent = Annotated[
    str,
    Option(
        _read_event,
        suggest=lambda _context, _text: (("regained", "The account is ours again"), ("event", "The event")),
        kind=Kind.CHOICE,
    ),
]
"""Something that steps count from."""


def _statements(context: Context) -> list[Statement]:
    plan = current_plan(context.records)
    running = context.records.find(Crisis, stage=Stage.OPEN)
    own = [one for each in running for one in plan_of(context.records, each).statements(each.kind)]
    return [*own, *plan.statements()]


def _read_statement(context: Context, text: str) -> Statement:
    wanted = text.strip().casefold().replace(" ", "_").replace("-", "_")
    known = _statements(context)
    found = next((one for one in known if wanted in (one.id, one.name)), None)
    if found is None:
        names = list(dict.fromkeys(one.name for one in known))
        raise Refusal(
            f"The plan has no statement “{shown(text)}”. Type `statement list` to see them.",
            choices=[(name, name) for name in names[:5]],
        )
    return found


def _takes_statement(context: Context, words: Sequence[str]) -> int:
    known = {name for one in _statements(context) for name in (one.id, one.name)}
    return int(bool(words) and words[0].casefold().replace("-", "_") in known)


def _suggest_statements(context: Context, _text: str) -> Sequence[tuple[str, str]]:
    return list(dict.fromkeys((one.name, one.id) for one in _statements(context)))[:25]


AStatement = Annotated[Statement, Option(_read_statement, takes=_takes_statement, suggest=_suggest_statements)]
"""A public statement of the plan, by its name."""


def _by_id(kind: type[T], what: str) -> Option:
    def read(context: Context, text: str) -> T:
        found = context.records.get(kind, text.strip())
        if found is None:
            raise Refusal(f"I don't know that {what} any more.")
        return found

    return Option(read)


ACall = Annotated[Call, _by_id(Call, "call")]
"""A phone call that somebody is asked to make, by its id."""


AQuestion = Annotated[Question, _by_id(Question, "question")]
"""Whether a notice of the plan applies, by its id."""


ALesson = Annotated[Lesson, _by_id(Lesson, "lesson")]
"""A lesson, by its id."""
