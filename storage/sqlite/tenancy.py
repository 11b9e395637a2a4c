"""Tenancy: the look-ups across teams. They read the team topic's tables, and find nothing where those lack."""

import sqlite3
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path

from bot.core.chat import Person
from storage.sqlite.trouble import plainly
from storage.sqlite.writer import Writer

COUNT = """
INSERT INTO wrong_code (person, count) VALUES (?, 1) ON CONFLICT (person) DO UPDATE SET count = count + 1
RETURNING count
"""


class SqliteTenancy:
    """Who belongs where. `tables` are the names of the tables that exist."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
        writer: Writer,
        tables: Collection[str],
        path: Path | None,
    ) -> None:
        self._reading = reading
        self._writer = writer
        self._tables = tables
        self._path = path
        self._houses: dict[str, str] = {}

    def teams(self) -> list[str]:
        """Every team's id: those with a record of their own, or with a workspace or server."""
        known = {team for table in ("team", "house") for team in self._teams(table, "1 = 1")}
        return sorted(known)

    def team_at(self, house: str) -> str | None:
        """The team that a workspace or server belongs to (`slack:T1`).

        Every request asks this, and no house ever changes its team: what has been found is remembered.
        """
        if house not in self._houses:
            teams = self._teams("house", "id = ?", house)
            if not teams:
                return None
            self._houses[house] = teams[0]
        return self._houses[house]

    def teams_of(self, person: Person) -> list[str]:
        """The teams in which this person is known."""
        return self._teams("identity", "id = ?", person.id)

    def chosen(self, person: Person) -> str | None:
        """The team for which a person of several chose last to work where no place tells which, or None."""
        return next(iter(self._teams("chosen", "id = ?", person.id, order="at DESC")), None)

    def team_with_code(self, digest: str) -> str | None:
        """The team that gave out the one-time code with this digest."""
        return next(iter(self._teams("code", "id = ?", digest)), None)

    def wrong_code(self, person: Person) -> int:
        """Count one more wrong code typed by this person, for good, and give the count. Durable when it returns."""
        count = self._writer.submit(lambda conn: conn.execute(COUNT, (person.id,)).fetchall()[0][0]).result()
        return int(count)

    def wrong_codes(self, person: Person) -> int:
        """How many wrong codes this person has typed so far."""
        with plainly(self._path), self._reading() as conn:
            row = conn.execute("SELECT count FROM wrong_code WHERE person = ?", (person.id,)).fetchone()
        return int(row[0]) if row else 0

    def _teams(self, table: str, condition: str, *values: str, order: str = "team") -> list[str]:
        if table not in self._tables:
            return []
        with plainly(self._path), self._reading() as conn:
            rows = conn.execute(
                f"SELECT DISTINCT team FROM {table} WHERE {condition} ORDER BY {order}",  # noqa: S608 - fixed words
                values,
            ).fetchall()
        return [team for (team,) in rows]
