"""How links, kinds of posts, rhythms and "whose" are read from words."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Struct

from bot.core.chat import Kind
from bot.core.router import Context, Option
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.accounts.model import Days
from bot.topics.posting.cadence import LONGEST, MOST, NONE
from bot.topics.posting.model import PostKind
from bot.topics.team.model import Volunteer
from bot.topics.team.options import VOLUNTEER, day_option, members

LINK_LIMIT = 500


def _read_link(_context: Context, text: str) -> str:
    # Slack writes <https://…|shown text>.
    link = text.strip().removeprefix("<").removesuffix(">").partition("|")[0]
    if len(link) > LINK_LIMIT:
        raise Refusal(f"That link is {len(link):,} characters; I can keep {LINK_LIMIT}. Please give a shorter one.")
    if any(sign.isspace() or not sign.isprintable() for sign in link):
        raise Refusal("A link has no blanks in it. Please give it as https://… in one piece.")
    try:
        parts = urlsplit(link)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        known = False
    if not known:
        raise Refusal(f"I need a web link such as https://ala.org/news, not “{shown(text)}”.")
    return link


def _takes_link(_context: Context, words: Sequence[str]) -> int:
    return 1 if words and words[0].casefold().lstrip("<").startswith(("http://", "https://")) else 0


LINK = Option(_read_link, takes=_takes_link)
ALink = Annotated[str, LINK]
"""A web link, http or https."""


AReminderDay = Annotated[date, day_option("future", links=("until", "till", "til", "to", "for"))]
"""The day on which a reminder may come again, with or without "until"."""


KINDS = tuple((kind.value, kind.value.capitalize()) for kind in PostKind)


def _read_kind(_context: Context, text: str) -> PostKind:
    try:
        return PostKind(text.strip().casefold())
    except ValueError:
        known = "content, campaign, repost or reply"
        raise Refusal(f"I don't know “{shown(text)}” here. Please say {known}.", choices=KINDS) from None


def _takes_kind(_context: Context, words: Sequence[str]) -> int:
    """Only the whole word, and only as it is typed for a command: “Content calendar” begins somebody's text."""
    return 1 if words and words[0] in [kind.value for kind in PostKind] else 0


AKind = Annotated[
    PostKind, Option(_read_kind, takes=_takes_kind, suggest=lambda _context, _text: KINDS, kind=Kind.CHOICE)
]
"""What a post is: content, campaign, repost or reply."""


class Rhythm(Struct, frozen=True):
    """A rhythm as it was said. Both None: as usual on the network; `every` 0: none at all."""

    every: int | None = None
    per_week: int | None = None
    days: Days = Days.ALL


NUMBERS = {
    word: number
    for number, word in enumerate(
        ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"one": 1, "an": 1, "other": 2, "second": 2, "third": 3, "once": 1, "twice": 2, "thrice": 3}
NAMED = {
    "daily": Rhythm(every=1),
    "weekdays": Rhythm(every=1, days=Days.WORKING),
    "weekly": Rhythm(every=7),
    "biweekly": Rhythm(every=14),
    "fortnightly": Rhythm(every=14),
    "monthly": Rhythm(every=30),
    "quarterly": Rhythm(every=91),
    "yearly": Rhythm(every=365),
    **dict.fromkeys(("none", "never", "no", "off", "no rhythm", "stop"), Rhythm(every=NONE)),
    **dict.fromkeys(("usual", "as usual", "default", "the usual", "normal"), Rhythm()),
}
UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365}
WORKING = re.compile(r"[,;]?\s*\(?(?:on\s+)?(?:working|work|business|week)[ -]?days?(?:\s+only)?\)?$")
ALL = re.compile(r"[,;]?\s*(?:on\s+)?all days$")
EVERY = re.compile(
    r"(?:(?:one|once|a post|1)\s+)?(?:every|each|per)?\s*(?:(\d{1,3}|[a-z]+)\s+)?"
    r"(day|week|fortnight|month|quarter|year)s?"
)
EVERY_WORKING = re.compile(r"(?:every|each)?\s*(?:(\d{1,3}|[a-z]+)\s+)?(?:working|work|business|week)[ -]?days?")
A_WEEK = re.compile(r"(\d{1,3}|[a-z]+)\s*(?:posts?|times|x)?\s*(?:a|per|each|every|/)\s*week")
WOULD_WORK = "Try: every 3 days, every 2 working days, 3 a week, none."


def rhythm_of(text: str) -> Rhythm:
    """The rhythm that the words say. Raises Refusal with what would work."""
    wanted = " ".join(text.casefold().split()).rstrip(".")
    if wanted in NAMED:
        return NAMED[wanted]
    if (found := EVERY_WORKING.fullmatch(wanted)) and (number := _number(found[1])) is not None:
        return _every(number, Days.WORKING, text)
    days = Days.WORKING if WORKING.search(wanted) else Days.ALL
    wanted = ALL.sub("", WORKING.sub("", wanted)).strip()
    if wanted in NAMED and (named := NAMED[wanted]).every:
        return _every(named.every, days, text)
    if found := A_WEEK.fullmatch(wanted):
        return _a_week(_number(found[1]), days, text)
    if wanted.isdigit():
        return _every(int(wanted[:4]), days, text)
    found = EVERY.fullmatch(wanted)
    number = _number(found[1]) if found else None
    return _every(number * UNITS[found[2]] if found and number else None, days, text)


def _number(word: str | None) -> int | None:
    if word is None:
        return 1
    return int(word) if word.isdigit() else NUMBERS.get(word)


def _every(every: int | None, days: Days, text: str) -> Rhythm:
    if every is None:
        raise Refusal(f"I can't read “{shown(text)}” as a rhythm. {WOULD_WORK}")
    if not 1 <= every <= LONGEST:
        raise Refusal(f"A rhythm is every 1 to {LONGEST} days, or none. {WOULD_WORK}")
    return Rhythm(every=every, days=days)


def _a_week(count: int | None, days: Days, text: str) -> Rhythm:
    if count is None:
        raise Refusal(f"I can't read “{shown(text)}” as a rhythm. {WOULD_WORK}")
    if not 1 <= count <= MOST:
        raise Refusal(f"A rhythm is 1 to {MOST} posts a week, or none. {WOULD_WORK}")
    return Rhythm(per_week=count, days=days)


USUAL = (
    ("every day", "Every day"),
    ("every working day", "Every working day"),
    ("every 2 days", "Every 2 days"),
    ("every 3 days", "Every 3 days"),
    ("3 a week", "3 a week"),
    ("every week", "Every week"),
    ("every 2 weeks", "Every 2 weeks"),
    ("every month", "Every month"),
    ("usual", "As usual on its network"),
    ("none", "None: remind nobody"),
)


def _suggest_rhythms(_context: Context, text: str) -> Sequence[tuple[str, str]]:
    return [pair for pair in USUAL if text.strip().casefold() in pair[0]]


def _all_words(_context: Context, words: Sequence[str]) -> int:
    return len(words)


ARhythm = Annotated[Rhythm, Option(lambda _context, text: rhythm_of(text), takes=_all_words, suggest=_suggest_rhythms)]
"""How often: every 3 days, every 2 working days, 3 a week, none."""


class Whose(Struct, frozen=True):
    """Whose accounts are asked for: one volunteer's, or everybody's (None)."""

    volunteer: Volunteer | None


EVERYBODY = {"all", "team", "everyone", "everybody"}
MINE = {"mine", "my"}


def _read_whose(context: Context, text: str) -> Whose:
    word = text.strip().casefold()
    if word in EVERYBODY:
        return Whose(None)
    return Whose(VOLUNTEER.read(context, "me" if word in MINE else text))


def _takes_whose(context: Context, words: Sequence[str]) -> int:
    if words and words[0].casefold() in EVERYBODY | MINE:
        return 1
    return VOLUNTEER.takes(context, words)


def _suggest_whose(context: Context, text: str) -> Sequence[tuple[str, str]]:
    wanted = text.strip().casefold()
    names = [("mine", "Mine"), ("all", "All"), *((one.name, one.name) for one in members(context.records))]
    return [pair for pair in names if wanted in pair[1].casefold()][:25]


AWhose = Annotated[Whose, Option(_read_whose, takes=_takes_whose, suggest=_suggest_whose)]
"""Whose accounts: a volunteer's, mine, or all."""
