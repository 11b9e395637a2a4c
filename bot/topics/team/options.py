"""How the team's things are read from words: who asks, a volunteer, a person, a country. Days and times: `whens`."""

import re
from collections.abc import Sequence
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.core.chat import Kind, Person, Request
from bot.core.ports import Records
from bot.core.router import Asker, Context, Option, Role
from bot.core.words import line, shown
from bot.errors import Refusal
from bot.topics.team.hours import country_choices, read_zone
from bot.topics.team.matching import Named, leading, match
from bot.topics.team.model import NO_COUNTRY, CoordinatingGroup, Guest, Identity, Standing, TeamRole, Volunteer
from bot.topics.team.nudging import team_of
from bot.topics.team.whens import ADay, AMoment, APastMoment, ATime, AZone, day_option

__all__ = [
    "COUNTRY",
    "NAME_LIMIT",
    "ROLES",
    "ACountry",
    "ADay",
    "AGuest",
    "AMoment",
    "AName",
    "APastMoment",
    "APerson",
    "ATime",
    "AVolunteer",
    "AZone",
    "AnInvited",
    "day_option",
    "known_people",
    "members",
    "profile_zone",
    "who",
]

NAME_LIMIT = 60  # characters of a volunteer's name
ROLES = {
    TeamRole.COORDINATOR: Role.COORDINATOR,
    TeamRole.VOLUNTEER: Role.VOLUNTEER,
    TeamRole.OBSERVER: Role.OBSERVER,
}
MYSELF = {"me", "myself", "i"}
A_PERSON = re.compile(r"[a-z]+:[^\s:]+")


def who(records: Records, request: Request) -> Asker:
    """What the team knows of who asks: their volunteer, name, role and time zone.

    Who is in the team and holds a role of the network that is mapped to coordinator acts as one.
    """
    person = request.who
    identity = records.get(Identity, person.id)
    volunteer = records.get(Volunteer, identity.volunteer) if identity else None
    if identity is None or volunteer is None or volunteer.standing is not Standing.ACTIVE:
        return Asker(person, zone=_zone(records, request, ""))
    role = ROLES[volunteer.role]
    if role < Role.COORDINATOR and request.groups and _coordinates(records, request):
        role = Role.COORDINATOR
    missed = volunteer.unreachable_since is not None or identity.closed is not None
    return Asker(person, volunteer.id, volunteer.name, role, _zone(records, request, volunteer.zone), missed)


def _zone(records: Records, request: Request, own: str) -> ZoneInfo:
    """The zone that somebody set, else that of their profile, else the team's."""
    return ZoneInfo(own or profile_zone(request) or team_of(records).zone)


def profile_zone(request: Request) -> str:
    """The zone of the asker's profile, where the network tells it and it is one; else an empty string."""
    try:
        return read_zone(request.suggested_zone).key if request.suggested_zone else ""
    except ValueError:
        return ""


def _coordinates(records: Records, request: Request) -> bool:
    """Does the asker hold a role here whose people act as coordinators?"""
    return any(group.id in request.groups for group in records.find(CoordinatingGroup))


def members(records: Records, *standings: Standing) -> list[Volunteer]:
    """The team's people of those standings (active and invited unless told), by name."""
    wanted = standings or (Standing.ACTIVE, Standing.INVITED)
    found = [one for standing in wanted for one in records.find(Volunteer, standing=standing)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def _names(context: Context, *standings: Standing) -> list[Named]:
    return [(one.id, one.name) for one in members(context.records, *standings)]


def _choices(found: Sequence[Named]) -> tuple[tuple[str, str], ...]:
    return tuple(found[:5])


def _ask(text: str, near: Sequence[Named], whom: str) -> Refusal:
    if near:
        names = [(name, name) for _id, name in near]
        return Refusal(f"Whom do you mean by “{shown(text)}”? Please choose.", choices=names[:5])
    return Refusal(f"I don't know {whom} called “{shown(text)}”. Type `team show` to see who is here.")


def _read_volunteer(context: Context, text: str) -> Volunteer:
    records = context.records
    wanted = context.asker.volunteer if text.strip().casefold() in MYSELF else text.strip()
    identity = records.get(Identity, wanted) if A_PERSON.fullmatch(wanted) else None
    known = records.get(Volunteer, identity.volunteer if identity else wanted) if wanted else None
    if known is not None and known.standing is not Standing.LEFT:
        return known
    if known is not None and known.id == wanted:  # an old button names somebody who has left since
        raise Refusal(f"{known.name} is no longer in the team. Type `team show` to see who is here.")
    if A_PERSON.fullmatch(wanted):  # picked or mentioned
        raise Refusal("That person is not in the team yet. Ask them to type `join`, or say who they are: `team match`.")
    found = match(wanted, _names(context))
    volunteer = records.get(Volunteer, found.sure) if found.sure else None
    if volunteer is None:
        raise _ask(text, found.near, "a volunteer")
    return volunteer


def _takes_volunteer(context: Context, words: Sequence[str]) -> int:
    first = words[0] if words else ""
    if first.casefold() in MYSELF or A_PERSON.fullmatch(first) or context.records.get(Volunteer, first) is not None:
        return 1
    return leading(words, _names(context))


def _suggest(names: Sequence[Named], text: str) -> list[tuple[str, str]]:
    """Names that hold what was typed so far. The value is the name too: it is what a person would type."""
    wanted = text.strip().casefold()
    return [(name, name) for _id, name in names if wanted in name.casefold()][:25]


def _suggest_volunteers(context: Context, text: str) -> Sequence[tuple[str, str]]:
    return _suggest(_names(context), text)


VOLUNTEER = Option(_read_volunteer, takes=_takes_volunteer, suggest=_suggest_volunteers, kind=Kind.PERSON)
AVolunteer = Annotated[Volunteer, VOLUNTEER]
"""A member of the team, active or invited: by name, id or person id, or a near and unmistakable name."""


def _read_invited(context: Context, text: str) -> Volunteer:
    known = context.records.get(Volunteer, text.strip())
    if known is not None and known.standing is Standing.INVITED:
        return known
    if known is not None and known.id == text.strip():  # an old button names somebody who was invited then
        what = "has come in meanwhile" if known.standing is Standing.ACTIVE else "is no longer in the team"
        raise Refusal(f"{known.name} {what}. Type `team show` to see who is here.")
    names = _names(context, Standing.INVITED)
    found = match(text, names)
    volunteer = context.records.get(Volunteer, found.sure) if found.sure else None
    if volunteer is None:
        raise _ask(text, found.near, "somebody invited")
    return volunteer


def _takes_invited(context: Context, words: Sequence[str]) -> int:
    if words and context.records.get(Volunteer, words[0]) is not None:
        return 1
    return leading(words, _names(context, Standing.INVITED))


def _suggest_invited(context: Context, text: str) -> Sequence[tuple[str, str]]:
    return _suggest(_names(context, Standing.INVITED), text)


INVITED = Option(_read_invited, takes=_takes_invited, suggest=_suggest_invited, kind=Kind.CHOICE)
AnInvited = Annotated[Volunteer, INVITED]
"""Somebody who was invited and has not come in yet."""


def known_people(context: Context) -> list[Named]:
    """People who asked to join and have no role yet: person id and name, at most 25."""
    return [(one.id, one.name) for one in context.records.find(Guest, order="since", limit=25)]


def _read_person(context: Context, text: str) -> Person:
    wanted = text.strip()
    if A_PERSON.fullmatch(wanted):
        return Person(wanted)
    found = match(wanted, known_people(context))
    if found.sure:
        return Person(found.sure)
    raise Refusal(
        f"I don't know a person called “{shown(text)}”. Ask them to type `join`, or mention them with @.",
        choices=[(name, name) for _id, name in found.near],
    )


def _suggest_people(context: Context, text: str) -> Sequence[tuple[str, str]]:
    wanted = text.strip().casefold()
    return [(id, name) for id, name in known_people(context) if wanted in name.casefold()]


APerson = Annotated[Person, Option(_read_person, suggest=_suggest_people, kind=Kind.PERSON)]
"""Somebody on a chat network, whether the team knows them or not: by id, by mention, or by the name they asked with."""


def _read_guest(context: Context, text: str) -> Guest:
    person = _read_person(context, text)
    guest = context.records.get(Guest, person.id)
    if guest is None:
        raise Refusal("They have not asked to join, or came in meanwhile. Type `team show` to see who is here.")
    return guest


AGuest = Annotated[Guest, Option(_read_guest, suggest=_suggest_people, kind=Kind.CHOICE)]
"""Somebody who asked to join."""


def _read_name(_context: Context, text: str) -> str:
    name = line(text, NAME_LIMIT)
    if not name or not any(sign.isalnum() for sign in name):
        raise Refusal("A name needs a letter or two, for example “regional groups”.")
    return name


def _takes_name(_context: Context, words: Sequence[str]) -> int:
    """All words, but for a role that is said last."""
    roles = {role.value for role in TeamRole}
    return len(words) - 1 if len(words) > 1 and words[-1].casefold() in roles else len(words)


AName = Annotated[str, Option(_read_name, takes=_takes_name)]
"""A name for a volunteer: a person's or a job's."""


SHORT_COUNTRIES = {"uk": "GB", "usa": "US", "america": "US", "england": "GB", "holland": "NL"}
THE_TEAMS = {"team", "team's", "the team's"}
NONE = {"none", "no", "no country", "-"}


def _read_country(_context: Context, text: str) -> str:
    wanted = " ".join(text.replace("_", " ").split()).casefold()
    if wanted in THE_TEAMS:
        return ""
    if wanted in NONE:
        return NO_COUNTRY
    if wanted in SHORT_COUNTRIES:
        return SHORT_COUNTRIES[wanted]
    known = country_choices()
    if code := next((code for code, _name in known if code.casefold() == wanted), ""):
        return code
    found = match(wanted, known)
    if found.sure:
        return found.sure
    raise Refusal(
        f"I don't know the country “{shown(text)}”. Please give its name or code, such as US or Germany.",
        choices=_choices(found.near),
    )


def _takes_country(context: Context, words: Sequence[str]) -> int:
    for count in range(min(len(words), 5), 0, -1):
        try:
            _read_country(context, " ".join(words[:count]))
        except Refusal:
            continue
        return count
    return 0


def _suggest_countries(_context: Context, text: str) -> Sequence[tuple[str, str]]:
    wanted = text.strip().casefold()
    return [(code, name) for code, name in country_choices() if wanted in name.casefold()][:25] if wanted else []


COUNTRY = Option(_read_country, takes=_takes_country, suggest=_suggest_countries)
ACountry = Annotated[str, COUNTRY]
"""A country by name or code, as its ISO code; “team” is empty, “none” is NO_COUNTRY."""
