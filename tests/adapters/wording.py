"""What a card says: every word that must reach the person, in reading order."""

from collections.abc import Callable, Iterator

from bot.core.chat import (
    Block,
    Card,
    Choice,
    Control,
    Facts,
    Inline,
    LinkButton,
    Note,
    Picture,
    Rows,
    Strong,
    Text,
    Ticks,
    Words,
)

Says = Callable[[Inline], str]
"""How a network writes a Person, Place, Link or Moment, as a person reads it."""


def said_by(card: Card, says: Says) -> Iterator[str]:
    """The card's sentences, labels and addresses, top to bottom."""
    yield card.title
    yield _text(card.summary, says)
    for block in card.blocks:
        yield from _block(block, says)
    for control in card.controls:
        yield from _control(control)


def _text(text: Text, says: Says) -> str:
    if isinstance(text, str):
        return text
    said = []
    for part in text:
        match part:
            case str():
                said.append(part)
            case Strong():
                said.append(part.text)
            case _:
                said.append(says(part))
    return " ".join(said)


def _block(block: Block, says: Says) -> Iterator[str]:
    match block:
        case Words(text) | Note(text):
            yield _text(text, says)
        case Facts(pairs):
            for name, value in pairs:
                yield name
                yield _text(value, says)
        case Rows(rows):
            yield block.counted
            for row in rows:
                yield _text(row.text, says)
                yield _text(row.detail, says)
                for control in row.controls:
                    yield from _control(control)
        case Ticks(ticks):
            for tick in ticks:
                yield _text(tick.text, says)
                yield tick.mark.label if tick.mark else ""
        case Picture():
            yield block.alt


def _control(control: Control) -> Iterator[str]:
    yield control.label
    if isinstance(control, Choice):
        yield from (label for _value, label in control.choices)
    elif isinstance(control, LinkButton):
        yield control.url
