from dataclasses import replace
from datetime import date, timedelta

from bot.core.chat import Person
from bot.topics.team.model import Away, Code, Guest, Notice, Purpose, TeamRole, Volunteer
from bot.topics.team.nudging import SWEEP
from tests.house import House


def since(house: House, id: str = "new-members") -> object:
    return house.get(Volunteer, id).unreachable_since


def test_closed_direct_messages_are_noted_and_one_coordinator_is_told(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    house.engine.cannot_reach("t", Person("test:new-members"))
    house.engine.cannot_reach("t", Person("test:new-members"))
    assert since(house) == house.clock.time
    told = house.find(Notice)
    assert [one.volunteer for one in told] == ["office"]
    assert "New members" in str(told[0].text)


def test_an_unreachable_coordinator_is_told_of_by_another(house: House) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR)
    house.engine.cannot_reach("t", Person("test:office"))
    house.engine.cannot_reach("t", Person("test:new-members"))
    assert [one.volunteer for one in house.find(Notice)] == ["second", "second"]


def test_the_only_coordinator_finds_it_at_home(house: House) -> None:
    house.put(replace(house.get(Volunteer, "office"), reminders=None))
    house.engine.cannot_reach("t", Person("test:new-members"))
    assert "don't reach New members" in house.say("home")


def test_any_later_act_clears_it_and_what_waits_is_sent(house: House) -> None:
    house.engine.cannot_reach("t", Person("test:new-members"))
    house.say("team role new members observer")
    house.later(days=3)
    assert house.letters("new-members") == []
    house.say("weekends no", "new-members")
    assert since(house) is None
    house.later(days=1)
    assert "observer" in house.letters("new-members")[0]


def test_a_stranger_who_can_not_be_reached_changes_nothing(house: House) -> None:
    house.engine.cannot_reach("t", Person("test:stranger"))
    assert house.find(Notice) == []


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
