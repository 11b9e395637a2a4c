"""The stand-in itself, used by Slack's own clients: it answers as Slack's documentation says, and is as strict."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack.standin import faults
from tests.adapters.slack.standin.lines import HttpMode
from tests.adapters.slack.standin.slack import Slack
from tests.adapters.slack.standin.workspace import APP_TOKEN, BOT_TOKEN, SECRET

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Press me"}, "action_id": "a", "value": "v"}
BLOCKS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Hello <@UANA>, 1 &lt; 2"}},
    {"type": "actions", "elements": [BUTTON]},
]
FIELD = {"type": "plain_text_input", "action_id": "when"}
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Posted"},
    "submit": {"type": "plain_text", "text": "Send"},
    "callback_id": "form",
    "blocks": [
        {"type": "input", "block_id": "w", "label": {"type": "plain_text", "text": "When"}, "element": FIELD},
    ],
}


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as made:
        yield made


@pytest.fixture
async def client(slack: Slack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(BOT_TOKEN, base_url=slack.api_url, session=session, retry_handlers=[])


async def posted(slack: Slack, client: AsyncWebClient, **more: Any) -> tuple[str, str]:
    ana = slack.user("Ana")
    opened = await client.conversations_open(users=ana.id)
    sent = await client.chat_postMessage(channel=opened["channel"]["id"], text="Hello", **more)
    return sent["channel"], sent["ts"]


async def test_a_message_is_read_by_whom_it_is_for_and_can_be_changed_and_looked_up(
    slack: Slack, client: AsyncWebClient
) -> None:
    metadata = {"event_type": "steward", "event_payload": {"key": "k1"}}
    channel, ts = await posted(slack, client, blocks=BLOCKS, metadata=metadata)
    assert slack.user("Ana").letters == ["Hello @Ana, 1 < 2\n[Press me]"]
    found = await client.conversations_history(channel=channel, include_all_metadata=True)
    assert found["messages"][0]["metadata"] == metadata
    await client.chat_update(channel=channel, ts=ts, text="Changed")
    assert slack.user("Ana").letters == ["Changed"]
    assert slack.complaints == []


async def test_the_scopes_of_the_token_come_with_every_answer(slack: Slack, client: AsyncWebClient) -> None:
    slack.web.scopes.discard("im:history")
    answer = await client.auth_test()
    assert "im:history" not in answer.headers["x-oauth-scopes"]
    channel, _ts = await posted(slack, client)
    with pytest.raises(SlackApiError) as refused:
        await client.conversations_history(channel=channel)
    assert (refused.value.response["error"], refused.value.response["needed"]) == ("missing_scope", "im:history")


async def test_a_wrong_token_is_refused(slack: Slack, client: AsyncWebClient) -> None:
    for token, error in (("xoxb-2", "invalid_auth"), ("xapp-1", "not_allowed_token_type")):
        client.token = token
        with pytest.raises(SlackApiError, match=error):
            await client.auth_test()


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "<!channel> hello"}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "Tom & Jerry"}}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        [{"type": "divider"}] * 51,
        [{"type": "divider", "block_id": "same"}] * 2,
        [{"type": "actions", "elements": [BUTTON, BUTTON]}],
        [{"type": "actions", "elements": []}],
        [{"type": "actions", "elements": [{**BUTTON, "action_id": "x" * 256}]}],
        [{"type": "actions", "elements": [{**BUTTON, "colour": "red"}]}],
        [{"type": "poem"}],
    ],
)
async def test_what_breaks_a_documented_limit_is_refused_and_kept_as_a_complaint(
    slack: Slack, client: AsyncWebClient, blocks: list[Any]
) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await posted(slack, client, blocks=blocks)
    assert len(slack.complaints) == 1


async def test_faults_come_in_the_order_in_which_they_were_ordered(slack: Slack, client: AsyncWebClient) -> None:
    slack.faults.order("chat.postMessage", faults.rate_limited(7), faults.broken(), faults.dropped())
    with pytest.raises(SlackApiError) as limited:
        await posted(slack, client)
    assert (limited.value.response.status_code, limited.value.response.headers["Retry-After"]) == (429, "7")
    with pytest.raises(SlackApiError):
        await posted(slack, client)
    assert slack.user("Ana").letters == []
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await posted(slack, client)
    assert slack.user("Ana").letters == ["Hello"]  # it was taken, and the answer lost
    await posted(slack, client)
    assert slack.faults.left == {}


async def test_a_picture_is_uploaded_with_its_words(slack: Slack, client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users=slack.user("Ana").id)
    await client.files_upload_v2(
        channel=opened["channel"]["id"], filename="chart.png", content=b"png", alt_txt="Two bars", initial_comment="See"
    )
    assert slack.user("Ana").letters == ["See\n[picture: Two bars]"]


async def connected(slack: Slack, client: AsyncWebClient, answer: dict[str, Any]) -> SocketModeClient:
    socket = SocketModeClient(APP_TOKEN, web_client=client)

    async def acknowledge(one: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        await one.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload=answer))
        if request.type == "slash_commands":
            await client.views_open(trigger_id=request.payload["trigger_id"], view=MODAL)

    socket.socket_mode_request_listeners.append(acknowledge)
    await socket.connect()  # type: ignore[no-untyped-call]
    return socket


async def test_a_command_over_the_socket_opens_a_form_whose_errors_stand_at_its_field(
    slack: Slack, client: AsyncWebClient
) -> None:
    errors = {"response_action": "errors", "errors": {"w": "That is no day."}}
    socket = await connected(slack, client, errors)
    try:
        ana = slack.user("Ana")
        form = await ana.say("posted")
        assert form.text == "Posted\nWhen"
        turn = await ana.submit(form, when="never")
        assert turn.ack.body == errors
        assert form.text == "Posted\nWhen\nThat is no day."
        assert form.view is not None
        assert form.view.open
    finally:
        await socket.close()  # type: ignore[no-untyped-call]


async def test_a_trigger_opens_one_form(slack: Slack, client: AsyncWebClient) -> None:
    turn = slack.turn(slack.user("Ana"))
    await client.views_open(trigger_id=turn.trigger, view=MODAL)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=turn.trigger, view=MODAL)


async def test_a_refreshed_socket_is_closed_after_a_new_one_came(slack: Slack, client: AsyncWebClient) -> None:
    socket = await connected(slack, client, {})
    try:
        await slack.socket.refresh()
        await slack.until(lambda: slack.socket.opened == 2, "a second connection")
        assert (await slack.user("Ana").say("posted")).text == "Posted\nWhen"
        await slack.socket.close_retiring()
    finally:
        await socket.close()  # type: ignore[no-untyped-call]


async def test_signed_requests_pass_slacks_own_verifier_and_answers_are_shown(slack: Slack) -> None:
    verifier = SignatureVerifier(SECRET)

    async def answer(request: web.Request) -> web.Response:
        assert verifier.is_valid_request(await request.read(), dict(request.headers))
        typed = (await request.post())["text"]
        return web.json_response({"text": f"You typed {typed!s}"})

    app = web.Application()
    app.add_routes([web.post("/slack/events", answer)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    line = slack.line = HttpMode(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        assert (await slack.user("Ana").say("a < b & c")).text == "You typed a < b & c"
    finally:
        await line.close()
        await runner.cleanup()


async def test_a_response_url_works_five_times_within_half_an_hour(slack: Slack) -> None:
    turn = slack.turn(slack.user("Ana"), slack.user("Ana").direct.id)
    async with aiohttp.ClientSession() as session:
        for status in (200, 200, 200, 200, 200, 404):
            async with session.post(turn.url, json={"text": "Hello"}) as answer:
                assert answer.status == status
    assert len(turn.shown) == 5
    assert slack.complaints == ["response_url: used a sixth time"]


async def test_a_dead_session_answers_no_ping(slack: Slack, client: AsyncWebClient) -> None:
    socket = await connected(slack, client, {})
    try:
        slack.socket.die()
        slack.socket.patience = 0.05
        turn = await slack.user("Ana").begin("posted")
        assert turn.ack.error == "operation_timeout"
    finally:
        await asyncio.wait_for(socket.close(), 15)  # type: ignore[no-untyped-call]
