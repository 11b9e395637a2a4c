"""What is known of an account's posts: fresh, due soon, due, no record or paused. One pure function of the facts.

A post, or somebody's word that the account is posting as normal, is evidence. It lasts while the rhythm's span of whole
local dates has not passed: with "every 2 days", a post on Monday keeps until Wednesday is over. Somebody's word lasts
as long as a post on that day would, seven days at least. "N a week" runs out when the last seven whole days hold fewer
than N posts. A clock that starts afresh (a new owner, the end of an absence or of a hold) gives one more span. Time
alone leads fresh → due soon → due, and ends a pause.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.topics.accounts.model import Status
from bot.topics.posting.cadence import WEEK, Cadence
from bot.topics.posting.model import Watch
from bot.topics.team.hours import DAY, Hours, at, local_day

QUESTIONS = 2  # how often an owner is asked whether anything is known of an account
BETWEEN_QUESTIONS = timedelta(days=7)
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


class State(StrEnum):
    """What is known of an account."""

    FRESH = "fresh"
    DUE_SOON = "due soon"
    DUE = "due"
    NO_RECORD = "no record"
    PAUSED = "paused"


class Pause(StrEnum):
    """Why an account is paused."""

    RETIRED = "retired"
    DORMANT = "dormant"
    NO_RHYTHM = "no rhythm"
    SNOOZED = "snoozed"
    AWAY = "away"
    HELD = "on hold"


AT_REST = {Status.RETIRED: Pause.RETIRED, Status.DORMANT: Pause.DORMANT}


class Facts(Struct, frozen=True):
    """What the state is made of. `posts` are the last ones, newest first, as many as the cadence needs.

    `away` says that the owner is away and nobody stands in, `away_until` when that ends, if that is known. `held` says
    that the account is on hold.
    """

    status: Status
    cadence: Cadence | None
    rhythm_unwanted: bool
    posts: Sequence[datetime]
    watch: Watch
    away: bool = False
    away_until: datetime | None = None
    held: bool = False


class Judged(Struct, frozen=True):
    """The state, since when, when it next changes by time alone (None: never), and when a post is or will be due."""

    state: State
    since: datetime | None = None
    changes: datetime | None = None
    due: datetime | None = None
    why: Pause | None = None


def judge(facts: Facts, calendar: Hours, now: datetime) -> Judged:
    """The account's state at `now`. The calendar is the team's: its zone and public holidays."""
    due = due_at(facts, calendar)
    pause = _pause(facts, due, now)
    if pause is not None:
        return pause
    if not _known(facts):
        return Judged(State.NO_RECORD, facts.watch.clock_from)
    if facts.cadence is None or due is None:
        return Judged(State.PAUSED, why=Pause.NO_RHYTHM)
    if now >= due:
        return Judged(State.DUE, max(due, facts.watch.snoozed_until or due), None, due)
    soon = at(calendar.zone, local_day(calendar.zone, due) - facts.cadence.notice * DAY, time(0))
    if now >= soon:
        return Judged(State.DUE_SOON, soon, due, due)
    return Judged(State.FRESH, latest(facts), soon, due)


def _pause(facts: Facts, due: datetime | None, now: datetime) -> Judged | None:
    """The pause that the account is in, whatever is known of its posts."""
    snoozed = facts.watch.snoozed_until
    if facts.status in AT_REST:
        return Judged(State.PAUSED, why=AT_REST[facts.status])
    if facts.held:
        return Judged(State.PAUSED, due=due, why=Pause.HELD)
    if facts.rhythm_unwanted:
        return Judged(State.PAUSED, why=Pause.NO_RHYTHM)
    if facts.away:
        return Judged(State.PAUSED, changes=facts.away_until, due=due, why=Pause.AWAY)
    if snoozed is not None and now < snoozed:
        return Judged(State.PAUSED, changes=snoozed, due=due, why=Pause.SNOOZED)
    return None


def _known(facts: Facts) -> bool:
    return bool(facts.posts) or facts.watch.normal_at is not None


def latest(facts: Facts) -> datetime | None:
    """When there was last evidence of life: a post, or somebody's word."""
    known = [*facts.posts[:1], *([facts.watch.normal_at] if facts.watch.normal_at else [])]
    return max(known, default=None)


def due_at(facts: Facts, calendar: Hours) -> datetime | None:
    """When the evidence runs out; None without evidence or without a rhythm."""
    cadence, watch = facts.cadence, facts.watch
    if cadence is None or not _known(facts):
        return None
    days: list[date] = []
    if facts.posts:
        # Where fewer posts are known than a week wants, the window starts with the first that is known.
        counted = facts.posts[min(cadence.posts, len(facts.posts)) - 1]
        days.append(cadence.runs_out(local_day(calendar.zone, counted), calendar))
    if watch.normal_at is not None:
        said = local_day(calendar.zone, watch.normal_at)
        days += [cadence.runs_out(said, calendar), said + (WEEK + 1) * DAY]
    if watch.clock_from is not None:
        days.append(cadence.runs_out(local_day(calendar.zone, watch.clock_from), calendar))
    return at(calendar.zone, max(days), time(0))


def question_at(watch: Watch, cadence: Cadence | None, calendar: Hours) -> datetime | None:
    """When the owner of an account without a record may next be asked about it; None: no more.

    At once for one that is new here, after one span (seven days without a rhythm) where its clock started afresh, and
    once again a week after a question that nobody answered.
    """
    if len(watch.questions) >= QUESTIONS:
        return None
    times = [AT_ONCE]
    if watch.clock_from is not None:
        started = local_day(calendar.zone, watch.clock_from)
        days = cadence.runs_out(started, calendar) if cadence else started + WEEK * DAY
        times.append(at(calendar.zone, days, time(0)))
    if watch.questions:
        times.append(watch.questions[-1] + BETWEEN_QUESTIONS)
    if watch.snoozed_until is not None:
        times.append(watch.snoozed_until)
    return max(times)
