"""Texts made wrong on purpose, one thing at a time: does the gate notice?"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from bot.topics.drafting.claims import Claim, claims_of
from bot.topics.drafting.lists import ordered
from bot.topics.drafting.weekdays import MONTHS, WEEKDAYS

STRANGERS = ("Morrison", "Harlow", "Quincy", "Vandermeer", "Ostrava", "Pemberton")
NUMBER_WORDS = ordered("two three four five six seven eight nine ten eleven twelve")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|will|has|have|can|must|may)\b(?! not?\b|['’]|n['’]t)", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:do|does|did) not |\bnot |\bno (?=[a-z])|\b(?:do|does|did)n['’]t |n['’]t\b|\bcannot\b", re.IGNORECASE
)
_AFFIRMED = {"can't": "can", "cannot": "can", "won't": "will", "shan't": "shall"}
_NOT_A_NAME = frozenset((*MONTHS, *WEEKDAYS))


def mutations(text: str, today: date) -> Iterator[tuple[str, str]]:
    """Each wrong text, with the kind of what was done to it."""
    claims = claims_of(text, today)
    for one in claims.claims:
        for wrong in _wrong(text[one.start : one.end], one):
            yield one.kind, text[: one.start] + wrong + text[one.end :]
    for kind in ("day", "amount", "time"):
        yield from _swapped(text, claims.of(kind))
    yield from _denied(text)


def _wrong(words: str, one: Claim) -> Iterator[str]:
    match one.kind:
        case "day":
            yield from _wrong_day(words)
        case "time":
            yield _more(words)
            yield from _other_half(words)
        case "amount":
            yield from _wrong_number(words)
        case "name" if one.year and words not in _NOT_A_NAME:
            yield STRANGERS[sum(map(ord, words)) % len(STRANGERS)]
        case "phone":
            yield f"{words[:-1]}{(int(words[-1]) + 1) % 10}"
        case "link":
            yield f"{words}x"


def _wrong_day(words: str) -> Iterator[str]:
    month = next((name for name in MONTHS if name in words), None)
    if month:
        yield words.replace(month, MONTHS[(MONTHS.index(month) + 1) % 12])
    weekday = next((name for name in WEEKDAYS if name in words), None)
    if weekday:
        yield words.replace(weekday, WEEKDAYS[(WEEKDAYS.index(weekday) + 1) % 7])
    if found := re.search(r"\b(\d{1,2})(?=\D|$)", words):
        day = int(found[1])
        yield f"{words[: found.start()]}{day - 1 if day > 1 else day + 1}{words[found.end() :]}"


def _more(words: str) -> str:
    return (
        re.sub(r"\d+", lambda one: str(int(one[0]) % 12 + 1), words, count=1) if re.search(r"\d", words) else "11 p.m."
    )


def _other_half(words: str) -> Iterator[str]:
    if found := re.search(r"([ap])(?=\.?\s?m)", words, re.IGNORECASE):
        other = {"a": "p", "p": "a", "A": "P", "P": "A"}[found[1]]
        yield words[: found.start()] + other + words[found.end() :]


def _wrong_number(words: str) -> Iterator[str]:
    low = words.casefold()
    if low in NUMBER_WORDS:
        yield NUMBER_WORDS[(NUMBER_WORDS.index(low) + 1) % len(NUMBER_WORDS)]
    elif found := re.search(r"\d+", words):
        yield f"{words[: found.start()]}{int(found[0]) + 1}{words[found.end() :]}"


def _swapped(text: str, claims: list[Claim]) -> Iterator[tuple[str, str]]:
    """Two values of a kind in each other's place: right values, wrong things."""
    for first, second in pairwise(claims):
        one, other = text[first.start : first.end], text[second.start : second.end]
        units = {re.sub(r"[\d.,]+", "", words).strip() for words in (one, other)}
        if (
            first.value != second.value
            and (first.kind != "amount" or len(units) == 1)
            and "$0" not in (first.value, second.value)
        ):
            yield (
                f"{first.kind} swapped",
                text[: first.start] + other + text[first.end : second.start] + one + text[second.end :],
            )


def _denied(text: str) -> Iterator[tuple[str, str]]:
    for one in _AUXILIARY.finditer(text):
        yield "denial", f"{text[: one.end()]} not{text[one.end() :]}"
    for one in _DENIAL.finditer(text):
        start = one.start()
        while one[0].casefold().startswith("n") and one[0][1] in "'’" and text[start - 1 : start].isalpha():
            start -= 1
        word = text[start : one.end()].replace("’", "'").casefold()
        yield (
            "denial",
            text[:start] + _AFFIRMED.get(word, word[:-3] if word.endswith("n't") else "") + text[one.end() :],
        )
