"""A team with a coordinator, two volunteers, an observer and three accounts, for the tests of this topic."""

import pytest

from bot.topics.accounts.model import Account, Status
from bot.topics.team.model import TeamRole
from tests.house import House


@pytest.fixture
def team(house: House) -> House:
    """Office coordinates, maria owns ce-x with ben as its backup, pw-yt is free, office-x is the office's."""
    house.volunteer("office", TeamRole.COORDINATOR)
    house.volunteer("maria")
    house.volunteer("ben")
    house.volunteer("olga", TeamRole.OBSERVER)
    house.put(
        Account(
            "a1",
            "ce-x",
            "ALCTS Continuing Education",
            "x",
            "@ALCTS_CE",
            owner="maria",
            backup="ben",
            status=Status.ACTIVE,
            purpose="Courses",
            audience="Members",
            themes=("webinars", "news"),
            note="Inside note",
        ),
        Account("a2", "pw-yt", "Preservation Week", "youtube"),
        Account("a3", "office-x", "ALCTS Office", "x", "@ALCTS", owner="office", status=Status.ACTIVE),
    )
    return house
