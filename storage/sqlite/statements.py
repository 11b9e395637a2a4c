"""The SQL of a class of records, put together once and kept. Names come from the class, values are always bound."""
# ruff: noqa: S608 - names come from classes and from here; every value is bound

from functools import cache
from typing import Any, Generic, TypeVar

from bot.core.ports import Between
from storage.codec import Change
from storage.rows import Rows
from storage.sqlite.search import Index

T = TypeVar("T")


class Statements(Generic[T]):
    """What `Records` says to SQLite about one class."""

    def __init__(self, kind: type[T]) -> None:
        self.rows = Rows(kind)
        self.table = f'"{self.rows.table}"'
        self.index: Index | None = None  # of its words, where the schema says that they can be searched
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
        self.search = cache(self._search)

    def searched(self) -> Index:
        """The index of its words. TypeError where the schema says of no words that they can be searched."""
        if self.index is None:
            raise TypeError(f"{self.rows.kind.__name__} can't be searched: state Searchable in storage/schema.py")
        return self.index

    def where(self, where: dict[str, Any]) -> tuple[tuple[str, ...], list[Any]]:
        """Conditions and the values that they bind. TypeError where a name is no field."""
        for wanted in where.values():
            if wanted is None or type(wanted) is Between:
                return self._where(where)
        encodes, conditions = self._equal(tuple(where))  # nearly always
        return conditions, [encode(value) for encode, value in zip(encodes, where.values())]  # noqa: B905 - by its names

    def _where(self, where: dict[str, Any]) -> tuple[tuple[str, ...], list[Any]]:
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

    def _equal_to(self, names: tuple[str, ...]) -> tuple[tuple[Change, ...], tuple[str, ...]]:
        columns = [self.rows.column(name) for name in names]
        return tuple(one.encode for one in columns), tuple(f'"{one.name}" = ?' for one in columns)

    def _find(self, conditions: tuple[str, ...], order: str) -> str:
        return f"{_all(self._select, conditions)} {self._in_order(order)} LIMIT ? OFFSET ?"

    def _search(self, order: str) -> str:
        return f"{self._select} AND id IN ({self.searched().ids}) {self._in_order(order)} LIMIT ?"

    def _in_order(self, order: str) -> str:
        name = self.rows.column(order.removeprefix("-")).name
        direction = " DESC" if order.startswith("-") else ""
        ties = "" if name == "id" else ", id"
        return f'ORDER BY "{name}"{direction}{ties}'

    def _count(self, conditions: tuple[str, ...]) -> str:
        return _all(f"SELECT count(*) FROM {self.table} WHERE team = ?", conditions)


def _all(select: str, conditions: tuple[str, ...]) -> str:
    return " AND ".join([select, *conditions])


class Kinds(dict[type[Any], Statements[Any]]):
    """The kinds of records that a storage was opened with. TypeError for any other."""

    def __missing__(self, kind: type[Any]) -> Statements[Any]:
        """Nothing is made up."""
        raise TypeError(f"{kind.__name__} is not among the kinds of records that the storage was opened with")
