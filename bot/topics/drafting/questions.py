"""The one question about a tip: what a post of its kind needs and the tip does not say."""

import re
from collections.abc import Sequence

from msgspec import Struct

from bot.topics.drafting.facts import Facts, Kind
from bot.topics.drafting.frames import frames


class Question(Struct, frozen=True):
    """What a post of this kind needs and the tip does not say: about the ask, a date, a link, or words that fit."""

    about: str
    sentence: str


def missing(facts: Facts, texts: Sequence[str]) -> Question | None:
    """What to ask, if anything: one thing, that which matters most."""
    if not texts and facts.call.link is not None and not any(part.role in ("lead", "title") for part in facts.parts):
        return Question("words", "What is the link about? Say it in a sentence.")
    if not texts:
        return Question(
            "words", "I find nothing in this that I could say in the room there is. What should it say, in a sentence?"
        )
    asked = facts.call.verb or facts.call.link
    needs = frames()[facts.frame].needs
    if "ask" in needs and not asked:
        return Question(
            "ask", "It asks its readers for nothing yet. What should they do, and where? Type the words or the link."
        )
    if "date" in needs and not _dated(facts):
        when = "Until when" if facts.frame == "deadline" else "When"
        return Question("date", f"{when} is it? Type the day, and the time if there is one.")
    if facts.call.link is None and not facts.of(Kind.MAIL) and facts.frame != "thanks":
        return Question("link", "Is there a page with more about it? Type the link.")
    return None


def _dated(facts: Facts) -> bool:
    recurring = re.search(
        r"\b(?:every|each|weekly|monthly|daily|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays"
        r"|now through|ongoing|any time|on demand)\b",
        facts.text,
        re.IGNORECASE,
    )
    return bool(facts.of(Kind.WHEN, Kind.DEADLINE)) or recurring is not None
