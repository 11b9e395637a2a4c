"""What a sentence is taken for until somebody says so, with the words that led to it; the higher level when unsure.

A kind is known by its clues, by its name, and by the signs that the plan states: those of a team's own kinds, too. All
pure. What a word before it takes back (“not hacked”, “no sign of a threat”) does not count; see `denial`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from bot.topics.crisis.denial import denied
from bot.topics.crisis.outline import LEVELS, Kind, Plan

CLUES: Mapping[str, Sequence[str]] = {
    "hijacked_account": (
        "hijack",
        "hack",
        "scam post",
        "locked out",
        "login changed",
        "admin role",
        "taken over",
        "nobody made",
        "not us posting",
        "cannot sign in",
        "can't sign in",
        "weird ads",
        "phish",
    ),
    "impersonator": ("impersonat*", "fake account", "fake page", "pretend", "our name and logo", "look-?alike"),
    "own_wrong_post": (
        "wrong post",
        "we posted",
        "our post is wrong",
        "wrong account",
        "typo in our",
        "posted too early",
    ),
    "book_challenge": ("book", "challenge", "banned", "removal", "school board", "complaint about a title"),
    "event_backlash": ("event", "protest", "drag", "story hour", "presenter", "booking raid"),
    "comment_storm": ("comments", "storm", "pile-on", "flood", "troll", "hostile", "rumour", "rumor", "screenshot"),
    "tragedy_pause": ("shooting", "disaster", "died", "death", "attack", "earthquake", "flooded", "tragedy"),
}
SLIGHT = "issue|problem|thing|typo|mistake|error|slip|matter|complaint|incident"
GRAVE = (
    "threat",
    "doxx*",
    "home address",
    "address posted",
    "personal data",
    "scam",
    "locked out",
    "gun",
    "bomb",
    "hurt",
    "money",
    "minors",
    "minor (?:is|was|involved|named)",
    f"(?:a|the) minor(?! (?:{SLIGHT}))",
    "police",
    "emergency",
    "urgent*",
    "critical(?! (?:comment|review|post|article|voice|question|remark|piece))",
)
MILD = (
    "rumour",
    "rumor",
    "small",
    "typo",
    "(?<!a )(?<!the )(?<!involving )minor(?= ?(?:[,.;!–-]|$))",
    f"minor (?:{SLIGHT})",
)
AT_FIRST = {"hijacked_account": "S3"}  # what a kind counts for until its people know more
ENDINGS = r"(?:s|es|d|ed|er|ers|ing|en|ens|ened|ening|or|ors)?"
A_WORD = re.compile(r"[^\W\d_]{4,}")
SHOWN = 3  # words that are given as a reason
STEM = 5  # letters by which a word is known again, whatever its ending
CLUE = 2  # what a clue counts for, beside one word of a sign
LEAST, SHARE = 2, 0.6  # words of a sign that have to be there, unless it has fewer; and how many of all
EMPTY = re.compile(
    "about|account|accounts|after|also|anybody|been|being|from|have|into|more|other|ours|over|page|people|post|posts|"
    "somebody|someone|team|than|that|their|them|there|they|thing|this|those|what|when|where|which|while|with|without|"
    "would|your"
)


class Triage(Struct, frozen=True):
    """What a sentence is taken for: an empty kind where nothing tells. The words of it that led there, as typed."""

    kind: str
    level: str
    kind_words: tuple[str, ...] = ()
    level_words: tuple[str, ...] = ()


def triaged(plan: Plan, text: str) -> Triage:
    """The kind and level that a sentence suggests, and because of which of its words."""
    said = " ".join(text.replace("’", "'").split())
    found = {one.id: _speaking_for(one, said) for one in plan.kinds.values() if not one.checklist}
    best = max(found, key=lambda one: (found[one][0], one not in CLUES), default="")
    kind, because = (best, found[best][1]) if best and found[best][0] else ("", ())
    level, words = _level(plan.kinds.get(kind), said)
    return Triage(kind, level, because, words)


def _level(kind: Kind | None, said: str) -> tuple[str, tuple[str, ...]]:
    """The highest level that something in the sentence speaks for; without anything the middle one."""
    grave = _told(GRAVE, said)
    if grave:
        return "S3", grave
    stated = kind.levels if kind else {}
    for level in reversed(LEVELS):
        found = [_all_of(part, said) for part in _parts(stated.get(level, ""))]
        words = tuple(word for one in found if len(one) > (level == LEVELS[0]) for word in one)
        if words:  # a single word does not make it the lowest
            return level, words
    if kind is not None and kind.id in AT_FIRST:
        return AT_FIRST[kind.id], ()
    mild = _told(MILD, said)
    return ("S1", mild) if mild else ("S2", ())


def _speaking_for(kind: Kind, said: str) -> tuple[int, tuple[str, ...]]:
    """How much speaks for the kind, and which words: a clue counts for more than a word of a sign."""
    clues = (*_told(CLUES.get(kind.id, ()), said), *_all_of(kind.name, said))
    words: list[str] = []
    for sign in kind.signs:
        there, whole = _same(sign, said), len(_words(sign))
        if there and len(there) >= min(LEAST, whole) and len(there) >= SHARE * whole:
            words += there
    return CLUE * len(clues) + len(words), tuple(dict.fromkeys((*clues, *words)))


def _told(clues: Sequence[str], said: str) -> tuple[str, ...]:
    """The clues that are in the sentence and not taken back, as they stand in it."""
    found = (one for clue in clues for one in _pattern(clue).finditer(said) if not denied(said, one.start(), one.end()))
    return tuple(dict.fromkeys(one[0] for one in found))


@lru_cache(maxsize=512)
def _pattern(clue: str) -> re.Pattern[str]:
    words = clue.removesuffix("*") + (r"\w*" if clue.endswith("*") else ENDINGS)
    return re.compile(rf"\b{words}(?!\w)", re.IGNORECASE)


def _parts(text: str) -> list[str]:
    """What a level's description names one by one: `formal request, agenda item or press` names three."""
    return [one for one in re.split(r"[,;:/]|\bor\b", text) if one.strip()]


def _words(text: str) -> list[str]:
    """The words of a phrase that tell something, in one case."""
    return [word for word in map(str.casefold, A_WORD.findall(text)) if not EMPTY.fullmatch(word)]


def _all_of(phrase: str, said: str) -> list[str]:
    """The words of a phrase as they stand in the sentence, if all are there."""
    found = _same(phrase, said)
    return found if found and len(found) == len(_words(phrase)) else []


def _same(phrase: str, said: str) -> list[str]:
    """Those words of a phrase that are in the sentence, whatever their endings; none where one of them is denied."""
    found = []
    for word in dict.fromkeys(_words(phrase)):
        there = [one for one in A_WORD.finditer(said) if one[0].casefold()[:STEM] == word[:STEM]]
        counts = [one[0] for one in there if not denied(said, one.start(), one.end())]
        if there and not counts:
            return []
        found += counts[:1]
    return found


def because(found: Triage, guessed: Collection[str]) -> list[str]:
    """What has been guessed and that nobody has confirmed yet, each with the words that led to it."""
    said = []
    if "kind" in guessed:
        name = found.kind.replace("_", " ")
        words = _quoted(found.kind_words)
        said.append(f"{name}, because you wrote {words}" if name else "no kind: your words tell me none")
    if "level" in guessed:
        words = _quoted(found.level_words)
        why = f"because you wrote {words}" if words else "until you know more, as your words don't tell"
        said.append(f"{found.level}, {why}")
    return said


def _quoted(words: Sequence[str]) -> str:
    return " and ".join(f"“{one}”" for one in words[:SHOWN])
