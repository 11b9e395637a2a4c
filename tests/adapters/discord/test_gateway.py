import asyncio
from collections.abc import Callable
from concurrent.futures import Future

import discord
import pytest
import simcord
from discord.http import Route
from simcord.backend.models import Interaction
from simcord.env import Env
from simcord.interactions import base_payload

from bot.adapters.discord.adapter import Discord
from bot.adapters.discord.gateway import point_at
from bot.core.chat import Card, Reply, Request
from bot.topics.accounts.model import Account, Status
from bot.topics.posting.model import Post
from bot.topics.team.model import TeamRole
from tests.adapters.discord.room import room
from tests.adapters.discord.seen import said
from tests.adapters.discord.test_contract import Stage

TURNS = 500_000  # of the event loop, before something that should happen is given up


async def test_nothing_privileged_is_asked_for_and_nobody_is_pinged_by_default() -> None:
    async with room() as one:
        client = one.adapter.client
        wanted = {name for name, value in client.intents if value}
        assert wanted == {"guilds", "dm_messages"}
        assert client.allowed_mentions is not None
        assert dict(client.allowed_mentions.to_dict()) == {"parse": []}
        assert isinstance(client, discord.AutoShardedClient)


async def test_stopping_lets_what_is_under_way_be_answered_and_takes_on_nothing_more() -> None:
    stage = Stage()
    waiting = held(stage.adapter)
    async with simcord.run(stage.adapter.client) as env:
        ann, channel = stage.people(env)
        record = _home(env, ann.id, channel.id)
        await until(lambda: bool(waiting))
        stopping = asyncio.create_task(stage.adapter.client.drained())
        await asyncio.sleep(0)
        late = _home(env, ann.id, channel.id)
        await until(lambda: late.responded)
        assert not stopping.done()
        assert len(waiting) == 1
        waiting[0].set_result(Card("Done"))
        await stopping
        assert all(each.responded for each in (record, late))
        assert len(waiting) == 1
        assert late.message_id is not None
        told = env.backend.get_message(channel.id, late.message_id)
        assert "being restarted" in str(told.components)


def held(adapter: Discord) -> "list[Future[Reply | None]]":
    """The engine is held up: what it is asked waits here for a reply."""
    waiting: list[Future[Reply | None]] = []

    def handle(_request: Request) -> "Future[Reply | None]":
        waiting.append(Future())
        return waiting[-1]

    adapter.answering._handle = handle  # noqa: SLF001 - there is no other way to be slow on purpose
    return waiting


async def until(so: Callable[[], bool]) -> None:
    """Let the loop turn until it is so."""
    for _turn in range(TURNS):
        if so():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never was so")


def _home(env: Env, user: int, channel: int) -> Interaction:
    root = env.backend.find_command("home", env.guild.id, type=1)
    assert root
    data = {"id": root["id"], "name": "home", "type": 1}
    record, payload = base_payload(
        env.backend, type=2, channel_id=channel, guild_id=env.guild.id, user_id=user, data=data
    )
    env.backend.emit("INTERACTION_CREATE", payload)
    return record


async def test_a_dropped_gateway_loses_no_command() -> None:
    async with room() as one:
        ann = one.volunteer("Ann", TeamRole.COORDINATOR)
        one.house.put(Account("a1", "ce-x", "CE", "x", status=Status.ACTIVE, owner="ann"))
        record = one.typed(ann, "posted", account="ce-x", words="before")
        one.env.bot.dispatch("disconnect")
        one.env.bot.dispatch("shard_disconnect", 0)
        one.env.bot.dispatch("shard_resumed", 0)
        one.env.bot.dispatch("resumed")
        await one.env.settle()
        assert record.responded
        assert "Noted" in said(await ann.slash(one.channel, "posted", account="ce-x", words="after"))
        assert sorted(post.words for post in one.house.find(Post)) == ["after", "before"]


def test_another_address_may_stand_in_for_discord(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    before = Route.BASE
    point_at("")
    assert before == Route.BASE
    point_at("http://localhost:1/api/v10/")
    assert Route.BASE == "http://localhost:1/api/v10"
