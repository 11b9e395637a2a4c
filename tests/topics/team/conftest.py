"""A small team in memory: the office volunteer coordinates, two others look after accounts."""

from collections.abc import Iterator

import pytest

from bot.topics.team.model import TeamRole
from tests.house import House


@pytest.fixture
def empty() -> Iterator[House]:
    """The team before anybody is in it."""
    made = House()
    yield made
    made.close()


@pytest.fixture
def house(empty: House) -> House:
    empty.volunteer("Office", TeamRole.COORDINATOR)
    empty.volunteer("New members")
    empty.volunteer("Regional groups")
    return empty
