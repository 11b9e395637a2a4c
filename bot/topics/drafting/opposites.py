"""Words turned into their opposites: open for closed, paid for free, members only for everybody."""

import re
from collections.abc import Iterator

from bot.topics.drafting.claims import NEAR, Claim, Claims, plain
from bot.topics.drafting.doubts import MARGIN, Doubt, overlap
from bot.topics.drafting.lists import ordered

OPPOSITES = [
    frozenset(pair.split("/"))
    for pair in ordered(
        "open/closed opens/closes opening/closing free/paid required/optional mandatory/optional before/after "
        "increase/decrease increased/decreased "
        "online/in-person virtual/in-person remote/in-person "
        "support/oppose approve/reject approved/rejected accepted/rejected "
        "more/fewer more/less gain/loss won/lost "
        "early/late indoor/outdoor public/private full-time/part-time full/part beginner/advanced "
        "include/exclude includes/excludes included/excluded "
        "always/never with/without available/unavailable postponed/confirmed cancelled/confirmed "
        "canceled/confirmed paid/unpaid limited/unlimited"
    )
]
_GROUP = r"(members?|staff|adults?|students?|residents?|subscribers?|invitation|invited guests)"
_ONLY = re.compile(
    rf"\b{_GROUP}[- ]only\b|\bonly (?:for |open to |to )?(?:\w+ )?{_GROUP}\b|\bby {_GROUP}\b"
    rf"|\b(?:exclusive(?:ly)?|restricted|limited|reserved) (?:to|for) (?:\w+ )?{_GROUP}\b"
    rf"|\bnon-?{_GROUP} (?:may|can|must|will|do|are) ?(?:not|n['’]t)\b|\bnon-?{_GROUP} (?:cannot|can['’]t|won['’]t)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\bopen to (?:all|every(?:one|body)|anyone|anybody|the public)\b|\ball (?:are )?(?:welcome|invited)\b"
    r"|\b(?:every(?:one|body)|anyone|anybody) (?:is |are )?(?:welcome|invited|(?:can|may) \w+)\b",
    re.IGNORECASE,
)


def opposites(tip: Claims, said: Claims) -> Iterator[Doubt]:
    """Words of the text whose opposite the tip has, or has in that place."""
    told = {tip.text[start:end].casefold() for _word, start, end in tip.words}
    for _word, start, end in said.words:
        raw = said.text[start:end].casefold()
        for pair in OPPOSITES:
            if raw not in pair:
                continue
            other = next(iter(pair - {raw}))
            if other in told and (raw not in told or _in_its_place(tip, said, at=start, raw=raw, other=other)):
                yield Doubt(f"It says “{raw}”; the tip says “{other}”.", said.text[start:end], start, end)
                break


def _in_its_place(tip: Claims, said: Claims, *, at: int, raw: str, other: str) -> bool:
    """Has the tip both words, and the other one where the text has this one?"""
    one = next(found for found in _places(said, raw) if found.start == at)
    mine = max((overlap(one, each) for each in _places(tip, raw)), default=0.0)
    return max((overlap(one, each) for each in _places(tip, other)), default=0.0) >= mine + MARGIN


def _places(claims: Claims, word: str) -> Iterator[Claim]:
    """Where a word stands, with the words beside it."""
    every = claims.words
    for at, (_plain, start, end) in enumerate(every):
        if claims.text[start:end].casefold() == word:
            left = tuple(found for found, _start, _end in reversed(every[max(0, at - NEAR) : at]))
            right = tuple(found for found, _start, _end in every[at + 1 : at + 1 + NEAR])
            yield Claim("word", word, start, end, left, right)


def circles(tip: Claims, said: Claims) -> Iterator[Doubt]:
    """Whom it is for: some only, or everybody, where the tip says otherwise or leaves it open."""
    theirs = {_group(found): found[0] for found in _ONLY.finditer(tip.text)}
    for found in _ONLY.finditer(said.text):
        if _group(found) not in theirs:
            yield Doubt(f"It says “{found[0]}”; the tip does not.", found[0], *found.span())
    for found in _ALL.finditer(said.text):
        if theirs and not _ALL.search(tip.text):
            only = next(iter(theirs.values()))
            yield Doubt(f"It says “{found[0]}”; the tip says “{only}”.", found[0], *found.span())
    at = len(said.text)
    for group, words in theirs.items():
        if all(plain(part) != group for word in said.known for part in (word, word.removeprefix("non"))):
            yield Doubt(f"It is left out whom it is for: {' '.join(words.split())}", words, at, at, missing=True)


def _group(found: re.Match[str]) -> str:
    return plain(next(part for part in found.groups() if part).split()[0])
