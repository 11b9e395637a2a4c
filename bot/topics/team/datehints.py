"""What to type instead of words that look like a date but aren't read as one; asked once reading has failed."""

import re
from datetime import date

from bot.topics.team.days import MONTH_NAMES, Span
from bot.topics.team.daywords import MONTHS, WEEKDAYS, read_day_words

_HOLIDAYS = (
    r"christmas|xmas|thanksgiving|easter|good friday|new years?(?! ago)\b|halloween|hanukkah|chanukah|passover|ramadan"
    r"|\beid\b|diwali|kwanzaa|juneteenth|valentines?|yom kippur|rosh hashanah"
    r"|\b(?:boxing|labou?r|memorial|independence|veterans|presidents|mlk|mothers|fathers|earth|columbus"
    r"|indigenous peoples) day"
)
_OTHER_ZONES = (
    r"\b(?:bst|ist|cet|cest|eet|eest|wet|msk|jst|kst|sgt|hkt|aest|aedt|acst|awst|nzst|nzdt|akst|akdt|hst|sast|brt)\b"
)
_HINTS = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (_HOLIDAYS, "I don't know holidays by name. Type the date, as in 25 dec or 2026-12-25."),
        (r"weekend", "Is that the Saturday or the Sunday? Try: saturday 10am, sunday 6pm."),
        (
            r"\b(?:eod|cob|eow)\b|\b(?:end|close) of (?:(?:the|this) )?(?:day|week|business)\b",
            "People end their days at different hours. Say which: today 5pm, friday 5pm.",
        ),
        (r"\beoy\b|\bend of (?:(?:the|this) )?year\b", "Type the date instead: 31 dec."),
        (
            rf"^(?:(?:in|next|last|this) )?(?:{'|'.join(MONTHS)})(?: [0-9]{{4}})?$",
            "Which day of that month? Try: 5 dec, dec 5, 2026-12-05.",
        ),
        (r"^(?:this )?(?:week|month|year)$", "Which day? Try: friday, the 15th, in 2 weeks."),
        (r"^(?:in the )?(?:morning|afternoon|evening|night)$", "Of which day? Try: this evening, tomorrow morning."),
        (_OTHER_ZONES, "I only know the time zones ET, CT, MT, PT and UTC. Leave it out to use your own."),
        (r"\bseconds?$|\bsecs?$", "I count in minutes, not in seconds. Try: in 5 minutes, 5 minutes ago."),
    )
)
DAY_WORDS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("yesterday", "today", "tomorrow", "tonight"),
)
NEARLY = 75  # of 100: "blursday" and "yesturday" are, "payday" and "holiday" are not
_BARE_NUMBER = re.compile(r"(?:on )?(?P<day>[a-z ]*?) ?(?:\bat )?(?P<number>[0-9]{1,2})(?: oclock)?")


def hint(words: str, today: date) -> str | None:
    """A sentence that says what to type instead of cleaned words (lower case, single blanks), or None for others."""
    if number := _BARE_NUMBER.fullmatch(words):
        told = _number_after if number["day"] else _number_alone
        return told(number["day"], int(number["number"]), today)
    return next((sentence for pattern, sentence in _HINTS if pattern.search(words)), None)


def mistyped(word: str) -> bool:
    """Is the word nearly one for a day, and none? A typing error or two; "mondays" is none."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - slow to load, and most words are not looked at

    plain = word.casefold().strip(".,;:!?'\"“”")
    if not plain.isalpha() or plain.removesuffix("s") in DAY_WORDS:
        return False
    return process.extractOne(plain, DAY_WORDS, scorer=fuzz.ratio, score_cutoff=NEARLY) is not None


def _number_alone(_day: str, number: int, today: date) -> str:
    tries = _hours("", number) + _days("", number, today)
    return f'"{number}" alone could be an hour or a day. Try: {", ".join(tries or ["9am", "21:00", "the 5th"])}.'


def _number_after(day: str, number: int, today: date) -> str | None:
    """For "mon 9" and "tomorrow at 9"; None where something that isn't a day comes before the number."""
    if isinstance(read_day_words(day), Span | None):
        return None
    if day in WEEKDAYS:
        tries = _days(f"{day} ", number, today) + _hours(f"{day} ", number)
        return f'"{day} {number}" could be a day or an hour. Try: {", ".join(tries)}.' if tries else None
    tries = _hours(f"{day} ", number)
    return f'Which hour is "{day} {number}"? Try: {", ".join(tries)}.' if tries else None


def _hours(before: str, number: int) -> list[str]:
    if 1 <= number <= 12:  # noqa: PLR2004 - the hours of half a day
        return [f"{before}{number}am", f"{before}{number}pm"]
    return [f"{before}{number}:00"] if number <= 23 else []  # noqa: PLR2004 - the hours of a day


def _days(before: str, number: int, today: date) -> list[str]:
    return [f"{before}{number} {MONTH_NAMES[today.month - 1]}"] if 1 <= number <= 31 else []  # noqa: PLR2004 - days of a month
