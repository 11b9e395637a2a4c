"""Pages of a long list: ten rows each, everywhere, and the buttons that turn them."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.core.chat import Button

T = TypeVar("T")
PAGE = 10  # rows of one page


def page_of(things: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    """The things of `page` (from 1), the number of its first thing, and the last page; a page too far is the last."""
    last = max(1, -(-len(things) // PAGE))
    page = min(max(page, 1), last)
    start = (page - 1) * PAGE
    return things[start : start + PAGE], start + 1, last


def turns(of: str, command: str, values: Mapping[str, str], first: int, last: int) -> tuple[Button, ...]:
    """The buttons that turn the pages of a list that `page_of` cut: `of` names it, `first` and `last` are as it gave.

    The command's option is called `page`.
    """
    page = (first - 1) // PAGE + 1
    to = [(f"Previous {of}", page - 1)] if page > 1 else []
    to += [(f"Next {of}", page + 1)] if page < last else []
    return tuple(Button(label, command, {**values, "page": str(number)}) for label, number in to)
