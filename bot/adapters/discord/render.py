"""A card as Discord's components: pure, total, and within every limit; what is too long becomes several messages."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui
from msgspec import Struct

from bot.adapters.discord.codes import MENU, NEVER_MIND, Signs
from bot.adapters.discord.markdown import bold, escape, link, marked, plainly, split, tidy
from bot.core.chat import (
    Block,
    Button,
    Card,
    Choice,
    Control,
    Facts,
    LinkButton,
    Note,
    Picture,
    Row,
    Rows,
    Style,
    Text,
    Tick,
    Ticks,
    Words,
)

COMPONENTS_LIMIT = 40  # components of one message, nested ones counted
TEXT_LIMIT = 4000  # characters of all text of one message
ROW_LIMIT = 5  # buttons side by side
LABEL_LIMIT = 80  # characters of a button's label
URL_LIMIT = 512  # characters of a link button's address
PLACEHOLDER_LIMIT = 150  # characters of a menu's own words
OPTION_LIMIT = 100  # characters of a menu's choice: its label, its description and its value
ALT_LIMIT = 256  # characters of a picture's text
PICTURES_LIMIT = 10  # files of one message

STYLES = {
    Style.PLAIN: discord.ButtonStyle.secondary,
    Style.PRIMARY: discord.ButtonStyle.primary,
    Style.DANGER: discord.ButtonStyle.danger,
}
SURE = "Yes, I am sure"
NOT_SURE = "No, leave it as it is"
EMPTY = "\u2013"  # what a card without a word shows: Discord takes no empty message
DONE, TO_DO = "\u2705", "\u2b1c"

Item = ui.Item[Any]


class Part(Struct, frozen=True):
    """One message: what stands in it, top to bottom, and the pictures that belong to it."""

    items: tuple[Item, ...]
    pictures: tuple[tuple[str, Picture], ...] = ()

    def payload(self) -> list[dict[str, Any]]:
        """The components as Discord is sent them."""
        return [item.to_component_dict() for item in self.items]

    def view(self, key: int = 0) -> ui.LayoutView:
        """The components to be sent, the first of them with `key` as its number, so that the message is found again.

        The view is stopped: its controls are answered by their ids, and nothing is kept in memory for them.
        """
        view = ui.LayoutView(timeout=None)
        for item in self.items:
            view.add_item(item)
        if key:
            self.items[0].id = key
        view.stop()
        return view


class _Unit(Struct, frozen=True):
    """What stays together in one message."""

    items: tuple[Item, ...]
    pictures: tuple[tuple[str, Picture], ...] = ()

    @property
    def count(self) -> int:
        return sum(map(_count, self.items))

    @property
    def length(self) -> int:
        return sum(len(one.content) for one in _texts(self.items))


def _texts(items: Sequence[Item]) -> Iterator["ui.TextDisplay[Any]"]:
    for item in items:
        if isinstance(item, ui.TextDisplay):
            yield item
        elif isinstance(item, ui.Section):
            yield from (child for child in item.children if isinstance(child, ui.TextDisplay))


def _count(item: Item) -> int:
    """How many components an item is, nested ones counted."""
    if isinstance(item, ui.Section):
        return 2 + len(item.children)
    return 1 + len(item.children) if isinstance(item, ui.ActionRow) else 1


def render(card: Card, team: str = "") -> tuple[Part, ...]:
    """The messages that show a card, usually one. `team` is told again by each button that is pressed on them."""
    units = list(_Renderer(team).units(card))
    return tuple(_packed(units or [_Unit((ui.TextDisplay(EMPTY),))]))


def _packed(units: Sequence[_Unit]) -> Iterator[Part]:
    """Units in as few messages as they fit in, in order."""
    items: list[Item] = []
    pictures: list[tuple[str, Picture]] = []
    count = length = 0
    for unit in units:
        more, longer = unit.count, unit.length
        fits = (
            count + more <= COMPONENTS_LIMIT
            and length + longer <= TEXT_LIMIT
            and len(pictures) + len(unit.pictures) <= PICTURES_LIMIT
        )
        if items and not fits:
            yield Part(tuple(items), tuple(pictures))
            items, pictures, count, length = [], [], 0, 0
        items += unit.items
        pictures += unit.pictures
        count += more
        length += longer
    if items:
        yield Part(tuple(items), tuple(pictures))


class _Renderer:
    """Renders one card: what it gives its controls is unique among them."""

    def __init__(self, team: str) -> None:
        self._signs = Signs(team)
        self._pictures = 0

    def units(self, card: Card) -> Iterator[_Unit]:
        title = " ".join(escape(card.title).split())
        summary = marked(card.summary)
        yield from _said("\n".join(part for part in (f"### {title}" if title else "", summary) if part.strip()))
        for block in card.blocks:
            yield from self._block(block)
        yield from self._alone(card.controls)

    def _block(self, block: Block) -> Iterator[_Unit]:
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

    def _rows(self, rows: Rows) -> Iterator[_Unit]:
        if rows.counted:
            yield from _said(f"-# {rows.counted}")
        for number, row in enumerate(rows.rows, rows.first):
            yield from self._with(_row(number, row), row.controls)

    def _with(self, text: str, controls: Sequence[Control]) -> Iterator[_Unit]:
        """A text with its controls, in one message where that is possible: one button stands beside it."""
        *before, last = list(split(text, TEXT_LIMIT)) or [""]
        for part in before:
            yield _Unit((ui.TextDisplay(part),))
        if len(controls) == 1 and isinstance(controls[0], Button | LinkButton) and last.strip():
            made = list(self._control(controls[0]))
            if len(made) == 1 and isinstance(made[0], ui.Button):
                yield _Unit((ui.Section(ui.TextDisplay(last), accessory=made[0]),))
            else:
                yield from _together([ui.TextDisplay(last), *made])
            return
        text_items: list[Item] = [ui.TextDisplay(last)] if last.strip() else []
        yield from _together([*text_items, *self._items(controls)])

    def _alone(self, controls: Sequence[Control]) -> Iterator[_Unit]:
        for item in self._items(controls):
            yield _Unit((item,))

    def _items(self, controls: Sequence[Control]) -> Iterator[Item]:
        """Controls in rows: buttons up to five side by side, a menu in a row of its own."""
        row: list[ui.Button[Any]] = []
        for control in controls:
            made = list(self._control(control))
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

    def _control(self, control: Control) -> Iterator[Item]:
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

    def _picture(self, picture: Picture) -> Iterator[_Unit]:
        self._pictures += 1
        name = f"{self._pictures}-{re.sub(r'[^A-Za-z0-9_.-]+', '-', picture.name)[-60:]}"
        alt = tidy(picture.alt).strip()
        short = alt if len(alt) <= ALT_LIMIT else ""
        gallery: ui.MediaGallery[Any] = ui.MediaGallery(
            discord.MediaGalleryItem(f"attachment://{name}", description=short or None)
        )
        yield _Unit((gallery,), ((name, picture),))
        if alt and not short:
            yield from _said(_small(alt))


def _said(text: str) -> Iterator[_Unit]:
    for part in split(text, TEXT_LIMIT):
        yield _Unit((ui.TextDisplay(part),))


def _together(items: list[Item]) -> Iterator[_Unit]:
    """Items that belong together as one unit, or one by one where they are too many for a message."""
    whole = _Unit(tuple(items))
    if items and whole.count <= COMPONENTS_LIMIT and whole.length <= TEXT_LIMIT:
        yield whole
    elif items:
        yield from (_Unit((item,)) for item in items)


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
    said = plainly(label) or EMPTY
    if len(said) > limit:
        raise ValueError(f"a label keeps to {limit} characters: {said!r}")
    return said
