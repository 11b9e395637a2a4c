"""The rules of each network that a post has to keep, as `networks.yaml` states them."""

from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace


class Limits(Struct, frozen=True):
    """What a network allows. `count` says how its length is counted; None: there is no rule.

    `soft` marks a length that is our own advice. `forbidden` are signs that a post can't hold.
    """

    network: str
    most: int | None = None
    count: str = "characters"
    soft: bool = False
    max_bytes: int | None = None
    max_hashtags: int | None = None
    max_links: int | None = None
    forbidden: str = ""
    links_clickable: bool = True
    needs_media: bool = False


def limits_of(network: str, most: int | None = None) -> Limits:
    """The rules of a network, by its id; `most` where this account may be longer (some Mastodon servers allow it)."""
    known = _all().get(network, Limits(network))
    return replace(known, most=most) if most else known


@cache
def _all() -> dict[str, Limits]:
    from importlib.resources import files  # noqa: PLC0415 - slow to load, and seldom needed

    import yaml  # noqa: PLC0415 - as above

    listed: dict[str, Any] = yaml.safe_load((files("bot.content") / "networks.yaml").read_text("utf-8"))
    rules = {name: entry for name, entry in listed.items() if isinstance(entry, dict) and "max" in entry}
    return {name: _limits(name, entry) for name, entry in rules.items()}


def _limits(name: str, entry: dict[str, Any]) -> Limits:
    return Limits(
        name,
        entry["max"],
        entry.get("count", "characters"),
        entry.get("soft", False),
        entry.get("max_bytes"),
        entry.get("max_hashtags"),
        entry.get("max_links"),
        entry.get("forbidden", ""),
        entry.get("links_clickable", True),
        entry.get("needs_media", False),
    )
