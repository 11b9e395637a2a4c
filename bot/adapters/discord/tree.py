"""Steward's commands as Discord's: the tree comes from the command table, and keeps to Discord's limits."""

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, get_args, get_type_hints

import discord
from discord import app_commands

from bot.core.chat import CHOICE_LIMIT, Kind, Person
from bot.core.command import Command, Parameter

TOP_LIMIT = 100  # commands and groups at the top
GROUP_LIMIT = 25  # commands of a group
OPTIONS_LIMIT = 25  # options of a command
NAME_LIMIT = 32
DESCRIPTION_LIMIT = 100
SUGGESTION_LIMIT = 100  # characters of a suggestion, and of its value
COMMAND_LIMIT = 8000  # characters of a command or group: all names, descriptions and choices

Interaction = discord.Interaction[Any]
Asked = Callable[[Interaction, Command, Mapping[str, Any]], Awaitable[None]]
"""A command was typed: the values are as Discord gives them."""
Offer = Callable[[Interaction, str, str, str], Awaitable[Sequence[tuple[str, str]]]]
"""(interaction, command, option, what was typed so far) → (value, label) pairs."""
Taken = Callable[[Interaction, Command, discord.Message], Awaitable[None]]
"""A command was chosen in the menu of a message."""

AppCommand = app_commands.Command[Any, ..., None]


def plant(
    tree: app_commands.CommandTree[Any], commands: Sequence[Command], asked: Asked, offer: Offer, taken: Taken
) -> None:
    """Put every command that people may type into the tree. Raises ValueError where Discord would not take it."""
    shown = [command for command in commands if not command.hidden]
    groups: dict[str, app_commands.Group] = {}
    for command in shown:
        leaf = _leaf(command, asked, offer)
        if not command.group:
            tree.add_command(leaf)
            continue
        if command.group not in groups:
            members = [each.name.partition(" ")[2] for each in shown if each.group == command.group]
            groups[command.group] = _group(command.group, members)
            tree.add_command(groups[command.group])
        groups[command.group].add_command(leaf)
    for command in shown:
        if command.shortcut is not None:
            menu = app_commands.ContextMenu(name=command.shortcut.label, callback=_taker(command, taken))
            _everywhere(menu)
            tree.add_command(menu)
    check(tree)


def payload(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """What Discord is told of the tree."""
    return [dict(command.to_dict(tree)) for command in tree.get_commands()]


def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """A short word that changes whenever the tree does."""
    said = json.dumps(payload(tree), sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def check(tree: app_commands.CommandTree[Any]) -> None:
    """Raises ValueError for a tree that Discord would not take; the library does not check all of it."""
    found = payload(tree)
    if len(found) > TOP_LIMIT:
        raise ValueError(f"{len(found)} commands at the top; Discord takes {TOP_LIMIT}")
    for one in found:
        size = _check(one)
        if size > COMMAND_LIMIT:
            raise ValueError(f"“{one['name']}” has {size} characters; Discord takes {COMMAND_LIMIT}")


def _check(one: Mapping[str, Any]) -> int:
    """Checks a command, group or option, and what is in it; gives how many characters count."""
    name, description = str(one["name"]), str(one.get("description") or "")
    options, choices = one.get("options") or (), one.get("choices") or ()
    if not 0 < len(name) <= NAME_LIMIT or len(description) > DESCRIPTION_LIMIT:
        raise ValueError(f"“{name}”: a name has {NAME_LIMIT} characters at most, a description {DESCRIPTION_LIMIT}")
    if len(options) > min(OPTIONS_LIMIT, GROUP_LIMIT) or len(choices) > CHOICE_LIMIT:
        raise ValueError(f"“{name}” has more than 25 options or choices")
    said = sum(len(str(each["name"])) + len(str(each["value"])) for each in choices)
    return len(name) + len(description) + said + sum(map(_check, options))


def _group(name: str, members: Sequence[str]) -> app_commands.Group:
    said = f"{name.capitalize()}: "
    for number, member in enumerate(members):
        more = f"{', ' if number else ''}{member}"
        if len(said) + len(more) + len(" and more") > DESCRIPTION_LIMIT:
            said += " and more"
            break
        said += more
    group = app_commands.Group(name=name, description=said)
    _everywhere(group)
    return group


def _leaf(command: Command, asked: Asked, offer: Offer) -> AppCommand:
    async def callback(interaction: Interaction, **values: Any) -> None:
        await asked(interaction, command, values)

    hints = get_type_hints(command.run, include_extras=True)
    kinds = {each.keyword: _type(each, hints[each.keyword]) for each in command.parameters}
    parameters = [
        inspect.Parameter(
            each.keyword,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=kinds[each.keyword] if each.required else kinds[each.keyword] | None,
            default=inspect.Parameter.empty if each.required else None,
        )
        for each in command.parameters
    ]
    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Interaction)
    callback.__signature__ = inspect.Signature([first, *parameters])  # type: ignore[attr-defined]
    callback.__doc__ = None
    _describe(callback, command, kinds, offer)
    name = command.name.partition(" ")[2] or command.name
    leaf: AppCommand = app_commands.Command(name=name, description=command.help, callback=callback)
    _everywhere(leaf)
    return leaf


def _describe(callback: Any, command: Command, kinds: Mapping[str, Any], offer: Offer) -> None:
    """Tell the library each option's name, help, choices and suggestions."""
    app_commands.describe(**{each.keyword: each.help for each in command.parameters})(callback)
    app_commands.rename(**{each.keyword: each.name for each in command.parameters if each.keyword != each.name})(
        callback
    )
    fixed = {each.keyword: fixed_choices(each) for each in command.parameters}
    app_commands.choices(
        **{
            name: [app_commands.Choice(name=label, value=value) for value, label in pairs]
            for name, pairs in fixed.items()
            if pairs
        }
    )(callback)
    suggesting = {
        each.keyword: _suggester(command, each, offer)
        for each in command.parameters
        if kinds[each.keyword] is str and not fixed[each.keyword] and _offered(each) != ()
    }
    app_commands.autocomplete(**suggesting)(callback)


def _suggester(command: Command, parameter: Parameter, offer: Offer) -> Any:
    async def suggest(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        pairs = await offer(interaction, command.name, parameter.name, typed)
        fitting = [
            (value, " ".join((label or value).split()))
            for value, label in pairs
            if 0 < len(value) <= SUGGESTION_LIMIT and (label or value).strip()
        ]
        return [
            app_commands.Choice(name=label if len(label) <= SUGGESTION_LIMIT else value, value=value)
            for value, label in fitting[:CHOICE_LIMIT]
        ]

    return suggest


def _type(parameter: Parameter, hint: Any) -> Any:
    """How Discord asks for an option. Whoever is in the team is chosen by name: they need not be on Discord."""
    match parameter.option.kind:
        case Kind.NUMBER:
            return int
        case Kind.PERSON if Person in _bases(hint):
            return discord.User
        case Kind.PLACE:
            return app_commands.AppCommandChannel
        case Kind.GROUP:
            return discord.Role
        case Kind.FILE:
            return discord.Attachment
        case _:
            return str


def _bases(hint: Any) -> set[Any]:
    """The classes in an annotation, however it is wrapped."""
    inner = get_args(hint)
    return {hint} if not inner else set().union(*map(_bases, inner))


class _Nobody:
    """Stands for a context of which nothing is known: whatever looks into it fails."""


def fixed_choices(parameter: Parameter) -> Sequence[tuple[str, str]]:
    """The choices of an option that are the same for everybody, or nothing where the team decides on them."""
    pairs = _offered(parameter) or ()
    if parameter.option.kind is not Kind.CHOICE:
        return ()
    fit = all(0 < len(value) <= SUGGESTION_LIMIT and 0 < len(label) <= SUGGESTION_LIMIT for value, label in pairs)
    return pairs if fit and len(pairs) <= CHOICE_LIMIT else ()


def _offered(parameter: Parameter) -> tuple[tuple[str, str], ...] | None:
    """What an option offers everybody; None where that depends on who asks."""
    try:
        return tuple(parameter.option.suggest(_Nobody(), ""))  # type: ignore[arg-type]
    except AttributeError:  # it looked at the team's records
        return None


def _taker(command: Command, taken: Taken) -> Any:
    async def take(interaction: Interaction, message: discord.Message) -> None:
        await taken(interaction, command, message)

    return take


def _everywhere(command: AppCommand | app_commands.Group | app_commands.ContextMenu) -> None:
    """In servers and in direct messages, for whoever is in a server with Steward."""
    command.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
    command.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
