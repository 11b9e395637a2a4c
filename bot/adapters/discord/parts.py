"""What one of Discord's messages holds: parts are filled in order, within the limits of a message."""

from collections.abc import Iterator, Sequence
from typing import Any

from discord import ui
from msgspec import Struct

from bot.core.chat import Picture

COMPONENTS_LIMIT = 40  # components of one message, nested ones counted
TEXT_LIMIT = 4000  # characters of all text of one message
PICTURES_LIMIT = 10  # files of one message

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


class Unit(Struct, frozen=True):
    """What stays together in one message."""

    items: tuple[Item, ...]
    pictures: tuple[tuple[str, Picture], ...] = ()

    @property
    def count(self) -> int:
        """How many components it is."""
        return sum(map(_count, self.items))

    @property
    def length(self) -> int:
        """How many characters of text it has."""
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


def packed(units: Sequence[Unit]) -> Iterator[Part]:
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


def together(items: list[Item]) -> Iterator[Unit]:
    """Items that belong together as one unit, or one by one where they are too many for a message."""
    whole = Unit(tuple(items))
    if items and whole.count <= COMPONENTS_LIMIT and whole.length <= TEXT_LIMIT:
        yield whole
    elif items:
        yield from (Unit((item,)) for item in items)
