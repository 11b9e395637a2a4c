"""How an account speaks: shown, and changed as data by whoever looks after it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Facts, Reply, Text
from bot.core.ports import Records
from bot.core.router import Context, Role
from bot.core.words import line, shown
from bot.errors import Refusal
from bot.topics.accounts.changing import name_of
from bot.topics.accounts.model import Account
from bot.topics.accounts.options import ALiveAccount, AnAccount, holds
from bot.topics.drafting.model import AccountVoice
from bot.topics.drafting.voice import Voice

MANNERS = ("plain", "warm")
MOST_HASHTAGS = 10
ENDING_LIMIT = 120
NOTHING = {"none", "-", "nothing"}


class Trait(StrEnum):
    """What of a voice can be set."""

    MANNER = "manner"
    HASHTAGS = "hashtags"
    MOST_HASHTAGS = "most-hashtags"
    ENDING = "ending"


def voice_of(records: Records, account: Account) -> Voice:
    """How the account speaks: plainly, where nobody said otherwise."""
    kept = records.get(AccountVoice, account.id)
    return kept.voice if kept else Voice()


def voice_show(context: Context, account: AnAccount) -> Reply:
    """How an account speaks in the drafts that I make for it.

    account: the account, such as ce-x
    """
    voice = voice_of(context.records, account)
    pairs: tuple[tuple[str, Text], ...] = tuple((_label(trait), _said(voice, trait)) for trait in Trait)
    change = Button(f"Change the voice of {account.short}", "voice set", {"account": account.short})
    mine = holds(context, account) or context.asker.role >= Role.COORDINATOR
    return Card(
        f"The voice of {account.short}", "This is how I draft for it.", (Facts(pairs),), (change,) if mine else ()
    )


def _label(trait: Trait) -> str:
    return trait.value.replace("-", " ").capitalize()


def _said(voice: Voice, trait: Trait) -> str:
    match trait:
        case Trait.MANNER:
            return voice.manner
        case Trait.HASHTAGS:
            return " ".join(f"#{tag}" for tag in voice.hashtags) or "none"
        case Trait.MOST_HASHTAGS:
            return str(voice.most_hashtags)
        case Trait.ENDING:
            return voice.ending or "none"


def voice_set(context: Context, account: ALiveAccount, what: Trait, value: str) -> Reply:
    """Change how an account speaks in the drafts that I make for it.

    account: one of yours, or any if you are a coordinator
    what: manner, hashtags, most-hashtags or ending
    value: plain or warm; hashtags; a number; a last line for longer posts; “none” for nothing
    """
    if not (holds(context, account) or context.asker.role >= Role.COORDINATOR):
        owner = name_of(context.records, account.owner)
        raise Refusal(f"{account.short} is looked after by {owner}. Please ask them, or a coordinator.")
    before = voice_of(context.records, account)
    changes: dict[str, Any] = {what.value.replace("-", "_"): _read(context, what, value)}
    voice = replace(before, **changes)
    context.records.put(AccountVoice(account.id, voice))
    see = Button(f"See the voice of {account.short}", "voice show", {"account": account.short})
    said = f"{account.short}, {what.value.replace('-', ' ')}: {_said(voice, what)}."
    return Card(f"The voice of {account.short}", said, controls=(*_undo(account, what, before), see))


def _undo(account: Account, what: Trait, before: Voice) -> tuple[Control, ...]:
    values = {"account": account.short, "what": what.value, "value": _said(before, what)}
    try:
        return (Button(f"Undo: {what.value.replace('-', ' ')} of {account.short}"[:75], "voice set", values),)
    except ValueError:  # what it was is too long for a button: it is typed again
        return ()


def _read(context: Context, what: Trait, value: str) -> object:
    try:
        return READERS[what](context, line(value, 500))
    except Refusal as refusal:
        raise refusal.at("value") from None


def _manner(_context: Context, value: str) -> str:
    if value.casefold() not in MANNERS:
        raise Refusal("Please say plain or warm.", choices=tuple((one, one.capitalize()) for one in MANNERS))
    return value.casefold()


def _hashtags(_context: Context, value: str) -> tuple[str, ...]:
    from bot.topics.drafting.links import hashtags_in  # noqa: PLC0415 - its patterns take long to compile, and few commands draft

    if value.casefold() in NOTHING:
        return ()
    words = [word.lstrip("#") for word in value.replace(",", " ").split()]
    tags = hashtags_in(" ".join(f"#{word}" for word in words))
    if len(tags) != len(words) or len(tags) > MOST_HASHTAGS:
        raise Refusal(f"I can't read “{shown(value)}” as hashtags. For example: #BookRepair #PresWk")
    return tuple(tags)


def _number(_context: Context, value: str) -> int:
    if not value.isdecimal() or not value.isascii() or int(value[:4]) > MOST_HASHTAGS:
        raise Refusal(f"Please give a number from 0 to {MOST_HASHTAGS}.")
    return int(value)


def _ending(_context: Context, value: str) -> str:
    return "" if value.casefold() in NOTHING else line(value, ENDING_LIMIT)


READERS: Mapping[Trait, Callable[[Context, str], object]] = {
    Trait.MANNER: _manner,
    Trait.HASHTAGS: _hashtags,
    Trait.MOST_HASHTAGS: _number,
    Trait.ENDING: _ending,
}
