"""Links, mentions and hashtags in a text, found the way X finds them: its conformance files are the measure.

A bare `ala.org/news` is a link where its ending is a real one; a `#tag` needs a letter; an e-mail address is neither.
Every scan is linear in the text, since texts are pasted by strangers.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Protocol

from msgspec import Struct

_ACCENTS = "À-ÖØ-öø-ɏɓɔɖɗəɛɣɨɯɲʉʋʻ\u0300-\u036fḀ-ỿ"
_CYRILLIC = "\u0400-\u04ff"
_MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the reading direction
_LABEL = re.compile(rf"[^\s!'#%&()*+,\\./:;<=>?@\[\]^{{|}}~$\"\ufffe\ufeff\uffff{_MARKS}]+")
_BARE_LABEL = re.compile(rf"[-a-z0-9{_ACCENTS}]+", re.IGNORECASE)
_START = re.compile(
    rf"(?<![A-Za-z0-9@＠$#＃])(?P<scheme>https?://)"
    rf"|(?<![A-Za-z0-9@＠$#＃_./{_ACCENTS}-])[a-z0-9{_ACCENTS}][-a-z0-9{_ACCENTS}]*(?=\.)",
    re.IGNORECASE,
)
_ASCII_END = re.compile(r"xn--[a-z0-9-]+|[a-z]+", re.IGNORECASE)
_AFTER_END = re.compile(r"[0-9a-z@+-]", re.IGNORECASE)
_PORT = re.compile(r":[0-9]+")
_IN_PATH = rf"[a-z{_CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTS}]"
_BALANCED = rf"\({_IN_PATH}*(?:\({_IN_PATH}+\){_IN_PATH}*)?\)"
_PATH = re.compile(rf"/(?:{_IN_PATH}|{_BALANCED})*", re.IGNORECASE)
_PATH_END = re.compile(rf"[a-z{_CYRILLIC}0-9=_#/+\-{_ACCENTS})]", re.IGNORECASE)
_QUERY = re.compile(r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*", re.IGNORECASE)
_QUERY_END = re.compile(r"[a-z0-9\-_&=#/]", re.IGNORECASE)
_SHORT = re.compile(r"(https?://t\.co/)([a-z0-9]+)(\?.+)?", re.IGNORECASE)
_MENTION = re.compile(
    r"(?:(?<![a-zA-Z0-9_!#$%&*@＠])|(?<=\brt)|(?<=\brt:))[@＠]([a-z0-9_]{1,20}+)(/[a-z][a-z0-9_-]{0,24}+)?+"
    rf"(?![@＠{_ACCENTS}]|://)",
    re.IGNORECASE | re.ASCII,
)
_CASHTAG = re.compile(
    rf"(?<![^\s{_MARKS}])\$([a-z]{{1,6}}(?:[._][a-z]{{1,2}})?)(?![^\s!-/:-@\[-`{{-~{_MARKS}])", re.IGNORECASE
)
_REMOTE = re.compile(r"(?<![\w=/])(@[a-zA-Z0-9_]+(?:[.-]+[a-zA-Z0-9_]+)*)@\w+(?:[.-]+\w+)*")  # a port counts in full
_SIGN_OF_TAG = frozenset("#＃")
_ALSO_IN_TAG = frozenset(
    "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
)
_SLUG, _LABEL_BYTES, _HOST, _LONGEST = 40, 63, 253, 4096


class Found(Struct, frozen=True):
    """A link, a mention or a hashtag at `start`:`end` of a text; `words` is it without its sign."""

    words: str
    start: int
    end: int
    full: bool = True  # a link with its scheme


@cache
def _endings() -> tuple[frozenset[str], tuple[str, ...]]:
    """The top-level domains: those in ASCII, and the others, the longest first."""
    text = (files("bot.content") / "tlds.txt").read_text("utf-8")
    listed = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    others = [word[4:].encode().decode("punycode") for word in listed if word.startswith("xn--")]
    return frozenset(listed), tuple(sorted(others, key=len, reverse=True))


def find_urls(text: str) -> list[Found]:
    """Every link, in order."""
    found: list[Found] = []
    at = 0
    while start := _START.search(text, at):
        scheme = start["scheme"] or ""
        end = _url_end(text, start.start(), start.start() + len(scheme), full=bool(scheme))
        if end:
            found.append(Found(text[start.start() : end], start.start(), end, bool(scheme)))
        at = end or start.end()
    return found


def _url_end(text: str, start: int, host: int, *, full: bool) -> int:
    end = _host_end(text, host, _LABEL if full else _BARE_LABEL)
    if not end:
        return 0
    if port := _PORT.match(text, end):
        end = port.end()
    end = _cut(_PATH, _PATH_END, text, end)
    end = _cut(_QUERY, _QUERY_END, text, end)
    short = _SHORT.match(text[start:end])
    if short:
        if len(short[2]) > _SLUG:
            return 0
        return end if short[3] else start + short.end(2)
    return end if end - start <= _LONGEST else 0


def _cut(part: re.Pattern[str], last: re.Pattern[str], text: str, at: int) -> int:
    """Where the path or the query that begins at `at` ends: without the punctuation of the sentence around it."""
    found = part.match(text, at)
    if not found:
        return at
    end = found.end()
    while end > at + 1 and not last.match(text[end - 1]):
        end -= 1
    return end if end > at + 1 or text[at] == "/" else at


def _host_end(text: str, start: int, label: re.Pattern[str]) -> int:
    """Where the host that begins at `start` ends, or 0 where none stands there."""
    labels: list[tuple[int, int]] = []
    at = start
    while at - start <= _LONGEST and (found := label.match(text, at)):
        labels.append((at, found.end()))
        at = found.end() + 1
        if text[found.end() : at] != ".":
            break
    if at > start and text[at - 1 : at] == "." and text[at : at + 1]:
        labels.append((at, at))  # an ending in another script may follow labels in ASCII
    for place in range(len(labels) - 1, 0, -1):
        end = _ending(text, labels[place][0])
        if end and _named(text, labels[:place]) and end - start <= _HOST:
            return end
    return 0


def _named(text: str, labels: list[tuple[int, int]]) -> bool:
    """May these labels stand before an ending? Only those before the last of them may hold an underscore."""
    names = [text[start:end] for start, end in labels]
    if "_" in names[-1] or any(name[0] in "-_" or name[-1] in "-_" for name in names):
        return False
    return all(_encoded(name) <= _LABEL_BYTES for name in names)


def _encoded(label: str) -> int:
    """How long a host's label is where it is looked up; too long for a label where it can't be."""
    if label.isascii():
        return len(label)
    return _LABEL_BYTES + 1 if label.casefold().startswith("xn--") else len(label.encode("punycode")) + len("xn--")


def _ending(text: str, at: int) -> int:
    known, others = _endings()
    found = _ASCII_END.match(text, at)
    if found:
        return found.end() if found[0].casefold() in known and not _AFTER_END.match(text, found.end()) else 0
    if text[at : at + 1].isascii():
        return 0
    return next((at + len(one) for one in others if text.startswith(one, at)), 0)


def find_hashtags(text: str) -> list[Found]:
    """Every hashtag, in order: letters and digits behind a sign, at least one of them a letter; none inside a link."""
    if "#" not in text and "＃" not in text:
        return []
    inside = find_urls(text)
    return [tag for tag in _tags(text) if not within(tag.start, inside)]


class Placed(Protocol):
    """Whatever stands at `start`:`end` of a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def within(at: int, found: Sequence[Placed]) -> bool:
    """Does the place belong to one of these, which stand in their order?"""
    before = bisect_right(found, at, key=lambda one: one.start)
    return before > 0 and at < found[before - 1].end


def _tags(text: str) -> Iterator[Found]:
    at = 0
    while at < len(text):
        if text[at] not in _SIGN_OF_TAG or not _may_precede(text, at):
            at += 1
            continue
        end = at + 1
        while end < len(text) and _in_tag(text[end]):
            end += 1
        words = text[at + 1 : end]
        closed = text[end : end + 1] not in _SIGN_OF_TAG and not text.startswith("://", end)
        if (
            closed
            and words[:1] not in ("\ufe0f", "\u20e3")
            and any(unicodedata.category(one)[0] in "LM" for one in words)
        ):
            yield Found(words, at, end)
        at = max(end, at + 1)


def _in_tag(sign: str) -> bool:
    return sign in _ALSO_IN_TAG or unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Nd"


def _may_precede(text: str, at: int) -> bool:
    before = text[at - 1] if at else ""
    return not before or before in "\ufe0e\ufe0f" or not (before == "&" or _in_tag(before))


def find_mentions(text: str) -> list[Found]:
    """Every @name, in order; a list of somebody's (@name/list) is one too, under the name."""
    return [Found(one[1], one.start(), one.end()) for one in _MENTION.finditer(text)]


def find_cashtags(text: str) -> list[Found]:
    """Every $NAME that X takes for a share's and turns into a link, in order."""
    return [Found(one[1], one.start(), one.end()) for one in _CASHTAG.finditer(text)]


def find_remote_mentions(text: str) -> list[Found]:
    """Every @name@host of Mastodon, in order; `words` is the part that counts there: @name."""
    return [Found(one[1], one.start(), one.end()) for one in _REMOTE.finditer(text)]


def hashtags_in(text: str) -> tuple[str, ...]:
    """The hashtags in a text, without their sign."""
    return tuple(one.words for one in find_hashtags(text))


def mentions_in(text: str) -> tuple[str, ...]:
    """Who is mentioned in a text, without the sign."""
    return tuple(one.words for one in find_mentions(text))


def bare(url: str) -> str:
    """A link as it is compared: without scheme, `www.` and a slash at the end; the host in lower case."""
    plain = re.sub(r"^https?://", "", url.strip(), flags=re.IGNORECASE)
    host, slash, rest = plain.partition("/")
    return f"{host.casefold().removeprefix('www.')}{slash}{rest}".rstrip("/")


def host_of(url: str) -> str:
    """The domain that a link leads to, as it is shown."""
    return bare(url).split("/")[0].split("?")[0].split("#")[0].split(":")[0]


_USER = r"(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@"
_SIGNS = r"[\w\-._~!$&'()*+,;=:/?@#]|%[0-9a-f]{2}"
_WHOLE = re.compile(
    rf"(?:https?://(?:{_USER})?)(?P<host>[^\s/?#:@\[\]%]+"
    rf"|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?(?P<rest>(?:[/?#](?:{_SIGNS})*)?)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_BYTE = 255


def valid_url(url: str, *, bare: bool = False) -> bool:
    """Is this one well-formed web address, and nothing besides? `bare`: written without its scheme."""
    found = _WHOLE.fullmatch(f"http://{url}" if bare else url)
    if not found:
        return False
    host = found["host"]
    if host.startswith("["):
        return True
    if _ADDRESS.fullmatch(host):
        return all(int(part) <= _BYTE for part in host.split("."))
    return _host_end(host, 0, _LABEL) == len(host)
