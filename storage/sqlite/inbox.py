"""Deliveries seen before, and words about the database. Each function works within the open transaction of `conn`."""
# ruff: noqa: S608 - names come from classes and from here; every value is bound

import sqlite3
from datetime import datetime

from storage.codec import moment_text

TIDY = 1_000  # deliveries looked at in one call

# Deliveries arrive in order of time, so the oldest rows are the first ones: no index on time is needed.
FORGET = f"""
DELETE FROM inbox WHERE at < ? AND rowid IN (SELECT rowid FROM inbox ORDER BY rowid LIMIT {TIDY})
"""


def note(conn: sqlite3.Connection, team: str, delivery: str, now: datetime) -> bool:
    """Note the delivery; False when it had been noted before."""
    sql = "INSERT INTO inbox (team, delivery, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    return conn.execute(sql, (team, delivery, moment_text(now))).rowcount == 1


def tidy(conn: sqlite3.Connection, before: datetime) -> int:
    """Forget deliveries noted before then, at most 1,000; gives how many."""
    return conn.execute(FORGET, (moment_text(before),)).rowcount


def mark(conn: sqlite3.Connection, name: str) -> str:
    """A word kept about the database as a whole, or an empty string."""
    row = conn.execute("SELECT value FROM mark WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def set_mark(conn: sqlite3.Connection, name: str, value: str) -> None:
    """Keep such a word."""
    sql = "INSERT INTO mark (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    conn.execute(sql, (name, value))
