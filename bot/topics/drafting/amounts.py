"""Numbers and prices in running text, each with the one value that all its ways of writing share."""

import re

from msgspec import Struct

from bot.topics.drafting.lists import ordered

WORDS = {
    word: number
    for number, word in enumerate(
        ordered(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ),
        2,
    )
} | {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "dozen": 12,
    "twice": 2,
    "double": 2,
    "half": 0.5,
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        ordered("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"), 2
    )
} | {"twentieth": 20, "thirtieth": 30, "fiftieth": 50, "hundredth": 100, "thousandth": 1000}
TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1e9, "billion": 1e9, "hundred": 100}
AMOUNT = re.compile(
    r"(?<![\w#@/.])(?P<sign>[$€£]\s?|US\$|USD\s)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?P<times>k|thousand|million|bn|billion|hundred|(?<=\d)(?-i:M)|(?(sign)(?<=\d)m|(?!)))\b|(?P<nth>st|nd|rd|th)\b)?"
    r"(?P<percent>\s?%|\s+percent\b|\s+per cent\b)?(?P<money>\s+(?:dollars|euros|pounds)\b)?(?!\d|/\d|[a-z]\d)"
    rf"|(?<![\w-])(?P<word>{'|'.join(WORDS)})(?P<wtimes>\s+(?:hundred|thousand|million"
    rf"|billion))?(?P<wpercent>\s+percent\b|\s+per cent\b)?(?!\w)"
    rf"|(?<![\w-])(?P<wnth>{'|'.join(ORDINALS)})(?!\w)",
    re.IGNORECASE,
)
FREE = re.compile(
    r"\b(?:free(?: of charge)?(?! speech| press| time| expression| will|dom|\w|-standing| software| to (?:use|read"
    r"|download|share|contact|reach|ask))|no (?:cost|charge|fee)|at no (?:cost|charge)|without charge"
    r"|complimentary|(?:pays?|costs?) nothing|waived)\b",
    re.IGNORECASE,
)


class Amount(Struct, frozen=True):
    """A number at `start`:`end`. `value` is "12", "40%" or "$15"; "$0" is free of charge."""

    start: int
    end: int
    value: str


def amounts_in(text: str) -> list[Amount]:
    """Every number and price, dates, times and links aside: those have to be blanked before."""
    found = [Amount(*one.span(), _value(one)) for one in AMOUNT.finditer(text)]
    return sorted([*found, *(Amount(*one.span(), "$0") for one in FREE.finditer(text))], key=lambda one: one.start)


def _value(found: re.Match[str]) -> str:
    if found["wnth"]:
        return str(ORDINALS[found["wnth"].casefold()])
    if found["word"]:
        count = WORDS[found["word"].casefold()] * TIMES.get((found["wtimes"] or "").strip().casefold(), 1)
        return f"{_plain(count)}{'%' if found['wpercent'] else ''}"
    count = float(found["digits"].replace(",", "")) * TIMES.get((found["times"] or "").casefold(), 1)
    sign = (
        "€"
        if "€" in (found["sign"] or "")
        else "£"
        if "£" in (found["sign"] or "")
        else "$"
        if found["sign"] or found["money"]
        else ""
    )
    return f"{sign}{_plain(count)}{'%' if found['percent'] else ''}"


def _plain(count: float) -> str:
    return f"{count:.2f}".rstrip("0").rstrip(".")
