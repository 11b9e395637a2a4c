"""Commands through the engine, beside SQLite itself with the same statements and a durable commit."""

import sqlite3
import statistics
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.terminal.bench.rows import Row, Target
from bot.terminal.bench.world import NOON, World, add_teams, post, world
from bot.topics.posting.model import Post
from bot.topics.team.model import Identity, Team, Volunteer
from storage.codec import moment_text
from storage.sqlite.statements import Statements

ROUNDS, COUNT, QUICK_COUNT = 5, 1_500, 400
AT_ONCE = 64
MORE = 10  # times as many commands are needed to measure many in flight
STRIDE = 7919  # a prime: the teams are asked in no order
TEAMS, QUICK_TEAMS = 10_000, 2_000


def rows(scratch: Path, *, quick: bool) -> Iterator[Row]:
    """Every row about commands."""
    count = QUICK_COUNT if quick else COUNT
    file = scratch / "commands.db"
    with world(file) as one:
        add_teams(one.storage, 0, 1)
        with closing(raw_connection(file)) as raw:
            yield from _durable(one, raw, count)
        yield _read_only(one, count)
    yield _many_teams(scratch, QUICK_TEAMS if quick else TEAMS, count)


def _durable(one: World, raw: sqlite3.Connection, count: int) -> Iterator[Row]:
    turns = [_durable_turn(one, raw, count, turn) for turn in range(ROUNDS)]
    base, single, many = (statistics.median(rates) for rates in zip(*turns, strict=True))
    ratios = [statistics.median(turn[index] / turn[0] for turn in turns) for index in (1, 2)]
    yield Row(
        "durable command, one in flight",
        f"{single:,.0f}/s; raw sqlite3, the same statements and commit: {base:,.0f}/s",
        ratios[0],
        " ×",
        Target(0.7, 0.9),
    )
    yield Row(
        f"durable commands, {AT_ONCE} in flight",
        f"{many:,.0f}/s; raw sqlite3: {base:,.0f}/s",
        ratios[1],
        " ×",
        Target(3, 10),
    )


def _durable_turn(one: World, raw: sqlite3.Connection, count: int, turn: int) -> tuple[float, float, float]:
    """Commands a second: SQLite by itself, one in flight, many in flight."""
    base = count / sum(_times(lambda number: raw_command(raw, f"raw {turn} {number}"), count))
    single = count / sum(_times(lambda number: _done(one, f"one {turn} {number}"), count))
    begun = perf_counter()
    _many_at_once(one, MORE * count, f"many {turn}")
    return base, single, MORE * count / (perf_counter() - begun)


def _read_only(one: World, count: int) -> Row:
    times = _times(lambda number: one.engine.answer(one.request(0, "bench look", 0, f"r{number}")), count)
    middle = statistics.median(times) * 1000
    return Row("read-only command, p50", f"median of {count:,}", middle, " ms", Target(1, 0.3, most=True))


def _many_teams(scratch: Path, teams: int, count: int) -> Row:
    with world(scratch / "alone.db") as alone, world(scratch / "teams.db") as many:
        add_teams(alone.storage, 0, 1)
        add_teams(many.storage, 0, teams)
        turns = [_teams_turn(alone, many, teams, count, turn) for turn in range(ROUNDS)]
    ratio = statistics.median(spread / single for single, spread in turns)
    single, spread = (statistics.median(times) * 1e6 for times in zip(*turns, strict=True))
    return Row(
        f"command p50 with {teams:,} teams",
        f"{spread:,.0f} µs; with one team {single:,.0f} µs",
        ratio,
        " ×",
        Target(1.2, 1.05, most=True),
    )


def _teams_turn(alone: World, many: World, teams: int, count: int, turn: int) -> tuple[float, float]:
    single = _times(lambda number: _done(alone, f"a {turn} {number}"), count)
    spread = _times(lambda number: _done(many, f"m {turn} {number}", number * STRIDE % teams), count)
    return statistics.median(single), statistics.median(spread)


def _done(one: World, delivery: str, team: int = 0) -> object:
    return one.engine.answer(one.request(team, "bench note", 0, delivery))


def _many_at_once(one: World, count: int, name: str) -> None:
    under_way: deque[Future[Any]] = deque()
    for number in range(count):
        if len(under_way) == AT_ONCE:
            under_way.popleft().result()
        under_way.append(one.engine.handle(one.request(0, "bench note", 0, f"{name} {number}")))
    for one_answer in under_way:
        one_answer.result()


def _times(do: Callable[[int], object], count: int) -> list[float]:
    """How long each of `count` calls takes, in seconds."""
    times = []
    for number in range(count):
        begun = perf_counter()
        do(number)
        times.append(perf_counter() - begun)
    return times


def raw_connection(file: Path) -> sqlite3.Connection:
    """SQLite by itself, committing durably."""
    conn = sqlite3.connect(file, isolation_level=None, cached_statements=512)
    conn.execute("PRAGMA synchronous=FULL")
    return conn


NOTE = "INSERT INTO inbox (team, delivery, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
IDENTITY, VOLUNTEER, TEAM, POST = (Statements(kind) for kind in (Identity, Volunteer, Team, Post))
VALUES = ["t0", *POST.rows.values(post(0))]


def raw_command(conn: sqlite3.Connection, delivery: str) -> None:
    """What `bench note` says to SQLite: the delivery, who asks, the post, and the post again."""
    conn.execute("BEGIN IMMEDIATE")
    conn.execute(NOTE, ("t0", delivery, moment_text(NOON)))
    conn.execute(IDENTITY.get, ("t0", "bench:H0/U")).fetchone()
    conn.execute(VOLUNTEER.get, ("t0", "v0")).fetchone()
    conn.execute(TEAM.get, ("t0", "t0")).fetchone()
    conn.execute(POST.get, ("t0", "p0")).fetchone()
    conn.execute(POST.put, VALUES)
    conn.execute("COMMIT")
