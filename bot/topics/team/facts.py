"""The facts that topics announce to those below them, and what these answer with."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.chat import Block, Control, Text
from bot.topics.team.model import Team, Volunteer


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
