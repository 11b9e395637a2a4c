"""A card as Discord's components: pure, total, and within every limit; what is too long becomes several messages."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.buttons import Buttons
from bot.adapters.discord.markdown import bold, escape, marked, split, tidy
from bot.adapters.discord.parts import TEXT_LIMIT, Item, Part, Unit, packed, together
from bot.core.chat import (
    Block,
    Button,
    Card,
    Control,
    Facts,
    LinkButton,
    Note,
    Picture,
    Row,
    Rows,
    Text,
    Tick,
    Ticks,
    Words,
)

ALT_LIMIT = 256  # characters of a picture's text
EMPTY = "\u2013"  # what a card without a word shows: Discord takes no empty message
DONE, TO_DO = "\u2705", "\u2b1c"


def render(card: Card, team: str = "") -> tuple[Part, ...]:
    """The messages that show a card, usually one. `team` is told again by each button that is pressed on them."""
    units = list(_Renderer(team).units(card))
    return tuple(packed(units or [Unit((ui.TextDisplay(EMPTY),))]))


class _Renderer:
    """Renders one card."""

    def __init__(self, team: str) -> None:
        self._buttons = Buttons(team)
        self._pictures = 0

    def units(self, card: Card) -> Iterator[Unit]:
        title = " ".join(escape(card.title).split())
        summary = marked(card.summary)
        yield from _said("\n".join(part for part in (f"### {title}" if title else "", summary) if part.strip()))
        for block in card.blocks:
            yield from self._block(block)
        yield from self._alone(card.controls)

    def _block(self, block: Block) -> Iterator[Unit]:
        match block:
            case Words(text):
                yield from _said(marked(text))
            case Note(text):
                yield from _said(_small(text))
            case Facts(pairs):
                yield from _said("\n".join(_fact(name, value) for name, value in pairs))
            case Rows():
                yield from self._rows(block)
            case Ticks(ticks):
                for tick in ticks:
                    yield from self._with(_tick(tick), (tick.mark,) if tick.mark else ())
            case Picture():
                yield from self._picture(block)

    def _rows(self, rows: Rows) -> Iterator[Unit]:
        if rows.counted:
            yield from _said(f"-# {rows.counted}")
        for number, row in enumerate(rows.rows, rows.first):
            yield from self._with(_row(number, row), row.controls)

    def _with(self, text: str, controls: Sequence[Control]) -> Iterator[Unit]:
        """A text with its controls, in one message where that is possible: one button stands beside it."""
        *before, last = list(split(text, TEXT_LIMIT)) or [""]
        for part in before:
            yield Unit((ui.TextDisplay(part),))
        if len(controls) == 1 and isinstance(controls[0], Button | LinkButton) and last.strip():
            made = list(self._buttons.drawn(controls[0]))
            if len(made) == 1 and isinstance(made[0], ui.Button):
                yield Unit((ui.Section(ui.TextDisplay(last), accessory=made[0]),))
            else:
                yield from together([ui.TextDisplay(last), *made])
            return
        text_items: list[Item] = [ui.TextDisplay(last)] if last.strip() else []
        yield from together([*text_items, *self._buttons.rows(controls)])

    def _alone(self, controls: Sequence[Control]) -> Iterator[Unit]:
        for item in self._buttons.rows(controls):
            yield Unit((item,))

    def _picture(self, picture: Picture) -> Iterator[Unit]:
        self._pictures += 1
        name = f"{self._pictures}-{re.sub(r'[^A-Za-z0-9_.-]+', '-', picture.name)[-60:]}"
        alt = tidy(picture.alt).strip()
        short = alt if len(alt) <= ALT_LIMIT else ""
        gallery: ui.MediaGallery[Any] = ui.MediaGallery(
            discord.MediaGalleryItem(f"attachment://{name}", description=short or None)
        )
        yield Unit((gallery,), ((name, picture),))
        if alt and not short:
            yield from _said(_small(alt))


def _said(text: str) -> Iterator[Unit]:
    for part in split(text, TEXT_LIMIT):
        yield Unit((ui.TextDisplay(part),))


def _small(text: Text) -> str:
    return "\n".join(f"-# {line.strip()}" for line in marked(text).splitlines() if line.strip())


def _fact(name: str, value: Text) -> str:
    said, told = " ".join(bold(name).split()), marked(value)
    return f"{said}: {told}" if said else told


def _row(number: int, row: Row) -> str:
    detail = _small(row.detail)
    return f"{number}\\. {marked(row.text)}" + (f"\n{detail}" if detail else "")


def _tick(tick: Tick) -> str:
    return f"{DONE if tick.done else TO_DO} {marked(tick.text)}"
