"""The ground of every topic: the team, its volunteers, how they are reached and when."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.core.chat import Block, Control, Text
from bot.topics.team.nudges import Pace


class TeamRole(StrEnum):
    """What a member of the team may do."""

    COORDINATOR = "coordinator"
    VOLUNTEER = "volunteer"
    OBSERVER = "observer"


class Standing(StrEnum):
    """Where a member is on the way through the team. Invited: in the sheet, not yet matched to a person."""

    INVITED = "invited"
    ACTIVE = "active"
    LEFT = "left"


@dataclass(frozen=True)
class Team:
    """The tenant. `id` is also the team that its records live under, so there is one record of this kind a team.

    `zone` is an IANA name, `country` an ISO 3166 code for public holidays or empty. `channel` and `crisis_channel` are
    places' ids. `open` lets anybody join without an invitation. `policy` says where the posting policy is.
    """

    id: str
    name: str
    zone: str = "UTC"
    country: str = ""
    channel: str = ""
    crisis_channel: str = ""
    open: bool = False
    policy: str = ""


@dataclass(frozen=True)
class Volunteer:
    """A member of the team. Times of day are in `zone` (empty: the team's).

    `reminders` and `alarms` are consents to direct messages: True, False, or None while they have not been asked.
    `prefers` is the network on which somebody with several identities wants to be written to.
    """

    id: str
    name: str
    role: TeamRole = TeamRole.VOLUNTEER
    standing: Standing = Standing.INVITED
    zone: str = ""
    hour: time = time(9)
    quiet_from: time = time(20)
    quiet_to: time = time(8)
    weekends: bool = False
    country: str = ""
    pace: Pace = Pace.STANDARD
    reminders: bool | None = None
    alarms: bool | None = None
    prefers: str = ""
    unreachable_since: datetime | None = None
    joined: datetime | None = None
    term_ends: date | None = None


@dataclass(frozen=True)
class Identity:
    """A person on a chat network who is a volunteer of the team; `id` is the person's id."""

    id: str
    volunteer: str


@dataclass(frozen=True)
class House:
    """A workspace or server that belongs to the team; `id` is `slack:T1` or `discord:G1`."""

    id: str
    attached: datetime


class Purpose(StrEnum):
    """What a one-time code is for."""

    START = "start"
    LINK = "link"
    ATTACH = "attach"


@dataclass(frozen=True)
class Code:
    """A one-time code that was given out; `id` is the digest, the code itself is never kept.

    `volunteer` is whom it is for: who gave it out or, for a start, whose role it recovers (empty: whoever types it).
    `giver` is the person who asked for it and is asked again before anything is linked. `used` is when it was redeemed.
    """

    id: str
    purpose: Purpose
    expires: datetime
    volunteer: str = ""
    giver: str = ""
    used: datetime | None = None


@dataclass(frozen=True)
class Handshake:
    """A linking to which the `taker` (a person, at `house`) has agreed, and which waits for the `giver`'s word."""

    id: str
    purpose: Purpose
    volunteer: str
    giver: str
    taker: str
    house: str
    expires: datetime


@dataclass(frozen=True)
class Guest:
    """Somebody without a role who asked to join; `id` is the person's id."""

    id: str
    name: str
    since: datetime


@dataclass(frozen=True)
class Away:
    """A volunteer's absence: local dates, both included; `last` None means until they say that they are back."""

    id: str
    volunteer: str
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Nudging:
    """When a volunteer was nudged of late; `id` is the volunteer's. Kept for eight days."""

    id: str
    sent: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Notice:
    """Something that waits to be said to a volunteer in their next nudge, once; no longer after `until`."""

    id: str
    volunteer: str
    since: datetime
    text: Text
    controls: tuple[Control, ...] = ()
    until: datetime | None = None


# Facts that topics announce to those below them.


@dataclass(frozen=True)
class NudgeTime:
    """The volunteer's nudge is being written: who has something to say answers with `Waiting`."""

    volunteer: Volunteer


@dataclass(frozen=True)
class Waiting:
    """One topic's part of a nudge. `again` is when it would like to be heard again if nobody answers.

    `headline` is one short sentence for the notification.
    """

    headline: Text
    blocks: tuple[Block, ...] = ()
    controls: tuple[Control, ...] = ()
    again: datetime | None = None


@dataclass(frozen=True)
class VolunteerJoined:
    """An invited member is now a person, or somebody new came in: what waits for them is answered with `Section`."""

    volunteer: Volunteer


@dataclass(frozen=True)
class WelcomeOpened:
    """Somebody reads the welcome: your accounts, their logins, your backup. Answered with `Section`.

    Weights below 50 come before the policy and what to do when something goes wrong.
    """

    volunteer: Volunteer


@dataclass(frozen=True)
class TermEnding:
    """A volunteer's term of office ends on `ends` (told six and two weeks ahead, and on the day): hand over.

    Who begins a handover, or wants one, answers with `TermPart`.
    """

    volunteer: Volunteer
    ends: date


@dataclass(frozen=True)
class TermPart:
    """What one topic adds, in whole sentences, to what is said of a term's end: to the volunteer, and to coordinators.

    Both are told once, in one line each.
    """

    own: str = ""
    controls: tuple[Control, ...] = ()
    coordinators: str = ""
    coordinators_controls: tuple[Control, ...] = ()


@dataclass(frozen=True)
class TeamChanged:
    """The team's own settings changed: its name, zone, country, channels, policy."""

    before: Team
    team: Team


@dataclass(frozen=True)
class VolunteerLeft:
    """A volunteer leaves. `heir` (a volunteer's id) is offered what they own; without one it becomes free.

    `merged` says that the heir is the same human under another identity: what they own moves to the heir as it is.
    Who has something to say about it to whoever did it answers with `Section`.
    """

    volunteer: Volunteer
    heir: str = ""
    merged: bool = False


@dataclass(frozen=True)
class VolunteerUnmatched:
    """A volunteer was matched to the wrong person: the name is invited again, and what that person took on is open.

    Who has something to say about it to whoever did it answers with `Section`.
    """

    volunteer: Volunteer


@dataclass(frozen=True)
class HoursChanged:
    """Zone, hour, quiet hours, days off, pace, consent or absence changed: due times have to be worked out again.

    `back` is True when an absence ended now: clocks start afresh.
    """

    volunteer: Volunteer
    back: bool = False


@dataclass(frozen=True)
class HomeOpened:
    """Somebody opens their home: who has something to show answers with `Section`."""

    volunteer: Volunteer | None


@dataclass(frozen=True)
class Section:
    """One topic's part of the home card, and of the welcome: `weight` orders them, the smallest first."""

    weight: int
    blocks: tuple[Block, ...] = ()
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True)
class Sweep:
    """The nightly look at everything, a page of 100 records of each kind at a time, from page 0.

    Who keeps due times rebuilds those that are missing for its records of this page, and answers True while more
    follow.
    """

    page: int


@dataclass(frozen=True)
class Describe:
    """An agenda entry that is being shown: the topic whose `alarm` it is answers `Described`; others, None."""

    alarm: str
    subject: str


@dataclass(frozen=True)
class Described:
    """An agenda entry in words, and the ids of the volunteers whom it concerns (coordinators see every one)."""

    text: Text
    whose: tuple[str, ...] = ()
