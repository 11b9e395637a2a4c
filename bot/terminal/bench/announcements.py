"""The announcements that drafts are measured on, and what each of them says."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from msgspec import Struct

from bot.topics.drafting.claims import claims_of, plain
from bot.topics.drafting.facts import Facts
from bot.topics.drafting.reading import read_tip

GIVEN = datetime(2026, 11, 24, 18, tzinfo=UTC)  # a Tuesday, noon in Chicago
ZONE = ZoneInfo("America/Chicago")
HALVES = {"tuning": "announcements-tuning.yaml", "held-back": "announcements-held-back.yaml"}
ANY = "any"  # the kind of post is a matter of taste
# How each kind of thing looks, crudely and without Steward's own readers: what has none of it must get none.
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DAY = rf"\b(?:(?!may\b){_MONTH}|\w+day|tomorrow|tonight)\b"
_DATE = re.compile(rf"{_MONTH} \d{{1,2}}(?:[-–]\d{{1,2}})?(?:, \d{{4}})?", re.IGNORECASE)
LOOKS = {
    "when": _DAY,
    "deadline": _DAY,
    "time": r"\d ?[ap]\.?m\b|\d:\d\d|\bnoon\b",
    "price": r"[$€£]|\bfree\b",
    "link": r"https?:|\b\w+\.(?:org|com|edu|net)\b",
    "number": r"\d",
}


class Announcement(Struct, frozen=True):
    """A text, the kind of post that it makes, what it says (kind and value), and what it does not say."""

    text: str
    frame: str
    said: tuple[tuple[str, str], ...]
    lacks: tuple[str, ...]

    def invented(self, text: str) -> list[str]:
        """The kinds of things that a draft has though the announcement has none; its dates are no numbers."""
        numbers = _DATE.sub("", text)
        return [
            kind
            for kind in self.lacks
            if kind in LOOKS
            and re.search(LOOKS[kind], numbers if kind == "number" else text, re.IGNORECASE)
            and not re.search(LOOKS[kind], self.text, re.IGNORECASE)
        ]

    def read(self) -> Facts:
        """The facts that are read in it."""
        return read_tip(self.text, GIVEN, ZONE)

    @property
    def dates(self) -> frozenset[str]:
        """The days that may be named, a stretch of days by its first and its last too."""
        days = [value for kind, value in self.said if kind in ("when", "deadline")]
        return frozenset(part for day in days for part in (day, *day.split("/")))


def announcements(half: str) -> list[Announcement]:
    """One half of them: tuning or held back."""
    listed = yaml.safe_load((files("bot.content") / HALVES[half]).read_text("utf-8"))
    return [
        Announcement(one["text"], one["frame"], tuple(_said(one["facts"])), tuple(one.get("lacks", ())))
        for one in listed
    ]


def _said(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, value in facts.items():
        for one in value if isinstance(value, list) else [value]:
            yield kind, str(one)


def tells(text: str, kind: str, value: str, today: date) -> bool:
    """Does a text say this, in whatever spelling?"""
    claims = claims_of(text, today)
    match kind:
        case "when" | "deadline":
            return any(value in (one.value, *one.value.split("/")) for one in claims.of("day"))
        case "time":
            return any(value in (one.value, f"{one.value} {one.zone}") for one in claims.of("time"))
        case "number" | "price":
            return any(one.value == value for one in claims.of("amount"))
        case "link":
            return any(one.value.casefold() == value.rstrip("/").casefold() for one in claims.of("link"))
        case _:
            return _runs(value) in _runs(text)


def _runs(text: str) -> str:
    words = re.findall(r"[^\W_]+", text)
    return f" {' '.join(map(plain, words))} "
