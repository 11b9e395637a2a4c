"""`steward say`: one command from the terminal, and its answer as plain text."""

from functools import partial

from bot.adapters.console.render import answer_text
from bot.core.chat import Form, Request
from bot.core.sorry import Sorry
from bot.settings import Settings
from bot.terminal.logs import starting_settings
from bot.terminal.opening import TERMINAL, needs_team, opened
from bot.terminal.people import name_of, person_called, zone_of

SURE = {"sure": "yes"}  # by this option a command asks whether it is really meant


def say_plainly(words: str, as_: str = "") -> int:
    """Say the words and print the answer; gives the exit code."""
    return print_answer(starting_settings(), words, as_)


def print_answer(settings: Settings, words: str, as_: str, *, yes: bool = False) -> int:
    """Print the answer to `words`; gives the exit code: 0 where it was done. Raises Trouble."""
    text, done = answer(settings, words, as_, yes=yes)
    print(text)  # noqa: T201 - this is the terminal
    return 0 if done else 1


def answer(settings: Settings, words: str, as_: str, *, yes: bool = False) -> tuple[str, bool]:
    """The answer to `words`, typed by the volunteer called `as_` (empty: whoever sits here), and whether it was done.

    `yes` answers a command's “are you sure?” beforehand. Raises Trouble where nobody is called so.
    """
    with opened(settings) as house:
        needs_team(house)
        who = person_called(house, as_) if as_ else house.sitting_here()
        reply = house.engine.answer(Request(who, TERMINAL, values=SURE if yes else {}, text=words))
        if reply is None:
            raise AssertionError("a request without a delivery is never a repeated one")
        text = answer_text(reply, zone_of(house, who), partial(name_of, house))
        return text, not isinstance(reply, Form | Sorry)
