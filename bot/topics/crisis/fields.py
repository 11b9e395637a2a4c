"""YAML read with its places: each field is checked as it is taken, and what is wrong names its line and its name."""

from collections.abc import Collection
from typing import Any

from msgspec import Struct

LARGEST = 400_000  # characters of a plan
SOME = 1_000_000  # minutes: about two years


class BadPlan(ValueError):  # noqa: N818 - it says what is wrong with the plan, in a sentence
    """A plan that can't be used: the sentence names line and field, and says what is wrong there."""


class Value(Struct, frozen=True):
    """One value of a YAML text; `name` is its field's, `line` counts from one."""

    name: str
    line: int
    node: Any

    def wrong(self, what: str) -> BadPlan:
        """The error that says what is wrong with this value."""
        return BadPlan(f"line {self.line}, {self.name}: {what}")

    def text(self) -> str:
        """Words, as they stand there: `no` is the word no."""
        if self.node.id != "scalar" or not self.node.value.strip():
            raise self.wrong("I need words here")
        return str(self.node.value).strip()

    def number(self) -> int:
        """A whole number."""
        if self.node.id == "scalar":
            try:
                found = int(self.node.value)
            except ValueError:
                found = SOME + 1
            if -SOME <= found <= SOME:
                return found
        raise self.wrong("I need a whole number here, such as 15")

    def truth(self) -> bool:
        """Yes or no."""
        said = self.node.value.casefold() if self.node.id == "scalar" else ""
        if said not in ("true", "false", "yes", "no"):
            raise self.wrong("I need true or false here")
        return said in ("true", "yes")

    def one_of(self, allowed: Collection[str]) -> str:
        """One of a few words."""
        said = self.text()
        if said not in allowed:
            raise self.wrong(f"“{said}” is not one of {', '.join(sorted(allowed))}")
        return said

    def several(self) -> tuple["Value", ...]:
        """The values of a list."""
        if self.node.id != "sequence":
            raise self.wrong("I need a list here, such as [one, two]")
        return tuple(Value(self.name, one.start_mark.line + 1, one) for one in self.node.value)

    def texts(self) -> tuple[str, ...]:
        """The words of a list."""
        return tuple(one.text() for one in self.several())

    @property
    def has_names(self) -> bool:
        """Does it consist of names with values?"""
        return bool(self.node.id == "mapping")

    def names(self) -> dict[str, "Value"]:
        """The values by name."""
        if not self.has_names:
            raise self.wrong("I need names with values here, such as `lead: …`")
        found: dict[str, Value] = {}
        for key, node in self.node.value:
            line = key.start_mark.line + 1
            if key.id != "scalar":
                raise BadPlan(f"line {line}, {self.name}: a name has to be a word")
            if key.value in found:
                raise BadPlan(f"line {line}, {key.value}: it is there twice")
            found[key.value] = Value(str(key.value), line, node)
        return found

    def fields(self, needed: Collection[str], possible: Collection[str] = ()) -> dict[str, "Value"]:
        """The values by name, which are these and no others. `needed` have to be there."""
        found = self.names()
        for name, value in found.items():
            if name not in needed and name not in possible:
                from difflib import get_close_matches  # noqa: PLC0415 - only a slip needs it

                near = get_close_matches(name, [*needed, *possible], 1)
                raise value.wrong(f"I don't know this field{f'. Do you mean “{near[0]}”?' if near else ''}")
        for name in needed:
            if name not in found:
                raise BadPlan(f"line {self.line}, {name}: it is missing here ({self.name})")
        return found


def opened(text: str) -> Value:
    """The whole of a YAML text. Raises BadPlan where it is none, or one that refers to parts of itself."""
    import yaml  # noqa: PLC0415 - only who opens a plan

    if len(text) > LARGEST:
        raise BadPlan(f"it is too long: a plan has {LARGEST:,} characters at most")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                where = f"line {mark.line + 1}, *: " if mark else ""
                raise BadPlan(f"{where}please write it out in place of the reference")
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise BadPlan(f"{where}this is no YAML that I can read ({getattr(error, 'problem', error)})") from None
    except RecursionError:
        raise BadPlan("it is nested too deeply") from None
    if not isinstance(node, yaml.MappingNode):
        raise BadPlan("line 1: a plan is a list of names with values, such as `roles:`")
    return Value("the plan", node.start_mark.line + 1, node)
