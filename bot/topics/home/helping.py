"""Help, from the commands' own declarations, so that it can't fall behind them."""

from collections.abc import Callable, Sequence

from bot.core.chat import Block, Button, Card, Facts, Note, Reply, Row, Rows, Words
from bot.core.pages import page_of, turns
from bot.core.router import Command, Context, Role
from bot.core.words import shown
from bot.errors import Refusal

Table = Sequence[tuple[str, Sequence[Command]]]
"""Every topic's heading and its commands."""

WHO = {
    Role.ANYONE: "everyone",
    Role.OBSERVER: "the team, observers included",
    Role.VOLUNTEER: "the team's volunteers",
    Role.COORDINATOR: "coordinators",
}


def allowed(commands: Sequence[Command], context: Context) -> list[Command]:
    """The commands that the asker may use and would look for."""
    return [one for one in commands if one.least <= context.asker.role and not one.hidden]


def help_command(table: Callable[[], Table]) -> Command:
    """`help`, over the table of all commands, itself included."""

    def help_(context: Context, words: str = "", page: int = 1) -> Reply:
        """What I can do, or how one command works.

        words: a command or a group of commands, such as `posted` or `team`; everything if left out
        page: which page of a long list
        """
        wanted = " ".join(words.casefold().lstrip("/").split())
        if not wanted:
            return overview(table(), context)
        commands = [one for _heading, several in table() for one in several if not one.hidden]
        for command in commands:
            if wanted in (command.name, *command.aliases):
                return about_command(command)
        together = [one for one in commands if one.group == wanted]
        for heading, several in table():
            if wanted in heading.casefold().split():
                together = [one for one in several if not one.hidden]
        if together:
            return about_group(wanted, together, page)
        raise Refusal(f"I have no help on “{shown(words)}”. Type `help` to see all that I can do.", option="words")

    return Command(help_, Role.ANYONE, examples=("help", "help posted", "help team"), reads=True)


def overview(table: Table, context: Context) -> Card:
    """All commands that the asker may use, by topic."""
    pairs = [(heading, allowed(commands, context)) for heading, commands in table]
    facts = Facts(tuple((heading, ", ".join(one.name for one in several)) for heading, several in pairs if several))
    return Card(
        "What I can do",
        "I keep track of who looks after each account, remind you when one could use a post, and help with both.",
        (facts, Note("Type `help` and one of these words to see how it works, for example: help posted")),
        tuple(
            Button(f"Help on {heading.lower()}", "help", {"words": heading.split()[0].lower()})
            for heading, several in pairs
            if several
        )[:5],
    )


def about_group(title: str, commands: Sequence[Command], page: int) -> Card:
    """One line for each command of a group, ten a page."""
    several, first, last = page_of(commands, page)
    rows = Rows(tuple(Row(one.usage, one.help) for one in several), first, len(commands))
    controls = turns(f"help on {title}", "help", {"words": title}, first, last)
    return Card(f"Help on {title}", f"{len(commands)} commands.", (rows,), controls)


def about_command(command: Command) -> Card:
    """How one command works: its usage, its options, examples, and who may use it."""
    blocks: list[Block] = [Words(command.more)] if command.more else []
    described = [("Type", command.usage)]
    described += [(one.name + ("" if one.required else " (may be left out)"), one.help) for one in command.parameters]
    described += [("For example", " · ".join(command.examples))] if command.examples else []
    described += [("Also", ", ".join(command.aliases))] if command.aliases else []
    described.append(("For", WHO.get(command.least, "nobody")))
    return Card(f"Help on {command.name}", command.help, (*blocks, Facts(tuple(described))))
