"""Looking at an account with everything that its state hangs on, and seeing to it that who should hears of it.

An owner who is away pauses the account, unless a backup can stand in: then the backup is asked when a post is due. The
same goes for an owner who takes no messages, but there a coordinator is told where no backup can be asked. An account
without an owner waits for nobody's nudge unless it has a backup: that weekly word is the accounts topic's. An identical
mirror goes with its source: what goes out there counts here, and nobody is reminded of it by itself.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.model import Account, Hold, MirrorKind
from bot.topics.posting.cadence import NONE, Cadence, cadence_of, shipped_defaults
from bot.topics.posting.chain import (
    Chain,
    Event,
    Stage,
    asks_helper,
    asks_owner,
    help_from,
    stepped,
)
from bot.topics.posting.evidence import Facts, Judged, Pause, State, judge, question_at
from bot.topics.posting.model import Post, Watch, answered, with_chain
from bot.topics.team.hours import DAY, Hours, at, is_away, local_day
from bot.topics.team.model import Notice, Volunteer
from bot.topics.team.nudging import ask_for_nudge, coordinators, hours_of, notify, reachable, team_of

GAP = "gap"
MIRRORS = 5  # steps from mirror to source that are followed
NEXT_LOOK = timedelta(days=1)  # while an account is due, should anything else not wake it
AFTER_ABSENCE = timedelta(hours=1)  # the end of an absence has its own alarm; this is for the case that it is missing
NOTICE_LASTS = timedelta(days=14)


class Look(Struct, frozen=True):
    """An account as it stands. `posts` are the last ones, newest first; `source` is the account that it mirrors.

    `owner` is None where nobody owns it; `reached` says that the owner can be asked now.
    """

    account: Account
    watch: Watch
    calendar: Hours
    cadence: Cadence | None
    posts: tuple[Post, ...]
    judged: Judged
    owner: Volunteer | None = None
    reached: bool = False
    source: Account | None = None

    @property
    def is_due(self) -> bool:
        """Is a post due that nobody is at?"""
        return self.judged.state is State.DUE and self.source is None and asks_owner(self.watch.chain)


def team_calendar(records: Records) -> Hours:
    """The days that count for everybody: the team's zone, weekends and public holidays."""
    team = team_of(records)
    return Hours(ZoneInfo(team.zone), country=team.country or None)


def look_at(
    records: Records,
    account: Account,
    now: datetime,
    *,
    calendar: Hours | None = None,
    defaults: Mapping[str, int] | None = None,
    nudged: Volunteer | None = None,
) -> Look:
    """The account as it stands at `now`. `nudged` is somebody known to be here, since their nudge is being written."""
    calendar = calendar or team_calendar(records)
    defaults = shipped_defaults() if defaults is None else defaults
    source = source_of(records, account, defaults)
    kept = source or account
    cadence = cadence_of(kept, defaults)
    watch = records.get(Watch, kept.id) or Watch(kept.id)
    posts = last_posts(records, kept.id, cadence)
    if source is not None:
        posts = tuple(sorted((*posts, *last_posts(records, account.id, cadence)), key=_newest_first))
    known = nudged is not None and nudged.id == kept.owner
    owner, reached, away_until, absent = (nudged, True, None, False) if known else _owner(records, kept, now)
    facts = Facts(
        account.status,
        cadence,
        kept.every == NONE,
        tuple(post.at for post in posts),
        watch,
        absent and not can_be_asked(records, kept.backup, now),
        away_until,
        records.get(Hold, kept.id) is not None,
    )
    return Look(account, watch, calendar, cadence, posts, judge(facts, calendar, now), owner, reached, source)


def _newest_first(post: Post) -> tuple[float, str]:
    return -post.at.timestamp(), post.id


def last_posts(records: Records, account_id: str, cadence: Cadence | None) -> tuple[Post, ...]:
    """As many of the last posts as decide, newest first."""
    return tuple(records.find(Post, account=account_id, order="-at", limit=cadence.posts if cadence else 1))


def source_of(records: Records, account: Account, defaults: Mapping[str, int]) -> Account | None:
    """The account that this one repeats word for word, through others where need be, if that one keeps a rhythm."""
    found, seen = account, {account.id}
    for _step in range(MIRRORS):
        if found.mirror_kind is not MirrorKind.IDENTICAL or not found.mirror_of or found.mirror_of in seen:
            break
        source = records.get(Account, found.mirror_of)
        if source is None:
            break
        seen.add(source.id)
        found = source
    return found if found.id != account.id and cadence_of(found, defaults) is not None else None


def mirrors_of(records: Records, account: Account) -> list[Account]:
    """The accounts that repeat this one word for word."""
    return records.find(Account, mirror_of=account.id, mirror_kind=MirrorKind.IDENTICAL)


def _owner(records: Records, account: Account, now: datetime) -> tuple[Volunteer | None, bool, datetime | None, bool]:
    """The owner, whether they can be asked now, when they will be back, and whether they are away."""
    owner = records.get(Volunteer, account.owner) if account.owner else None
    if owner is None:
        return None, False, None, False
    hours = hours_of(records, owner)
    today = local_day(hours.zone, now)
    if not hours.away or not is_away(hours, today):
        return owner, reachable(owner), None, False
    ends = [last for first, last in hours.away if first <= today and (last is None or today <= last)]
    known = [end for end in ends if end is not None]
    until = at(hours.zone, max(known) + DAY, time(0)) if known and len(known) == len(ends) else None
    return owner, False, until, True


def can_be_asked(records: Records, volunteer_id: str, now: datetime) -> bool:
    """Can this volunteer be written to, and are they here?"""
    volunteer = records.get(Volunteer, volunteer_id) if volunteer_id else None
    if volunteer is None or not reachable(volunteer):
        return False
    hours = hours_of(records, volunteer)
    return not hours.away or not is_away(hours, local_day(hours.zone, now))


def tend(context: Context, account_id: str) -> None:
    """See to it that who should hears of the account, and put its next change on the agenda.

    The alarm “gap”, and what follows every change of a fact.
    """
    account = context.records.get(Account, account_id)
    if account is None:
        context.records.wake(GAP, account_id, None)
        context.records.remove(Watch, account_id)
        return
    tend_to(context, look_at(context.records, account, context.now))


def tend_to(context: Context, look: Look) -> None:
    """The same for an account that has been looked at."""
    if look.source is not None:
        _rest(context, look.account.id)
        return
    chain = _asked_on(context, look)
    keep(context, replace(look, watch=with_chain(look.watch, chain)))


def _rest(context: Context, account_id: str) -> None:
    """A mirror: nothing of its own is asked or waited for; what it had said stays for the day it stands alone."""
    context.records.wake(GAP, account_id, None)
    watch = context.records.get(Watch, account_id)
    if watch is not None and watch.chain.stage is not Stage.REST:
        settle(context, answered(watch, context.now))


def keep(context: Context, look: Look) -> None:
    """Write the account's watch where it changed, and its next entry on the agenda."""
    watch = replace(look.watch, due=look.judged.due)
    if watch != context.records.get(Watch, watch.id):
        context.records.put(watch)
    context.records.wake(GAP, look.account.id, next_look(look, context.now))


def next_look(look: Look, now: datetime) -> datetime | None:
    """When something has to be done about the account by time alone."""
    judged = look.judged
    match judged.state:
        case State.FRESH | State.DUE_SOON:
            return judged.due
        case State.NO_RECORD:
            asked = question_at(look.watch, look.cadence, look.calendar)
            if asked is None or look.owner is None:
                return None
            return asked if asked > now else now + NEXT_LOOK
        case State.PAUSED:
            late = AFTER_ABSENCE if judged.why is Pause.AWAY else timedelta(0)
            return judged.changes + late if judged.changes else None
        case State.DUE:
            if look.watch.chain.stage is Stage.REST:
                return None
            ready = help_from(look.watch.chain, look.calendar)
            return min(max(ready, now), now + NEXT_LOOK) if ready else now + NEXT_LOOK


def _asked_on(context: Context, look: Look) -> Chain:
    """The chain as it is now, with whoever it asks put up for a nudge."""
    account, before = look.account, look.watch.chain
    if look.judged.state is State.NO_RECORD and look.reached:
        asked = question_at(look.watch, look.cadence, look.calendar)
        if asked is not None and asked <= context.now:
            ask_for_nudge(context, account.owner)
    chain = stepped(
        before,
        due=look.judged.state is State.DUE and bool(account.owner or account.backup),
        owner=look.reached,
        helper=can_be_asked(context.records, before.helper, context.now),
        seek=lambda: seek(context.records, look, context.now),
        calendar=look.calendar,
        now=context.now,
    )
    if chain.stage is Stage.BACKUP and before.stage is not Stage.BACKUP:
        _tell_owner(context, look, chain)
    if chain.stage is not Stage.REST and look.reached and asks_owner(chain):
        ask_for_nudge(context, account.owner)
    if asks_helper(chain):
        ask_for_nudge(context, chain.helper)
    return chain


def seek(records: Records, look: Look, now: datetime) -> tuple[Event, str]:
    """Whom to turn to next: the backup, then a coordinator, who is not the owner, is here, and was not asked yet."""
    chain, account = look.watch.chain, look.account
    over = {account.owner, *chain.people}
    if chain.stage in (Stage.REST, Stage.OWNER) and account.backup not in over:  # noqa: SIM102 - asking costs a look-up
        if can_be_asked(records, account.backup, now):
            return Event.TO_BACKUP, account.backup
    for one in coordinators(records):
        if one.id not in over and can_be_asked(records, one.id, now):
            return Event.TO_COORDINATOR, one.id
    return Event.TO_NOBODY, ""


def _tell_owner(context: Context, look: Look, chain: Chain) -> None:
    """The owner hears that the backup is asked for a hand."""
    backup = context.records.get(Volunteer, chain.helper)
    if backup is None or look.owner is None or not reachable(look.owner):
        return
    notify(
        context,
        look.owner.id,
        asked_key(look.account.id),
        f"{backup.name}, the backup of {look.account.short}, is asked for a hand with it. Nothing is taken from you.",
        until=context.now + NOTICE_LASTS,
    )


def settle(context: Context, watch: Watch) -> None:
    """Keep a watch after which nobody is asked any more: the owner needn't hear who was."""
    context.records.put(watch)
    context.records.remove(Notice, asked_key(watch.id))


def asked_key(account_id: str) -> str:
    """The key of the notice that tells an owner that their backup is asked."""
    return f"hand/{account_id}"
