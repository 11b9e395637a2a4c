"""Records to rows and back: class `HandOver` is table `hand_over`, fields are columns, compiled once a class."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import astuple, fields

from storage.codec import Change, column_of, same

T = TypeVar("T")

REMEMBERED = 512  # rows of each class


class Column:
    """One field of a record and how its value is kept. `stated` is its type as `storage.schema` states it."""

    def __init__(self, name: str, annotation: Any) -> None:
        self.name = name
        bare, optional = _without_none(annotation)
        self.stated, encode, decode = column_of(bare)
        if optional:
            self.stated += "?"
            encode, decode = _or_none(encode), _or_none(decode)
        self.encode, self.decode = encode, decode


class Rows(Generic[T]):
    """The rows of one class of records. TypeError where the class can't be kept."""

    def __init__(self, kind: type[T]) -> None:
        self.kind = kind
        self.table = table_of(kind)
        self._ordered = _columns(kind)
        self.columns = {column.name: column for column in self._ordered}
        self.names = tuple(self.columns)
        self._encodes = [(place, one.encode) for place, one in enumerate(self._ordered) if one.encode is not same]
        self._decodes = [(place, one.decode) for place, one in enumerate(self._ordered) if one.decode is not same]
        # Records can't change, so the same row is the same record: most commands read the same few again and again.
        self.recall: Callable[[tuple[Any, ...]], T] = lru_cache(maxsize=REMEMBERED)(self.thing)

    def values(self, thing: Any) -> list[Any]:
        """The columns' values, in the order of `names`."""
        values = list(astuple(thing))
        for place, encode in self._encodes:
            values[place] = encode(values[place])
        return values

    def thing(self, row: Sequence[Any]) -> T:
        """The record that a row holds. ValueError where a value is none that the class knows."""
        values = list(row)
        for place, decode in self._decodes:
            values[place] = decode(values[place])
        return self.kind(*values)

    def column(self, name: str) -> Column:
        """The column of a field. TypeError where there is no such field."""
        if name not in self.columns:
            raise TypeError(f"{self.kind.__name__} has no field {name!r}, only {', '.join(self.names)}")
        return self.columns[name]


def table_of(kind: type[Any]) -> str:
    """The table of a class: `HandOver` → `hand_over`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def declared(kind: type[Any]) -> dict[str, str]:
    """The columns of a class as `storage.schema.Table` states them, without `id`."""
    return {name: column.stated for name, column in Rows(kind).columns.items() if name != "id"}


def _columns(kind: type[Any]) -> list[Column]:
    if not (isinstance(kind, type) and issubclass(kind, Struct) and kind.__struct_config__.frozen):
        raise TypeError(f"{kind} is not a frozen Struct")
    held = {field.name: field.type for field in fields(kind)}
    if next(iter(held), "") != "id" or held["id"] is not str or "team" in held:
        raise TypeError(f"{kind.__name__}: a record's first field is `id: str`, and none is called `team`")
    return [_column(kind, name, annotation) for name, annotation in held.items()]


def _column(kind: type[Any], name: str, annotation: Any) -> Column:
    try:
        return Column(name, annotation)
    except TypeError as error:
        raise TypeError(f"{kind.__name__}.{name} can't be kept: {error}") from error


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) not in (Union, UnionType) or NoneType not in get_args(annotation):
        return annotation, False
    return Union[tuple(one for one in get_args(annotation) if one is not NoneType)], True  # noqa: UP007 - built here


def _or_none(change: Change) -> Change:
    if change is same:
        return same
    return lambda value: None if value is None else change(value)
