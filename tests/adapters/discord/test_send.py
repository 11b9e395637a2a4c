import asyncio

import discord
import pytest
from msgspec.structs import replace
from simcord.actors import MemberActor

from bot.adapters.discord.adapter import Discord
from bot.core.chat import Button, Card, Message, Person, Picture, Place, Row, Rows, Words
from bot.core.ports import Parcel
from bot.errors import Undelivered, Unreachable
from bot.topics.team.model import Identity, TeamRole, Volunteer
from tests.adapters.discord.room import Room, room
from tests.adapters.discord.seen import pressable, read
from tests.adapters.discord.test_contract import Stage

HELLO = Card("Hello", "A word.", controls=(Button("Home", "home"),))
LONG = Card("Long", "", tuple(Words(f"{number} " + "word " * 500) for number in range(4)))


def parcel(to: Person | Place, card: Card = HELLO, key: str = "k", **more: object) -> Parcel:
    return replace(Parcel("p1", "abcdefghij", Message(to, key, card), 1, "", doubtful=False, tries=0), **more)


def chart(alt: str) -> Card:
    return Card("Chart", "", (Picture("chart.png", b"\x89PNG", alt),))


def to(member: MemberActor) -> Person:
    return Person(f"discord:{member.id}")


def here(one: Room) -> Place:
    return Place(f"discord:{one.guild.id}/{one.channel.id}")


def sent_bodies(one: Room) -> list[dict[str, object]]:
    """What was posted, as the transport was given it."""
    return [
        entry.json or {}
        for entry in one.env.http_requests
        if entry.method == "POST" and entry.path.endswith("/messages")
    ]


async def test_a_message_carries_its_team_and_is_changed_in_place() -> None:
    async with room() as one:
        ann = one.somebody("Ann")
        receipt = await one.adapter.send(parcel(to(ann)))
        (message,) = one.letters(ann)
        ((_label, _does, custom_id),) = pressable([dict(each.to_dict()) for each in message.components])
        assert custom_id.startswith("abcdefghij")
        again = await one.adapter.edit(parcel(to(ann), Card("Changed"), receipt=receipt))
        assert again == receipt
        assert [read(each) for each in one.letters(ann)] == ["### Changed"]


async def test_what_may_have_arrived_is_found_again_and_nothing_else_is() -> None:
    async with room() as one:
        ann = one.somebody("Ann")
        await one.adapter.send(parcel(to(ann), key="other"))
        assert await one.adapter.find(parcel(to(ann), doubtful=True)) is None
        receipt = await one.adapter.send(parcel(to(ann)))
        await one.restart()
        assert await one.adapter.find(parcel(to(ann), doubtful=True)) == receipt
        elsewhere = replace(parcel(to(ann), doubtful=True), team="zzzzzzzzzz")
        assert await one.adapter.find(elsewhere) is None, "another team may use the same key"


async def test_a_repeat_within_minutes_carries_the_same_nonce() -> None:
    async with room() as one:
        ann = one.somebody("Ann")
        await one.adapter.send(parcel(to(ann)))
        await one.adapter.send(parcel(to(ann)))
        first, second = (body["nonce"] for body in sent_bodies(one))
        assert first == second == "p1-0"
        assert all(body["enforce_nonce"] for body in sent_bodies(one))


async def test_a_long_card_is_several_messages_that_grow_and_shrink_together() -> None:
    async with room() as one:
        ann = one.somebody("Ann")
        receipt = await one.adapter.send(parcel(to(ann), LONG))
        assert len(one.letters(ann)) == 4
        receipt = await one.adapter.edit(parcel(to(ann), HELLO, receipt=receipt))
        assert len(one.letters(ann)) == 1
        receipt = await one.adapter.edit(parcel(to(ann), LONG, receipt=receipt))
        assert len(one.letters(ann)) == 4
        assert await one.adapter.find(parcel(to(ann), LONG, doubtful=True)) == receipt


async def test_of_a_long_card_only_the_missing_part_is_sent_again() -> None:
    async with room() as one:
        ann = one.somebody("Ann")
        first = await one.adapter.send(parcel(to(ann), LONG))
        channel, _, messages = first.partition("/")
        last = one.env.bot.get_partial_messageable(int(channel)).get_partial_message(int(messages.split(",")[-1]))
        await last.delete()
        assert await one.adapter.find(parcel(to(ann), LONG, doubtful=True)) is None
        second = await one.adapter.send(parcel(to(ann), LONG, doubtful=True))
        assert second.split(",")[:3] == first.split(",")[:3]
        assert len(one.letters(ann)) == 4


@pytest.mark.parametrize("code", [50007, 50278])
async def test_closed_direct_messages_are_unreachable_and_the_coordinator_is_told_privately(code: int) -> None:
    async with room() as one:
        office, ann = one.volunteer("Office", TeamRole.COORDINATOR), one.volunteer("Ann")
        one.env.inject_error("POST", f"/channels/{ann.user.dm_channel.id}/messages", status=403, code=code, times=None)
        one.house.store.write("t", lambda records: records.send(Message(to(ann), "k", HELLO))).result()
        await one.deliver()
        await one.later(days=3)
        assert one.house.get(Volunteer, "ann").unreachable_since or one.house.get(Identity, to(ann).id).closed
        assert any("Ann" in read(letter) for letter in one.letters(office))
        assert not one.channel.history()


async def test_a_pause_that_discord_wants_moves_the_message_and_holds_up_nobody() -> None:
    async with room() as one:
        ann = one.somebody("Ann")
        one.env.inject_error("POST", "/channels/*/messages", status=429)
        with pytest.raises(Undelivered) as caught:
            await one.adapter.send(parcel(to(ann)))
        assert not caught.value.doubtful
        assert caught.value.until is not None
        assert caught.value.until > one.house.clock.time
        assert await one.adapter.send(parcel(to(ann)))


async def test_a_server_error_is_doubtful_and_looked_up_before_the_repeat() -> None:
    async with room() as one:
        ann = one.volunteer("Ann")
        one.env.inject_error("POST", "/channels/*/messages", status=503)
        with pytest.raises(Undelivered) as caught:
            await one.adapter.send(parcel(to(ann)))
        assert caught.value.doubtful
        one.env.inject_error("POST", "/channels/*/messages", status=502, times=2)
        one.house.store.write("t", lambda records: records.send(Message(to(ann), "k", HELLO))).result()
        await one.later(minutes=10)
        assert [read(letter) for letter in one.letters(ann)].count("### Hello\nA word.\nHome") == 1


@pytest.mark.parametrize(("code", "said"), [(50013, "Send Messages"), (50001, "View Channel")])
async def test_a_missing_permission_is_named_and_the_message_waits(
    code: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with room() as one:
        one.env.inject_error("POST", "/channels/*/messages", status=403, code=code)
        with pytest.raises(Undelivered, match=said) as caught:
            await one.adapter.send(parcel(here(one)))
        assert not isinstance(caught.value, Unreachable)
        assert caught.value.until is None, "the outbox tries again soon, and for days"
        assert said in caplog.text


async def test_a_channel_that_is_gone_and_an_address_of_nobody_are_unreachable() -> None:
    async with room() as one:
        one.env.inject_error("POST", "/channels/*/messages", status=404, code=10003)
        with pytest.raises(Unreachable):
            await one.adapter.send(parcel(here(one)))
        with pytest.raises(Unreachable, match="no address"):
            await one.adapter.send(parcel(Person("discord:somebody")))


async def test_a_broken_connection_is_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    async with room() as one:
        ann = one.somebody("Ann")

        async def broken(*_given: object, **_more: object) -> None:
            raise ConnectionResetError

        monkeypatch.setattr(one.adapter.client.http, "send_message", broken)
        with pytest.raises(Undelivered) as caught:
            await one.adapter.send(parcel(to(ann)))
        assert caught.value.doubtful


async def test_a_message_that_was_deleted_is_left_so() -> None:
    async with room() as one:
        receipt = await one.adapter.send(parcel(here(one)))
        (message,) = one.channel.history()
        await one.env.bot.get_partial_messageable(one.channel.id).get_partial_message(message.id).delete()
        assert await one.adapter.edit(parcel(here(one), Card("Changed"), receipt=receipt)) == receipt
        assert not one.channel.history()


async def test_nobody_is_notified_but_whom_the_message_names() -> None:
    async with room() as one:
        ann, ben = one.somebody("Ann"), one.somebody("Ben")
        card = Card("Help wanted", (to(ann), " or ", to(ben), ", please. @everyone"))
        await one.adapter.send(parcel(here(one), card))
        await one.adapter.send(
            replace(parcel(here(one), card), message=Message(here(one), "k2", card, mentions=(to(ann),)))
        )
        first, second = (body["allowed_mentions"] for body in sent_bodies(one))
        assert first == {"parse": []}
        assert second == {"parse": [], "users": [ann.id]}


async def test_a_message_under_another_is_a_reply_to_it() -> None:
    async with room() as one:
        first = await one.adapter.send(parcel(here(one)))
        await one.adapter.send(parcel(here(one), Card("More"), "k2", under=first))
        before, after = one.channel.history()
        assert after.reference is not None
        assert after.reference.message_id == before.id


async def test_a_picture_is_attached_with_the_text_that_says_the_same() -> None:
    async with room() as one:
        await one.adapter.send(parcel(here(one), chart("Up, then down")))
        (message,) = one.channel.history()
        assert [each.filename for each in message.attachments] == ["1-chart.png"]
        assert message.attachments[0].description == "Up, then down"
        assert "Up, then down" in read(message)


async def test_a_picture_is_exchanged_and_keeps_its_place_and_text_when_the_message_changes() -> None:
    async with room() as one:
        receipt = await one.adapter.send(parcel(here(one), chart("Up, then down")))
        again = await one.adapter.edit(parcel(here(one), chart("Down, then up"), receipt=receipt))
        assert again == receipt
        (message,) = one.channel.history()
        assert [each.filename for each in message.attachments] == ["1-chart.png"]
        assert message.attachments[0].description == "Down, then up"
        assert read(message) == "### Chart\nDown, then up"
        await one.adapter.edit(parcel(here(one), HELLO, receipt=receipt))
        assert [each.attachments for each in one.channel.history()] == [[]]


async def test_a_message_that_changed_is_still_found_by_its_key() -> None:
    async with room() as one:
        receipt = await one.adapter.send(parcel(here(one), HELLO))
        await one.adapter.edit(parcel(here(one), Card("Changed"), receipt=receipt))
        assert await one.adapter.find(parcel(here(one), Card("Changed"), doubtful=True)) == receipt


async def test_before_it_has_signed_in_a_message_waits_a_little_and_then_as_long_as_it_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    adapter: Discord = Stage().adapter
    sending = asyncio.create_task(adapter.send(parcel(Person("discord:nobody"))))
    await asyncio.sleep(0)
    assert not sending.done()
    adapter.client.signed_in.set()
    with pytest.raises(Unreachable, match="no address"):
        await sending
    adapter.client.signed_in.clear()
    monkeypatch.setattr("bot.adapters.discord.send.SIGNING_IN", 0)
    with pytest.raises(Undelivered, match="not connected yet") as caught:
        await adapter.send(parcel(Person("discord:2")))
    assert caught.value.until is None, "the outbox tries for days, where a fixed pause would soon have been given up"


async def test_a_conversation_that_can_not_be_read_back_is_no_obstacle() -> None:
    async with room() as one:
        one.env.inject_error("GET", "/channels/*/messages", status=403, code=50001)
        assert await one.adapter.find(parcel(here(one), doubtful=True)) is None
        one.env.inject_error("GET", "/channels/*/messages", status=500)
        with pytest.raises(Undelivered) as caught:
            await one.adapter.find(parcel(here(one), doubtful=True))
        assert caught.value.doubtful


async def test_nothing_is_kept_in_memory_for_controls() -> None:
    async with room() as one:
        rows = tuple(Row(f"{n}", controls=(Button(f"Do {n}", "home", {"n": str(n)}),)) for n in range(5))
        for number in range(20):
            await one.adapter.send(parcel(here(one), Card("x", "", (Rows(rows),)), f"k{number}"))
        assert one.adapter.client.persistent_views == []
        assert isinstance(one.env.bot, discord.AutoShardedClient)
