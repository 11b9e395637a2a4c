from datetime import date, timedelta

from msgspec.structs import replace

from bot.topics.team.model import Away, Code, Guest, Purpose, Volunteer
from bot.topics.team.nudging import SWEEP
from tests.house import House


def test_the_agenda_is_told_in_words_to_those_whom_it_concerns(house: House) -> None:
    house.say("away today to friday", "new-members")
    house.say("term new members 30 june")
    said = house.say("agenda")
    assert "New members is back" in said
    assert "the end of the term of New members" in said
    assert "New members" not in house.say("agenda", "regional-groups")


def test_the_nightly_look_rebuilds_what_is_missing_and_forgets_what_is_over(house: House) -> None:
    now = house.clock.time
    house.put(
        replace(house.get(Volunteer, "new-members"), term_ends=date(2027, 6, 30)),
        Away("a", "new-members", now.date(), now.date() + timedelta(days=2)),
        Code("old", Purpose.LINK, now - timedelta(days=8)),
        Code("young", Purpose.LINK, now - timedelta(days=1)),
        Guest("test:ana", "Ana", now - timedelta(days=60)),
        Guest("test:bob", "Bob", now),
    )
    house.store.write("t", lambda records: records.wake(SWEEP, "0", now)).result()
    house.settle()
    assert {entry[0] for entry in house.agenda() if entry[1] == "new-members"} == {"return", "term"}
    assert [one.id for one in house.find(Code)] == ["young"]
    assert [one.id for one in house.find(Guest)] == ["test:bob"]


def test_the_nightly_look_reaches_every_volunteer_of_a_large_team(house: House) -> None:
    ends = date(2027, 6, 30)
    house.put(*(Volunteer(f"v{number:03}", f"V{number:03}", term_ends=ends) for number in range(150)))
    house.store.write("t", lambda records: records.wake(SWEEP, "0", house.clock.time)).result()
    house.settle()
    assert len(house.agenda("term")) == 150
