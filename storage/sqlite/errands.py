"""Errands: slow work that waits for a worker. Each function works within the open transaction of `conn`."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.core.ports import Errand, Job
from storage.codec import moment_text, to_json
from storage.sqlite.agenda import AT_ONCE

CLAIM = """
UPDATE errand SET due = ?, tries = tries + 1
WHERE rowid IN (SELECT rowid FROM errand WHERE due <= ? ORDER BY due, rowid LIMIT ?)
RETURNING rowid, team, id, kind, input, tries - 1
"""

_write, _read = to_json(Mapping[str, str])


def queue(conn: sqlite3.Connection, team: str, errand: Errand) -> None:
    """Queue an errand; one with this id that still waits is the same errand."""
    conn.execute(
        "INSERT INTO errand (team, id, kind, input, due, tries, why) VALUES (?, ?, ?, ?, ?, 0, '') "
        "ON CONFLICT (team, id) DO NOTHING",
        (team, errand.id, errand.kind, _write(errand.values), AT_ONCE),
    )


def claim(conn: sqlite3.Connection, now: datetime, lease: timedelta, limit: int) -> list[Job]:
    """Errands to run, the longest waiting first; also claimed ones whose lease ran out."""
    rows = conn.execute(CLAIM, (moment_text(now + lease), moment_text(now), limit)).fetchall()
    return [Job(team, Errand(id, kind, _read(values)), tries) for _, team, id, kind, values, tries in sorted(rows)]


def done(conn: sqlite3.Connection, team: str, errand: Errand) -> bool:
    """Remove it; False where that had been done."""
    return conn.execute("DELETE FROM errand WHERE team = ? AND id = ?", (team, errand.id)).rowcount == 1


def postpone(conn: sqlite3.Connection, job: Job, until: datetime, why: str) -> None:
    """Again at `until`, unless another worker has claimed it meanwhile."""
    conn.execute(
        "UPDATE errand SET due = ?, why = ? WHERE team = ? AND id = ? AND tries = ?",
        (moment_text(until), why, job.team, job.errand.id, job.tries + 1),
    )
