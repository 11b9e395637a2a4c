"""A typed function is a command: its name, help, options and roles all come from its one declaration."""

import inspect
import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from bot.core.chat import Kind, Reply
from bot.core.options import NUMBER, TEXT, YES_NO, Option, Role, choice_of
from bot.core.words import COMMAND_LIMIT


def _option_for(annotation: Any, where: str) -> tuple[Option, bool]:
    """The option that an annotation declares, and whether it may be left out."""
    may_lack = False
    if get_origin(annotation) in (Union, UnionType):
        parts = [part for part in get_args(annotation) if part is not NoneType]
        may_lack = len(parts) < len(get_args(annotation))
        if len(parts) == 1:
            annotation = parts[0]
    if get_origin(annotation) is Annotated:
        base, *extras = get_args(annotation)
        declared = [extra for extra in extras if isinstance(extra, Option)]
        lacks = get_origin(base) in (Union, UnionType) and NoneType in get_args(base)
        if len(declared) == 1:
            return declared[0], may_lack or lacks
    simple = {str: TEXT, int: NUMBER, bool: YES_NO}
    if annotation in simple:
        return simple[annotation], may_lack
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return choice_of(annotation), may_lack
    raise TypeError(f"{where}: no option reads {annotation!r}")


class Parameter(Struct, frozen=True):
    """One option of one command: its name, its reader, whether it must be given, and its line of help.

    `keyword` is the function's own name for it: an option `as` is the parameter `as_`.
    """

    name: str
    option: Option
    required: bool
    help: str
    keyword: str

    @property
    def label(self) -> str:
        """The name as a form shows it."""
        return self.name.replace("_", " ").capitalize()


class Shortcut(Struct, frozen=True):
    """A command in the menu that a chat network shows at each message: its label there, and what it does in a line.

    `words`, `who`, `when` and `link` name the options that take what the message says, who wrote it (their id and their
    name), when, and where it stands; empty where the command does not want to know. `wordless` is what is taken of a
    message without words; where it is empty, such a message is not taken.
    """

    label: str
    help: str
    words: str = "text"
    who: str = ""
    when: str = ""
    link: str = ""
    wordless: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """The options that it fills."""
        return tuple(name for name in (self.words, self.who, self.when, self.link) if name)

    def values(self, words: str, *, who: str, when: datetime, link: str) -> dict[str, str] | None:
        """The values by option for a message; None for one without words that can't be taken."""
        said = words.strip() or self.wordless
        told = {self.words: said, self.who: who, self.when: when.isoformat(), self.link: link}
        return {name: value for name, value in told.items() if name and value} if said else None


class Command(Struct, frozen=True, dict=True):
    """A function as a command: its first docstring line is its help, `name: …` lines below describe its options.

    The name is the function's: `team_remove` is `team remove`, a trailing underscore is dropped. `reads` says that it
    changes nothing. `founding` says that it works before its place belongs to a team: its first option is a one-time
    code, and the code's team is where it runs. `chooses` says that its first option is a team of the asker's, and where
    it runs. `aliases` are other words for it, at most two each ("i'm back"). `room` is how many characters may be typed
    with it. `shortcut` puts it into messages' menus.
    """

    run: Callable[..., Reply]
    least: Role
    examples: tuple[str, ...] = ()
    reads: bool = False
    founding: bool = False
    chooses: bool = False
    hidden: bool = False
    aliases: tuple[str, ...] = ()
    room: int = COMMAND_LIMIT
    shortcut: Shortcut | None = None

    def check(self) -> None:
        """Fail at start, not in front of a volunteer: a docstring and readable option types are demanded.

        Raises TypeError. It is not done when a command is made: reading every option of every command takes longer
        than most answers of `steward say`.
        """
        if not inspect.getdoc(self.run):
            raise TypeError(f"the command “{self.name}” has no docstring")
        if len(self.help) > 100:  # noqa: PLR2004 - Discord's limit of a description
            raise TypeError(f"the help line of “{self.name}” is longer than 100 characters")
        for parameter in self.parameters:
            if not parameter.help and not self.hidden:
                raise TypeError(f"“{self.name}” does not describe its option “{parameter.name}”")
            if len(parameter.help) > 100:  # noqa: PLR2004
                raise TypeError(f"“{self.name}”: the help of “{parameter.name}” is longer than 100 characters")
        if self.shortcut is not None and not self.names.issuperset(self.shortcut.options):
            raise TypeError(f"the shortcut of “{self.name}” fills options that it does not have")

    @cached_property
    def name(self) -> str:
        """What a person types: one word or two."""
        return getattr(self.run, "__name__", "?").rstrip("_").replace("_", " ", 1).replace("_", "-")

    @property
    def group(self) -> str:
        """The first word of a two-word command, or an empty string."""
        first, _, second = self.name.partition(" ")
        return first if second else ""

    @cached_property
    def help(self) -> str:
        """The first line of the docstring."""
        return (inspect.getdoc(self.run) or "").partition("\n")[0]

    @cached_property
    def more(self) -> str:
        """The docstring's paragraphs between the first line and the options."""
        _, _, rest = (inspect.getdoc(self.run) or "").partition("\n")
        return "\n".join(line for line in rest.splitlines() if not re.match(r"\w+: ", line)).strip()

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The options, in the order in which typed words fill them."""
        described = dict(re.findall(r"^(\w+): (.+)$", inspect.getdoc(self.run) or "", re.MULTILINE))
        hints = get_type_hints(self.run, include_extras=True)
        _context, *parameters = inspect.signature(self.run).parameters.values()
        found = []
        for parameter in parameters:
            option, may_lack = _option_for(hints[parameter.name], f"{self.name}, option {parameter.name}")
            required = parameter.default is inspect.Parameter.empty and not may_lack
            name = parameter.name.rstrip("_")
            found.append(Parameter(name, option, required, described.get(name, ""), parameter.name))
        return tuple(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its options."""
        return frozenset(each.name for each in self.parameters)

    @cached_property
    def files(self) -> frozenset[str]:
        """Those of them that take a whole file."""
        return frozenset(each.name for each in self.parameters if each.option.kind is Kind.FILE)

    @property
    def usage(self) -> str:
        """`posted <account> [when] [link]`."""
        options = (f"<{each.name}>" if each.required else f"[{each.name}]" for each in self.parameters)
        return " ".join([self.name, *options])
