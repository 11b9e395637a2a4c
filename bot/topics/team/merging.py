"""Two volunteers who turn out to be one human."""

from msgspec.structs import replace

from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.team.leaving import depart
from bot.topics.team.model import Away, Identity, Missed, Notice, Nudging, TeamRole, Volunteer
from bot.topics.team.nudging import coordinators, hours_changed
from bot.topics.team.options import ROLES
from bot.topics.team.roles import looked_after


def lower_role(one: TeamRole, other: TeamRole) -> TeamRole:
    """The role that allows less."""
    return min(one, other, key=lambda role: ROLES[role])


def stricter(one: bool | None, other: bool | None) -> bool | None:
    """A consent of two: a no of either holds, then what was answered at all."""
    if one is False or other is False:
        return False
    return other if one is None else one


def may_merge(context: Context, kept: Volunteer, other_id: str) -> None:
    """Raises Refusal where the lower role would leave the team without a coordinator, or accounts with an observer."""
    other = context.records.get(Volunteer, other_id)
    if other is None or lower_role(kept.role, other.role) is TeamRole.COORDINATOR:
        return
    mine = [*looked_after(context, kept), *looked_after(context, other)]
    if mine and lower_role(kept.role, other.role) is TeamRole.OBSERVER:
        observer = kept if kept.role is TeamRole.OBSERVER else other
        raise Refusal(
            f"{kept.name} and {other.name} would become one with the lower of their roles, and an observer looks after "
            f"no account; there is {mine[0].short}. Please ask a coordinator to type "
            f"`team role {observer.name} volunteer` first."
        )
    if all(one.id in (kept.id, other.id) for one in coordinators(context.records)):
        raise Refusal(
            f"{kept.name} and {other.name} would become one with the lower of their roles, and the team would have no "
            "coordinator. Offer the role to the other one of them first: `team coordinator offer` and the name."
        )


def merge(context: Context, kept: Volunteer, gone: Volunteer) -> Volunteer:
    """Two volunteers turn out to be one human: what the second one has moves to the first, in the lower role."""
    may_merge(context, kept, gone.id)
    records = context.records
    role = lower_role(kept.role, gone.role)
    merged = replace(
        kept,
        role=role,
        reminders=stricter(kept.reminders, gone.reminders),
        alarms=stricter(kept.alarms, gone.alarms),
        mention=kept.mention and gone.mention,
        term_ends=min((one for one in (kept.term_ends, gone.term_ends) if one), default=None),
    )
    sent = {at for id in (kept.id, gone.id) if (past := records.get(Nudging, id)) for at in past.sent}
    records.put(merged, Nudging(kept.id, tuple(sorted(sent))))
    for away in records.find(Away, volunteer=gone.id):
        records.put(replace(away, volunteer=kept.id))
    for notice in records.find(Notice, volunteer=gone.id):
        records.put(replace(notice, volunteer=kept.id))
    for missed in records.find(Missed, volunteer=gone.id):
        records.put(replace(missed, volunteer=kept.id))
    identities = records.find(Identity, volunteer=gone.id)
    depart(context, gone, merged, merged=True)
    records.put(*(Identity(one.id, kept.id) for one in identities))
    hours_changed(context, merged)
    return merged
