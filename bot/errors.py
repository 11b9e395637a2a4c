"""The ways in which Steward says that something can't be done."""

from collections.abc import Sequence
from datetime import datetime


class Refusal(Exception):  # noqa: N818 - the word of the design; it is an answer, not a fault
    """A command can't be done as asked: the asker is told why and what to type instead; nothing is kept.

    `option` names the option at fault, so that a form can show the sentence at its field. `choices` are
    (value, label) pairs for that option, at most five, offered as buttons.
    """

    def __init__(self, sentence: str, *, option: str | None = None, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.option = option
        self.choices = tuple(choices)

    def at(self, option: str) -> "Refusal":
        """The same refusal, placed at `option` unless it already names one."""
        return self if self.option else Refusal(self.sentence, option=option, choices=self.choices)


class Undelivered(Exception):  # noqa: N818 - the word of the design
    """A network did not take a message; it is tried again at `until` (aware UTC), or soon where that is None.

    `doubtful` says that it may have arrived all the same (the answer was lost): it is looked up before a repeat.
    """

    def __init__(self, reason: str, until: datetime | None = None, *, doubtful: bool = False) -> None:
        super().__init__(reason)
        self.until = until
        self.doubtful = doubtful


class Unreachable(Undelivered):
    """The person can't be written to at all, for example because their direct messages are closed."""


class Trouble(Exception):  # noqa: N818 - told to the operator as a sentence, never as a traceback
    """The program can't go on: the database is locked, full, damaged or newer, or a setting is wrong.

    The message is a plain sentence for the person at the terminal and says what to do next.
    """
