"""What coordinators do about who comes in: invite, let people in, open the team."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Person, Reply, Style
from bot.core.router import Context
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.team.joining import come_in, fresh_volunteer
from bot.topics.team.model import Standing, TeamRole, Volunteer
from bot.topics.team.nudging import team_of
from bot.topics.team.options import AGuest, AName, members
from bot.topics.team.pairing import let_know, not_known_yet, who_is


def team_invite(context: Context, name: AName, role: TeamRole = TeamRole.VOLUNTEER) -> Reply:
    """Invite somebody: they come in by typing `join` and choosing this name.

    name: what the team calls them: a name or a job, such as regional groups
    role: volunteer, or observer for somebody who only looks on
    """
    records = context.records
    if role is TeamRole.COORDINATOR:
        raise Refusal(
            "The coordinator's role is offered once somebody is in: `team coordinator offer` and their name.",
            option="role",
            choices=(("volunteer", "As a volunteer"), ("observer", "As an observer")),
        )
    for one in members(records):
        if one.name.casefold() == name.casefold():
            raise Refusal(f"{one.name} is in the team already. Please choose another name.", option="name")
    left = [one for one in members(records, Standing.LEFT) if name == one.id or name.casefold() == one.name.casefold()]
    known = left[0] if left else Volunteer(context.chance.id(), name)
    name = known.name
    invited = replace(known, role=role, standing=Standing.INVITED, joined=None, term_ends=None)
    records.put(invited)
    back = Button(f"Take back the invitation of {shown(name)}", "uninvite", {"volunteer": invited.id})
    controls: tuple[Control, ...] = (who_is(invited), back)
    return Card(
        "Invited", f"{name} is invited as {_as(role)}. Ask them to type `join` and choose “{name}”.", (), controls
    )


def _as(role: TeamRole) -> str:
    return "an observer" if role is TeamRole.OBSERVER else f"a {role}"


def team_admit(context: Context, guest: AGuest, role: TeamRole = TeamRole.VOLUNTEER) -> Reply:
    """Let somebody in who asked to join.

    guest: the name with which they asked
    role: volunteer, or observer for somebody who only looks on
    """
    person = Person(guest.id)
    not_known_yet(context, person)
    if role is TeamRole.COORDINATOR:
        raise Refusal("The coordinator's role is offered once somebody is in.", option="role")
    volunteer = fresh_volunteer(context, guest.name, role)
    card = come_in(context, volunteer, person)
    let_know(context, volunteer.id, person, card, asked=True)
    return Card(
        "They are in",
        f"{volunteer.name} is {_as(role)} now, and I have told them.",
        controls=(Button(f"Remove {shown(volunteer.name)}", "team remove", {"volunteer": volunteer.id}, Style.DANGER),),
    )


def team_open(context: Context, open: bool) -> Reply:
    """Decide whether anybody here may join, or only those who are invited.

    open: yes, and anybody may join; no, and it takes an invitation
    """
    team = team_of(context.records)
    context.records.put(replace(team, open=open))
    said = "Anybody here may join now: by typing `join`." if open else "Joining takes an invitation now."
    undo = Button(
        "Undo: by invitation" if open else "Undo: open to all", "team open", {"open": "no" if open else "yes"}
    )
    return Card("Joining", said, controls=() if open == team.open else (undo,))
