"""A step as people see it: its words, how long is left, what is pressed to report on it or to set it right."""

from datetime import datetime, timedelta

from bot.core.chat import Button, Choice, Control, Row, Style
from bot.core.ports import Records
from bot.topics.crisis.model import Crisis, Job
from bot.topics.crisis.outline import BY_OTHERS, Ask, Step
from bot.topics.crisis.state import is_open
from bot.topics.crisis.steering import jobs_of, steps_of

EVENTS = {
    "branch": "somebody being named, threatened or exposed",
    "control": "the account being under our control",
    "regained": "the account being ours again",
    "event": "the event: `crisis event event` and its time",
}


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


def waits_words(condition: str) -> str:
    """What a step waits for, as people say it: `“H4”`, or what an event means."""
    return EVENTS.get(condition) or f"“{condition}”"


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


def done_row(records: Records, crisis: Crisis, job: Job) -> Row:
    """What was told of a step, for whoever may set it right."""
    step = step_of(records, crisis, job.step)
    if step is None or not may_correct(step, job):
        return Row(f"{job.step}: {job.answer}")
    return Row(f"{job.step}: {job.answer}"[:150], controls=correct_controls(crisis, step))


def may_correct(step: Step, job: Job) -> bool:
    """Was something told of it that words set right: not where others' words settled it?"""
    return job.has_answer and not job.skipped and bool(job.done_by or step.ask not in BY_OTHERS)


def correct_controls(crisis: Crisis, step: Step) -> tuple[Control, ...]:
    """What is pressed where the answer was wrong."""
    return (Button(f"Correct {step.id}", "crisis correct", {"step": step.id, "crisis": crisis.id}),)
