"""One kind or checklist of a plan as text: taken out as it stands, and put back in its place with all comments kept."""

import textwrap
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from bot.topics.crisis.fields import BadPlan, opened

GROUPS = ("kinds", "checklists")
INDENT = 2
WIDTH = 110


class Entry(Struct, frozen=True):
    """Where a kind stands in a plan: its lines from `first` up to `end`, `column` blanks in. `node` is what it says.

    One that shares its lines with others has no lines of its own: `first` is then `end`.
    """

    group: str
    name: str
    node: Any
    column: int
    first: int
    end: int

    def lines(self, text: str) -> str:
        """Its lines, not indented."""
        if self.first == self.end:
            return _written(self.name, self.node)
        own = text.splitlines(keepends=True)[self.first : self.end]
        said = "".join(line[self.column :] if line[: self.column].isspace() else line.lstrip(" ") for line in own)
        return said if said.endswith("\n") else f"{said}\n"


def piece(text: str, name: str) -> str:
    """The kind or checklist with that name as a text of its own, which `merged` takes back; empty if there is none."""
    found = next((one for one in entries(text) if one.name == name), None)
    if found is None:
        return ""
    return f"{found.group}:\n" + textwrap.indent(found.lines(text), " " * (found.column or INDENT))


def merged(text: str, new: str) -> str:
    """The plan with the kinds and checklists of `new` in the place of its own, everything else as it stands."""
    several = entries(new)
    placed, wanted = _placed(text, [(one, one.lines(new)) for one in several]), _with(text, several)
    return placed if _said(placed) == _tree(wanted) else _serialized(wanted)


def entries(text: str) -> list[Entry]:
    """The kinds and checklists of a plan, in the order in which they stand. Raises BadPlan where it can't be read."""
    found: list[Entry] = []
    for key, group in opened(text).node.value:
        if key.value in GROUPS and group.id == "mapping":
            found += _entries(text.splitlines(), key.value, group)
    return found


def _entries(lines: list[str], group: str, node: Any) -> list[Entry]:
    starts = [key.start_mark.line for key, _value in node.value] + [_end(lines, node)]
    found = []
    for index, (key, value) in enumerate(node.value):
        first, column, end = starts[index], key.start_mark.column, starts[index + 1]
        while end > first and _is_beside(lines[end - 1], column):
            end -= 1
        alone = not node.flow_style and not lines[first][:column].strip() and end > first
        found.append(Entry(group, str(key.value), value, column, first, end if alone else first))
    return found


def _end(lines: list[str], node: Any) -> int:
    """The first line that is not the mapping's any more."""
    line: int = node.end_mark.line
    return min(line + bool(node.end_mark.column), len(lines))


def _is_beside(line: str, column: int) -> bool:
    """Is this line, at the end of an entry, nothing of it: blank, or a comment that stands no further in?"""
    said = line.lstrip()
    return not said or (said.startswith("#") and len(line) - len(said) <= column)


def _placed(text: str, several: Sequence[tuple[Entry, str]]) -> str:
    """The text with each entry in the place of the old one, or behind the last one of its group."""
    text = text if not text or text.endswith("\n") else f"{text}\n"
    known, lines, groups = entries(text), text.splitlines(keepends=True), ""
    edits: list[tuple[tuple[int, int], int, int, str]] = []
    for order, (new, said) in enumerate(several):
        there = [one for one in known if one.group == new.group]
        if not there:
            begins = "" if f"{new.group}:\n" in groups else f"{new.group}:\n"
            groups += begins + textwrap.indent(said, " " * INDENT)
            continue
        old = next((one for one in there if one.name == new.name), None)
        first, end = (old.first, old.end) if old else (there[-1].end, there[-1].end)
        edits.append(((first, order), first, end, textwrap.indent(said, " " * there[-1].column)))
    for _order, first, end, said in sorted(edits, reverse=True):  # from below, so that no place moves
        lines[first:end] = [said]
    return "".join(lines) + groups


def _with(text: str, several: Sequence[Entry]) -> Any:
    """The plan's node with the entries in it."""
    import yaml  # noqa: PLC0415 - only who changes a plan

    root = opened(text).node
    for new in several:
        group = next((value for known, value in root.value if known.value == new.group), None)
        if group is None or group.id != "mapping":
            root.value = [pair for pair in root.value if pair[1] is not group]
            group = yaml.MappingNode("tag:yaml.org,2002:map", [])
            root.value.append((_key(new.group), group))
        names = [known.value for known, _value in group.value]
        at = names.index(new.name) if new.name in names else len(names)
        group.value[at : at + 1] = [(_key(new.name), new.node)]
    return root


def _key(name: str) -> Any:
    import yaml  # noqa: PLC0415

    return yaml.ScalarNode("tag:yaml.org,2002:str", name)


def _said(text: str) -> Any:
    try:
        return _tree(opened(text).node)
    except BadPlan:
        return None


def _tree(node: Any) -> Any:
    """What a node says, without its places and its style."""
    if node.id == "mapping":
        return {key.value: _tree(value) for key, value in node.value}
    return [_tree(one) for one in node.value] if node.id == "sequence" else node.value


def _written(name: str, node: Any) -> str:
    import yaml  # noqa: PLC0415

    return _serialized(yaml.MappingNode("tag:yaml.org,2002:map", [(_key(name), node)], flow_style=False))


def _serialized(node: Any) -> str:
    import yaml  # noqa: PLC0415

    return str(yaml.serialize(node, allow_unicode=True, width=WIDTH))
