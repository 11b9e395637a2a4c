"""A whole Steward on a simulated Discord: the real storage, engine, topics, worker and adapter."""

import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.backend.models import Interaction
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.env import Env
from simcord.interactions import base_payload

from bot.adapters.discord.adapter import Discord, Outside
from bot.adapters.discord.sync import Marks
from bot.core.errands import Errands
from bot.core.pump import Pump
from bot.core.worker import Worker
from bot.terminal.discord import places_in
from bot.topics.team.model import House as HouseRecord
from bot.topics.team.model import Identity, TeamRole, Volunteer
from tests.house import House

Anybody = MemberActor | UserHandle


def over(house: House, marks: Marks, token: str, *, shards: int | None = None, gateway_url: str = "") -> Discord:
    """An adapter over a house's engine, and the house's worker over both."""
    engine = house.engine

    def seconds() -> float:
        return house.clock.time.timestamp()

    async def flush() -> None:
        await house.worker.flush()

    outside = Outside(
        engine.handle,
        engine.suggest,
        engine.topics.router.by_name,
        house.clock.now,
        house.chance.id,
        marks,
        seconds=seconds,
        flush=flush,
        places=partial(places_in, house.store),
    )
    adapter = Discord(token, outside, shards=shards, gateway_url=gateway_url)
    pump = Pump(house.store, house.clock, {"discord": adapter}, engine.cannot_reach)
    house.worker = Worker(engine, pump, Errands(house.store, house.clock, {}, engine.finish_errand))
    return adapter


async def passing(house: House, **delta: float) -> None:
    """Let time pass, stopping at each due time on the way."""
    end = house.clock.time + timedelta(**delta)
    await house.worker.round()
    while (due := house.store.next_due()) is not None and due <= end:
        house.clock.time = max(due, house.clock.time)
        await house.worker.round()
    house.clock.time = end


class Room:
    """One server with one channel, whose team is the house's `t`."""

    def __init__(self, house: House | None = None) -> None:
        self.house = house or House()
        self.mark = ""
        self.env: Env
        self.guild: GuildHandle
        self.channel: ChannelHandle
        self.build()

    def build(self) -> Discord:
        """A new adapter, as after a restart."""
        self.adapter = over(self.house, Marks(lambda: self.mark, self._keep), "a.token", shards=1)
        return self.adapter

    def _keep(self, mark: str) -> None:
        self.mark = mark

    def settle_in(self, env: Env) -> None:
        """A server, its channel, and its team."""
        self.env = env
        self.guild = env.create_guild("Library association")
        self.channel = self.guild.create_text_channel("social-media")
        self.house.put(HouseRecord(f"discord:{self.guild.id}", self.house.clock.time))

    async def restart(self) -> None:
        """Stop, and start again as a new process would: what was in memory is gone."""
        await self.env.restart_bot(self.build().client)

    def somebody(self, name: str) -> MemberActor:
        """A member of the server whom Steward does not know."""
        return self.guild.add_member(self.env.create_user(name.casefold()))

    def volunteer(self, name: str, role: TeamRole = TeamRole.VOLUNTEER, **more: Any) -> MemberActor:
        """A member of the server who is an active volunteer."""
        known: Volunteer = self.house.volunteer(name, role, **more)
        member = self.somebody(name)
        self.house.store.write("t", lambda records: records.remove(Identity, f"test:{known.id}")).result()
        self.house.put(Identity(f"discord:{member.id}", known.id))
        return member

    def arrives(self, member: MemberActor, type: int, data: dict[str, Any], **more: Any) -> Interaction:
        """An interaction reaches Steward, without waiting for its answer: many may be under way."""
        backend = self.env.backend
        record, payload = base_payload(
            backend, type=type, channel_id=self.channel.id, guild_id=self.guild.id, user_id=member.id, data=data
        )
        backend.emit("INTERACTION_CREATE", {**payload, **more})
        return record

    def typed(self, member: MemberActor, name: str, **options: str) -> Interaction:
        """A one-word command with text options, as `arrives` has it."""
        root = self.env.backend.find_command(name, self.guild.id, type=1)
        assert root is not None
        given = [{"name": option, "type": 3, "value": value} for option, value in options.items()]
        return self.arrives(member, 2, {"id": root["id"], "name": name, "type": 1, "options": given})

    async def deliver(self) -> None:
        """Run and deliver all that is due now."""
        await self.house.worker.round()
        await self.env.settle()

    async def later(self, **delta: float) -> None:
        """Let time pass, stopping at each due time on the way."""
        await passing(self.house, **delta)
        await self.env.settle()

    def letters(self, to: Anybody) -> list[discord.Message]:
        """What stands in somebody's direct messages, oldest first."""
        user = to.user if isinstance(to, MemberActor) else to
        return user.dm_channel.history()


@contextlib.asynccontextmanager
async def room(house: House | None = None, **options: Any) -> AsyncIterator[Room]:
    """A room while it is open."""
    one = Room(house)
    try:
        async with simcord.run(one.adapter.client, **options) as env:
            one.settle_in(env)
            yield one
    finally:
        one.house.close()
