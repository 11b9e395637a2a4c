import pytest

from bot.adapters.slack import read
from bot.adapters.slack.codes import form_metadata, read_code, read_metadata
from bot.adapters.slack.deliveries import REMEMBERED, Deliveries
from bot.adapters.slack.http import payload_of
from bot.adapters.slack.people import Profile

COMMAND = {
    "team_id": "T1",
    "user_id": "U2",
    "channel_id": "C9",
    "command": "/steward",
    "text": "hand over <@U3|ben> in <#C1|social>",
    "trigger_id": "13.37",
}


def test_mentions_links_and_entities_are_read_as_they_were_typed() -> None:
    said = "<@U3|ben> <#C1|x> <https://a.org/?b=1&amp;c|a.org> <mailto:a@b.org|a@b.org> <!channel> <!subteam^S|@g> &lt;"
    assert read.unescaped(said, "T1") == "slack:T1/U3 slack:T1/C1 https://a.org/?b=1&c a@b.org @channel @g <"


def test_a_link_keeps_its_words_and_its_address() -> None:
    assert read.unescaped("see <https://a.org/b|the page>", "T1") == "see the page https://a.org/b"
    assert read.unescaped("see <https://a.org/b|a.org/b>", "T1") == "see https://a.org/b"


@pytest.mark.parametrize(
    ("command", "text", "said"),
    [
        ("/steward", "posted ce-x", ("", "posted ce-x")),
        ("/st-posted", "ce-x\nsecond line", ("posted", "ce-x\nsecond line")),
        ("/posted", "“smart quotes”", ("posted", "“smart quotes”")),
        ("/steward", "", ("", "")),
    ],
)
def test_the_short_commands_are_the_long_ones(command: str, text: str, said: tuple[str, str]) -> None:
    assert read.typed({**COMMAND, "command": command, "text": text}, "st-") == said


def test_a_request_says_who_where_and_what_the_profile_knows() -> None:
    profile = Profile("Ana", "America/Chicago", administrator=True)
    made = read.request(COMMAND, profile, read.delivery_of(COMMAND), text="posted")
    assert (made.who.id, made.where.id, made.delivery) == ("slack:T1/U2", "slack:T1/C9", "slack:T1/13.37")
    assert (made.shown_name, made.suggested_zone, made.administrator) == ("Ana", "America/Chicago", True)


def test_a_delivery_is_known_again() -> None:
    action = {"action_ts": "1.5", "action_id": "do:1"}
    press = {"type": "block_actions", "user": {"id": "U2"}, "actions": [action]}
    assert read.delivery_of(press) == "U2/1.5/do:1"
    assert read.delivery_of({"type": "view_submission", "view": {"id": "V1", "hash": "h"}}) == "V1/h"
    assert read.delivery_of({"type": "event_callback", "event_id": "Ev1"}) == "Ev1"


def test_the_words_of_a_message_include_what_it_shares() -> None:
    message = {"text": "look &amp; read", "attachments": [{"title": "Webinar", "text": "on 5 May"}, {}]}
    assert read.words_of(message, "T1") == "look & read\nWebinar\non 5 May"


def test_what_a_form_remembers_is_read_back_and_nonsense_is_none() -> None:
    assert read_metadata(form_metadata("posted", {"a": "ü"}, "slack:T1/C1")) == ("posted", {"a": "ü"}, "slack:T1/C1")
    for said in ("", "{", "[]", '{"command":"x"}', '{"command":"x","values":[],"where":""}'):
        assert read_metadata(said) is None
    assert read_code("") is None


@pytest.mark.parametrize("body", ["", "[]", "payload=[]", "payload={", "{"])
def test_a_body_that_is_no_object_is_refused(body: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of its kinds
        payload_of(body)


def test_each_kind_of_body_is_read() -> None:
    assert payload_of('{"a": 1}') == {"a": 1}
    assert payload_of("payload=%7B%22a%22%3A1%7D") == {"a": 1}
    assert payload_of("command=%2Fsteward&text=") == {"command": "/steward", "text": ""}


def test_only_the_latest_deliveries_are_remembered() -> None:
    deliveries = Deliveries()
    assert deliveries.is_new(COMMAND)
    assert not deliveries.is_new(COMMAND)
    assert all(deliveries.is_new({**COMMAND, "trigger_id": str(number)}) for number in range(REMEMBERED))
    assert deliveries.is_new(COMMAND)
