"""Setting a team up on Discord, and what its server's roles and other network have to do with it."""

from functools import partial

import discord
from simcord.actors import MemberActor

from bot.core.chat import Button, Card, Message, Person, Place, Request
from bot.core.plain import controls_of, plain
from bot.core.ports import Records
from bot.core.pump import Pump
from bot.core.worker import Worker
from bot.topics.accounts.model import Account, Status
from bot.topics.team.codes import give_code
from bot.topics.team.model import CoordinatingGroup, Identity, Purpose, Standing, Team, TeamRole, Volunteer
from bot.topics.team.model import House as HouseRecord
from tests.adapters.discord.room import Room, room
from tests.adapters.discord.seen import pressable, read, said
from tests.adapters.discord.test_answering import fields
from tests.adapters.discord.test_journey import click
from tests.adapters.discord.test_send import to
from tests.engine_room import Postbox
from tests.topics.team.elsewhere import code_in

OFFICE = Person("slack:T1/U1")


def owns(one: Room, member: MemberActor) -> MemberActor:
    """The server is theirs from now on."""
    one.env.backend.edit_guild(one.guild.id, {"owner_id": member.id})
    return member


async def test_a_team_is_set_up_with_discords_own_lists() -> None:
    async with room() as one:
        house = one.house
        house.store.write("t", lambda records: records.remove(HouseRecord, f"discord:{one.guild.id}")).result()
        house.put(Volunteer("rg", "Regional groups", standing=Standing.INVITED))
        code = house.store.write(
            "t", lambda records: give_code(records, house.chance, house.clock.time, Purpose.START)
        ).result()
        office, ben = owns(one, one.somebody("Office")), one.somebody("Ben")
        started = await office.slash(one.channel, "start", code=code, name="new")
        assert started.ephemeral
        assert "You are the coordinator" in said(started)
        assert house.get(HouseRecord, f"discord:{one.guild.id}")

        zones = await office.autocomplete(one.channel, "zone", "zone", "chic")
        assert "America/Chicago" in [each["value"] for each in zones]
        assert "Chicago" in said(await office.slash(one.channel, "zone", zone="America/Chicago"))

        chosen = await office.slash(one.channel, "team set", what="channel", value=f"<#{one.channel.id}>")
        assert "Not yet" not in said(chosen)
        assert house.get(Team, "t").channel == f"discord:{one.guild.id}/{one.channel.id}"

        asked = await office.slash(one.channel, "team match", invited="Regional groups")
        assert fields(asked)["person"]["type"] == discord.ComponentType.user_select.value
        matched = await office.submit_modal(asked, {"person": [ben]})
        assert "Regional groups is" in said(matched)
        assert house.get(Identity, f"discord:{ben.id}").volunteer == "rg"


async def test_who_holds_a_role_that_the_owner_named_acts_as_coordinator() -> None:
    async with room() as one:
        one.volunteer("Office", TeamRole.COORDINATOR)
        mine, admins = (
            one.guild.create_role("Social media"),
            one.guild.create_role("Admins", permissions=discord.Permissions(administrator=True)),
        )
        ann, ben, eve = one.volunteer("Ann"), one.volunteer("Ben"), one.volunteer("Eve")
        owns(one, ann)
        for member, role in ((ben, mine), (eve, admins)):
            one.env.backend.add_member_role(one.guild.id, member.id, role.id)
        assert "Only a coordinator" in said(await ben.slash(one.channel, "team invite", name="Photos"))
        assert "Only a coordinator" in said(await eve.slash(one.channel, "team map", group=mine))
        mapped = await ann.slash(one.channel, "team map", group=mine)
        assert "people with Social media" in said(mapped)
        assert [each.id for each in one.house.find(CoordinatingGroup)] == [f"discord:{one.guild.id}/{mine.id}"]
        assert "is invited" in said(await ben.slash(one.channel, "team invite", name="Photos"))
        assert "Only a coordinator" in said(await eve.slash(one.channel, "team invite", name="Videos"))
        assert "Only a coordinator" in said(await ben.user.slash("team invite", name="Videos")), "only where it is held"


async def test_closed_messages_are_mentioned_in_the_channel_only_where_that_was_agreed() -> None:
    async with room() as one:
        one.volunteer("Office", TeamRole.COORDINATOR)
        ann, ben, eve = one.volunteer("Ann"), one.volunteer("Ben", mention=True), one.somebody("Eve")
        here = f"discord:{one.guild.id}/{one.channel.id}"
        one.house.put(Team("t", "Library association", "America/Chicago", "US", channel=here))
        for member in (ann, ben):
            closed = f"/channels/{member.user.dm_channel.id}/messages"
            one.env.inject_error("POST", closed, status=403, code=50007, times=None)
            letter = Message(to(member), member.name, Card(f"For {member.name}"))
            one.house.store.write("t", partial(send, letter)).result()
        await one.later(days=1)
        (line,) = one.channel.history()
        assert read(line) == f"### A private note\n<@{ben.id}>: a private note for you.\nOpen my note"
        assert [each.id for each in line.mentions] == [ben.id]

        assert "no private note for you" in said(await click(eve, line, "Open my note"))
        opened = await click(ben, line, "Open my note")
        assert opened.ephemeral
        assert "For ben" in said(opened)
        await one.deliver()
        (line,) = one.channel.history()
        assert "was here for you" in read(line)
        assert not list(pressable([dict(each.to_dict()) for each in line.components]))


def send(letter: Message, records: Records) -> None:
    records.send(letter)


def also_slack(one: Room) -> Postbox:
    """The team is on Slack, too."""
    slack, house = Postbox("slack"), one.house
    pump = Pump(house.store, house.clock, {"discord": one.adapter, "slack": slack}, house.engine.cannot_reach)
    house.worker = Worker(house.engine, pump, house.worker._errands)  # noqa: SLF001 - there are none
    house.put(HouseRecord("slack:T1", house.clock.time))
    return slack


async def test_who_is_on_both_networks_is_written_to_on_the_one_that_they_prefer_and_never_on_both() -> None:
    async with room() as one:
        slack, ann, ben = also_slack(one), one.volunteer("Ann"), one.volunteer("Ben")
        one.house.put(Identity("slack:T1/U2", "ann"))
        for number, network in enumerate(("discord", "slack", "discord")):
            short = f"n{number}-x"
            one.house.put(Account(short, short, short.upper(), "x", status=Status.ACTIVE, owner="ben"))
            before = (len(one.letters(ann)), len(slack.log))
            await ann.slash(one.channel, "prefer", network=network)
            await ben.slash(one.channel, "offer", account=short, volunteer="Ann")
            await one.later(days=4)
            came = (len(one.letters(ann)) > before[0], len(slack.log) > before[1])
            assert came == (network == "discord", network == "slack")


async def test_a_server_joins_a_team_that_is_on_slack() -> None:
    async with room() as one:
        house = one.house
        house.store.write("t", lambda records: records.remove(HouseRecord, f"discord:{one.guild.id}")).result()
        slack = also_slack(one)
        house.volunteer("Office", TeamRole.COORDINATOR)
        house.put(Identity(OFFICE.id, "office"))
        given = house.engine.handle(Request(OFFICE, Place("slack:T1/D1"), "team attach")).result()
        assert isinstance(given, Card)
        code = code_in(plain(given, house.zone))
        eve, admin = one.somebody("Eve"), owns(one, one.somebody("Admin"))
        assert "Only an administrator" in said(await eve.slash(one.channel, "team attach", code=code))
        asked = await admin.slash(one.channel, "team attach", code=code)
        assert "Should this place belong to Library association?" in said(asked)
        assert asked.response
        agreed = await click(admin, asked.response.message, "Yes, go on")
        assert "please confirm there" in said(agreed)
        await one.deliver()
        (_how, question) = slack.log[-1]
        (confirm,) = [each for each in controls_of(question.card) if each.label == "Confirm the link"]
        assert isinstance(confirm, Button)
        request = Request(OFFICE, Place("slack:T1/D1"), confirm.command, confirm.values)
        assert isinstance(house.engine.handle(request).result(), Card)
        assert house.get(HouseRecord, f"discord:{one.guild.id}")
