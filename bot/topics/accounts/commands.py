"""The accounts topic's commands, alarms and reactions, gathered from its files."""

from collections.abc import Callable
from typing import Any

from bot.core.router import Alarm, Command, Role
from bot.topics.accounts.access import access_confirm, access_set, access_show
from bot.topics.accounts.bringing import account_bring_in, account_import, account_preview, forget_sheet
from bot.topics.accounts.changing import ACCESS, HANDOVER, NOBODY, OFFER, SHEET
from bot.topics.accounts.directory import account_add, account_caps, account_mirror, account_show, account_status
from bot.topics.accounts.editing import account_edit
from bot.topics.accounts.finding import find
from bot.topics.accounts.handover import (
    handover_call_off,
    handover_confirm,
    handover_list,
    handover_show,
    handover_start,
    handover_take_back,
)
from bot.topics.accounts.keeping import (
    ask_about_access,
    at_home,
    describe,
    in_nudge,
    in_welcome,
    remind_of_handover,
    remind_of_offer,
    sweep_accounts,
    tell_of_nobody,
)
from bot.topics.accounts.leaving import term_ending, volunteer_left, volunteer_unmatched
from bot.topics.accounts.lists import accounts
from bot.topics.accounts.model import Access, Account, Claim, Handover, Hold, Offer, Sheet
from bot.topics.accounts.offering import accept, decline, offer, offers, withdraw
from bot.topics.accounts.owning import claim, drop, unowned
from bot.topics.accounts.retiring import account_merge, account_restore, account_retire
from bot.topics.team.facts import (
    Describe,
    HomeOpened,
    NudgeTime,
    Sweep,
    TermEnding,
    VolunteerLeft,
    VolunteerUnmatched,
    WelcomeOpened,
)

COMMANDS: tuple[Command, ...] = (
    Command(find, Role.ANYONE, examples=("find @ALCTS_CE", "find preservation facebook", "find photos"), reads=True),
    Command(accounts, Role.OBSERVER, examples=("accounts", "accounts nobody", "accounts one person only"), reads=True),
    Command(account_show, Role.ANYONE, examples=("account show ce-x",), reads=True),
    Command(claim, Role.VOLUNTEER, examples=("claim pw-yt", "claim ce-x as backup")),
    Command(offer, Role.VOLUNTEER, examples=("offer ce-x regional groups", "offer ce-x office as backup")),
    Command(offers, Role.VOLUNTEER, examples=("offers",), reads=True),
    Command(accept, Role.VOLUNTEER, examples=("accept", "accept pw-yt")),
    Command(decline, Role.VOLUNTEER, examples=("decline pw-yt",)),
    Command(withdraw, Role.VOLUNTEER, examples=("withdraw ce-x",)),
    Command(drop, Role.VOLUNTEER, examples=("drop ce-x", "drop ce-x as backup")),
    Command(unowned, Role.COORDINATOR, examples=("unowned pw-yt 1 march", "unowned pw-yt in 3 months")),
    Command(handover_show, Role.VOLUNTEER, examples=("handover show", "handover show ce-x"), reads=True),
    Command(handover_start, Role.VOLUNTEER, examples=("handover start ce-x regional groups",)),
    Command(handover_confirm, Role.VOLUNTEER, examples=("handover confirm ce-x access", "handover confirm ce-x all")),
    Command(handover_take_back, Role.VOLUNTEER, examples=("handover take-back ce-x notes",)),
    Command(handover_call_off, Role.VOLUNTEER, examples=("handover call-off ce-x",)),
    Command(handover_list, Role.VOLUNTEER, examples=("handover list",), reads=True),
    Command(access_show, Role.OBSERVER, examples=("access show ce-x",), reads=True),
    Command(access_set, Role.VOLUNTEER, examples=("access set ce-x the office password manager",)),
    Command(access_confirm, Role.VOLUNTEER, examples=("access confirm ce-x",)),
    Command(account_add, Role.COORDINATOR, examples=("account add x ALCTS Jobs @ALCTS_Jobs",)),
    Command(
        account_edit,
        Role.VOLUNTEER,
        examples=("account edit ce-x purpose Tell members about courses", "account edit ce-x handle @ALCTS_Learn"),
    ),
    Command(account_status, Role.VOLUNTEER, examples=("account status crg-x active",)),
    Command(account_mirror, Role.VOLUNTEER, examples=("account mirror office-fb office-x identical",)),
    Command(account_caps, Role.VOLUNTEER, examples=("account caps ce-x 2 7",)),
    Command(account_retire, Role.COORDINATOR, examples=("account retire assoc-fl",)),
    Command(account_merge, Role.COORDINATOR, examples=("account merge assoc-fl midwinter-fl",)),
    Command(account_restore, Role.COORDINATOR, examples=("account restore assoc-fl",)),
    Command(account_import, Role.COORDINATOR, examples=("account import", "account import accounts.csv")),
    Command(account_preview, Role.COORDINATOR, reads=True, hidden=True),
    Command(account_bring_in, Role.COORDINATOR, hidden=True),
)

ALARMS: dict[str, Alarm] = {
    ACCESS: ask_about_access,
    NOBODY: tell_of_nobody,
    OFFER: remind_of_offer,
    HANDOVER: remind_of_handover,
    SHEET: forget_sheet,
}

AFTER: tuple[tuple[type, Callable[..., Any]], ...] = (
    (VolunteerLeft, volunteer_left),
    (VolunteerUnmatched, volunteer_unmatched),
    (TermEnding, term_ending),
    (NudgeTime, in_nudge),
    (WelcomeOpened, in_welcome),
    (HomeOpened, at_home),
    (Describe, describe),
    (Sweep, sweep_accounts),
)

KINDS: tuple[type[Any], ...] = (Account, Access, Offer, Claim, Handover, Hold, Sheet)
