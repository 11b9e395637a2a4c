"""Words that a sentence may lose on its way into a post, and none else: "please", "you can", "here", "at this link"."""

import re
from collections.abc import Iterable

from bot.topics.drafting.lists import listed

_FILLER = listed(
    "a an and at be by can check click clicking consult do don't don’t explore find follow following for forget form "
    "from go head here home in interested is it just link links make more now official on online or our out over page "
    "please portal remember see simply site so still sure that the then this through to use using via view visit "
    "visiting want we'd web webpage website where with you your love info information url address below also about "
    "today available found all at: → further"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def loses(text: str, start: int, end: int, kept: Iterable[tuple[int, int]]) -> bool:
    """Would the text from `start` to `end` lose more than filler if only the stretches `kept` of it were said?"""
    at = start
    for first, last in sorted(kept):
        if first > at and _tells(text[at : min(first, end)]):
            return True
        at = max(at, last)
    return at < end and _tells(text[at:end])


def _tells(words: str) -> bool:
    return any(word.casefold() not in _FILLER for word in _WORD.findall(words))
