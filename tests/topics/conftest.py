"""What the topics' tests share."""

from collections.abc import Iterator

import pytest

from tests.house import House


@pytest.fixture
def house() -> Iterator[House]:
    """Steward in memory, with a team that has nobody in it yet."""
    made = House()
    yield made
    made.close()
