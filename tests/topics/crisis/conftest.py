"""Eight volunteers, four accounts, a roster with numbers, and a crisis channel."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.topics.accounts.model import Account, Status
from bot.topics.crisis.kept import Contact, Seat
from bot.topics.team.model import House as HouseRecord
from bot.topics.team.model import Team, TeamRole
from tests.house import House

NIGHT = datetime(2026, 11, 24, 5, 40, tzinfo=UTC)  # 23:40 in Chicago
CHANNEL = "test:here/crisis"
PEOPLE = ("ana", "ben", "cleo", "dan", "eva", "finn", "gus")


def furnish(house: House) -> None:
    """The team as most tests want it: ana owns pw-fb, ben is its backup; eva is the roster's lead, finn its backup."""
    house.put(Team("t", "Library association", "America/Chicago", "US", crisis_channel=CHANNEL))
    house.put(HouseRecord("test:here", house.clock.time))
    house.volunteer("office", TeamRole.COORDINATOR, alarms=True)
    for name in PEOPLE:
        house.volunteer(name, alarms=True)
    house.put(
        Account("a1", "pw-fb", "Preservation Week", "facebook", owner="ana", backup="ben", status=Status.ACTIVE),
        Account("a2", "ce-x", "Education", "x", "@ALCTS_CE", owner="cleo", backup="dan", status=Status.ACTIVE),
        Account("a3", "office-x", "ALCTS Office", "x", "@ALCTS", owner="office", status=Status.ACTIVE),
        Account("a4", "pw-yt", "Preservation Week", "youtube"),
    )
    for number, name in enumerate(("office", *PEOPLE)):
        house.put(Contact(name, name, name, f"+1 312 555 010{number}", agreed=house.clock.time))
    house.put(
        Seat("lead", "eva", "finn"),
        Seat("voice", "gus", "cleo"),
        Seat("spotter", "dan"),
        Seat("care", "office"),
        Contact("out-1", "Ruth President", phone="+1 312 555 0199", second="+1 312 555 0200", agreed=house.clock.time),
        Seat("approver", "out-1"),
    )


@pytest.fixture
def house() -> Iterator[House]:
    house = House(NIGHT)
    furnish(house)
    yield house
    house.close()
