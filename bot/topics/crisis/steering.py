"""Between the steps' machine and what is kept: its state from the records, and the records from its state."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.crisis.duty import backups_of, role_people, unwilling_of
from bot.topics.crisis.holding import holds_of, keeper_of
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Job, Turn, Words
from bot.topics.crisis.outline import Ask, Step
from bot.topics.crisis.scope import able
from bot.topics.crisis.state import DECLARED, State, is_open, rungs, waits_for
from bot.topics.crisis.versions import plan_of, span
from bot.topics.crisis.wording import approved
from bot.topics.team.nudging import team_of

STEP = "crisis-step"
AFTERWARDS = "crisis-after"  # all that may fail: calls, questions, whom else to tell
NEEDED_ROLES = ("voice", "spotter")


def job_id(crisis: Crisis, step: str) -> str:
    """The id of a step's record."""
    return f"{crisis.id}/{step}"


def steps_of(records: Records, crisis: Crisis) -> tuple[Step, ...]:
    """The steps of the crisis' plan that can come up in it as it stands."""
    plan = plan_of(records, crisis)
    if crisis.checklist:
        kind = plan.kind(crisis.kind)
        return kind.steps if kind else ()
    return plan.steps(crisis.kind, safety=True)


def jobs_of(records: Records, crisis: Crisis) -> dict[str, Job]:
    """What is kept of the steps, by step."""
    return {one.step: one for one in records.find(Job, crisis=crisis.id)}


def unfinished(records: Records, crisis: Crisis) -> list[str]:
    """The steps that are neither done nor left out, those that wait for something among them."""
    over = {id for id, one in jobs_of(records, crisis).items() if one.done or one.skipped}
    return [one.id for one in steps_of(records, crisis) if one.id not in over]


def state_of(records: Records, crisis: Crisis) -> State:
    """The machine's state, as the records have it now."""
    steps, jobs = steps_of(records, crisis), jobs_of(records, crisis)
    roles = dict.fromkeys(one.role for one in steps)
    people = {role: tuple(role_people(records, crisis, role)) for role in roles}
    backups = {role: tuple(backups_of(records, crisis, role)) for role in roles}
    given = (one.given for one in jobs.values())
    lists = (*people.values(), *backups.values(), (crisis.lead, crisis.backup_lead), given)
    known = {who for one in lists for who in one if who}
    return State(
        crisis.id,
        steps,
        crisis.level,
        {DECLARED: crisis.declared, **crisis.events},
        ZoneInfo(team_of(records).zone),
        span(crisis, plan_of(records, crisis).severity(crisis.level).ack),
        crisis.lead,
        crisis.backup_lead,
        crisis.pace,
        people,
        backups,
        frozenset(one for one in known if not able(records, crisis, one)),
        unwilling_of(records, crisis),
        {one.id: said for one in steps if (said := finished_by_itself(records, crisis, one))},
        jobs,
    )


class Turned(Struct, frozen=True):
    """What came of a change: the crisis as it is kept, and by volunteer what is newly theirs, and theirs no longer."""

    crisis: Crisis
    fresh: Mapping[str, list[Job]]
    ended: Mapping[str, list[Job]]


def keep(context: Context, crisis: Crisis, before: State, after: State, said: str = "", *, logged: str = "") -> Turned:
    """Write what has changed, log what is done and what ends, wake for every deadline; gives what is newly whose.

    `said` is all that was told of the last answer, which the log has in full; `logged` is a step whose change the log
    has already.
    """
    fresh: dict[str, list[Job]] = {}
    ended: dict[str, list[Job]] = {}
    own = {one.id for one in after.steps}
    for id, job in after.jobs.items():
        known = before.job(id)
        if job != known:
            context.records.put(job)
        if id != logged:
            _log_change(context, crisis, (known, job), after, said)
        for one in job.who if is_open(job) else ():
            if one not in known.who or job.again > known.again or known.done:
                fresh.setdefault(one, []).append(job)
        for one in known.who if _shut(known, job) else ():
            ended.setdefault(one, []).append(job)
        due: datetime | None = min((at for _rung, at in rungs(after, job)), default=None)
        context.records.wake(STEP, job.id, due if id in own else None)
    events = {name: at for name, at in after.events.items() if name != DECLARED}
    if events != crisis.events:
        crisis = replace(crisis, events=events)
        context.records.put(crisis)
    return Turned(crisis, fresh, ended)


def _shut(known: Job, job: Job) -> bool:
    """Was the step open, and has it to wait again?"""
    return is_open(known) and job.opened is None


def _log_change(context: Context, crisis: Crisis, change: tuple[Job, Job], after: State, said: str) -> None:
    """The line about a step that is done, has to wait again, or is open again."""
    known, job = change
    id = job.step
    if (job.done and not known.done) or job.round > known.round:
        told = said if job.done_by and said else job.answer
        log(context, crisis, "step", f"{id} done: {told}", by=job.done_by, about=id)
    elif _shut(known, job):
        waits = waits_for(after, after.step(id))
        kept = " What was told of it stays." if job.has_answer else ""
        log(context, crisis, "ended", f"{id} ends: it waits for “{waits}”.{kept}", by="", about=id, loud=True)
    elif is_open(job) and known.done:
        log(
            context,
            crisis,
            "again",
            f"{id} is open again: “{known.answer}” is so no longer",
            by="",
            about=id,
            loud=True,
        )


def finished_by_itself(records: Records, crisis: Crisis, step: Step) -> str:
    """What was done, where the people's other words say that the step is; empty where it is not."""
    strip = holds_of(records, crisis)
    said = ""
    match step.ask:
        case Ask.HOLDING if strip and all(one.holding or one.released for one in strip):
            said = f"{len(strip)} of {len(strip)} accounts hold"
        case Ask.PAUSED if strip and all(one.paused or one.released for one in strip):
            said = f"{len(strip)} of {len(strip)} accounts: queue paused, empty or out of reach"
        case Ask.CLEAN if strip and all(one.clean is not None or one.released for one in strip):
            said = f"{len(strip)} accounts looked at, {sum(not one.clean for one in strip)} not clean"
        case Ask.APPROVALS if any(approved(records, one) for one in records.find(Words, crisis=crisis.id)):
            said = "two approvals"
        case Ask.VOICE if crisis.heard and not crisis.suspects:
            said = f"heard by phone: {', '.join(name_of(records, one) for one in crisis.heard)}"
        case Ask.ROLES if crisis.lead and crisis.backup_lead and _roles_filled(records, crisis):
            said = "lead, backup lead, voice, keeper and spotter are named"
    return said


def _roles_filled(records: Records, crisis: Crisis) -> bool:
    taken = {one.role for one in records.find(Turn, crisis=crisis.id, until=None)}
    keepers = any(keeper_of(crisis, records.get(Account, id), None) for id in crisis.accounts)
    return set(NEEDED_ROLES) <= taken and (keepers or "keeper" in taken)
