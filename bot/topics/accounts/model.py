"""The directory's records: an account, who owns it, how to get into it, and how it changes hands."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class Status(StrEnum):
    """What is known of an account's life. Unknown: nobody has said; it has no cadence unless one is set."""

    ACTIVE = "active"
    QUIET = "quiet"
    DORMANT = "dormant"
    RETIRED = "retired"
    UNKNOWN = "unknown"


class MirrorKind(StrEnum):
    """How an account repeats another one."""

    IDENTICAL = "identical"
    REWORDED = "reworded"


class Days(StrEnum):
    """Which days a cadence counts."""

    ALL = "all"
    WORKING = "working"


class Account(Struct, frozen=True):
    """One account on one network. `short` is its unique short name; a short name is never used again for another.

    `owner`, `backup` and `mirror_of` are ids (of volunteers, of an account) or empty. Cadence: one post every
    `every` days (whole days, counted over `days`; 0: none is wanted), or `per_week` posts in any seven days; where
    both are None the network's default holds for an active or quiet account. `cap_day` and `cap_week` are the most
    posts wanted. `unowned_until` is how long it has been agreed to leave it without an owner. `merged_into` is the
    account (its id) that a retired one went into: its names lead there.
    """

    id: str
    short: str
    name: str
    network: str
    handle: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()
    past_handles: tuple[str, ...] = ()
    past_shorts: tuple[str, ...] = ()
    purpose: str = ""
    audience: str = ""
    themes: tuple[str, ...] = ()
    status: Status = Status.UNKNOWN
    owner: str = ""
    backup: str = ""
    mirror_of: str = ""
    mirror_kind: MirrorKind | None = None
    every: int | None = None
    per_week: int | None = None
    days: Days = Days.ALL
    cap_day: int | None = None
    cap_week: int | None = None
    followers: int | None = None
    note: str = ""
    unowned_until: date | None = None
    merged_into: str = ""

    @property
    def live(self) -> bool:
        """Is it still in use? A retired account keeps its name and its place in the directory, nothing else."""
        return self.status is not Status.RETIRED


class Access(Struct, frozen=True):
    """How to get into an account, never the secret itself; `id` is the account's.

    `people` are the ids of the volunteers who can sign in, `others` names of people outside the team. `kept_in` is
    the name of the place where the login is kept. `second_factor` and `recovery` say whom they reach.
    """

    id: str
    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    kept_in: str = ""
    second_factor: str = ""
    recovery: str = ""
    confirmed: datetime | None = None
    confirmed_by: str = ""


class Part(StrEnum):
    """What a volunteer can be to an account."""

    OWNER = "owner"
    BACKUP = "backup"


class Offer(Struct, frozen=True):
    """An account offered to a volunteer: never imposed. Removed when it is answered or withdrawn.

    `by` is the volunteer who offers it, or empty (a sheet, or Steward itself). `giver` is who had it last, where nobody
    owns it any more.
    """

    id: str
    account: str
    part: Part
    to: str
    by: str
    made: datetime
    giver: str = ""


class Claim(Struct, frozen=True):
    """A volunteer who asks for an account (or to be its backup) that has an owner: the owner answers."""

    id: str
    account: str
    part: Part
    by: str
    made: datetime


class Side(StrEnum):
    """The two who confirm a handover."""

    GIVER = "giver"
    TAKER = "taker"


class Item(StrEnum):
    """What has to be true before an account has changed hands."""

    ACCESS = "access"
    RECOVERY = "recovery"
    REMOVED = "removed"
    NOTES = "notes"


class Mark(Struct, frozen=True):
    """One side's word that an item is true. `stood_in` says that a coordinator confirmed for the absent side."""

    item: Item
    by: str
    side: Side
    at: datetime
    stood_in: bool = False


class Stage(StrEnum):
    """Where a handover stands."""

    OPEN = "open"
    DONE = "done"
    CALLED_OFF = "called-off"


class Handover(Struct, frozen=True):
    """An account on its way from one owner to the next: a short checklist that both confirm, and that is kept.

    `giver` is empty where nobody owned it. `lost_access` says that it ended without anybody's word that the new owner
    can sign in: that stays open until they confirm it.
    """

    id: str
    account: str
    giver: str
    taker: str
    started: datetime
    stage: Stage = Stage.OPEN
    marks: tuple[Mark, ...] = ()
    ended: datetime | None = None
    lost_access: bool = False


class Hold(Struct, frozen=True):
    """An account on hold: nothing is approved for it, and nobody is reminded of it; `id` is the account's.

    `by` are the ids of what holds it (crises): it stays on hold until the last of them lets it go.
    """

    id: str
    since: datetime
    by: tuple[str, ...] = ()


class Sheet(Struct, frozen=True):
    """A sheet of accounts that somebody sent in and has not imported yet: it is kept for a day.

    `head` and `lines` are what it would do, for all pages of its preview, `label` is on the button that does it. Of a
    sheet that can't be taken, `text` is empty, and `lines` are what has to be put right first. `seen` tells apart what
    it would have done to the directory at that time from anything that it would do since.
    """

    id: str
    by: str
    made: datetime
    text: str
    seen: str
    head: str
    label: str
    lines: tuple[str, ...]


# Facts that this topic announces.


class AccountChanged(Struct, frozen=True):
    """Something of an account changed that due times may hang on: owner, backup, status, cadence, mirror.

    `fresh` says that its clock starts anew (a new owner, back from a rest).
    """

    before: Account | None
    account: Account
    fresh: bool = False


class HoldChanged(Struct, frozen=True):
    """An account went on hold, or was let go; then its clock starts afresh."""

    account: Account
    held: bool
