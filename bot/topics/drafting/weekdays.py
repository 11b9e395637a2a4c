"""Days of the week in running text: when does one mean a single day, and is it sure which?"""

import re
from datetime import date

MONTH_WORDS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY_WORDS = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?"
)
LONG_WEEKDAY_WORDS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
DAY_WORDS = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9:.%]\d|[0-9%])"
YEAR_WORDS = r"(?:,?\s+20[0-9]{2}\b)"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RECURRING = re.compile(  # "every other Saturday", "the first Monday", "Giving Tuesday": no single day
    r"(?:\b(?:every|each|most|other|any|some|alternate|an?|the|our|my|your|their|its|his|her|whose|first|second|third"
    r"|fourth|fifth|final|usual|regular|monthly|weekly|same|black|cyber|giving|good|ash|fat|super|of|\d(?:st|nd|rd|th)))\s+$",
    re.IGNORECASE,
)
_IN_A_NAME = re.compile(r"[a-z,;] +[A-Z][a-z]+\s+$")  # "our Freedom Friday"
_AT_AN_HOUR = re.compile(r",? (?:at |from )?(?:\d|noon|midnight)|,? (?:morning|afternoon|evening|night)\b")
_SEVERAL = (
    rf"(?:\s*(?:[,/&+–—-]|\bto\b|\bthrough\b|\bthru\b|\band\b|\bor\b|\buntil\b|\btill\b)\s*){{1,2}}{WEEKDAY_WORDS}"
)
_SEVERAL_AFTER = re.compile(rf"{_SEVERAL}(?!,?\s+(?:{MONTH_WORDS}|\d))", re.IGNORECASE)
_SEVERAL_BEFORE = re.compile(
    rf"\b{WEEKDAY_WORDS}s?(?:\s*(?:[,/&+–—-]|\bto\b|\bthrough\b|\bthru\b|\band\b|\bor\b|\buntil\b|\btill\b)\s*){{1,2}}$",
    re.IGNORECASE,
)
_OF_A_MONTH = re.compile(
    r"\s+(?:(?:morning|afternoon|evening|night)s\b|(?:of|in) (?:the|each|every|this|next|that|a|any)"
    r" (?:\w+ )?(?:month|week|year|quarter)"
    r"|(?:of|in) (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|(?-i:[A-Z][a-z]))",
    re.IGNORECASE,
)
_WHOSE = re.compile(  # "keep Sunday hours": what kind of hours, not when they are kept
    r"\s+(?:hours?|service|storytimes?|story|market|school|shifts?|crew|class(?:es)?|sessions?|meetings?|openings?"
    r"|closings?|closures?|schedule|series|programs?|programming|slots?|visitors|delivery|route|edition|paper|club"
    r"|group|editions?|tours?|hikes?|rehearsals?)\b",
    re.IGNORECASE,
)
_DATE_BESIDE = rf"(?:{MONTH_WORDS}\s+(?:the\s+)?{DAY_WORDS}|{DAY_WORDS}\s+(?:of\s+)?{MONTH_WORDS})"
_DATE_AFTER = re.compile(
    rf"(?:\s+(?:morning|afternoon|evening|night|noon))?(?:[\s,(–—-]|\bat\b|\bthe\b|\d{{1,2}}(?::\d\d)?\s*[ap]\.?m\.?){{1,12}}{_DATE_BESIDE}",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(rf"{_DATE_BESIDE}{YEAR_WORDS}?(?:[\s,(–—-]|\bon\b|\bis\b|\bwhich\b|\ban?\b)*$", re.IGNORECASE)
_PAST_VERB = re.compile(
    r"(?<!\bbe )(?<!\bis )(?<!\bare )\b(?:was|were|had|did|went|took|came|gave|saw|brought|drew|met|won|got|told|said"
    r"|made|sent|ran|wrote|left|found|lost|spoke|began"
    r"|(?!need|sched|limit|extend|plann|expect|post|invit|requir"
    r"|hundred|cancel|relat|unit)\w{2,}ed)\b",
    re.IGNORECASE,
)


_HOURS = re.compile(
    rf"\b{WEEKDAY_WORDS}s?\s*(?:-|–|—|to|through|thru|until|till)\s*{WEEKDAY_WORDS}(?!,?\s+(?:{MONTH_WORDS}|\d{{1,2}}\b(?!\s*(?:[ap]\.?m|:))))"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:\b(?:not|never|except|but|closed)\b|n['’]t\b)[^.!?\n]{0,25}$", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|and)\s+$", re.IGNORECASE)  # "the library of tomorrow", "yesterday and today"


def one_day(found: re.Match[str], before: str) -> bool:
    """Is one day meant? "Monday to Friday", "the last Friday of the month", "Leaders for Tomorrow" mean none."""
    text, end = found.string, found.end()
    if found["rel"]:
        large = found["rel"][0].isupper() and not found["rel"].isupper()
        return not (_OF.search(before) or (large and re.search(r"[\w,] +$", before)))
    if re.search(r"\b(?:not|instead of|rather than) (?:on )?$", before, re.IGNORECASE) and not found["which"]:
        return False  # "not on Monday" says which day it is not, and no more
    if _WHOSE.match(text, end) and not found["which"]:
        return False
    named = _OF_A_MONTH.match(text, end) and not found["bare"].isupper()
    owned = found[0][-2:].casefold() in ("’s", "'s")
    recurs = _RECURRING.search(before) and not owned
    within = _IN_A_NAME.search(before) and not (found["which"] or owned or _AT_AN_HOUR.match(text, end))
    return not (recurs or within or named or _SEVERAL_AFTER.match(text, end) or _SEVERAL_BEFORE.search(before))


def habitual(found: re.Match[str]) -> bool:
    """Is it told what is always so, or not so: opening hours, "closed on Monday", "never on Sunday"?"""
    text = found.string
    return (
        _HOURS.search(text) is not None or _DENIED.search(text, max(0, found.start() - 40), found.start()) is not None
    )


def unsure(found: re.Match[str], today: date) -> bool:
    """May it be today or a week from now, or a day that is over, or is its date said beside it?"""
    text = found.string
    begin = max(text.rfind(sign, 0, found.start()) for sign in (". ", "! ", "? ", "\n")) + 1
    stops = [at for sign in (". ", "! ", "? ", "\n") if (at := text.find(sign, found.end())) >= 0]
    sentence = text[begin : min(stops, default=len(text))]
    dated = _DATE_AFTER.match(text, found.end()) or _DATE_BEFORE.search(text, max(0, found.start() - 40), found.start())
    return (
        bool(dated)
        or WEEKDAYS[today.weekday()].casefold() == found["bare"].casefold()
        or _PAST_VERB.search(sentence) is not None
    )
