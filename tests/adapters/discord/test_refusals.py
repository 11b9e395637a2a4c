"""What Discord refuses at the start is named in plain words, with what to do."""

from collections.abc import AsyncIterator

import discord
import pytest
from msgspec.structs import replace
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.adapters.discord import connecting
from bot.errors import Trouble
from bot.topics.team.model import Team
from tests.adapters.discord.line import Line, line


@pytest.fixture
async def here() -> AsyncIterator[Line]:
    async with line(start=False) as made:
        yield made


def written_in(here: Line) -> None:
    """The team's messages stand in the guild's channel."""
    team = here.house.get(Team, "t")
    here.house.put(replace(team, channel=f"discord:{here.discord.guild.id}/{here.discord.channel.id}"))


async def warned(here: Line, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the operator is told once Steward has looked around."""
    await here.start()
    looked = "/applications/*/commands"
    await here.discord.until(lambda: here.discord.api.asked("GET", looked), "a look around")
    assert here.adapter.looking is not None
    await here.adapter.looking
    return [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]


async def test_a_token_that_discord_does_not_know_is_named(here: Line) -> None:
    here.discord.api.token = "another"
    with pytest.raises(Trouble, match="does not know the token in DISCORD_TOKEN"):
        await here.start()
    assert here.discord.gateway.connections == []


async def test_a_token_that_only_the_gateway_refuses_is_named(here: Line) -> None:
    here.discord.gateway.token = "another"
    with pytest.raises(Trouble, match="does not know the token in DISCORD_TOKEN"):
        await here.start()


async def test_a_token_that_is_taken_back_meanwhile_ends_steward_with_what_to_do(here: Line) -> None:
    await here.start()
    here.discord.gateway.token = "another"
    here.discord.gateway.cut()
    with pytest.raises(Trouble, match="does not know the token in DISCORD_TOKEN"):
        await here.ended()


async def test_intents_that_are_not_allowed_are_named(here: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here.adapter.client._connection, "_intents", discord.Intents.all())  # noqa: SLF001 - as if
    with pytest.raises(Trouble, match=r"4014, disallowed\s+intents.*developers/applications"):
        await here.start()


async def test_any_other_end_for_good_is_named_with_its_code(here: Line) -> None:
    await here.start()
    await here.discord.gateway.close(4012)
    with pytest.raises(Trouble, match=r"code 4012.*newest release"):
        await here.ended()


async def test_a_discord_in_trouble_is_asked_again(
    here: Line, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connecting, "AGAIN_SOONEST", 0.0)
    for path in ("/users/@me", "/gateway/bot"):
        here.discord.api.fail("GET", path, status=503)
    await here.start()
    assert caplog.text.count("Discord can't be reached") == 2


async def test_a_sign_in_that_is_refused_is_named(here: Line) -> None:
    here.discord.api.fail("GET", "/oauth2/applications/@me", status=403, code=40001)
    with pytest.raises(Trouble, match=r"did not let Steward sign in \(403, code 40001\)"):
        await here.start()


async def test_all_is_well_without_a_word(here: Line, caplog: pytest.LogCaptureFixture) -> None:
    written_in(here)
    assert await warned(here, caplog) == []


@pytest.mark.parametrize(("denied", "named"), [("send_messages", "Send Messages"), ("view_channel", "View Channels")])
async def test_a_permission_that_is_missing_in_the_teams_channel_is_named(
    here: Line, denied: str, named: str, caplog: pytest.LogCaptureFixture
) -> None:
    written_in(here)
    deny = discord.Permissions(**{denied: True}).value
    everyone = here.discord.guild.id
    here.discord.channel.overwrites.append(Overwrite(everyone, OverwriteType.ROLE, deny=deny))
    (said,) = await warned(here, caplog)
    assert named in said
    assert "in #social-media" in said
    assert "Grant it in the channel's settings" in said


async def test_commands_that_discord_did_not_take_are_named(here: Line, caplog: pytest.LogCaptureFixture) -> None:
    here.discord.api.fail("PUT", "/applications/*/commands", status=403, code=50001)
    not_taken, not_shown = await warned(here, caplog)
    assert "applications.commands" in not_taken
    assert "steward discord sync" in not_shown
    assert here.mark == ""


async def test_a_look_around_that_goes_wrong_stops_nothing(here: Line, caplog: pytest.LogCaptureFixture) -> None:
    written_in(here)
    here.discord.api.fail("GET", "/guilds/*", status=429)
    await here.start()
    assert here.adapter.looking is not None
    await here.adapter.looking
    assert [record for record in caplog.records if record.name.startswith("bot.")] == []
    assert here.discord.gateway.ready


async def test_a_steward_that_nobody_has_invited_says_where_to_invite_it(
    here: Line, caplog: pytest.LogCaptureFixture
) -> None:
    here.discord.backend.guilds.clear()
    await here.start()
    assert here.adapter.looking is not None
    await here.adapter.looking
    assert "https://discord.com/oauth2/authorize?client_id=" in caplog.text
