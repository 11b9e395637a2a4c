"""Files that are attached to a form: fetched, read, and kindly refused."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.adapters.slack import files
from bot.core.words import FILE_LIMIT, TOO_LARGE
from bot.topics.accounts.model import Account
from bot.topics.crisis.kept import Playbook
from bot.topics.crisis.versions import shipped
from bot.topics.team.model import TeamRole
from tests.adapters.slack.room import MODES, Room, room
from tests.adapters.slack.standin.faults import Fault, slow
from tests.adapters.slack.standin.lines import INTERACTIVE
from tests.adapters.slack.standin.screens import Screen
from tests.adapters.slack.standin.user import SlackUser

SHEET = ("accounts.csv", b"name,network,short_name\nContinuing education,x,ce-x\n")


@pytest.fixture(params=MODES)
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    async with room(request.param) as made:
        yield made


async def asked(here: Room, command: str = "account import") -> tuple[SlackUser, Screen]:
    """A coordinator who is asked for a file."""
    office = here.volunteer("Office", TeamRole.COORDINATOR)
    form = await office.say(command)
    assert [one.kind for one in form.controls] == ["file_input"]
    return office, form


async def test_a_sheet_of_accounts_is_attached_looked_at_and_imported(here: Room) -> None:
    rows = "".join(f"Site number {number},website,site-{number}\n" for number in range(400))
    office, form = await asked(here)
    turn = await office.submit(form, file=("accounts.csv", b"name,network,short_name\n" + rows.encode()))
    shown = await turn.answer()
    assert "400 accounts: 400 new" in shown.text
    assert "site-10: Site number 10" in (await office.pressed("Next lines", shown)).text
    assert here.house.find(Account) == []
    assert "400 accounts imported" in (await office.pressed("Import 400 accounts", shown)).text
    assert len(here.house.find(Account)) == 400


async def test_a_whole_crisis_plan_is_attached_and_its_faults_are_named(here: Room) -> None:
    office, form = await asked(here, "playbook import")
    bad = shipped().replace("role: spotter", "role: pope").encode()
    refused = await (await office.submit(form, file=("plan.yaml", bad))).answer()
    assert "nothing was changed" in refused.text
    assert "role: “pope” is not one of" in refused.text
    good = shipped().replace("ack: 60", "ack: 50")
    turn = await office.submit(await office.say("playbook import"), file=("plan.yaml", good.encode()))
    assert "Version 1 holds" in (await turn.answer()).text
    assert [one.text for one in here.house.find(Playbook)] == [good]


async def test_a_sheet_with_passwords_is_refused_and_not_repeated(here: Room) -> None:
    office, form = await asked(here)
    refused = await office.submit(form, file=("a.csv", b"name,network,password\na,x,hunter2\n"))
    said = (await refused.answer()).text
    assert "delete this file" in said
    assert "hunter2" not in said


async def test_what_is_typed_behind_the_command_is_taken_as_before(here: Room) -> None:
    office = here.volunteer("Office", TeamRole.COORDINATOR)
    said = await office.say(f"account import {SHEET[1].decode()}")
    assert "1 account: 1 new" in said.text
    form = await office.say("account import accounts.csv")
    assert [one.kind for one in form.controls] == ["file_input"]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (("big.csv", b"x" * (FILE_LIMIT + 1)), TOO_LARGE),
        (("table.csv", "naïve".encode("utf-16")), "not plain text. Please save it as text in UTF-8, attach it again"),
        (("cat.png", b"\x89PNG\r\n\x1a\n\xff"), "not plain text"),
        (("page.html", b"<html>name,network</html>"), "That file is a web page."),
        (("none.csv", b"\xef\xbb\xbf \n"), "That file is empty."),
        (("line.csv", b"one line"), "That is one line only."),
    ],
)
async def test_what_is_no_small_text_is_refused_at_its_field(here: Room, file: tuple[str, bytes], told: str) -> None:
    office, form = await asked(here)
    await office.submit(form, file=file)
    assert told in form.text
    shown = await (await office.submit(form, file=SHEET)).answer()
    assert "1 account: 1 new" in shown.text


async def test_a_file_that_is_larger_than_announced_is_read_no_further_than_can_be_taken(here: Room) -> None:
    office, form = await asked(here)
    here.slack.faults.order("download", Fault(endless=True))
    await office.submit(form, file=SHEET)
    assert TOO_LARGE in form.text


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"status": 401}, "Reinstall App"),
        ({"status": 403}, "Reinstall App"),
        ({"page": True}, "Reinstall App"),
        ({"status": 404}, "I could not fetch that file from Slack. Please attach it again"),
        ({"status": 500}, "I could not fetch that file from Slack."),
        ({"dropped": True}, "I could not fetch that file from Slack."),
    ],
)
async def test_what_is_not_handed_over_is_said_at_its_field(here: Room, fault: dict[str, Any], told: str) -> None:
    office, form = await asked(here)
    tries = 2 if "dropped" in fault else 1  # a connection that broke is tried again at once
    here.slack.faults.order("download", *(Fault(**fault) for _ in range(tries)))
    await office.submit(form, file=SHEET)
    assert here.slack.faults.left == {}
    assert told in form.text
    assert "1 account: 1 new" in (await (await office.submit(form, file=SHEET)).answer()).text


async def test_slack_has_its_answer_in_time_when_it_is_slow_itself(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FETCHED", 0.05)
    office, form = await asked(here)
    fault = here.slack.faults.order("download", slow())
    await office.submit(form, file=SHEET)
    assert "Slack was too slow in handing me that file. Please choose “Send” once more." in form.text
    fault.go.set()


async def test_an_app_that_was_installed_without_the_permission_works_and_says_what_is_missing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with room(start=False) as here:
        here.slack.web.scopes.discard("files:read")
        await here.start()
        assert "the permission files:read is not given" in caplog.text
        assert "Reinstall App" in caplog.text
        office, form = await asked(here)
        await office.submit(form, file=SHEET)
        assert "the permission files:read is missing" in form.text
        assert "paste what is in the file behind the command" in form.text
        assert here.slack.attached.led_away == ["accounts.csv"]
        assert here.slack.attached.pages == 0, "the token was taken to another page"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/files-pri/T1-F1/download/accounts.csv",
        "https://files.slack.com.example.org/accounts.csv",
        "https://files.slack.com@127.0.0.1/accounts.csv",
        "https://ana:secret@files.slack.com/accounts.csv",
        "http://files.slack.com/accounts.csv",
        "https://files.slack.com:8443/accounts.csv",
        "http://127.0.0.1:9/accounts.csv",
        "//files.slack.com/accounts.csv",
        "http://[",
        "",
        None,
    ],
)
async def test_nothing_is_fetched_from_anywhere_but_slack(
    here: Room, monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    office, form = await asked(here)
    turn, payload = await office.filled(form, file=SHEET)
    attached(payload)["url_private_download"] = address
    monkeypatch.setattr(aiohttp.ClientSession, "get", None)  # whoever asks for anything fails
    await office.hand_in(turn, INTERACTIVE, payload)
    assert turn.ack.body == {"response_action": "errors", "errors": {"file": files.ELSEWHERE}}
    assert here.slack.attached.downloads == []
    assert here.house.find(Account) == []


@pytest.mark.parametrize("odd", [5, "x", {"id": "F1"}, [5], [None], [{}], [{"url_private_download": 5}]])
async def test_an_odd_list_of_files_ends_nothing(here: Room, odd: object) -> None:
    office, form = await asked(here)
    turn, payload = await office.filled(form, file=SHEET)
    payload["view"]["state"]["values"]["file"]["file"]["files"] = odd
    await office.hand_in(turn, INTERACTIVE, payload)
    assert turn.ack.body["response_action"] in ("errors", "update")
    assert here.slack.attached.downloads == []
    form = await office.say("account import")
    assert "1 account: 1 new" in (await (await office.submit(form, file=SHEET)).answer()).text


def attached(payload: dict[str, Any]) -> dict[str, Any]:
    """What the form says of its file."""
    found: dict[str, Any] = payload["view"]["state"]["values"]["file"]["file"]["files"][0]
    return found
