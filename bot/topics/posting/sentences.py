"""An account's state in words: only what is recorded counts, since most networks don't tell; nothing is a reproach."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.topics.posting.evidence import Judged, Pause, State
from bot.topics.posting.model import Post
from bot.topics.posting.watching import Look
from bot.topics.team.days import understood_day
from bot.topics.team.hours import DAY, local_day

SAME_YEAR = 300  # days around today in which a date needs no year
WEEK = 7 * DAY


def day_words(day: date, today: date) -> str:
    """`Tue 3 Nov`, with the year where that could be another one."""
    words = understood_day(day)
    return words if abs((day - today).days) > SAME_YEAR else words.rpartition(" ")[0]


def when_words(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """What was understood, for whoever said it: `yesterday 15:00 your time`."""
    day, today = local_day(zone, at), local_day(zone, now)
    named = {today: "today", today - DAY: "yesterday"}.get(day) or day_words(day, today)
    return f"{named} {at.astimezone(zone):%H:%M} your time"


def state_words(look: Look, now: datetime) -> str:
    """One sentence on the account's state, without a full stop: `No post recorded on ce-x since Tue 3 Nov`."""
    match look.judged.state:
        case State.DUE:
            return _due_words(look, now)
        case State.FRESH | State.DUE_SOON:
            return _going_words(look, now)
        case State.NO_RECORD:
            return f"Nothing is recorded on {look.account.short} yet"
        case State.PAUSED:
            return _paused_words(look, look.judged, now)


def _day(look: Look, at: datetime, now: datetime) -> str:
    return day_words(local_day(look.calendar.zone, at), local_day(look.calendar.zone, now))


def _due_words(look: Look, now: datetime) -> str:
    short, posts = look.account.short, look.posts
    wanted = look.cadence.per_week if look.cadence else 0
    if wanted and (count := _this_week(look, posts, now)):
        return f"{count} of {wanted} posts a week recorded on {short}"
    if not posts:
        return f"No post recorded on {short} yet{_word(look, now)}"
    since = f"No post recorded on {short} since {_day(look, posts[0].at, now)}"
    return since + (_word(look, now) if _said_later(look) else "")


def _this_week(look: Look, posts: tuple[Post, ...], now: datetime) -> int:
    first = local_day(look.calendar.zone, now) - WEEK
    return sum(local_day(look.calendar.zone, post.at) >= first for post in posts)


def _said_later(look: Look) -> bool:
    said = look.watch.normal_at
    return said is not None and (not look.posts or look.posts[0].at < said)


def _word(look: Look, now: datetime) -> str:
    said = look.watch.normal_at
    return f"; the last word was “as normal”, on {_day(look, said, now)}" if said else ""


def _going_words(look: Look, now: datetime) -> str:
    judged = look.judged
    said = look.watch.normal_at
    if said is not None and _said_later(look):
        known = f"posting as normal, as of {_day(look, said, now)}"
    else:
        known = f"last post {_day(look, look.posts[0].at, now)}"
    by = local_day(look.calendar.zone, judged.due) - DAY if judged.due else None
    if by is None:
        return f"{look.account.short}: {known}"
    today = local_day(look.calendar.zone, now)
    until = "today" if by == today else f"by {day_words(by, today)}"
    return f"{look.account.short}: {known}; the next one {until}"


def _paused_words(look: Look, judged: Judged, now: datetime) -> str:
    short = look.account.short
    last = f"; last post {_day(look, look.posts[0].at, now)}" if look.posts else ""
    until = f" until {_day(look, judged.changes, now)}" if judged.changes else ""
    match judged.why:
        case Pause.RETIRED:
            return f"{short} is retired{last}"
        case Pause.DORMANT:
            return f"{short} is dormant, so I remind nobody{last}"
        case Pause.HELD:
            return f"{short} is on hold, so I remind nobody{last}"
        case Pause.SNOOZED:
            return f"{short} is snoozed{until}{last}"
        case Pause.AWAY:
            return f"{short} waits{until or ' until its owner is back'}{last}"
        case _:
            return f"{short} has no rhythm, so I remind nobody{last}"
