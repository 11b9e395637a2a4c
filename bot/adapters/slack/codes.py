"""What Slack's controls carry, so that each works after any restart: nothing is kept in memory for them.

A button's `value` is its code, a choice's options carry theirs; `action_id` only tells controls of one message apart.
"""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from bot.core.codes import read_button

DO, LINK, PAGE, ASK = "do", "link", "page", "ask"  # what a control's action_id begins with
FORM = "form"  # the callback_id of a form
ANSWER = "answer"  # the callback_id of an answer that stands where the form stood
MESSAGE = "message"  # what the callback_id of a message's shortcut begins with
METADATA_LIMIT = 3000  # characters of a view's private_metadata


def shortcut_id(command: str) -> str:
    """The callback_id of the shortcut of a command."""
    return f"{MESSAGE}:{command}"


class Pressed(Struct, frozen=True):
    """What a control says when it is used."""

    command: str
    values: Mapping[str, str] = field(default_factory=dict)


def read_code(code: str) -> Pressed | None:
    """The command and the values of a code; None where it is none."""
    command, values = read_button(code)
    return Pressed(command, values) if command else None


def form_metadata(command: str, values: Mapping[str, str], where: str) -> str:
    """What a form remembers: its command, the values that are set already, and where it was asked for."""
    return json.dumps({"command": command, "values": dict(values), "where": where}, separators=(",", ":"))


def read_metadata(text: str) -> tuple[str, dict[str, str], str] | None:
    """The inverse of `form_metadata`; None where it is not understood."""
    try:
        found: Any = json.loads(text)
        values = {str(name): str(value) for name, value in found["values"].items()}
        return str(found["command"]), values, str(found["where"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
