"""The facts that topics announce to those below them, and what these answer with."""

from datetime import date, datetime

from msgspec import Struct

from bot.core.chat import Block, Control, Text
from bot.topics.team.model import Team, Volunteer


class NudgeTime(Struct, frozen=True):
    """The volunteer's nudge is being written: who has something to say answers with `Waiting`."""

    volunteer: Volunteer


class Waiting(Struct, frozen=True):
    """One topic's part of a nudge. `again` is when it would like to be heard again if nobody answers.

    `headline` is one short sentence for the notification.
    """

    headline: Text
    blocks: tuple[Block, ...] = ()
    controls: tuple[Control, ...] = ()
    again: datetime | None = None


class VolunteerJoined(Struct, frozen=True):
    """An invited member is now a person, or somebody new came in: what waits for them is answered with `Section`."""

    volunteer: Volunteer


class WelcomeOpened(Struct, frozen=True):
    """Somebody reads the welcome: your accounts, their logins, your backup. Answered with `Section`.

    Weights below 50 come before the policy and what to do when something goes wrong.
    """

    volunteer: Volunteer


class TermEnding(Struct, frozen=True):
    """A volunteer's term of office ends on `ends` (told six and two weeks ahead, and on the day): hand over.

    Who begins a handover, or wants one, answers with `TermPart`.
    """

    volunteer: Volunteer
    ends: date


class TermPart(Struct, frozen=True):
    """What one topic adds, in whole sentences, to what is said of a term's end: to the volunteer, and to coordinators.

    Both are told once, in one line each.
    """

    own: str = ""
    controls: tuple[Control, ...] = ()
    coordinators: str = ""
    coordinators_controls: tuple[Control, ...] = ()


class TeamChanged(Struct, frozen=True):
    """The team's own settings changed: its name, zone, country, channels, policy."""

    before: Team
    team: Team


class VolunteerLeft(Struct, frozen=True):
    """A volunteer leaves. `heir` (a volunteer's id) is offered what they own; without one it becomes free.

    `merged` says that the heir is the same human under another identity: what they own moves to the heir as it is.
    Who has something to say about it to whoever did it answers with `Section`.
    """

    volunteer: Volunteer
    heir: str = ""
    merged: bool = False


class VolunteerUnmatched(Struct, frozen=True):
    """A volunteer was matched to the wrong person: the name is invited again, and what that person took on is open.

    Who has something to say about it to whoever did it answers with `Section`.
    """

    volunteer: Volunteer


class HoursChanged(Struct, frozen=True):
    """Zone, hour, quiet hours, days off, pace, consent or absence changed: due times have to be worked out again.

    `back` is True when an absence ended now: clocks start afresh.
    """

    volunteer: Volunteer
    back: bool = False


class HomeOpened(Struct, frozen=True):
    """Somebody opens their home: who has something to show answers with `Section`."""

    volunteer: Volunteer | None


class Section(Struct, frozen=True):
    """One topic's part of the home card, and of the welcome: `weight` orders them, the smallest first."""

    weight: int
    blocks: tuple[Block, ...] = ()
    controls: tuple[Control, ...] = ()


class Sweep(Struct, frozen=True):
    """The nightly look at everything, a page of 100 records of each kind at a time, from page 0.

    Who keeps due times rebuilds those that are missing for its records of this page, and answers True while more
    follow.
    """

    page: int


class Describe(Struct, frozen=True):
    """An agenda entry that is being shown: the topic whose `alarm` it is answers `Described`; others, None."""

    alarm: str
    subject: str


class Described(Struct, frozen=True):
    """An agenda entry in words, and the ids of the volunteers whom it concerns (coordinators see every one)."""

    text: Text
    whose: tuple[str, ...] = ()
