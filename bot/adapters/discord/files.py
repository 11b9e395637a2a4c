"""A card's pictures as files, each with the text that says the same."""

from io import BytesIO

import discord

from bot.adapters.discord.markdown import tidy
from bot.adapters.discord.parts import Part
from bot.adapters.discord.render import ALT_LIMIT


def files_of(part: Part) -> list[discord.File]:
    """The files that go with a message."""
    return [
        discord.File(BytesIO(picture.data), filename=name, description=_short(picture.alt))
        for name, picture in part.pictures
    ]


def _short(alt: str) -> str | None:
    """The text, or nothing where it is too long: then it stands below the picture."""
    said = tidy(alt).strip()
    return said if 0 < len(said) <= ALT_LIMIT else None
