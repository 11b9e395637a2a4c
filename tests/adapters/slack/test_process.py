"""`steward run` as the operator starts it: a process of its own, whose Slack is the stand-in."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.standin import faults
from tests.adapters.slack.standin.slack import Slack
from tests.adapters.slack.standin.workspace import APP_TOKEN, BOT_TOKEN
from tests.terminal.at import ROOT, own_process

LONGEST = 30.0  # seconds that a process may take to start, or to stop
CODE = re.compile(r"start (\S+)")


@contextlib.asynccontextmanager
async def running(folder: Path, slack: Slack) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The process, and the one-time code that it printed. It is ended if the test did not."""
    made = await asyncio.to_thread(
        own_process, folder, "init", "--name", "Library association", "--zone", "UTC", "--yes"
    )
    assert made.code == 0, made.err
    environ = {
        "PYTHONPATH": str(ROOT),
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": slack.api_url,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env=environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        while not (found := CODE.search((await process.stdout.readline()).decode())):
            assert not process.stdout.at_eof(), (await process.communicate())[1].decode()
        yield process, found[1]
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as made:
        yield made


async def test_the_printed_code_works_and_a_stop_ends_what_is_under_way(tmp_path: Path, slack: Slack) -> None:
    async with asyncio.timeout(LONGEST * 2), running(tmp_path, slack) as (process, code):
        await slack.until(lambda: slack.socket.connections, "the process to connect")
        office = slack.user("Office")
        said = await office.say(f"start {code}")
        assert "You are the coordinator" in said.text
        fault = slack.faults.order("response_url", faults.slow())
        turn = await office.begin("team show")
        await fault.arrived.wait()
        process.send_signal(signal.SIGTERM)
        await slack.until(lambda: not slack.socket.connections, "the intake to stop")
        fault.go.set()
        _out, err = await process.communicate()
        assert err.decode() == ""
        assert process.returncode == 0
        assert "Office" in turn.last.text
    assert slack.complaints == []
