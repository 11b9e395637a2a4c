"""What only people can judge: does this notice of the plan apply? The lead presses tell, or not now."""

from datetime import timedelta
from enum import StrEnum

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Reply, Row, Rows, Style
from bot.core.ports import Records
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Question
from bot.topics.crisis.notices import asked_of_people, notices_of, question_id
from bot.topics.crisis.outline import Notice
from bot.topics.crisis.people import chosen, needs_lead
from bot.topics.crisis.plan_options import AQuestion
from bot.topics.crisis.steering import AFTERWARDS, state_of
from bot.topics.crisis.telling import reply, tell
from bot.topics.crisis.versions import plan_of, span, title_of

QUESTION = "crisis-question"
SHOWN = 10


class How(StrEnum):
    """What somebody says to such a question."""

    TELL = "tell"
    NOT_NOW = "not-now"


def ask_people(context: Context, crisis: Crisis) -> None:
    """Put before the lead what has not been asked yet, all at once; each is looked at again when the plan wants it."""
    records = context.records
    fresh = [one for one in _questions(records, crisis) if records.get(Question, one.id) is None]
    for one in fresh:
        records.put(replace(one, asked=(crisis.lead,)))
        records.wake(QUESTION, one.id, max(one.due, context.now + _gap(records, crisis)))
    if fresh:
        tell(records, crisis, crisis.lead, f"questions/{context.chance.id()}", _card(records, crisis, fresh))


def _questions(records: Records, crisis: Crisis) -> list[Question]:
    """What is to be asked about the plan's list as things stand, in its order."""
    state = state_of(records, crisis)
    asleep = plan_of(records, crisis).severity(crisis.level).night == "all"
    found = []
    for notice in notices_of(records, crisis):
        if asked_of_people(state, notice.when):
            found.append(_about(crisis, notice, notice.when, wake=False))
        if notice.at_night and asleep:
            found.append(_about(crisis, notice, notice.at_night, wake=True))
    return found


def _about(crisis: Crisis, notice: Notice, when: str, *, wake: bool) -> Question:
    due = crisis.declared + span(crisis, notice.by)
    return Question(question_id(crisis, notice, wake=wake), crisis.id, notice.to, when, due, wake)


def _gap(records: Records, crisis: Crisis) -> timedelta:
    return span(crisis, plan_of(records, crisis).severity(crisis.level).ack)


def _card(records: Records, crisis: Crisis, several: list[Question], said: str = "") -> Card:
    rows = tuple(question_row(one) for one in several[:SHOWN])
    return Card(
        f"{title_of(records, crisis)}: does this apply?",
        said or "The plan wants these told only if so. I can't judge it: please press one for each.",
        (Rows(rows, total=len(several)),),
        (Button("My part", "crisis mine", {"crisis": crisis.id}),),
    )


def question_row(one: Question) -> Row:
    """A question with its two answers; once it was put off, only the other one is left."""
    values = {"question": one.id}
    what = f"Wake {one.to}" if one.wake else f"Tell {one.to}"
    yes = Button(f"{what}"[:75], "crisis tell", {**values, "how": "tell"}, Style.PRIMARY)
    no = Button(f"Not now: {one.to}"[:75], "crisis tell", {**values, "how": "not-now"})
    controls: tuple[Control, ...] = (yes,) if one.answer else (yes, no)
    put_off = "Put off for now." if one.answer else ""
    return Row(f"{what}? {_when(one)}", put_off, controls)


def _when(one: Question) -> str:
    return f"{one.when[:1].upper()}{one.when[1:]}." if one.wake else f"Only if: {one.when}."


def open_questions(records: Records, crisis: Crisis) -> list[Question]:
    """What nobody has said yes to, unanswered ones first, the most urgent first."""
    now = {one.id for one in _questions(records, crisis)}
    found = [one for one in records.find(Question, crisis=crisis.id) if one.id in now and one.answer != How.TELL]
    return sorted(found, key=lambda one: (bool(one.answer), one.due, one.id))


def question_due(context: Context, id: str) -> None:
    """The alarm of a question that nobody has answered: the lead is asked again, then the backup lead."""
    records = context.records
    one = records.get(Question, id)
    crisis = records.get(Crisis, one.crisis) if one else None
    if one is None or crisis is None or not crisis.is_open or one.answer or context.now < one.due:
        return
    if one.id not in {each.id for each in _questions(records, crisis)}:  # the kind or the level is another one now
        return
    again = len(one.asked) == 1
    to = crisis.lead if again else crisis.backup_lead or crisis.lead
    records.put(replace(one, asked=(*one.asked, to)))
    said = (
        "By the plan it is time for this now." if again else f"{name_of(records, crisis.lead)} may have no hand free."
    )
    tell(records, crisis, to, f"question/{id.partition('/')[2]}/{len(one.asked)}", _card(records, crisis, [one], said))
    if again:
        records.wake(QUESTION, id, context.now + _gap(records, crisis))
    else:
        log(
            context, crisis, "question", f"nobody has said whether this applies: {one.to}, {one.when}", by="", loud=True
        )


def crisis_tell(context: Context, question: AQuestion, how: How) -> Reply:
    """Say whether a notice of the plan applies: those it names are told, or not now.

    question: which notice, as its button has it
    how: tell, or not-now
    """
    found = chosen(context, context.records.get(Crisis, question.crisis))
    needs_lead(context, found, "say that")
    if question.answer == How.TELL:
        who = name_of(context.records, question.by)
        raise Refusal(f"{who} has said so already: {question.to} {'are woken' if question.wake else 'is told'}.")
    me, now = context.asker.volunteer, context.now
    context.records.put(replace(question, answer=how.value, by=me, at=now))
    context.records.wake(QUESTION, question.id, None)
    said = {How.TELL: "applies", How.NOT_NOW: "does not apply, for now"}[how]
    what = f"wake {question.to}" if question.wake else f"tell {question.to}"
    log(context, found, "question", f"“{question.when}” {said}: {what}", loud=how is How.TELL)
    if how is How.NOT_NOW:
        yes = (Button(f"{what[:1].upper()}{what[1:]} after all"[:75], "crisis tell", _yes(question)),)
        return reply(found, Card("Not now", "Noted. You find it under `crisis mine` if that changes.", controls=yes))
    context.records.wake(AFTERWARDS, found.id, now)
    return reply(found, Card("Thank you", f"Noted: {what}. I ask for the calls now, and tell you who has to be found."))


def _yes(question: Question) -> dict[str, str]:
    return {"question": question.id, "how": How.TELL.value}
