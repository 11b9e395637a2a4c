"""What the checker says about a text: a remark for each of the posting tips, and what it has to know to make them."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from bot.topics.drafting.facts import Facts


class State(StrEnum):
    """How a check came out. Look: a person should look at it. Unknown: what it needs is not kept yet."""

    GOOD = "good"
    LOOK = "look"
    FIX = "fix"
    UNKNOWN = "unknown"


class Fix(Struct, frozen=True):
    """A change that one tap makes: `text` is the whole text after it. `alt`: it is the picture's words that change."""

    label: str
    text: str
    alt: bool = False


class Remark(Struct, frozen=True):
    """What one of the nine tips (its id) has to say; `link` is a page to look at first."""

    tip: str
    state: State
    reason: str
    fix: Fix | None = None
    link: str = ""

    @property
    def ok(self) -> bool:
        """Is there nothing to do about it?"""
        return self.state in (State.GOOD, State.UNKNOWN)


class TagUse(Struct, frozen=True):
    """A hashtag (in lower case) that an account of ours (its short name) used on a day, for a campaign or none."""

    tag: str
    account: str
    day: date
    campaign: str = ""


class TagLook(Struct, frozen=True):
    """Somebody (by name) looked on a day what others use a hashtag for."""

    tag: str
    by: str
    day: date


class Restricted(Struct, frozen=True):
    """A restricted subject that the text touches, who may approve it, and who outside may say it instead."""

    name: str
    approvers: tuple[str, ...] = ()
    champion: str = ""


class Twin(Struct, frozen=True):
    """What another account (its short name) is to say; `identical`: it is meant to say the same."""

    account: str
    text: str
    identical: bool = False


class Contact(Struct, frozen=True):
    """Somebody whom the team knows, and their handle on this network."""

    name: str
    handle: str


class Setting(Struct, frozen=True):
    """What is known around a text. None: nothing of the kind is kept yet, and the remark says so.

    `kinds` are "content" or "campaign" for each of the account's posts of the last 28 days; `today` and `week` how many
    there were, `cap_day` and `cap_week` how many there may be. `calendar`: what stands in it for the day. `week_said`:
    a volunteer said which week “next Friday” in the tip belongs to.
    """

    facts: Facts | None = None
    week_said: bool = False
    uses: tuple[TagUse, ...] = ()
    looked: tuple[TagLook, ...] = ()
    restricted: tuple[Restricted, ...] = ()
    media: bool | None = False
    alt: str = ""
    twins: tuple[Twin, ...] = ()
    kinds: tuple[str, ...] | None = None
    today: int = 0
    week: int = 0
    cap_day: int | None = None
    cap_week: int | None = None
    contacts: tuple[Contact, ...] | None = None
    calendar: tuple[str, ...] | None = None
    campaign: str = ""
