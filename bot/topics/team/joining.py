"""Coming into the team: by invitation, or freely where the coordinator opened it."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.chat import CHOICE_LIMIT, Button, Card, Choice, Person, Reply
from bot.core.router import Context
from bot.core.words import INVISIBLE, shown
from bot.errors import Refusal
from bot.topics.team.facts import VolunteerJoined
from bot.topics.team.matching import match
from bot.topics.team.model import Guest, Identity, Standing, TeamRole, Volunteer
from bot.topics.team.nudging import coordinators, team_of, tell_coordinators, unsay
from bot.topics.team.options import NAME_LIMIT, AName, members, profile_zone
from bot.topics.team.welcome import welcome_card

INVITATION = "invitation"
NEW = "new"  # the word for somebody who is none of those invited


def free_name(wanted: str, taken: set[str]) -> str:
    """The name, cleaned and shortened; with a number behind it where somebody in the team has it already."""
    name = " ".join(INVISIBLE.sub("", wanted).split())[:NAME_LIMIT].strip() or "volunteer"
    known = {one.casefold() for one in taken}
    numbers = (f"{name[: NAME_LIMIT - 5]} {count}" for count in range(2, 10_000))
    return next((one for one in (name, *numbers) if one.casefold() not in known), name)


def come_in(context: Context, volunteer: Volunteer, person: Person) -> Card:
    """The volunteer is this person from now on: gives the welcome card, with what later topics have for them."""
    records = context.records
    own = context.asker.person == person
    volunteer = replace(
        volunteer,
        standing=Standing.ACTIVE,
        joined=context.now,
        zone=volunteer.zone or (profile_zone(context.request) if own else ""),
        unreachable_since=None,
    )
    records.put(volunteer, Identity(person.id, volunteer.id))
    forget_guest(context, person)
    answers = context.announce(VolunteerJoined(volunteer))
    return welcome_card(context, volunteer, answers)


def forget_guest(context: Context, person: Person) -> None:
    """The person has come in, one way or another: nobody need let them in any more."""
    context.records.remove(Guest, person.id)
    unsay(context, f"guest/{person.id}")


def fresh_volunteer(context: Context, name: str, role: TeamRole = TeamRole.VOLUNTEER) -> Volunteer:
    """Somebody new, not kept yet, under a name that nobody in the team has."""
    taken = {one.name for one in members(context.records)}
    return Volunteer(context.chance.id(), free_name(name, taken), role)


def join(context: Context, name: AName = "") -> Reply:
    """Join the team: choose the name under which you were invited.

    name: your name in the team; choose from a list if you leave it out, `new` if it is not there
    """
    records, person = context.records, context.asker.person
    known = records.get(Volunteer, context.asker.volunteer) if context.asker.volunteer else None
    if known is not None:
        return welcome_card(context, known)
    invited = members(records, Standing.INVITED)
    if not name and invited:
        return _who_are_you(context, invited)
    chosen = meant_by(context, name, invited)
    if chosen is not None:
        return _as_invited(context, chosen)
    wanted = context.request.shown_name if name.casefold() in ("", NEW) else name
    if team_of(records).open:
        card = come_in(context, fresh_volunteer(context, wanted), person)
        joined = _joined(context, person)
        tell_coordinators(context, f"joined/{joined.id}", f"{joined.name} has joined the team.", besides=joined.id)
        return card
    return _ask_to_be_let_in(context, wanted)


def meant_by(context: Context, name: str, invited: Sequence[Volunteer]) -> Volunteer | None:
    """Who of those invited is meant, by id or by name; None for `new` and for a name that is nobody's.

    Raises Refusal where somebody else has chosen that one meanwhile: an older list still shows it.
    """
    if name.casefold() == NEW:
        return None
    sure = match(name, [(one.id, one.name) for one in invited]).sure
    chosen = next((one for one in invited if one.id in (name, sure)), None)
    gone = context.records.get(Volunteer, name) if chosen is None and name else None
    if gone is not None:
        raise Refusal(
            f"{gone.name} is not free any more: somebody has chosen that name, or it was taken back. If it is yours, "
            "please tell a coordinator.",
            option="name",
            choices=(*((one.name, one.name) for one in invited[:4]), (NEW, "None of these: I am new")),
        )
    return chosen


def _joined(context: Context, person: Person) -> Volunteer:
    identity = context.records.get(Identity, person.id)
    volunteer = context.records.get(Volunteer, identity.volunteer) if identity else None
    if volunteer is None:
        raise LookupError(f"{person.id} has just joined, and is not there")
    return volunteer


def _who_are_you(context: Context, invited: list[Volunteer]) -> Card:
    team = team_of(context.records)
    more = "" if len(invited) <= CHOICE_LIMIT else " If yours is not in the list, type `join` and your name."
    return Card(
        "Join the team",
        f"These names are invited to {team.name or 'the team'}. Which one is you?{more}",
        controls=(
            Choice("I am", "join", "name", tuple((one.id, one.name) for one in invited[:CHOICE_LIMIT])),
            Button("None of these: I am new", "join", {"name": NEW}),
        ),
    )


def _as_invited(context: Context, chosen: Volunteer) -> Card:
    """The coordinator's role is never taken by choosing a name: it is offered and accepted."""
    role = TeamRole.VOLUNTEER if chosen.role is TeamRole.COORDINATOR else chosen.role
    chosen = replace(chosen, role=role)
    card = come_in(context, chosen, context.asker.person)
    shown = context.request.shown_name
    known_as = f" as “{free_name(shown, set())}”" if shown and shown.casefold() != chosen.name.casefold() else ""
    tell_coordinators(
        context,
        f"joined/{chosen.id}",
        (f"{chosen.name} has joined; the person is known{known_as} here: ", context.asker.person, "."),
        controls=(not_them(chosen, context.asker.person),),
        besides=chosen.id,
    )
    return card


def not_them(volunteer: Volunteer, person: Person) -> Button:
    """The button that undoes a match; pressed later on, it undoes none with anybody else."""
    return Button(f"That isn't {shown(volunteer.name)}", "mismatch", {"volunteer": volunteer.id, "person": person.id})


def _ask_to_be_let_in(context: Context, wanted: str) -> Card:
    guest = Guest(context.asker.person.id, free_name(wanted, set()), context.now)
    context.records.put(guest)
    tell_coordinators(
        context,
        f"guest/{guest.id}",
        (f"{guest.name} (", context.asker.person, ") would like to join the team."),
        controls=(Button(f"Let {shown(guest.name)} in", "team admit", {"guest": guest.id}),),
    )
    if not coordinators(context.records):
        return Card(
            "Nearly there",
            f"The team has no coordinator yet. Whoever becomes one sees that {guest.name} would like to come in, and I "
            "write to you when you can. Until then you can use `find` and `help`.",
            controls=(Button("Find an account", "find"),),
        )
    return Card(
        "I have asked the coordinator",
        f"The team is joined by invitation. I have passed on that {guest.name} would like to come in, and will write "
        "to you when you can. Until then you can use `find` and `help`.",
        controls=(Button("Find an account", "find"),),
    )
