"""What keeps the team's facts right by itself: who can be reached, the agenda in words, the nightly look."""

from dataclasses import replace

from bot.core.chat import Button, Person
from bot.core.router import Context
from bot.topics.team.absence import RETURN, wake_return
from bot.topics.team.codes import tidy_codes
from bot.topics.team.joining import INVITATION, suggested_zone
from bot.topics.team.linking import tidy_handshakes
from bot.topics.team.model import Describe, Described, Guest, Identity, Standing, Sweep, Volunteer
from bot.topics.team.nudging import NUDGE, SWEEP, SWEPT, coordinators, hours_changed, notify, reachable
from bot.topics.team.terms import TERM, wake_term

ASKED_FOR = 60  # days after which a wish to join that nobody answered is forgotten


def unreachable(context: Context, person: Person) -> None:
    """A network takes no direct messages for this person: note it, and tell one coordinator, privately."""
    records = context.records
    identity = records.get(Identity, person.id)
    volunteer = records.get(Volunteer, identity.volunteer) if identity else None
    if volunteer is None or volunteer.standing is not Standing.ACTIVE or volunteer.unreachable_since is not None:
        return
    volunteer = replace(volunteer, unreachable_since=context.now)
    records.put(volunteer)
    hours_changed(context, volunteer)
    others = [one for one in coordinators(records) if one.id != volunteer.id]
    told = next((one for one in others if reachable(one)), others[0] if others else None)
    if told is not None:
        notify(
            context,
            told.id,
            f"unreachable/{volunteer.id}",
            f"My direct messages don't reach {volunteer.name}: they seem to be closed. Could you ask them to open "
            "direct messages and to type `home`?",
            controls=(Button("See the team", "team show"),),
        )


def seen(context: Context) -> None:
    """A volunteer did something: they can be reached again, and their zone is known if the network tells it."""
    volunteer = context.records.get(Volunteer, context.asker.volunteer)
    if volunteer is None:
        return
    zone = volunteer.zone or suggested_zone(context)
    if volunteer.unreachable_since is None and zone == volunteer.zone:
        return
    volunteer = replace(volunteer, unreachable_since=None, zone=zone)
    context.records.put(volunteer)
    hours_changed(context, volunteer)


def describe(context: Context, entry: Describe) -> Described | None:
    """The team's entries of the agenda in words."""
    said = {
        NUDGE: "I write to {} about what waits",
        RETURN: "{} is back",
        TERM: "the end of the term of {} is spoken of",
        INVITATION: "{} is welcomed to the team",
    }.get(entry.alarm)
    volunteer = context.records.get(Volunteer, entry.subject) if said else None
    if said is None or volunteer is None:
        return Described("the nightly look at everything") if entry.alarm == SWEEP else None
    me = entry.alarm == NUDGE and volunteer.id == context.asker.volunteer
    return Described(said.format("you" if me else volunteer.name), (volunteer.id,))


def sweep_team(context: Context, look: Sweep) -> bool:
    """A page of volunteers gets the ends of absences and terms that are missing on the agenda."""
    if look.page == 0:
        tidy_codes(context)
        tidy_handshakes(context)
        _tidy_guests(context)
    page = context.records.find(Volunteer, limit=SWEPT, offset=look.page * SWEPT)
    for volunteer in page:
        if volunteer.standing is not Standing.LEFT:
            wake_term(context, volunteer)
            if not context.records.agenda(alarm=RETURN, subject=volunteer.id):
                wake_return(context, volunteer)
    return len(page) == SWEPT


def _tidy_guests(context: Context) -> None:
    for guest in context.records.find(Guest, order="since", limit=SWEPT):
        if (context.now - guest.since).days >= ASKED_FOR:
            context.records.remove(Guest, guest.id)
