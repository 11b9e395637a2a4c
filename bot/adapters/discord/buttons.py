"""What can be pressed or chosen on a card, as Discord's buttons and menus."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.codes import MENU, NEVER_MIND, Signs
from bot.adapters.discord.markdown import escape, link, plainly, split, tidy
from bot.adapters.discord.parts import TEXT_LIMIT, Item
from bot.core.chat import Button, Choice, Control, LinkButton, Style

ROW_LIMIT = 5  # buttons side by side
LABEL_LIMIT = 80  # characters of a button's label
URL_LIMIT = 512  # characters of a link button's address
PLACEHOLDER_LIMIT = 150  # characters of a menu's own words
OPTION_LIMIT = 100  # characters of a menu's choice: its label, its description and its value

STYLES = {
    Style.PLAIN: discord.ButtonStyle.secondary,
    Style.PRIMARY: discord.ButtonStyle.primary,
    Style.DANGER: discord.ButtonStyle.danger,
}
SURE = "Yes, I am sure"
NOT_SURE = "No, leave it as it is"
NAMELESS = "\u2013"  # what a label without a word shows


class Buttons:
    """Draws the controls of one card: the ids that it gives them are unique among them."""

    def __init__(self, team: str) -> None:
        """`team` is told again by each of them that is pressed."""
        self._signs = Signs(team)

    def rows(self, controls: Sequence[Control]) -> Iterator[Item]:
        """Controls in rows: buttons up to five side by side, a menu in a row of its own."""
        row: list[ui.Button[Any]] = []
        for control in controls:
            made = list(self.drawn(control))
            if len(made) == 1 and isinstance(made[0], ui.Button):
                if len(row) == ROW_LIMIT:
                    yield ui.ActionRow(*row)
                    row = []
                row.append(made[0])
                continue
            if row:
                yield ui.ActionRow(*row)
                row = []
            yield from made
        if row:
            yield ui.ActionRow(*row)

    def drawn(self, control: Control) -> Iterator[Item]:
        """One control: a button, or a menu in its row, with the words that have no room in it before it."""
        if isinstance(control, Choice):
            options = [_option(label, control.pick(value).code) for value, label in control.choices]
            yield self._menu(control.label, options)
        elif isinstance(control, LinkButton):
            yield from _link_button(control)
        elif control.confirm:
            yield from self._asking(control)
        else:
            yield self._button(control)

    def _button(self, button: Button) -> "ui.Button[Any]":
        return ui.Button(
            label=_short(button.label, LABEL_LIMIT),
            style=STYLES[button.style],
            custom_id=self._signs.custom_id(button.code),
        )

    def _asking(self, button: Button) -> Iterator[Item]:
        """A button that asks first: a menu with its question, so that the question lives as long as the message."""
        question = " ".join(tidy(button.confirm).split())
        if len(question) > OPTION_LIMIT:
            yield ui.TextDisplay(f"-# {escape(question)}")
            question = ""
        yes = discord.SelectOption(label=SURE, value=button.code, description=question or None)
        yield self._menu(button.label, [yes, discord.SelectOption(label=NOT_SURE, value=NEVER_MIND)])

    def _menu(self, label: str, options: list[discord.SelectOption]) -> Item:
        menu: ui.Select[Any] = ui.Select(
            custom_id=self._signs.custom_id(MENU), placeholder=_short(label, PLACEHOLDER_LIMIT), options=options
        )
        return ui.ActionRow(menu)


def _link_button(control: LinkButton) -> Iterator[Item]:
    if len(control.url) <= URL_LIMIT and re.match(r"https?://\S+$", control.url):
        yield ui.Button(label=_short(control.label, LABEL_LIMIT), url=control.url)
    else:
        for part in split(link(control.label, control.url), TEXT_LIMIT):
            yield ui.TextDisplay(part)


def _option(label: str, code: str) -> discord.SelectOption:
    return discord.SelectOption(label=_short(label, OPTION_LIMIT), value=code)


def _short(label: str, limit: int) -> str:
    """A label as Discord shows it. Raises ValueError where it is too long: labels are never cut."""
    said = plainly(label) or NAMELESS
    if len(said) > limit:
        raise ValueError(f"a label keeps to {limit} characters: {said!r}")
    return said
