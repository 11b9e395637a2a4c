from datetime import UTC, datetime

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.components import validate_components, validate_modal

from bot.adapters.discord import forms
from bot.adapters.discord.codes import CUSTOM_ID_LIMIT
from bot.adapters.discord.parts import Part
from bot.adapters.discord.render import render
from bot.core.chat import (
    CODE_LIMIT,
    Button,
    Card,
    Choice,
    Facts,
    Form,
    Link,
    LinkButton,
    Moment,
    Note,
    Person,
    Picture,
    Place,
    Row,
    Rows,
    Strong,
    Style,
    Tick,
    Ticks,
    Words,
)
from tests.adapters.cards import cards
from tests.adapters.cards import forms as any_forms
from tests.adapters.contract import QUICK
from tests.adapters.discord.seen import walk, words

V2 = discord.MessageFlags(components_v2=True).value
TEAM = "abcdefghij"

WHOLE = Card(
    "A card",
    ("For ", Person("discord:2"), " in ", Place("discord:1/9"), " by ", Moment(datetime(2026, 12, 1, 9, tzinfo=UTC))),
    (
        Words(("See ", Link("the plan", "https://example.org/plan?a=(1)"), ", ", Strong("please"), ".")),
        Facts((("Owner", "Ann"), ("Rhythm", "weekly"))),
        Rows((Row("pw-fb", "since 14:02", (Button("Posted on pw-fb", "posted", {"account": "pw-fb"}),)),), 1, 12),
        Ticks(
            (Tick("Sign in", done=True), Tick("Post", done=False, mark=Button("Done: Post", "step done", {"n": "2"})))
        ),
        Picture("chart.png", b"\x89PNG", "Posts a week: 3, 4, 5"),
        Note("No hurry."),
    ),
    (
        Button("Snooze pw-fb", "snooze", {"account": "pw-fb"}, Style.PRIMARY),
        LinkButton("The sheet", "https://example.org/sheet"),
        Choice("Until", "snooze", "until", (("monday", "Monday"), ("friday", "Friday")), {"account": "pw-fb"}),
        Button("Retire pw-fb", "account retire", {"account": "pw-fb"}, Style.DANGER, "Retire pw-fb for everybody?"),
    ),
)


def test_a_card_of_everything_looks_like_this() -> None:
    (part,) = render(WHOLE, TEAM)
    assert [each for each in words(part.payload(), raw=True) if each] == [
        "### A card\nFor <@2> in <#9> by <t:1796115600:f>",
        "See [the plan](<https://example.org/plan?a=%281%29>), **please**.",
        "**Owner**: Ann\n**Rhythm**: weekly",
        "-# 1–1 of 12",
        "1\\. pw-fb\n-# since 14:02",
        "Posted on pw-fb",
        "✅ Sign in",
        "⬜ Post",
        "Done: Post",
        "Posts a week: 3, 4, 5",
        "-# No hurry.",
        "Snooze pw-fb",
        "The sheet",
        "https://example.org/sheet",
        "Until",
        "Monday",
        "Friday",
        "Retire pw-fb",
        "Yes, I am sure",
        "Retire pw-fb for everybody?",
        "No, leave it as it is",
    ]
    assert [one["custom_id"] for one in walk(part.payload()) if one.get("custom_id")] == [
        "abcdefghijAposted?account=pw-fb",
        "abcdefghijAstep done?n=2",
        "abcdefghijAsnooze?account=pw-fb",
        "abcdefghijA?",
        "abcdefghijB?",
    ]
    assert [name for name, _picture in part.pictures] == ["1-chart.png"]


def check(part: Part) -> None:
    """Every limit of a message, by the simulated Discord's own rules and by ours."""
    payload = part.payload()
    validate_components(payload, flags=V2)
    found = list(walk(payload))
    assert 0 < len(found) <= 40
    assert 0 < sum(len(one.get("content", "")) for one in found) + len(found) <= 4000 + 40
    assert len(part.pictures) <= 10
    for one in found:
        assert len(one.get("custom_id") or "") <= 100
        assert len(one.get("label") or "") <= 80
        assert len(one.get("placeholder") or "") <= 150
        assert len(one.get("options") or ()) <= 25
        for option in one.get("options") or ():
            assert 0 < len(option["label"]) <= 100
            assert 0 < len(option["value"]) <= 100
            assert len(option.get("description") or "") <= 100
        for item in one.get("items") or ():
            assert len(item.get("description") or "") <= 256
    ids = [one["custom_id"] for one in found if one.get("custom_id")]
    assert len(ids) == len(set(ids))


@QUICK
@given(cards("discord"))
def test_every_card_keeps_to_every_limit(card: Card) -> None:
    for part in render(card, TEAM):
        check(part)


@QUICK
@given(any_forms)
def test_every_form_keeps_to_every_limit(form: Form) -> None:
    shown = forms.modal(form, "!abcdefghij!home", TEAM).to_dict()
    validate_modal(shown)
    assert 0 < len(shown["title"]) <= 45
    assert 0 < len(shown["components"]) <= 5
    for one in walk(shown["components"]):
        assert len(one.get("label") or "") <= 45
        assert len(one.get("placeholder") or "") <= 100
        assert len(one.get("description") or "") <= 100
        assert len(one.get("options") or ()) <= 25
    for part in forms.with_button(forms.explained(form), forms.FILL_IN, "!abcdefghij!home", TEAM):
        check(part)


@given(st.integers(1, 60))
@QUICK
def test_a_long_list_becomes_several_messages_and_no_row_is_parted_from_its_buttons(count: int) -> None:
    rows = tuple(
        Row(f"row {n}", "x" * 90, tuple(Button(f"Do {n} {m}", "home", {"n": f"{n}-{m}"}) for m in range(3)))
        for n in range(count)
    )
    parts = render(Card("Rows", "", (Rows(rows),)), TEAM)
    for part in parts:
        check(part)
        said = "\n".join(words(part.payload()))
        for n in range(count):
            assert (f" row {n}\n" in said) == (f"Do {n} 0" in said)


def test_three_thousand_signs_that_all_need_escaping_are_all_shown() -> None:
    parts = render(Card("Long", "", (Words("*" * 3000),)), TEAM)
    assert len(parts) > 1
    for part in parts:
        check(part)
    assert sum("".join(words(part.payload())).count("*") for part in parts) == 3000


def test_the_longest_button_of_the_longest_team_fits_and_a_longer_one_is_refused() -> None:
    fill = CODE_LIMIT - len("home?n=")
    (part,) = render(Card("x", controls=(Button("x", "home", {"n": "a" * fill}),)), TEAM)
    (found,) = (one["custom_id"] for one in walk(part.payload()) if one.get("custom_id"))
    assert len(found) == CUSTOM_ID_LIMIT
    with pytest.raises(ValueError, match="keeps to 100"):
        render(Card("x", controls=(Button("x", "home", {"n": "a" * fill}),)), TEAM + "k")


def test_buttons_that_do_the_same_are_told_apart() -> None:
    twice = Button("Home", "home")
    (part,) = render(Card("x", controls=(twice, twice, twice)))
    assert [one["custom_id"] for one in walk(part.payload()) if one.get("custom_id")] == ["Ahome", "Bhome", "Chome"]


def test_a_card_without_a_word_is_still_a_message() -> None:
    (part,) = render(Card(""))
    check(part)


def test_a_long_text_for_a_picture_stands_below_it() -> None:
    (part,) = render(Card("x", "", (Picture("a b/ü.png", b"", "word " * 100),)))
    check(part)
    assert ("word " * 100).strip() in "\n".join(words(part.payload()))
    assert part.pictures[0][0] == "1-a-b-.png"


def test_a_link_that_a_button_can_not_hold_is_a_line_of_text() -> None:
    far = "https://example.org/" + "a" * 600
    (part,) = render(Card("x", controls=(LinkButton("The page", far), LinkButton("No page", "javascript:1"))))
    check(part)
    said = "\n".join(words(part.payload(), raw=True))
    assert f"[The page](<{far}>)" in said
    assert "No page (javascript\\:1)" in said


def test_a_question_too_long_for_a_menu_stands_above_it() -> None:
    asking = Button("Retire it", "home", confirm="Really? " * 40)
    (part,) = render(Card("x", controls=(asking,)))
    check(part)
    assert ("Really? " * 40).strip() in "\n".join(words(part.payload()))
