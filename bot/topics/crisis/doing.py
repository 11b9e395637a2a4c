"""What the people of a crisis do: answer the alarm, look, report on steps, pass them on, make calls."""

import re

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Facts, Field, Form, Kind, Moment, Note, Reply, Rows, Style
from bot.core.ports import Records
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.crisis.alarm import answered
from bot.topics.crisis.board import next_rows, receipt_words, strip_words
from bot.topics.crisis.calling import Outcome, call_card, called, calls_of
from bot.topics.crisis.deciding import open_branch, two_people
from bot.topics.crisis.duty import backups_of
from bot.topics.crisis.holding import holds_of
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Answer, Crisis, Job, Moved, Receipt, Words
from bot.topics.crisis.options import ACrisis, AReason, AText
from bot.topics.crisis.outline import Ask, Step
from bot.topics.crisis.people import SUSPECTED, belongs, chosen, counts, needs_lead, needs_part
from bot.topics.crisis.plan_options import ACall, AStepId
from bot.topics.crisis.scope import able
from bot.topics.crisis.steering import job_id
from bot.topics.crisis.stepping import finish, give, is_open, leave_out, open_jobs, settle, step_of, step_row
from bot.topics.crisis.telling import reply
from bot.topics.crisis.versions import plan_of, title_of
from bot.topics.crisis.wording import all_words, approved
from bot.topics.team.options import AVolunteer

A_LINK = re.compile(r"https?://\S+")
SHOWN = 10


def crisis_answer(context: Context, how: Answer, crisis: ACrisis | None = None) -> Reply:
    """Answer the alarm of a crisis: seen, got (I've got it) or cant.

    how: seen, got or cant
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    if not counts(found, context.asker.volunteer):
        raise Refusal(SUSPECTED if context.asker.volunteer else "That is for the team's volunteers. Type `join`.")
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
    controls = [button for one in calls[:3] for button in call_card(context.records, one).controls]
    if calls:
        named = tuple((f"Please phone {one.name}", call_card(context.records, one).summary) for one in calls[:3])
        blocks = (*blocks, Facts(named))
    if not blocks:
        blocks = (Note("Nothing is yours at the moment. To help, type `crisis take` and a role, such as spotter."),)
    controls.append(Button("What is going on?", "crisis show", {"crisis": crisis.id}))
    if me in (crisis.lead, crisis.backup_lead):
        controls.append(Button("Hand over the lead", "crisis lead", {"crisis": crisis.id}))
    return reply(crisis, Card(title_of(context.records, crisis), said, blocks, tuple(controls)))


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
        return reply(found, _form(found, wanted))
    said = _checked(context, found, wanted, answer)
    if said in wanted.two:
        other = two_people(context, found, f"{wanted.id}: {said}", lead=True)
        if other is not None:
            return reply(found, other)
        found = context.records.get(Crisis, found.id) or found
    finish(context, found, wanted, said, said=answer)
    after = followed(context, found, wanted, said)
    settle(context, after)
    return mine_card(context, after, f"Noted: {wanted.id} is done. Thank you!")


def open_step(records: Records, crisis: Crisis, id: str) -> tuple[Step, Job]:
    """The step, which is to be done now. Raises Refusal where it isn't."""
    step = step_of(records, crisis, id)
    job = records.get(Job, job_id(crisis, id))
    if step is None:
        raise Refusal(f"This plan has no step {id}. Type `crisis mine` to see yours.", option="step")
    if job is not None and job.done is not None:
        raise Refusal(
            f"{id} is done already, by {name_of(records, job.done_by)}. Thank you all the same!", option="step"
        )
    if job is not None and job.skipped:
        raise Refusal(f"{id} was skipped: {job.skipped}.", option="step")
    if job is None or not is_open(job):
        raise Refusal(f"{id} can't be done yet: it waits for “{step.gate or step.rel}”.", option="step")
    return step, job


def _form(crisis: Crisis, step: Step) -> Form:
    choices = tuple((one, one) for one in step.choices)
    kind = Kind.CHOICE if choices else Kind.NUMBER if step.ask is Ask.COUNT else Kind.LONG
    label = {Ask.LINK: "The link", Ask.COUNT: "How many?"}.get(step.ask, "What was done?")
    field = Field("answer", label, kind, hint=step.done[:100], choices=choices)
    return Form(f"Done: {step.id}", "crisis done", (field,), {"step": step.id, "crisis": crisis.id}, step.do)


def _checked(context: Context, crisis: Crisis, step: Step, answer: str) -> str:
    """The answer, if it is one to what the step asks. Raises Refusal."""
    if step.approved and not any(
        approved(context.records, one) for one in context.records.find(Words, crisis=crisis.id)
    ):
        raise Refusal(
            "No public word before two people have approved it. Type `statement list` to write or approve it.",
            option="answer",
        )
    if step.ask in (Ask.HOLDING, Ask.PAUSED, Ask.CLEAN) and context.asker.volunteer != crisis.lead:
        raise Refusal(f"That is said for each account: `hold say {step.ask.value}`.", option="answer")
    if step.ask is Ask.CHOICE:
        return _choice(step, answer)
    if step.ask is Ask.LINK and not A_LINK.search(answer):
        raise Refusal("I need a link here, such as https://example.org/post.", option="answer")
    if not answer.strip():
        raise Refusal("Please say in a few words what was done.", option="answer")
    return answer


def _choice(step: Step, answer: str) -> str:
    said = answer.strip().casefold()
    for one in sorted(step.choices, key=len, reverse=True):
        if said == one.casefold() or said.startswith((f"{one.casefold()} ", f"{one.casefold()},")):
            return one
    starts = [one for one in step.choices if said and one.casefold().startswith(said)]
    if len(starts) == 1:
        return starts[0]
    raise Refusal(
        f"Please choose: {', '.join(step.choices)}.", option="answer", choices=[(one, one) for one in step.choices[:5]]
    )


def followed(context: Context, crisis: Crisis, step: Step, said: str) -> Crisis:
    """What an answer sets off besides: somebody is at risk, the account is in our hands again."""
    event = step.opens.get(said) or step.opens.get("done", "")
    if not event or event in crisis.events:
        return crisis
    if event == "branch":
        return open_branch(context, crisis)
    crisis = replace(crisis, events={**crisis.events, event: context.now})
    context.records.put(crisis)
    log(context, crisis, event, f"{event}: from {step.id}, “{said}”", loud=True)
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


__all__ = [
    "crisis_answer",
    "crisis_assign",
    "crisis_called",
    "crisis_done",
    "crisis_mine",
    "crisis_pass",
    "crisis_show",
    "crisis_skip",
]
