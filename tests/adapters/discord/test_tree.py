from typing import Annotated, Any

import discord
import pytest
from discord import app_commands

from bot.adapters.discord.tree import check, fingerprint, payload, plant
from bot.core.chat import Card, Kind, Person, Reply
from bot.core.command import Command
from bot.core.options import Option, Role
from bot.core.router import Context
from bot.house import topics
from tests.adapters.discord.room import room

COMMANDS = topics().router.commands
Tree = app_commands.CommandTree[Any]


async def nothing(*_given: Any) -> Any:
    return ()


def planted(*commands: Command) -> Tree:
    tree: Tree = app_commands.CommandTree(discord.AutoShardedClient(intents=discord.Intents.none()))
    plant(tree, commands, nothing, nothing, nothing)
    return tree


def option(tree: Tree, command: str, name: str) -> dict[str, Any]:
    *groups, leaf = command.split()
    found: list[dict[str, Any]] = payload(tree)
    for group in groups:
        found = next(one for one in found if one["name"] == group)["options"]
    (one,) = (each for each in next(one for one in found if one["name"] == leaf)["options"] if each["name"] == name)
    return dict(one)


def test_every_command_that_people_may_type_is_there_and_no_other() -> None:
    found = set()
    for one in payload(planted(*COMMANDS)):
        nested = [each for each in one.get("options", ()) if each["type"] == 1]
        found |= {f"{one['name']} {each['name']}" for each in nested} or {one["name"]}
    assert found == {command.name for command in COMMANDS if not command.hidden} | {
        "Save as tip",
        "Add to crisis log",
    }


def test_the_tree_is_the_same_in_every_start_and_its_fingerprint_follows_it() -> None:
    assert fingerprint(planted(*COMMANDS)) == fingerprint(planted(*COMMANDS))
    assert fingerprint(planted(*COMMANDS)) != fingerprint(planted(*COMMANDS[1:]))


def test_commands_work_in_servers_and_in_direct_messages_and_need_no_permission() -> None:
    for one in payload(planted(*COMMANDS)):
        assert one["contexts"] == [0, 1]
        assert one["default_member_permissions"] is None


def test_options_are_typed() -> None:
    tree = planted(*COMMANDS)
    kinds = discord.AppCommandOptionType
    assert option(tree, "accounts", "page")["type"] == kinds.integer.value
    assert option(tree, "team match", "person")["type"] == kinds.user.value
    assert option(tree, "team channels", "channel")["type"] == kinds.channel.value
    assert option(tree, "team map", "group")["type"] == kinds.role.value
    volunteer = option(tree, "offer", "volunteer")
    assert volunteer["type"] == kinds.string.value, "whoever is not on Discord is named too"
    assert volunteer["autocomplete"]
    for command, name in (("claim", "account"), ("zone", "zone"), ("snooze", "until")):
        assert option(tree, command, name)["autocomplete"]
    assert [one["value"] for one in option(tree, "posted", "kind")["choices"]] == [
        "content",
        "campaign",
        "repost",
        "reply",
    ]
    assert "autocomplete" not in option(tree, "posted", "link") or not option(tree, "posted", "link")["autocomplete"]


def test_a_file_is_asked_for_as_an_attachment() -> None:
    def bring(context: Context, sheet: Annotated[str, Option(lambda _c, text: text, kind=Kind.FILE)]) -> Reply:
        """Bring in a sheet.

        sheet: a CSV file
        """
        return Card(sheet)

    tree = planted(Command(bring, Role.COORDINATOR))
    assert option(tree, "bring", "sheet")["type"] == discord.AppCommandOptionType.attachment.value


def many(count: int) -> list[Command]:
    def made(number: int) -> Command:
        def run(context: Context, who: Annotated[Person, Option(lambda _c, text: Person(text))]) -> Reply:
            """Do it.

            who: whom
            """
            return Card("x")

        run.__name__ = f"word{number}"
        return Command(run, Role.ANYONE)

    return [made(number) for number in range(count)]


def test_more_than_discord_takes_fails_at_start() -> None:
    assert len(payload(planted(*many(100)))) == 100
    with pytest.raises((ValueError, app_commands.CommandLimitReached)):
        planted(*many(101))


def test_a_command_with_too_many_words_fails_at_start() -> None:
    tree = planted()
    group = app_commands.Group(name="big", description="d")

    def leaf(number: int) -> None:
        async def callback(interaction: discord.Interaction[Any], said: str) -> None:
            pass

        choices = [app_commands.Choice(name="n" * 90, value=f"{number}-{each}" + "v" * 80) for each in range(25)]
        app_commands.choices(said=choices)(callback)
        group.add_command(app_commands.Command(name=f"c{number}", description="d", callback=callback))

    for number in range(3):
        leaf(number)
    tree.add_command(group)
    with pytest.raises(ValueError, match="8000"):
        check(tree)


async def test_discord_takes_the_whole_tree() -> None:
    async with room() as one:
        assert one.mark.endswith(fingerprint(one.adapter.client.tree))
        ann = one.volunteer("Ann")
        assert {"posted", "team show", "handover confirm"} <= set(ann.available_commands(one.channel))
