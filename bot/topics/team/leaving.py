"""Leaving the team: every account becomes free or is handed over, and the coordinators are told."""

from collections.abc import Mapping

from msgspec.structs import replace

from bot.core.chat import CHOICE_LIMIT, Block, Button, Card, Choice, Control, Reply, Style, Words
from bot.core.router import Context
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.team.facts import Section, VolunteerLeft
from bot.topics.team.model import Standing, TeamRole, Volunteer
from bot.topics.team.nudging import tell_coordinators
from bot.topics.team.options import AVolunteer, members
from bot.topics.team.pairing import forget_person, forget_waiting
from bot.topics.team.roles import keep_a_coordinator, looked_after

SAID = 5  # accounts that the question names


def uninvite(context: Context, volunteer: AVolunteer) -> Reply:
    """Take an invitation back, as long as nobody has come in with it.

    volunteer: the invited name
    """
    if volunteer.standing is not Standing.INVITED:
        raise Refusal(
            f"{volunteer.name} has come in meanwhile, so there is no invitation to take back. To take them off the "
            f"team, type `team remove {volunteer.name}`."
        )
    return team_remove(context, volunteer, sure=True)


def team_remove(context: Context, volunteer: AVolunteer, heir: AVolunteer | None = None, sure: bool = False) -> Reply:
    """Take somebody off the team: their accounts become free, or are offered to an heir.

    volunteer: who leaves
    heir: who is offered their accounts; they become free if left out
    sure: yes, to do it without being asked again
    """
    if volunteer.id == context.asker.volunteer:
        return leave(context, heir)
    keep_a_coordinator(context, volunteer, "removing them")
    if not sure:
        return _ask_about(context, volunteer, heir)
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


def _ask_about(context: Context, volunteer: Volunteer, heir: Volunteer | None) -> Card:
    """The question before somebody else is taken off the team: what becomes of what they look after."""
    _refuse_unfit(heir, volunteer)
    name = shown(volunteer.name)
    sure = {"volunteer": volunteer.id, "sure": "yes", **({"heir": heir.id} if heir else {})}
    controls: tuple[Control, ...] = (Button(f"Remove {name}", "team remove", sure, Style.DANGER),)
    mine = list(dict.fromkeys(account.short for account in looked_after(context, volunteer)))
    said = f"{volunteer.name} looks after no account."
    if mine:
        where = f"offered to {heir.name}" if heir else "offered to their backups, or free for others to claim"
        said = f"{volunteer.name} looks after {_listed(mine)}. What they own is then {where}."
        controls = (*_heirs(context, volunteer, heir, "team remove", {"volunteer": volunteer.id}), *controls)
    return Card(
        f"Remove {volunteer.name}?",
        f"{said} Their settings and what waits for them are forgotten.",
        controls=(*controls, Button(f"Keep {name}", "team show")),
    )


def _listed(shorts: list[str]) -> str:
    more = f" and {len(shorts) - SAID} more" if len(shorts) > SAID else ""
    return ", ".join(shorts[:SAID]) + more


def _heirs(
    context: Context, volunteer: Volunteer, heir: Volunteer | None, command: str, values: Mapping[str, str]
) -> tuple[Control, ...]:
    """To whom it could be handed over, where nobody has been named yet."""
    fit = [one for one in members(context.records, Standing.ACTIVE) if one.role is not TeamRole.OBSERVER]
    others = tuple((one.id, one.name) for one in fit if one.id != volunteer.id)[:CHOICE_LIMIT]
    return (Choice("Hand over to", command, "heir", others, values),) if others and heir is None else ()


def _refuse_unfit(heir: Volunteer | None, volunteer: Volunteer) -> None:
    """Raises Refusal where the heir can't be one."""
    if heir is not None and (heir.id == volunteer.id or heir.role is TeamRole.OBSERVER):
        raise Refusal(f"{heir.name} can't take over. Please name another volunteer.", option="heir")


def _ask(context: Context, volunteer: Volunteer, heir: Volunteer | None) -> Card:
    values = {"sure": "yes", **({"heir": heir.id} if heir else {})}
    controls: tuple[Control, ...] = (Button("Leave the team", "leave", values, Style.DANGER),)
    controls = (*_heirs(context, volunteer, heir, "leave", {}), *controls)
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
    if not merged:
        _refuse_unfit(heir, volunteer)
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
    again = Button(f"Invite {shown(volunteer.name)} again", "team invite", {"name": volunteer.id})
    return Card("Left", said, (*parts, advice), (again,))
