"""Names that nobody is to read: kept as digests only, and taken out of every text before it is kept. All pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from urllib.parse import unquote

from bot.topics.crisis.model import Protected

WITHHELD = "[name withheld]"
NO_LINK = "[link withheld]"
LETTERS = re.compile(r"[^\W\d_]+")
A_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
A_HANDLE = re.compile(r"[@#]\w[\w.-]*|\S+@\S+")  # a handle, a hashtag, an address of a mailbox
SHORTEST = 2  # letters of a part of a name that is looked for by itself
SURE = 3  # letters of one that is looked for in small letters, or within a longer word: only in links and handles
INSIDE = 5  # letters of a whole name that is looked for within a longer word
LONGEST = 8  # words of one name
MOST = 40  # letters of one name without its blanks
GAP = 3  # signs that may stand between the words of a name, such as a blank, a dot or a line
Span = tuple[int, int]


def digests_of(name: str, salt: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is kept of a name: digests of it as a whole (either way round), and of its parts. The name itself is not."""
    runs = [_plain(one) for one in LETTERS.findall(_composed(name))][:LONGEST]
    parts = {_plain(one) for one, _start in _words(_composed(name))} | set(runs)
    whole = {"".join(runs), "".join((*runs[-1:], *runs[:-1]))} - {""}
    kept = {one for one in parts if len(one) >= SHORTEST}
    return tuple(sorted(_digest(one, salt) for one in whole)), tuple(sorted(_digest(one, salt) for one in kept))


def without_names(text: str, names: Sequence[Protected], salt: str) -> str:
    """The text with each protected name as `[name withheld]`, and without links that hold one.

    A whole name is found in any case, with or without accents, either way round, with any sign between its words
    (`jane.doe`, `Doe, Jane`) or none (`janedoe99`); a part of one only with a capital, so that somebody called Will
    Rose does not take the verbs out of every sentence, and in handles and links also in small letters.
    """
    if not names or not text:
        return text
    text = _composed(text)
    known = _Known(names, salt)
    spans: list[tuple[int, int, str]] = []
    for link in A_LINK.finditer(text):
        said = unquote(link[0])
        if known.whole_in(said) or known.parts_in(said, small=True):
            spans.append((*link.span(), NO_LINK))
    spans += [(*span, WITHHELD) for span in (*known.whole_in(text), *known.parts_in(text, small=False))]
    for handle in A_HANDLE.finditer(text):
        found = known.parts_in(handle[0], small=True)
        spans += [(handle.start() + start, handle.start() + end, WITHHELD) for start, end in found]
    return _cut(text, spans)


class _Known:
    """The digests that are looked for."""

    def __init__(self, names: Sequence[Protected], salt: str) -> None:
        self.salt = salt
        self.whole = {one for name in names for one in name.whole}
        self.parts = {one for name in names for one in name.parts}

    def whole_in(self, text: str) -> list[Span]:
        """Where whole names stand."""
        words = list(_words(text))
        found: list[Span] = []
        for index, (first, start) in enumerate(words):
            joined, end = "", start
            for word, begin in words[index : index + LONGEST]:
                if begin - end > GAP or "\n" in text[end:begin]:
                    break
                joined, end = joined + _plain(word), begin + len(word)
                if self._is(joined, self.whole):
                    found.append((start, end))
            if len(first) > INSIDE:
                found += self._within(first, start)
        return found

    def _within(self, word: str, start: int) -> Iterator[Span]:
        """A whole name inside a longer word, such as a hashtag in small letters."""
        plain = _plain(word)
        if len(plain) != len(word):
            return
        for at in range(len(plain) - INSIDE + 1):
            for end in range(at + INSIDE, min(len(plain), at + MOST) + 1):
                if self._is(plain[at:end], self.whole):
                    yield start + at, start + end

    def parts_in(self, text: str, *, small: bool) -> list[Span]:
        """Where parts of names stand by themselves, with a capital; `small` finds longer ones without it, too."""
        runs = [(one[0], one.start()) for one in LETTERS.finditer(text)]
        return [
            (start, start + len(word))
            for word, start in dict.fromkeys((*runs, *_words(text)))
            if (word[:1].isupper() or (small and len(word) >= SURE)) and self._is(_plain(word), self.parts)
        ]

    def _is(self, plain: str, digests: set[str]) -> bool:
        return len(plain) >= SHORTEST and _digest(plain, self.salt) in digests


def _words(text: str) -> Iterator[tuple[str, int]]:
    """The words and where they begin; one that is written `LikeThis` is two."""
    for run in LETTERS.finditer(text):
        word, start = run[0], 0
        for at in range(1, len(word)):
            before, here, after = word[at - 1], word[at], word[at + 1 : at + 2]
            if here.isupper() and (before.islower() or after.islower()):
                yield word[start:at], run.start() + start
                start = at
        yield word[start:], run.start() + start


def _cut(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """The text with those stretches withheld; stretches that touch, or that only blanks part, are one."""
    said, last, put = "", 0, ""
    for start, end, instead in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end <= last:
            continue
        between = text[last:start] if start > last else ""
        if not (put == instead and not between.strip()):
            said += between + instead
        last, put = end, instead
    return said + text[last:]


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _plain(word: str) -> str:
    """A word for comparing: no accents, one case."""
    if word.isascii():
        return word.lower()
    return "".join(one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one)).casefold()


def _digest(text: str, salt: str) -> str:
    return blake2b(text.encode(), key=salt.encode()[:64], digest_size=9).hexdigest()
