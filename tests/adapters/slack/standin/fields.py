"""What stands in the fields of a form or a message: what was typed or chosen, in Slack's words."""

from typing import Any

from tests.adapters.slack.standin import payloads, reading
from tests.adapters.slack.standin.shape import Json


def option_of(control: reading.Control, text: str) -> Json:
    """The option whose words begin so, or whose value that is."""
    for one in control.options:
        if reading.said(one["text"]).startswith(text) or one["value"] == text:
            return one
    raise AssertionError(f"“{text}” is not offered: {[reading.said(one['text']) for one in control.options]}")


def entered(control: reading.Control, text: str) -> Any:
    """What a field holds when `text` is typed or chosen in it; nothing where it is empty."""
    if control.kind in ("static_select", "radio_buttons"):
        return option_of(control, text) if text else None
    if control.kind in ("checkboxes", "multi_static_select"):
        return [option_of(control, one.strip()) for one in text.split(",") if one.strip()]
    return text or None


def chosen(control: reading.Control, text: str) -> Json:
    """The same, as an action says it."""
    value = payloads.value_of(control.element, entered(control, text))
    return {name: one for name, one in value.items() if name != "type"}


def state_of(blocks: list[Json], given: Json) -> Json:
    """The values of all fields, by block and action."""
    found: Json = {}
    for block in blocks:
        elements = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        for element in elements:
            if isinstance(element, dict) and "action_id" in element and element["type"] not in ("button", "overflow"):
                value = given.get(block["block_id"], payloads.initial(element))
                found.setdefault(block["block_id"], {})[element["action_id"]] = payloads.value_of(element, value)
    return found
