"""What strangers, and broken payloads, can do at Steward's door: nothing, and never a 500."""

import json
import logging
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.slack.http import TOLD_AGAIN
from tests.adapters.slack.room import Room, room
from tests.adapters.slack.standin import payloads
from tests.adapters.slack.standin.lines import HttpMode
from tests.adapters.slack.standin.shape import Json

NO_HEADERS: Mapping[str, str] = {}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.fixture
async def here() -> AsyncIterator[Room]:
    async with room("http") as made:
        made.volunteer("Ana")
        made.account(owner="ana")
        yield made


def door(here: Room) -> HttpMode:
    assert isinstance(here.slack.line, HttpMode)
    return here.slack.line


async def knock(
    here: Room, body: str, content: str = FORM, *, at: float | None = None, headers: Mapping[str, str] = NO_HEADERS
) -> int:
    """Post something, signed as Slack signs unless the headers say otherwise; gives the status."""
    line = door(here)
    sent = {**line.signed(body, at=at), "Content-Type": content, **headers}
    status, _text = await line.post(body.encode("utf-8", "surrogatepass"), sent)
    return status


def a_command(here: Room, text: str = "the-secret-words") -> str:
    _turn, payload = here.slack.user("Ana").typed(text)
    return urlencode(payload)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=ä"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "tomorrow"},
        {"X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "١٢٣"},
    ],
    ids=["wrong", "no ascii", "empty", "no time", "no number", "endless", "negative", "other digits"],
)
async def test_a_bad_signature_is_refused_and_noted_without_the_body(
    here: Room, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await knock(here, a_command(here), headers=headers) == 401
    assert "the-secret-words" not in caplog.text
    assert [one for one in caplog.records if one.name.startswith("bot.adapters.slack")]
    assert here.slack.calls("response_url") == []


@pytest.mark.parametrize("seconds", [-301, -100_000, 301, 100_000])
async def test_an_old_or_future_timestamp_is_refused(
    here: Room, seconds: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    at = door(here).stamp() + seconds
    assert await knock(here, a_command(here), at=at) == 401
    assert "the-secret-words" not in caplog.text


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]


async def test_a_wrong_secret_is_named_with_what_to_do_and_not_over_and_over(
    here: Room, caplog: pytest.LogCaptureFixture
) -> None:
    door(here).secret = "0" * 32
    for _time in range(5):
        assert (await here.slack.user("Ana").begin("home")).ack.status == 401
    (said,) = warned(caplog)
    for words in ("SLACK_SIGNING_SECRET", "Basic Information", "Signing Secret", ".env", "start Steward again"):
        assert words in said
    here.house.clock.time += TOLD_AGAIN
    assert (await here.slack.user("Ana").begin("home")).ack.status == 401
    assert "(4 more like it since this was last said)" in warned(caplog)[-1]


async def test_a_wrong_clock_is_named_and_only_where_slack_really_signed(
    here: Room, caplog: pytest.LogCaptureFixture
) -> None:
    at = door(here).stamp() - 400
    assert await knock(here, a_command(here), at=at, headers={"X-Slack-Signature": "v0=" + "0" * 64}) == 401
    assert not any("clock" in one for one in warned(caplog))
    assert await knock(here, a_command(here), at=at) == 401
    assert "Set the clock right" in warned(caplog)[-1]


async def test_strangers_without_a_signature_are_no_warning(here: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for _time in range(3):
        assert (await door(here).post(b"text=x", {"Content-Type": FORM}))[0] == 401
    assert warned(caplog) == []
    assert sum("a stranger knocked" in one.getMessage() for one in caplog.records) == 1


async def test_the_first_request_that_is_let_in_shows_that_the_secret_is_right(
    here: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for _time in range(2):
        await here.slack.user("Ana").say("home")
    assert sum("the signing secret is right" in one.getMessage() for one in caplog.records) == 1


async def test_a_request_without_any_signature_is_refused(here: Room) -> None:
    status, _text = await door(here).post(a_command(here).encode(), {"Content-Type": FORM})
    assert status == 401


async def test_another_apps_secret_is_refused(here: Room) -> None:
    stranger = HttpMode(door(here).url, "another-secret", door(here).stamp)
    body = a_command(here)
    try:
        assert (await stranger.post(body.encode(), {**stranger.signed(body), "Content-Type": FORM}))[0] == 401
    finally:
        await stranger.close()


@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
async def test_other_verbs_and_paths_are_answered_without_a_500(here: Room, verb: str) -> None:
    line = door(here)
    for path in ("/slack/events", "/", "/slack", "/slack/events/../../etc/passwd", "/%00", "/slack/install"):
        address = line.url.replace("/slack/events", path)
        async with line.session.request(verb, address) as answer:
            assert 200 <= answer.status < 500, (path, answer.status)


async def test_a_body_without_end_is_refused(here: Room) -> None:
    body = "text=" + "x" * 2_000_000
    line = door(here)
    status, _text = await line.post(body.encode(), {**line.signed(body), "Content-Type": FORM})
    assert 400 <= status < 500


async def test_slacks_question_whether_the_address_is_ours_is_answered(here: Room) -> None:
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "3eZbrw1aB"})
    line = door(here)
    status, text = await line.post(body.encode(), {**line.signed(body), "Content-Type": JSON})
    assert (status, "3eZbrw1aB" in text) == (200, True)


GARBAGE = [
    "",
    "{",
    "[]",
    "null",
    "1",
    '"words"',
    "payload=",
    "payload={",
    "payload=[]",
    "payload=null",
    'payload={"type":"block_actions"}',
    'payload={"type":"block_actions","actions":[]}',
    'payload={"type":"view_submission","view":null}',
    'payload={"type":"view_submission","view":{"callback_id":"x","private_metadata":"{","state":{}}}',
    'payload={"type":"message_action"}',
    'payload={"type":"new_kind_of_thing"}',
    "command=/steward",
    "command=/unknown&text=hello",
    "ssl_check=1",
    "%FF%FE=%00",
    '{"type":"event_callback"}',
    '{"type":"event_callback","event":null}',
    '{"type":"event_callback","event":{"type":"app_home_opened"}}',
    '{"type":"event_callback","event":{"type":"message","channel_type":"im"}}',
    '{"type":"event_callback","event":{"type":"tea_time"}}',
    '{"type":"url_verification"}',
    '{"a":' * 5000,
]


@pytest.mark.parametrize("body", GARBAGE, ids=range(len(GARBAGE)))
async def test_a_signed_payload_that_makes_no_sense_is_no_500(here: Room, body: str) -> None:
    for content in (FORM, JSON, "text/plain", "multipart/form-data", ""):
        assert await knock(here, body, content) < 500


ENVELOPES = [
    "",
    "words",
    "[]",
    "null",
    "{}",
    '{"envelope_id":"e"}',
    '{"envelope_id":"e","type":"slash_commands"}',
    '{"envelope_id":"e","type":"slash_commands","payload":null}',
    '{"envelope_id":"e","type":"interactive","payload":[]}',
    '{"envelope_id":"e","type":"events_api","payload":{"type":"event_callback","event":null}}',
    '{"envelope_id":7,"type":"new_kind","payload":{}}',
    '{"type":"disconnect"}',
    '{"a":' * 5000,
]


async def test_an_envelope_that_makes_no_sense_ends_no_connection() -> None:
    async with room() as here:
        ana = here.volunteer("Ana")
        for text in ENVELOPES:
            for connection in here.slack.socket.connections:
                await connection.socket.send_str(text)
        assert "Hello Ana" in (await ana.say("")).text


broken = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_a_payload_with_any_part_missing_or_odd_is_no_500(here: Room, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["command", "button", "form", "home", "message"]))
    payload = json.loads(json.dumps(await good_payload(here, kind)))
    where = payload
    path = data.draw(st.lists(st.integers(0, 20), min_size=1, max_size=4))
    for step in path[:-1]:
        inner = [value for value in where.values() if isinstance(value, dict) and value]
        where = inner[step % len(inner)] if inner else where
    name = sorted(where)[path[-1] % len(where)]
    if data.draw(st.booleans()):
        del where[name]
    else:
        where[name] = data.draw(broken)
    if kind in ("home", "message"):
        assert await knock(here, json.dumps(payload), JSON) < 500
    elif kind == "command":
        texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in payload.items()}
        assert await knock(here, urlencode(texts, errors="replace")) < 500
    else:
        assert await knock(here, urlencode({"payload": json.dumps(payload)})) < 500


async def good_payload(here: Room, kind: str) -> Json:
    slack, ana = here.slack, here.slack.user("Ana")
    at = slack.workspace.ts()
    if kind == "command":
        return ana.typed("help")[1]
    if kind == "home":
        return payloads.event(payloads.home_opened(ana.member, ana.direct, None, at), f"Ev{at}", 1.0)
    if kind == "message":
        content = {"type": "message", "channel": ana.direct.id, "user": ana.id, "text": "help", "ts": at}
        return payloads.event({**content, "channel_type": "im", "event_ts": at}, f"Ev{at}", 1.0)
    screen = await ana.say("" if kind == "button" else "posted")
    if kind == "button":
        control = screen.control("Posted on ce-x")
        return ana.used(screen, control, {"value": control.element["value"]})[1]
    return (await ana.filled(screen, account="ce-x"))[1]
