"""Opening the database for a command at the terminal: the storage, the engine over it, and the team in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

import storage as storages
from bot.core.chat import Person, Place
from bot.core.engine import Engine
from bot.core.ports import Clock, Records, Storage
from bot.errors import Trouble
from bot.house import KINDS, build
from bot.settings import Settings
from bot.terminal.world import SystemChance, SystemClock, TravellingClock
from bot.topics.team.model import Identity, Standing, TeamRole, Volunteer
from bot.topics.team.nudging import team_of

T = TypeVar("T")
SAMPLE = "sample"  # the mark of a database that holds the sample team; its value is when it was made
ME = "sits here"  # the mark of a sample that keeps which person sits at the console first
CONSOLE = "console"
TERMINAL = Place("console:terminal")
YOU = Person("console:you")  # whoever sits at the terminal of a real team


class Opened(Struct, frozen=True):
    """A database that is open. `team` is empty where there is none yet; `sample` says that it is made up."""

    storage: Storage
    clock: Clock
    engine: Engine
    team: str
    sample: bool

    def read(self, run: Callable[[Records], T]) -> T:
        """Look something up in the team's records."""
        return self.storage.read(self.team, run)

    def zone(self) -> ZoneInfo:
        """The team's time zone."""
        return ZoneInfo(self.read(team_of).zone)

    def people(self) -> list[tuple[Volunteer, Person]]:
        """The active volunteers and the identity that each has, the console's first."""
        return self.read(_people)

    def sitting_here(self) -> Person:
        """Who sits at the terminal, until they say otherwise."""
        me = self.storage.mark(ME)
        return Person(me) if me else YOU


@contextmanager
def opened(
    settings: Settings, *, sample: bool = True, make: bool = False, patience: float | None = None
) -> Iterator[Opened]:
    """Open the database, and close it at the end. With `sample`, the sample team loads into one without a team.

    Raises Trouble where the database can't be used, or isn't there, unless `sample` or `make` says to make it.
    """
    if not (sample or make):
        _needs_file(settings)
    waits = storages.PATIENCE if patience is None else patience
    store = storages.open(settings.database, KINDS, patience=waits)
    try:
        teams = store.tenancy.teams()
        if not teams and sample:
            from bot.terminal.sample import load  # noqa: PLC0415 - on the first start only

            load(store, SystemClock(), SystemChance())
            teams = store.tenancy.teams()
        if len(teams) > 1:
            raise Trouble(f"This database holds {len(teams)} teams; the terminal commands work with a single one.")
        made_up = bool(store.mark(SAMPLE))
        clock = TravellingClock(store) if made_up else SystemClock()
        engine = build(store, clock, SystemChance())
        try:
            yield Opened(store, clock, engine, teams[0] if teams else "", made_up)
        finally:
            engine.close()
    finally:
        store.close()


def _needs_file(settings: Settings) -> None:
    """Raises Trouble where there is no database yet: looking for a team must not leave an empty one behind."""
    file = storages.file_of(settings.database)
    if file is not None and not file.exists():
        raise Trouble(
            f"There is no team here: {file} does not exist. Go to the folder in which Steward runs, or name the file "
            "in STEWARD_DATABASE. To set up a new team, use `steward init`."
        )


def needs_team(found: Opened) -> None:
    """Raises Trouble where the database has no team yet."""
    if not found.team:
        raise Trouble("There is no team in this database yet. `steward init` sets one up.")


def _people(records: Records) -> list[tuple[Volunteer, Person]]:
    identities = sorted(records.find(Identity), key=lambda one: (not one.id.startswith(f"{CONSOLE}:"), one.id))
    first: dict[str, Person] = {}
    for identity in identities:
        first.setdefault(identity.volunteer, Person(identity.id))
    members = sorted(records.find(Volunteer, standing=Standing.ACTIVE), key=_coordinators_first)
    return [(one, first[one.id]) for one in members if one.id in first]


def _coordinators_first(volunteer: Volunteer) -> tuple[bool, str]:
    return volunteer.role is not TeamRole.COORDINATOR, volunteer.name.casefold()
