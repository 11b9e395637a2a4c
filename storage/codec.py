"""Values as SQLite keeps them, and back. Nested values become readable JSON, by msgspec and the field's annotation.

Times become ISO text in UTC and sort as such; times of day, dates and words become text, bytes inside JSON base64. The
members of a union of classes name their kind in the JSON: `{"type":"Person","id":"slack:T1/U2"}`.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec

Change = Callable[[Any], Any]


def same(value: Any) -> Any:
    """The value itself: SQLite holds it as it is."""
    return value


def moment_text(at: datetime) -> str:
    """An aware time as text of one width, in UTC, so that it sorts: `2026-11-22T09:00:00.000000Z`. Else ValueError."""
    if at.tzinfo is None:
        raise ValueError(f"times are kept in UTC, and {at} has no time zone")
    return _utc_text(at if at.tzinfo is UTC else at.astimezone(UTC))


@lru_cache(maxsize=64)  # one moment, the present, is written several times in a transaction
def _utc_text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")[:26] + "Z"


PLAIN: dict[Any, tuple[str, Change, Change]] = {
    str: ("text", same, same),
    int: ("integer", same, same),
    float: ("real", float, float),
    bool: ("integer", int, bool),
    bytes: ("blob", same, same),
    datetime: ("text", moment_text, datetime.fromisoformat),
    date: ("text", date.isoformat, date.fromisoformat),
    time: ("text", time.isoformat, time.fromisoformat),
}
"""How a column holds a plain value: its type as `storage.schema` states it, the way in and the way out."""


def column_of(annotation: Any) -> tuple[str, Change, Change]:
    """The same for any annotation. TypeError where its values can't be kept."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return "text", str.__str__, _word(annotation)
    return "json", *to_json(annotation)


def to_json(annotation: Any) -> tuple[Callable[[Any], str], Callable[[str], Any]]:
    """A pair of functions for values of that annotation: to JSON text, and back. TypeError where that can't be."""
    decode = msgspec.json.Decoder(annotation).decode
    return lambda value: _encode(value).decode(), decode


_encode = msgspec.json.Encoder(order="deterministic").encode


def _word(kind: type[StrEnum]) -> Change:
    words = {member.value: member for member in kind}

    def decode(raw: str) -> StrEnum:
        try:
            return words[raw]
        except KeyError:
            raise ValueError(f"{raw!r} is no {kind.__name__}") from None

    return decode
