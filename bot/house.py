"""How the parts are put together: the topics into the engine, the engine and the adapters into the worker."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.core.chat import Person, Place, Request
from bot.core.engine import Engine
from bot.core.ports import Adapter, Chance, Clock, Storage
from bot.core.router import Alarm, Command, Context, Router
from bot.core.topics import Topics
from bot.core.words import split_words
from bot.errors import Refusal
from bot.topics.accounts import commands as accounts
from bot.topics.crisis import commands as crisis
from bot.topics.drafting import commands as drafting
from bot.topics.home import commands as home
from bot.topics.posting import commands as posting
from bot.topics.team import commands as team
from bot.topics.team.codes import digest
from bot.topics.team.nudging import begin_sweeping, team_of
from bot.topics.team.options import who

if TYPE_CHECKING:
    from bot.core.errands import Run
    from bot.core.worker import Worker

ORDER = (team, accounts, posting, drafting, crisis, home)


def table() -> tuple[tuple[str, tuple[Command, ...]], ...]:
    """Every topic's heading and commands, as help shows them."""
    return (
        ("Home", home.commands(table)),
        ("Accounts", accounts.COMMANDS),
        ("Posting", posting.COMMANDS),
        ("Drafting", drafting.COMMANDS),
        ("Crisis", crisis.COMMANDS),
        ("Team", team.COMMANDS),
    )


def kinds() -> tuple[type[Any], ...]:
    """Every class of record that the topics keep."""
    return (*team.KINDS, *accounts.KINDS, *posting.KINDS, *drafting.KINDS, *crisis.KINDS)


def after() -> Mapping[type, tuple[Callable[[Context, Any], Any], ...]]:
    """What happens after each kind of fact, in topic order."""
    found: dict[type, tuple[Callable[[Context, Any], Any], ...]] = {}
    for topic in ORDER:
        for fact, react in topic.AFTER:
            found[fact] = (*found.get(fact, ()), react)
    return found


def topics() -> Topics:
    """All that the engine needs from the topics."""
    alarms: dict[str, Alarm] = {}
    for topic in ORDER:
        alarms |= topic.ALARMS
    return Topics(
        router=Router(tuple(command for _heading, commands in table() for command in commands)),
        alarms=alarms,
        after=after(),
        who=who,
        called=lambda records: team_of(records).name,
        seen=team.seen,
        unreachable=team.unreachable,
        digest=digest,
    )


KINDS = kinds()
ERRANDS: "Mapping[str, Run]" = {}  # kinds of slow work, by name: a topic that has some adds it here


def build(storage: Storage, clock: Clock, chance: Chance) -> Engine:
    """The engine with every topic in it."""
    return Engine(storage, clock, chance, topics())


def worker_for(engine: Engine, adapters: Mapping[str, Adapter]) -> "Worker":
    """What runs beside the chat networks in `adapters` (by network): alarms, errands, deliveries.

    Every team's nightly sweep is on the agenda from here on, whoever made the team.
    """
    for one in engine.storage.tenancy.teams():
        engine.storage.write(one, lambda records: begin_sweeping(records, engine.clock.now())).result()
    from bot.core.errands import Errands  # noqa: PLC0415 - a single command needs no asyncio, which is slow to load
    from bot.core.pump import Pump  # noqa: PLC0415
    from bot.core.worker import Worker  # noqa: PLC0415

    pump = Pump(engine.storage, engine.clock, adapters, engine.cannot_reach)
    return Worker(engine, pump, Errands(engine.storage, engine.clock, ERRANDS, engine.finish_errand))


def complete(engine: Engine, who: Person, where: Place, line: str) -> list[tuple[str, str]]:
    """(completion of the whole line, label) pairs for a command line that is being typed."""
    router = engine.topics.router
    words = split_words(line)
    typed = "" if not line or line[-1].isspace() else words[-1]
    before = line[: len(line) - len(typed)]
    known = [name for name in router.by_name if len(split_words(before)) < len(name.split())]
    names = [(name, router.by_name[name].help) for name in known if name.startswith(line.lstrip().casefold())]
    if names or not before.strip():
        return names
    request = Request(who, where, text=before)
    try:
        command, given = router.find(request)
    except Refusal:  # nothing to complete in what is not understood yet
        return []
    option = next(iter(command.parameters[len(given) :]), None)
    if option is None:
        return []
    pairs = engine.suggest(Request(who, where, command.name), option.name, typed)
    return [
        (before + (f'"{value}"' if " " in value else value), label)
        for value, label in pairs
        if typed.casefold() in f"{value} {label}".casefold()
    ]
