"""Registering the commands with Discord: by hand, or when they have changed since the last time."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands
from msgspec import Struct

from bot.adapters.discord.tree import fingerprint, payload
from bot.errors import Trouble

log = logging.getLogger(__name__)

MARK = "discord commands"  # the storage's word for what was registered last
NOT_ALLOWED = (
    "Discord did not let me register the commands: invite Steward again with the scope “applications.commands”. "
    "README.md has the link, step by step."
)


class Marks(Struct, frozen=True):
    """Where the fingerprint of what was registered last is kept: the adapter itself knows no storage."""

    read: Callable[[], str]
    keep: Callable[[str], None]


async def register(tree: app_commands.CommandTree[Any], guild: int | None = None) -> int:
    """Register the commands everywhere, or at once in one server; gives how many. Raises Trouble, saying what to do."""
    where = discord.Object(guild) if guild is not None else None
    if where is not None:
        tree.copy_global_to(guild=where)
    try:
        return len(await tree.sync(guild=where))
    except discord.Forbidden as error:
        raise Trouble(NOT_ALLOWED) from error
    except discord.HTTPException as error:
        raise Trouble(
            f"Discord did not take the commands ({error.status}, code {error.code}). Try `steward discord sync` in a "
            "few minutes; a server's own number behind `--guild` must be that of a server that Steward is in."
        ) from error


async def register_changes(tree: app_commands.CommandTree[Any], application: int | None, marks: Marks) -> bool:
    """Register the commands where they have changed since the last time; a failure is told to the operator."""
    now = stamp(tree, application)
    if await asyncio.to_thread(marks.read) == now:
        return False
    try:
        count = await register(tree)
    except Trouble as trouble:
        log.error("%s", trouble)  # noqa: TRY400 - a sentence for the operator, no traceback
        return False
    await asyncio.to_thread(marks.keep, now)
    log.info("%d commands are registered with Discord", count)
    return True


def names(tree: app_commands.CommandTree[Any]) -> frozenset[str]:
    """What the commands and groups at the top of the tree are called."""
    return frozenset(str(one["name"]) for one in payload(tree))


def stamp(tree: app_commands.CommandTree[Any], application: int | None) -> str:
    """What is kept of a registered tree: for which application, and its fingerprint."""
    return f"{application or ''}:{fingerprint(tree)}"
