"""Whatever a stranger sends to Steward's door, byte by byte: it is refused, never a 500, and the door stays open."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.slack.room import Room, room
from tests.adapters.slack.standin.lines import HttpMode
from tests.adapters.slack.test_strangers import GARBAGE

FUZZ = settings(
    max_examples=80, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PATIENCE = 10.0  # seconds

bodies = st.one_of(
    st.binary(max_size=300),
    st.sampled_from(GARBAGE[:-1]).map(str.encode),
    st.dictionaries(st.text(max_size=12), st.text(max_size=40), max_size=5).map(
        lambda pairs: urlencode(pairs).encode()
    ),
)
kinds = st.one_of(
    st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain; charset=utf-16",
            "application/json; charset=no-such",
            "",
        ]
    ),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=40),
)
signs = st.characters(codec="latin-1", exclude_characters="\r\n")
names = st.one_of(
    st.sampled_from(
        [
            "X-Slack-Signature",
            "X-Slack-Request-Timestamp",
            "Content-Encoding",
            "Content-Length",
            "Transfer-Encoding",
            "X-Slack-Retry-Num",
            "Expect",
            "Upgrade",
            "Cookie",
            "Host",
        ]
    ),
    st.text(signs, max_size=20),
)
values = st.one_of(
    st.sampled_from(["gzip", "deflate", "br", "chunked", "0", "-1", "99999999999", "v0=", "100-continue", "websocket"]),
    st.text(signs, max_size=60),
)
slack_names = st.sampled_from(["X-Slack-Signature", "X-Slack-Request-Timestamp", "X-Slack-Retry-Num", "Cookie"])
lines = st.one_of(
    st.just(b"POST /slack/events HTTP/1.1"),
    st.sampled_from([b"GET / HTTP/1.1", b"POST * HTTP/1.0", b"POST /slack/events", b"PRI * HTTP/2.0", b"\x16\x03\x01"]),
    st.binary(max_size=60),
)


@pytest.fixture
async def here() -> AsyncIterator[Room]:
    async with room("http") as made:
        made.volunteer("Ana")
        yield made


def door(here: Room) -> HttpMode:
    assert isinstance(here.slack.line, HttpMode)
    return here.slack.line


async def shout(here: Room, said: bytes, *, whole: bool = False) -> int:
    """Send these bytes; gives the status of the answer, 0 where the connection is only closed.

    Unless they are a `whole` request, nothing more follows: who still waits for the rest of it hears so.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", here.adapter.port)
    try:
        async with asyncio.timeout(PATIENCE):
            with contextlib.suppress(ConnectionError):
                writer.write(said)
                if not whole:
                    writer.write_eof()
                answer = await reader.readline()
                return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0
    finally:
        writer.close()
    return 0


def request(body: bytes, headers: dict[str, str], line: str = "POST /slack/events HTTP/1.1") -> bytes:
    head = [line, "Host: x", f"Content-Length: {len(body)}", "Connection: close"]
    head += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


async def is_open(here: Room) -> bool:
    return "Hello Ana" in (await here.slack.user("Ana").say("")).text


@FUZZ
@given(bodies, kinds)
async def test_whatever_is_signed_rightly_and_makes_no_sense_is_no_500(here: Room, body: bytes, kind: str) -> None:
    headers = {**door(here).signed_bytes(body), "Content-Type": kind}
    assert 200 <= await shout(here, request(body, headers), whole=True) < 500


@FUZZ
@given(bodies, st.dictionaries(slack_names, values, max_size=3))
async def test_whatever_is_not_signed_is_refused(here: Room, body: bytes, headers: dict[str, str]) -> None:
    assert 400 <= await shout(here, request(body, headers), whole=True) < 500


@FUZZ
@given(lines, st.lists(st.tuples(names, values), max_size=5), st.binary(max_size=200))
async def test_whatever_bytes_come_are_no_500(
    here: Room, line: bytes, headers: list[tuple[str, str]], body: bytes
) -> None:
    head = b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in headers)
    assert await shout(here, line + b"\r\n" + head + b"\r\n" + body) < 500


async def test_after_all_that_the_door_is_still_open(here: Room) -> None:
    for said in (b"", b"\r\n" * 100, b"POST /slack/events HTTP/1.1\r\nContent-Length: 9\r\n\r\n", b"\xff" * 70_000):
        assert await shout(here, said) < 500
    assert await is_open(here)
