"""The steps of a crisis as its people meet them: what is theirs, what they press, and who hears that one is late.

The machine in `steps` decides; `settle` puts it to work after every change, and tells everybody what is newly theirs.
"""

from collections.abc import Sequence

from bot.core.chat import Button, Card, Row, Rows
from bot.core.router import Context
from bot.core.words import sentence
from bot.topics.crisis.conditions import clauses
from bot.topics.crisis.logbook import clean_of_names, log, name_of, redraw
from bot.topics.crisis.model import Crisis, Job, Moved
from bot.topics.crisis.outline import Step
from bot.topics.crisis.state import BACKUP, LEAD, PERSON, Late, State, is_open, overtaken, waits_for
from bot.topics.crisis.steering import AFTERWARDS, STEP, keep, state_of
from bot.topics.crisis.stepcards import cannot, step_controls, step_of, step_row, waits_words
from bot.topics.crisis.steps import (
    Answered,
    Corrected,
    Event,
    Looked,
    Reassigned,
    Reopened,
    Skipped,
    TimePassed,
    apply,
)
from bot.topics.crisis.stopping import watch_words
from bot.topics.crisis.telling import tell
from bot.topics.crisis.versions import plan_of, title_of
from bot.topics.team.nudging import notify

UPDATE = "crisis-update"
SHOWN = 10  # steps of one card


def moved(context: Context, fact: Moved) -> None:
    """The reaction to a change: the steps are looked at again."""
    crisis = context.records.get(Crisis, fact.crisis)
    if crisis is not None:
        settle(context, crisis)


def settle(context: Context, crisis: Crisis) -> Crisis:
    """Open what may open, find whose each step is, finish what is finished, and put every deadline on the agenda."""
    if not crisis.is_open:
        rest(context, crisis)
        return crisis
    before = state_of(context.records, crisis)
    return _keep(context, crisis, before, apply(before, Looked(), context.now))


def finish(context: Context, crisis: Crisis, step: Step, answer: str, *, said: str = "") -> Crisis:
    """The step is done. One that repeats comes again after its minutes. `said` is all that was told, for the log."""
    answer = clean_of_names(context.records, crisis, answer)
    before, after = _happens(context, crisis, Answered(step.id, answer, context.asker.volunteer))
    return _keep(context, crisis, before, after, said)


def leave_out(context: Context, crisis: Crisis, step: Step, why: str) -> Crisis:
    """The step is not done, for that reason."""
    why = clean_of_names(context.records, crisis, why)
    return _keep(context, crisis, *_happens(context, crisis, Skipped(step.id, why, context.asker.volunteer)))


def give(context: Context, crisis: Crisis, step: Step, to: str) -> Crisis:
    """The step is somebody else's from now on."""
    return _keep(context, crisis, *_happens(context, crisis, Reassigned(step.id, to)))


def set_right(context: Context, crisis: Crisis, event: Corrected | Reopened) -> tuple[Crisis, tuple[Job, ...]]:
    """What was told of a step is something else now; gives the steps done meanwhile that could not be done any more."""
    before, after = _happens(context, crisis, event)
    return _keep(context, crisis, before, after, logged=event.step), overtaken(before, after)


def _happens(context: Context, crisis: Crisis, event: Event) -> tuple[State, State]:
    before = state_of(context.records, crisis)
    ready = apply(before, Looked(), context.now)
    return before, apply(ready, event, context.now)


def _keep(context: Context, crisis: Crisis, before: State, after: State, said: str = "", *, logged: str = "") -> Crisis:
    """Keep what the machine says, and tell everybody what is newly theirs, and what is theirs no longer."""
    turned = keep(context, crisis, before, after, said, logged=logged)
    for volunteer, jobs in turned.ended.items():
        _take_off(context, turned.crisis, volunteer, jobs, after)
    for volunteer, jobs in turned.fresh.items():
        _hand_out(context, turned.crisis, volunteer, jobs)
    watch_words(context, turned.crisis, after)
    if before.jobs != after.jobs or before.events != after.events:  # the plan's list may hang on it
        _look_at_the_list(context, turned.crisis)
    redraw(context, turned.crisis)
    return turned.crisis


def _look_at_the_list(context: Context, crisis: Crisis) -> None:
    kind = plan_of(context.records, crisis).kind(crisis.kind)
    parts = [one for notice in kind.notify for one in clauses(notice.when) or ()] if kind else []
    if not crisis.checklist and any(one.step or one.event for one in parts):
        context.records.wake(AFTERWARDS, crisis.id, context.now)


# Late.


def late(context: Context, id: str) -> None:
    """The alarm of one step: tell those whose turn it is, each once."""
    records = context.records
    job = records.get(Job, id)
    crisis = records.get(Crisis, job.crisis) if job else None
    step = step_of(records, crisis, job.step) if crisis and job else None
    if job is None or crisis is None or step is None or not crisis.is_open or not is_open(job):
        return
    before = state_of(records, crisis)
    after = apply(before, TimePassed(step.id), context.now)
    _keep(context, crisis, before, after)
    for one in after.late:
        _say_late(context, crisis, step, after.job(step.id), one)


def _say_late(context: Context, crisis: Crisis, step: Step, job: Job, notice: Late) -> None:
    records = context.records
    name, to = notice.rung, notice.to
    owners = ", ".join(name_of(records, one) for one in job.who) or "nobody"
    title, said = {
        PERSON: (f"Due now: {step.id}", "If you can't, say so: somebody else takes it."),
        BACKUP: (f"Can you help with {step.id}?", f"{owners} may have no hand free."),
        LEAD: (f"Still open: {step.id}", f"It is with {owners}. You can give it to somebody else."),
    }[name]
    if crisis.checklist:
        for one in to[:1]:
            text = f"{title}. {sentence(step.do)}"
            notify(context, one, f"checklist/{job.id}", text, controls=step_controls(crisis, step))
        return
    said = f"{sentence(step.do)} {said}"
    reached = [
        one
        for one in to
        if tell(
            records,
            crisis,
            one,
            f"late/{job.step}/{notice.occasion}/{name}/{one}",
            _late_card(crisis, step, title, said),
        )
    ]
    names = ", ".join(name_of(records, one) for one in reached)
    told = f"told {names}" if names else "nobody could be written to"
    log(context, crisis, "late", f"{step.id} is late: {told}", by="", about=step.id, loud=name == LEAD)


def _late_card(crisis: Crisis, step: Step, title: str, said: str) -> Card:
    return Card(title, said, controls=(*step_controls(crisis, step), *cannot(crisis, step)))


def _hand_out(context: Context, crisis: Crisis, volunteer: str, jobs: Sequence[Job]) -> None:
    """Tell somebody what is theirs now, in one card; who asks hears it in the answer already, and once more here."""
    rows = tuple(step_row(context.records, crisis, one, context.now) for one in jobs[:SHOWN])
    card = Card(
        f"{title_of(context.records, crisis)}: yours now",
        f"{len(jobs)} {'step is' if len(jobs) == 1 else 'steps are'} yours. The first one first.",
        (Rows(rows, total=len(jobs)),),
        (Button("All my steps", "crisis mine", {"crisis": crisis.id}),),
    )
    tell(context.records, crisis, volunteer, f"steps/{context.chance.id()}/{volunteer}", card)


def _take_off(context: Context, crisis: Crisis, volunteer: str, jobs: Sequence[Job], after: State) -> None:
    """Tell somebody that steps of theirs are not to be done any more, and what these wait for."""
    rows = tuple(
        Row(
            f"{one.step}: {after.step(one.step).do}",
            f"It waits for {waits_words(waits_for(after, after.step(one.step)))}.",
        )
        for one in jobs[:SHOWN]
    )
    card = Card(
        f"{title_of(context.records, crisis)}: please stop these",
        "What was told before has changed, so these are not to be done now. What you noted stays in the log.",
        (Rows(rows, total=len(jobs)),),
        (Button("All my steps", "crisis mine", {"crisis": crisis.id}),),
    )
    tell(context.records, crisis, volunteer, f"ended/{context.chance.id()}/{volunteer}", card)


def rest(context: Context, crisis: Crisis) -> None:
    """It is over: nothing of it is on the agenda any more but what is left to draw."""
    for job in context.records.find(Job, crisis=crisis.id):
        context.records.wake(STEP, job.id, None)
    context.records.wake(UPDATE, crisis.id, None)
    redraw(context, crisis)
