"""The SQL of a class of records, put together once and kept. Names come from the class, values are always bound."""
# ruff: noqa: S608 - names come from classes and from here; every value is bound

from functools import cache
from typing import Any, Generic, TypeVar

from bot.core.ports import Between
from storage.rows import Rows

T = TypeVar("T")


class Statements(Generic[T]):
    """What `Records` says to SQLite about one class."""

    def __init__(self, kind: type[T]) -> None:
        self.rows = Rows(kind)
        self.table = f'"{self.rows.table}"'
        names = [f'"{name}"' for name in self.rows.names]
        self._select = f"SELECT {', '.join(names)} FROM {self.table} WHERE team = ?"
        self.get = f"{self._select} AND id = ?"
        self.remove = f"DELETE FROM {self.table} WHERE team = ? AND id = ?"
        changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        self.put = (
            f"INSERT INTO {self.table} (team, {', '.join(names)}) VALUES (?{', ?' * len(names)}) "
            f"ON CONFLICT (team, id) DO {f'UPDATE SET {changes}' if changes else 'NOTHING'}"
        )
        self._equal = cache(self._equal_to)
        self.find = cache(self._find)
        self.count = cache(self._count)

    def where(self, where: dict[str, Any]) -> tuple[tuple[str, ...], list[Any]]:
        """Conditions and the values that they bind. TypeError where a name is no field."""
        if not any(wanted is None or isinstance(wanted, Between) for wanted in where.values()):  # nearly always
            return self._equal(tuple(where)), [self.rows.columns[name].encode(where[name]) for name in where]
        conditions: list[str] = []
        values: list[Any] = []
        for name, wanted in where.items():
            column = self.rows.column(name)
            if wanted is None:
                conditions.append(f'"{name}" IS NULL')
            elif isinstance(wanted, Between):
                for sign, side in ((">=", wanted.low), ("<", wanted.high)):
                    if side is not None:
                        conditions.append(f'"{name}" {sign} ?')
                        values.append(column.encode(side))
            else:
                conditions.append(f'"{name}" = ?')
                values.append(column.encode(wanted))
        return tuple(conditions), values

    def _equal_to(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f'"{self.rows.column(name).name}" = ?' for name in names)

    def _find(self, conditions: tuple[str, ...], order: str) -> str:
        name = self.rows.column(order.removeprefix("-")).name
        direction = " DESC" if order.startswith("-") else ""
        ties = "" if name == "id" else ", id"
        return f'{_all(self._select, conditions)} ORDER BY "{name}"{direction}{ties} LIMIT ? OFFSET ?'

    def _count(self, conditions: tuple[str, ...]) -> str:
        return _all(f"SELECT count(*) FROM {self.table} WHERE team = ?", conditions)


def _all(select: str, conditions: tuple[str, ...]) -> str:
    return " AND ".join([select, *conditions])


class Kinds(dict[type[Any], Statements[Any]]):
    """The kinds of records that a storage was opened with. TypeError for any other."""

    def __missing__(self, kind: type[Any]) -> Statements[Any]:
        """Nothing is made up."""
        raise TypeError(f"{kind.__name__} is not among the kinds of records that the storage was opened with")
