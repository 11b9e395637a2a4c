"""Who is asked about an account that is due, and in which order: one state machine, every transition in `NEXT`.

The owner is reminded at each of their nudges while nobody answers. After two unanswered nudges, a working day or more
apart, and one more working day, the backup is asked for a hand; without one, or where they decline or don't answer
twice, a coordinator is told once; where none can be told, the account stands on the agenda only. A recorded post, any
button, a snooze, an absence or a change of hands ends the chain. All pure: `now` and the calendar are values.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.topics.team.hours import DAY, Hours, at, local_day, next_working_day, working_days_between

UNANSWERED = 2  # nudges without an answer after which the next one is asked
HELP_TIME = timedelta(days=7)  # for a backup who said yes


class Stage(StrEnum):
    """How far the asking has come. Rest: nobody is asked. Told and agenda: nobody else will be."""

    REST = "rest"
    OWNER = "owner"
    BACKUP = "backup"
    HELPING = "helping"
    COORDINATOR = "coordinator"
    TOLD = "told"
    AGENDA = "agenda"


class Event(StrEnum):
    """What moves the chain on. The three `to-…` say whom help is sought from: the first who can be asked."""

    DUE = "due"
    TO_BACKUP = "to-backup"
    TO_COORDINATOR = "to-coordinator"
    TO_NOBODY = "to-nobody"
    YES = "yes"
    HEARD = "heard"
    OVER = "over"


NEXT: Mapping[tuple[Stage, Event], Stage] = {
    (Stage.REST, Event.DUE): Stage.OWNER,
    # The owner can't be asked (away, or takes no messages): help is sought at once.
    (Stage.REST, Event.TO_BACKUP): Stage.BACKUP,
    (Stage.REST, Event.TO_COORDINATOR): Stage.COORDINATOR,
    (Stage.REST, Event.TO_NOBODY): Stage.AGENDA,
    (Stage.OWNER, Event.TO_BACKUP): Stage.BACKUP,
    (Stage.OWNER, Event.TO_COORDINATOR): Stage.COORDINATOR,
    (Stage.OWNER, Event.TO_NOBODY): Stage.AGENDA,
    # Declined, not answered twice, or no longer there to be asked.
    (Stage.BACKUP, Event.YES): Stage.HELPING,
    (Stage.BACKUP, Event.TO_COORDINATOR): Stage.COORDINATOR,
    (Stage.BACKUP, Event.TO_NOBODY): Stage.AGENDA,
    # Said yes, and a week has passed without a post.
    (Stage.HELPING, Event.TO_COORDINATOR): Stage.COORDINATOR,
    (Stage.HELPING, Event.TO_NOBODY): Stage.AGENDA,
    (Stage.COORDINATOR, Event.HEARD): Stage.TOLD,
    (Stage.COORDINATOR, Event.TO_COORDINATOR): Stage.COORDINATOR,  # another one: the first went away unheard
    (Stage.COORDINATOR, Event.TO_NOBODY): Stage.AGENDA,
    (Stage.AGENDA, Event.TO_COORDINATOR): Stage.COORDINATOR,
    # A post, an answer, a pause, another owner: over from wherever it was.
    **{(stage, Event.OVER): Stage.REST for stage in Stage},
}


class Chain(Struct, frozen=True):
    """Where the asking about one account stands.

    `helper` is the volunteer whom the stage asks besides the owner, `since` when the stage began, `asked` the
    unanswered nudges that count in it, `people` everyone who has been asked since the account fell due, and `named`
    when the owner's nudge last named it.
    """

    stage: Stage = Stage.REST
    helper: str = ""
    since: datetime | None = None
    asked: tuple[datetime, ...] = ()
    people: tuple[str, ...] = ()
    named: datetime | None = None


NOBODY_ASKED = Chain()


def moved(chain: Chain, event: Event, now: datetime, helper: str = "") -> Chain:
    """The chain after `event`. `helper` is whom a `to-…` event asks. KeyError where the table has no such step."""
    stage = NEXT[chain.stage, event]
    if stage is Stage.REST:
        return NOBODY_ASKED
    kept = chain.helper if event in (Event.YES, Event.HEARD) else helper
    return Chain(stage, kept, now, (), chain.people, chain.named)


def reminded(chain: Chain, volunteer: str, now: datetime, calendar: Hours) -> Chain:
    """The chain after a nudge that named the account to `volunteer`.

    It counts where it asks the one whom the stage is about, a working day or more after the one before.
    """
    people = chain.people if volunteer in chain.people else (*chain.people, volunteer)
    chain = replace(chain, people=people)
    about = chain.stage is Stage.OWNER or (chain.stage is Stage.BACKUP and volunteer == chain.helper)
    if chain.stage is Stage.COORDINATOR and volunteer == chain.helper:
        return moved(chain, Event.HEARD, now)
    if about and len(chain.asked) < UNANSWERED and _apart(chain.asked, now, calendar):
        return replace(chain, asked=(*chain.asked, now))
    return chain


def _apart(asked: tuple[datetime, ...], now: datetime, calendar: Hours) -> bool:
    if not asked:
        return True
    days = (local_day(calendar.zone, asked[-1]), local_day(calendar.zone, now))
    return working_days_between(calendar, *days) >= 1


def help_from(chain: Chain, calendar: Hours) -> datetime | None:
    """When time alone will make somebody else be asked; None where it won't."""
    if chain.stage in (Stage.OWNER, Stage.BACKUP) and len(chain.asked) == UNANSWERED:
        last = local_day(calendar.zone, chain.asked[-1])
        return at(calendar.zone, next_working_day(calendar, last) or last + DAY, time(0))
    if chain.stage is Stage.HELPING and chain.since is not None:
        return chain.since + HELP_TIME
    return None


def wants_help(chain: Chain, *, owner: bool, helper: bool, calendar: Hours, now: datetime) -> bool:
    """Is somebody else to be asked now? `owner` and `helper`: can the owner, and whom the stage asks, be asked now?"""
    ready = help_from(chain, calendar)
    if ready is not None and ready <= now:
        return True
    match chain.stage:
        case Stage.REST | Stage.OWNER:
            return not owner
        case Stage.BACKUP | Stage.COORDINATOR | Stage.HELPING:
            return not helper
        case Stage.AGENDA:
            return True
        case Stage.TOLD:
            return False


def stepped(
    chain: Chain,
    *,
    due: bool,
    owner: bool,
    helper: bool,
    seek: Callable[[], tuple[Event, str]],
    calendar: Hours,
    now: datetime,
) -> Chain:
    """The chain as it should be now. `due`: does an account that somebody looks after want a post?

    `owner` and `helper`: can the owner, and whom the stage asks, be asked now? `seek` says who would be asked next.
    """
    if not due:
        return moved(chain, Event.OVER, now)
    if wants_help(chain, owner=owner, helper=helper, calendar=calendar, now=now):
        event, who = seek()
        stays = chain.stage is Stage.AGENDA and event is Event.TO_NOBODY
        return chain if stays else moved(chain, event, now, who)
    return moved(chain, Event.DUE, now) if chain.stage is Stage.REST else chain


def asks_helper(chain: Chain) -> bool:
    """Is the helper still to be nudged?"""
    if chain.stage is Stage.BACKUP:
        return len(chain.asked) < UNANSWERED
    return chain.stage is Stage.COORDINATOR


def asks_owner(chain: Chain) -> bool:
    """Is the owner nudged about a due account? Always, but while somebody who said yes is at it."""
    return chain.stage is not Stage.HELPING
