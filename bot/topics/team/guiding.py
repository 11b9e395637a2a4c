"""Setting up, led from step to step: what is still open, and the button that does the next."""

from msgspec import Struct

from bot.core.chat import Block, Button, Card, Control, Note, Reply, Style, Tick, Ticks
from bot.core.router import Context, Role
from bot.topics.accounts.model import Account
from bot.topics.team.model import Standing, Volunteer
from bot.topics.team.nudging import team_of


class Step(Struct, frozen=True):
    """One step of setting up: what it asks for, whether that is known, and the button that asks for it."""

    text: str
    done: bool
    mark: Button


def steps(context: Context) -> list[Step]:
    """All steps in their order, as they stand for the asker and the team."""
    records, team = context.records, team_of(context.records)
    own = records.get(Volunteer, context.asker.volunteer) if context.asker.volunteer else None
    invited = records.count(Volunteer, standing=Standing.INVITED)
    mine = [_own_zone(own), _own_consent(own)] if own else []
    return [
        *mine,
        Step(
            "The team has a channel, and one for trouble.",
            bool(team.channel and team.crisis_channel),
            Button("Choose the channels", "team channels"),
        ),
        Step("I know where the posting policy is.", bool(team.policy), Button("Name the policy", "team set", POLICY)),
        Step(
            "The accounts are in the directory.",
            bool(records.find(Account, limit=1)),
            Button("Add an account", "account add"),
        ),
        Step(
            f"I know who is who: {invited} invited without a person." if invited else "I know who is who.",
            not invited,
            Button("Say who is who", "team match"),
        ),
    ]


POLICY = {"what": "policy"}


def _own_zone(own: Volunteer) -> Step:
    known = f"Your time zone is {own.zone}." if own.zone else "I know your time zone."
    return Step(known, bool(own.zone), Button("Set my time zone", "zone"))


def _own_consent(own: Volunteer) -> Step:
    return Step(
        "You have said whether I may write to you.",
        own.reminders is not None,
        Button("Allow messages, or not", "reminders"),
    )


def next_step(context: Context) -> tuple[Control, ...]:
    """The button of the first step that is open, for who coordinates; nothing once all is set."""
    if context.asker.role < Role.COORDINATOR:
        return ()
    waiting = [step for step in steps(context) if not step.done]
    return tuple(
        Button(f"Next: {_lower(step.mark.label)}", step.mark.command, step.mark.values, Style.PRIMARY)
        for step in waiting[:1]
    )


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def setup_blocks(context: Context) -> tuple[Block, ...]:
    """The steps as a list, each open one with its button."""
    all_steps = steps(context)
    ticks = tuple(Tick(step.text, step.done, None if step.done else step.mark) for step in all_steps)
    return (Ticks(ticks),)


def team_setup(context: Context) -> Reply:
    """Setting up the team: what is done, and what comes next."""
    waiting = [step for step in steps(context) if not step.done]
    said = "All is set. Thank you!" if not waiting else f"{len(waiting)} to go. Take them in any order."
    hint = (Note("Whatever you leave out can be done later: type `team setup`."),) if waiting else ()
    checklist = Button("Coordinator's checklist", "team checklist")
    return Card(
        "Setting up",
        said,
        (*setup_blocks(context), *hint),
        (*next_step(context), Button("See the team", "team show"), checklist),
    )
