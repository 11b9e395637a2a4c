"""A card with its texts changed: what was shown is shown anew without what is to be read no more."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.core.chat import Block, Card, Facts, Inline, Link, Note, Row, Rows, Strong, Text, Tick, Ticks, Words

Change = Callable[[str], str]


def reworded(card: Card, change: Change) -> Card:
    """The card with `change` made to its title and to every text in it; what its buttons do and say stays."""
    blocks = tuple(_block(one, change) for one in card.blocks)
    return replace(card, title=change(card.title), summary=_text(card.summary, change), blocks=blocks)


def _text(text: Text, change: Change) -> Text:
    return change(text) if isinstance(text, str) else tuple(_inline(one, change) for one in text)


def _inline(part: Inline, change: Change) -> Inline:
    match part:
        case str():
            return change(part)
        case Strong():
            return Strong(change(part.text))
        case Link() if change(part.url) != part.url:
            return change(part.url)
        case Link():
            return replace(part, label=change(part.label))
        case _:
            return part


def _block(block: Block, change: Change) -> Block:
    match block:
        case Words() | Note():
            return replace(block, text=_text(block.text, change))
        case Facts():
            return replace(block, pairs=tuple((change(label), _text(value, change)) for label, value in block.pairs))
        case Rows():
            return replace(block, rows=tuple(_row(one, change) for one in block.rows))
        case Ticks():
            return replace(block, ticks=tuple(_tick(one, change) for one in block.ticks))
        case _:
            return block


def _row(row: Row, change: Change) -> Row:
    return replace(row, text=_text(row.text, change), detail=_text(row.detail, change))


def _tick(tick: Tick, change: Change) -> Tick:
    return replace(tick, text=_text(tick.text, change))
