"""What somebody types: local `:` words, names, spans of time, and everything else as a Request."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from difflib import get_close_matches

from bot.core.chat import Person, Place, Request
from bot.core.words import shown
from bot.errors import Refusal

LONGEST_WAIT = timedelta(days=731)  # two years, one of them a leap year
NAME_LIMIT = 40  # characters of a newcomer's id
LISTED = 12  # names in one sentence

LOCAL_WORDS = {
    "as": (":as new members", "be somebody else, and read what has arrived for them"),
    "press": (":press 2", "press the button with that number, or whose label begins so"),
    "later": (":later 3 days", "let time pass (with the sample team)"),
    "mail": (":mail", "read your last direct messages again"),
    "who": (":who", "who you are, and who you can be"),
    "cancel": (":cancel", "stop answering questions; nothing is done then"),
    "help": (":help", "this list"),
    "quit": (":quit", "leave"),
}
"""The words that the console itself understands: an example and what it does."""

_STEWARD = re.compile(r"\A\s*/?steward(?=\s|$)", re.IGNORECASE)
_LOCAL = re.compile(r":([a-z]+)(?:\s+(.*))?$", re.IGNORECASE | re.DOTALL)
_AMOUNT = re.compile(
    r"((?<!\d)\d{1,9}|(?<![^\W\d_])(?:an?|one|two|three|four|five|six|seven|eight|nine|ten)(?=\s))\s*"
    r"(minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|w)(?![a-z])",
    re.IGNORECASE,
)
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_SPANS = "Try `:later 3 days`, `:later 2 weeks`, `:later 5 hours` or `:later 1 day 2 hours`."


def to_request(who: Person, where: Place, line: str, shown_name: str) -> Request:
    """A typed line as a Request. `steward` and `/steward` in front are for those who are used to them."""
    return Request(who, where, text=_STEWARD.sub("", line, count=1).strip(), shown_name=shown_name)


def local_word(line: str) -> tuple[str, str] | None:
    """The word and the rest of a line such as `:as new members`, or None where it is for Steward."""
    found = _LOCAL.match(line.strip())
    return (found[1].casefold(), (found[2] or "").strip()) if found else None


def nearest(word: str, known: Sequence[str]) -> str:
    """The known `:` word that is meant: itself, or the only one that begins so. Raises Refusal with the nearest."""
    starts = [each for each in known if each.startswith(word)]
    if word in known or len(starts) == 1:
        return word if word in known else starts[0]
    near = starts or get_close_matches(word, known, n=3, cutoff=0.5)
    if near:
        raise Refusal(f"I don't know `:{shown(word)}`. Did you mean {' or '.join(f'`:{each}`' for each in near)}?")
    raise Refusal(f"I don't know `:{shown(word)}`. Type `:help` for the words that work here.")


def read_span(text: str) -> timedelta:
    """How long `3 days` or `1 day 2 hours` is. Raises Refusal, saying what works."""
    if not text:
        raise Refusal(f"How much later? {_SPANS}")
    if re.match(r"[-–−]\s*\d|minus\b", text, re.IGNORECASE):
        raise Refusal(f"Time only goes forward here. {_SPANS}")
    left = re.sub(r"\band\b|,", " ", _AMOUNT.sub(" ", text), flags=re.IGNORECASE)
    amounts = _AMOUNT.findall(text)
    if left.strip() or not amounts:
        raise Refusal(f"I can't tell how long “{shown(text)}” is. {_SPANS}")
    try:
        span = sum((_count(amount) * _UNITS[unit[0].lower()] for amount, unit in amounts), timedelta())
    except OverflowError:
        span = timedelta.max
    if not span:
        raise Refusal(f"That is no time at all. {_SPANS}")
    if span > LONGEST_WAIT:
        raise Refusal("That is too far: at most two years at a time, such as `:later 104 weeks`.")
    return span


def _count(amount: str) -> int:
    word = amount.casefold()
    if word in ("a", "an"):
        return 1
    return int(word) if word.isdigit() else _WORDS.index(word)


def find_person(names: Sequence[tuple[str, Person]], text: str) -> Person | None:
    """The one person whose name or id this is, or begins; None where it is nobody's.

    Raises Refusal where it could be several.
    """
    wanted = _plain(text)
    for person in (person for _name, person in names if person.id == text.strip()):
        return person
    tests = (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: all(any(word.startswith(start) for word in name.split()) for start in wanted.split()),
    )
    for test in tests if wanted else ():
        found = [(name, person) for name, person in names if test(_plain(name))]
        if len(found) == 1:
            return found[0][1]
        if found:
            raise Refusal(f"“{shown(text)}” could be {listed(_told_apart(found), 'or')}. Please type more of the name.")
    return None


def nobody(names: Sequence[tuple[str, Person]], text: str) -> Refusal:
    """The kind answer to a name that is nobody's."""
    known = _told_apart(names)
    begun = f"Nobody here is called “{shown(text)}”." if text else "Who would you like to be?"
    return Refusal(f"{begun} You can be {listed(known, 'or')}." if known else f"{begun} There is nobody to be yet.")


def near_miss(names: Sequence[tuple[str, Person]], text: str) -> list[str]:
    """A sentence for those who mistyped a known name, if it looks so."""
    near = get_close_matches(_plain(text), [_plain(name) for name, _person in names], n=1, cutoff=0.7)
    return [f"If you meant {one}, type `:as {one}`." for one in near]


def newcomer(text: str) -> Person:
    """Somebody new of that name. Raises Refusal where there is no letter in it."""
    slug = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text).casefold())[:NAME_LIMIT].strip("-")
    if not slug:
        raise Refusal("A name needs a letter or a digit, such as `:as sam`.")
    return Person(f"console:{slug}")


def listed(things: Sequence[str], last: str) -> str:
    """`a, b or c`; of a long list only the first, saying how many more there are."""
    if len(things) > LISTED:
        things = [*things[: LISTED - 1], f"{len(things) - LISTED + 1} more (`:who` lists them)"]
        last = "and"
    *most, end = things
    return f"{', '.join(most)} {last} {end}" if most else end


def _told_apart(names: Sequence[tuple[str, Person]]) -> list[str]:
    said = [name for name, _person in names]
    return [f"{shown(name)} ({person.id})" if said.count(name) > 1 else shown(name) for name, person in names]


def _plain(name: str) -> str:
    """The name without what is easily left out: capitals, accents and hyphens."""
    letters = (sign for sign in unicodedata.normalize("NFKD", name) if unicodedata.category(sign) != "Mn")
    return " ".join(re.sub(r"[-_@]", " ", "".join(letters)).casefold().split())
