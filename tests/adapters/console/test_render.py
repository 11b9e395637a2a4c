from datetime import UTC, datetime
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.console.render import answer_text, cells, one_line, opening, question, render, safe, wrap
from bot.core.chat import (
    Button,
    Card,
    Choice,
    Field,
    Form,
    Kind,
    Link,
    LinkButton,
    Moment,
    Note,
    Row,
    Rows,
    Strong,
    Style,
)
from bot.core.plain import controls_of
from tests.adapters.cards import cards
from tests.adapters.console.room import MEMBERS, name_of
from tests.adapters.contract import FEWER, QUICK
from tests.adapters.samples import EVERYTHING

NEW_YORK, TOKYO = ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
AT = Moment(datetime(2026, 12, 1, 14, tzinfo=UTC))

REMINDER = Card(
    "Two of your accounts could use a post",
    ("For ", MEMBERS, ": nmig-x and nmig-fb. Any button is an answer."),
    (
        Rows(
            (
                Row(
                    ("No post recorded on ", Strong("nmig-x"), " since ", AT),
                    "every 2 days",
                    (
                        Button("Posted it · nmig-x", "posted", {"account": "nmig-x"}, Style.PRIMARY),
                        Choice("Snooze nmig-x", "snooze", "until", (("tomorrow", "Tomorrow"), ("monday", "Monday"))),
                    ),
                ),
                Row("No post recorded on nmig-fb", controls=(Button("Posted it · nmig-fb", "posted"),)),
            ),
            first=1,
            total=12,
        ),
        Note(("Your rhythm and quiet hours: ", Link("the policy", "https://example.org/policy"), ".")),
    ),
    (Button("I’m away", "away"), LinkButton("How this works", "https://example.org/how")),
)


def test_a_reminder_reads_from_top_to_bottom_with_its_buttons_numbered() -> None:
    assert render(REMINDER, NEW_YORK, name_of, first=4) == dedent("""\
        Two of your accounts could use a post
        For new members: nmig-x and nmig-fb. Any button is an answer.

        1–2 of 12
        1. No post recorded on nmig-x since Tue 1 Dec 2026, 09:00
           every 2 days
           [4] Posted it · nmig-x
           Snooze nmig-x:
             [5] Tomorrow
             [6] Monday
        2. No post recorded on nmig-fb
           [7] Posted it · nmig-fb

        Your rhythm and quiet hours: the policy (https://example.org/policy).

          [8] I’m away
          [9] How this works: https://example.org/how""")


def test_every_kind_of_block_has_its_words() -> None:
    assert render(EVERYTHING, TOKYO, name_of) == dedent("""\
        A title
        For office in #team at Wed 2 Dec 2026, 00:00

        Words here

        Handle: @ALCTS
        Owner: new members
        Since: Wed 2 Dec 2026, 00:00
        Site: the page (https://ala.org)

        11–11 of 37
        11. ce-x
           since Wed 2 Dec 2026, 00:00
           [1] Snooze ce-x

        [done] Access works
        [to do] Notes passed on
           [2] Tick notes

        Picture chart.png: Posts rose from 3 to 9

        A remark

          [3] Home
          [4] The plan: https://ala.org/plan
          Until:
            [5] Monday""")


def test_an_answer_outside_a_session_shows_what_to_type_for_every_button() -> None:
    assert answer_text(REMINDER, NEW_YORK, name_of).splitlines()[-2:] == [
        "  [I’m away] away",
        "  [How this works] https://example.org/how",
    ]
    assert "[Tomorrow] snooze until=tomorrow" in answer_text(REMINDER, NEW_YORK, name_of)


def test_a_form_outside_a_session_says_how_to_go_on() -> None:
    form = Form("Posted", "posted", (Field("when", "When"), Field("link", "Link", required=False)), {"account": "a b"})
    text = answer_text(form, NEW_YORK, name_of)
    assert text.endswith('Say it again with what is missing:\n  posted account="a b" when=…')


def test_long_lines_break_between_words_below_the_words_of_the_first() -> None:
    assert wrap("1. " + "word " * 6, 20) == "1. word word word\n   word word word"
    assert wrap("   " + "word " * 6, 20) == "   word word word\n   word word word"
    assert wrap("word " * 8, 20) == "word word word word\nword word word word"


def test_web_addresses_and_buttons_stay_in_one_piece() -> None:
    url = "https://example.org/" + "a" * 150
    assert url in wrap(f"See {url} for more", 40).splitlines()
    button = Button("x" * 70, "posted", {"account": "nmig-x", "when": "yesterday 3pm"})
    line = f"  [{'x' * 70}] {button.typed}"
    assert line in answer_text(Card("T", controls=(button,)), NEW_YORK, name_of, 40).splitlines()


def test_what_is_there_to_be_typed_stays_together() -> None:
    assert wrap("Type `:as new members`, or not.", 22) == "Type\n`:as new members`, or\nnot."
    assert wrap("a ` b " + "c " * 30 + "` d", 20).splitlines()[0] == "a ` b c c c c c c c"


def test_wide_signs_take_two_columns_and_joined_ones_none() -> None:
    assert cells("日本") == 4
    assert cells("e\u0301") == 1
    assert max(cells(line) for line in wrap("日本 " * 40, 30).splitlines()) <= 30


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("\x9b31m", "\ufffd31m"),
        ("a\tb\x00\x7f", "a b␀␡"),
        ("\u202egnp\u2069\u200f\u061c", "gnp"),
        ("one\r\ntwo\rthree\x85four\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("half \ud800", "half \ufffd"),
        ("👩\u200d👧 نمی\u200cخواهم", "👩\u200d👧 نمی\u200cخواهم"),
    ],
)
def test_signs_that_could_steer_the_terminal_are_made_harmless(typed: str, shown: str) -> None:
    assert safe(typed) == shown


@QUICK
@given(st.text(), st.text())
def test_safe_text_can_be_made_safe_again_and_written(before: str, after: str) -> None:
    text = safe(f"{before}\r{after}")
    assert safe(text) == text
    assert text.encode()
    assert "\n" not in one_line(text)


@FEWER
@given(st.data(), st.integers(0, 200))
def test_each_card_fits_every_width_and_has_each_number_once(data: st.DataObject, width: int) -> None:
    card = data.draw(cards("console"))
    text = render(card, TOKYO, name_of, 1, width)
    assert "\x1b" not in answer_text(card, TOKYO, name_of, width)
    for number in range(1, len(controls_of(card)) + 1):
        assert f"[{number}] " in text + " "


def test_people_called_strangely_stay_on_their_line() -> None:
    card = Card("T", ("Hello ", MEMBERS))
    assert render(card, TOKYO, lambda _one: "\x1b[1mA\nB") == "T\nHello ␛[1mA B"


def test_a_question_says_what_was_wrong_what_is_asked_and_what_enter_does() -> None:
    field = Field("when", "When", Kind.DATE, required=False, hint="such as yesterday", error="That is in the future.")
    assert question(field) == (
        "That is in the future.\nWhen: such as yesterday\n(This may be left out: just press Enter.)"
    )


def test_a_question_numbers_what_it_offers_and_enter_keeps_what_is_there() -> None:
    field = Field("account", "Account", value="nmig-x", choices=(("nmig-x", "New members, X"), ("pw-fb", "pw-fb")))
    assert question(field) == "Account\n  1. nmig-x  New members, X\n  2. pw-fb\n(Enter keeps “nmig-x”.)"


def test_a_number_among_others_is_not_numbered_and_may_be_taken_away() -> None:
    field = Field("days", "Days", Kind.NUMBER, required=False, value="2", choices=(("3", "3"),))
    assert question(field) == "Days\n  - 3\n(Enter keeps “2”; type - for nothing.)"


def test_a_form_begins_with_what_it_is_for() -> None:
    assert opening(Form("Posted", "posted", (Field("a", "A"),), intro="Note a post.")) == "Posted\nNote a post."
