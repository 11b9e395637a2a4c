"""The ground of every topic: the team, its volunteers, how they are reached and when."""

from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct

from bot.core.chat import Card, Control, Text
from bot.topics.team.nudges import Pace

NO_COUNTRY = "none"  # said in place of a country's code: no public holiday is a day off


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


class Team(Struct, frozen=True):
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


class Volunteer(Struct, frozen=True):
    """A member of the team. Times of day are in `zone` (empty: the team's).

    `country` is whose public holidays are days off: a code, NO_COUNTRY for none, empty for the team's.

    `reminders` and `alarms` are consents to direct messages: True, False, or None while they have not been asked.
    `mention` allows one neutral line in the team's channel where no direct message reaches them. `prefers` is the
    network on which somebody with several identities wants to be written to. `unreachable_since` is when the last of
    their identities turned out to take no direct messages.
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
    mention: bool = False


class Identity(Struct, frozen=True):
    """A person on a chat network who is a volunteer of the team; `id` is the person's id.

    `closed` is when a direct message to them did not arrive, until they do something there.
    """

    id: str
    volunteer: str
    closed: datetime | None = None


class House(Struct, frozen=True):
    """A workspace or server that belongs to the team; `id` is `slack:T1` or `discord:G1`."""

    id: str
    attached: datetime


class CoordinatingGroup(Struct, frozen=True):
    """A role of a chat network (`id`): the team's people who hold it act as coordinators where they hold it.

    `name` is what the network calls it, as far as that is known; `by` is the volunteer who decided it.
    """

    id: str
    name: str
    by: str
    since: datetime


class Purpose(StrEnum):
    """What a one-time code is for."""

    START = "start"
    LINK = "link"
    ATTACH = "attach"


class Code(Struct, frozen=True):
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


class Handshake(Struct, frozen=True):
    """A linking to which the `taker` (a person, at `house`) has agreed, and which waits for the `giver`'s word."""

    id: str
    purpose: Purpose
    volunteer: str
    giver: str
    taker: str
    house: str
    expires: datetime


class Guest(Struct, frozen=True):
    """Somebody without a role who asked to join; `id` is the person's id."""

    id: str
    name: str
    since: datetime


class Away(Struct, frozen=True):
    """A volunteer's absence: local dates, both included; `last` None means until they say that they are back."""

    id: str
    volunteer: str
    first: date
    last: date | None = None


class Nudging(Struct, frozen=True):
    """When a volunteer was nudged of late; `id` is the volunteer's. Kept for eight days."""

    id: str
    sent: tuple[datetime, ...] = ()


class Missed(Struct, frozen=True):
    """A direct message (by its key) that did not reach a volunteer: it waits for them until they open it."""

    id: str
    volunteer: str
    since: datetime
    card: Card


class Notice(Struct, frozen=True):
    """Something that waits to be said to a volunteer in their next nudge, once; no longer after `until`."""

    id: str
    volunteer: str
    since: datetime
    text: Text
    controls: tuple[Control, ...] = ()
    until: datetime | None = None
