"""Discord at the terminal: what a wrong token or an unreachable Discord is answered with."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from discord.http import Route

from tests.terminal.at import Terminal


class Refusing(BaseHTTPRequestHandler):
    """A Discord that knows no token."""

    def do_GET(self) -> None:
        body = json.dumps({"message": "401: Unauthorized", "code": 0}).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Quiet."""


@pytest.fixture
def refusing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # it is put back at the end
    monkeypatch.setenv("DISCORD_API_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("DISCORD_TOKEN", "a-made-up-token")
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("refusing")
def test_a_wrong_token_is_named_with_what_to_do_and_never_shown(terminal: Terminal) -> None:
    terminal("init", "--name", "Friends", "--zone", "chicago", "--yes")
    for words in (("discord", "sync"), ("run",), ("doctor",)):
        printed = terminal(*words)
        said = printed.out + printed.err
        assert printed.code == 1, words
        assert "Discord does not know the token in DISCORD_TOKEN" in said, words
        assert "a-made-up-token" not in said


def test_a_discord_that_can_not_be_reached_is_named(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setenv("DISCORD_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("DISCORD_TOKEN", "a-made-up-token")
    terminal("init", "--name", "Friends", "--zone", "chicago", "--yes")
    for words in (("discord", "sync"), ("doctor",)):
        printed = terminal(*words)
        assert printed.code == 1
        assert "Discord can't be reached" in printed.out + printed.err


def test_without_a_token_registering_says_what_is_missing(terminal: Terminal) -> None:
    printed = terminal("discord", "sync")
    assert printed.code == 1
    assert "DISCORD_TOKEN is not set" in printed.err
