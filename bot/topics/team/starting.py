"""The first coordinator, and one who recovers the role: whoever types the code that the terminal printed."""

from datetime import timedelta

from msgspec.structs import replace

from bot.core.chat import CHOICE_LIMIT, Block, Button, Card, Choice, Note, Place, Reply
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.team.codes import good_code, grouped, use_up
from bot.topics.team.guiding import next_step, setup_blocks
from bot.topics.team.joining import NEW, come_in, forget_guest, fresh_volunteer, meant_by
from bot.topics.team.matching import match
from bot.topics.team.model import Code, House, Identity, Purpose, Standing, TeamRole, Volunteer
from bot.topics.team.nudging import SWEEP, coordinators, team_of, tell_coordinators
from bot.topics.team.options import AName, members
from bot.topics.team.roles import consents, make_coordinator
from bot.topics.team.welcome import zone_question


def start(context: Context, code: str, name: AName = "") -> Reply:
    """Begin: the code that Steward printed in its terminal makes you coordinator.

    code: the code, as it was printed; capitals and dashes don't matter
    name: which of the invited names is yours, or `new` if none is
    """
    known = good_code(context, code, Purpose.START)
    _refuse_homeless(context)
    volunteer = _asker(context) or _meant(context, known) or _named(context, code, name)
    if isinstance(volunteer, Card):
        return volunteer
    had_some = bool(coordinators(context.records))
    use_up(context, known)
    if not context.where.homeless:
        context.records.put(House(context.where.house, context.now))
    if not context.records.agenda(alarm=SWEEP, limit=1):
        context.records.wake(SWEEP, "0", context.now + timedelta(days=1))
    waiting = come_in_as(context, volunteer) if volunteer.id != context.asker.volunteer else ()
    volunteer = make_coordinator(context, context.records.get(Volunteer, volunteer.id) or volunteer)
    if had_some:
        said = f"{volunteer.name} is a coordinator now, by the code from the terminal."
        tell_coordinators(context, f"role/{volunteer.id}/answer", said, besides=volunteer.id)
    return _welcome(context, volunteer, waiting)


def _refuse_homeless(context: Context) -> None:
    """Raises Refusal where the code is typed in direct messages and no server of that network is the team's yet."""
    where = context.where
    known = any(Place(house.id).network == where.network for house in context.records.find(House))
    if where.homeless and not known:
        raise Refusal(
            "The code is right. Please type it in a channel of your server, so that I know which server is the team's: "
            "only you see it there, and my answer."
        )


def come_in_as(context: Context, volunteer: Volunteer) -> tuple[Block, ...]:
    """The asker is this volunteer from now on: gives what the welcome says, offers of accounts among it."""
    if volunteer.standing is Standing.ACTIVE:  # recovering the role with another account on the network
        context.records.put(Identity(context.asker.person.id, volunteer.id))
        forget_guest(context, context.asker.person)
        return ()
    return come_in(context, replace(volunteer, role=TeamRole.VOLUNTEER), context.asker.person).blocks


def _asker(context: Context) -> Volunteer | None:
    return context.records.get(Volunteer, context.asker.volunteer) if context.asker.volunteer else None


def _meant(context: Context, code: Code) -> Volunteer | None:
    """For whom the code was printed, where the terminal said so."""
    volunteer = context.records.get(Volunteer, code.volunteer) if code.volunteer else None
    return volunteer if volunteer and volunteer.standing is not Standing.LEFT else None


def _named(context: Context, code: str, name: str) -> Volunteer | Card:
    """The invited name that the asker chose, or somebody new; the question, where it has to be asked."""
    invited = members(context.records, Standing.INVITED)
    chosen = meant_by(context, name, invited)
    if chosen is not None:
        return chosen
    if name.casefold() == NEW or not invited:
        return fresh_volunteer(context, name if name.casefold() != NEW and name else context.request.shown_name)
    if name:
        near = match(name, [(one.name, one.name) for one in invited]).near
        raise Refusal(
            "I don't know that name. Choose one of those invited, or say `new`.",
            option="name",
            choices=(*near[:4], (NEW, "None of these: I am new")),
        )
    shown, names = grouped(code), tuple((one.id, one.name) for one in invited[:CHOICE_LIMIT])
    return Card(
        "Which one are you?",
        "The code is right. These names are in the team already; choose yours.",
        controls=(
            Choice("I am", "start", "name", names, {"code": shown}),
            Button("None of these: I am new", "start", {"code": shown, "name": NEW}),
        ),
    )


def _welcome(context: Context, volunteer: Volunteer, waiting: tuple[Block, ...]) -> Card:
    team = team_of(context.records)
    asker = replace(context.asker, volunteer=volunteer.id, role=Role.COORDINATOR)
    context = replace(context, asker=asker)  # as from the next request on
    return Card(
        "You are the coordinator",
        f"Welcome, {volunteer.name}: {team.name or 'your team'} is ready, and this place belongs to it.",
        (
            Note(
                f"The team's days are those of {team.zone}. This is what I still have to know; leave out what can "
                "wait, and type `team setup` to see it again."
            ),
            *setup_blocks(context),
            *waiting,
        ),
        (
            *(next_step(context) if volunteer.zone else zone_question(team.zone)),
            *consents(volunteer),
            Button("See the team", "team show"),
            Button("Coordinator's checklist", "team checklist"),
        ),
    )
