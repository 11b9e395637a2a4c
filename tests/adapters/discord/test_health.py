from pathlib import Path

import discord
import simcord

from bot.adapters.discord.health import INVITED, NEEDED, SCOPES, Sign, look_around
from bot.adapters.discord.sync import names
from bot.core.chat import Place
from tests.adapters.discord.room import Room, room
from tests.adapters.discord.test_contract import Stage


async def looked(one: Room, *places: Place, synced: bool = True) -> list[Sign]:
    client = one.adapter.client
    return [sign async for sign in look_around(client, places, names(client.tree), synced=synced)]


def channel_of(one: Room) -> Place:
    return Place(f"discord:{one.guild.id}/{one.channel.id}")


async def test_all_is_well_where_steward_may_write() -> None:
    async with room() as one:
        signs = await looked(one, channel_of(one))
        assert [sign.well for sign in signs] == [True, True]
        assert "#social-media" in signs[1].sentence


def test_the_readmes_link_asks_for_these_scopes_and_permissions_and_no_more() -> None:
    readme = (Path(__file__).parent.parent.parent.parent / "README.md").read_text(encoding="utf-8")
    assert f"scope={'+'.join(SCOPES)}&permissions={INVITED.value}`" in readme
    assert not INVITED.administrator
    assert all(getattr(INVITED, name) for name in NEEDED)


async def test_without_a_server_the_link_is_given() -> None:
    stage = Stage()
    async with simcord.run(stage.adapter.client):
        (sign,) = [sign async for sign in look_around(stage.adapter.client, (), frozenset())]
        assert not sign.well
        assert "https://discord.com/oauth2/authorize?client_id=" in sign.sentence


async def test_commands_that_are_not_registered_are_named_with_what_to_do() -> None:
    async with room() as one:
        (wrong,) = (sign for sign in await looked(one, synced=False) if not sign.well)
        assert "steward discord sync" in wrong.sentence


async def test_commands_that_discord_has_lost_are_named_too() -> None:
    async with room() as one:
        one.env.backend.commands.clear()
        (wrong,) = (sign for sign in await looked(one) if not sign.well)
        assert "steward discord sync" in wrong.sentence


async def test_a_missing_permission_is_named() -> None:
    async with room() as one:
        closed = one.guild.create_text_channel(
            "closed", overwrites={one.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        )
        (wrong,) = (sign for sign in await looked(one, Place(f"discord:{one.guild.id}/{closed.id}")) if not sign.well)
        assert "Send Messages" in wrong.sentence
        assert "#closed" in wrong.sentence


async def test_a_channel_that_is_gone_and_a_server_left_are_named() -> None:
    async with room() as one:
        _well, gone, left = await looked(one, Place(f"discord:{one.guild.id}/5"), Place("discord:5/6"))
        assert not gone.well
        assert "team channels" in gone.sentence
        assert not left.well
        assert "Invite it there" in left.sentence
