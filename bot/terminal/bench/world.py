"""A database to measure on: the real storage and engine, two thin commands, as many teams and accounts as asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

import storage as storages
from bot.core.chat import Card, Person, Place, Reply, Request
from bot.core.engine import Engine
from bot.core.ports import Records, Storage
from bot.core.router import Command, Context, Role, Router
from bot.house import KINDS, topics
from bot.terminal.world import SystemChance
from bot.topics.accounts.model import Account, Status
from bot.topics.posting.model import Post
from bot.topics.team.model import House, Identity, Standing, Team, TeamRole, Volunteer

NOON = datetime(2026, 11, 24, 18, tzinfo=UTC)  # a Tuesday, noon in Chicago
AT_ONCE = 2_000  # teams that are made together

Wakes = Callable[[int], datetime]
"""The number of a team → when an alarm rings for it."""


def bench_note(context: Context, post: str) -> Reply:
    """Reads one post and writes it back: what every command does at least.

    post: its id
    """
    found = context.records.get(Post, post)
    if found is None:
        return Card("Missing")
    context.records.put(replace(found, noted=context.now))
    return Card("Noted", found.by)


def bench_look(context: Context, account: str) -> Reply:
    """Reads one account.

    account: its id
    """
    found = context.records.get(Account, account)
    return Card("Found", found.short if found else "")


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        """The moment that it was moved to."""
        return self.time


class World(Struct, frozen=True):
    """An engine over a database of its own."""

    storage: Storage
    engine: Engine
    clock: HandClock

    def request(self, team: int, command: str, account: int, delivery: str) -> Request:
        """A request of the volunteer of that team, about one of its accounts."""
        who, where = Person(f"bench:H{team}/U"), Place(f"bench:H{team}/C")
        values = {"post": f"p{account}"} if command == "bench note" else {"account": f"a{account}"}
        return Request(who, where, command, values, delivery=delivery)


@contextmanager
def world(file: Path, **more: Callable[[Context, str], None]) -> Iterator[World]:
    """Open or make the database in `file`; `more` are alarms by name."""
    store = storages.open(f"sqlite:///{file}", KINDS)
    clock = HandClock()
    commands = (Command(bench_note, Role.VOLUNTEER), Command(bench_look, Role.VOLUNTEER, reads=True))
    known = topics()
    engine = Engine(
        store, clock, SystemChance(), replace(known, router=Router(commands), alarms={**known.alarms, **more})
    )
    try:
        yield World(store, engine, clock)
    finally:
        engine.close()
        store.close()


def add_teams(store: Storage, first: int, count: int, accounts: int = 1, wakes: Wakes | None = None) -> None:
    """Teams with a volunteer and some accounts each; `wakes` says when the alarm `bench` rings for an account."""
    for start in range(first, first + count, AT_ONCE):
        waiting = [
            store.write(f"t{team}", _team(team, accounts, wakes))
            for team in range(start, min(start + AT_ONCE, first + count))
        ]
        for one in waiting:
            one.result()


def _team(team: int, accounts: int, wakes: Wakes | None) -> Callable[[Records], None]:
    def keep(records: Records) -> None:
        records.put(
            Team(f"t{team}", f"Team {team}", "America/Chicago", "US"),
            House(f"bench:H{team}", NOON),
            Volunteer("v0", "Zero", TeamRole.COORDINATOR, Standing.ACTIVE, reminders=True, joined=NOON),
            Identity(f"bench:H{team}/U", "v0"),
        )
        for number in range(accounts):
            records.put(account(number), post(number))
            if wakes:
                records.wake("bench", f"a{number}", wakes(team))

    return keep


def account(number: int) -> Account:
    """One account."""
    return Account(f"a{number}", f"short-{number}", f"Account {number}", "x", status=Status.ACTIVE, owner="v0")


def post(number: int) -> Post:
    """The post of that account."""
    return Post(f"p{number}", f"a{number}", NOON, "v0", NOON)
