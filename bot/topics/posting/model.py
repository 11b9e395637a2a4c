"""What was posted where and when, and what is known and asked about each account."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.accounts.model import Account
from bot.topics.posting.chain import NOBODY_ASKED, Chain, Event, moved


class PostKind(StrEnum):
    """What a post is, for the balance of content and campaign."""

    CONTENT = "content"
    CAMPAIGN = "campaign"
    REPOST = "repost"
    REPLY = "reply"


class Source(StrEnum):
    """How a post came to be known."""

    SAID = "said"
    SAMPLE = "sample"


class Post(Struct, frozen=True):
    """A post that went out on an account (its id). `at` is when, `noted` when Steward was told, `by` by whom.

    `campaign` names what it was part of; `draft` is the id of the draft whose words it has, or empty.
    """

    id: str
    account: str
    at: datetime
    by: str
    noted: datetime
    link: str = ""
    kind: PostKind | None = None
    words: str = ""
    source: Source = Source.SAID
    campaign: str = ""
    draft: str = ""


class Watch(Struct, frozen=True):
    """What is kept of an account besides its posts; `id` is the account's.

    Its rhythm counts from `clock_from` on (a new owner, back from an absence). At `normal_at` somebody said that it
    is posting as normal. `questions` are the times at which its owner was asked whether anything is known of it.
    `helper` is the chain's, to be found by. `due` is when a post will be due as things stand, for lists.
    """

    id: str
    clock_from: datetime | None = None
    normal_at: datetime | None = None
    snoozed_until: datetime | None = None
    questions: tuple[datetime, ...] = ()
    chain: Chain = NOBODY_ASKED
    helper: str = ""
    due: datetime | None = None


class Did(StrEnum):
    """A step that can be undone."""

    POSTED = "posted"
    NORMAL = "normal"
    SNOOZED = "snoozed"


class Step(Struct, frozen=True):
    """The last step that a volunteer took on an account (its id): what the evidence was before, and after it."""

    id: str
    did: Did
    by: str
    at: datetime
    before: Watch
    after: Watch
    post: str = ""


def with_chain(watch: Watch, chain: Chain) -> Watch:
    """The watch with that chain."""
    return replace(watch, chain=chain, helper=chain.helper)


def answered(watch: Watch, now: datetime) -> Watch:
    """The watch after an answer about the account: nobody is being asked any more."""
    return with_chain(watch, moved(watch.chain, Event.OVER, now))


def afresh(watch: Watch, now: datetime) -> Watch:
    """The watch whose clock starts anew: what went before is neither counted nor asked about."""
    return replace(answered(watch, now), clock_from=now, snoozed_until=None)


# Facts that this topic announces.


class PostRecorded(Struct, frozen=True):
    """A post was recorded."""

    account: Account
    post: Post


class PostUndone(Struct, frozen=True):
    """A recorded post was taken back."""

    account: Account
    post: Post


class DraftOut(Struct, frozen=True):
    """Somebody says that the draft with this id is out on the account: its keeper answers `Written`, or refuses."""

    account: Account
    draft: str


class Written(Struct, frozen=True):
    """What a draft that is out says, and what it is if nobody tells."""

    words: str
    kind: PostKind
