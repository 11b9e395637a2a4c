"""What a command works with, and how a value is read from words."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.core.chat import Kind, Person, Place, Request
from bot.core.ports import Chance, Records
from bot.core.words import clean, shown
from bot.errors import Refusal


class Role(IntEnum):
    """What somebody may do in a team; each role may do what those before it may."""

    ANYONE = 0
    OBSERVER = 1
    VOLUNTEER = 2
    COORDINATOR = 3
    ENGINE = 4  # results of errands and alarms: no person has it


class Asker(Struct, frozen=True):
    """Who asks: the person, and what the team knows of them. `volunteer` is empty for people without a role.

    `missed` says that the last direct message did not reach them: anything that they do shows that they are back.
    """

    person: Person
    volunteer: str = ""
    name: str = ""
    role: Role = Role.ANYONE
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    missed: bool = False


ENGINE = Asker(Person("steward:engine"), name="Steward", role=Role.ENGINE)


class Context(Struct, frozen=True):
    """What a command, an alarm or a reaction works with: the open transaction, the time, who asks and from where."""

    records: Records
    now: datetime
    asker: Asker
    request: Request
    chance: Chance
    after: Mapping[type, tuple[Callable[["Context", Any], Any], ...]]

    @property
    def where(self) -> Place:
        """Where the request came from."""
        return self.request.where

    def announce(self, fact: object) -> list[Any]:
        """Run what later topics do about this fact, in topic order, in this transaction; gives their answers."""
        answers = (react(self, fact) for react in self.after.get(type(fact), ()))
        return [answer for answer in answers if answer is not None]


Alarm = Callable[[Context, str], None]
"""Runs when something falls due, with the subject's id: decides from the facts as they are now."""


def _one_word(_context: Context, words: Sequence[str]) -> int:
    return min(1, len(words))


def _nothing(_context: Context, _text: str) -> Sequence[tuple[str, str]]:
    return ()


class Option(Struct, frozen=True):
    """How a value is read from words. `read` raises Refusal with a sentence that says what would work.

    `takes` says how many leading words of typed text belong to it (0: none, so an optional one is passed over).
    `suggest` gives (value, label) pairs for what was typed so far, for forms and autocomplete. `shown` fills a form's
    field when the person has not said anything.
    """

    read: Callable[[Context, str], Any]
    takes: Callable[[Context, Sequence[str]], int] = _one_word
    suggest: Callable[[Context, str], Sequence[tuple[str, str]]] = _nothing
    kind: Kind = Kind.TEXT


def _all_words(_context: Context, words: Sequence[str]) -> int:
    return len(words)


def _read_number(_context: Context, text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text.strip()):
        raise Refusal(f"I need a whole number here, such as 3, not “{shown(text)}”.")
    return int(text)


def _takes_number(_context: Context, words: Sequence[str]) -> int:
    return 1 if words and re.fullmatch(r"[+-]?[0-9]{1,9}", words[0]) else 0


YES = {"yes", "y", "on", "true", "ok", "sure"}
NO = {"no", "n", "off", "false"}


def _read_yes(_context: Context, text: str) -> bool:
    word = text.strip().casefold()
    if word not in YES | NO:
        raise Refusal("Please say yes or no.", choices=(("yes", "Yes"), ("no", "No")))
    return word in YES


def _takes_yes(_context: Context, words: Sequence[str]) -> int:
    return 1 if words and words[0].casefold() in YES | NO else 0


def _yes_or_no(_context: Context, _text: str) -> Sequence[tuple[str, str]]:
    return (("yes", "Yes"), ("no", "No"))


TEXT = Option(lambda _context, text: clean(text), takes=_all_words)
LONG = Option(lambda _context, text: clean(text), takes=_all_words, kind=Kind.LONG)
FILE = Option(lambda _context, text: text, takes=_all_words, kind=Kind.FILE)
"""What is in a text file, as it is. Whoever reads it looks for secrets in it: the engine does not."""

NUMBER = Option(_read_number, takes=_takes_number, kind=Kind.NUMBER)
YES_NO = Option(_read_yes, takes=_takes_yes, suggest=_yes_or_no, kind=Kind.CHOICE)


def choice_of(words: type[StrEnum]) -> Option:
    """An option that takes one of an enumeration's words; a longer word is taken from its start (`week` → weekly)."""
    known = {member.value: member for member in words}
    pairs = tuple((value, value.replace("-", " ").capitalize()) for value in known)

    def find(text: str) -> StrEnum | None:
        word = text.strip().casefold().replace(" ", "-")
        starts = [member for value, member in known.items() if word and value.startswith(word)]
        return known.get(word) or (starts[0] if len(starts) == 1 else None)

    def read(_context: Context, text: str) -> StrEnum:
        found = find(text)
        if found is None:
            *most, last = known
            listed = f"{', '.join(most)} or {last}" if most else last
            raise Refusal(f"I don't know “{shown(text)}” here. Please say {listed}.", choices=pairs[:5])
        return found

    def takes(_context: Context, typed: Sequence[str]) -> int:
        return 1 if typed and find(typed[0]) else 0

    return Option(read, takes=takes, suggest=lambda _context, _text: pairs, kind=Kind.CHOICE)
