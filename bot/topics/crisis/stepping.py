"""The steps of a crisis as its people meet them: what is theirs, what they press, and who hears that one is late.

The machine in `steps` decides; `settle` puts it to work after every change, and tells everybody what is newly theirs.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.chat import Button, Card, Choice, Control, Row, Rows, Style
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.crisis.logbook import log, name_of, redraw
from bot.topics.crisis.model import Crisis, Job, Moved
from bot.topics.crisis.outline import Ask, Step
from bot.topics.crisis.steering import STEP, jobs_of, keep, state_of, steps_of
from bot.topics.crisis.steps import (
    BACKUP,
    LEAD,
    PERSON,
    Answered,
    Event,
    Late,
    Looked,
    Reassigned,
    Skipped,
    State,
    TimePassed,
    apply,
    is_open,
)
from bot.topics.crisis.telling import tell
from bot.topics.crisis.versions import title_of
from bot.topics.team.nudging import notify

__all__ = ["STEP", "UPDATE", "is_open", "steps_of"]

UPDATE = "crisis-update"
SHOWN = 10  # steps of one card


def open_jobs(records: Records, crisis: Crisis) -> list[Job]:
    """The steps that are to be done now, the most urgent first."""
    known = {one.id for one in steps_of(records, crisis)}
    found = [one for one in jobs_of(records, crisis).values() if is_open(one) and one.step in known]
    return sorted(found, key=lambda one: (one.due is None, one.due, one.step))


def step_of(records: Records, crisis: Crisis, id: str) -> Step | None:
    """The step with that id."""
    return next((one for one in steps_of(records, crisis) if one.id == id), None)


def step_words(records: Records, crisis: Crisis, job: Job) -> str:
    """`H5: Cut the scheduler from this account`."""
    step = step_of(records, crisis, job.step)
    return f"{job.step}: {step.do}" if step else job.step


def moved(context: Context, fact: Moved) -> None:
    """The reaction to a change: the steps are looked at again."""
    crisis = context.records.get(Crisis, fact.crisis)
    if crisis is not None:
        settle(context, crisis)


def settle(context: Context, crisis: Crisis) -> None:
    """Open what may open, find whose each step is, finish what is finished, and put every deadline on the agenda."""
    if not crisis.is_open:
        rest(context, crisis)
        return
    before = state_of(context.records, crisis)
    _keep(context, crisis, before, apply(before, Looked(), context.now))


def finish(context: Context, crisis: Crisis, step: Step, answer: str, *, said: str = "") -> None:
    """The step is done. One that repeats comes again after its minutes. `said` is all that was told, for the log."""
    _happens(context, crisis, Answered(step.id, answer, context.asker.volunteer), said)


def leave_out(context: Context, crisis: Crisis, step: Step, why: str) -> None:
    """The step is not done, for that reason."""
    _happens(context, crisis, Skipped(step.id, why, context.asker.volunteer))


def give(context: Context, crisis: Crisis, step: Step, to: str) -> None:
    """The step is somebody else's from now on."""
    _happens(context, crisis, Reassigned(step.id, to))


def _happens(context: Context, crisis: Crisis, event: Event, said: str = "") -> None:
    before = state_of(context.records, crisis)
    ready = apply(before, Looked(), context.now)
    _keep(context, crisis, before, apply(ready, event, context.now), said)


def _keep(context: Context, crisis: Crisis, before: State, after: State, said: str = "") -> None:
    """Keep what the machine says, and tell everybody what is newly theirs."""
    for volunteer, jobs in keep(context, crisis, before, after, said).items():
        _hand_out(context, crisis, volunteer, jobs)
    redraw(context, crisis)


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
    said = f"{step.do}. {said}"
    if crisis.checklist:
        for one in to[:1]:
            notify(context, one, f"checklist/{job.id}", f"{title}. {said}", controls=step_controls(crisis, step))
        return
    reached = [
        one
        for one in to
        if tell(
            records, crisis, one, f"late/{job.step}/{notice.round}/{name}/{one}", _late_card(crisis, step, title, said)
        )
    ]
    told = ", ".join(name_of(records, one) for one in reached) or "nobody could be written to"
    log(context, crisis, "late", f"{step.id} is late: told {told}", by="", about=step.id, loud=name == LEAD)


def _late_card(crisis: Crisis, step: Step, title: str, said: str) -> Card:
    return Card(title, said, controls=(*step_controls(crisis, step), *cannot(crisis, step)))


def cannot(crisis: Crisis, step: Step) -> tuple[Button, ...]:
    """The button of somebody who can't do the step."""
    return (Button(f"I can't do {step.id}", "crisis pass", {"step": step.id, "crisis": crisis.id}),)


def step_controls(crisis: Crisis, step: Step) -> tuple[Control, ...]:
    """What somebody presses to report on a step."""
    values = {"step": step.id, "crisis": crisis.id}
    hold = {"crisis": crisis.id}
    match step.ask:
        case Ask.CHOICE:
            return (Choice(f"{step.id}", "crisis done", "answer", tuple((one, one) for one in step.choices), values),)
        case Ask.HOLDING:
            return (Button("Holding all of mine", "hold say", {"word": "holding", **hold}, Style.PRIMARY),)
        case Ask.PAUSED:
            return (
                Button("Paused all of mine", "hold say", {"word": "paused", **hold}, Style.PRIMARY),
                Button("Nothing is queued on mine", "hold say", {"word": "nothing-queued", **hold}),
            )
        case Ask.CLEAN:
            return (
                Button("All of mine are clean", "hold say", {"word": "clean", **hold}, Style.PRIMARY),
                Button("Something is wrong with mine", "hold say", {"word": "not-clean", **hold}),
            )
        case _:
            return (Button(f"Done: {step.id}", "crisis done", values, Style.PRIMARY),)


def step_row(records: Records, crisis: Crisis, job: Job, now: datetime) -> Row:
    """A step as a row, for whoever has it."""
    step = step_of(records, crisis, job.step)
    if step is None:
        return Row(job.step)
    left = left_words(job.due, now)
    return Row(f"{step.id}: {step.do}", f"Done when: {step.done}. {left}.", step_controls(crisis, step))


def left_words(due: datetime | None, now: datetime) -> str:
    """`12 minutes left`, `3 hours left`, `8 minutes over`; without a time nothing is due."""
    if due is None:
        return "No hurry"
    minutes = round(abs((due - now) / timedelta(minutes=1)))
    words = f"{minutes} {'minute' if minutes == 1 else 'minutes'}"
    if minutes > 120:  # noqa: PLR2004 - two hours
        words = f"{minutes // 60} hours"
    return f"{words} left" if due >= now else f"{words} over"


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


def rest(context: Context, crisis: Crisis) -> None:
    """It is over: nothing of it is on the agenda any more but what is left to draw."""
    for job in context.records.find(Job, crisis=crisis.id):
        context.records.wake(STEP, job.id, None)
    context.records.wake(UPDATE, crisis.id, None)
    redraw(context, crisis)
