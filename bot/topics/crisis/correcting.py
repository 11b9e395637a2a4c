"""What was told of a step is set right: a slip of the finger, consent that is withdrawn, a step not done after all."""

from collections.abc import Sequence

from bot.core.chat import Button, Card, Form, Reply, Row, Rows
from bot.core.ports import Records
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.crisis.answers import answer_field, checked, understood
from bot.topics.crisis.deciding import two_people
from bot.topics.crisis.doing import followed, mine_card
from bot.topics.crisis.duty import backups_of, role_people
from bot.topics.crisis.logbook import clean_of_names, entries, log, name_of
from bot.topics.crisis.model import Crisis, Job
from bot.topics.crisis.options import ACrisis, AText
from bot.topics.crisis.outline import Ask, Step
from bot.topics.crisis.people import chosen, needs_lead, needs_part
from bot.topics.crisis.plan_options import AStepId
from bot.topics.crisis.steering import job_id
from bot.topics.crisis.stepcards import correct_controls, may_correct, step_of
from bot.topics.crisis.stepping import set_right
from bot.topics.crisis.steps import Corrected, Reopened
from bot.topics.crisis.telling import reply, tell
from bot.topics.crisis.versions import title_of

NOT_DONE = "not done"  # the answer that opens a step again
SHOWN = 10
OTHERWISE = {
    Ask.HOLDING: "what is said for each account: `hold show`",
    Ask.PAUSED: "what is said for each account: `hold show`",
    Ask.CLEAN: "what is said for each account: `hold show`",
    Ask.APPROVALS: "the words that are approved: `statement list`",
    Ask.ROLES: "who has which role: `crisis take` and `crisis give`",
    Ask.VOICE: "whose voice was heard: `crisis suspect` and a name, if it was not theirs",
}


def crisis_correct(
    context: Context, step: AStepId, answer: AText | None = None, crisis: ACrisis | None = None
) -> Reply:
    """Set right what was told of a step: a wrong answer, or a step that is not done after all.

    step: the step, such as H4
    answer: how it really is; “not done” opens the step again
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    wanted, job = told_step(context.records, found, step)
    _may(context, found, wanted, job)
    if answer is None:
        return reply(found, _form(found, wanted, job))
    answer = clean_of_names(context.records, found, answer)
    if answer.strip().casefold() == NOT_DONE or job.skipped:
        return _open_again(context, found, wanted, job)
    said = clean_of_names(context.records, found, checked(context, found, wanted, answer))
    if said == job.answer:
        raise Refusal(f"“{said}” is what {wanted.id} says already, so nothing changed.", option="answer")
    if said in wanted.two:
        other = two_people(context, found, f"{wanted.id}: {said}", lead=True)
        if other is not None:
            return reply(found, other)
        found = context.records.get(Crisis, found.id) or found
    log(context, found, "corrected", f"{_line(context, found, job)} is now: “{answer}”", about=wanted.id, loud=True)
    event = Corrected(wanted.id, said, context.asker.volunteer)
    return _kept(context, found, wanted, job, event)


def told_step(records: Records, crisis: Crisis, id: str) -> tuple[Step, Job]:
    """The step, of which something was told that can be set right. Raises Refusal."""
    step = step_of(records, crisis, id)
    job = records.get(Job, job_id(crisis, id))
    if step is None:
        raise Refusal(f"This plan has no step {id}. Type `crisis mine` to see yours.", option="step")
    if job is None or not (job.has_answer or job.skipped):
        raise Refusal(f"Nothing was told of {id} yet. To report on it, type `crisis done {id}`.", option="step")
    if not (job.skipped or may_correct(step, job)):
        raise Refusal(f"{id} follows from {OTHERWISE[step.ask]}.", option="step")
    return step, job


def _may(context: Context, crisis: Crisis, step: Step, job: Job) -> None:
    """Raises Refusal unless it is the asker's to say: its people and the lead; of one left out, the lead."""
    if job.skipped:
        needs_lead(context, crisis, "bring back a step that was left out")
        return
    own = [*job.who, job.done_by, *role_people(context.records, crisis, step.role)]
    own += [*backups_of(context.records, crisis, step.role), crisis.lead, crisis.backup_lead]
    if context.asker.volunteer not in own:
        people = dict.fromkeys(one for one in (job.done_by, *job.who, crisis.lead) if one)
        names = " or ".join(name_of(context.records, one) for one in people)
        raise Refusal(f"{step.id} is set right by its own people, or by the lead: please tell {names}.", option="step")


def _form(crisis: Crisis, step: Step, job: Job) -> Form:
    values = {"step": step.id, "crisis": crisis.id}
    before = f"It was left out: {job.skipped}." if job.skipped else f"It says: {job.answer}."
    hint = f"How is it really? “{NOT_DONE}” opens it again."
    known = "" if job.skipped else job.answer if not step.choices or job.answer in step.choices else ""
    field = answer_field(step, value=NOT_DONE if job.skipped else known, more=(NOT_DONE,))
    return Form(f"Correct {step.id}", "crisis correct", (field,), values, f"{step.do}. {before} {hint}")


def _line(context: Context, crisis: Crisis, job: Job) -> str:
    """`H2, “changed” (ana, line 12)`: what stood there, by whom, and where the log has it."""
    lines = [one for one in entries(context.records, crisis) if one.about == job.step]
    told = [one for one in lines if one.what in ("step", "corrected", "skipped")]
    where = f", line {max(one.number for one in told)}" if told else ""
    before = f"left out: {job.skipped}" if job.skipped else job.answer
    return f"{job.step}, “{before}” ({name_of(context.records, job.done_by)}{where})"


def _open_again(context: Context, crisis: Crisis, step: Step, job: Job) -> Reply:
    """The step is to be done once more, or after all."""
    if job.done is None and not job.skipped:
        raise Refusal(f"{step.id} is open anyway: it comes again. Type `crisis mine` to see it.", option="answer")
    log(context, crisis, "corrected", f"{_line(context, crisis, job)} is now: {NOT_DONE}", about=step.id, loud=True)
    return _kept(context, crisis, step, job, Reopened(step.id))


def _kept(context: Context, before: Crisis, step: Step, job: Job, event: Corrected | Reopened) -> Reply:
    """Keep it, tell whose answer it was, put what can't be undone before the lead, and show what is the asker's now."""
    said = event.answer if isinstance(event, Corrected) else NOT_DONE
    crisis, overtaken = set_right(context, before, event)
    crisis = followed(context, before, crisis, step, said)
    _tell(context, crisis, step, job, said)
    if overtaken:
        _flag(context, crisis, step, overtaken)
    gone = before.events.keys() - crisis.events.keys()
    level = f" The level stays {crisis.level}: the lead and one other may lower it." if "branch" in gone else ""
    return mine_card(context, crisis, f"{step.id} is set right: “{said[:200]}”.{understood(step, said)}{level}")


def _tell(context: Context, crisis: Crisis, step: Step, job: Job, said: str) -> None:
    """Whoever told it otherwise, whose step it is, and the lead hear of it from me."""
    card = Card(
        f"{title_of(context.records, crisis)}: {step.id} was set right",
        f"{context.asker.name} says that {step.id} is “{said[:200]}” now. It was told as “{job.answer[:200]}” before.",
        controls=(*correct_controls(crisis, step), Button("My part", "crisis mine", {"crisis": crisis.id})),
    )
    for one in dict.fromkeys((job.done_by, *job.who, crisis.lead)):
        if one and one != context.asker.volunteer:
            tell(context.records, crisis, one, f"corrected/{context.chance.id()}/{one}", card)


def _flag(context: Context, crisis: Crisis, step: Step, overtaken: Sequence[Job]) -> None:
    """Some steps were done because of the wrong answer: their record stays, and the lead looks at each."""
    rows = []
    for one in overtaken[:SHOWN]:
        other = step_of(context.records, crisis, one.step)
        controls = correct_controls(crisis, other) if other else ()
        rows.append(
            Row(f"{one.step}: {one.answer}"[:150], f"Done by {name_of(context.records, one.done_by)}.", controls)
        )
    card = Card(
        f"Done because of {step.id} as it stood before",
        "These were done already, and could not be done now. Can something be taken back? If one has to be done again, "
        f"press its button and choose “{NOT_DONE}”.",
        (Rows(tuple(rows), total=len(overtaken)),),
    )
    ids = ", ".join(one.step for one in overtaken)
    asked = (one for one in (crisis.lead, crisis.backup_lead) if one)
    key = f"overtaken/{context.chance.id()}"
    told = next((one for one in asked if tell(context.records, crisis, one, f"{key}/{one}", card)), "")
    who = f"{name_of(context.records, told)} is asked to look" if told else "nobody could be told"
    log(context, crisis, "overtaken", f"done because of {step.id} as it stood before: {ids}; {who}", by="", loud=True)
