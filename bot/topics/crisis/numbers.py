"""A count as people type it at night: `4`, `four screenshots`, `about 40`, `1,200`, `a dozen`. All pure."""

import re

UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NAMED = (
    {word: number for number, word in enumerate(UNITS)}
    | {word: 10 * number for number, word in enumerate(TENS, 2)}
    | {"no": 0, "none": 0, "nothing": 0, "zip": 0, "nobody": 0, "a couple": 2, "both": 2, "a dozen": 12, "dozen": 12}
    | {"hundred": 100, "a hundred": 100, "one hundred": 100, "thousand": 1000, "a thousand": 1000}
)
DIGITS = re.compile(r"(?<![\w.,:/-])(-?)(\d{1,3}(?:[,  ]\d{3})+|\d{1,9})(k)?\+?(?![\w/]|[.,:]\d)", re.IGNORECASE)
_TENS, _DIGITS, _NAMED = ("|".join(each) for each in (TENS, UNITS[1:10], sorted(NAMED, key=len, reverse=True)))
WORDS = re.compile(rf"\b(?!no (?:idea|clue|way))(?:({_TENS})[- ]({_DIGITS})|({_NAMED}))\b", re.IGNORECASE)
THOUSAND = 1000


def counted(text: str) -> int | None:
    """The first number in an answer, by digits or else by words; None where there is none, or one below nothing."""
    found = DIGITS.search(text)
    if found is not None:
        number = int(re.sub(r"\D", "", found[2])) * (THOUSAND if found[3] else 1)
        return None if found[1] else number
    named = WORDS.search(text)
    if named is None:
        return None
    if named[1]:
        return NAMED[named[1].casefold()] + NAMED[named[2].casefold()]
    return NAMED[named[3].casefold()]
