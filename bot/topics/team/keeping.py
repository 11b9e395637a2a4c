"""What keeps the team's facts right by itself: the agenda in words, and the nightly look."""

from bot.core.router import Context
from bot.topics.team.absence import RETURN, wake_return
from bot.topics.team.codes import tidy_codes
from bot.topics.team.facts import Describe, Described, Sweep
from bot.topics.team.joining import INVITATION
from bot.topics.team.linking import tidy_handshakes
from bot.topics.team.model import Guest, Standing, Volunteer
from bot.topics.team.nudging import NUDGE, SWEEP, SWEPT
from bot.topics.team.reaching import tidy_missed
from bot.topics.team.terms import TERM, wake_term

ASKED_FOR = 60  # days after which a wish to join that nobody answered is forgotten


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
        tidy_missed(context)
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
