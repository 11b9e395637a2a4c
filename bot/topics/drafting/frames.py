"""The kinds of post, as `frames.yaml` states them: what speaks for each, what it needs, and how it may begin."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from bot.topics.drafting.signs import Sign, sign

FRAMES = "frames.yaml"
SHORT = frozenset(("x", "bluesky", "mastodon", "threads"))  # networks on which a post is one breath


class Frame(Struct, frozen=True):
    """A kind of post. `openings` by length and manner: ("short", "plain") → wordings."""

    name: str
    signs: tuple[tuple[Sign, int], ...]
    reads: Mapping[str, int]
    asks: Mapping[str, int]
    opens: tuple[str, ...]
    needs: tuple[str, ...]
    openings: Mapping[tuple[str, str], tuple[str, ...]]
    ask: str

    def opening(self, network: str, manner: str) -> tuple[str, ...]:
        """The openings for a network and a manner; plain where the manner is not known."""
        length = "short" if network in SHORT else "long"
        return self.openings.get((length, manner)) or self.openings[length, "plain"]


@cache
def frames() -> Mapping[str, Frame]:
    """All of them, by name."""
    from importlib.resources import files  # noqa: PLC0415 - slow to load, and seldom needed

    import yaml  # noqa: PLC0415 - as above

    listed: dict[str, dict[str, Any]] = yaml.safe_load((files("bot.content") / FRAMES).read_text("utf-8"))
    return {name: _frame(name, entry) for name, entry in listed.items()}


def _frame(name: str, entry: dict[str, Any]) -> Frame:
    openings = {
        (length, manner): tuple(words)
        for length in ("short", "long", "spare")
        for manner, words in entry[length].items()
    }
    signs = tuple((sign(word), count) for count, words in entry["signs"].items() for word in words.split(", "))
    return Frame(
        name,
        tuple(sorted(signs, key=lambda one: -abs(one[1]))),
        entry["reads"],
        entry["asks"],
        tuple(entry["opens"].split(", ")) if entry["opens"] else (),
        tuple(entry["needs"]),
        openings,
        entry["ask"],
    )
