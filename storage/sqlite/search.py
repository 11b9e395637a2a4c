"""Finding records by the words in them: the index that `storage.shape.Searchable` makes, kept and asked."""
# ruff: noqa: S608 - names come from the schema and from classes; every value is bound

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

COLUMNS = """
SELECT tables.name, columns.name FROM pragma_table_list AS tables, pragma_table_info(tables.name) AS columns
WHERE tables.schema = 'main' AND tables.type = 'virtual' AND columns.name <> 'team' ORDER BY tables.name, columns.cid
"""


def searched(conn: sqlite3.Connection) -> Mapping[str, tuple[str, ...]]:
    """Table → its columns that can be searched."""
    found: dict[str, tuple[str, ...]] = {}
    for text, column in conn.execute(COLUMNS):
        table = text.removesuffix("_text")
        found[table] = (*found.get(table, ()), column)
    return found


class Index:
    """The words of one table's rows."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        self.columns = columns
        found, text = f'"{table}_found"', f'"{table}_text"'
        names = [f'"{column}"' for column in columns]
        self._number = f"SELECT number FROM {found} WHERE team = ? AND id = ?"
        self._add = f"INSERT INTO {found} (team, id) VALUES (?, ?) RETURNING number"
        self._drop = f"DELETE FROM {found} WHERE number = ?"
        self._write = f"INSERT INTO {text} (team, {', '.join(names)}, rowid) VALUES (?{', ?' * len(names)}, ?)"
        self._change = f"UPDATE {text} SET team = ?, {', '.join(f'{name} = ?' for name in names)} WHERE rowid = ?"
        self._wipe = f"DELETE FROM {text} WHERE rowid = ?"
        within = f"SELECT rowid FROM {text} WHERE {text} MATCH ?"
        self.ids = f"SELECT id FROM {found} WHERE number IN ({within}) AND team = ?"

    def keep(self, conn: sqlite3.Connection, team: str, id: str, texts: Sequence[Any]) -> None:
        """The row's words from now on; none takes it out of the index."""
        known = conn.execute(self._number, (team, id)).fetchone()
        if not any(texts):
            if known is not None:
                conn.execute(self._wipe, known)
                conn.execute(self._drop, known)
            return
        (number,) = known or conn.execute(self._add, (team, id)).fetchone()
        conn.execute(self._change if known else self._write, (_word_of(team), *texts, number))


def matching(team: str, words: str) -> str:
    """What FTS5 is asked: every one of the words, or a longer one that begins so; empty where there is no word."""
    typed = (word.replace("\0", " ").replace('"', '""') for word in words.split() if any(map(str.isalnum, word)))
    wanted = " AND ".join(f'"{word}" *' for word in typed)
    return f'team : "{_word_of(team)}" AND - team : ({wanted})' if wanted else ""


def _word_of(team: str) -> str:
    """The team as one word of the index, whatever signs are in its id; SQLite's `hex` gives the same."""
    return team.encode().hex().upper()
