from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.console.local import DOES
from bot.adapters.console.read import (
    LOCAL_WORDS,
    find_person,
    listed,
    local_word,
    near_miss,
    nearest,
    newcomer,
    nobody,
    read_span,
    to_request,
)
from bot.core.chat import Person
from bot.errors import Refusal
from tests.adapters.console.room import MEMBERS, NAMES, OFFICE, PHOTOS, TEAM
from tests.adapters.contract import QUICK

SAMPLE = (
    *NAMES,
    ("continuing education", Person("console:ce")),
    ("education video", Person("console:video")),
    ("regional groups", Person("console:regional")),
    ("affiliate groups", Person("console:affiliate")),
)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("  gaps ", "gaps"),
        ("/steward gaps nmig-x", "gaps nmig-x"),
        ("steward", ""),
        ("Steward  home", "home"),
        ("stewardship", "stewardship"),
        ("tip add steward is nice", "tip add steward is nice"),
        ("/gaps", "/gaps"),
    ],
)
def test_a_typed_line_is_passed_on_as_words(line: str, text: str) -> None:
    request = to_request(OFFICE, TEAM, line, "office")
    assert (request.text, request.command, request.who, request.where) == (text, "", OFFICE, TEAM)
    assert request.shown_name == "office"


def test_local_words_begin_with_a_colon_and_a_letter() -> None:
    assert local_word(":as new members") == ("as", "new members")
    assert local_word("  :MAIL  ") == ("mail", "")
    assert [local_word(line) for line in (":", ":)", ": as", "as", ":3 days", "a :as")] == [None] * 6


def test_every_local_word_has_help_and_does_something() -> None:
    assert set(DOES) == set(LOCAL_WORDS)
    assert all(example.startswith(f":{word}") and does for word, (example, does) in LOCAL_WORDS.items())


def test_the_start_of_a_local_word_is_enough_where_it_is_the_only_one() -> None:
    known = tuple(LOCAL_WORDS)
    assert [nearest(word, known) for word in ("l", "mail", "q")] == ["later", "mail", "quit"]
    with pytest.raises(Refusal, match="Did you mean `:later`"):
        nearest("latre", known)
    with pytest.raises(Refusal, match=r"Type `:help`"):
        nearest("zzzz", known)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3 days", timedelta(days=3)),
        ("a day", timedelta(days=1)),
        ("1 day 2 hours", timedelta(days=1, hours=2)),
        ("1 day, and 2 hours", timedelta(days=1, hours=2)),
        ("2 Weeks", timedelta(weeks=2)),
        ("an hour and 30 min", timedelta(minutes=90)),
        ("5h", timedelta(hours=5)),
        ("1d2h", timedelta(days=1, hours=2)),
        ("three weeks", timedelta(weeks=3)),
        ("2 days and an hour", timedelta(days=2, hours=1)),
        ("104 weeks", timedelta(weeks=104)),
        ("731 days", timedelta(days=731)),
    ],
)
def test_spans_of_time_are_read_as_people_say_them(text: str, span: timedelta) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "How much later"),
        ("-3 days", "only goes forward"),
        ("\u22123 days", "only goes forward"),
        ("minus 2 hours", "only goes forward"),
        ("3", "can't tell"),
        ("days", "can't tell"),
        ("and", "can't tell"),
        ("banana day", "can't tell"),
        ("tomorrow", "can't tell"),
        ("2 months", "can't tell"),
        ("1.5 hours", "can't tell"),
        ("3 days -2 hours", "can't tell"),
        ("0 days", "no time at all"),
        ("732 days", "at most two years"),
        ("999999999 weeks", "at most two years"),
        ("9" * 5000 + " days", "can't tell"),
        ("3 days \x1b[2J", "can't tell"),
    ],
)
def test_a_span_that_cannot_be_is_refused_with_what_works(text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refusal:
        read_span(text)
    assert ":later " in refusal.value.sentence
    assert len(refusal.value.sentence) < 250
    assert "\x1b" not in refusal.value.sentence


@QUICK
@given(st.text())
def test_any_text_is_a_span_a_person_or_a_kind_refusal(text: str) -> None:
    for read in (read_span, newcomer, lambda name: find_person(SAMPLE, name)):
        assert 0 < len(told(read, text)) < 400


def told(read: Callable[[str], object], text: str) -> str:
    """What came of reading the text: the thing, or the sentence of a refusal. Anything else is a fault."""
    try:
        return repr(read(text))
    except Refusal as refusal:
        return refusal.sentence


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("new members", MEMBERS),
        ("New-Members", MEMBERS),
        ("new", MEMBERS),
        ("@off", OFFICE),
        ("members", MEMBERS),
        ("conf photos", PHOTOS),
        ("c p", PHOTOS),
        ("video", Person("console:video")),
        ("console:ce", Person("console:ce")),
        ("nobody", None),
        ("", None),
    ],
)
def test_a_person_is_found_by_any_name_that_is_only_theirs(text: str, person: Person | None) -> None:
    assert find_person(SAMPLE, text) == person


def test_a_name_that_could_be_several_people_lists_them() -> None:
    with pytest.raises(Refusal, match="could be regional groups or affiliate groups"):
        find_person(SAMPLE, "groups")
    twins = (("Sam", Person("console:sam")), ("Sam", Person("console:sam-2")))
    with pytest.raises(Refusal, match=r"Sam \(console:sam\) or Sam \(console:sam-2\)"):
        find_person(twins, "sam")
    assert find_person(twins, "console:sam-2") == Person("console:sam-2")


def test_an_unknown_name_lists_whom_one_can_be() -> None:
    assert nobody(NAMES, "zoe").sentence == (
        "Nobody here is called “zoe”. You can be office, new members or conference photos."
    )
    assert nobody((), "").sentence == "Who would you like to be? There is nobody to be yet."
    many = [(f"v{number}", Person(f"console:v{number}")) for number in range(40)]
    assert nobody(many, "zoe").sentence.endswith("v10 and 29 more (`:who` lists them).")


def test_a_newcomer_gets_an_id_from_their_name() -> None:
    assert newcomer("Zoë  O'Neill!") == Person("console:zoë-o-neill")
    assert newcomer("שלום") == Person("console:שלום")
    assert len(newcomer("x" * 500).id) <= 48
    with pytest.raises(Refusal, match="letter"):
        newcomer("!!! / :")


def test_a_mistyped_name_is_pointed_out() -> None:
    assert near_miss(NAMES, "offfice") == ["If you meant office, type `:as office`."]
    assert near_miss(NAMES, "zebra") == []


def test_lists_read_as_sentences() -> None:
    assert [listed(things, "or") for things in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a or b", "a, b or c"]
