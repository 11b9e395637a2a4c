"""Buttons and menus: what they say stands in their ids, so that old ones work after any restart."""

import re
from typing import Any, Protocol

import discord
from discord import ui


class Takes(Protocol):
    """Whoever answers what is pressed."""

    async def pressed(self, interaction: discord.Interaction[Any], custom_id: str, chosen: str) -> None:
        """A control with this id was pressed; `chosen` is what was chosen from a menu."""


class Control(ui.DynamicItem[ui.Item[Any]], template=re.compile(r"(?s).+")):
    """Every control on Discord: what is not understood is answered too, that it is out of date."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
    ) -> "Control":
        """The control as it was pressed."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Pass on what it says."""
        data: Any = interaction.data or {}
        taker: Takes = interaction.client
        await taker.pressed(interaction, self.custom_id, next(iter(data.get("values") or ()), ""))
