"""A small team in memory: the office volunteer coordinates, two others look after accounts."""

from collections.abc import Iterator

import pytest

from bot.topics.team.model import TeamRole
from tests.house import House


@pytest.fixture
def house() -> Iterator[House]:
    house = House()
    house.volunteer("Office", TeamRole.COORDINATOR)
    house.volunteer("New members")
    house.volunteer("Regional groups")
    yield house
    house.close()
