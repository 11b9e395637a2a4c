"""Answers to a reminder: as normal, not now, another rhythm, a hand, away, hand over. Each stops the asking."""

from datetime import date, time, timedelta
from enum import StrEnum

from msgspec.structs import replace

from bot.core.chat import Button, Card, Choice, Control, Note, Reply, Style
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.accounts.changing import change
from bot.topics.accounts.model import Account, Status
from bot.topics.accounts.options import AnAccount, holds, owns_or_coordinates
from bot.topics.posting.cadence import NONE, cadence_of, cadence_words, shipped_defaults
from bot.topics.posting.chain import Event, Stage, moved
from bot.topics.posting.listing import last
from bot.topics.posting.model import Did, Watch, answered, with_chain
from bot.topics.posting.options import USUAL, AReminderDay, ARhythm
from bot.topics.posting.recording import keep_step, watch_of
from bot.topics.posting.rows import snooze_choice
from bot.topics.posting.sentences import day_words, state_words
from bot.topics.posting.watching import asked_key, look_at, seek, settle, source_of, tend
from bot.topics.team.hours import DAY, at, local_day
from bot.topics.team.nudging import notify

LONGEST_SNOOZE = timedelta(days=92)
HEARD_FOR = timedelta(days=14)


def normal(context: Context, account: AnAccount) -> Reply:
    """Say that an account is posting as normal, though I have no record of it.

    It counts like a post on that day, for seven days at least.

    account: the account, such as ce-x
    """
    _may_answer(context, account)
    before = watch_of(context, account)
    said = replace(answered(before, context.now), normal_at=context.now, snoozed_until=None, questions=())
    settle(context, said)
    tend(context, account.id)
    keep_step(context, account, Did.NORMAL, before)
    look = look_at(context.records, account, context.now)
    return Card(
        "As normal",
        f"Good to hear. {state_words(look, context.now)}.",
        controls=(_undo(account), Button(f"See {account.short}", "last", {"account": account.short})),
    )


def snooze(context: Context, account: AnAccount, until: AReminderDay | None = None) -> Reply:
    """Leave an account alone for a while: I remind again on that day, and start asking afresh.

    account: the account, such as ce-x
    until: the day on which I may remind again, such as monday; tomorrow if left out
    """
    _may_answer(context, account)
    zone = context.asker.zone
    today = local_day(zone, context.now)
    day: date = until or today + DAY
    if day <= today:
        raise Refusal("Please give a day from tomorrow on, such as monday.", option="until")
    if day - today > LONGEST_SNOOZE:
        raise Refusal(
            f"That is more than three months. If {account.short} needs no posts for so long, type "
            f"`rhythm {account.short} none`.",
            option="until",
        )
    before = watch_of(context, account)
    waits = replace(answered(before, context.now), snoozed_until=at(zone, day, time(0)), questions=())
    settle(context, waits)
    tend(context, account.id)
    keep_step(context, account, Did.SNOOZED, before)
    return Card(
        "Snoozed",
        f"I leave {account.short} alone until {day_words(day, today)}, and start asking afresh then.",
        controls=(_undo(account), Button(f"Posted on {account.short}", "posted", {"account": account.short})),
    )


def _undo(account: Account) -> Button:
    return Button(f"Undo on {account.short}", "undo", {"account": account.short})


def _may_answer(context: Context, account: Account) -> None:
    """Raises Refusal where the asker has no say, or the account goes with another one."""
    source = source_of(context.records, account, shipped_defaults())
    if source is not None:
        raise Refusal(
            f"{account.short} repeats {source.short} word for word, so I only remind people of {source.short}.",
            option="account",
            choices=((source.short, f"{source.short}, which it repeats"),),
        )
    asked = bool(context.asker.volunteer) and watch_of(context, account).helper == context.asker.volunteer
    if not (holds(context, account) or asked or context.asker.role >= Role.COORDINATOR):
        raise Refusal(
            f"Only those who look after {account.short} or a coordinator can say that. If something went out on it, "
            f"type `posted {account.short}`."
        )


def rhythm(context: Context, account: AnAccount, how_often: ARhythm) -> Reply:
    """Set how often an account wants a post, or that it wants none.

    account: the account, such as ce-x
    how_often: every 3 days, every 2 working days, 3 a week, none, or usual for what its network is used to
    """
    if not owns_or_coordinates(context, account):
        raise Refusal(f"Only {account.short}'s owner or a coordinator can set its rhythm.")
    changed = replace(account, every=how_often.every, per_week=how_often.per_week, days=how_often.days)
    before = watch_of(context, account)
    settle(context, replace(answered(before, context.now), questions=()))
    change(context, account, changed)
    tend(context, account.id)
    cadence = cadence_of(changed, shipped_defaults())
    look = look_at(context.records, changed, context.now)
    said = f"{account.short}: {cadence_words(cadence)}. {state_words(look, context.now)}."
    return Card("Rhythm", said, _why_none(changed), (_as_before(account),))


def _why_none(account: Account) -> tuple[Note, ...]:
    """A word where the rhythm that was set does nothing."""
    if account.status in (Status.DORMANT, Status.RETIRED) and account.every != NONE:
        return (Note(f"{account.short} is {account.status.value}, so the rhythm waits until it is active again."),)
    if account.every is None and account.per_week is None and account.status is Status.UNKNOWN:
        return (Note(f"Nobody has said yet whether {account.short} is active, so it has no usual rhythm."),)
    return ()


def _as_before(account: Account) -> Button:
    """Undoing it is setting what it was before."""
    working = " working" if account.days.value == "working" else ""
    if account.per_week is not None:
        before = f"{account.per_week} a week{',' + working + ' days' if working else ''}"
    elif account.every is None:
        before = "usual"
    else:
        before = f"every {account.every}{working} days" if account.every else "none"
    return Button(f"Undo on {account.short}", "rhythm", {"account": account.short, "how_often": before})


def hand_yes(context: Context, account: AnAccount) -> Reply:
    """Say that you can lend a hand with an account that needs one.

    account: the account that you were asked about, such as ce-x
    """
    watch = _asked(context, account)
    if watch is None:
        return _no_longer(account)
    context.records.put(with_chain(watch, moved(watch.chain, Event.YES, context.now)))
    if account.owner and account.owner != context.asker.volunteer:
        text = f"{context.asker.name} lends a hand with {account.short}, so it needs nothing from you for now."
        notify(context, account.owner, asked_key(account.id), text, until=context.now + HEARD_FOR)
    tend(context, account.id)
    return Card(
        "Thank you",
        f"Thank you for helping with {account.short}. Press the button, or type `posted {account.short}`, once "
        "something is out.",
        controls=(
            Button(f"Posted on {account.short}", "posted", {"account": account.short}, Style.PRIMARY),
            Button(f"See {account.short}", "last", {"account": account.short}),
        ),
    )


def hand_no(context: Context, account: AnAccount) -> Reply:
    """Say that you can't lend a hand with an account just now.

    account: the account that you were asked about, such as ce-x
    """
    watch = _asked(context, account)
    if watch is None:
        return _no_longer(account)
    people = (*watch.chain.people, context.asker.volunteer)
    declined = with_chain(watch, replace(watch.chain, people=tuple(dict.fromkeys(people))))
    look = replace(look_at(context.records, account, context.now), watch=declined)
    event, helper = seek(context.records, look, context.now)
    context.records.put(with_chain(watch, moved(declined.chain, event, context.now, helper)))
    tend(context, account.id)
    return Card(
        "That is fine",
        f"That is fine, somebody else will look after {account.short}. Thank you for answering.",
        controls=(Button("My accounts", "gaps"),),
    )


def _asked(context: Context, account: Account) -> Watch | None:
    """The account's watch where the asker is the one who is asked for a hand, else None."""
    watch = watch_of(context, account)
    asked = watch.chain.stage is Stage.BACKUP and watch.chain.helper == context.asker.volunteer
    return watch if asked else None


def _no_longer(account: Account) -> Card:
    return Card(
        "Thank you",
        f"Nobody needs to be found for {account.short} any more. Thank you for answering!",
        controls=(Button(f"See {account.short}", "last", {"account": account.short}),),
    )


class How(StrEnum):
    """An answer to a reminder that leads on to a choice."""

    RHYTHM = "rhythm"
    HANDOVER = "handover"
    AWAY = "away"
    MORE = "more"


AWAY_UNTIL = (
    ("tomorrow", "Tomorrow"),
    ("friday", "Friday"),
    ("sunday", "Sunday"),
    ("in 1 week", "A week from now"),
    ("in 2 weeks", "Two weeks from now"),
)


def reminder_answer(context: Context, how: How, account: AnAccount | None = None) -> Reply:
    """Answer a reminder: a wrong rhythm, somebody else's turn, that you are away, or a closer look.

    how: rhythm, handover, away or more
    account: the account that the reminder named
    """
    accounts = [account] if account else context.records.find(Account, owner=context.asker.volunteer)
    for one in accounts:
        watch = watch_of(context, one)
        if one.owner == context.asker.volunteer and watch.chain.stage is not Stage.REST:
            settle(context, answered(watch, context.now))
            tend(context, one.id)
    if how is How.AWAY or account is None:
        return _ask_away()
    if how is How.MORE:
        return last(context, account)
    return _ask_rhythm(context, account) if how is How.RHYTHM else _ask_handover(account)


def _ask_away() -> Card:
    return Card(
        "Away",
        "Until when are you away? I send you nothing until then.",
        controls=(
            Choice("The last day away", "away", "to", AWAY_UNTIL),
            Button("Until I say that I'm back", "away"),
        ),
    )


def _ask_rhythm(context: Context, account: Account) -> Card:
    now = cadence_words(cadence_of(account, shipped_defaults()))
    return Card(
        "Rhythm",
        f"How often does {account.short} want a post? So far: {now}.",
        controls=(Choice(f"Rhythm of {account.short}", "rhythm", "how_often", USUAL, {"account": account.short}),),
    )


def _ask_handover(account: Account) -> Card:
    values = {"account": account.short}
    controls: tuple[Control, ...] = (
        Button(f"Offer {account.short} to somebody", "offer", values, Style.PRIMARY),
        Button(f"Give {account.short} up", "drop", values),
        snooze_choice(account),
    )
    return Card("Hand over", f"Who should look after {account.short} from now on?", controls=controls)
