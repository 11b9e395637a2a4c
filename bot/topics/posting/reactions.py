"""What posting does when something changes elsewhere: accounts, hours, volunteers, the team; and the nightly sweep."""

from msgspec.structs import replace

from bot.core.router import Context
from bot.topics.accounts.model import Account, AccountChanged, HoldChanged
from bot.topics.posting.chain import Stage
from bot.topics.posting.evidence import Judged, Pause, State
from bot.topics.posting.model import Watch, afresh, answered
from bot.topics.posting.watching import GAP, Look, look_at, mirrors_of, settle, tend
from bot.topics.team.facts import Describe, Described, HoursChanged, Sweep, TeamChanged, VolunteerJoined, VolunteerLeft

RECOUNT = "recount"
SWEPT = 100  # accounts of one page


def account_changed(context: Context, changed: AccountChanged) -> None:
    """A fresh clock for a new owner or after a rest; other hands, another rhythm or rest end what was being asked."""
    before, account = changed.before, changed.account
    watch = context.records.get(Watch, account.id)
    if changed.fresh:
        settle(context, replace(afresh(watch or Watch(account.id), context.now), questions=()))
    elif watch is not None and before is not None and _hangs_on(before) != _hangs_on(account):
        settle(context, answered(watch, context.now))
    tend(context, account.id)
    for mirror in mirrors_of(context.records, account):
        tend(context, mirror.id)


def _hangs_on(account: Account) -> tuple[object, ...]:
    """What of an account a chain hangs on."""
    rhythm = (account.every, account.per_week, account.days, account.network)
    return account.owner, account.backup, account.status, account.mirror_of, account.mirror_kind, *rhythm


def hold_changed(context: Context, changed: HoldChanged) -> None:
    """On hold, nobody is asked about the account any more; let go, its clock starts afresh."""
    account = changed.account
    watch = context.records.get(Watch, account.id) or Watch(account.id)
    settle(context, answered(watch, context.now) if changed.held else afresh(watch, context.now))
    tend(context, account.id)
    for mirror in mirrors_of(context.records, account):
        tend(context, mirror.id)


def hours_changed(context: Context, changed: HoursChanged) -> None:
    """Somebody goes away, comes back, or takes messages again: their accounts, and those that they help with.

    Who is back starts afresh.
    """
    who = changed.volunteer
    for account in context.records.find(Account, owner=who.id):
        if changed.back:
            watch = context.records.get(Watch, account.id) or Watch(account.id)
            settle(context, afresh(watch, context.now))
        tend(context, account.id)
    _tend_helped(context, who.id)


def _tend_helped(context: Context, volunteer_id: str) -> None:
    backed = [one.id for one in context.records.find(Account, backup=volunteer_id)]
    helped = [one.id for one in context.records.find(Watch, helper=volunteer_id)]
    for id in dict.fromkeys([*backed, *helped]):
        tend(context, id)


def volunteer_joined(context: Context, joined: VolunteerJoined) -> None:
    """Somebody who was invited is here: they can be asked now."""
    for account in context.records.find(Account, owner=joined.volunteer.id):
        tend(context, account.id)
    _tend_helped(context, joined.volunteer.id)


def volunteer_left(context: Context, left: VolunteerLeft) -> None:
    """Somebody who was asked for help has left: the next one is asked. Their accounts, the accounts topic frees."""
    _tend_helped(context, left.volunteer.id)


def team_changed(context: Context, changed: TeamChanged) -> None:
    """Days count in the team's dates: with another zone or other holidays all are counted again, a page at a time."""
    if (changed.before.zone, changed.before.country) != (changed.team.zone, changed.team.country):
        context.records.wake(RECOUNT, "0", context.now)


def recount(context: Context, page: str) -> None:
    """The alarm that counts a page of accounts again, then the next one."""
    number = int(page)
    accounts = context.records.find(Account, limit=SWEPT, offset=number * SWEPT)
    for account in accounts:
        tend(context, account.id)
    if len(accounts) == SWEPT:
        context.records.wake(RECOUNT, str(number + 1), context.now)


def sweep(context: Context, look: Sweep) -> bool:
    """Accounts of this page that miss an entry on the agenda, though something will be due, get theirs back."""
    accounts = context.records.find(Account, limit=SWEPT, offset=look.page * SWEPT)
    for account in accounts:
        if not context.records.agenda(alarm=GAP, subject=account.id, limit=1):
            tend(context, account.id)
    return len(accounts) == SWEPT


def describe(context: Context, entry: Describe) -> Described | None:
    """An entry of this topic's, in words."""
    if entry.alarm != GAP:
        return None
    account = context.records.get(Account, entry.subject)
    if account is None:
        return None
    look = look_at(context.records, account, context.now)
    whose = tuple(dict.fromkeys(one for one in (account.owner, look.watch.helper) if one))
    return Described(_coming(look, look.judged), whose)


def _coming(look: Look, judged: Judged) -> str:
    short = look.account.short
    match judged.state:
        case State.FRESH | State.DUE_SOON:
            return f"{short}: a post is due"
        case State.NO_RECORD:
            return f"{short}: I ask whether anything is known of it"
        case State.PAUSED:
            return f"{short}: its {'snooze' if judged.why is Pause.SNOOZED else 'pause'} is over"
        case State.DUE:
            waits = look.watch.chain.stage in (Stage.AGENDA, Stage.TOLD)
            return f"{short}: somebody could see to it" if waits else f"{short}: I look again whether a post is noted"
