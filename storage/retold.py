"""How JSON of earlier releases is told again, for migrations."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

PARTS = frozenset({"Person", "Place", "Link", "Moment", "Strong"})
CONTROLS = frozenset({"Button", "LinkButton", "Choice"})
BLOCKS = frozenset({"Words", "Facts", "Rows", "Ticks", "Picture", "Note"})


def kinds_inside(db: "Database") -> None:
    """`{"Person": {"id": …}}` becomes `{"type": "Person", "id": …}` in all that is said to people."""
    for table, column in (("outbox", "card"), ("notice", "text"), ("notice", "controls")):
        for row, text in db.execute(f"SELECT rowid, {column} FROM {table}").fetchall():  # noqa: S608 - fixed words
            told = json.dumps(_told(json.loads(text)), ensure_ascii=False)
            db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (told, row))  # noqa: S608


def _told(value: Any) -> Any:
    if isinstance(value, list):
        return [_told(one) for one in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((name, held),) = value.items()
        if name in PARTS | CONTROLS | BLOCKS and isinstance(held, dict):
            return {"type": name, **_told(held)}
    return {name: _told(held) for name, held in value.items()}
