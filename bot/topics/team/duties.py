"""The coordinator's role on its way: the offer, and the checklist of what has to pass on with it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class RoleOffer(Struct, frozen=True):
    """The coordinator's role, offered to the volunteer with this id and not answered yet."""

    id: str
    by: str
    made: datetime


class Duty(StrEnum):
    """What a coordinator must be able to get into, so that the next one can carry on."""

    APP = "app"
    HOST = "host"
    BILL = "bill"
    BACKUPS = "backups"
    ROSTER = "roster"


class DutyMark(Struct, frozen=True):
    """Somebody's word that a duty has passed on."""

    duty: Duty
    by: str
    at: datetime


class Checklist(Struct, frozen=True):
    """What has passed on to the coordinator with this id since they took over; kept."""

    id: str
    started: datetime
    marks: tuple[DutyMark, ...] = ()


DUTIES = {
    Duty.APP: ("the app", "The apps on the chat networks name the new coordinator as an owner."),
    Duty.HOST: ("the host", "The new coordinator can get into the machine that runs Steward."),
    Duty.BILL: ("the bill", "The bill for it reaches the new coordinator, or somebody who stays."),
    Duty.BACKUPS: (
        "the backups",
        "The new coordinator knows where the backups are, and has restored one for practice.",
    ),
    Duty.ROSTER: ("the roster", "Both have gone through `team show`: who is here, who is away, whose term ends."),
}


def open_duties(checklist: Checklist) -> list[Duty]:
    """The duties of which nobody has said yet that they passed on."""
    done = {mark.duty for mark in checklist.marks}
    return [duty for duty in Duty if duty not in done]
