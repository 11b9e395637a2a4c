"""What the tip jar and the drafts keep: a tip, a draft, the policy, voices, hashtags; and what may become of them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.drafting.voice import Voice

DIGEST_SHOWN = 24  # characters of a digest that a button carries: too many to be matched on purpose


class TipState(StrEnum):
    """Where a tip stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    POSTED = "posted"
    SET_ASIDE = "set-aside"
    MERGED = "merged"


class TipEvent(StrEnum):
    """What happens to a tip. Lapse: the day on which it mattered has passed."""

    CLAIM = "claim"
    RELEASE = "release"
    POST = "post"
    UNPOST = "unpost"
    DISMISS = "dismiss"
    LAPSE = "lapse"
    REOPEN = "reopen"
    MERGE = "merge"


TIP_NEXT: Mapping[tuple[TipState, TipEvent], TipState] = {
    (TipState.OPEN, TipEvent.CLAIM): TipState.CLAIMED,
    (TipState.CLAIMED, TipEvent.CLAIM): TipState.CLAIMED,  # somebody takes it over
    (TipState.CLAIMED, TipEvent.RELEASE): TipState.OPEN,
    **{(state, TipEvent.POST): TipState.POSTED for state in TipState},  # a fact, wherever the tip stood
    (TipState.POSTED, TipEvent.UNPOST): TipState.OPEN,
    **{
        (state, event): TipState.SET_ASIDE
        for state in (TipState.OPEN, TipState.CLAIMED)
        for event in (TipEvent.DISMISS, TipEvent.LAPSE)
    },
    (TipState.SET_ASIDE, TipEvent.REOPEN): TipState.OPEN,
    (TipState.MERGED, TipEvent.REOPEN): TipState.OPEN,
    (TipState.OPEN, TipEvent.MERGE): TipState.MERGED,
    (TipState.CLAIMED, TipEvent.MERGE): TipState.MERGED,
}
WAITING = (TipState.OPEN, TipState.CLAIMED)  # a tip that may still become a post


class Week(StrEnum):
    """Which week "next Friday" belongs to."""

    THIS = "this"
    NEXT = "next"


class Tip(Struct, frozen=True):
    """Something worth a post. `text` is as it was given; `note` is private and never part of a draft.

    `day` is the team's local date on which it matters last. `giver` is a person's id, who may have no role. `holder` is
    the volunteer who claimed it, `asked` are those whom it was suggested to. `reason` says why it was set aside, `into`
    which tip it was merged into, and `told` when its giver heard what became of it, which they do once. `week` is
    what a volunteer said of "next Friday" in it, which some people say of this week's and some of next week's.
    """

    id: str
    text: str
    giver: str
    giver_name: str
    given: datetime
    link: str = ""
    source: str = ""
    day: date | None = None
    note: str = ""
    state: TipState = TipState.OPEN
    holder: str = ""
    reason: str = ""
    into: str = ""
    post: str = ""
    asked: tuple[str, ...] = ()
    told: datetime | None = None
    week: Week | None = None

    @property
    def waits(self) -> bool:
        """May it still become a post?"""
        return self.state in WAITING

    @property
    def whole(self) -> str:
        """All that a draft may be made of: the text and the link, never the private note."""
        return f"{self.text}\n{self.link}".strip() if self.link and self.link not in self.text else self.text


def tip_moved(tip: Tip, event: TipEvent) -> Tip:
    """The tip after `event`. KeyError where the table has no such step."""
    return replace(tip, state=TIP_NEXT[tip.state, event])


class DraftState(StrEnum):
    """Where a draft stands."""

    WRITING = "writing"
    REVIEW = "review"
    RETURNED = "returned"
    APPROVED = "approved"
    POSTED = "posted"
    DROPPED = "dropped"


class DraftEvent(StrEnum):
    """What happens to a draft. Void: an approval no longer holds. Unpost: its post was taken back."""

    CHANGE = "change"
    ASK = "ask"
    APPROVE = "approve"
    RETURN = "return"
    VOID = "void"
    POST = "post"
    UNPOST = "unpost"
    UNPOST_APPROVED = "unpost-approved"
    DROP = "drop"
    RESTORE = "restore"


DRAFT_NEXT: Mapping[tuple[DraftState, DraftEvent], DraftState] = {
    (DraftState.WRITING, DraftEvent.CHANGE): DraftState.WRITING,
    (DraftState.REVIEW, DraftEvent.CHANGE): DraftState.REVIEW,
    (DraftState.RETURNED, DraftEvent.CHANGE): DraftState.WRITING,
    (DraftState.APPROVED, DraftEvent.CHANGE): DraftState.WRITING,  # one changed character, and it is asked for anew
    (DraftState.WRITING, DraftEvent.ASK): DraftState.REVIEW,
    (DraftState.RETURNED, DraftEvent.ASK): DraftState.REVIEW,
    (DraftState.REVIEW, DraftEvent.APPROVE): DraftState.APPROVED,
    (DraftState.REVIEW, DraftEvent.RETURN): DraftState.RETURNED,
    (DraftState.APPROVED, DraftEvent.RETURN): DraftState.RETURNED,
    (DraftState.APPROVED, DraftEvent.VOID): DraftState.REVIEW,
    **{
        (state, DraftEvent.POST): DraftState.POSTED
        for state in (DraftState.WRITING, DraftState.REVIEW, DraftState.APPROVED)  # whether it may is `may_post`'s
    },
    (DraftState.POSTED, DraftEvent.UNPOST): DraftState.WRITING,
    (DraftState.POSTED, DraftEvent.UNPOST_APPROVED): DraftState.APPROVED,
    **{
        (state, DraftEvent.DROP): DraftState.DROPPED
        for state in DraftState
        if state not in (DraftState.POSTED, DraftState.DROPPED)
    },
    (DraftState.DROPPED, DraftEvent.RESTORE): DraftState.WRITING,
}
AT_WORK = (DraftState.WRITING, DraftState.REVIEW, DraftState.RETURNED, DraftState.APPROVED)


class Draft(Struct, frozen=True):
    """A post to be, for one account (its id), made from a tip, from a post of another account (its id), or by hand.

    `text` and `alt` (what its picture shows) are its words. `authors` are the volunteers and persons who had a hand in
    them. `others` are wordings that were not chosen, and the words before a change. `answer` is what was added when
    something was missing, and `without` says that it is posted without that. `approval` is the digest of the words
    that `approver` approved, `asked` are those who were told that it waits for one, and `waits` is since when, until
    they were reminded of it. `note` is what a draft that was sent back came with, `post` the post that it became.
    """

    id: str
    account: str
    text: str
    by: str
    authors: tuple[str, ...]
    made: datetime
    changed: datetime
    tip: str = ""
    of_post: str = ""
    alt: str = ""
    asked: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    answer: str = ""
    without: bool = False
    state: DraftState = DraftState.WRITING
    approval: str = ""
    approver: str = ""
    note: str = ""
    post: str = ""
    waits: datetime | None = None

    @property
    def digest(self) -> str:
        """What stands for exactly these words on exactly this account."""
        return sha256(f"{self.account}\0{self.text}\0{self.alt}".encode()).hexdigest()

    @property
    def seen(self) -> str:
        """The digest as a button carries it: whoever presses it answers for the words they saw."""
        return self.digest[:DIGEST_SHOWN]

    @property
    def approved(self) -> bool:
        """Do the words that stand here have somebody else's approval?"""
        return bool(self.approval) and self.approval == self.digest and self.state is DraftState.APPROVED

    @property
    def at_work(self) -> bool:
        """Is it neither posted nor dropped?"""
        return self.state in AT_WORK


KEEPS_APPROVAL = (DraftEvent.APPROVE, DraftEvent.POST, DraftEvent.UNPOST_APPROVED)


def draft_moved(draft: Draft, event: DraftEvent) -> Draft:
    """The draft after `event`. KeyError where the table has no such step. What unsettles the words ends an approval."""
    state = DRAFT_NEXT[draft.state, event]
    if event in KEEPS_APPROVAL:
        return replace(draft, state=state)
    return replace(draft, state=state, approval="", approver="")


class Need(StrEnum):
    """When words need somebody else's approval before they are posted."""

    NEVER = "never"
    RESTRICTED = "restricted"
    ALWAYS = "always"


class Approvers(StrEnum):
    """Who may approve. Any second volunteer, unless the team wants its coordinators to."""

    VOLUNTEERS = "volunteers"
    COORDINATORS = "coordinators"


class Policy(Struct, frozen=True):
    """What the team has settled about approval; one record, `id` is POLICY."""

    id: str
    need: Need = Need.RESTRICTED
    approvers: Approvers = Approvers.VOLUNTEERS


POLICY = "policy"


class Subject(Struct, frozen=True):
    """A topic of the policy: approved for our pages, or restricted. `words` tell it, its name does too.

    `approvers` are the volunteers who may approve a restricted one (empty: whoever may in general), `champion` is
    somebody outside who may say it instead.
    """

    id: str
    name: str
    restricted: bool
    words: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    champion: str = ""


class PolicyChanged(Struct, frozen=True):
    """When words need approval, or who may give it, was settled anew."""


class HashtagUse(Struct, frozen=True):
    """A hashtag in a post of ours (its id): `tag` in lower case, without the sign."""

    id: str
    tag: str
    account: str
    at: datetime
    post: str
    campaign: str = ""


class HashtagLook(Struct, frozen=True):
    """Somebody looked what others use a hashtag for; `id` is the tag in lower case."""

    id: str
    by: str
    at: datetime


class AccountVoice(Struct, frozen=True):
    """How an account speaks; `id` is the account's."""

    id: str
    voice: Voice
