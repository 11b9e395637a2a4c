"""Example records, their tables, and small makers that the storage tests share."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct, field

from bot.core.chat import Card, Message, Person, Place, Text
from storage.schema import MIGRATIONS, Migration, Searchable, Table

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Mood(StrEnum):
    CALM = "calm"
    BUSY = "busy"


class Step(Struct, frozen=True):
    """A nested value, which may hold others of its kind."""

    text: str
    done: bool = False
    at: datetime | None = None
    parts: tuple["Step", ...] = ()


class Pet(Struct, frozen=True):
    """The record of most tests."""

    id: str
    name: str = ""
    age: int = 0
    born: datetime | None = None
    mood: Mood = Mood.CALM


class ShowCase(Struct, frozen=True):
    """One field of every sort that can be kept."""

    id: str
    text: str
    whole: int
    real: float
    truth: bool
    moment: datetime
    day: date
    hour: time
    mood: Mood
    raw: bytes
    maybe_text: str | None
    maybe_whole: int | None
    maybe_real: float | None
    maybe_truth: bool | None
    maybe_moment: datetime | None
    maybe_mood: Mood | None
    words: tuple[str, ...]
    pair: tuple[str, int]
    moods: frozenset[Mood]
    by_name: Mapping[str, int]
    by_mood: dict[Mood, tuple[date, ...]]
    step: Step
    maybe_step: Step | None
    whom: Person | Place
    said: Text
    mixed: tuple[str | int | bool | Step | None, ...]
    moments: tuple[datetime, ...] = ()
    picture: tuple[bytes, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


class Slotted(Struct, frozen=True):
    """A record whose class is written another way."""

    id: str
    order: int
    group: str | None = None


class Bare(Struct, frozen=True):
    """A record that is there or not."""

    id: str


class House(Struct, frozen=True):
    id: str


class Identity(Struct, frozen=True):
    id: str
    volunteer: str


class Code(Struct, frozen=True):
    id: str


class Chosen(Struct, frozen=True):
    id: str
    at: datetime


KINDS = (Pet, ShowCase, Slotted, Bare, House, Identity, Code, Chosen)

EXAMPLES = Migration(
    "examples for the tests",
    Table(
        "pet",
        {"name": "text", "age": "integer", "born": "text?", "mood": "text"},
        index=("name", "mood, age"),
    ),
    Table(
        "show_case",
        {
            "text": "text",
            "whole": "integer",
            "real": "real",
            "truth": "integer",
            "moment": "text",
            "day": "text",
            "hour": "text",
            "mood": "text",
            "raw": "blob",
            "maybe_text": "text?",
            "maybe_whole": "integer?",
            "maybe_real": "real?",
            "maybe_truth": "integer?",
            "maybe_moment": "text?",
            "maybe_mood": "text?",
            "words": "json",
            "pair": "json",
            "moods": "json",
            "by_name": "json",
            "by_mood": "json",
            "step": "json",
            "maybe_step": "json?",
            "whom": "json",
            "said": "json",
            "mixed": "json",
            "moments": "json",
            "picture": "json",
            "extra": "json",
        },
    ),
    Table("slotted", {"order": "integer", "group": "text?"}),
    Table("bare", {}),
    Table("house", {}, across=("id",)),
    Table("identity", {"volunteer": "text"}, across=("id",)),
    Table("code", {}, across=("id",)),
    Table("chosen", {"at": "text"}, across=("id",)),
)
SEARCH = Migration("pets can be searched", Searchable("pet", ("name",)))

# The engine's own tables come first; the topics' are left out, so that these tests stand by themselves.
OWN = ("the agenda, the outbox and the errands", "messages under others, and whom they may notify")
CORE = tuple(each for each in MIGRATIONS if each.name in OWN)
EXAMPLE_MIGRATIONS = (*CORE, EXAMPLES, SEARCH)


def message(key: str, to: str = "slack:T1/U1", title: str = "Hello") -> Message:
    return Message(Person(to), key, Card(title))
