"""Drafting's commands, what falls due, and what follows changes elsewhere, gathered from its files."""

from collections.abc import Callable
from typing import Any

from bot.core.router import Alarm, Command, Role, Shortcut
from bot.topics.accounts.model import AccountChanged
from bot.topics.drafting.approving import (
    approve,
    approver_was_wrong,
    authors_changed,
    policy_changed,
    remind_approvers,
    review,
    send_back,
)
from bot.topics.drafting.archive import archive
from bot.topics.drafting.at_home import drafting_home
from bot.topics.drafting.checking import check, fix, looked, sources
from bot.topics.drafting.drafts import draft, write
from bot.topics.drafting.jar import tip_add
from bot.topics.drafting.keeping import WAITS
from bot.topics.drafting.listing import drafts, read
from bot.topics.drafting.model import AccountVoice, Draft, HashtagLook, HashtagUse, Policy, PolicyChanged, Subject, Tip
from bot.topics.drafting.options import TIP_ROOM
from bot.topics.drafting.policy import (
    policy_allow,
    policy_approver,
    policy_approvers,
    policy_in_welcome,
    policy_need,
    policy_remove,
    policy_restrict,
    policy_show,
)
from bot.topics.drafting.publishing import went_out
from bot.topics.drafting.reactions import (
    account_changed,
    describe,
    draft_out,
    holder_was_wrong,
    post_recorded,
    post_undone,
    sweep,
    volunteer_left,
)
from bot.topics.drafting.rewording import answer, discard, picture, post_without, recover, reword, wording
from bot.topics.drafting.showing import tip_list, tip_show
from bot.topics.drafting.tending import (
    tip_claim,
    tip_dismiss,
    tip_edit,
    tip_merge,
    tip_release,
    tip_reopen,
    tip_week,
    tip_withdraw,
)
from bot.topics.drafting.tips import STALE, TELL, look_at_day, tell_giver
from bot.topics.drafting.voices import voice_set, voice_show
from bot.topics.posting.model import DraftOut, PostRecorded, PostUndone
from bot.topics.team.facts import Describe, HomeOpened, Sweep, VolunteerLeft, VolunteerUnmatched, WelcomeOpened

KINDS: tuple[type[Any], ...] = (Tip, Draft, Policy, Subject, HashtagUse, HashtagLook, AccountVoice)

COMMANDS: tuple[Command, ...] = (
    Command(
        tip_add,
        Role.ANYONE,
        examples=(
            "tip add Our webinar on book repair is free next Tuesday",
            "tip add We won a prize https://ala.org/news",
        ),
        room=TIP_ROOM,
        shortcut=Shortcut("Save as tip", "Keep what this message says as a tip for posts."),
    ),
    Command(tip_list, Role.OBSERVER, examples=("tip list", "tip list mine", "tip list expiring"), reads=True),
    Command(tip_show, Role.OBSERVER, examples=("tip show webinar",), reads=True),
    Command(tip_claim, Role.VOLUNTEER, examples=("tip claim webinar",)),
    Command(tip_release, Role.VOLUNTEER, examples=("tip release webinar",)),
    Command(tip_dismiss, Role.VOLUNTEER, examples=("tip dismiss webinar we have posted it already",)),
    Command(tip_reopen, Role.VOLUNTEER, examples=("tip reopen k3v9",)),
    Command(tip_merge, Role.VOLUNTEER, examples=("tip merge k3v9 webinar",)),
    Command(tip_edit, Role.VOLUNTEER, examples=("tip edit webinar when=friday",), room=TIP_ROOM),
    Command(tip_week, Role.VOLUNTEER, examples=("tip week next webinar",)),
    Command(tip_withdraw, Role.ANYONE, examples=("tip withdraw k3v9",)),
    Command(draft, Role.VOLUNTEER, examples=("draft ce-x", "draft ce-x webinar")),
    Command(write, Role.VOLUNTEER, examples=("write ce-x", "write ce-x Our new catalogue is live.")),
    Command(drafts, Role.VOLUNTEER, examples=("drafts", "drafts review"), reads=True),
    Command(read, Role.VOLUNTEER, examples=("read ce-x",), reads=True),
    Command(reword, Role.VOLUNTEER, examples=("reword ce-x",)),
    Command(picture, Role.VOLUNTEER, examples=("picture ce-x Two hands sew the spine of a book",)),
    Command(answer, Role.VOLUNTEER, examples=("answer ce-x register by 5 December",)),
    Command(review, Role.VOLUNTEER, examples=("review ce-x",)),
    Command(approve, Role.VOLUNTEER, examples=("approve ce-x",)),
    Command(send_back, Role.VOLUNTEER, examples=("send back ce-x The date is missing",)),
    Command(discard, Role.VOLUNTEER, examples=("discard ce-x",)),
    Command(recover, Role.VOLUNTEER, examples=("recover k3v9",)),
    Command(sources, Role.VOLUNTEER, examples=("sources ce-x",), reads=True),
    Command(check, Role.VOLUNTEER, examples=("check Join our webinar on Friday! ce-x",)),
    Command(looked, Role.VOLUNTEER, examples=("looked #PresWk",)),
    Command(voice_show, Role.OBSERVER, examples=("voice show ce-x",), reads=True),
    Command(
        voice_set,
        Role.VOLUNTEER,
        examples=("voice set ce-x manner warm", "voice set ce-x hashtags #BookRepair #PresWk"),
    ),
    Command(archive, Role.OBSERVER, examples=("archive webinar preservation",), reads=True),
    Command(policy_show, Role.OBSERVER, examples=("policy", "policy show"), reads=True),
    Command(policy_need, Role.COORDINATOR, examples=("policy need always",)),
    Command(policy_approvers, Role.COORDINATOR, examples=("policy approvers coordinators",)),
    Command(
        policy_restrict,
        Role.COORDINATOR,
        examples=(
            'policy restrict "labour disputes" strike, lockout',
            'policy restrict elections champion="the chapter"',
        ),
    ),
    Command(policy_allow, Role.COORDINATOR, examples=("policy allow webinars",)),
    Command(policy_approver, Role.COORDINATOR, examples=("policy approver Ana elections",)),
    Command(policy_remove, Role.COORDINATOR, examples=("policy remove elections",)),
    Command(fix, Role.VOLUNTEER, hidden=True),
    Command(wording, Role.VOLUNTEER, hidden=True),
    Command(post_without, Role.VOLUNTEER, hidden=True),
    Command(went_out, Role.VOLUNTEER, hidden=True, reads=True),
)

ALARMS: dict[str, Alarm] = {STALE: look_at_day, TELL: tell_giver, WAITS: remind_approvers}

AFTER: tuple[tuple[type, Callable[..., Any]], ...] = (
    (AccountChanged, account_changed),
    (DraftOut, draft_out),
    (PolicyChanged, policy_changed),
    (PostRecorded, post_recorded),
    (PostUndone, post_undone),
    (VolunteerLeft, volunteer_left),
    (VolunteerLeft, authors_changed),
    (VolunteerUnmatched, approver_was_wrong),
    (VolunteerUnmatched, holder_was_wrong),
    (WelcomeOpened, policy_in_welcome),
    (HomeOpened, drafting_home),
    (Describe, describe),
    (Sweep, sweep),
)
