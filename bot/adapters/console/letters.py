"""Direct messages that wait until whoever they are for is the one at the terminal."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.core.chat import Message, Person

KEPT = 50  # letters of one person kept here; `:mail` reads older ones from the database


class Letter(Struct, frozen=True):
    """A message as it arrived; `updated` says that it is a newer version of one that arrived before."""

    message: Message
    at: datetime
    updated: bool = False


class Letters:
    """The unread letters of everybody."""

    def __init__(self) -> None:
        self._unread: dict[Person, dict[str, Letter]] = {}

    def keep(self, person: Person, letter: Letter) -> None:
        """Keep a letter, in place of an unread older version of it: then it is new to its reader all the same."""
        box = self._unread.setdefault(person, {})
        older = box.pop(letter.message.key, None)
        box[letter.message.key] = replace(letter, updated=older.updated) if older else letter
        while len(box) > KEPT:
            del box[next(iter(box))]

    def count(self, person: Person) -> int:
        """How many letters of this person are unread."""
        return len(self._unread.get(person, ()))

    def take(self, person: Person) -> list[Letter]:
        """The unread letters of this person, oldest first; they count as read now."""
        return list(self._unread.pop(person, {}).values())

    def waiting(self) -> Iterator[tuple[Person, int]]:
        """Everybody who has unread letters, and how many."""
        return ((person, len(box)) for person, box in self._unread.items())
