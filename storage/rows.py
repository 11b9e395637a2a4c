"""Records to rows and back: class `HandOver` is table `hand_over`, fields are columns, compiled once a class."""

import re
from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from functools import lru_cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from storage.codec import PLAIN, Change, codec_of, codecs_of, same, to_json

T = TypeVar("T")

REMEMBERED = 512  # rows of each class
COLUMN_TYPES = {int: "integer", bool: "integer", float: "real", bytes: "blob"}  # any other plain value is text


class Column:
    """One field of a record and how its value is kept. `stated` is its type as `storage.schema` states it."""

    def __init__(self, name: str, annotation: Any) -> None:
        self.name = name
        bare, optional = _without_none(annotation)
        self.stated, encode, decode = _kept(bare)
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
        self._held = attrgetter(*self.names) if len(self.names) > 1 else lambda thing: (thing.id,)
        self._encodes = [(place, one.encode) for place, one in enumerate(self._ordered) if one.encode is not same]
        self._decodes = [(place, one.decode) for place, one in enumerate(self._ordered) if one.decode is not same]
        self._make = _maker(kind, self.names)
        # Records can't change, so the same row is the same record: most commands read the same few again and again.
        self.recall: Callable[[tuple[Any, ...]], T] = lru_cache(maxsize=REMEMBERED)(self.thing)

    def values(self, thing: T) -> list[Any]:
        """The columns' values, in the order of `names`."""
        values = list(self._held(thing))
        for place, encode in self._encodes:
            values[place] = encode(values[place])
        return values

    def thing(self, row: Sequence[Any]) -> T:
        """The record that a row holds. ValueError where a value is none that the class knows."""
        values = list(row)
        for place, decode in self._decodes:
            values[place] = decode(values[place])
        return self._make(values)

    def column(self, name: str) -> Column:
        """The column of a field. TypeError where there is no such field."""
        if name not in self.columns:
            raise TypeError(f"{self.kind.__name__} has no field {name!r}, only {', '.join(self.names)}")
        return self.columns[name]


def _maker(kind: type[T], names: tuple[str, ...]) -> Callable[[Sequence[Any]], T]:
    """Makes a record from its fields' values."""
    if hasattr(kind, "__post_init__") or any("__slots__" in vars(each) for each in kind.__mro__):
        return lambda values: kind(**dict(zip(names, values, strict=True)))

    def fill(values: Sequence[Any]) -> T:
        # A frozen class's own __init__ goes the long way round its guard, field by field: half of a read's time.
        thing = object.__new__(kind)
        thing.__dict__.update(zip(names, values))  # noqa: B905 - the row was asked for by these names
        return thing

    return fill


def table_of(kind: type[Any]) -> str:
    """The table of a class: `HandOver` → `hand_over`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def declared(kind: type[Any]) -> dict[str, str]:
    """The columns of a class as `storage.schema.Table` states them, without `id`."""
    return {name: column.stated for name, column in Rows(kind).columns.items() if name != "id"}


def _columns(kind: type[Any]) -> list[Column]:
    if not (isinstance(kind, type) and is_dataclass(kind) and kind.__dataclass_params__.frozen):  # type: ignore[attr-defined]
        raise TypeError(f"{kind} is not a frozen dataclass")
    hints = get_type_hints(kind)
    names = [field.name for field, _ in codecs_of(kind)]
    if names[:1] != ["id"] or hints["id"] is not str or "team" in names:
        raise TypeError(f"{kind.__name__}: a record's first field is `id: str`, and none is called `team`")
    return [Column(name, hints[name]) for name in names]


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) not in (Union, UnionType) or NoneType not in get_args(annotation):
        return annotation, False
    return Union[tuple(one for one in get_args(annotation) if one is not NoneType)], True  # noqa: UP007 - built here


def _kept(annotation: Any) -> tuple[str, Change, Change]:
    """How a plain column holds values of the annotation: its stated type, the way in and the way out."""
    if annotation is bytes:
        return "blob", same, same
    if annotation is bool:
        return "integer", int, bool
    codec = codec_of(annotation)
    if annotation in PLAIN or codec.form == "text":
        return COLUMN_TYPES.get(annotation, "text"), codec.encode, codec.decode
    return "json", *to_json(annotation)


def _or_none(change: Change) -> Change:
    if change is same:
        return same
    return lambda value: None if value is None else change(value)
