import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.topics.posting.model import Post
from tests.adapters.discord.process import (
    LONGEST,
    a_team,
    done,
    is_volunteer,
    leases_run_out,
    records,
    reminder_is_due,
    running,
)
from tests.adapters.discord.standin import holds
from tests.adapters.discord.standin.discord import Standin
from tests.adapters.discord.standin.people import Asked, Somebody, text_of

REGISTERS = "/applications/*/commands"


@pytest.fixture
async def discord() -> AsyncIterator[Standin]:
    async with Standin() as made:
        yield made
        assert made.api.complaints == []


async def ready(discord: Standin, folder: Path) -> tuple[Somebody, Asked]:
    """Ann has claimed arg-x and posted on it, so long ago that a reminder waits."""
    await a_team(folder)
    ann = discord.somebody("Ann")
    is_volunteer(folder, ann)
    async with running(folder, discord) as steward:
        office = discord.owner("Office")
        said = await office.types("start", code=await steward.code()).text()
        assert "You are the coordinator" in said
        given = {"network": "x", "name": "Affiliate groups", "handle": "@arg", "short": "arg-x"}
        assert "Added: Affiliate groups" in await office.types("account add", **given).text()
        assert "You look after arg-x now" in await ann.types("claim", account="arg-x").text()
        await ann.types("rhythm", account="arg-x", how_often="every week").text()
        hold = discord.holds.order("POST /interactions/*/callback", holds.slow())
        posted = ann.types("posted", account="arg-x", when="12 days ago")
        await hold.reached()
        steward.stop()
        async with asyncio.timeout(LONGEST):  # the signal arrives when it does
            while "being restarted" not in await ann.types("home").text():
                pass
        hold.go.set()
        printed = await steward.ended()
    assert (printed.code, printed.err) == (0, "")
    return ann, posted


def posts(folder: Path) -> list[Post]:
    with records(folder) as (store, team):
        return store.read(team, lambda kept: kept.find(Post))


async def test_a_conversation_two_starts_and_stops_that_finish_what_was_begun(tmp_path: Path, discord: Standin) -> None:
    ann, posted = await ready(discord, tmp_path)
    assert "Noted: arg-x" in await posted.text()
    assert posted.answers == 1
    assert len(posts(tmp_path)) == 1
    assert discord.gateway.closed == [1000]
    assert discord.api.asked("PUT", REGISTERS) == 1

    reminder_is_due(tmp_path)
    async with running(tmp_path, discord) as steward:
        await discord.until(lambda: ann.letters, "the reminder")
        (letter,) = ann.letters
        assert "No post recorded on arg-x" in text_of(letter)
        assert "arg-x" in await ann.presses(letter, "Next week").text()
        steward.stop()
        printed = await steward.ended()
    assert (printed.code, printed.err) == (0, "")
    assert len(ann.letters) == 2, "the reminder, and the answer to what was pressed on it"
    assert discord.api.asked("PUT", REGISTERS) == 1, "nothing has changed since the first start"


async def test_a_process_that_is_killed_loses_and_doubles_nothing(tmp_path: Path, discord: Standin) -> None:
    ann, _posted = await ready(discord, tmp_path)
    reminder_is_due(tmp_path)
    sending = discord.holds.order("POST /channels/*/messages", holds.slow())
    async with running(tmp_path, discord) as steward:
        answering = discord.holds.order("POST /interactions/*/callback", holds.slow())
        ann.types("posted", account="arg-x", when="13 days ago")
        await sending.reached()
        await answering.reached()
        await steward.kill()
    (letter,) = ann.letters
    assert len(posts(tmp_path)) == 2

    leases_run_out(tmp_path)
    async with running(tmp_path, discord) as steward:
        await discord.until(lambda: discord.api.asked("GET", "/channels/*/messages"), "a look for what had arrived")
        assert "Noted: arg-x" in await ann.presses(letter, "Posted on arg-x").text()
        steward.stop()
        printed = await steward.ended()
    assert (printed.code, printed.err) == (0, "")
    assert len(ann.letters) == 2, "the reminder once, and the answer to what was pressed on it"
    assert len(posts(tmp_path)) == 3


async def test_commands_are_registered_by_hand_and_then_not_again_by_a_start(tmp_path: Path, discord: Standin) -> None:
    await a_team(tmp_path)
    printed = await done(tmp_path, discord, "doctor")
    assert "Discord does not show the commands as this release has them" in printed.out

    printed = await done(tmp_path, discord, "discord", "sync")
    shown = len(discord.backend.commands[None])
    assert (printed.code, printed.out) == (
        0,
        f"Registered {shown} commands everywhere; people see them within minutes.\n",
    )
    assert "Discord does not show the commands" not in (await done(tmp_path, discord, "doctor")).out

    async with running(tmp_path, discord) as steward:
        steward.stop()
        assert (await steward.ended()).code == 0
    assert discord.api.asked("PUT", REGISTERS) == 1

    server = str(discord.guild.id)
    printed = await done(tmp_path, discord, "discord", "sync", "--guild", server)
    assert (printed.code, printed.out) == (0, f"Registered {shown} commands in that server, where they show at once.\n")
    discord.api.fail("PUT", f"/applications/*/guilds/{server}/commands", status=403, code=50001)
    printed = await done(tmp_path, discord, "discord", "sync", "--guild", server)
    assert printed.code == 1
    assert "invite Steward again with the scope" in printed.err


async def test_a_token_that_discord_does_not_know_ends_the_process_with_a_sentence(
    tmp_path: Path, discord: Standin
) -> None:
    await a_team(tmp_path)
    discord.gateway.token = "another"
    async with running(tmp_path, discord, connects=False) as steward:
        printed = await steward.ended()
    assert printed.code == 1
    assert printed.err.startswith("Discord does not know the token in DISCORD_TOKEN.")
    assert "Traceback" not in printed.err
    assert discord.api.token not in printed.err + printed.out
