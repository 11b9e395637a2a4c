"""The kinds of post, as `frames.yaml` states them: what speaks for each, what it needs, and how it may begin."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

FRAMES = "frames.yaml"
FALLBACK = "news"
SHORT = frozenset(("x", "bluesky", "mastodon", "threads"))  # networks on which a post is one breath
ENOUGH = 3  # what has to speak for a kind before it is more than news


class Frame(Struct, frozen=True):
    """A kind of post. `openings` by length and manner: ("short", "plain") → wordings."""

    name: str
    signs: tuple[tuple[re.Pattern[str], int], ...]
    first: tuple[tuple[re.Pattern[str], int], ...]
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
    return Frame(name, _signs(entry["signs"]), _signs(entry["first"]), tuple(entry["needs"]), openings, entry["ask"])


def _signs(words: dict[str, int]) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((_pattern(str(word)), count) for word, count in words.items())


def _pattern(word: str) -> re.Pattern[str]:
    plain = re.escape(word.removesuffix("*")).replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w-]){plain}" + (r"\w*" if word.endswith("*") else r"(?!\w)"), re.IGNORECASE)


def frame_of(
    text: str, first: str, unfit: frozenset[str] = frozenset(), hints: Mapping[str, int] = MappingProxyType({})
) -> str:
    """The kind of post that a text makes, by the signs in it and in what it says first; news where little speaks.

    `unfit` are kinds that it can't be; `hints` speak for kinds besides the words.
    """
    fitting = [one for one in frames().values() if one.name not in unfit]
    scores = {one.name: _score(one.signs, text) + _score(one.first, first) + hints.get(one.name, 0) for one in fitting}
    best = max(scores, key=lambda name: (scores[name], name == FALLBACK))
    return best if scores[best] >= ENOUGH else FALLBACK


def _score(signs: tuple[tuple[re.Pattern[str], int], ...], text: str) -> int:
    return sum(count for pattern, count in signs if pattern.search(text))
