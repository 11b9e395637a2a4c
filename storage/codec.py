"""Values to readable JSON and back, by their annotation: compiled once a class, so that reading stays fast.

Dataclasses become objects of their fields, leaving out a field whose value is its empty default ("", None, (), {});
tuples become lists, times ISO text in UTC, bytes base64. In a union, a dataclass is tagged by its class name:
`{"Person": {"id": "slack:T1/U2"}}`. An annotation that can't be kept is a TypeError when it is compiled.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Change = Callable[[Any], Any]

EMPTY: tuple[Any, ...] = ("", None, (), {}, frozenset())


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of one annotation become JSON values and back.

    `form` is the JSON form that they take (text, number, truth, list, object, null), `type` their class: a union
    tells its members apart by them. `empty` is what `[]` stands for, where a list of any length is kept.
    """

    form: str
    type: type[Any]
    encode: Change
    decode: Change
    empty: Any = None


def same(value: Any) -> Any:
    """The value itself: JSON and SQLite hold it as it is."""
    return value


def moment_text(at: datetime) -> str:
    """An aware time as text of one width, in UTC, so that it sorts: `2026-11-22T09:00:00.000000Z`. Else ValueError."""
    if at.tzinfo is None:
        raise ValueError(f"times are kept in UTC, and {at} has no time zone")
    return _utc_text(at if at.tzinfo is UTC else at.astimezone(UTC))


@lru_cache(maxsize=64)  # one moment, the present, is written several times in a transaction
def _utc_text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")[:26] + "Z"


PLAIN: dict[Any, Codec] = {
    str: Codec("text", str, same, same),
    int: Codec("number", int, same, same),
    float: Codec("number", float, float, float),
    bool: Codec("truth", bool, bool, bool),
    datetime: Codec("text", datetime, moment_text, datetime.fromisoformat),
    date: Codec("text", date, date.isoformat, date.fromisoformat),
    time: Codec("text", time, time.isoformat, time.fromisoformat),
    bytes: Codec("text", bytes, lambda data: base64.b64encode(data).decode(), base64.b64decode),
    NoneType: Codec("null", NoneType, same, same),
}

FORMS = {str: "text", int: "number", float: "number", bool: "truth", list: "list", dict: "object", NoneType: "null"}

_made: dict[type[Any], Codec] = {}
_dumps = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_loads = json.JSONDecoder().raw_decode


def to_json(annotation: Any) -> tuple[Callable[[Any], str], Callable[[str], Any]]:
    """A pair of functions for values of that annotation: to JSON text, and back."""
    codec = codec_of(annotation)
    encode, decode = codec.encode, codec.decode
    if codec.empty is None:
        return lambda value: _dumps(encode(value)), lambda text: decode(_loads(text)[0])
    empty = codec.empty  # most lists are, and then there is nothing to work out
    return (
        lambda value: _dumps(encode(value)) if value else "[]",
        lambda text: empty if text == "[]" else decode(_loads(text)[0]),
    )


def codec_of(annotation: Any) -> Codec:
    """The codec of an annotation. TypeError where there is none."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return _enum(annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _nested(annotation)
    made = _MAKERS.get(get_origin(annotation))
    if made is None:
        raise TypeError(f"{annotation} can't be kept: see storage/codec.py for what can")
    return made(get_args(annotation), annotation)


def _enum(kind: type[StrEnum]) -> Codec:
    words = {member.value: member for member in kind}

    def decode(raw: str) -> StrEnum:
        try:
            return words[raw]
        except KeyError:
            raise ValueError(f"{raw!r} is no {kind.__name__}") from None

    return Codec("text", kind, str.__str__, decode)


def _tuple(arguments: tuple[Any, ...], _: Any) -> Codec:
    if arguments[1:] == (Ellipsis,):
        encode, decode = _ends(codec_of(arguments[0]))
        return Codec("list", tuple, lambda held: [encode(one) for one in held], lambda raw: tuple(map(decode, raw)), ())
    codecs = [codec_of(argument) for argument in arguments]

    def encode_each(value: tuple[Any, ...]) -> list[Any]:
        return [codec.encode(one) for codec, one in zip(codecs, value, strict=True)]

    def decode_each(raw: list[Any]) -> tuple[Any, ...]:
        return tuple(codec.decode(one) for codec, one in zip(codecs, raw, strict=True))

    return Codec("list", tuple, encode_each, decode_each)


def _frozenset(arguments: tuple[Any, ...], _: Any) -> Codec:
    encode, decode = _ends(codec_of(arguments[0]))
    return Codec(
        "list",
        frozenset,
        lambda held: sorted(map(encode, held)),
        lambda raw: frozenset(map(decode, raw)),
        frozenset(),
    )


def _mapping(arguments: tuple[Any, ...], annotation: Any) -> Codec:
    key, value = arguments
    keys, (encode, decode) = codec_of(key), _ends(codec_of(value))
    if keys.form != "text":
        raise TypeError(f"{annotation}: a mapping's keys must be text in JSON")
    return Codec(
        "object",
        dict,
        lambda held: {keys.encode(name): encode(one) for name, one in held.items()},
        lambda raw: {keys.decode(name): decode(one) for name, one in raw.items()},
    )


def _ends(codec: Codec) -> tuple[Change, Change]:
    return codec.encode, codec.decode


def _nested(kind: type[Any]) -> Codec:
    """A dataclass's codec. It may hold itself, so it is registered before its fields are looked at."""
    if kind in _made:
        return _made[kind]
    parts: list[tuple[str, Change, Change, Any]] = []

    def encode(value: Any) -> dict[str, Any]:
        out = {}
        for name, change, _, empty in parts:
            held = getattr(value, name)
            if held != empty or held not in EMPTY:
                out[name] = change(held)
        return out

    def decode(raw: dict[str, Any]) -> Any:
        return kind(**{name: change(raw[name]) for name, _, change, _ in parts if name in raw})

    _made[kind] = Codec("object", kind, encode, decode)
    try:
        parts.extend((field.name, *_ends(codec), _default(field)) for field, codec in codecs_of(kind))
    except TypeError:
        del _made[kind]
        raise
    return _made[kind]


def codecs_of(kind: type[Any]) -> Iterable[tuple["Field[Any]", Codec]]:
    """The fields of a dataclass, each with its codec. TypeError, naming class and field, where one can't be kept."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        if not field.init:
            raise TypeError(f"{kind.__name__}.{field.name} can't be kept: it is not among the arguments of its class")
        try:
            yield field, codec_of(hints[field.name])
        except TypeError as error:
            raise TypeError(f"{kind.__name__}.{field.name}: {error}") from error


def _default(field: "Field[Any]") -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _union(arguments: tuple[Any, ...], annotation: Any) -> Codec:
    """Members are told apart by class on the way out, by JSON form on the way back, dataclasses by their tag."""
    members = [codec_of(argument) for argument in arguments]
    tagged = {member.type.__name__: member for member in members if is_dataclass(member.type)}
    plain = {member.form: member for member in members if not is_dataclass(member.type)}
    if len(tagged) + len(plain) < len(members) or (tagged and "object" in plain):
        raise TypeError(f"{annotation}: two of its members look the same in JSON")
    by_type: dict[type[Any], Change] = {member.type: member.encode for member in plain.values()}
    for name, member in tagged.items():
        by_type[member.type] = _tag(name, member.encode)

    def encode(value: Any) -> Any:
        change = by_type.get(type(value))
        if change is None:
            change = next((by_type[kind] for kind in by_type if isinstance(value, kind)), None)
        if change is None:
            raise TypeError(f"{type(value).__name__} is not one of {annotation}")
        return change(value)

    def decode(raw: Any) -> Any:
        if tagged and type(raw) is dict:
            ((name, held),) = raw.items()
            return tagged[name].decode(held)
        return plain[FORMS[type(raw)]].decode(raw)

    return Codec("union", object, encode, decode)


def _tag(name: str, encode: Change) -> Change:
    return lambda value: {name: encode(value)}


_MAKERS: dict[Any, Callable[[tuple[Any, ...], Any], Codec]] = {
    Union: _union,
    UnionType: _union,
    tuple: _tuple,
    frozenset: _frozenset,
    dict: _mapping,
    Mapping: _mapping,
}
