"""A running crisis as far as its steps go: which are open, what the others wait for, whose each is. All pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.topics.crisis.conditions import chosen, holds, steps_named
from bot.topics.crisis.model import Job
from bot.topics.crisis.outline import Step

DECLARED = "declared"
PERSON, BACKUP, LEAD = "person", "backup", "lead"  # who hears that a step is late, in this order


class NotOpen(ValueError):  # noqa: N818 - it says how the step stands
    """The step is not to be done now: the sentence says why."""


class Late(Struct, frozen=True):
    """Somebody is to hear that a step is late: which rung of the ladder it is, and to whom it goes."""

    step: str
    occasion: int
    rung: str
    to: tuple[str, ...]


class State(Struct, frozen=True):
    """A running crisis, as far as its steps go. `steps` are those of the plan that it started with.

    `events` are the moments from which steps count: `declared`, `branch`, and what the plan's answers open.
    `people` and `backups` are by role; `unable` can have no part, `unwilling` have said that they can't. `gap` lies
    between the rungs of a late step. `settled` are steps that others' doings finish (every account holds), with words.
    `late` are the notices of the last event: to be sent now, each once.
    """

    crisis: str
    steps: tuple[Step, ...]
    level: str
    events: Mapping[str, datetime]
    zone: ZoneInfo
    gap: timedelta
    lead: str
    backup_lead: str = ""
    pace: int = 1
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    backups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unable: frozenset[str] = frozenset()
    unwilling: frozenset[str] = frozenset()
    settled: Mapping[str, str] = field(default_factory=dict)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    late: tuple[Late, ...] = ()

    def step(self, id: str) -> Step:
        """The step with that id. Raises NotOpen where the plan has none."""
        found = next((one for one in self.steps if one.id == id), None)
        if found is None:
            raise NotOpen(f"This plan has no step {id}.")
        return found

    def job(self, id: str) -> Job:
        """What is kept of the step."""
        return self.jobs.get(id) or Job(f"{self.crisis}/{id}", self.crisis, id)


# How a step stands.


def is_open(job: Job) -> bool:
    """Is it to be done now?"""
    return job.opened is not None and job.done is None and not job.skipped


def waits_for(state: State, step: Step) -> str:
    """What a step still waits for, in the plan's words; empty where it may open."""
    if origin_of(state, step) is None:
        return step.rel
    for condition in (step.gate, step.when):
        if condition and not met(state, condition):
            return condition
    return ""


def met(state: State, condition: str) -> bool:
    """Does the condition hold, by what was answered and what has happened?"""
    answers, come = {}, set(state.events)
    known = {one.id: one for one in state.steps}
    for id in steps_named(condition):
        job = state.job(id)
        if id in known and job.has_answer:
            answers[id] = chosen(known[id].choices, job.answer)
            come.add(id)
    return holds(condition, answers, come, state.level)


def origin_of(state: State, step: Step) -> datetime | None:
    """The moment from which the step's minutes count: an event, or when another step was done; None before it."""
    name = step.rel or DECLARED
    return state.events.get(name) or state.job(name).done


def open_step(state: State, id: str) -> Step:
    """The step, if it is to be done now. Raises NotOpen."""
    step, job = state.step(id), state.job(id)
    if job.done is not None:
        raise NotOpen(f"{id} is done already.")
    if job.skipped:
        raise NotOpen(f"{id} was left out: {job.skipped}.")
    if not is_open(job):
        raise NotOpen(f"{id} can't be done yet: it waits for “{waits_for(state, step) or step.rel}”.")
    return step


def answered_step(state: State, id: str) -> Step:
    """The step, if what was told of it can be set right. Raises NotOpen."""
    step, job = state.step(id), state.job(id)
    if job.skipped or not job.has_answer:
        raise NotOpen(f"Nothing was told of {id} that could be set right.")
    return step


def over_step(state: State, id: str) -> Step:
    """The step, if it is done or was left out, so that it can be opened again. Raises NotOpen."""
    step, job = state.step(id), state.job(id)
    if job.done is None and not job.skipped:
        raise NotOpen(f"{id} is neither done nor left out.")
    return step


def overtaken(before: State, after: State) -> tuple[Job, ...]:
    """The steps that were done while they might be, and that might not be any more, as things are now."""
    done = [after.job(step.id) for step in after.steps if before.job(step.id).done and after.job(step.id).done]
    return tuple(
        job for job in done if waits_for(after, after.step(job.step)) and not waits_for(before, after.step(job.step))
    )


# Whose a step is, and who hears that it is late.


def responsible(state: State, step: Step, job: Job | None = None) -> tuple[str, ...]:
    """Whom it was given to, else the role's people, else their backup, else the lead. Never nobody."""
    given = job.given if job else ""
    if given and given not in state.unable:
        return (given,)
    lead = [one for one in (state.lead, state.backup_lead) if one and one not in state.unable][:1]
    found = _fit(state, state.people.get(step.role, ())) or _fit(state, state.backups.get(step.role, ()))[:1]
    return tuple(dict.fromkeys(found or lead)) or ((state.lead,) if state.lead else ())


def _fit(state: State, people: Iterable[str]) -> list[str]:
    return [one for one in people if one and one not in state.unable and one not in state.unwilling]


def rungs(state: State, job: Job) -> list[tuple[str, datetime]]:
    """Who has yet to hear of the step being late, and when: the person, after a gap the backup, then the lead."""
    if not is_open(job) or job.due is None:
        return []
    every = ((PERSON, job.due), (BACKUP, job.due + state.gap), (LEAD, job.due + 2 * state.gap))
    return [(name, due) for name, due in every if name not in job.told]


def told_to(state: State, step: Step, rung: str) -> tuple[str, ...]:
    """Who hears of it at that rung: nobody who has the step already, but for the first."""
    who = state.job(step.id).who
    if rung == PERSON:
        return who
    if rung == BACKUP:
        return tuple(one for one in _fit(state, state.backups.get(step.role, ())) if one not in who)[:1]
    return tuple(one for one in (state.lead, state.backup_lead) if one and one not in who and one not in state.unable)[
        :1
    ]
