import pytest

from bot.adapters.discord.sync import register, register_changes
from bot.errors import Trouble
from tests.adapters.discord.room import Room, room


def registrations(one: Room) -> int:
    return sum(entry.method == "PUT" and entry.path.endswith("/commands") for entry in one.env.http_requests)


async def test_a_start_registers_only_what_has_changed() -> None:
    async with room() as one:
        assert registrations(one) == 1
        await one.restart()
        assert registrations(one) == 1
        one.mark = "of an older release"
        await one.restart()
        assert registrations(one) == 2


async def test_one_server_has_them_at_once_by_hand() -> None:
    async with room() as one:
        assert await register(one.adapter.client.tree, one.guild.id) > 50
        paths = [entry.path for entry in one.env.http_requests if entry.method == "PUT"]
        assert paths[-1].endswith(f"/guilds/{one.guild.id}/commands")


async def test_an_invitation_without_the_scope_is_named(caplog: pytest.LogCaptureFixture) -> None:
    async with room() as one:
        one.env.inject_error("PUT", "/applications/*/commands", status=403, code=50001, times=2)
        with pytest.raises(Trouble, match=r"applications\.commands"):
            await register(one.adapter.client.tree)
        client = one.adapter.client
        kept = one.mark
        one.mark = ""
        assert not await register_changes(client.tree, client.application_id, client._marks)  # noqa: SLF001
        assert one.mark == ""
        assert kept
        assert "applications.commands" in caplog.text


async def test_a_refusal_of_discord_says_what_to_try() -> None:
    async with room() as one:
        one.env.inject_error("PUT", "/applications/*/commands", status=500)
        with pytest.raises(Trouble, match="steward discord sync"):
            await register(one.adapter.client.tree)


async def test_a_command_that_discord_still_shows_but_steward_lost_is_out_of_date() -> None:
    async with room(check_errors=False) as one:  # the library tells its own error handlers too
        ann = one.volunteer("Ann")
        record = one.arrives(ann, 2, {"id": "1", "name": "gone", "type": 1, "options": []})
        await one.env.settle()
        assert record.responded
        (message,) = one.channel.history(viewer=ann)
        assert "out of date" in str(message.components[0].to_dict())
