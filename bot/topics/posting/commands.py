"""What volunteers say about posts, what falls due, and what follows changes elsewhere."""

from collections.abc import Callable
from typing import Any

from bot.core.router import Alarm, Command, Role
from bot.topics.accounts.model import AccountChanged, HoldChanged
from bot.topics.posting.answering import hand_no, hand_yes, normal, reminder_answer, rhythm, snooze
from bot.topics.posting.listing import gaps, last, posting_home, posts
from bot.topics.posting.model import Post, Step, Watch
from bot.topics.posting.reactions import (
    RECOUNT,
    account_changed,
    describe,
    hold_changed,
    hours_changed,
    recount,
    sweep,
    team_changed,
    volunteer_joined,
    volunteer_left,
)
from bot.topics.posting.recording import posted, undo
from bot.topics.posting.reminders import remind
from bot.topics.posting.watching import GAP, tend
from bot.topics.team.facts import (
    Describe,
    HomeOpened,
    HoursChanged,
    NudgeTime,
    Sweep,
    TeamChanged,
    VolunteerJoined,
    VolunteerLeft,
)

KINDS = (Post, Watch, Step)

COMMANDS: tuple[Command, ...] = (
    Command(
        posted,
        Role.VOLUNTEER,
        examples=("posted ce-x", "posted ce-x yesterday 3pm", "posted pw-fb today https://ala.org/news campaign"),
    ),
    Command(gaps, Role.VOLUNTEER, examples=("gaps", "gaps all", "gaps new members"), reads=True),
    Command(last, Role.OBSERVER, examples=("last ce-x",), reads=True),
    Command(posts, Role.OBSERVER, examples=("posts ce-x",), reads=True),
    Command(normal, Role.VOLUNTEER, examples=("normal ce-x",)),
    Command(snooze, Role.VOLUNTEER, examples=("snooze ce-x", "snooze ce-x until monday")),
    Command(
        rhythm,
        Role.VOLUNTEER,
        examples=("rhythm ce-x every 3 days", "rhythm pw-fb 2 a week working days", "rhythm crg-x none"),
    ),
    Command(hand_yes, Role.VOLUNTEER, examples=("hand yes ce-x",)),
    Command(hand_no, Role.VOLUNTEER, examples=("hand no ce-x",)),
    Command(undo, Role.VOLUNTEER, examples=("undo", "undo ce-x")),
    Command(reminder_answer, Role.VOLUNTEER, hidden=True),
)

ALARMS: dict[str, Alarm] = {GAP: tend, RECOUNT: recount}

AFTER: tuple[tuple[type, Callable[..., Any]], ...] = (
    (AccountChanged, account_changed),
    (HoldChanged, hold_changed),
    (HoursChanged, hours_changed),
    (VolunteerJoined, volunteer_joined),
    (VolunteerLeft, volunteer_left),
    (TeamChanged, team_changed),
    (NudgeTime, remind),
    (HomeOpened, posting_home),
    (Sweep, sweep),
    (Describe, describe),
)
