"""Do the classes of records and the tables agree? Looked at on every start, so that a mistake never reaches data."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from storage.rows import Rows, declared
from storage.shape import SQL_TYPES

COLUMNS = """
SELECT tables.name, columns.name, columns.type, columns."notnull"
FROM pragma_table_list AS tables, pragma_table_info(tables.name) AS columns
WHERE tables.schema = 'main' AND tables.type = 'table' AND tables.strict
"""
KEYS = {"team": "TEXT", "id": "TEXT"}


def check_kinds(conn: sqlite3.Connection, rows: Iterable[Rows[Any]]) -> None:
    """TypeError, naming class and column, unless each class has its table and exactly its fields' columns."""
    made: dict[str, dict[str, str]] = {}
    for table, column, kind, required in conn.execute(COLUMNS):
        made.setdefault(table, {})[column] = kind if required else f"{kind}?"
    for one in rows:
        _check(one, made.get(one.table))


def _check(rows: Rows[Any], made: dict[str, str] | None) -> None:
    wanted = KEYS | {name: _sql(column.stated) for name, column in rows.columns.items()}
    if made == wanted:
        return
    name, advice = rows.kind.__name__, f'state Table("{rows.table}", {declared(rows.kind)}) in storage/tables'
    if made is None:
        raise TypeError(f"{name} has no strict table {rows.table}: {advice}")
    for column in wanted.keys() | made.keys():
        if made.get(column) != wanted.get(column):
            raise TypeError(
                f"{name}.{column} should be {wanted.get(column, 'absent')} in table {rows.table}, "
                f"and is {made.get(column, 'absent')}: {advice}"
            )


def _sql(stated: str) -> str:
    return SQL_TYPES[stated.rstrip("?")] + "?" * stated.endswith("?")
