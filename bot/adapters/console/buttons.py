"""The numbers in front of buttons.

Numbers run on from card to card, so that a number on the screen never means two things, even when a message arrives
while somebody is typing `:press 2`. They start again at 1 for somebody else (`:as`), and when they would pass 99: by
then the old ones have scrolled away, and are forgotten.
"""

from collections.abc import Sequence

from bot.adapters.console.render import one_line
from bot.core.chat import Button, LinkButton
from bot.core.words import shown
from bot.errors import Refusal

Control = Button | LinkButton
HIGHEST = 99


class Buttons:
    """The buttons that can be pressed, by number."""

    def __init__(self) -> None:
        self._by_number: dict[int, Control] = {}
        self._next = 1

    def add(self, buttons: Sequence[Control]) -> int:
        """Number the buttons of one card; gives the first number."""
        if self._next + len(buttons) - 1 > HIGHEST:
            self.forget()
        first = self._next
        self._by_number.update(enumerate(buttons, first))
        self._next += len(buttons)
        return first

    def forget(self) -> None:
        """Start again at 1."""
        self._by_number.clear()
        self._next = 1

    def all(self) -> list[tuple[int, Control]]:
        """Every button that can be pressed, the newest first."""
        return list(reversed(self._by_number.items()))

    def find(self, text: str) -> Control:
        """The button of that number, or the newest whose label begins so. Raises Refusal, saying what works."""
        if not self._by_number:
            raise Refusal("There is no button to press yet. Type `home` to see what you can do.")
        if not text:
            raise Refusal(f"Which button? Type its number, such as `:press {self._newest}`.")
        number = text.strip("[]#. ")
        if number.isdecimal():
            found = self._by_number.get(int(number[:9]))
            if found is None:
                raise Refusal(f"There is no button {shown(number)}. {self._range()}")
            return found
        wanted = one_line(text).casefold()
        for _number, button in self.all():
            if one_line(button.label).casefold().startswith(wanted):
                return button
        raise Refusal(f"There is no button “{shown(text)}”. {self._range()}")

    @property
    def _newest(self) -> int:
        return next(reversed(self._by_number))

    def _range(self) -> str:
        lowest = next(iter(self._by_number))
        return (
            f"The numbers go from {lowest} to {self._newest}." if self._newest > lowest else f"Try `:press {lowest}`."
        )
