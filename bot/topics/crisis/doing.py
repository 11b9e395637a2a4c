"""What the people of a crisis do: answer the alarm, look, report on steps, pass them on, make calls."""

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Facts, Form, Moment, Note, Reply, Row, Rows, Style
from bot.core.ports import Records
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.crisis.alarm import answered
from bot.topics.crisis.answers import answer_field, checked, understood
from bot.topics.crisis.board import next_rows, receipt_words, strip_words
from bot.topics.crisis.calling import Outcome, call_card, called, calls_of
from bot.topics.crisis.closing import list_ended
from bot.topics.crisis.deciding import open_branch, two_people
from bot.topics.crisis.duty import backups_of
from bot.topics.crisis.holding import holds_of
from bot.topics.crisis.logbook import clean_of_names, log, name_of
from bot.topics.crisis.model import Answer, Crisis, Job, Moved, Receipt
from bot.topics.crisis.options import ACrisis, AReason, AText
from bot.topics.crisis.outline import Step
from bot.topics.crisis.people import belongs, chosen, counts, in_doubt, needs_lead, needs_part
from bot.topics.crisis.plan_options import ACall, AStepId
from bot.topics.crisis.questions import open_questions, question_row
from bot.topics.crisis.scope import able
from bot.topics.crisis.state import is_open, waits_for
from bot.topics.crisis.steering import job_id, jobs_of, state_of
from bot.topics.crisis.stepcards import done_row, may_correct, open_jobs, step_of, step_row, waits_words
from bot.topics.crisis.stepping import finish, give, leave_out
from bot.topics.crisis.telling import reply
from bot.topics.crisis.versions import plan_of, title_of
from bot.topics.crisis.wording import all_words, approved
from bot.topics.team.options import AVolunteer

SHOWN = 10
LATEST = 3  # of one's own answers, to be set right


def crisis_answer(context: Context, how: Answer, crisis: ACrisis | None = None) -> Reply:
    """Answer the alarm of a crisis: seen, got (I've got it) or cant.

    how: seen, got or cant
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    if not counts(found, context.asker.volunteer):
        raise in_doubt(found) if context.asker.volunteer else Refusal("That is for the team's volunteers. Type `join`.")
    if how is Answer.NONE:
        raise Refusal("Please say seen, got or cant.", option="how")
    receipt = answered(context, found, how)
    found = context.records.get(Crisis, found.id) or found
    if how is Answer.CANT:
        instead = f" I have asked {name_of(context.records, receipt.stood_in)}." if receipt.stood_in else ""
        return reply(
            found, Card("Thank you for saying so", f"Your steps go to somebody else.{instead} Look after yourself.")
        )
    return mine_card(context, found, "Thank you. This is yours." if how is Answer.GOT else "Thank you. Your part:")


def crisis_mine(context: Context, crisis: ACrisis | None = None) -> Reply:
    """Your part in what is going on: your steps, and whom you are asked to phone.

    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    return mine_card(context, found, "Your part:")


def mine_card(context: Context, crisis: Crisis, said: str) -> Reply:
    """The asker's steps and calls."""
    me = context.asker.volunteer
    mine = [one for one in open_jobs(context.records, crisis) if me in one.who]
    rows = tuple(step_row(context.records, crisis, one, context.now) for one in mine[:SHOWN])
    calls = [one for one in calls_of(context.records, crisis) if one.by == me and not one.over]
    blocks: tuple[Block, ...] = (Rows(rows, total=len(mine)),) if rows else ()
    told = _told_by(context, crisis)
    controls = [button for one in calls[:3] for button in call_card(context.records, one).controls]
    if calls:
        named = tuple((f"Please phone {one.name}", call_card(context.records, one).summary) for one in calls[:3])
        blocks = (*blocks, Facts(named))
    asked = open_questions(context.records, crisis) if me in (crisis.lead, crisis.backup_lead) else []
    if asked:
        blocks = (*blocks, Note("Does this apply?"), Rows(tuple(map(question_row, asked[:LATEST])), total=len(asked)))
    if not blocks:
        blocks = (Note("Nothing is yours at the moment. To help, type `crisis take` and a role, such as spotter."),)
    if told:
        blocks = (*blocks, Note("Told by you already:"), Rows(tuple(told), total=len(told)))
    controls.append(Button("What is going on?", "crisis show", {"crisis": crisis.id}))
    if me in (crisis.lead, crisis.backup_lead):
        controls.append(Button("Hand over the lead", "crisis lead", {"crisis": crisis.id}))
    return reply(crisis, Card(title_of(context.records, crisis), said, blocks, tuple(controls)))


def _told_by(context: Context, crisis: Crisis) -> list[Row]:
    """What the asker has told of steps of late, each with the button that sets it right."""
    records, me = context.records, context.asker.volunteer
    told = [one for one in jobs_of(records, crisis).values() if one.done is not None and one.done_by == me]
    told = [one for one in told if (step := step_of(records, crisis, one.step)) and may_correct(step, one)]
    told.sort(key=lambda one: (one.done, one.step), reverse=True)
    return [done_row(records, crisis, one) for one in told[:LATEST]]


def crisis_show(context: Context, crisis: ACrisis | None = None) -> Reply:
    """What is going on: what, how bad, who leads, what is next, and what we may say.

    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis, ended=True)
    records = context.records
    ready = [one for one in all_words(records, found) if approved(records, one)]
    say = "; ".join(f"“{one.text}”" for one in ready[:2]) or "nothing yet: no words are approved"
    facts: list[tuple[str, object]] = [
        ("Since", (Moment(found.declared),)),
        ("Lead", name_of(records, found.lead) if found.lead else "nobody yet"),
        ("If the lead can't", name_of(records, found.backup_lead) if found.backup_lead else "nobody yet"),
        ("Answered", receipt_words(records, records.find(Receipt, crisis=found.id)) or "–"),
        ("Accounts", strip_words(records, holds_of(records, found)) or "none"),
        ("What may we say?", say),
    ]
    kind = plan_of(records, found).kind(found.kind)
    if kind is not None and (kind.do or kind.dont):
        facts += [("Do", "; ".join(kind.do)), ("Don't", "; ".join(kind.dont))]
    rows = tuple(next_rows(records, found, context.now, SHOWN)) if found.is_open else ()
    blocks: list[Block] = [Facts(tuple(facts))]  # type: ignore[arg-type]
    blocks += [Rows(rows, total=len(rows))] if rows else []
    values = {"crisis": found.id}
    controls = [Button("My part", "crisis mine", values, Style.PRIMARY)] if found.is_open else []
    controls += [Button("See the log", "log show", values), Button("Accounts on hold", "hold show", values)]
    controls += [Button("Public words", "statement list", values)] if belongs(context, found) else []
    return reply(found, Card(title_of(records, found), f"“{found.said}”", tuple(blocks), tuple(controls)))


def crisis_done(context: Context, step: AStepId, answer: AText | None = None, crisis: ACrisis | None = None) -> Reply:
    """Report on a step of the plan: what was done or decided.

    step: the step, such as H4
    answer: what was done or found, or a link to it
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    wanted, _job = open_step(context.records, found, step)
    if answer is None:
        values = {"step": wanted.id, "crisis": found.id}
        return reply(found, Form(f"Done: {wanted.id}", "crisis done", (answer_field(wanted),), values, wanted.do))
    answer = clean_of_names(context.records, found, answer)
    said = checked(context, found, wanted, answer)
    if said in wanted.two:
        other = two_people(context, found, f"{wanted.id}: {said}", lead=True)
        if other is not None:
            return reply(found, other)
        found = context.records.get(Crisis, found.id) or found
    after = followed(context, found, finish(context, found, wanted, said, said=answer), wanted, said)
    ended = list_ended(context, after)
    if ended is not None:
        return ended
    return mine_card(context, after, f"Noted: {wanted.id} is done.{understood(wanted, answer)} Thank you!")


def open_step(records: Records, crisis: Crisis, id: str) -> tuple[Step, Job]:
    """The step, which is to be done now. Raises Refusal where it isn't."""
    step = step_of(records, crisis, id)
    job = records.get(Job, job_id(crisis, id))
    if step is None:
        raise Refusal(f"This plan has no step {id}. Type `crisis mine` to see yours.", option="step")
    if job is not None and job.done is not None:
        raise Refusal(
            f"{id} is done already, by {name_of(records, job.done_by)}: “{job.answer[:80]}”. If that is wrong, type "
            f"`crisis correct {id}`.",
            option="step",
        )
    if job is not None and job.skipped:
        raise Refusal(f"{id} was left out: {job.skipped}. If it is needed, type `crisis correct {id}`.", option="step")
    if job is None or not is_open(job):
        raise Refusal(
            f"{id} can't be done yet: it waits for {waits_words(_waits(records, crisis, step))}.", option="step"
        )
    return step, job


def _waits(records: Records, crisis: Crisis, step: Step) -> str:
    return waits_for(state_of(records, crisis), step) or step.gate or step.rel


def followed(context: Context, before: Crisis, crisis: Crisis, step: Step, said: str) -> Crisis:
    """What an answer sets off besides, or takes back: somebody is at risk, the account is in our hands again."""
    for event in crisis.events.keys() - before.events.keys():
        if event == "branch":
            crisis = open_branch(context, crisis)
        else:
            log(context, crisis, event, f"{event}: from {step.id}, “{said}”", loud=True)
    for event in before.events.keys() - crisis.events.keys():
        log(context, crisis, event, f"{event}: no longer so, since what was told of {step.id} changed", loud=True)
    return crisis


def crisis_skip(context: Context, step: AStepId, why: AReason, crisis: ACrisis | None = None) -> Reply:
    """Leave a step out, with the reason; only the lead can.

    step: the step, such as H4
    why: why it is not needed
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_lead(context, found, "leave a step out")
    wanted, _job = open_step(context.records, found, step)
    why = clean_of_names(context.records, found, why)
    log(context, found, "skipped", f"{wanted.id} is left out: {why}", about=wanted.id, loud=True)
    leave_out(context, found, wanted, why)
    return reply(found, Card("Left out", f"{wanted.id} is left out. The reason is in the log."))


def crisis_pass(context: Context, step: AStepId, crisis: ACrisis | None = None) -> Reply:
    """Say that you can't do a step: somebody else is asked at once.

    step: the step, such as H4
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    wanted, job = open_step(context.records, found, step)
    me = context.asker.volunteer
    if me not in job.who:
        raise Refusal(f"{step} is not yours at the moment, so there is nothing to pass on.")
    others = [*job.who, *backups_of(context.records, found, wanted.role), found.lead, found.backup_lead]
    to = next((one for one in others if one and one != me and able(context.records, found, one)), "")
    if not to:
        raise Refusal("There is nobody else left who could do it. Please do what you can, and tell me.")
    log(
        context, found, "passed", f"{step} goes from {context.asker.name} to {name_of(context.records, to)}", about=step
    )
    give(context, found, wanted, to)
    return reply(found, Card("Thank you for saying so", f"I have asked {name_of(context.records, to)} to do {step}."))


def crisis_assign(context: Context, step: AStepId, volunteer: AVolunteer, crisis: ACrisis | None = None) -> Reply:
    """Give a step to somebody; only the lead can.

    step: the step, such as H4
    volunteer: who is to do it
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_lead(context, found, "give steps to others")
    wanted, _job = open_step(context.records, found, step)
    if not able(context.records, found, volunteer.id):
        raise Refusal(f"{volunteer.name} can't have a part in this. Please name somebody else.", option="volunteer")
    log(context, found, "assigned", f"{step} is given to {volunteer.name}", about=step)
    give(context, found, wanted, volunteer.id)
    return reply(found, Card("Given", f"{step} is with {volunteer.name} now."))


def crisis_called(context: Context, call: ACall, how: Outcome) -> Reply:
    """Say how a phone call went that you were asked to make.

    call: the call, as its button has it
    how: reached or no-answer
    """
    crisis, card = called(context, call, how)
    if how is Outcome.REACHED and call.voice and isinstance(card, Card):
        heard = Button(
            f"It is {call.name[:50]}'s voice", "crisis heard", {"volunteer": call.contact, "crisis": crisis.id}
        )
        card = replace(card, summary=f"You reached {call.name}. Is it their voice, without a doubt?", controls=(heard,))
    if how is Outcome.NO_ANSWER:
        context.announce(Moved(crisis.id))
    return card
