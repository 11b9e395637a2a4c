"""Posting's part of a volunteer's nudge: one card with all that they can answer for, at most ten accounts of it."""

from datetime import datetime

from msgspec.structs import replace

from bot.core.chat import Button, Control, Note, Row, Rows
from bot.core.pages import PAGE
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.posting.cadence import shipped_defaults
from bot.topics.posting.chain import Event, Stage, asks_helper, moved, reminded
from bot.topics.posting.evidence import AT_ONCE, State, question_at
from bot.topics.posting.model import Watch, with_chain
from bot.topics.posting.rows import FULL, coordinator_row, hand_row, question_row, reminder_row
from bot.topics.posting.sentences import state_words
from bot.topics.posting.watching import Look, keep, look_at, team_calendar
from bot.topics.team.facts import NudgeTime, Waiting
from bot.topics.team.model import Volunteer


def remind(context: Context, time: NudgeTime) -> Waiting | None:
    """What waits for the volunteer, and the note that they were asked: this runs only as their nudge goes out."""
    me = time.volunteer
    asked = asked_of(context, me)
    own = _looks(context, context.records.find(Account, owner=me.id), me)
    due = sorted((one for one in own if one.is_due), key=lambda one: (one.judged.since, one.account.short))
    questions = [one for one in own if _is_question(one, context.now)]
    waiting = [*asked, *due, *questions]
    if not waiting:
        return None
    turn = sorted(waiting, key=lambda one: _last_named(one, me))  # a list of more than a page is gone through in turns
    more = turn[PAGE:]
    shown = [one for one in waiting if one not in more] if more else waiting
    full = len(shown) <= FULL
    rows = tuple(_row(context, one, me, full=full) for one in shown)
    for one in shown:
        _note(context, one, me)
    return Waiting(
        _headline(shown[0], me, len(waiting) - 1, context.now),
        (Rows(rows, total=len(rows)), *([Note(_rest(len(more)))] if more else [])),
        _controls(due, more),
        _again(context, [*due, *more], asked),
    )


def _looks(context: Context, accounts: list[Account], nudged: Volunteer | None = None) -> list[Look]:
    if not accounts:
        return []
    calendar, defaults = team_calendar(context.records), shipped_defaults()
    return [
        look_at(context.records, one, context.now, calendar=calendar, defaults=defaults, nudged=nudged)
        for one in accounts
    ]


def asked_of(context: Context, me: Volunteer) -> list[Look]:
    """The accounts for which this volunteer is to be asked to help, as backup or as coordinator."""
    watches = context.records.find(Watch, helper=me.id)
    accounts = [context.records.get(Account, one.id) for one in watches if asks_helper(one.chain)]
    looks = _looks(context, [one for one in accounts if one is not None])
    return [one for one in looks if one.judged.state is State.DUE and one.source is None]


def _last_named(look: Look, me: Volunteer) -> datetime:
    """When the volunteer's nudge last named the account; never is longest ago."""
    chain = look.watch.chain
    if look.judged.state is State.NO_RECORD:
        named = look.watch.questions[-1:]
    elif look.account.owner == me.id:
        named = (chain.named,) if chain.named else ()
    else:
        named = chain.asked[-1:]
    return named[0] if named else AT_ONCE


def _is_question(look: Look, now: datetime) -> bool:
    if look.judged.state is not State.NO_RECORD or look.source is not None:
        return False
    asked = question_at(look.watch, look.cadence, look.calendar)
    return asked is not None and asked <= now


def _row(context: Context, look: Look, me: Volunteer, *, full: bool) -> Row:
    if look.judged.state is State.NO_RECORD:
        return question_row(look, full=full)
    if look.account.owner == me.id:
        return reminder_row(context.records, look, context.now, full=full)
    if look.watch.chain.stage is Stage.BACKUP:
        return hand_row(look, context.now)
    return coordinator_row(look, context.now)


def _note(context: Context, look: Look, me: Volunteer) -> None:
    """Keep that the volunteer was asked about the account."""
    watch = look.watch
    if look.judged.state is State.NO_RECORD:
        watch = replace(watch, questions=(*watch.questions, context.now))
    else:
        chain = watch.chain
        if chain.stage is Stage.REST:  # the nudge comes at the very moment at which the account falls due
            chain = moved(chain, Event.DUE, context.now)
        chain = reminded(chain, me.id, context.now, look.calendar)
        watch = with_chain(watch, replace(chain, named=context.now) if look.account.owner == me.id else chain)
    keep(context, replace(look, watch=watch))


def _headline(look: Look, me: Volunteer, others: int, now: datetime) -> str:
    if look.judged.state is State.NO_RECORD:
        first = f"{me.name}, do you know when something last went out on {look.account.short}?"
    elif look.account.owner == me.id:
        first = f"{me.name}: {state_words(look, now)}."
    else:
        first = f"{me.name}: {look.account.short} could use a hand."
    if not others:
        return first
    return f"{first} And {others} more {'account' if others == 1 else 'accounts'}."


def _rest(count: int) -> str:
    return f"And {count} more, which come in turn. See them all with `gaps`."


def _controls(due: list[Look], more: list[Look]) -> tuple[Control, ...]:
    away = (Button("I'm away", "reminder answer", {"how": "away"}),) if due else ()
    return (*away, *([Button("See all my accounts", "gaps")] if more else []))


def _again(context: Context, unanswered: list[Look], asked: list[Look]) -> datetime | None:
    """At the next allowed slot where a post is due, a backup is asked or something found no room; else never."""
    backing = [context.records.get(Watch, one.account.id) for one in asked]
    if unanswered or any(one is not None and asks_helper(one.chain) for one in backing):
        return context.now
    return None
