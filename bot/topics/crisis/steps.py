"""The machine of a crisis' steps: what happened goes in, what is open and whose it is comes out. All pure.

A `State` is a value: kept as the crisis' `Job`s, built again from them at any time, and the same after a restart.
`apply` is the only way forward. A step waits (for its event, its gate or its condition), is open, and is then done or
left out with a reason; one that repeats opens again. A step is open exactly while what it waits for is so: where an
answer is set right and its condition is so no longer, it waits again, and keeps what was told of it. An open step never
has nobody, and nobody hears twice of one.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.crisis.conditions import chosen, due_at, office_after
from bot.topics.crisis.model import Job
from bot.topics.crisis.outline import BY_OTHERS, Step
from bot.topics.crisis.state import (
    Late,
    NotOpen,
    State,
    answered_step,
    is_open,
    open_step,
    origin_of,
    over_step,
    responsible,
    rungs,
    told_to,
    waits_for,
)

ROOM = 10  # minutes that a step has at least once its gate is open
PASSES = 40  # a chain of steps that each open the next one


# What can happen.


class Happened(Struct, frozen=True):
    """An event from which steps count; a second time it changes nothing."""

    what: str


class Answered(Struct, frozen=True):
    """Somebody reports on an open step."""

    step: str
    answer: str
    by: str


class Corrected(Struct, frozen=True):
    """What was told of a step was wrong, or is so no longer: this takes its place."""

    step: str
    answer: str
    by: str


class Reopened(Struct, frozen=True):
    """A step isn't done after all, or is needed after all."""

    step: str


class Skipped(Struct, frozen=True):
    """Somebody leaves an open step out, and says why."""

    step: str
    why: str
    by: str


class Reassigned(Struct, frozen=True):
    """An open step is somebody else's now."""

    step: str
    to: str


class TimePassed(Struct, frozen=True):
    """Nothing but the clock: who has to hear of a late step does now; of that one, or of any."""

    step: str = ""


class Looked(Struct, frozen=True):
    """Something else changed (people, level, accounts): the steps are looked at again."""


Event = Happened | Answered | Corrected | Reopened | Skipped | Reassigned | TimePassed | Looked


def apply(state: State, event: Event, now: datetime) -> State:
    """The state after the event, at `now`. Raises NotOpen where the step does not stand so that it could happen."""
    state = replace(state, late=())
    match event:
        case Happened(what):
            state = replace(state, events={what: now, **state.events})
        case Answered(id, answer, by):
            state = _answered(state, open_step(state, id), answer, by, now)
        case Corrected(id, answer, by):
            state = _corrected(state, answered_step(state, id), answer, by, now)
        case Reopened(id):
            state = _reopened(state, over_step(state, id), now)
        case Skipped(id, why, by):
            if not why.strip():
                raise NotOpen(f"{id} is left out only with a reason.")
            open_step(state, id)
            state = _with(state, replace(state.job(id), skipped=why, done_by=by))
        case Reassigned(id, to):
            open_step(state, id)
            state = _with(state, replace(state.job(id), given=to))
    state = _settled(state, now)
    return _told(state, event.step, now) if isinstance(event, TimePassed) else state


def _with(state: State, job: Job) -> State:
    return replace(state, jobs={**state.jobs, job.step: job})


# Answers, and what they set off.


def _answered(state: State, step: Step, answer: str, by: str, now: datetime) -> State:
    job = replace(state.job(step.id), answer=answer, done=now, done_by=by, set_off={})
    if _comes_again(step, answer):
        job = replace(job, done=None, due=_next_time(state, step, now), round=job.round + 1, told=())
    return _set_off(_with(state, job), step, now)


def _comes_again(step: Step, answer: str) -> bool:
    said = chosen(step.choices, answer)
    return bool(step.repeat) and not (said and said in step.until)


def _next_time(state: State, step: Step, origin: datetime) -> datetime:
    """When a step that repeats is due once more; in office hours, if that is its clock."""
    if step.office and state.pace <= 1:
        return office_after(origin, step.repeat, state.zone)
    return origin + timedelta(minutes=step.repeat) / max(state.pace, 1)


def _event_of(step: Step, answer: str) -> str:
    return step.opens.get(chosen(step.choices, answer) or "done", "")


def _set_off(state: State, step: Step, now: datetime) -> State:
    """The event that the step's answer sets off happens now, unless it has happened already."""
    job = state.job(step.id)
    event = _event_of(step, job.answer)
    if not event or event in state.events:
        return state
    state = replace(state, events={event: now, **state.events})
    return _with(state, replace(job, set_off={event: now}))


def _corrected(state: State, step: Step, answer: str, by: str, now: datetime) -> State:
    known = state.job(step.id)
    if _event_of(step, answer) not in known.set_off:
        state = _taken_back(state, step)
    job = replace(state.job(step.id), answer=answer)
    if job.done is not None and _comes_again(step, answer):
        due = max(_next_time(state, step, job.done), now + _room(state))
        job = replace(job, done=None, opened=now, due=due, round=job.round + 1, told=())
    elif job.done is None and not _comes_again(step, answer):
        job = replace(job, done=now, done_by=by, opened=job.opened or now)
    return _set_off(_with(state, job), step, now)


def _taken_back(state: State, step: Step) -> State:
    """What only this step's answer set off has not happened; where another answer says it too, it has since that."""
    job = state.job(step.id)
    state = _with(state, replace(job, set_off={}))
    for event, moment in job.set_off.items():
        if state.events.get(event) != moment:  # somebody has said otherwise since
            continue
        left = {name: at for name, at in state.events.items() if name != event}
        for other in state.steps:
            same = state.job(other.id)
            if other.id != step.id and same.has_answer and _event_of(other, same.answer) == event:
                left[event] = same.done or moment
                state = _with(state, replace(same, set_off={event: left[event]}))
                break
        state = replace(state, events=left)
    return state


def _reopened(state: State, step: Step, now: datetime) -> State:
    """The step is to be done as if nothing had been told of it; those who have it have some time."""
    state = _taken_back(state, step)
    job = replace(state.job(step.id), answer="", done=None, done_by="", skipped="", opened=now)
    return _with(state, replace(job, told=(), again=job.again + 1))


# What follows from all that.


def _settled(state: State, now: datetime) -> State:
    """Open what may open, shut what may not be done, finish what is finished; until nothing changes any more."""
    for _pass in range(PASSES):
        before = state
        for step in state.steps:
            if _undone_by_others(state, step):
                state = _reopened(state, step, now)
            job = _opened_or_shut(state, step, now)
            if is_open(job):
                job = replace(job, due=_due(state, step, job), who=responsible(state, step, job))
            if job != state.job(step.id):
                state = _with(state, job)
            said = state.settled.get(step.id, "")
            if said and is_open(job) and not job.round:
                state = _answered(state, step, said, "", now)
        if state is before:
            break
    return state


def _undone_by_others(state: State, step: Step) -> bool:
    """Was it others' words that finished the step, and do they say so no longer?"""
    job = state.job(step.id)
    return step.ask in BY_OTHERS and job.done is not None and not job.done_by and step.id not in state.settled


def _opened_or_shut(state: State, step: Step, now: datetime) -> Job:
    """The step's job, which is open exactly if nothing is waited for: what is done or left out stays so."""
    job = state.job(step.id)
    waits = bool(waits_for(state, step))
    if job.opened is None and not waits:
        return replace(job, opened=now)
    if is_open(job) and waits:
        return replace(job, opened=None, due=job.due if job.round else None, who=(), told=(), again=job.again + 1)
    return job


def _room(state: State) -> timedelta:
    return timedelta(minutes=ROOM) / max(state.pace, 1)


def _due(state: State, step: Step, job: Job) -> datetime | None:
    origin = origin_of(state, step)
    if origin is None or job.opened is None:
        return job.due
    room = job.opened + _room(state)
    if job.round:
        return max(job.due, room) if job.again and job.due else job.due
    due = due_at(step, state.level, origin, state.zone, state.pace)
    return max(due, room) if step.gate or step.when or job.again else due


def _told(state: State, only: str, now: datetime) -> State:
    for step in state.steps:
        if only not in ("", step.id):
            continue
        job = state.job(step.id)
        for rung, due in rungs(state, job):
            if due <= now:
                job = replace(job, told=(*job.told, rung))
                late = Late(step.id, job.occasion, rung, told_to(state, step, rung))
                state = _with(replace(state, late=(*state.late, late)), job)
    return state
