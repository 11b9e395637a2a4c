"""Finds the command that words mean, shares the words out among its options, and makes forms of what is missing."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from bot.core.chat import CHOICE_LIMIT, FIELD_LIMIT, FORM_TITLE_LIMIT, Field, Form, Kind, Request
from bot.core.command import Command, Parameter, Shortcut
from bot.core.options import (
    ENGINE,
    FILE,
    LONG,
    NUMBER,
    TEXT,
    YES_NO,
    Alarm,
    Asker,
    Context,
    Option,
    Role,
    choice_of,
)
from bot.core.words import INVISIBLE, as_typed, shown, split_words, unquote, verbatim
from bot.errors import Refusal

__all__ = [  # the one door through which topics take what they declare commands with
    "ENGINE",
    "FILE",
    "LONG",
    "NUMBER",
    "TEXT",
    "YES_NO",
    "Alarm",
    "Asker",
    "Command",
    "Context",
    "Option",
    "Parameter",
    "Role",
    "Router",
    "Shortcut",
    "choice_of",
]

NEAR = 60  # how alike, in percent, an unknown command and a known one must be to be offered


class Router(Struct, frozen=True, dict=True):
    """Finds the command that words mean, reads its options and checks the asker's role."""

    commands: tuple[Command, ...]

    def __post_init__(self) -> None:
        names = [name for command in self.commands for name in (command.name, *command.aliases)]
        twice = {name for name in names if names.count(name) > 1}
        clash = {command.group for command in self.commands} & set(names)
        if twice or clash:
            raise TypeError(f"a word is one command or a group, never both: {sorted(twice | clash)}")

    def check(self) -> None:
        """Look at the whole table before it is served. Raises TypeError where a command is not fully declared."""
        for command in self.commands:
            command.check()

    @cached_property
    def by_name(self) -> Mapping[str, Command]:
        """Every command by its name, and by its aliases."""
        return {name: command for command in self.commands for name in (command.name, *command.aliases)}

    @cached_property
    def room(self) -> int:
        """How many characters may be typed with the command that has the most room."""
        return max((command.room for command in self.commands), default=0)

    @cached_property
    def groups(self) -> Mapping[str, tuple[Command, ...]]:
        """The two-word commands by their first word."""
        found: dict[str, tuple[Command, ...]] = {}
        for command in self.commands:
            if command.group:
                found[command.group] = (*found.get(command.group, ()), command)
        return found

    def find(self, request: Request) -> tuple[Command, list[str]]:
        """The command of a request, and the typed words that are left for its options.

        Raises Refusal, with the nearest commands, where there is none.
        """
        if request.command and not request.text:
            if request.command in self.by_name:
                return self.by_name[request.command], []
            words = split_words(request.command)
        else:
            words = split_words(INVISIBLE.sub("", f"{request.command} {request.text}"))
        if not words:
            return self.by_name["home"], []
        first, second = ([word.casefold().replace("’", "'") for word in words[:2]] + [""])[:2]
        first = first.lstrip("/")
        if second and f"{first} {second}" in self.by_name:
            return self.by_name[f"{first} {second}"], words[2:]
        if first in self.by_name:
            return self.by_name[first], words[1:]
        if first in self.groups and not second and f"{first} show" in self.by_name:
            return self.by_name[f"{first} show"], words[1:]
        raise self._unknown(first, second)

    def _unknown(self, first: str, second: str) -> Refusal:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - slow to load, and only a slip needs it

        said = shown(f"{first} {second}")
        if first in self.groups:
            names = [command.name for command in self.groups[first] if not command.hidden]
            return Refusal(f"“{first}” needs one more word: {', '.join(names)}. Try `help {first}`.")
        names = [command.name for command in self.commands if not command.hidden]
        near = process.extract(f"{first} {second}"[:60].strip(), names, scorer=fuzz.WRatio, limit=3, score_cutoff=NEAR)
        near = near or process.extract(first[:60], names, scorer=fuzz.ratio, limit=3, score_cutoff=NEAR)
        if near:
            offered = " or ".join(f"`{name}`" for name, _score, _index in near)
            return Refusal(f"I don't know “{said}”. Did you mean {offered}?")
        return Refusal(f"I don't know “{said}”. Type `help` to see what I can do.")

    def allow(self, command: Command, asker: Asker) -> None:
        """Raises Refusal where the asker's role does not reach."""
        if asker.role >= command.least:
            return
        if command.least is Role.COORDINATOR:
            raise Refusal(f"Only a coordinator can use `{command.name}`. Please ask yours: `team show` lists them.")
        if command.least is Role.ENGINE:
            raise Refusal(f"I don't know “{command.name}”. Type `help` to see what I can do.")
        if asker.role is Role.OBSERVER:
            raise Refusal(
                f"`{command.name}` is for volunteers, and you are an observer. A coordinator can change that: "
                "`team show` lists them."
            )
        raise Refusal(
            f"`{command.name}` is for the team's volunteers. If you are one of them, type `join`; "
            "everyone may use `find` and `help`."
        )

    def values_of(self, command: Command, request: Request, words: Sequence[str], context: Context) -> dict[str, str]:
        """The raw values by option: those that the request carries, and the typed words shared out among the rest."""
        values = {name: value for name, value in request.values.items() if value != ""}
        left = list(words)
        names = {parameter.name for parameter in command.parameters}
        for word in words:
            name, sign, value = word.partition("=")
            name = name.casefold().replace("-", "_")
            if sign and name in names:
                values[name] = unquote(value)
                left.remove(word)
        open_ones = [parameter for parameter in command.parameters if parameter.name not in values]
        for index, parameter in enumerate(open_ones):
            if not left:
                break
            last = index == len(open_ones) - 1
            count = len(left) if last else parameter.option.takes(context, [unquote(word) for word in left])
            count = max(count, 1) if parameter.required else count
            if count:
                values[parameter.name] = _joined(parameter.option.kind, left[:count], request.text)
                left = left[count:]
        if left:
            raise Refusal(
                f"I don't know what to do with “{shown(' '.join(left))}”. It goes like this: `{command.usage}`."
            )
        return values

    def read(self, command: Command, values: Mapping[str, str], context: Context) -> dict[str, Any]:
        """The values as the function takes them. Raises Refusal at the option at fault."""
        read: dict[str, Any] = {}
        for parameter in command.parameters:
            if parameter.name in values:
                try:
                    read[parameter.keyword] = parameter.option.read(context, values[parameter.name])
                except Refusal as refusal:
                    raise refusal.at(parameter.name) from None
        return read

    def missing(self, command: Command, values: Mapping[str, str]) -> tuple[Parameter, ...]:
        """The options that must still be given."""
        return tuple(each for each in command.parameters if each.required and each.name not in values)

    def form(
        self, command: Command, values: Mapping[str, str], context: Context, *, wrong: Refusal | None = None
    ) -> Form:
        """A form for what is missing or `wrong`, then for as many of the other options as fit in five fields."""
        at_fault = wrong.option if wrong else None
        first = [each for each in command.parameters if each.name == at_fault]
        first += [each for each in self.missing(command, values) if each not in first]
        others = [each for each in command.parameters if each not in first and each.name not in values]
        asked = [each for each in command.parameters if each in (first + others)[:FIELD_LIMIT]]
        fields = tuple(
            self._field(each, values, context, wrong.sentence if wrong and each.name == at_fault else "")
            for each in asked
        )
        kept = {name: value for name, value in values.items() if name not in {each.name for each in fields}}
        return Form(command.name.capitalize()[:FORM_TITLE_LIMIT], command.name, fields, kept, command.help)

    @staticmethod
    def _field(parameter: Parameter, values: Mapping[str, str], context: Context, error: str) -> Field:
        choices = tuple(parameter.option.suggest(context, ""))[:CHOICE_LIMIT]
        return Field(
            parameter.name,
            parameter.label,
            parameter.option.kind,
            parameter.required,
            parameter.help,
            "" if parameter.option.kind is Kind.FILE else values.get(parameter.name, ""),
            choices,
            error,
        )


def _joined(kind: Kind, words: Sequence[str], text: str) -> str:
    """Typed words as one value of this kind; only files and long texts keep their lines."""
    if kind is Kind.FILE:
        return verbatim(words, text)
    if kind is Kind.LONG:
        return as_typed(words, text)
    return " ".join(unquote(word) for word in words)
