"""Drills: the whole thing for practice, marked in every message, only for those who agreed, with a faster clock."""

from typing import Annotated

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Facts, Note, Reply, Row, Rows, Style
from bot.core.ports import Records
from bot.core.router import Context, Option, Role
from bot.errors import Refusal
from bot.topics.accounts.model import Account
from bot.topics.crisis.alarm import RECEIPT
from bot.topics.crisis.closing import crisis_close
from bot.topics.crisis.declaring import changed, declare
from bot.topics.crisis.figures import figures, figures_words, minutes_words
from bot.topics.crisis.first_card import first_card
from bot.topics.crisis.kept import DrillConsent
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Answer, Crisis, Job, Moved, Receipt, Stage
from bot.topics.crisis.people import active
from bot.topics.crisis.plan_options import AKind
from bot.topics.crisis.scope import suspects_of
from bot.topics.crisis.steering import jobs_of
from bot.topics.crisis.stepcards import open_jobs, step_words
from bot.topics.crisis.telling import reply, tell
from bot.topics.crisis.versions import current_plan, playbook_id, span

SURPRISE = "drill-surprise"
LEAST = 2  # people of a drill
FASTEST = 60
SURPRISES = ("absent", "suspect")
AFTER = 8  # minutes until the first surprise
BETWEEN = 12  # minutes until the next


def _read_pace(_context: Context, text: str) -> int:
    word = text.strip().casefold().removesuffix("x").removesuffix("times").strip()
    if not word.isdigit() or not 1 <= int(word) <= FASTEST:
        raise Refusal("How much faster than the clock? A number from 1 (as in earnest) to 60.")
    return int(word)


APace = Annotated[int, Option(_read_pace)]


def drill_agree(context: Context, on: bool = True) -> Reply:
    """Say whether drills may reach you: a practice alarm, at any hour that whoever starts it chooses.

    on: yes, and drills include you; no, and they never do
    """
    me = active(context.records, context.asker.volunteer)
    if me is None:
        raise Refusal("That is for the team's volunteers. Type `join` to become one.")
    if on:
        context.records.put(DrillConsent(me.id, context.now))
        return Card(
            "Drills",
            "Drills include you from now on. Thank you!",
            controls=(Button("Not any more", "drill agree", {"on": "no"}),),
        )
    context.records.remove(DrillConsent, me.id)
    for crisis in context.records.find(Crisis, stage=Stage.OPEN, drill=True):
        if me.id in crisis.people:
            _leave(context, crisis, me.id)
    return Card(
        "Drills", "Drills leave you out from now on.", controls=(Button("Include me", "drill agree", {"on": "yes"}),)
    )


def _leave(context: Context, crisis: Crisis, volunteer: str) -> None:
    """Somebody takes their consent back in the middle: nothing more of the drill reaches them."""
    people = tuple(one for one in crisis.people if one != volunteer)
    lead = crisis.lead if crisis.lead != volunteer else next(iter(people), "")
    backup = crisis.backup_lead if crisis.backup_lead not in (volunteer, lead) else ""
    crisis = replace(crisis, people=people, lead=lead, backup_lead=backup)
    context.records.put(crisis)
    context.records.wake(RECEIPT, f"{crisis.id}/{volunteer}", None)
    log(context, crisis, "left", f"{name_of(context.records, volunteer)} has left the drill", by="")
    context.announce(Moved(crisis.id))


def drillers(records: Records) -> list[str]:
    """Everybody who agreed to drills and is here."""
    return [one.id for one in records.find(DrillConsent, order="since") if active(records, one.id) is not None]


def drill_start(context: Context, kind: AKind = "hijacked_account", pace: APace = 1, surprises: bool = True) -> Reply:
    """Practise a crisis with those who agreed to drills; nobody else hears of it, nothing is put on hold.

    kind: what to practise, such as hijacked_account or comment_storm
    pace: how much faster than the clock, up to 60; 1 is as in earnest
    surprises: no, to leave out the surprises
    """
    records = context.records
    me = context.asker.volunteer
    people = drillers(records)
    if me not in people:
        raise Refusal("Whoever starts a drill takes part: type `drill agree yes` first, then start it.")
    if len(people) < LEAST:
        raise Refusal("A drill takes two people at least. Ask the others to type `drill agree yes`.")
    if records.count(Crisis, stage=Stage.OPEN, drill=True):
        raise Refusal("A drill is going on already. Type `drill end` to end it.")
    plan = current_plan(records)
    known = plan.kind(kind)
    if known is None or known.checklist:
        raise Refusal(f"The plan has no kind “{kind}” to practise.", option="kind")
    said = f"For practice: {known.signs[0] if known.signs else known.name.lower()}"
    hit = _hit(records, people)
    crisis = Crisis(
        context.chance.id(),
        records.count(Crisis) + 1,
        said,
        context.now,
        context.asker.person.id,
        me,
        playbook_id(records),
        kind,
        "S3",
        accounts=tuple(one.id for one in hit),
        drill=True,
        pace=pace,
        people=tuple(people),
    )
    crisis = declare(context, replace(crisis, suspects=suspects_of(records, crisis)))
    if surprises:
        records.wake(SURPRISE, crisis.id, context.now + span(crisis, AFTER))
    return first_card(context, crisis)


def _hit(records: Records, people: list[str]) -> list[Account]:
    """An account of somebody who takes part, one with a backup among them if there is one."""
    found = [one for one in records.find(Account, order="short") if one.live and one.owner in people]
    found.sort(key=lambda one: (one.backup not in people, one.owner == people[0], one.short))
    return found[:1]


def surprise(context: Context, id: str) -> None:
    """The alarm for what nobody expects: somebody can't be reached, or the lead's own login is in doubt."""
    crisis = context.records.get(Crisis, id)
    if crisis is None or not crisis.is_open or not crisis.drill:
        return
    left = [one for one in SURPRISES if f"surprise {one}" not in crisis.events]
    if not left:
        return
    what = left[0]
    crisis = replace(crisis, events={**crisis.events, f"surprise {what}": context.now})
    context.records.put(crisis)
    if what == "absent":
        _absent(context, crisis)
    else:
        _suspect(context, crisis)
    if len(left) > 1:
        context.records.wake(SURPRISE, id, context.now + span(crisis, BETWEEN))


def _absent(context: Context, crisis: Crisis) -> None:
    """Somebody who has a step, and does not lead, is out of reach from now on; the owner of an account, if one is."""
    records = context.records
    spared = (crisis.lead, crisis.by, *crisis.suspects)
    busy = {one for job in open_jobs(records, crisis) for one in job.who} & set(crisis.people) - set(spared)
    owners = {one.owner for one in records.find(Account) if one.live}
    if not busy:
        return
    out = min(busy, key=lambda one: (one not in owners, one))
    tell(
        context.records,
        crisis,
        out,
        f"absent/{out}",
        Card("A surprise", "Please play somebody who can't be reached. Don't answer."),
    )
    known = context.records.get(Receipt, f"{crisis.id}/{out}")
    if known is not None:
        context.records.put(replace(known, answer=Answer.CANT, answered=known.answered or context.now))
        context.records.wake(RECEIPT, known.id, None)
    log(context, crisis, "surprise", f"Surprise: {name_of(context.records, out)} can't be reached", by="", loud=True)
    context.announce(Moved(crisis.id))


def _suspect(context: Context, crisis: Crisis) -> None:
    """The lead's own login is in doubt, where somebody else can lead until they are heard."""
    out = crisis.lead
    if not crisis.backup_lead or crisis.backup_lead in crisis.suspects:
        return
    said = "Your login is in doubt now: what you type does not count until somebody has heard you. Wait for a call."
    tell(context.records, crisis, out, f"suspect/{out}", Card("A surprise", said))
    log(
        context,
        crisis,
        "surprise",
        f"Surprise: the login of {name_of(context.records, out)} is in doubt",
        by="",
        loud=True,
    )
    changed(context, replace(crisis, suspects=tuple(dict.fromkeys((*crisis.suspects, out)))))


def drill_end(context: Context) -> Reply:
    """End the drill: what went well, and what took too long."""
    found = context.records.find(Crisis, stage=Stage.OPEN, drill=True, limit=1)
    if not found:
        raise Refusal("No drill is going on. Type `drill start` to begin one.")
    crisis = found[0]
    me = context.asker.volunteer
    if me not in crisis.people and context.asker.role < Role.COORDINATOR:
        raise Refusal("Only those who take part, or a coordinator, can end the drill.")
    crisis = replace(crisis, lead=me, suspects=tuple(one for one in crisis.suspects if one != me))
    crisis = replace(crisis, people=crisis.people if me in crisis.people else (*crisis.people, me))
    context.records.put(crisis)
    crisis_close(context, True, crisis)
    context.records.wake(SURPRISE, crisis.id, None)
    return outcome(context, crisis)


def outcome(context: Context, crisis: Crisis) -> Reply:
    """What went well and what took too long, step by step."""
    records = context.records
    crisis = records.get(Crisis, crisis.id) or crisis
    jobs = sorted(jobs_of(records, crisis).values(), key=lambda one: (one.due is None, one.due, one.step))
    rows = [_slow(records, crisis, one) for one in jobs if one.told]
    silent = [one for one in records.find(Receipt, crisis=crisis.id) if one.told and not one.has_answered]
    rows += [
        Row(f"{name_of(records, one.volunteer)} did not answer", "Did it ring? Is the number right?") for one in silent
    ]
    well = [one.step for one in jobs if one.done is not None and not one.told]
    blocks: list[Block] = [Facts((("Went well", ", ".join(well) or "the alarm: everybody was told"),))]
    if rows:
        blocks += [Note("What took too long:"), Rows(tuple(rows[:10]), total=len(rows))]
    values = {"crisis": crisis.id}
    controls = (
        Button("Note a lesson", "lesson add", values, Style.PRIMARY),
        Button("See the review", "crisis review", values),
    )
    return reply(crisis, Card("After the drill", figures_words(figures(records, crisis)), tuple(blocks), controls))


def _slow(records: Records, crisis: Crisis, job: Job) -> Row:
    """A step that was late: what it is, by how much, and with whom it was."""
    ended = job.done or crisis.ended or crisis.declared
    who = ", ".join(name_of(records, one) for one in job.who) or "nobody"
    over = minutes_words((ended - job.due) * crisis.pace) if job.due else "some time"
    state = f"Done {over} too late" if job.done else f"Not done, {over} over"
    return Row(step_words(records, crisis, job), f"{state}. It was with {who}.")
