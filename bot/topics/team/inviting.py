"""What coordinators do about who comes in: invite, match names to people, let people in, open the team."""

from dataclasses import replace

from bot.core.chat import CHOICE_LIMIT, Button, Card, Choice, Control, Message, Person, Reply, Row, Rows, Style
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.team.joining import INVITATION, come_in, fresh_volunteer
from bot.topics.team.model import Guest, Identity, Nudging, Standing, TeamRole, Volunteer
from bot.topics.team.nudges import allowed_now, next_slot
from bot.topics.team.nudging import hours_of, team_of
from bot.topics.team.options import AGuest, AName, AnInvited, APerson, AVolunteer, known_people, members
from bot.topics.team.welcome import welcome_card


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
    back = Button(f"Take back the invitation of {name[:40]}", "team remove", {"volunteer": invited.id})
    controls: tuple[Control, ...] = (back,)
    if records.count(Guest):
        controls = (Button(f"Match {name[:40]} to a person", "team match", {"invited": invited.id}), *controls)
    return Card(
        "Invited", f"{name} is invited as {_as(role)}. Ask them to type `join` and choose “{name}”.", (), controls
    )


def _as(role: TeamRole) -> str:
    return "an observer" if role is TeamRole.OBSERVER else f"a {role}"


def team_match(context: Context, invited: AnInvited | None = None, person: APerson | None = None) -> Reply:
    """Say which person an invited name is, so that they need not choose it themselves.

    invited: the invited name
    person: the person, by mention, by id, or by the name with which they asked to join
    """
    if invited is None or person is None:
        return _picker(context, [invited] if invited else members(context.records, Standing.INVITED), person)
    _not_known_yet(context, person)
    asked = context.records.get(Guest, person.id) is not None
    card = come_in(context, invited, person)
    _let_know(context, invited.id, person, card, asked=asked)
    return Card(
        "Matched",
        (f"{invited.name} is ", person, " now."),
        controls=(Button(f"That isn't {invited.name[:40]}", "team unmatch", {"volunteer": invited.id}),),
    )


def _picker(context: Context, invited: list[Volunteer], person: Person | None) -> Card:
    """Each invited name with the people who may be it."""
    if not invited:
        return Card("Nobody is invited", "Type `team invite` and a name to invite somebody.")
    people = [(person.id, person.id)] if person else known_people(context)
    if not people:
        names = ", ".join(one.name for one in invited[:CHOICE_LIMIT])
        return Card(
            "Nobody to match yet",
            f"Invited: {names}. Ask them to type `join`, or type for example: "
            f"`team match {invited[0].name} @their-name`.",
        )
    rows = tuple(
        Row(
            one.name,
            controls=(Choice(f"{one.name[:60]} is", "team match", "person", tuple(people), {"invited": one.id}),),
        )
        for one in invited[:10]
    )
    return Card("Who is who?", "Choose the person of each invited name.", (Rows(rows, total=len(invited)),))


def _not_known_yet(context: Context, person: Person) -> None:
    identity = context.records.get(Identity, person.id)
    volunteer = context.records.get(Volunteer, identity.volunteer) if identity else None
    if volunteer is not None:
        raise Refusal(
            f"That person is {volunteer.name} already. If that is wrong, type `team unmatch {volunteer.name}` first.",
            option="person",
        )


def _let_know(context: Context, volunteer_id: str, person: Person, card: Card, *, asked: bool) -> None:
    """Who asked to come in is answered at once; who didn't gets one invitation, at an hour when that is fine."""
    records = context.records
    volunteer = records.get(Volunteer, volunteer_id)
    if volunteer is None:
        return
    if asked:
        records.send(Message(person, f"welcome/{volunteer.id}/{person.id}", card))
    else:
        records.wake(INVITATION, volunteer.id, next_slot(hours_of(records, volunteer), volunteer.pace, (), context.now))


def invitation(context: Context, volunteer_id: str) -> None:
    """The alarm that writes the one invitation to somebody whom a coordinator matched."""
    volunteer = context.records.get(Volunteer, volunteer_id)
    known = context.records.find(Identity, volunteer=volunteer_id, limit=1)
    if volunteer is None or volunteer.standing is not Standing.ACTIVE or not known:
        return
    hours, person = hours_of(context.records, volunteer), Person(known[0].id)
    sent = (context.records.get(Nudging, volunteer.id) or Nudging(volunteer.id)).sent
    if not allowed_now(hours, volunteer.pace, sent, context.now):
        context.records.wake(INVITATION, volunteer.id, next_slot(hours, volunteer.pace, sent, context.now))
        return
    context.records.put(Nudging(volunteer.id, (*sent, context.now)))
    context.records.send(Message(person, f"welcome/{volunteer.id}/{person.id}", welcome_card(context, volunteer)))


def team_unmatch(context: Context, volunteer: AVolunteer) -> Reply:
    """Undo a match: the name is invited again, and the person has no role any more.

    volunteer: the name that was matched to the wrong person
    """
    records = context.records
    if volunteer.standing is Standing.INVITED:
        raise Refusal(f"{volunteer.name} is not matched to anybody.", option="volunteer")
    if volunteer.role is TeamRole.COORDINATOR:
        raise Refusal(
            f"{volunteer.name} is a coordinator. Please take that role back first: "
            f"`team role {volunteer.name} volunteer`.",
            option="volunteer",
        )
    forget_person(context, volunteer)
    records.put(replace(volunteer, standing=Standing.INVITED, joined=None, reminders=None, alarms=None))
    return Card(
        "Unmatched",
        f"{volunteer.name} is invited again, and nobody's name now.",
        controls=(Button(f"Match {volunteer.name[:40]} again", "team match", {"invited": volunteer.id}),),
    )


def forget_person(context: Context, volunteer: Volunteer) -> None:
    """Nobody is this volunteer any more: their identities go, and with them what would be written to them."""
    for identity in context.records.find(Identity, volunteer=volunteer.id):
        context.records.remove(Identity, identity.id)
    for alarm in ("nudge", INVITATION):
        context.records.wake(alarm, volunteer.id, None)


def team_admit(context: Context, guest: AGuest, role: TeamRole = TeamRole.VOLUNTEER) -> Reply:
    """Let somebody in who asked to join.

    guest: the name with which they asked
    role: volunteer, or observer for somebody who only looks on
    """
    person = Person(guest.id)
    _not_known_yet(context, person)
    if role is TeamRole.COORDINATOR:
        raise Refusal("The coordinator's role is offered once somebody is in.", option="role")
    volunteer = fresh_volunteer(context, guest.name, role)
    card = come_in(context, volunteer, person)
    _let_know(context, volunteer.id, person, card, asked=True)
    return Card(
        "They are in",
        f"{volunteer.name} is {_as(role)} now, and I have told them.",
        controls=(Button(f"Remove {volunteer.name[:40]}", "team remove", {"volunteer": volunteer.id}, Style.DANGER),),
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
