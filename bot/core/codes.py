"""A button as one short string, and as what a person would type to do the same."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote

PLAIN_VALUE = re.compile(r"[A-Za-z0-9_.-]*")


def coded(command: str, values: Mapping[str, str]) -> str:
    """`command` and `values` as one short string, to be carried in a network's control id."""
    said = "&".join(f"{name}={_coded(value)}" for name, value in values.items())
    return f"{command}?{said}" if said else command


def read_button(code: str) -> tuple[str, dict[str, str]]:
    """The command and the values of an encoded button; the inverse of `coded`."""
    command, _, values = code.partition("?")
    return command, dict(parse_qsl(values, keep_blank_values=True))


def typed(command: str, values: Mapping[str, str]) -> str:
    """`command` and `values` as a person would type them: `snooze pw-fb until=monday`."""
    return " ".join([command, *(f"{name}={_quoted(value)}" for name, value in values.items())])


def _coded(value: str) -> str:
    """A value within a button's code; most are short names and ids, which need no quoting."""
    return value if PLAIN_VALUE.fullmatch(value) else quote(value, safe=" ,:/@")


def _quoted(value: str) -> str:
    if value and not any(sign.isspace() or sign in "\"'“”‘’" for sign in value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
