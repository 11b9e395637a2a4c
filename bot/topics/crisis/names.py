"""Names that nobody is to read: kept as digests only, and taken out of every text before it is kept. All pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from bot.topics.crisis.model import Protected

WITHHELD = "[name withheld]"
A_WORD = re.compile(r"\w+")
SHORTEST = 2  # letters of a part of a name that is looked for by itself
LONGEST = 6  # words of one name


def digests_of(name: str, salt: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is kept of a name: digests of it as a whole (spaced, joined), and of its parts. The name itself is not."""
    words = [_plain(word) for word in A_WORD.findall(name)][:LONGEST]
    whole = {" ".join(words), "".join(words)} - {""}
    parts = {word for word in words if len(word) >= SHORTEST}
    return tuple(sorted(_digest(one, salt) for one in whole)), tuple(sorted(_digest(one, salt) for one in parts))


def without_names(text: str, names: Sequence[Protected], salt: str) -> str:
    """The text with each protected name as `[name withheld]`.

    A whole name is found in any case, with or without accents, and also joined (`janedoe`); a part of one only with a
    capital, so that somebody called Will Rose does not take the verbs out of every sentence.
    """
    if not names or not text:
        return text
    whole = {one for name in names for one in name.whole}
    parts = {one for name in names for one in name.parts}
    found = list(A_WORD.finditer(text))
    hidden: list[tuple[int, int]] = []
    at = 0
    while at < len(found):
        count = _count(found, at, whole, parts, salt)
        if count:
            hidden.append((found[at].start(), found[at + count - 1].end()))
        at += max(count, 1)
    return _cut(text, hidden)


def _count(found: list[re.Match[str]], at: int, whole: set[str], parts: set[str], salt: str) -> int:
    """How many words from `at` on are a protected name; 0 for none."""
    for count in range(min(LONGEST, len(found) - at), 0, -1):
        words = [_plain(one[0]) for one in found[at : at + count]]
        if _digest(" ".join(words), salt) in whole:
            return count
    word = found[at][0]
    return int(word[:1].isupper() and _digest(_plain(word), salt) in parts)


def _cut(text: str, hidden: Iterable[tuple[int, int]]) -> str:
    """The text with those stretches withheld; stretches that only blanks part are one."""
    said, last = "", 0
    for start, end in hidden:
        between = text[last:start]
        joined = said.endswith(WITHHELD) and not between.strip()
        said += "" if joined else between + WITHHELD
        last = end
    return said + text[last:]


def _plain(word: str) -> str:
    """A word for comparing: no accents, one case."""
    return "".join(one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one)).casefold()


def _digest(text: str, salt: str) -> str:
    return blake2b(text.encode(), key=salt.encode()[:64], digest_size=9).hexdigest()
