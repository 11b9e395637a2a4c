"""What a sentence is taken for until somebody says so: a kind and a level, the higher one when unsure. All pure."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from bot.topics.crisis.outline import Plan


class Triage(Struct, frozen=True):
    """What a sentence is taken for, until somebody says so: empty kind where nothing tells."""

    kind: str
    level: str


CLUES: Mapping[str, Sequence[str]] = {
    "hijacked_account": (
        "hijack",
        "hacked",
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
        "phishing",
    ),
    "impersonator": (
        "impersonat",
        "fake account",
        "fake page",
        "pretend",
        "our name and logo",
        "lookalike",
        "look-alike",
    ),
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
    "comment_storm": ("comments", "storm", "pile-on", "flood", "trolls", "hostile", "rumour", "rumor", "screenshot"),
    "tragedy_pause": ("shooting", "disaster", "died", "death", "attack", "earthquake", "flooded", "tragedy"),
}


GRAVE = (
    "threat",
    "doxx",
    "address posted",
    "scam",
    "locked out",
    "gun",
    "bomb",
    "hurt",
    "money",
    "minor involved",
    "police",
)


MILD = ("minor", "rumour", "rumor", "small", "typo")


NEGATIONS = ("not", "no", "never", "isn't", "without", "n't")


def triaged(plan: Plan, text: str) -> Triage:
    """The kind and level that a sentence suggests; the higher level when unsure. “not critical” is not critical."""
    said = " ".join(text.casefold().split())
    scores = {kind: sum(_says(said, clue) for clue in clues) for kind, clues in CLUES.items() if kind in plan.kinds}
    best = max(scores, key=lambda kind: scores[kind], default="")
    kind = best if best and scores[best] else ""
    if any(_says(said, word) for word in GRAVE) or (kind == "hijacked_account"):
        return Triage(kind, "S3")
    if any(_says(said, word) for word in MILD):
        return Triage(kind, "S1")
    return Triage(kind, "S2")


def _says(said: str, clue: str) -> bool:
    """Is the clue there, and not taken back by a word right before it?"""
    for found in re.finditer(rf"\b{re.escape(clue)}", said):
        before = said[: found.start()].split()[-2:]
        if not any(word.endswith(NEGATIONS) if word.endswith("n't") else word in NEGATIONS for word in before):
            return True
    return False
