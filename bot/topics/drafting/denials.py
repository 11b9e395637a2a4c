"""What a text denies and its tip does not, and the other way round."""

import re
from collections.abc import Iterator, Sequence

from bot.topics.drafting.claims import NEAR, Claim, Claims, telling
from bot.topics.drafting.doubts import MARGIN, Doubt, in_sentence, overlap
from bot.topics.drafting.lists import listed

_BOUND = re.compile(r"[^.!?\n]{0,25}?\b(?:more|fewer|less|later) than\b", re.IGNORECASE)  # up to two, by Friday
_NEED = re.compile(r"(?:need|requir|necessary|mandatory|obligat|must)")
_THERE = re.compile(r"(?:includ|provid|availab|offer|allow|possib|hav|get|giv|be|not|no)")
STEM = 6  # letters by which the forms of a word are known
_DO = listed("do does doe did can will could would should must may is are was were has ha have had")


def denials(tip: Claims, said: Claims) -> Iterator[Doubt]:
    """What the text denies and the tip doesn't, and the other way round; each denial answers for one."""
    theirs = tip.of("not")
    free = [
        one for one in said.of("amount") if one.value == "$0"
    ]  # "no charge" says free, which is compared as a price
    mine = said.of("not")
    pairs = sorted(
        (
            (one, other)
            for one in mine
            for other in theirs
            if _denies_the_same(one, other) or _things(said, one) & _things(tip, other)
        ),
        key=lambda pair: -overlap(*pair),
    )
    matched: set[Claim] = set()
    answered: set[Claim] = set()
    for one, other in pairs:
        if one not in matched and other not in answered:
            matched.add(one)
            answered.add(other)
    for one in mine:
        if (
            one not in matched
            and not _BOUND.match(said.text, one.end)
            and not any(price.start <= one.start < price.end for price in free)
        ):
            words = said.text[one.start : one.end]
            told = (
                f"{words} {_after(said, one)}" if not _last(said, one) else f"{' '.join(one.left[:1])} {words}".strip()
            )
            yield Doubt(f"It says “{told}”; the tip does not.", words, one.start, one.end)
    for other in theirs:
        near = in_sentence(tip, other)  # "It is not closed. Use the church lot." denies no lot
        place = (
            _run(said, _without_auxiliaries(near.left), _without_auxiliaries(near.right))
            if other not in answered and not _bounds_a_number(tip, other)
            else None
        )
        if place is not None:
            words = " ".join(tip.text[other.start :].split()[:4])
            yield Doubt(
                f"The tip says “{words}”, and the text leaves the “{tip.text[other.start : other.end]}” out.",
                "",
                place,
                place,
            )


def _bounds_a_number(tip: Claims, denial: Claim) -> bool:
    """Is it the not of "not more than two", which is looked at as a bound?"""
    found = _BOUND.match(tip.text, denial.end)
    return found is not None and any(0 <= one.start - found.end() <= 1 for one in tip.of("amount"))


def _without_auxiliaries(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _DO)


def _denies_the_same(one: Claim, other: Claim) -> bool:
    """Is the same thing denied? What follows the denial says it, in any form of its words."""
    if one.value != other.value or one.value != "not":
        return one.value == other.value  # "non-members" denies nothing of "may not"
    mine, theirs = ([_stem(word) for word in each.right if word not in _DO] for each in (one, other))
    if not mine or not theirs:
        return overlap(one, other) >= MARGIN
    return mine[0] == theirs[0] or len(telling(tuple(mine)) & telling(tuple(theirs))) > 1


def _things(claims: Claims, denial: Claim) -> set[str]:
    """What it denies: "no housing provided", "housing is not included" and "does not include housing" are one."""
    if denial.value != "not":
        return set()
    near = in_sentence(claims, denial)
    found = _told(near.right)[:2]
    if not found:
        return set(_told(near.left)[:2])
    if claims.text[denial.start : denial.end].casefold() == "no":
        found += _told(near.left[:1])  # "pay no fines", "don't pay fines"
    return set(found)


def _told(words: tuple[str, ...]) -> list[str]:
    return [_stem(word) for word in words if telling((word,)) and word not in _DO and not _THERE.match(word)]


def _stem(word: str) -> str:
    """“registration” and "register" are one word, and so are "need" and "required"."""
    if _NEED.match(word):
        return "need"
    return word[:STEM]


def _last(claims: Claims, denial: Claim) -> bool:
    """Does it end its sentence: "lunch is included, parking isn't"?"""
    return not claims.text[denial.end :].strip() or re.match(r"\s*[.!?;:,)\n]", claims.text[denial.end :]) is not None


def _after(said: Claims, one: Claim) -> str:
    return " ".join(said.text[one.end :].split()[:2]).rstrip(".,;:!?")


def _run(said: Claims, before: tuple[str, ...], after: tuple[str, ...]) -> int | None:
    """Where the words beside a denial (the nearest first) stand next to each other in the text, without it."""
    kept = [one for one in said.words if one[0] not in _DO]
    words = [word for word, _start, _end in kept]
    for at in range(len(words)):
        same_after = _same(words[at : at + NEAR], after)
        same_before = _same(list(reversed(words[max(0, at - NEAR) : at])), before)
        told = telling(tuple(words[at : at + same_after]))
        if same_after and (same_before or not before or same_after > 1) and (same_after + same_before > 2 or told):  # noqa: PLR2004 - no chance
            return kept[at][1]
    return None


def _same(words: Sequence[str], others: Sequence[str]) -> int:
    """How many words are the same from the beginning on."""
    return next(
        (at for at, (one, other) in enumerate(zip(words, others, strict=False)) if one != other),
        min(len(words), len(others)),
    )
