from datetime import UTC
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.chat import CODE_LIMIT, Button, Choice, Field, Form, Kind, Person, Place
from bot.core.codes import read_button, typed
from bot.core.pages import PAGE, page_of
from bot.core.plain import controls_of, plain, text_of
from bot.core.words import split_words, unquote
from tests.adapters.samples import EVERYTHING

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=6)
VALUES = st.dictionaries(NAMES, st.text(max_size=8), max_size=2)


@given(VALUES)
def test_a_button_is_read_back_as_the_command_and_values_it_was_made_of(values: dict[str, str]) -> None:
    assume(
        len("team show?" + "&".join(f"{quote(name)}={quote(value)}" for name, value in values.items())) <= CODE_LIMIT
    )
    assert read_button(Button("Go", "team show", values).code) == ("team show", values)


@given(VALUES)
def test_what_a_button_types_says_the_same_when_it_is_typed(values: dict[str, str]) -> None:
    words = split_words(typed("go", values))
    assert words[0] == "go"
    read = dict(word.split("=", 1) for word in words[1:])
    assert {name: unquote(value) for name, value in read.items()} == values


def test_a_button_too_long_for_any_network_is_an_error_and_never_cut() -> None:
    with pytest.raises(ValueError, match=f"{CODE_LIMIT} bytes"):
        Button("Go", "go", {"words": "x" * 90})
    with pytest.raises(ValueError, match="75 characters"):
        Button("x" * 76, "go")


@pytest.mark.parametrize("count", [0, 26])
def test_a_choice_offers_one_thing_to_twenty_five(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 25"):
        Choice("Pick", "go", "a", tuple((str(n), str(n)) for n in range(count)))


@pytest.mark.parametrize("count", [0, 6])
def test_a_form_asks_one_question_to_five(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        Form("Go", "go", tuple(Field(str(n), str(n)) for n in range(count)))


def test_a_choice_stands_for_a_button_for_each_thing_it_offers() -> None:
    choice = Choice("Until", "snooze", "until", (("monday", "Monday"),), {"account": "pw-fb"})
    assert choice.pick("monday").typed == "snooze account=pw-fb until=monday"


@given(st.integers(0, 60), st.integers(-2, 9))
def test_pages_hold_ten_and_a_page_too_far_is_the_last(total: int, page: int) -> None:
    things = list(range(total))
    shown, first, last = page_of(things, page)
    assert len(shown) <= PAGE
    assert last == max(1, -(-total // PAGE))
    assert list(shown) == things[first - 1 : first - 1 + PAGE]
    assert shown or not total


def test_ids_carry_their_network_and_house() -> None:
    assert (Person("slack:T1/U2").network, Person("slack:T1/U2").house) == ("slack", "slack:T1")
    assert (Place("discord:G1/C9").network, Place("discord:G1/C9").house) == ("discord", "discord:G1")


def test_plain_text_says_every_word_and_every_button_of_a_card() -> None:
    names = {"console:office": "Office", "console:team": "#team", "console:new-members": "New members"}
    said = plain(EVERYTHING, ZoneInfo("America/Chicago"), lambda one: names[one.id])
    for words in (
        "A title",
        "For Office in #team at Tue 1 Dec 2026, 09:00",
        "Words here",
        "Handle: @ALCTS",
        "Owner: New members",
        "Since: Tue 1 Dec 2026, 09:00",
        "the page (https://ala.org)",
        "11. ce-x",
        "since Tue 1 Dec 2026, 09:00",
        "[Snooze ce-x] snooze account=ce-x",
        "11–11 of 37",
        "[done] Access works",
        "[to do] Notes passed on",
        "Posts rose from 3 to 9",
        "A remark",
        "[The plan] https://ala.org/plan",
        "[Monday] snooze until=monday",
    ):
        assert words in said
    assert len(controls_of(EVERYTHING)) == 5


def test_plain_text_of_a_form_says_what_is_asked_and_what_was_wrong() -> None:
    form = Form(
        "Posted",
        "posted",
        (
            Field(
                "account", "Account", Kind.CHOICE, True, "the account", "", (("ce-x", "CE on X"),), "I don't know that."
            ),
            Field("when", "When", required=False),
        ),
        intro="Record a post.",
    )
    said = plain(form, UTC)
    for words in ("Record a post.", "Account: the account", "I don't know that.", "ce-x", "When (may be left out)"):
        assert words in said


@given(st.text())
def test_a_plain_string_is_literal(text: str) -> None:
    assert text_of(text, UTC) == text
