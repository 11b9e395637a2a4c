"""Leaving the team: every account becomes free or is handed over, and the coordinators are told."""

from dataclasses import replace

from bot.core.chat import Block, Button, Card, Choice, Control, Reply, Style, Words
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.team.inviting import forget_person, forget_waiting
from bot.topics.team.model import Section, Standing, TeamRole, Volunteer, VolunteerLeft
from bot.topics.team.nudging import tell_coordinators
from bot.topics.team.options import AVolunteer, members
from bot.topics.team.roles import keep_a_coordinator


def uninvite(context: Context, volunteer: AVolunteer) -> Reply:
    """Take an invitation back, as long as nobody has come in with it.

    volunteer: the invited name
    """
    if volunteer.standing is not Standing.INVITED:
        raise Refusal(
            f"{volunteer.name} has come in meanwhile, so there is no invitation to take back. To take them off the "
            f"team, type `team remove {volunteer.name}`."
        )
    return team_remove(context, volunteer)


def team_remove(context: Context, volunteer: AVolunteer, heir: AVolunteer | None = None) -> Reply:
    """Take somebody off the team: their accounts become free, or are offered to an heir.

    volunteer: who leaves
    heir: who is offered their accounts; they become free if left out
    """
    if volunteer.id == context.asker.volunteer:
        return leave(context, heir)
    keep_a_coordinator(context, volunteer, "removing them")
    if volunteer.standing is Standing.ACTIVE:
        _tell(context, volunteer)
    parts = depart(context, volunteer, heir)
    return _done(volunteer, parts, f"{volunteer.name} is no longer in the team.")


def leave(context: Context, heir: AVolunteer | None = None, sure: bool = False) -> Reply:
    """Leave the team: your accounts become free, or are offered to somebody whom you name.

    heir: who is offered your accounts; they become free if left out
    sure: yes, to leave without being asked again
    """
    volunteer = context.records.get(Volunteer, context.asker.volunteer)
    if volunteer is None:
        raise Refusal("You are not in the team, so there is nothing to leave.")
    keep_a_coordinator(context, volunteer, "leaving")
    if not sure:
        return _ask(context, volunteer, heir)
    _tell(context, volunteer)
    parts = depart(context, volunteer, heir)
    return Card("Left", "You have left the team. Thank you for all that you did for it.", parts)


def _ask(context: Context, volunteer: Volunteer, heir: Volunteer | None) -> Card:
    others = [one for one in members(context.records, Standing.ACTIVE) if one.id != volunteer.id][:25]
    values = {"sure": "yes", **({"heir": heir.id} if heir else {})}
    controls: tuple[Control, ...] = (Button("Leave the team", "leave", values, Style.DANGER),)
    if others and heir is None:
        controls = (Choice("Hand over to", "leave", "heir", tuple((one.id, one.name) for one in others)), *controls)
    where = f"offered to {heir.name}" if heir else "offered to your backups, or free for others to claim"
    return Card(
        "Leave the team?",
        f"What you look after is then {where}, and I write to you no more. Going on a holiday? Type `away` instead.",
        controls=(*controls, Button("Stay", "home")),
    )


def depart(
    context: Context, volunteer: Volunteer, heir: Volunteer | None, *, merged: bool = False
) -> tuple[Block, ...]:
    """The volunteer has left: gives what later topics have to say about it.

    Raises Refusal where the heir can't be one.
    """
    if heir is not None and not merged and (heir.id == volunteer.id or heir.role is TeamRole.OBSERVER):
        raise Refusal(f"{heir.name} can't take over. Please name another volunteer.", option="heir")
    records = context.records
    forget_person(context, volunteer)
    forget_waiting(context, volunteer)
    for alarm in ("return", "term"):
        records.wake(alarm, volunteer.id, None)
    records.put(replace(volunteer, standing=Standing.LEFT, role=TeamRole.VOLUNTEER, term_ends=None))
    answers = context.announce(VolunteerLeft(volunteer, heir.id if heir else "", merged))
    parts = sorted((one for one in answers if isinstance(one, Section)), key=lambda part: part.weight)
    return tuple(block for part in parts for block in part.blocks)


def _tell(context: Context, volunteer: Volunteer) -> None:
    """Before they leave: a later topic that knows what becomes of their things says so in place of this line."""
    said = f"{volunteer.name} is no longer in the team."
    tell_coordinators(context, f"left/{volunteer.id}", said, besides=context.asker.volunteer)


def _done(volunteer: Volunteer, parts: tuple[Block, ...], said: str) -> Card:
    advice = Words("Please change what they could sign in with, where it is shared with others.")
    again = Button(f"Invite {volunteer.name[:40]} again", "team invite", {"name": volunteer.id})
    return Card("Left", said, (*parts, advice), (again,))
