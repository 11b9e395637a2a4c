"""How long a post is, counted exactly as its network counts it."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from msgspec import Struct

from bot.topics.drafting.limits import Limits
from bot.topics.drafting.links import Found, find_hashtags, find_remote_mentions, find_urls, within

LINK = 23  # what any link weighs on X and on Mastodon
NARROW = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))  # code points that weigh one on X; all others two
WIDE = 2
NEVER = "\ufffe\ufeff\uffff"  # code points that X refuses
UNITS = {"graphemes": "characters", "bytes": "bytes"}


class Length(Struct, frozen=True):
    """How long a text is, and how long it may be. `faults` say what else the network would refuse, in sentences."""

    used: int
    most: int | None
    unit: str
    soft: bool = False
    faults: tuple[str, ...] = ()

    @property
    def over(self) -> int:
        """By how much it is too long; 0 where it is not."""
        return max(0, self.used - self.most) if self.most is not None else 0

    @property
    def fits(self) -> bool:
        """Would the network take it? What is only our own advice stops nothing."""
        return (not self.over or self.soft) and not self.faults

    @property
    def shown(self) -> str:
        """For people: "123 of 280 characters"."""
        return f"{self.used:,} {self.unit}" if self.most is None else f"{self.used:,} of {self.most:,} {self.unit}"


def measure(text: str, limits: Limits) -> Length:
    """The length of the text by the rules of the network, and what else of it would be refused there."""
    count = ON.get(limits.network) or COUNTERS[limits.count]
    unit = UNITS.get(limits.count, "characters")
    return Length(count(text), limits.most, unit, limits.soft, tuple(_faults(text, limits)))


def _faults(text: str, limits: Limits) -> Iterable[str]:
    size = len(text.encode("utf-8", "surrogatepass"))
    if limits.max_bytes and size > limits.max_bytes:
        yield f"It is {size:,} bytes long; {limits.max_bytes:,} are the most here."
    if limits.max_hashtags is not None and (tags := len(find_hashtags(text))) > limits.max_hashtags:
        yield f"It has {tags} hashtags; the network takes {limits.max_hashtags}."
    if limits.max_links is not None and (links := len(find_urls(text))) > limits.max_links:
        yield f"It has {links} links; the network takes {limits.max_links}."
    if bad := sorted({sign for sign in text if sign in limits.forbidden}):
        yield f"The network takes no {' or '.join(bad)} in it."
    if limits.count == "weighted" and any(sign in NEVER for sign in text):
        yield "It holds signs that the network refuses, though nobody can see them."


def weighted(text: str, *, wide: int = WIDE, emoji: bool = True) -> int:
    """The length on X: wide signs weigh two, an emoji two however it is put together, a link 23.

    `wide` and `emoji` take the rules of earlier years, by which the conformance files ask too.
    """
    links = find_urls(text)
    rest = _without(text, links)
    if rest.isascii():
        return len(rest) + LINK * len(links)
    return sum(_weight(one, wide, emoji=emoji) for one in _graphemes(rest)) + LINK * len(links)


def fitting(text: str, most: int, *, emoji: bool = True) -> int:
    """How many signs from the beginning X has room for: no link is cut, and nothing is among them that it refuses."""
    used = at = 0
    links = {one.start: one.end for one in find_urls(text)}
    ends = [*sorted(links), len(text)]
    for start, stop in zip([0, *(links[one] for one in ends[:-1])], ends, strict=True):
        for cluster in _graphemes(text[start:stop]):
            used += _weight(cluster, WIDE, emoji=emoji)
            if used > most or any(sign in NEVER for sign in cluster):
                return at
            at += len(cluster)
        if stop in links:
            used += LINK
            if used > most:
                return at
            at = links[stop]
    return at


def _weight(cluster: str, wide: int, *, emoji: bool) -> int:
    cluster = unicodedata.normalize("NFC", cluster)
    if emoji and _is_emoji(cluster):
        return WIDE + sum(_narrow(sign) for sign in cluster[1:] if _is_mark(sign))
    return sum(1 if _narrow(sign) else wide for sign in cluster)


def _narrow(sign: str) -> bool:
    return any(low <= ord(sign) <= high for low, high in NARROW)


def _is_mark(sign: str) -> bool:
    """An accent over an emoji, which is no part of it."""
    return unicodedata.category(sign) == "Mn" and sign not in "\ufe0e\ufe0f"


def _is_emoji(cluster: str) -> bool:
    if len(cluster) == 1 and ord(cluster) <= NARROW[0][1]:
        return False  # © and ® alone are letters
    return bool(_patterns()[1](cluster)) and (not cluster[0].isascii() or "\u20e3" in cluster)


def graphemes(text: str) -> int:
    """How many characters people see in it."""
    return len(text) if text.isascii() and "\r" not in text else len(_graphemes(text))


def mastodon(text: str) -> int:
    """The length on Mastodon: characters as people see them, a full link 23, @name@host only @name."""
    links = [one for one in find_urls(text) if one.full]
    names = [one for one in find_remote_mentions(text) if not within(one.start, links)]
    rest = _without(text, sorted((*links, *names), key=lambda one: one.start))
    return graphemes(rest) + LINK * len(links) + sum(len(one.words) for one in names)


def threads(text: str) -> int:
    """The length on Threads: characters, an emoji as its bytes."""
    if text.isascii():
        return len(text)
    return sum(len(one.encode()) if _is_emoji(one) else len(one) for one in _graphemes(text))


def size(text: str) -> int:
    """How many bytes it has in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def _without(text: str, found: Iterable[Found]) -> str:
    rest, at = [], 0
    for one in found:
        rest.append(text[at : one.start])
        at = one.end
    return "".join((*rest, text[at:]))


@cache
def _patterns() -> tuple[Callable[[str], list[str]], Callable[[str], object]]:
    import regex  # noqa: PLC0415 - slow to load, and seldom needed

    emoji = r"[\p{Extended_Pictographic}\p{Regional_Indicator}]|[0-9#*]\ufe0f?\u20e3"
    return regex.compile(r"\X").findall, regex.compile(emoji).match


def _graphemes(text: str) -> list[str]:
    return _patterns()[0](text)


COUNTERS: dict[str, Callable[[str], int]] = {
    "weighted": weighted,
    "graphemes": graphemes,
    "characters_emoji_as_bytes": threads,
    "characters": len,
    "bytes": size,
}
ON: dict[str, Callable[[str], int]] = {"mastodon": mastodon}
"""Networks that count links and names in a way of their own."""
