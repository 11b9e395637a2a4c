"""What people do on Discord, as Requests."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.adapters.discord.addresses import NETWORK, person, place, role
from bot.adapters.discord.forms import values_of
from bot.core.chat import Place, Request
from bot.core.words import FILE_LIMIT, TOO_LARGE, text_in
from bot.errors import Refusal

_MENTION = re.compile(r"<(@!?|@&|#)(\d+)>")


def asked_by(interaction: discord.Interaction[Any], command: str, values: Mapping[str, str], **more: Any) -> Request:
    """The Request of an interaction."""
    user, guild = interaction.user, interaction.guild_id
    owner = interaction.guild is not None and interaction.guild.owner_id == user.id
    return Request(
        person(user.id),
        where(interaction),
        command,
        {name: spelled(value, guild) for name, value in values.items()},
        delivery=f"{NETWORK}:{interaction.id}",
        shown_name=user.display_name,
        administrator=guild is not None and (owner or interaction.permissions.administrator),
        owner=owner,
        groups=tuple(role(each, guild) for each in _roles(interaction)) if guild else (),
        **more,
    )


def where(interaction: discord.Interaction[Any]) -> Place:
    """The channel in which somebody did something."""
    return place(interaction.channel_id or 0, interaction.guild_id, interaction.user.id)


def written_to(message: discord.Message) -> Request:
    """Somebody wrote words in a direct message: they are shown their home, with its buttons."""
    author = message.author
    here = place(message.channel.id, None, author.id)
    return Request(person(author.id), here, "home", delivery=f"{NETWORK}:{message.id}", shown_name=author.display_name)


def words_of(message: discord.Message) -> str:
    """The words of a message, or those of what it passes on."""
    said = message.content or "\n".join(
        part for embed in message.embeds for part in (embed.title, embed.description) if part
    )
    return said or "\n".join(each.content for each in message.message_snapshots if each.content)


def spelled(value: str, guild: int | None) -> str:
    """A value with each mention as the id of whom or what it mentions; one that is nothing else is just that."""

    def address(found: re.Match[str]) -> str:
        kind, number = found[1], int(found[2])
        if kind.startswith("@") and kind != "@&":
            return person(number).id
        if guild is None:
            return found[0]
        return role(number, guild) if kind == "@&" else place(number, guild, 0).id

    return _MENTION.sub(address, value.strip() if _MENTION.fullmatch(value.strip()) else value)


async def value_of(given: Any, guild: int | None) -> str:
    """One option's value, as Discord gives it, as the text that Steward reads. Raises Refusal for a bad file."""
    match given:
        case str() | int() | float():
            return str(given)
        case discord.User() | discord.Member():
            return person(given.id).id
        case discord.Role():
            return f"{role(given.id, guild or given.guild.id)} {given.name}"
        case discord.Attachment():
            return await text_of(given)
        case _:
            return place(given.id, guild, 0).id


async def text_of(attachment: discord.Attachment) -> str:
    """A small text file's words. Raises Refusal where it is too large or no text."""
    if attachment.size > FILE_LIMIT:
        raise Refusal(TOO_LARGE)
    try:
        return text_in(await attachment.read())
    except discord.HTTPException:
        raise Refusal("I could not fetch that file from Discord. Please send it again.") from None


async def answers(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """What was filled in a modal, by option; what was left empty is left out. Raises Refusal for a bad file."""
    data: Mapping[str, Any] = interaction.data or {}
    resolved: Mapping[str, Mapping[str, Any]] = data.get("resolved", {})
    found = {}
    for name, values in values_of(data.get("components", ())):
        if values and values[0]:
            found[name] = await _answer(interaction, values[0], resolved)
    return found


async def _answer(interaction: discord.Interaction[Any], value: str, resolved: Mapping[str, Mapping[str, Any]]) -> str:
    """One answer: an id that Discord explains beside it is somebody's or something's."""
    guild = interaction.guild_id
    if value in resolved.get("users", {}):
        return person(int(value)).id
    if value in resolved.get("channels", {}):
        return place(int(value), guild, 0).id
    if value in resolved.get("roles", {}) and guild is not None:
        return f"{role(int(value), guild)} {resolved['roles'][value].get('name', '')}".strip()
    if value in resolved.get("attachments", {}):
        state = interaction._state  # noqa: SLF001 - discord.py has no other way to make what it only gives its own modals
        return await text_of(discord.Attachment(data=resolved["attachments"][value], state=state))
    return value


def _roles(interaction: discord.Interaction[Any]) -> Sequence[int]:
    """The numbers of the roles that somebody holds; the one that everybody holds is not told."""
    user = interaction.user
    return [each.id for each in user.roles if not each.is_default()] if isinstance(user, discord.Member) else ()
