"""Names in running text: people, bodies, places, and the short forms that a text gives them itself."""

import re
from collections.abc import Iterable, Iterator

from bot.topics.drafting.lists import listed

_SMALL = r"(?:of|for|and|the|on|&|de|la|van|von|del|in|at)"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'&.-]*[\w’']|[A-ZÀ-ÖØ-Þ]\.?"
NAME = re.compile(rf"(?<![\w@#/.])(?:{_WORD})(?: +(?:(?:{_SMALL} +){{0,2}})(?:{_WORD}|(?:19|20)\d\d)(?![\w@]))*")
SHORT = re.compile(r"\(([A-Z][A-Za-z&]{1,9})\)")
NOT_NAMES = listed(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug sep "
    "sept oct nov dec eastern central mountain pacific et est edt ct cst cdt mt mst mdt pt pst pdt utc gmt am pm "
    "i a an the this that these those it its he she they we you our your their his her my there here what when "
    "where who why how and or but so if in on at by for from to of with as is are was were be will can may must "
    "should do does did no not free register registration apply join save read watch see learn visit call contact "
    "email write tell please all any each every both more most new now today tomorrow tonight yesterday next last "
    "first second third one two three four five six seven eight nine ten rsvp faq url pdf https http www ok q"
)
STOP_IN_SHORT = listed("of for and the on in at to a &")


def names_in(text: str) -> Iterator[tuple[int, int]]:
    """Where names of two words and more stand, and those of one word in capitals."""
    for found in NAME.finditer(text):
        words = found[0].split()
        start = found.start()
        while words and words[0].strip(".,").casefold() in NOT_NAMES | STOP_IN_SHORT:
            start += len(words[0])
            start += len(text[start:]) - len(text[start:].lstrip())
            words = words[1:]
        joined = " ".join(words)
        if len(words) > 1 or (words and joined.isupper() and len(joined) > 1 and joined.casefold() not in NOT_NAMES):
            yield start, found.end()


def short_forms(text: str) -> list[tuple[str, str]]:
    """“Association for Library Collections (ALC)” → ("ALC", the long name): only where the letters agree."""
    found = []
    for short in SHORT.finditer(text):
        before = text[max(0, short.start() - 120) : short.start()].split()
        long = _spelt(short[1], before)
        if long:
            found.append((short[1], long))
    return found


def _spelt(short: str, before: list[str]) -> str:
    letters = [sign for sign in short.casefold() if sign.isalnum()]
    for count in range(len(letters), min(len(before), 2 * len(letters) + 2) + 1):
        words = before[-count:]
        if initials(words) == "".join(letters) and words[0][0].isupper():
            return " ".join(words)
    return ""


def initials(words: Iterable[str]) -> str:
    """The first letters of the words that count, in lower case."""
    return "".join(word[0] for word in words if word and word.casefold() not in STOP_IN_SHORT).casefold()
