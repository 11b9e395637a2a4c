"""What a tip says, as typed facts, each with the characters of the tip that it came from. Nothing here decides."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a fact tells."""

    WHAT = "what"  # the title or the name of the thing
    WHO = "who"  # a person or a body
    WHEN = "when"  # a day; its value is the date, "2026-12-01"
    TIME = "time"  # a time of day; its value is "14:00", with the zone behind it where one is named
    DEADLINE = "deadline"  # a day by which something has to be done
    WHERE = "where"
    PRICE = "price"
    NUMBER = "number"
    LINK = "link"
    ASK = "ask"  # what the reader is asked to do
    QUOTE = "quote"
    HANDLE = "handle"
    HASHTAG = "hashtag"
    MAIL = "mail"


LABELS: dict[Kind, str] = {
    Kind.WHAT: "What",
    Kind.WHO: "Who",
    Kind.WHEN: "When",
    Kind.TIME: "Time",
    Kind.DEADLINE: "Deadline",
    Kind.WHERE: "Where",
    Kind.PRICE: "Price",
    Kind.NUMBER: "Number",
    Kind.LINK: "Link",
    Kind.ASK: "The ask",
    Kind.QUOTE: "Quote",
    Kind.HANDLE: "Handle",
    Kind.HASHTAG: "Hashtag",
    Kind.MAIL: "Mail",
}


class Fact(Struct, frozen=True):
    """One thing that the tip says: `words` stand at `start`:`end` in it.

    `value` is the same for every way of writing it ("6 pm" and "18:00" are "18:00"). `resolved` says what an open word
    means ("Tue 1 Dec 2026" for "next Tuesday"); empty where the words say it all. `other` is the day that it may mean
    as well ("2026-12-04" for "next Friday", said on a Tuesday and read as the Friday of that week).
    """

    kind: Kind
    words: str
    start: int
    end: int
    value: str
    resolved: str = ""
    other: str = ""

    @property
    def shown(self) -> str:
        """The fact as a volunteer is shown it: "next Tuesday → Tue 1 Dec 2026"."""
        return f"{self.words} → {self.resolved}" if self.resolved else self.words


class Known(Struct, frozen=True):
    """Names that the team knows already, of bodies and people, and what is short for which (ALA → the long name)."""

    names: tuple[str, ...] = ()
    acronyms: tuple[tuple[str, str], ...] = ()


LINE = "line"  # the label of a line that stands by itself


class Part(Struct, frozen=True):
    """A stretch of the tip that is used or left out as a whole; what it is, `role` says.

    Roles: title, lead, detail, ask, deadline, quote, list, label, contact, letter (greetings and the like: of no use in
    a post). `label` and `value`: of "Where: the hall", its word and where "the hall" begins. `leans`: it says "they" or
    "also", and makes no sense without what stands before it.
    """

    role: str
    start: int
    end: int
    block: int = 0
    label: str = ""
    value: int = 0
    leans: bool = False


class Call(Struct, frozen=True):
    """What the reader is asked to do: the tip's own words for it, as stretches that follow each other, and the link.

    `verb` is the first word of the ask in lower case, empty where the tip asks for nothing in words. `whole`: the words
    are a complete sentence, to be used as it stands. `also`: the sentence of an ask that has no link of its own, where
    the link only helps with it ("Call your senator. Find the number: …"); nothing (0, 0) where there is none.
    """

    spans: tuple[tuple[int, int], ...] = ()
    link: Fact | None = None
    verb: str = ""
    whole: bool = False
    also: tuple[int, int] = (0, 0)


class Facts(Struct, frozen=True):
    """A tip as it was read on the day `today`. `text` is the tip, to which all places refer; signs of markup are blank.

    `frame` is what kind of post it makes, `opens` the kind whose openings it may begin with, `call` what its readers
    are asked to do.
    """

    text: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    frame: str
    call: Call
    today: date
    english: bool = True
    acronyms: tuple[tuple[str, str], ...] = ()
    opens: str = "unclear"

    def of(self, *kinds: Kind) -> tuple[Fact, ...]:
        """The facts of these kinds, in the order of the tip."""
        return tuple(one for one in self.facts if one.kind in kinds)

    @property
    def day(self) -> date | None:
        """The last day on which the tip matters: its deadline, or else the day of what it tells of; or None."""
        for kind in (Kind.DEADLINE, Kind.WHEN):
            days = [date.fromisoformat(one.value.rsplit("/", 1)[-1]) for one in self.of(kind) if one.value]
            if coming := [day for day in days if day >= self.today]:
                return max(coming)
        return None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What was understood, for people: a line a label, and nothing twice.

        A name within the title, a place or a quote is told by that, and so is a quote that is the title. Greetings tell
        nothing.
        """
        found: dict[Kind, dict[str, str]] = {kind: {} for kind in LABELS if kind is not Kind.NUMBER}
        letters = [part for part in self.parts if part.role == "letter"]
        told = [one for one in self.facts if not any(part.start <= one.start < part.end for part in letters)]
        for one in told:
            if one.kind in found and not any(_tells(other, one) for other in self.facts):
                found[one.kind].setdefault(one.value, one.shown)
        asked = " ".join(" ".join(self.text[start:end].split()) for start, end in self.call.spans)
        found[Kind.ASK] = {asked: asked} if asked and self.call.verb != "more" else {}  # "More: …" asks for nothing
        return tuple((LABELS[kind], "; ".join(words.values())) for kind, words in found.items() if words)


def _tells(one: Fact, other: Fact) -> bool:
    """Does one fact tell the other one as well?"""
    within = one.start <= other.start and other.end <= one.end
    named = other.kind is Kind.WHO and one.kind in (Kind.WHAT, Kind.WHERE, Kind.QUOTE)
    titled = other.kind is Kind.QUOTE and one.kind is Kind.WHAT and other.start < one.end and one.start < other.end
    part = one.kind is other.kind is Kind.WHO and one.value != other.value and f" {other.value} " in f" {one.value} "
    return titled or part or (named and within)
