"""The agenda: what falls due and when. Each function works within the open transaction of `conn`."""

import sqlite3
from datetime import UTC, datetime

from bot.core.ports import Due, Entry
from storage.codec import moment_text

AT_ONCE = moment_text(datetime(1970, 1, 1, tzinfo=UTC))  # the due time of what waits for nothing

WAKE = """
INSERT INTO agenda (team, alarm, subject, at, tries, why) VALUES (?, ?, ?, ?, 0, '')
ON CONFLICT (team, alarm, subject) DO UPDATE SET at = excluded.at, tries = 0, why = ''
WHERE at <> excluded.at OR tries > 0
"""
TAKE = "DELETE FROM agenda WHERE team = ? AND alarm = ? AND subject = ? AND at = ?"
BACK_OFF = """
UPDATE agenda SET at = ?, tries = tries + 1, why = ?
WHERE team = ? AND alarm = ? AND subject = ? AND at = ? AND tries = ?
"""
DUE = (
    "SELECT team, alarm, subject, at, tries FROM agenda WHERE at <= ? ORDER BY at, tries, team, alarm, subject LIMIT ?"
)
NEXT = """
SELECT min(at) FROM (
  SELECT min(at) AS at FROM agenda
  UNION ALL SELECT min(ready) FROM outbox WHERE ready IS NOT NULL
  UNION ALL SELECT min(due) FROM errand)
"""


def wake(conn: sqlite3.Connection, team: str, alarm: str, subject: str, at: datetime | None) -> None:
    """Put the alarm on the agenda, replacing its entry; None takes it off."""
    if at is None:
        conn.execute("DELETE FROM agenda WHERE team = ? AND alarm = ? AND subject = ?", (team, alarm, subject))
    else:
        conn.execute(WAKE, (team, alarm, subject, moment_text(at)))


def entries(
    conn: sqlite3.Connection,
    team: str,
    *,
    alarm: str | None,
    subject: str | None,
    until: datetime | None,
    limit: int | None,
) -> list[Entry]:
    """One team's entries, soonest first; `until` is included."""
    asked = {
        "team = ?": team,
        "alarm = ?": alarm,
        "subject = ?": subject,
        "at <= ?": until and moment_text(until),
    }
    wanted = {condition: value for condition, value in asked.items() if value is not None}
    rows = conn.execute(
        f"SELECT alarm, subject, at FROM agenda WHERE {' AND '.join(wanted)} ORDER BY at, alarm, subject LIMIT ?",  # noqa: S608 - fixed words
        (*wanted.values(), -1 if limit is None else limit),
    )
    return [Entry(alarm, subject, datetime.fromisoformat(at)) for alarm, subject, at in rows]


def due(conn: sqlite3.Connection, now: datetime, limit: int) -> list[Due]:
    """All teams' entries whose time has come, oldest first."""
    rows = conn.execute(DUE, (moment_text(now), limit))
    return [
        Due(team, Entry(alarm, subject, datetime.fromisoformat(at)), tries) for team, alarm, subject, at, tries in rows
    ]


def take(conn: sqlite3.Connection, team: str, entry: Entry) -> bool:
    """Remove the entry, unless it changed meanwhile (then False)."""
    return conn.execute(TAKE, (team, entry.alarm, entry.subject, moment_text(entry.at))).rowcount == 1


def back_off(conn: sqlite3.Connection, due: Due, until: datetime, why: str) -> None:
    """Let the entry wait until then, unless it changed meanwhile."""
    entry = due.entry
    key = (due.team, entry.alarm, entry.subject, moment_text(entry.at), due.tries)
    conn.execute(BACK_OFF, (moment_text(until), why, *key))


def next_due(conn: sqlite3.Connection) -> datetime | None:
    """When the next entry, message or errand falls due: three index look-ups. What waits for nothing says 1970."""
    (at,) = conn.execute(NEXT).fetchone()
    return None if at is None else datetime.fromisoformat(at)
