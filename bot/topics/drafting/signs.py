"""Signs: words that speak for a kind of post, written as people would list them, and where a text has them."""

import re
from functools import cache

from msgspec import Struct

_NUMBER = (
    r"[$€£]?\d[\d,.]*|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|(?:one |a )?hundred|a dozen"
)
_ROUND = r"(?:\d{1,3}(?:,\d{3})+|\d{3,}|[4-9]0|[257]5)th"
_PARTS = {"#th": _ROUND, "#": f"(?:{_NUMBER})", "…": r"(?:\S+\s+){0,4}?"}


class Sign(Struct, frozen=True):
    """`words` as they are listed, the longest literal of them, which most texts lack at a glance, and the pattern."""

    words: str
    heart: str
    pattern: re.Pattern[str]

    def found(self, text: str) -> tuple[int, int] | None:
        """Where a text, evened out, has it first."""
        if self.heart not in text:
            return None
        found = self.pattern.search(text)
        return found.span() if found else None


def even(text: str) -> str:
    """A text as signs are compared with it: every place stays where it is."""
    small = text.lower().replace("’", "'")
    return small if len(small) == len(text) else text.replace("’", "'")


@cache
def sign(words: str) -> Sign:
    """The sign that is written like this: "*" stands for the rest of a word, "#" for a number, "…" for some words."""
    pattern = "".join(_PARTS.get(part) or _literal(part) for part in re.split(r"(#th\b|#|…\s)", words) if part != "")
    pattern = pattern.replace(r"…\ ", _PARTS["…"])
    begin = "" if words.startswith("*") or not re.match(r"[\w#]", words) else r"(?<![\w-])"
    end = "" if words.endswith("*") else r"(?!\w)"
    heart = max(re.split(r"#th|[#…*\s]", words), key=len)
    return Sign(words, heart, re.compile(begin + pattern + end))


def _literal(words: str) -> str:
    if words.startswith("…"):
        return _PARTS["…"]
    return re.sub(r"\\\*", r"\\w*", re.sub(r"(?:\\ )+", r"\\s+", re.escape(words)))
