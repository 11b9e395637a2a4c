"""What a person sees of blocks: the words in reading order, and what can be pressed, chosen or filled in."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from tests.adapters.slack.standin.markup import UNSEEN, Name, read
from tests.adapters.slack.standin.shape import Json


class Control(Struct, frozen=True):
    """An element, what is written on or beside it, and the block in which it stands."""

    label: str
    block_id: str
    element: Json

    @property
    def kind(self) -> str:
        """Its type in Slack's words."""
        return str(self.element["type"])

    @property
    def options(self) -> list[Json]:
        """What it offers, group by group."""
        groups = self.element.get("option_groups", [self.element])
        return [one for group in groups for one in group.get("options", [])]


def with_ids(blocks: Sequence[Json]) -> list[Json]:
    """The blocks, each with the block_id that Slack gives those without one."""
    return [{"block_id": f"b{index}", **block} for index, block in enumerate(blocks)]


def seen(blocks: Sequence[Json], name: Name) -> str:
    """All words, a line each."""
    return "\n".join(line for block in blocks for line in _lines(block, name) if line)


def controls(blocks: Sequence[Json], name: Name = str) -> list[Control]:
    """Everything that can be used, in reading order."""
    return [one for block in blocks for one in _controls(block, name)]


def said(value: Any, name: Name = str) -> str:
    """A text object's words."""
    if not isinstance(value, dict):
        return ""
    text = str(value.get("text", ""))
    return read(text, name) if value.get("type") == "mrkdwn" else text.replace(UNSEEN, "")


def _lines(block: Json, name: Name) -> Iterator[str]:
    yield said(block.get("text"), name)
    yield from (said(field, name) for field in block.get("fields", ()))
    if block["type"] == "image":
        yield f"[picture: {block['alt_text']}]"
    if block["type"] == "input":
        yield said(block["label"], name)
    for element in [*block.get("elements", ()), block.get("accessory"), block.get("element")]:
        if isinstance(element, dict):
            yield from _element(element, name)
    yield said(block.get("hint"), name)


def _element(element: Json, name: Name) -> Iterator[str]:
    kind = element["type"]
    if kind in ("mrkdwn", "plain_text"):
        yield said(element, name)
    elif kind == "image":
        yield f"[picture: {element['alt_text']}]"
    elif kind == "button":
        yield f"[{said(element['text'], name)}]" + (f" {element['url']}" if "url" in element else "")
    else:
        yield said(element.get("placeholder"), name)
        groups = element.get("option_groups", [element])
        for group in groups:
            yield said(group.get("label"), name)
            for one in group.get("options", []):
                yield f"({said(one['text'], name)})"
                yield said(one.get("description"), name)


def _controls(block: Json, name: Name) -> Iterator[Control]:
    id = block.get("block_id", "")
    if block["type"] == "input":
        yield Control(said(block["label"], name), id, block["element"])
        return
    found = [*(block.get("elements", ()) if block["type"] == "actions" else ()), block.get("accessory")]
    for element in found:
        if isinstance(element, dict) and element["type"] != "image":
            beside = block.get("text") or element.get("placeholder")
            yield Control(said(element.get("text") or beside, name), id, element)
