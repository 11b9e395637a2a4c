from datetime import UTC, datetime

import pytest

from bot.adapters.slack.forms import TooBig, answer_view
from bot.adapters.slack.home import home_view
from bot.adapters.slack.mrkdwn import link, marked
from bot.adapters.slack.render import MESSAGE_BLOCKS, TEXT_LIMIT, render
from bot.core.chat import (
    Button,
    Card,
    Choice,
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
    Words,
)
from tests.adapters.slack.standin import limits

REMINDER = Card(
    "A note from Steward",
    "Ana: No post recorded on ce-x since Tue 3 Nov.",
    (Rows((Row(("No post on ", Strong("ce-x")), "since Tue 3 Nov", (Button("Posted on ce-x", "posted"),)),), total=1),),
    (
        Choice("Snooze ce-x", "snooze", "until", (("tomorrow", "Tomorrow"), ("monday", "Monday")), {"account": "ce-x"}),
        Button("Drop ce-x", "drop", {"account": "ce-x"}, Style.DANGER, "Give ce-x back?"),
        LinkButton("Open ce-x", "https://example.org/a?b=1&c=2"),
    ),
)


def test_a_reminder_is_drawn_with_slacks_own_elements() -> None:
    (part,) = render(REMINDER)
    limits.check_message({"text": part.text, "blocks": list(part.blocks)})
    header, summary, row, detail, buttons, snooze, more = part.blocks
    assert header == {"type": "header", "text": {"type": "plain_text", "text": "A note from Steward", "emoji": False}}
    assert summary["text"]["type"] == "plain_text"
    assert row["text"]["text"] == "1. No post on *ce-x*\u200b"
    assert detail["elements"][0]["text"] == "since Tue 3 Nov"
    assert [one["value"] for one in buttons["elements"]] == ["posted"]
    assert [one["value"] for one in snooze["elements"][0]["options"]] == [
        "snooze?account=ce-x&until=tomorrow",
        "snooze?account=ce-x&until=monday",
    ]
    drop, there = more["elements"]
    assert drop["confirm"]["text"]["text"] == "Give ce-x back?"
    assert (drop["style"], there["url"]) == ("danger", "https://example.org/a?b=1&c=2")
    assert part.text.splitlines()[:2] == ["A note from Steward", "Ana: No post recorded on ce-x since Tue 3 Nov."]
    assert "[Drop ce-x]" in part.text


def test_words_to_be_copied_are_kept_sign_by_sign() -> None:
    draft = "Read *all* of `it`: <b> & “c” :tada: https://example.org/a_b_c @library_x\n> quoted"
    (part,) = render(Card("Draft", "", (Words(draft),)))
    assert part.blocks[1]["text"] == {"type": "plain_text", "text": draft, "emoji": False}


def test_a_long_card_becomes_several_messages_and_nothing_is_lost() -> None:
    rows = tuple(Row(f"row {number}", controls=(Button(f"Do {number}", "home"),)) for number in range(120))
    parts = render(Card("Many", "", (Rows(rows, total=120),)))
    assert len(parts) > 2
    assert all(len(part.blocks) <= MESSAGE_BLOCKS and len(part.text) <= TEXT_LIMIT for part in parts)
    said = "\n".join(part.text for part in parts)
    assert all(f"row {number}" in said for number in range(120))


def test_a_picture_is_a_message_of_its_own_between_the_others() -> None:
    parts = render(Card("Chart", "", (Picture("c.png", b"\x89PNG", "Posts went up."), Note("below"))))
    assert [part.picture is not None for part in parts] == [False, True, False]
    assert parts[1].text == "Posts went up."


def test_nobody_is_notified_who_is_only_spoken_of() -> None:
    said = (Person("slack:T1/U2"), " and ", Person("slack:T1/U3"))
    assert marked(said, {"slack:T1/U3": "Ben <b>"}) == "<@U2> and Ben &lt;b&gt;"


def test_a_link_keeps_its_address_and_what_is_none_stays_text() -> None:
    assert link("A | B", "https://example.org/?a=1&b=<x>") == "<https://example.org/?a=1&amp;b=%3Cx%3E|A ¦ B>"
    assert link("run", "javascript:alert(1)") == "run (javascript:alert(1))"
    assert marked((Link("", "https://example.org"),)) == "<https://example.org>"


def test_places_and_moments_are_slacks_own() -> None:
    at = Moment(datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert marked((Place("slack:T1/C9"),)) == "<#C9>"
    assert marked((Place("discord:1/9"),)) == "discord:1/9"
    assert "{date_short_pretty}" in marked((at,))


def test_a_home_tab_that_is_too_long_has_pages() -> None:
    card = Card("Home", "", tuple(Words(f"line {number}") for number in range(150)))
    first, second = home_view(card), home_view(card, 1)
    assert first["blocks"][-1]["elements"][0]["text"]["text"] == "Next page"
    assert second["blocks"][-1]["elements"][0]["text"]["text"] == "Previous page"
    assert home_view(card, 99) == second
    with pytest.raises(TooBig):
        answer_view(card)
