"""YAML read with its places: all that is wrong is found in one go, each fault with its line and its field's name."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from msgspec import Struct

S = TypeVar("S")
T = TypeVar("T")
LARGEST = 400_000  # characters of a plan
SOME = 1_000_000  # minutes: about two years


class Fault(Struct, frozen=True, order=True):
    """One thing that is wrong; `line` counts from one, and is 0 for what is wrong with the whole text."""

    line: int
    name: str
    what: str

    @property
    def words(self) -> str:
        """`line 4, role: it is missing here`."""
        where = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.name) if part)
        return f"{where}: {self.what}" if where else self.what


class BadPlan(ValueError):  # noqa: N818 - it says what is wrong with the plan, in sentences
    """A plan that can't be used; `faults` are all that was found to be wrong with it, in the order of their lines."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("; ".join(one.words for one in self.faults))


def each(read: Callable[[S], T], things: Iterable[S]) -> tuple[T, ...]:
    """What `read` gives for each of the things. Raises BadPlan with what is wrong with any of them."""
    found: list[T] = []
    faults: list[Fault] = []
    for one in things:
        try:
            found.append(read(one))
        except BadPlan as error:
            faults += error.faults
    if faults:
        raise BadPlan(*faults)
    return tuple(found)


class Value(Struct, frozen=True):
    """One value of a YAML text; `name` is its field's, `line` counts from one."""

    name: str
    line: int
    node: Any

    def wrong(self, what: str) -> BadPlan:
        """The error that says what is wrong with this value."""
        return BadPlan(Fault(self.line, self.name, what))

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
        return each(Value.text, self.several())

    @property
    def has_names(self) -> bool:
        """Does it consist of names with values?"""
        return bool(self.node.id == "mapping")

    def names(self) -> dict[str, "Value"]:
        """The values by name."""
        if not self.has_names:
            raise self.wrong("I need names with values here, such as `lead: …`")
        found: dict[str, Value] = {}
        faults: list[Fault] = []
        for key, node in self.node.value:
            line = key.start_mark.line + 1
            if key.id != "scalar":
                faults.append(Fault(line, self.name, "a name has to be a word"))
            elif key.value in found:
                faults.append(Fault(line, key.value, "it is there twice"))
            else:
                found[key.value] = Value(str(key.value), line, node)
        if faults:
            raise BadPlan(*faults)
        return found

    def by_name(self, read: "Callable[[Value], T]") -> dict[str, T]:
        """What `read` gives for each value, by its name."""
        names = self.names()
        return dict(zip(names, each(read, names.values()), strict=True))

    def fields(self, needed: "Readers", possible: "Readers") -> dict[str, Any]:
        """What each field's reader gives, by name. The `needed` ones have to be there, and no others than those."""
        readers = {**needed, **possible}
        found: dict[str, Any] = {}
        names = self.names()
        faults = [Fault(self.line, name, f"it is missing here ({self.name})") for name in needed if name not in names]
        for name, value in names.items():
            try:
                found[name] = readers.get(name, _stranger(readers))(value)
            except BadPlan as error:
                faults += error.faults
        if faults:
            raise BadPlan(*faults)
        return found


Reader = Callable[[Value], Any]
"""Gives what a value states. Raises BadPlan."""
Readers = Mapping[str, Reader]
NONE: Readers = {}


def itself(value: Value) -> Value:
    """The reader of what is looked at once more is known."""
    return value


def _stranger(known: Collection[str]) -> Reader:
    """The reader of a field that there is not."""

    def refuse(value: Value) -> None:
        from difflib import get_close_matches  # noqa: PLC0415 - only a slip needs it

        near = get_close_matches(value.name, known, 1)
        raise value.wrong(f"I don't know this field{f'. Do you mean “{near[0]}”?' if near else ''}")

    return refuse


def opened(text: str) -> Value:
    """The whole of a YAML text. Raises BadPlan where it is none, or one that refers to parts of itself."""
    import yaml  # noqa: PLC0415 - only who opens a plan

    if len(text) > LARGEST:
        raise BadPlan(Fault(0, "", f"it is too long: a plan has {LARGEST:,} characters at most"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 0
                raise BadPlan(Fault(line, "*", "please write it out in place of the reference"))
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = f"this is no YAML that I can read ({getattr(error, 'problem', error)})"
        raise BadPlan(Fault(mark.line + 1 if mark else 0, "", said)) from None
    except RecursionError:
        raise BadPlan(Fault(0, "", "it is nested too deeply")) from None
    if not isinstance(node, yaml.MappingNode):
        raise BadPlan(Fault(1, "", "a plan is a list of names with values, such as `roles:`"))
    return Value("the plan", node.start_mark.line + 1, node)
