"""Bad input at the tip jar: a clear answer, literal text, and nothing lost."""

import pytest

from bot.core.chat import Form
from bot.topics.drafting.model import Tip
from tests.house import House
from tests.topics.drafting.conftest import Desk


@pytest.mark.parametrize("text", ["!!!", "…", "🎉🎉", "\u200b\u200b", "\u202e", "''"])
def test_without_a_word_in_it_it_is_no_tip(house: House, desk: Desk, text: str) -> None:
    said = desk.do("guest", "tip add", text=text)
    assert "no words in that" in said or "Tip add" in said
    assert not house.find(Tip)


@pytest.mark.parametrize(
    "text",
    [
        "<b>Join</b> us <script>alert(1)</script> <!channel> @here",
        "Robert'); DROP TABLE tip;-- is our guest",
        "=HYPERLINK(1) and %s {0} $(id)",
        "עברית and English together",
        "👩‍👩‍👧 family day",
    ],
)
def test_whatever_is_typed_stays_literal(house: House, desk: Desk, text: str) -> None:
    tip = desk.tip(text)
    assert tip.text == text
    assert text in house.say(f"tip show {tip.id}", "owner")


def test_signs_that_nobody_sees_and_that_turn_the_direction_are_taken_out(house: House, desk: Desk) -> None:
    assert desk.tip("Free\u200b web\u202einar \u2066today\u2069").text == "Free webinar today"


@pytest.mark.parametrize("text", ["The password: hunter22", "login Tr0ub4dor&3 for the page", "xoxb-1234567890-abcdef"])
def test_what_looks_like_a_password_is_refused_without_repeating_it(house: House, desk: Desk, text: str) -> None:
    said = desk.do("guest", "tip add", text=text)
    assert "looks like a password" in said
    assert text.rpartition(" ")[2] not in said
    assert not house.find(Tip)


@pytest.mark.parametrize("link", ["https://ala.org/a b", "javascript:alert(1)", "ftp://ala.org", "file:///etc/passwd"])
def test_odd_links_are_refused_with_what_would_work(house: House, desk: Desk, link: str) -> None:
    said = desk.do("guest", "tip add", text="Come to the fair", link=link)
    assert "https://" in said
    assert not house.find(Tip)


def test_a_bare_link_is_kept(house: House, desk: Desk) -> None:
    tip = desk.tip("https://ala.org/news/2026/repair")
    assert tip.whole == "https://ala.org/news/2026/repair"
    assert house.say(f"draft ce-x {tip.id}", "owner")


def test_where_nothing_can_be_said_it_is_said_once_for_all_accounts(house: House, desk: Desk) -> None:
    said = house.say("tip add https://ala.org/news/2026/repair", "owner")
    assert "ce-fb, ce-x: What is the link about? Say it in a sentence." in said
    assert said.count("What is the link about?") == 1
    for short in ("ce-x", "ce-fb"):
        assert f"[Write one for {short}]" in said


def test_a_wrong_day_comes_back_in_the_form_with_nothing_lost(house: House, desk: Desk) -> None:
    form = house.ask("tip add", "guest")
    again = house.submit(form, "guest", text="Come to the fair", when="31 feb", note="by the way")
    assert isinstance(again, Form)
    wrong = next(field for field in again.fields if field.name == "when")
    assert "no such day" in wrong.error
    values = {**again.values, **{field.name: field.value for field in again.fields}}
    assert (values["text"], values["note"]) == ("Come to the fair", "by the way")
