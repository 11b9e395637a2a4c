"""An account as a row of a card, with the buttons that answer for it."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.chat import Button, Choice, Control, Row, Style
from bot.core.ports import Records
from bot.topics.accounts.model import Account
from bot.topics.posting.chain import Stage
from bot.topics.posting.evidence import State
from bot.topics.posting.sentences import state_words
from bot.topics.posting.watching import Look, mirrors_of

FULL = 3  # accounts of one card up to which each row has every button
SNOOZES = (("tomorrow", "Tomorrow"), ("monday", "Monday"), ("in 1 week", "Next week"))
POSTED_WHEN = (
    ("today", "Today"),
    ("yesterday", "Yesterday"),
    ("3 days ago", "A few days ago"),
    ("1 week ago", "About a week ago"),
    ("2 weeks ago", "About two weeks ago"),
    ("1 month ago", "About a month ago"),
    ("3 months ago", "Three months ago or more"),
)
LATER = "in 4 weeks"


def reminder_row(records: Records, look: Look, now: datetime, *, full: bool) -> Row:
    """A due account of the reader's, with the answers to give."""
    helped = "Its backup is asked for a hand too." if look.watch.chain.stage is Stage.BACKUP else ""
    served = mirrors_of(records, look.account)
    mirrored = f"{_and([one.short for one in served])} repeats it, so one post serves all." if served else ""
    detail = " ".join(part for part in (helped, mirrored) if part)
    return Row(f"{state_words(look, now)}.", detail, due_controls(look.account, full=full))


def question_row(look: Look, *, full: bool) -> Row:
    """An account without a record: do you know anything of it?"""
    return Row(
        f"Do you know when something last went out on {look.account.short}?",
        "Nothing is recorded on it yet, which may just mean that nobody has told me.",
        question_controls(look.account, full=full),
    )


def hand_row(look: Look, now: datetime) -> Row:
    """An account whose backup is asked for a hand."""
    short = look.account.short
    return Row(
        f"{short} could use a hand. Can you?",
        f"{state_words(look, now)}.",
        (
            Button(f"Yes, I can help with {short}", "hand yes", {"account": short}, Style.PRIMARY),
            Button(f"Not now for {short}", "hand no", {"account": short}),
            Button(f"Posted on {short}", "posted", {"account": short}),
        ),
    )


def coordinator_row(look: Look, now: datetime) -> Row:
    """An account for which nobody else can be asked; whose it is stays unsaid."""
    short = look.account.short
    return Row(
        f"{short} could use somebody's time. Could you see to it?",
        f"{state_words(look, now)}. Those who look after it may have their hands full; I will not ask again.",
        (
            Button(f"See {short}", "last", {"account": short}, Style.PRIMARY),
            Button(f"Posted on {short}", "posted", {"account": short}),
            snooze_choice(look.account),
        ),
    )


def due_controls(account: Account, *, full: bool) -> tuple[Control, ...]:
    """The answers to a reminder; on a card with many accounts the others are a press away."""
    short = account.short
    values = {"account": short}
    posted = Button(f"Posted on {short}", "posted", values, Style.PRIMARY)
    normal = Button(f"{short} is posting as normal", "normal", values)
    if not full:
        return posted, normal, Button(f"More for {short}", "reminder answer", {**values, "how": "more"})
    return (
        posted,
        normal,
        Button(f"Draft something for {short}", "draft", values),
        snooze_choice(account),
        Button(f"Wrong rhythm for {short}", "reminder answer", {**values, "how": "rhythm"}),
        Button(f"Hand over {short}", "reminder answer", {**values, "how": "handover"}),
    )


def question_controls(account: Account, *, full: bool) -> tuple[Control, ...]:
    """The answers to the question about an account without a record."""
    short = account.short
    values = {"account": short}
    normal = Button(f"{short} is posting as normal", "normal", values)
    if not full:
        return Button(f"Posted on {short}", "posted", values), normal, Button(f"More for {short}", "last", values)
    return (
        Choice(f"Last post on {short}", "posted", "when", POSTED_WHEN, values),
        normal,
        Button(f"I don't know about {short}", "snooze", {**values, "until": LATER}),
    )


def snooze_choice(account: Account) -> Choice:
    """Until when to be left alone about the account."""
    return Choice(f"Snooze {account.short}", "snooze", "until", SNOOZES, {"account": account.short})


def look_row(look: Look, now: datetime, detail: str = "") -> Row:
    """An account in a list: its state, and the buttons that fit it."""
    short = look.account.short
    values = {"account": short}
    posted = Button(f"Posted on {short}", "posted", values)
    more = Button(f"More for {short}", "last", values)
    normal = Button(f"{short} is posting as normal", "normal", values)
    needs = look.source is None and look.judged.state in (State.DUE, State.NO_RECORD)
    return Row(f"{state_words(look, now)}.", detail, (posted, normal, more) if needs else (posted, more))


def _and(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
