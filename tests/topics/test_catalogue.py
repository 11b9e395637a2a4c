"""The whole command table, held word for word: a change of what people type or read shows up here."""

from pathlib import Path

import pytest

from bot.core.chat import Person, Place, Request
from bot.core.router import Command, Role
from bot.house import table, topics

GOLDEN = Path(__file__).parent / "catalogue.txt"
ROUTER = topics().router
COMMANDS = ROUTER.commands
DISCORD_TOP, DISCORD_SUB, DISCORD_OPTIONS = 100, 25, 25


def catalogue() -> str:
    """Every command, as the golden file holds it."""
    lines = []
    for heading, commands in table():
        lines.append(f"== {heading}")
        for one in commands:
            marks = [
                one.least.name.lower(),
                *(["reads"] if one.reads else []),
                *(["founding"] if one.founding else []),
                *(["hidden"] if one.hidden else []),
            ]
            lines.append(f"{one.usage}  ({', '.join(marks)})")
            lines.append(f"    {one.help}")
            lines += [f"    {each.name}: {each.help}" for each in one.parameters]
            lines += [f"    e.g. {example}" for example in one.examples]
            lines += [f"    also: {', '.join(one.aliases)}"] if one.aliases else []
    return "\n".join(lines) + "\n"


def test_the_catalogue_is_the_one_that_was_agreed() -> None:
    """If the change is meant: python -m tests.topics.test_catalogue writes the file anew."""
    assert catalogue() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_options_and_examples_that_find_it(command: Command) -> None:
    command.check()
    assert command.help.endswith((".", "?"))
    assert command.hidden or command.least is Role.ENGINE or command.examples
    for example in command.examples:
        assert ROUTER.find(Request(Person("test:x"), Place("test:x"), text=example))[0] is command
    assert all(parameter.help for parameter in command.parameters) or command.hidden
    assert len(command.parameters) <= DISCORD_OPTIONS


def test_the_table_fits_discord() -> None:
    shown = [command for command in COMMANDS if not command.hidden]  # what only buttons press is in no tree
    tops = {command.group or command.name for command in shown}
    assert len(tops) <= DISCORD_TOP
    for top in tops:
        assert sum(command.group == top for command in shown) <= DISCORD_SUB
    assert all(word.replace("-", "").isalnum() and word.islower() for one in COMMANDS for word in one.name.split())
    assert all(len(word) <= 32 for one in COMMANDS for word in one.name.split())


if __name__ == "__main__":
    GOLDEN.write_text(catalogue(), encoding="utf-8")
