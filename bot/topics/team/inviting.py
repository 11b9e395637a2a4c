"""What coordinators do about who comes in: invite, match names to people, let people in, open the team."""

from dataclasses import replace

from bot.core.chat import (
    CHOICE_LIMIT,
    Block,
    Button,
    Card,
    Choice,
    Control,
    Message,
    Note,
    Person,
    Reply,
    Row,
    Rows,
    Style,
)
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.team.duties import RoleOffer
from bot.topics.team.joining import INVITATION, come_in, fresh_volunteer, not_them
from bot.topics.team.model import (
    Away,
    Guest,
    Identity,
    Notice,
    Nudging,
    Section,
    Standing,
    TeamRole,
    Volunteer,
    VolunteerUnmatched,
)
from bot.topics.team.nudges import allowed_now, next_slot
from bot.topics.team.nudging import address, hours_changed, hours_of, team_of, unsay
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
    back = Button(f"Take back the invitation of {name[:40]}", "uninvite", {"volunteer": invited.id})
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
        controls=(not_them(invited, person),),
    )


def _picker(context: Context, invited: list[Volunteer], person: Person | None) -> Card:
    """Each invited name with the people who may be it."""
    if not invited:
        return Card("Nobody is invited", "Type `team invite` and a name to invite somebody.")
    asked = known_people(context)
    people = [(person.id, dict(asked).get(person.id, person.id))] if person else asked
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
    blocks: list[Block] = [Rows(rows, total=len(invited))]
    if len(invited) > len(rows):
        blocks.append(Note(f"For another name, type it too: `team match {invited[len(rows)].name}`."))
    return Card("Who is who?", "Choose the person of each invited name.", tuple(blocks))


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
    person = address(context.records, volunteer) if volunteer else None
    if volunteer is None or volunteer.standing is not Standing.ACTIVE or person is None:
        return
    if volunteer.reminders is False or volunteer.unreachable_since is not None:  # said so before it was written
        return
    hours = hours_of(context.records, volunteer)
    sent = (context.records.get(Nudging, volunteer.id) or Nudging(volunteer.id)).sent
    if not allowed_now(hours, volunteer.pace, sent, context.now):
        context.records.wake(INVITATION, volunteer.id, next_slot(hours, volunteer.pace, sent, context.now))
        return
    context.records.put(Nudging(volunteer.id, (*sent, context.now)))
    context.records.send(Message(person, f"welcome/{volunteer.id}/{person.id}", welcome_card(context, volunteer)))


def mismatch(context: Context, volunteer: AVolunteer, person: APerson) -> Reply:
    """Undo a match with one person, as long as the name is still theirs.

    volunteer: the name that was matched to the wrong person
    person: who that is
    """
    identity = context.records.get(Identity, person.id)
    if identity is None or identity.volunteer != volunteer.id:
        raise Refusal(f"That person is not {volunteer.name} any more, so nothing needs to be undone.")
    return team_unmatch(context, volunteer)


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
    forget_waiting(context, volunteer)
    unsay(context, f"joined/{volunteer.id}")
    records.remove(Nudging, volunteer.id)
    invited = Volunteer(volunteer.id, volunteer.name, volunteer.role, term_ends=volunteer.term_ends)
    records.put(invited)
    parts = [part for part in context.announce(VolunteerUnmatched(invited)) if isinstance(part, Section)]
    hours_changed(context, invited)
    return Card(
        "Unmatched",
        f"{volunteer.name} is invited again, and nobody's name now.",
        tuple(block for part in parts for block in part.blocks),
        controls=(Button(f"Match {volunteer.name[:40]} again", "team match", {"invited": volunteer.id}),),
    )


def forget_person(context: Context, volunteer: Volunteer) -> None:
    """Nobody is this volunteer any more: their identities go, and with them what would be written to them."""
    for identity in context.records.find(Identity, volunteer=volunteer.id):
        context.records.remove(Identity, identity.id)
    for alarm in ("nudge", INVITATION):
        context.records.wake(alarm, volunteer.id, None)


def forget_waiting(context: Context, volunteer: Volunteer) -> None:
    """What the person had planned, and what waited for them, is over: absences, notices, an offered role."""
    records = context.records
    for away in records.find(Away, volunteer=volunteer.id):
        records.remove(Away, away.id)
    for notice in records.find(Notice, volunteer=volunteer.id):
        records.remove(Notice, notice.id)
    records.remove(RoleOffer, volunteer.id)


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
