"""The nudge as a whole: a page of it, and what comes in the next one."""

from collections.abc import Iterator

import pytest

from bot.core.chat import Button, Card, Note, Rows
from bot.topics.team.model import Notice
from bot.topics.team.nudging import notify
from tests.house import House
from tests.topics.posting.conftest import Desk


@pytest.fixture
def house() -> Iterator[House]:
    house = House()
    house.volunteer("Ana")
    yield house
    house.close()


def tell(house: House, count: int) -> None:
    context = Desk(house).context

    def run(records: object) -> None:
        for number in range(count):
            see = Button(f"See {number}", "home")
            notify(context(records), "ana", f"thing/{number:02}", f"Thing {number:02} happened.", controls=(see,))

    house.store.write("t", run).result()


def rows_of(card: Card) -> int:
    return sum(len(block.rows) for block in card.blocks if isinstance(block, Rows))


def test_more_than_ten_notices_come_in_pages_of_ten_and_each_of_them_once(house: House) -> None:
    tell(house, 23)
    house.settle()
    (first,) = house.messages("ana")
    assert rows_of(first.card) == 10
    assert Note("And 13 more things, next time.") in first.card.blocks
    assert "Thing 00 happened. And 9 more things for you." in house.letters("ana")[0]
    house.later(days=14)
    assert [rows_of(message.card) for message in house.messages("ana")] == [10, 10, 3]
    letters = "".join(house.letters("ana"))
    assert all(letters.count(f". Thing {number:02} happened.") == 1 for number in range(23))
    assert not house.find(Notice)


def test_beside_many_due_accounts_some_notices_find_room(house: House) -> None:
    desk = Desk(house)
    for number in range(12):
        desk.account(f"n{number:02}-x", "ana", house.clock.time.replace(day=1))
    tell(house, 5)
    house.settle()
    (first,) = house.messages("ana")
    assert rows_of(first.card) == 13
    assert Note("And 2 more things, next time.") in first.card.blocks


def test_one_notice_is_its_own_first_line(house: House) -> None:
    tell(house, 1)
    house.settle()
    (letter,) = house.messages("ana")
    assert letter.card.summary == "Thing 00 happened."
