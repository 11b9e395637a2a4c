"""Slack's documented limits on text objects and on the elements that people press, choose from and fill in."""

import re
from collections.abc import Callable
from typing import Any

from tests.adapters.slack.standin import markup
from tests.adapters.slack.standin.shape import Json, keys, need, several, short

OPTIONS, CHECKS = 100, 10
LOOKS = "confirm focus_on_load placeholder"


def text_object(value: Any, where: str, most: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> str:
    """A text object; mrkdwn has to be escaped."""
    keys(value, where, "type text", "emoji verbatim")
    need(value["type"] in kinds, where, f"the type is one of {kinds}, not {value['type']!r}")
    need("emoji" not in value or value["type"] == "plain_text", where, "emoji is for plain_text")
    need("verbatim" not in value or value["type"] == "mrkdwn", where, "verbatim is for mrkdwn")
    text = short(value["text"], most, f"{where}.text")
    if value["type"] == "mrkdwn":
        markup.check(text, f"{where}.text")
    return text


def plain(value: Any, where: str, most: int) -> str:
    """A plain text object."""
    return text_object(value, where, most, ("plain_text",))


def _confirm(value: Any, where: str) -> None:
    keys(value, where, "title text confirm deny", "style")
    plain(value["title"], f"{where}.title", 100)
    text_object(value["text"], f"{where}.text", 300)
    plain(value["confirm"], f"{where}.confirm", 30)
    plain(value["deny"], f"{where}.deny", 30)
    need(value.get("style", "primary") in ("primary", "danger"), where, "an unknown style")


def _common(element: Json, where: str) -> None:
    short(element.get("action_id"), 255, f"{where}.action_id")
    if "confirm" in element:
        _confirm(element["confirm"], f"{where}.confirm")
    if "placeholder" in element:
        plain(element["placeholder"], f"{where}.placeholder", 150)
    need(isinstance(element.get("focus_on_load", False), bool), where, "focus_on_load is true or false")


def option(value: Any, where: str, *, marked: bool = False) -> Json:
    """One option of a select, or (`marked`) of boxes to tick, whose text may be mrkdwn."""
    keys(value, where, "text value", "description url")
    text_object(value["text"], f"{where}.text", 75, ("plain_text", "mrkdwn") if marked else ("plain_text",))
    short(value["value"], 150, f"{where}.value")
    if "description" in value:
        text_object(value["description"], f"{where}.description", 75)
    return dict(value)


def check_options(element: Json, where: str, most: int = OPTIONS, *, marked: bool = False) -> list[Json]:
    """The options that an element offers. Raises Invalid."""
    found = []
    groups = [("options", element)]
    if "option_groups" in element:
        need("options" not in element, where, "options or option_groups, not both")
        groups = []
        for index, group in enumerate(several(element["option_groups"], 100, f"{where}.option_groups")):
            keys(group, f"{where}.option_groups[{index}]", "label options")
            plain(group["label"], f"{where}.option_groups[{index}].label", 75)
            groups.append((f"option_groups[{index}].options", group))
    for name, holder in groups:
        for index, one in enumerate(several(holder.get("options"), most, f"{where}.{name}")):
            found.append(option(one, f"{where}.{name}[{index}]", marked=marked))
    return found


def _button(element: Json, where: str) -> None:
    keys(element, where, "type text action_id", "url value style confirm accessibility_label")
    plain(element["text"], f"{where}.text", 75)
    if "url" in element:
        need(re.match(r"(https?|slack)://|mailto:", short(element["url"], 3000, where)) is not None, where, "a bad url")
    if "value" in element:
        short(element["value"], 2000, f"{where}.value", 0)
    need(element.get("style", "primary") in ("primary", "danger"), where, "style is primary, danger or left out")
    short(element.get("accessibility_label", "-"), 75, where)


def _static_select(element: Json, where: str) -> None:
    keys(element, where, "type action_id", f"options option_groups initial_option {LOOKS}")
    offered = check_options(element, where, OPTIONS)
    if "initial_option" in element:
        need(element["initial_option"] in offered, where, "the initial option is not among the options")


def _multi_static_select(element: Json, where: str) -> None:
    keys(element, where, "type action_id", f"options option_groups initial_options max_selected_items {LOOKS}")
    check_options(element, where, OPTIONS)


def _external_select(element: Json, where: str) -> None:
    keys(element, where, "type action_id", f"min_query_length initial_option {LOOKS}")
    if "initial_option" in element:
        option(element["initial_option"], f"{where}.initial_option")


def _users_select(element: Json, where: str) -> None:
    keys(element, where, "type action_id", f"initial_user {LOOKS}")
    need(re.fullmatch("[UW][A-Z0-9]+", element.get("initial_user", "U1")) is not None, where, "a bad user id")


def _conversations(element: Json, where: str) -> None:
    allowed = "initial_conversation initial_channel default_to_current_conversation response_url_enabled filter"
    keys(element, where, "type action_id", f"{allowed} {LOOKS}")
    initial = element.get("initial_conversation") or element.get("initial_channel") or "C1"
    need(re.fullmatch("[CDG][A-Z0-9]+", initial) is not None, where, "a bad conversation id")


def _overflow(element: Json, where: str) -> None:
    keys(element, where, "type action_id options", "confirm")
    check_options(element, where, 5)


def _boxes(element: Json, where: str) -> None:
    keys(element, where, "type action_id options", "initial_options initial_option confirm focus_on_load")
    offered = check_options(element, where, CHECKS, marked=True)
    ticked = element.get("initial_options") or [element.get("initial_option", offered[0])]
    need(all(one in offered for one in ticked), where, "a ticked option is not among the options")


def _datepicker(element: Json, where: str) -> None:
    keys(element, where, "type action_id", f"initial_date {LOOKS}")
    need(re.fullmatch(r"\d{4}-\d\d-\d\d", element.get("initial_date", "2026-01-01")) is not None, where, "a bad date")


def _timepicker(element: Json, where: str) -> None:
    keys(element, where, "type action_id", f"initial_time timezone {LOOKS}")
    need(re.fullmatch(r"\d\d:\d\d", element.get("initial_time", "09:00")) is not None, where, "a bad time")


def _datetimepicker(element: Json, where: str) -> None:
    keys(element, where, "type action_id", "initial_date_time confirm focus_on_load")
    need(isinstance(element.get("initial_date_time", 0), int), where, "initial_date_time is a number")


def _text_input(element: Json, where: str) -> None:
    allowed = "initial_value multiline min_length max_length dispatch_action_config focus_on_load placeholder"
    keys(element, where, "type action_id", allowed)
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    need(0 <= least <= 3000 and 1 <= most <= 3000 and least <= most, where, "lengths are 0 to 3000")
    if "initial_value" in element:
        short(element["initial_value"], most, f"{where}.initial_value", 0)


def _number_input(element: Json, where: str) -> None:
    allowed = "initial_value min_value max_value dispatch_action_config focus_on_load placeholder"
    keys(element, where, "type action_id is_decimal_allowed", allowed)
    for name in ("initial_value", "min_value", "max_value"):
        need(isinstance(element.get(name, ""), str), where, f"{name} is a number as text")


def _file_input(element: Json, where: str) -> None:
    keys(element, where, "type action_id", "filetypes max_files")
    need(1 <= element.get("max_files", 10) <= 10, where, "1 to 10 files")


def image(element: Json, where: str) -> None:
    """An image within a block."""
    keys(element, where, "type alt_text", "image_url slack_file")
    need(("image_url" in element) != ("slack_file" in element), where, "image_url or slack_file")
    short(element["alt_text"], 2000, f"{where}.alt_text")


Check = Callable[[Json, str], None]
PICKS: dict[str, Check] = {
    "button": _button,
    "static_select": _static_select,
    "external_select": _external_select,
    "users_select": _users_select,
    "conversations_select": _conversations,
    "channels_select": _conversations,
    "datepicker": _datepicker,
    "timepicker": _timepicker,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
}
MULTI: dict[str, Check] = {"multi_static_select": _multi_static_select}
IN_ACTIONS = {**PICKS, "overflow": _overflow, "datetimepicker": _datetimepicker}
BESIDE = {**PICKS, **MULTI, "overflow": _overflow, "image": image}
IN_INPUT: dict[str, Check] = {
    **{name: check for name, check in PICKS.items() if name != "button"},
    **MULTI,
    "datetimepicker": _datetimepicker,
    "plain_text_input": _text_input,
    "email_text_input": _text_input,
    "url_text_input": _text_input,
    "number_input": _number_input,
    "file_input": _file_input,
}


def element(value: Any, where: str, allowed: dict[str, Check]) -> Json:
    """An element of one of the allowed kinds."""
    need(isinstance(value, dict), where, "an element is an object")
    kind = value.get("type")
    need(kind in allowed, where, f"a {kind} can't stand here")
    allowed[str(kind)](value, where)
    if kind != "image":
        _common(value, where)
    return dict(value)
