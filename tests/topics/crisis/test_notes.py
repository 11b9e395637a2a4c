"""Notes in the log of a crisis: with the time it happened, who said it, and a link."""

from datetime import timedelta

import pytest

from bot.topics.crisis.model import LogEntry
from tests.house import House
from tests.topics.crisis.conftest import NIGHT

SOS = "sos scam posts on our facebook page"


def note(house: House, as_: str = "dan", **values: str) -> str:
    return house.text(house.do(as_, "", "crisis note", {"text": "they ask for money", **values}))


def notes(house: House) -> list[LogEntry]:
    return house.find(LogEntry, what="note", order="number")


def test_it_has_the_time_it_happened_and_the_time_it_was_told(house: House) -> None:
    house.say(SOS, "dan")
    house.later(minutes=10)
    assert "In the log, at Mon 23 Nov 2026, 23:20, as line" in note(house, when="23:20")
    (entry,) = notes(house)
    assert (entry.at, entry.noted) == (NIGHT - timedelta(minutes=20), NIGHT + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("test:ben Ben from the north", "ben wrote: they ask for money"),
        ("test:dan", "they ask for money"),
        ("test:eve Eve Outside", "Eve Outside wrote: they ask for money"),
        ("slack:T1/U9", "somebody wrote: they ask for money"),
        ("the mayor", "the mayor wrote: they ask for money"),
    ],
)
def test_who_said_it_is_named_as_the_team_knows_them(house: House, who: str, said: str) -> None:
    house.say(SOS, "dan")
    note(house, who=who)
    assert [one.text for one in notes(house)] == [said]


def test_a_message_of_this_moment_is_now_though_the_networks_clock_is_ahead(house: House) -> None:
    house.say(SOS, "dan")
    assert "In the log" in note(house, when=(NIGHT + timedelta(minutes=4)).isoformat())
    assert notes(house)[0].at == NIGHT
    assert "still to come" in note(house, when=(NIGHT + timedelta(minutes=6)).isoformat())
    assert "still to come" in note(house, when="tomorrow")
    assert len(notes(house)) == 1


def test_one_that_is_over_is_added_to_only_where_it_is_named(house: House) -> None:
    house.say(SOS, "dan")
    house.say("crisis close yes", "dan")
    assert "Nothing is going on" in note(house)
    assert notes(house) == []
    assert "In the log" in note(house, crisis="1")
    assert len(notes(house)) == 1


def test_a_note_stands_in_the_boards_thread(house: House) -> None:
    house.say(SOS, "dan")
    note(house, link="https://example.org/shot")
    house.later(seconds=3)
    said = [house.text(one.card) for one in house.post.kept.values() if one.under.endswith("/board")]
    assert any("dan: they ask for money link (https://example.org/shot)" in one for one in said), said
