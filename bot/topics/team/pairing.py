"""Which person a name in the team is: matched by a coordinator, told to the person, undone where it was wrong."""

from bot.core.chat import CHOICE_LIMIT, Button, Card, Control, Field, Form, Kind, Message, Person, Reply, Row, Rows
from bot.core.pages import page_of, turns
from bot.core.router import Context
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.team.duties import RoleOffer
from bot.topics.team.facts import Section, VolunteerUnmatched
from bot.topics.team.guiding import next_step
from bot.topics.team.joining import INVITATION, come_in, not_them
from bot.topics.team.model import Away, Guest, Identity, Notice, Nudging, Standing, TeamRole, Volunteer
from bot.topics.team.nudges import allowed_now, next_slot
from bot.topics.team.nudging import address, hours_changed, hours_of, unsay
from bot.topics.team.options import AnInvited, APerson, AVolunteer, known_people, members
from bot.topics.team.reaching import forget_missed
from bot.topics.team.welcome import welcome_card


def team_match(
    context: Context, invited: AnInvited | None = None, person: APerson | None = None, page: int = 1
) -> Reply:
    """Say which person an invited name is, so that they need not choose it themselves.

    invited: the invited name
    person: the person, by mention, by id, or by the name with which they asked to join
    page: which page of a long list of invited names
    """
    if person is None or invited is None:
        return _ask_who(context, invited, person) if invited or person else _list(context, page)
    not_known_yet(context, person)
    asked = context.records.get(Guest, person.id) is not None
    card = come_in(context, invited, person)
    let_know(context, invited.id, person, card, asked=asked)
    return Card(
        "Matched",
        (f"{invited.name} is ", person, " now."),
        controls=(not_them(invited, person), *_next(context)),
    )


def _next(context: Context) -> tuple[Control, ...]:
    """The next name without a person, or what comes after that in setting up."""
    left = members(context.records, Standing.INVITED)
    return (who_is(left[0], "Next: who"),) if left else next_step(context)


def who_is(volunteer: Volunteer, asks: str = "Who") -> Button:
    """The button that asks who an invited name is."""
    return Button(f"{asks} is {shown(volunteer.name, 50)}?", "team match", {"invited": volunteer.id})


def _list(context: Context, page: int) -> Card:
    """The invited names, each with the question who it is."""
    invited = members(context.records, Standing.INVITED)
    if not invited:
        return Card("Nobody is invited", "Every name is somebody's. Type `team invite` and a name to invite somebody.")
    shown, first, last = page_of(invited, page)
    rows = tuple(Row(one.name, controls=(who_is(one),)) for one in shown)
    return Card(
        "Who is who?",
        "Say who each invited name is, or ask them to type `join` and to choose theirs.",
        (Rows(rows, first, len(invited)),),
        turns("names", "team match", {}, first, last),
    )


def _ask_who(context: Context, invited: Volunteer | None, person: Person | None) -> Form:
    """The form that asks for the person of a name, or for the name of a person."""
    if invited is not None:
        here = context.where.network
        known = tuple((id, name) for id, name in known_people(context) if Person(id).network == here)
        field = Field(
            "person", "The person", Kind.PERSON, hint="somebody here who is in the team by no name yet", choices=known
        )
        return Form("Who is it?", "team match", (field,), {"invited": invited.id}, f"Who is {invited.name}?")
    names = tuple((one.id, one.name) for one in members(context.records, Standing.INVITED)[:CHOICE_LIMIT])
    if not names:
        raise Refusal("Nobody is invited, so there is no name to choose. Type `team invite` and a name.")
    field = Field("invited", "The invited name", Kind.CHOICE, choices=names)
    return Form("Who is it?", "team match", (field,), {"person": person.id if person else ""})


def not_known_yet(context: Context, person: Person) -> None:
    """Raises Refusal where the person is somebody of the team already."""
    identity = context.records.get(Identity, person.id)
    volunteer = context.records.get(Volunteer, identity.volunteer) if identity else None
    if volunteer is not None:
        raise Refusal(
            f"That person is {volunteer.name} already. If that is wrong, type `team unmatch {volunteer.name}` first.",
            option="person",
        )


def let_know(context: Context, volunteer_id: str, person: Person, card: Card, *, asked: bool) -> None:
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
        controls=(Button(f"Match {shown(volunteer.name)} again", "team match", {"invited": volunteer.id}),),
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
    forget_missed(context, volunteer)
