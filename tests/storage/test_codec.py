"""Values to rows and JSON and back."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from bot.core.chat import Button, Card, Person, Place, Row, Rows, Words
from storage.codec import column_of, moment_text, to_json
from storage.rows import Rows as RecordRows
from storage.rows import declared, table_of
from tests.adapters.cards import cards
from tests.storage.kinds import EXAMPLES, NOW, Bare, Mood, Pet, ShowCase, Slotted, Step

PROPERTY = settings(max_examples=60, deadline=None, database=None)

whole = st.integers(-(2**63), 2**63 - 1)
real = st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
moments = st.datetimes(timezones=st.just(UTC))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moods = st.sampled_from(Mood)
steps = st.recursive(
    st.builds(Step, texts, st.booleans(), st.none() | moments),
    lambda inner: st.builds(Step, texts, parts=st.lists(inner, max_size=3).map(tuple)),
    max_leaves=5,
)
people = st.builds(Person, texts) | st.builds(Place, texts)
said = texts | st.lists(texts | people, max_size=3).map(tuple)
show_cases = st.builds(
    ShowCase,
    id=texts,
    text=texts,
    whole=whole,
    real=real,
    truth=st.booleans(),
    moment=moments,
    day=st.dates(),
    hour=st.times(),
    mood=moods,
    raw=st.binary(max_size=20),
    maybe_text=st.none() | texts,
    maybe_whole=st.none() | whole,
    maybe_real=st.none() | real,
    maybe_truth=st.none() | st.booleans(),
    maybe_moment=st.none() | moments,
    maybe_mood=st.none() | moods,
    words=st.lists(texts, max_size=3).map(tuple),
    pair=st.tuples(texts, whole),
    moods=st.frozensets(moods),
    by_name=st.dictionaries(texts, whole, max_size=3),
    by_mood=st.dictionaries(moods, st.lists(st.dates(), max_size=2).map(tuple)),
    step=steps,
    maybe_step=st.none() | steps,
    whom=people,
    said=said,
    mixed=st.lists(texts | whole | st.booleans() | steps | st.none(), max_size=4).map(tuple),
    moments=st.lists(moments, max_size=2).map(tuple),
    picture=st.lists(st.binary(max_size=9), max_size=2).map(tuple),
    extra=st.dictionaries(texts, texts, max_size=2),
)


@PROPERTY
@given(show_cases)
def test_a_record_of_every_sort_of_field_comes_back_as_it_was(thing: ShowCase) -> None:
    rows = RecordRows(ShowCase)
    values = rows.values(thing)
    assert all(type(value) in (str, int, float, bytes, type(None)) for value in values)
    back = rows.thing(values)
    assert back == thing
    assert [type(one) for one in back.mixed] == [type(one) for one in thing.mixed]


@PROPERTY
@given(cards("slack"))
def test_any_card_comes_back_as_it_was(card: Card) -> None:
    assume(r"\ud800" not in repr(card))  # half a sign is refused at the door
    write, read = to_json(Card)
    assert read(write(card)) == card


@PROPERTY
@given(st.datetimes(timezones=offsets, min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)))  # noqa: DTZ001
def test_moments_are_kept_in_utc_whatever_their_zone(at: datetime) -> None:
    text = moment_text(at)
    back = datetime.fromisoformat(text)
    assert (back, back.utcoffset(), len(text)) == (at, timedelta(), 27)


@PROPERTY
@given(moments, moments)
def test_moments_sort_as_their_text_does(one: datetime, other: datetime) -> None:
    assert (one < other) == (moment_text(one) < moment_text(other))


def test_the_json_is_readable() -> None:
    rows = Rows((Row(("Ask ", Person("slack:T1/U2")), controls=(Button("Yes", "claim", {"account": "pw"}),)),))
    write, _ = to_json(Card)
    assert write(Card("Gaps – 1", "Ä", (Words("Hi"), rows))) == (
        '{"title":"Gaps – 1","summary":"Ä","blocks":[{"type":"Words","text":"Hi"},{"type":"Rows","rows":'
        '[{"text":["Ask ",{"type":"Person","id":"slack:T1/U2"}],"detail":"","controls":[{"type":"Button","label":"Yes",'
        '"command":"claim","values":{"account":"pw"},"style":"plain","confirm":""}]}],"first":1,"total":0}],'
        '"controls":[]}'
    )


class Later(Struct, frozen=True):
    """`Pet`'s neighbour in a later release: a field more, one less."""

    text: str
    added: int = 7


def test_what_an_older_release_wrote_is_read_with_the_defaults_of_new_fields() -> None:
    write, _ = to_json(Step)
    _, read = to_json(Later)
    assert read(write(Step("x", done=True))) == Later("x", 7)


def test_a_value_that_the_class_does_not_know_is_an_error() -> None:
    with pytest.raises(ValueError, match="'glad' is no Mood"):
        RecordRows(Pet).thing(["p", "", 0, None, "glad"])
    with pytest.raises(ValueError, match="Expected `str`"):
        to_json(Card)[1]('{"title":5}')
    with pytest.raises(ValueError, match="no time zone"):
        moment_text(NOW.replace(tzinfo=None))


@pytest.mark.parametrize("annotation", [str | date, Person | Mapping[str, str], tuple[str, ...] | frozenset[str]])
def test_what_would_look_the_same_is_said_at_the_start(annotation: Any) -> None:
    with pytest.raises(TypeError):
        column_of(annotation)


class Loose:
    id: str


class Melted(Struct):
    id: str


class NoId(Struct, frozen=True):
    name: str


class OddId(Struct, frozen=True):
    id: int


class WithTeam(Struct, frozen=True):
    id: str
    team: str


class Unsure(Struct, frozen=True):
    id: str
    when: str | date


class Wide(Struct, frozen=True):
    id: str
    inner: tuple[Unsure, ...]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (Loose, "frozen Struct"),
        (Melted, "frozen Struct"),
        (NoId, "first field is `id: str`"),
        (OddId, "first field is `id: str`"),
        (WithTeam, "none is called `team`"),
        (Unsure, "Unsure.when can't be kept"),
        (Wide, "Wide.inner can't be kept"),
    ],
)
def test_a_class_that_is_no_record_is_said_at_the_start(kind: type[Any], why: str) -> None:
    with pytest.raises(TypeError, match=why):
        RecordRows(kind)


class Shout(StrEnum):
    LOUD = "LOUD"


def test_a_class_says_the_columns_to_state() -> None:
    assert [table_of(kind) for kind in (Pet, ShowCase, Bare)] == ["pet", "show_case", "bare"]
    stated = {step.name: dict(step.columns) for step in EXAMPLES.steps}  # type: ignore[attr-defined]
    assert {table_of(kind): declared(kind) for kind in (Pet, ShowCase, Slotted, Bare)}.items() <= stated.items()
    assert column_of(Shout)[1](Shout.LOUD) == "LOUD"
    assert column_of(time)[1](time(9)) == "09:00:00"
