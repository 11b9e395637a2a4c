"""The crisis topic's commands, alarms and reactions, gathered from its files."""

from collections.abc import Callable
from typing import Any

from bot.core.router import Alarm, Command, Role, Shortcut
from bot.topics.crisis.alarm import RECEIPT, ring
from bot.topics.crisis.at_home import at_home, describe, in_welcome
from bot.topics.crisis.board import draw
from bot.topics.crisis.calling import CALL
from bot.topics.crisis.calling import late as call_late
from bot.topics.crisis.checklists import checklist_show, checklist_start
from bot.topics.crisis.closing import REVIEW, crisis_close, crisis_false_alarm, crisis_list, crisis_review, review_due
from bot.topics.crisis.correcting import crisis_correct
from bot.topics.crisis.deciding import crisis_accounts, crisis_event, crisis_kind, crisis_level
from bot.topics.crisis.declaring import afterwards, sos
from bot.topics.crisis.doing import (
    crisis_answer,
    crisis_assign,
    crisis_called,
    crisis_done,
    crisis_mine,
    crisis_pass,
    crisis_show,
    crisis_skip,
)
from bot.topics.crisis.drill import SURPRISE, drill_agree, drill_end, drill_start, surprise
from bot.topics.crisis.holding import hold_say, hold_show, hold_stand_in
from bot.topics.crisis.keeping_time import SHIFT, crisis_update, shift_add, shift_alarm, shift_list, update_due
from bot.topics.crisis.kept import (
    Ahead,
    Contact,
    DrillConsent,
    Lesson,
    Paper,
    Playbook,
    Seat,
    Upkeep,
)
from bot.topics.crisis.leading import crisis_backup, crisis_give, crisis_heard, crisis_lead, crisis_suspect, crisis_take
from bot.topics.crisis.lessons import LESSON, lesson_add, lesson_done, lesson_due, lesson_list
from bot.topics.crisis.logbook import BOARD
from bot.topics.crisis.model import (
    Call,
    Crisis,
    Held,
    Job,
    LogEntry,
    Moved,
    Protected,
    Question,
    Receipt,
    Shift,
    Turn,
    Words,
)
from bot.topics.crisis.noting import crisis_note, log_blank, log_protect, log_show
from bot.topics.crisis.playbooks import (
    playbook_back,
    playbook_export,
    playbook_import,
    playbook_show,
    playbook_versions,
)
from bot.topics.crisis.questions import QUESTION, crisis_tell, question_due
from bot.topics.crisis.ready import READY, crisis_ready, remind, roster_reviewed, sweep
from bot.topics.crisis.releasing import hold_release
from bot.topics.crisis.roster import (
    roster_agree,
    roster_forget,
    roster_remove,
    roster_set,
    roster_show,
    team_changed,
    volunteer_left,
)
from bot.topics.crisis.statements import (
    statement_approve,
    statement_fill,
    statement_list,
    statement_said,
    statement_write,
)
from bot.topics.crisis.steering import AFTERWARDS, STEP
from bot.topics.crisis.stepping import UPDATE, late, moved
from bot.topics.team.facts import Describe, HomeOpened, Sweep, TeamChanged, VolunteerLeft, WelcomeOpened

COMMANDS: tuple[Command, ...] = (
    Command(sos, Role.ANYONE, examples=("sos scam posts on our facebook page", "sos somebody threatens our speaker")),
    Command(crisis_show, Role.OBSERVER, examples=("crisis show", "crisis"), reads=True),
    Command(crisis_mine, Role.OBSERVER, examples=("crisis mine",), reads=True),
    Command(crisis_answer, Role.OBSERVER, examples=("crisis answer seen", "crisis answer got", "crisis answer cant")),
    Command(
        crisis_note,
        Role.OBSERVER,
        examples=("crisis note the scam post has 40 comments",),
        shortcut=Shortcut(
            "Add to crisis log",
            "Write what this message says into the log of a crisis, with who wrote it and when.",
            who="who",
            when="when",
            link="link",
            wordless="a message without words, such as a picture",
        ),
    ),
    Command(crisis_done, Role.VOLUNTEER, examples=("crisis done H2 changed", "crisis done H4 four screenshots saved")),
    Command(crisis_correct, Role.VOLUNTEER, examples=("crisis correct H2 locked out", "crisis correct H4 not done")),
    Command(crisis_pass, Role.VOLUNTEER, examples=("crisis pass H4",)),
    Command(crisis_assign, Role.VOLUNTEER, examples=("crisis assign H4 new members",)),
    Command(crisis_skip, Role.VOLUNTEER, examples=("crisis skip H5 no scheduler is used",)),
    Command(crisis_take, Role.VOLUNTEER, examples=("crisis take spotter", "crisis take voice")),
    Command(crisis_give, Role.VOLUNTEER, examples=("crisis give spotter",)),
    Command(crisis_kind, Role.VOLUNTEER, examples=("crisis kind hijacked_account", "crisis kind comment storm")),
    Command(crisis_level, Role.VOLUNTEER, examples=("crisis level S3", "crisis level watch")),
    Command(crisis_accounts, Role.VOLUNTEER, examples=("crisis accounts pw-fb",)),
    Command(crisis_event, Role.VOLUNTEER, examples=("crisis event regained",)),
    Command(crisis_lead, Role.VOLUNTEER, examples=("crisis lead office",)),
    Command(crisis_backup, Role.VOLUNTEER, examples=("crisis backup new members",)),
    Command(crisis_suspect, Role.VOLUNTEER, examples=("crisis suspect preservation week",)),
    Command(crisis_heard, Role.VOLUNTEER, examples=("crisis heard preservation week",)),
    Command(crisis_update, Role.VOLUNTEER, examples=("crisis update the page is reported, nothing new is posted",)),
    Command(crisis_false_alarm, Role.VOLUNTEER, examples=("crisis false-alarm",)),
    Command(crisis_close, Role.VOLUNTEER, examples=("crisis close",)),
    Command(crisis_review, Role.VOLUNTEER, examples=("crisis review", "crisis review 3")),
    Command(crisis_list, Role.OBSERVER, examples=("crisis list",), reads=True),
    Command(crisis_ready, Role.VOLUNTEER, examples=("crisis ready",), reads=True),
    Command(crisis_called, Role.VOLUNTEER, hidden=True),
    Command(crisis_tell, Role.VOLUNTEER, hidden=True),
    Command(hold_show, Role.OBSERVER, examples=("hold show", "hold"), reads=True),
    Command(hold_say, Role.VOLUNTEER, examples=("hold say holding", "hold say paused ce-x", "hold say clean")),
    Command(hold_stand_in, Role.VOLUNTEER, examples=("hold stand-in pw-yt new members",)),
    Command(hold_release, Role.VOLUNTEER, examples=("hold release", "hold release ce-x")),
    Command(statement_list, Role.VOLUNTEER, examples=("statement list",), reads=True),
    Command(statement_fill, Role.VOLUNTEER, examples=("statement fill locked_out",)),
    Command(statement_write, Role.VOLUNTEER, examples=("statement write We are looking into it.",)),
    Command(statement_approve, Role.VOLUNTEER, examples=("statement approve locked_out",)),
    Command(statement_said, Role.VOLUNTEER, examples=("statement said locked_out office-x https://x.com/ALCTS/1",)),
    Command(log_show, Role.OBSERVER, examples=("log show", "log"), reads=True),
    Command(log_blank, Role.VOLUNTEER, examples=("log blank 7 it names a child",)),
    Command(log_protect, Role.VOLUNTEER, examples=("log protect Jane Doe",)),
    Command(shift_add, Role.VOLUNTEER, examples=("shift add office new-members",)),
    Command(shift_list, Role.OBSERVER, examples=("shift list",), reads=True),
    Command(lesson_add, Role.VOLUNTEER, examples=("lesson add", 'lesson add "two admins on every page" ben 1 march')),
    Command(lesson_list, Role.OBSERVER, examples=("lesson list",), reads=True),
    Command(lesson_done, Role.VOLUNTEER, hidden=True),
    Command(roster_show, Role.OBSERVER, examples=("roster show", "roster"), reads=True),
    Command(roster_set, Role.VOLUNTEER, examples=("roster set lead me +1 312 555 0100", "roster set counsel Ada Law")),
    Command(roster_agree, Role.OBSERVER, examples=("roster agree",)),
    Command(roster_forget, Role.OBSERVER, examples=("roster forget",)),
    Command(roster_remove, Role.VOLUNTEER, examples=("roster remove lead backup",)),
    Command(roster_reviewed, Role.COORDINATOR, examples=("roster reviewed",)),
    Command(drill_start, Role.VOLUNTEER, examples=("drill start", "drill start hijacked account 10")),
    Command(drill_agree, Role.VOLUNTEER, examples=("drill agree yes", "drill agree no")),
    Command(drill_end, Role.VOLUNTEER, examples=("drill end",)),
    Command(playbook_show, Role.OBSERVER, examples=("playbook show", "playbook"), reads=True),
    Command(playbook_export, Role.VOLUNTEER, examples=("playbook export", "playbook export comment_storm"), reads=True),
    Command(playbook_import, Role.COORDINATOR, examples=("playbook import",)),
    Command(playbook_versions, Role.OBSERVER, examples=("playbook versions",), reads=True),
    Command(playbook_back, Role.COORDINATOR, examples=("playbook back 2",)),
    Command(checklist_show, Role.OBSERVER, examples=("checklist show", "checklist"), reads=True),
    Command(
        checklist_start,
        Role.VOLUNTEER,
        examples=("checklist start livestream", "checklist start livestream friday 3pm"),
    ),
)

ALARMS: dict[str, Alarm] = {
    AFTERWARDS: afterwards,
    BOARD: draw,
    CALL: call_late,
    LESSON: lesson_due,
    QUESTION: question_due,
    READY: remind,
    RECEIPT: ring,
    REVIEW: review_due,
    SHIFT: shift_alarm,
    STEP: late,
    SURPRISE: surprise,
    UPDATE: update_due,
}

AFTER: tuple[tuple[type, Callable[..., Any]], ...] = (
    (Moved, moved),
    (VolunteerLeft, volunteer_left),
    (TeamChanged, team_changed),
    (HomeOpened, at_home),
    (WelcomeOpened, in_welcome),
    (Sweep, sweep),
    (Describe, describe),
)

KINDS: tuple[type[Any], ...] = (
    Crisis,
    Receipt,
    Contact,
    Seat,
    Call,
    Turn,
    Shift,
    Held,
    Job,
    LogEntry,
    Protected,
    Question,
    Words,
    Ahead,
    Lesson,
    Playbook,
    Upkeep,
    DrillConsent,
    Paper,
)
