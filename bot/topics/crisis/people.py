"""Whose a crisis is: who belongs to it, who sees it, whose word counts in it, and which one somebody means."""

from bot.core.ports import Records
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.crisis.model import Crisis, Held, Job, Receipt, Shift, Stage, Turn
from bot.topics.crisis.telling import DRILL
from bot.topics.crisis.versions import plan_of
from bot.topics.team.model import Standing, TeamRole, Volunteer


def open_crises(records: Records) -> list[Crisis]:
    """Those that still go on, the newest first; drills after what is real, checklists last."""
    found = records.find(Crisis, stage=Stage.OPEN, order="-number")
    return sorted(found, key=lambda one: (one.checklist, one.drill))


def people_of(records: Records, crisis: Crisis) -> list[str]:
    """Everybody who belongs to the crisis: its lead, its declarer, who was alarmed, who has or had a part in it."""
    if crisis.drill or crisis.checklist:
        return list(crisis.people)
    found = [crisis.lead, crisis.backup_lead, crisis.by]
    found += [one.volunteer for one in records.find(Receipt, crisis=crisis.id)]
    found += [one.volunteer for one in records.find(Turn, crisis=crisis.id)]
    found += [one.stand_in for one in records.find(Held, crisis=crisis.id)]
    found += [one.given for one in records.find(Job, crisis=crisis.id)]
    found += [who for one in records.find(Shift, crisis=crisis.id) for who in one.people]
    return [one for one in dict.fromkeys(found) if one]


def belongs_to(records: Records, crisis: Crisis, volunteer: str) -> bool:
    """Is this volunteer one of the crisis' people, and not under suspicion?"""
    if not volunteer or volunteer in crisis.suspects:
        return False
    if crisis.drill or crisis.checklist:
        return volunteer in crisis.people
    return volunteer in (crisis.lead, crisis.backup_lead, crisis.by) or _has_part(records, crisis.id, volunteer)


def _has_part(records: Records, id: str, volunteer: str) -> bool:
    """Was this volunteer alarmed, or did they take or get a role, a step, an account or a shift?"""
    return (
        records.get(Receipt, f"{id}/{volunteer}") is not None
        or bool(records.count(Turn, crisis=id, volunteer=volunteer))
        or bool(records.count(Held, crisis=id, stand_in=volunteer))
        or bool(records.count(Job, crisis=id, given=volunteer))
        or any(volunteer in one.people for one in records.find(Shift, crisis=id))
    )


def belongs(context: Context, crisis: Crisis) -> bool:
    """Is the asker one of the crisis' people?"""
    return belongs_to(context.records, crisis, context.asker.volunteer)


def counts(crisis: Crisis, volunteer: str) -> bool:
    """Does what this volunteer's chat account says count? Not while nobody has heard their voice."""
    return bool(volunteer) and volunteer not in crisis.suspects


def is_private(records: Records, crisis: Crisis) -> bool:
    """Is it for its own people only: a drill, a checklist, or a level that the plan keeps private?"""
    return crisis.drill or crisis.checklist or plan_of(records, crisis).is_private(crisis.kind, crisis.level)


def may_see(context: Context, crisis: Crisis) -> bool:
    """May the asker know of it? Its people may; the rest of the team unless its level keeps it among them."""
    if context.asker.volunteer in crisis.suspects or context.asker.role < Role.OBSERVER:
        return False
    return belongs(context, crisis) or not is_private(context.records, crisis)


def seen_by(context: Context, *, ended: bool = False) -> list[Crisis]:
    """The crises that the asker may know of, open ones first."""
    found = open_crises(context.records)
    if ended:
        others = context.records.find(Crisis, order="-number")
        found += [one for one in others if not one.is_open]
    return [one for one in found if may_see(context, one)]


def chosen(context: Context, crisis: Crisis | None, *, ended: bool = False) -> Crisis:
    """The crisis that a command is about: the one named, else the one that the asker is in. Raises Refusal."""
    if context.asker.volunteer and crisis is None:
        under = [one for one in open_crises(context.records) if context.asker.volunteer in one.suspects]
        if under and not seen_by(context):
            raise in_doubt(under[0])
    if crisis is not None:
        if context.asker.volunteer in crisis.suspects:
            raise in_doubt(crisis)
        if not may_see(context, crisis):
            raise Refusal(UNKNOWN)
        if not crisis.is_open and not ended:
            raise Refusal(
                "That is over. Type `crisis list` to see it, or `sos` and what you see if something is wrong."
            )
        return crisis
    found = seen_by(context)
    mine = [one for one in found if belongs(context, one)] or found
    mine = [one for one in mine if not one.checklist] or mine  # a list that is under way is in nobody's way at night
    if not mine and ended:
        mine = [one for one in seen_by(context, ended=True) if belongs(context, one)][:1]
    if not mine:
        raise Refusal("Nothing is going on that I know of. If something is wrong, type `sos` and what you see.")
    if len(mine) > 1:
        raise Refusal(
            "Which one do you mean?",
            option="crisis",
            choices=[(str(one.number), f"{one.number}: {one.said[:50]}") for one in mine[:5]],
        )
    return mine[0]


UNKNOWN = "I don't know that crisis. Type `crisis list` to see those that you may know of."
SUSPECTED = (
    "Until somebody from the team has heard your voice, what you type does not count here: your account may not be in "
    "the right hands. Please phone one of the team, on a number that you know."
)


def in_doubt(crisis: Crisis) -> Refusal:
    """What somebody is told whose word does not count until they are heard; in a drill it says that it is one."""
    return Refusal(f"{DRILL}. {SUSPECTED}" if crisis.drill else SUSPECTED)


def needs_part(context: Context, crisis: Crisis) -> None:
    """Raises Refusal unless the asker is one of the crisis' people and their word counts."""
    if context.asker.volunteer not in crisis.suspects and not may_see(context, crisis):
        raise Refusal(UNKNOWN)
    if not counts(crisis, context.asker.volunteer):
        raise (
            in_doubt(crisis) if context.asker.volunteer else Refusal("That is for the team's volunteers. Type `join`.")
        )
    if not belongs(context, crisis):
        raise Refusal("That is for the people of this crisis. To help, type `crisis take` and a role, such as spotter.")


def needs_lead(context: Context, crisis: Crisis, what: str) -> None:
    """Raises Refusal unless the asker leads, or stands ready to: `what` says what only they may do."""
    needs_part(context, crisis)
    if context.asker.volunteer not in (crisis.lead, crisis.backup_lead):
        lead = context.records.get(Volunteer, crisis.lead)
        who = lead.name if lead else "nobody yet: type `crisis take lead`"
        raise Refusal(f"Only the lead can {what}: that is {who}.")


def active(records: Records, volunteer: str) -> Volunteer | None:
    """The volunteer, if they are in the team and may do something."""
    found = records.get(Volunteer, volunteer) if volunteer else None
    fit = found is not None and found.standing is Standing.ACTIVE and found.role is not TeamRole.OBSERVER
    return found if fit else None
