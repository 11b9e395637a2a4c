"""Slack's documented limits on blocks, messages and views: what breaks one is refused, as Slack does."""

import json
from collections.abc import Callable
from typing import Any

from tests.adapters.slack.standin import markup
from tests.adapters.slack.standin.elements import BESIDE, IN_ACTIONS, IN_INPUT, element, image, plain, text_object
from tests.adapters.slack.standin.shape import Invalid, Json, keys, need, several, short

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TEXT = 4000  # Slack's advice for messages, and its limit for changed ones
VIEW_BYTES = 250_000


def _header(block: Json, where: str) -> None:
    keys(block, where, "type text", "block_id level")
    plain(block["text"], f"{where}.text", 150)


def _section(block: Json, where: str) -> None:
    keys(block, where, "type", "block_id text fields accessory expand")
    need("text" in block or "fields" in block, where, "a section has text or fields")
    if "text" in block:
        text_object(block["text"], f"{where}.text", 3000)
    if "fields" in block:
        for index, one in enumerate(several(block["fields"], 10, f"{where}.fields")):
            text_object(one, f"{where}.fields[{index}]", 2000)
    if "accessory" in block:
        element(block["accessory"], f"{where}.accessory", BESIDE)


def _context(block: Json, where: str) -> None:
    keys(block, where, "type elements", "block_id")
    for index, one in enumerate(several(block["elements"], 10, f"{where}.elements")):
        if isinstance(one, dict) and one.get("type") == "image":
            image(one, f"{where}.elements[{index}]")
        else:
            text_object(one, f"{where}.elements[{index}]", 2000)


def _actions(block: Json, where: str) -> None:
    keys(block, where, "type elements", "block_id")
    ids = []
    for index, one in enumerate(several(block["elements"], 25, f"{where}.elements")):
        ids.append(element(one, f"{where}.elements[{index}]", IN_ACTIONS)["action_id"])
    need(len(ids) == len(set(ids)), where, f"action_ids repeat: {ids}")


def _divider(block: Json, where: str) -> None:
    keys(block, where, "type", "block_id")


def _image(block: Json, where: str) -> None:
    image({name: value for name, value in block.items() if name not in ("title", "block_id")}, where)
    if "title" in block:
        plain(block["title"], f"{where}.title", 2000)


def _input(block: Json, where: str) -> None:
    keys(block, where, "type label element", "block_id hint optional dispatch_action")
    plain(block["label"], f"{where}.label", 2000)
    element(block["element"], f"{where}.element", IN_INPUT)
    if "hint" in block:
        plain(block["hint"], f"{where}.hint", 2000)


KINDS: dict[str, Callable[[Json, str], None]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "divider": _divider,
    "image": _image,
    "input": _input,
}


def check_blocks(blocks: Any, most: int) -> list[Json]:
    """The blocks. Raises Invalid where one breaks a limit."""
    ids: list[str] = []
    for index, block in enumerate(several(blocks, most, "blocks", 0)):
        where = f"blocks[{index}]"
        need(isinstance(block, dict) and block.get("type") in KINDS, where, "an unknown kind of block")
        KINDS[block["type"]](block, f"{where} ({block['type']})")
        if "block_id" in block:
            ids.append(short(block["block_id"], 255, f"{where}.block_id"))
    need(len(ids) == len(set(ids)), "blocks", "block_ids repeat")
    return list(blocks)


def check_message(message: Json) -> None:
    """Text, blocks and metadata of a message. Raises Invalid."""
    markup.check(short(message.get("text"), TEXT, "text"), "text")
    if message.get("blocks"):
        check_blocks(message["blocks"], MESSAGE_BLOCKS)
    if message.get("metadata"):
        keys(message["metadata"], "metadata", "event_type event_payload")
        short(message["metadata"]["event_type"], 255, "metadata.event_type")
        need(isinstance(message["metadata"]["event_payload"], dict), "metadata", "event_payload is an object")


def check_view(view: Any, kind: str) -> None:
    """A modal or a home tab. Raises Invalid."""
    keys(
        view,
        "view",
        "type blocks",
        "title submit close private_metadata callback_id external_id clear_on_close notify_on_close submit_disabled",
    )
    need(view["type"] == kind, "view.type", f"{kind}, not {view['type']!r}")
    need(len(json.dumps(view)) <= VIEW_BYTES, "view", "too large")
    check_blocks(view["blocks"], VIEW_BLOCKS)
    short(view.get("private_metadata", ""), 3000, "view.private_metadata", 0)
    short(view.get("callback_id", "-"), 255, "view.callback_id")
    if kind == "home":
        need(not view.keys() & {"title", "submit", "close"}, "view", "a home has no title, submit or close")
        return
    plain(view.get("title"), "view.title", 24)
    for name in ("submit", "close"):
        if view.get(name) is not None:
            plain(view[name], f"view.{name}", 24)
    asks = any(block["type"] == "input" for block in view["blocks"])
    need(not asks or view.get("submit") is not None, "view", "inputs need a submit button")


def broken(view: Any, kind: str) -> str:
    """The limit that a modal or a home tab breaks; empty where it keeps to all."""
    try:
        check_view(view, kind)
    except Invalid as invalid:
        return str(invalid)
    return ""
