"""Questions as Slack asks them, and what was filled in."""

import pytest

from bot.adapters.slack.codes import read_metadata
from bot.adapters.slack.forms import TooBig, form_view, options
from bot.core.chat import Field, Form, Kind
from tests.adapters.slack.standin import limits


def form(*fields: Field, **values: str) -> Form:
    return Form("Posted", "posted", fields, values)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (Field("a", "A"), "plain_text_input"),
        (Field("a", "A", Kind.PERSON), "users_select"),
        (Field("a", "A", Kind.PERSON, choices=(("slack:T1/U2", "Ana"),)), "users_select"),
        (Field("a", "A", Kind.PERSON, choices=(("ana", "Ana"),)), "external_select"),
        (Field("a", "A", Kind.PLACE), "conversations_select"),
        (Field("a", "A", Kind.PLACE, value="slack:T1/C9"), "conversations_select"),
        (Field("a", "A", Kind.PLACE, value="discord:1/9"), "plain_text_input"),
        (Field("a", "A", Kind.DATE), "datepicker"),
        (Field("a", "A", Kind.DATE, value="2026-12-01"), "datepicker"),
        (Field("a", "A", Kind.DATE, value="tomorrow"), "plain_text_input"),
        (Field("a", "A", Kind.DATE, choices=(("now", "Now"),)), "external_select"),
        (Field("a", "A", Kind.CHOICE, choices=(("x", "X"),)), "static_select"),
        (Field("a", "A", Kind.CHOICE, choices=(("x", "X" * 76),)), "plain_text_input"),
        (Field("a", "A", Kind.NUMBER), "number_input"),
        (Field("a", "A", Kind.LONG), "plain_text_input"),
        (Field("a", "A", Kind.FILE), "file_input"),
        (Field("a", "A", Kind.FILE, value="accounts.csv", error="I need the file itself."), "file_input"),
    ],
)
def test_each_question_is_asked_with_what_slack_has_for_it(field: Field, kind: str) -> None:
    view = form_view(form(field), "slack:T1/C1", ["a"])
    limits.check_view(view, "modal")
    assert view["blocks"][-1]["element"]["type"] == kind


def test_what_is_too_long_to_be_remembered_becomes_a_question() -> None:
    view = form_view(form(Field("account", "Account"), words="x" * 2990), "slack:T1/C1")
    assert [block["block_id"] for block in view["blocks"]] == ["account", "words"]
    assert view["blocks"][1]["element"]["initial_value"] == "x" * 2990
    with pytest.raises(TooBig):
        form_view(form(Field("account", "Account"), words="x" * 3001), "slack:T1/C1")


def test_a_file_that_is_wrong_is_asked_for_again_beside_what_was_filled_in() -> None:
    wrong = Field("file", "File", Kind.FILE, error="That is one line only.")
    view = form_view(form(wrong, Field("why", "Why", value="a new year"), account="ce-x"), "slack:T1/C1")
    limits.check_view(view, "modal")
    said, file, why = view["blocks"]
    assert "That is one line only." in said["text"]["text"]
    assert (file["element"]["type"], why["element"]["initial_value"]) == ("file_input", "a new year")
    assert read_metadata(view["private_metadata"]) == ("posted", {"account": "ce-x"}, "slack:T1/C1")


def test_what_is_typed_in_a_list_may_be_taken_as_it_is() -> None:
    offered = [one["value"] for one in options([("ce-x", "Continuing education")], "every 3 days")]
    assert offered == ["ce-x", "every 3 days"]
    assert [one["value"] for one in options([("ce-x", "Continuing education")], "CE-X")] == ["ce-x"]
