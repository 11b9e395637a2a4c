"""Between the steps' machine and what is kept: its state from the records, and the records from its state."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.crisis.duty import backups_of, role_people, unwilling_of
from bot.topics.crisis.holding import holds_of, keeper_of
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Job, Turn, Words
from bot.topics.crisis.outline import Ask, Step
from bot.topics.crisis.scope import able
from bot.topics.crisis.steps import DECLARED, State, is_open, rungs
from bot.topics.crisis.versions import plan_of, span
from bot.topics.crisis.wording import approved
from bot.topics.team.nudging import team_of

STEP = "crisis-step"
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


def keep(context: Context, crisis: Crisis, before: State, after: State, said: str = "") -> dict[str, list[Job]]:
    """Write what has changed, log what is done, wake for every deadline; gives what is newly whose.

    `said` is all that was told of the last answer, which the log has in full.
    """
    fresh: dict[str, list[Job]] = {}
    own = {one.id for one in after.steps}
    for id, job in after.jobs.items():
        known = before.job(id)
        if job != known:
            context.records.put(job)
        if (job.done and not known.done) or job.round > known.round:
            told = said if job.done_by and said else job.answer
            log(context, crisis, "step", f"{id} done: {told}", by=job.done_by, about=id)
        if is_open(job):
            for one in job.who:
                if one not in known.who:
                    fresh.setdefault(one, []).append(job)
        due: datetime | None = min((at for _rung, at in rungs(after, job)), default=None)
        context.records.wake(STEP, job.id, due if id in own else None)
    return fresh


def finished_by_itself(records: Records, crisis: Crisis, step: Step) -> str:
    """What was done, where the people's other words say that the step is; empty where it is not."""
    strip = [one for one in holds_of(records, crisis) if one.released is None]
    said = ""
    match step.ask:
        case Ask.HOLDING if strip and all(one.holding for one in strip):
            said = f"{len(strip)} of {len(strip)} accounts hold"
        case Ask.PAUSED if strip and all(one.paused for one in strip):
            said = f"{len(strip)} of {len(strip)} accounts: queue paused, empty or out of reach"
        case Ask.CLEAN if strip and all(one.clean is not None for one in strip):
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
