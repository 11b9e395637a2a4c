from concurrent.futures import Future
from typing import Annotated

import pytest
import simcord

from bot.adapters.discord.adapter import Discord, Outside
from bot.adapters.discord.read import spelled
from bot.adapters.discord.sync import Marks
from bot.core.chat import Card, Field, Form, Kind, Person, Reply, Request
from bot.core.command import Command
from bot.core.options import Option, Role
from bot.core.router import Context
from bot.core.words import FILE_LIMIT
from tests.adapters.discord.seen import said
from tests.adapters.discord.test_contract import Stage


def _read(kind: Kind) -> Option:
    return Option(lambda _context, text: text, kind=kind)


def bring(  # noqa: PLR0917 - everything that Discord can pick
    context: Context,
    sheet: Annotated[str, _read(Kind.FILE)] = "",
    who: Annotated[Person, _read(Kind.PERSON)] | None = None,
    where: Annotated[str, _read(Kind.PLACE)] = "",
    group: Annotated[str, _read(Kind.GROUP)] = "",
    count: int = 0,
) -> Reply:
    """Bring in a sheet.

    sheet: a CSV file
    who: whose it is
    where: a channel
    group: a role
    count: how many
    """
    return Card(sheet)


class Bringing(Stage):
    """A stage whose `home` asks for everything that Discord can pick."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__(*replies)
        commands = {"bring": Command(bring, Role.ANYONE)}
        clock, marks = self.adapter._sending._now, Marks(lambda: "", lambda _mark: None)  # noqa: SLF001
        outside = Outside(self._handle, lambda *_given: (), commands, clock, lambda: "abcdefghij", marks)
        self.adapter = Discord("a.token", outside, shards=1)


async def test_what_discord_picks_becomes_words_that_steward_reads() -> None:
    stage = Bringing()
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        helpers = env.guild.create_role("Helpers")
        sheet = ("a.csv", "\ufeffname,handle\nÜ,@u\n".encode())
        await ann.slash(channel, "bring", sheet=sheet, who=ann, where=channel, group=helpers, count=3)
        assert dict(stage.requests[0].values) == {
            "sheet": "name,handle\nÜ,@u\n",
            "who": f"discord:{ann.id}",
            "where": f"discord:{env.guild.id}/{channel.id}",
            "group": f"discord:{env.guild.id}/{helpers.id} Helpers",
            "count": "3",
        }


async def test_a_form_asks_with_discords_own_pickers() -> None:
    kinds = {"who": Kind.PERSON, "where": Kind.PLACE, "group": Kind.GROUP, "sheet": Kind.FILE}
    fields = tuple(Field(name, name.capitalize(), kind) for name, kind in kinds.items())
    stage = Bringing(Form("Bring", "bring", fields, {"count": "3"}))
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        helpers = env.guild.create_role("Helpers")
        shown = await ann.slash(channel, "bring")
        given = {"who": [ann], "where": [channel], "group": [helpers], "sheet": [("a.csv", b"name\n")]}
        await ann.submit_modal(shown, given)
        assert dict(stage.requests[1].values) == {
            "count": "3",
            "sheet": "name\n",
            "who": f"discord:{ann.id}",
            "where": f"discord:{env.guild.id}/{channel.id}",
            "group": f"discord:{env.guild.id}/{helpers.id} Helpers",
        }
        assert stage.requests[1].form


@pytest.mark.parametrize(
    ("data", "told"), [(b"x" * (FILE_LIMIT + 1), "too large"), (b"\xff\xfe\x00bad", "not plain text")]
)
async def test_a_file_that_is_no_small_text_is_refused_kindly(data: bytes, told: str) -> None:
    stage = Bringing()
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        answer = await ann.slash(channel, "bring", sheet=("a.csv", data))
        assert told in said(answer)
        assert answer.ephemeral
        assert stage.requests == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@2>", "discord:2"),
        (" <@!2> ", "discord:2"),
        ("<#9>", "discord:1/9"),
        ("<@&5>", "discord:1/5"),
        ("hello <@2> and <@&5>", "hello discord:2 and discord:1/5"),
        ("@ann", "@ann"),
    ],
)
def test_a_typed_mention_is_whom_it_mentions(typed: str, read: str) -> None:
    assert spelled(typed, 1) == read


def test_in_direct_messages_there_are_no_channels_and_roles() -> None:
    assert spelled("<#9>", None) == "<#9>"
    assert spelled("<@2>", None) == "discord:2"


async def test_what_goes_wrong_in_showing_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    stage = Bringing()

    def broken(_request: Request) -> "Future[Reply | None]":
        raise RuntimeError

    stage.adapter.answering._handle = broken  # noqa: SLF001 - the engine never does this
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        answer = await ann.slash(channel, "bring")
        assert "went wrong on my side" in said(answer)
        assert answer.ephemeral
    assert "an interaction on Discord went wrong" in caplog.text
