"""How an account changes hands: one state machine, every transition in the table below, all of it pure.

Both sides confirm four items. After 14 days without an answer of one side a coordinator may confirm for it, recorded
as such. A new owner for whom somebody else had to say that they can sign in has lost access: that stays open until
they confirm it themselves.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec.structs import replace

from bot.errors import Refusal
from bot.topics.accounts.model import Handover, Item, Mark, Side, Stage

PATIENCE = timedelta(days=14)

ITEMS: Mapping[Item, str] = {
    Item.ACCESS: "The new owner can sign in",
    Item.RECOVERY: "The recovery mailbox and the second factor reach the new owner",
    Item.REMOVED: "The old access is removed",
    Item.NOTES: "The notes are passed on",
}


class Deed(StrEnum):
    """What can be done to a handover."""

    CONFIRM = "confirm"
    TAKE_BACK = "take back"
    STAND_IN = "stand in"
    CALL_OFF = "call off"


NEXT: Mapping[tuple[Stage, Deed], tuple[Stage, ...]] = {
    (Stage.OPEN, Deed.CONFIRM): (Stage.OPEN, Stage.DONE),
    (Stage.OPEN, Deed.TAKE_BACK): (Stage.OPEN,),
    (Stage.OPEN, Deed.STAND_IN): (Stage.OPEN, Stage.DONE),
    (Stage.OPEN, Deed.CALL_OFF): (Stage.CALLED_OFF,),
    (Stage.DONE, Deed.CONFIRM): (Stage.DONE,),  # the word that was missing where access was lost
}
"""From a stage by a deed to one of these stages; what is not here can't be done."""


def sides(handover: Handover) -> tuple[Side, ...]:
    """Who has to confirm: both, or the new owner alone where nobody had it."""
    return (Side.GIVER, Side.TAKER) if handover.giver else (Side.TAKER,)


def side_of(handover: Handover, volunteer: str) -> Side | None:
    """The side that a volunteer is on, if any."""
    if volunteer and volunteer == handover.taker:
        return Side.TAKER
    return Side.GIVER if volunteer and volunteer == handover.giver else None


def who_is(handover: Handover, side: Side) -> str:
    """The volunteer (id) on a side."""
    return handover.giver if side is Side.GIVER else handover.taker


def marked(handover: Handover, item: Item, side: Side) -> Mark | None:
    """That side's word on an item, if it was given."""
    return next((mark for mark in handover.marks if (mark.item, mark.side) == (item, side)), None)


def missing(handover: Handover, side: Side) -> tuple[Item, ...]:
    """The items that this side has not confirmed."""
    return tuple(item for item in Item if side in sides(handover) and marked(handover, item, side) is None)


def quiet_since(handover: Handover, side: Side) -> datetime:
    """Since when nothing was heard of a side."""
    said = [mark.at for mark in handover.marks if mark.side is side and not mark.stood_in]
    return max([handover.started, *said])


def stand_in_from(handover: Handover, side: Side) -> datetime | None:
    """From when on a coordinator may confirm for the side; None where nothing of it is missing or all is over."""
    if handover.stage is not Stage.OPEN or not missing(handover, side):
        return None
    return quiet_since(handover, side) + PATIENCE


def next_look(handover: Handover, now: datetime) -> datetime | None:
    """When the coordinators should hear of it next: as soon as they may stand in, then every 14 days."""
    starts = [start for side in sides(handover) if (start := stand_in_from(handover, side))]
    if not starts:
        return None
    first = min(starts)
    return first if first > now else first + PATIENCE * ((now - first) // PATIENCE + 1)


def confirm(handover: Handover, item: Item, side: Side, by: str, now: datetime) -> Handover:
    """A side's word that an item is true; said twice, the first one counts."""
    _check(handover, Deed.CONFIRM)
    if side not in sides(handover):
        raise Refusal("Nobody had this account before, so the new owner's word is enough.")
    if handover.stage is Stage.DONE and not (handover.lost_access and item is Item.ACCESS and side is Side.TAKER):
        raise Refusal("That handover is done; there is nothing left to confirm.")
    said = marked(handover, item, side)
    if said is not None and not said.stood_in:
        return handover
    others = tuple(mark for mark in handover.marks if mark is not said)
    return _settled(replace(handover, marks=(*others, Mark(item, by, side, now))), Deed.CONFIRM, now)


def take_back(handover: Handover, item: Item, side: Side) -> Handover:
    """A side takes its word on an item back."""
    _check(handover, Deed.TAKE_BACK)
    return replace(handover, marks=tuple(one for one in handover.marks if (one.item, one.side) != (item, side)))


def stand_in(handover: Handover, side: Side, by: str, now: datetime) -> Handover:
    """A coordinator confirms for an absent side all that is missing of it."""
    _check(handover, Deed.STAND_IN)
    start = stand_in_from(handover, side)
    if start is None:
        raise Refusal("There is nothing left to confirm for them.")
    if now < start:
        days = -(-(start - now) // timedelta(days=1))
        raise Refusal(f"They still have {days} {'day' if days == 1 else 'days'} to answer. After that you may do it.")
    marks = tuple(Mark(item, by, side, now, stood_in=True) for item in missing(handover, side))
    return _settled(replace(handover, marks=(*handover.marks, *marks)), Deed.STAND_IN, now)


def call_off(handover: Handover, now: datetime) -> Handover:
    """It does not take place."""
    _check(handover, Deed.CALL_OFF)
    return replace(handover, stage=Stage.CALLED_OFF, ended=now)


def _check(handover: Handover, deed: Deed) -> None:
    if (handover.stage, deed) not in NEXT:
        over = "done" if handover.stage is Stage.DONE else "called off"
        raise Refusal(f"That handover is {over}, so it stays as it is.")


def _settled(handover: Handover, deed: Deed, now: datetime) -> Handover:
    """The handover with the stage that its marks make; access is lost where the new owner did not vouch for it."""
    over = not any(missing(handover, side) for side in sides(handover))
    stage = Stage.DONE if over else Stage.OPEN
    if stage not in NEXT[handover.stage, deed]:
        raise AssertionError(f"{handover.stage} can't become {stage} by {deed}")
    works = marked(handover, Item.ACCESS, Side.TAKER)
    lost = over and (works is None or works.stood_in)
    return replace(handover, stage=stage, ended=(handover.ended or now) if over else None, lost_access=lost)
