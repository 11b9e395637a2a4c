"""What falls due: that its cost follows what is due, never what exists, and how fast reminders are decided."""

import statistics
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from bot.core.ports import Records
from bot.core.router import Context
from bot.terminal.bench.rows import Row, Target
from bot.terminal.bench.world import NOON, World, account, add_teams, world
from bot.topics.accounts.model import Account
from bot.topics.posting.model import Post
from bot.topics.team.model import Identity, Standing, Team, Volunteer
from bot.topics.team.nudging import NUDGE

NINE = NOON.replace(hour=15)  # nine o'clock in Chicago: the hour at which volunteers are reminded
TEAMS, PEOPLE = 125, 8  # of each team, as many as the first one has
LEASE = timedelta(minutes=2)
FEW, MANY, QUICK_MANY = 1_000, 1_000_000, 100_000
A_TEAM = 20  # accounts of one team
DUE = 1_000
ROUNDS = 9
YEAR = timedelta(days=365)


def rows(scratch: Path, *, quick: bool) -> Iterator[Row]:
    """Every row about what falls due."""
    many = QUICK_MANY if quick else MANY
    with world(scratch / "few.db", bench=look_again) as few, world(scratch / "many.db", bench=look_again) as all_:
        for one, count in ((few, FEW), (all_, many)):
            add_teams(one.storage, 0, count // A_TEAM, A_TEAM, lambda team: NOON + YEAR + timedelta(seconds=team))
        turns = [(_tick(few, FEW, turn), _tick(all_, many, turn)) for turn in range(ROUNDS)]
    base, ours = (statistics.median(times) * 1000 for times in zip(*turns, strict=True))
    yield Row(
        f"tick with {DUE:,} due at {many:,} accounts",
        f"{ours:,.0f} ms; at {FEW:,} accounts {base:,.0f} ms",
        statistics.median(ours / base for base, ours in turns),
        " ×",
        Target(1.3, 1.1, most=True),
    )
    yield _reminders(scratch)


def look_again(context: Context, subject: str) -> None:
    """An alarm that looks at its account and wants to be heard again in a year."""
    if context.records.get(Account, subject):
        context.records.wake("bench", subject, context.now + YEAR)


def _tick(one: World, accounts: int, turn: int) -> float:
    """How long a tick takes that finds 1,000 accounts due: those of 50 teams, spread over all."""
    step = accounts // DUE

    def make_due(records: Records) -> None:
        for number in range(A_TEAM):
            records.wake("bench", f"a{number}", NOON - timedelta(minutes=1))

    for team in range(DUE // A_TEAM):
        one.storage.write(f"t{team * step + turn % step}", make_due).result()
    begun = perf_counter()
    ran = one.engine.tick()
    took = perf_counter() - begun
    if ran != DUE:
        raise AssertionError(f"{ran} alarms ran, not {DUE}")
    return took


def _reminders(scratch: Path) -> Row:
    """A thousand volunteers, each with an account that has been quiet for three weeks, at their hour."""
    wanted = TEAMS * PEOPLE
    with world(scratch / "reminders.db") as one:
        one.clock.time = NINE
        one.storage.write("t0", _quiet_team(0)).result()
        one.engine.tick()  # a first one loads what it needs, such as the calendar of holidays
        for work in [one.storage.write(f"t{team}", _quiet_team(team)) for team in range(1, TEAMS + 1)]:
            work.result()
        one.storage.claim(NINE, LEASE, PEOPLE)
        begun = perf_counter()
        one.engine.tick()
        took = perf_counter() - begun
        queued = len(one.storage.claim(NINE, LEASE, 2 * wanted))
    if queued != wanted:
        raise AssertionError(f"{queued} reminders were queued, not {wanted}")
    return Row(
        "reminders decided and queued",
        f"{wanted:,} in {took:,.2f} s, over {TEAMS} teams",
        wanted / took,
        "/s",
        Target(2_000, 10_000),
    )


def _quiet_team(team: int) -> Callable[[Records], None]:
    def keep(records: Records) -> None:
        records.put(Team(f"t{team}", f"Team {team}", "America/Chicago", "US"))
        for number in range(PEOPLE):
            records.put(
                Volunteer(f"v{number}", f"Volunteer {number}", standing=Standing.ACTIVE, reminders=True, joined=NOON),
                Identity(f"bench:H{team}/U{number}", f"v{number}"),
                replace(account(number), owner=f"v{number}"),
                Post(f"p{number}", f"a{number}", NOON - timedelta(weeks=3), f"v{number}", NOON - timedelta(weeks=3)),
            )
            records.wake(NUDGE, f"v{number}", NINE)

    return keep
