"""Mentions in what people write: kept as names, never as a network's addresses."""

import pytest

from bot.topics.crisis.model import LogEntry
from bot.topics.drafting.model import Tip
from tests.house import House


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Thanks to test:ben, our webinar is out", "Thanks to Ben, our webinar is out"),
        ("Ask test:B22/X9 about the webinar", "Ask (a mention) about the webinar"),
        ("The latest: see other:B2 on page contest:B", "The latest: see other:B2 on page contest:B"),
    ],
)
def test_a_tip_names_whom_it_mentions(house: House, typed: str, kept: str) -> None:
    house.volunteer("Ana")
    house.volunteer("Ben")
    house.say(f"tip add {typed}", "ana")
    assert [tip.text for tip in house.find(Tip)] == [kept]


def test_a_line_in_the_log_of_a_crisis_names_them_too(house: House) -> None:
    house.volunteer("Ana")
    house.volunteer("Ben")
    house.say("sos test:ben says that our page posts scams", "ana")
    house.say("crisis note test:ben is on the phone", "ana")
    assert "Ben is on the phone" in [entry.text for entry in house.find(LogEntry)]
    assert all("test:" not in entry.text for entry in house.find(LogEntry))
