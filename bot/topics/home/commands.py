"""Home: what a person looks after, what waits for them, and what comes next."""

from collections.abc import Callable

from bot.core.chat import Button, Card, Reply, Rows, Style, Words
from bot.core.router import Alarm, Command, Context, Role
from bot.topics.home.agenda import agenda, coming
from bot.topics.home.helping import Table, help_command
from bot.topics.team.facts import HomeOpened, Section
from bot.topics.team.model import Volunteer
from bot.topics.team.nudging import team_of

ALARMS: dict[str, Alarm] = {}
AFTER: tuple[tuple[type, Callable[..., object]], ...] = ()


def home(context: Context) -> Reply:
    """Your accounts and their state, what waits for you, and what comes next."""
    team = team_of(context.records)
    volunteer = context.records.get(Volunteer, context.asker.volunteer) if context.asker.volunteer else None
    if volunteer is None:
        return Card(
            f"Steward for {team.name}" if team.name else "Steward",
            "I keep track of who looks after which of the team's social media accounts.",
            (Words("You can look up an account. If you are one of the team's volunteers, join it."),),
            (
                Button("Find an account", "find", style=Style.PRIMARY),
                Button("Join the team", "join"),
                Button("Help", "help"),
            ),
        )
    sections = sorted(
        (part for part in context.announce(HomeOpened(volunteer)) if isinstance(part, Section)),
        key=lambda part: part.weight,
    )
    blocks = tuple(block for part in sections for block in part.blocks)
    soon = coming(context)
    next_ones = (Words("What comes next:"), Rows(soon, total=len(soon))) if soon else ()
    controls = tuple(control for part in sections for control in part.controls)
    usual = (Button("All that comes next", "agenda"), Button("Settings", "settings"), Button("Help", "help"))
    empty = () if blocks else (Words("You look after no account yet. Type `accounts nobody` to see which are free."),)
    return Card(
        f"Hello {volunteer.name}", f"Your home in {team.name}.", (*blocks, *empty, *next_ones), (*controls, *usual)
    )


def commands(table: Callable[[], Table]) -> tuple[Command, ...]:
    """This topic's commands; `help` needs the table of all."""
    return (
        Command(home, Role.ANYONE, examples=("home",), reads=True),
        Command(agenda, Role.OBSERVER, examples=("agenda",), reads=True),
        help_command(table),
    )
