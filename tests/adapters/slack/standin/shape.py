"""The words that the stand-in's parts share: JSON objects, and what is refused."""

from typing import Any

Json = dict[str, Any]


class Invalid(Exception):  # noqa: N818 - an answer, not a fault
    """A payload that Slack would refuse: where in it, and why."""


class Refused(Exception):  # noqa: N818 - as above
    """A call that Slack answers with `ok: false` and this error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


def need(ok: bool, where: str, why: str) -> None:
    """Raises Invalid unless `ok`."""
    if not ok:
        raise Invalid(f"{where}: {why}")


def short(value: Any, most: int, where: str, least: int = 1) -> str:
    """The value, a text of `least` to `most` characters."""
    need(isinstance(value, str), where, f"a text is needed, not {type(value).__name__}")
    need(least <= len(value) <= most, where, f"{least} to {most} characters, not {len(value)}: {value[:60]!r}")
    assert isinstance(value, str)
    return value


def keys(value: Any, where: str, needed: str, allowed: str = "") -> Json:
    """The value, an object with all the needed keys and none but those and the allowed ones (words in a text)."""
    need(isinstance(value, dict), where, f"an object is needed, not {type(value).__name__}")
    must, may = set(needed.split()), set(allowed.split())
    assert isinstance(value, dict)
    need(must <= value.keys(), where, f"missing {sorted(must - value.keys())}")
    more = value.keys() - must - may
    need(not more, where, f"invalid additional property {sorted(more)}")
    return value


def several(value: Any, most: int, where: str, least: int = 1) -> list[Any]:
    """The value, a list of `least` to `most` things."""
    need(isinstance(value, list), where, f"a list is needed, not {type(value).__name__}")
    assert isinstance(value, list)
    need(least <= len(value) <= most, where, f"{least} to {most} items, not {len(value)}")
    return value
