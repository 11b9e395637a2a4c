"""A hijacked account at 23:40: who is told, what each sees, whose word counts, and how it ends."""

from pathlib import Path

import storage
from bot.house import KINDS
from bot.topics.accounts.model import Hold
from bot.topics.crisis.model import Crisis, Job, Receipt, Stage
from tests.house import House
from tests.topics.crisis.conftest import CHANNEL, NIGHT, furnish

SOS = "sos scam posts on our facebook page"


def board(house: House) -> str:
    house.later(seconds=3)
    return next(house.text(one.card) for one in house.post.kept.values() if one.key.endswith("/board"))


def crisis_of(house: House) -> Crisis:
    (found,) = house.find(Crisis)
    return found


def test_within_the_same_moment_people_are_told_and_the_first_three_things_are_on_the_screen(house: House) -> None:
    said = house.say("sos scam posts on our facebook page", "dan")
    assert said.index("In danger? Call emergency services.") < said.index(
        "1. Phone ana now to hear that it is really them"
    )
    assert "+1 312 555 0101. Within 3 minutes." in said
    assert "2. Take a screenshot" in said
    assert "3. Don't reply, don't delete, don't post" in said
    assert "Hijacked account · S3 Emergency" in said
    assert "guess" in said
    house.settle()
    for who in ("ben", "eva", "finn"):
        assert any("you are needed" in letter for letter in house.letters(who)), who
    assert not house.letters("cleo")  # an owner whose login is not shared keeps their night
    assert crisis_of(house).suspects == ("ana",)
    assert not house.letters("ana")  # whoever took the account may read their messages
    assert {one.id for one in house.find(Hold)} == {"a1", "a2", "a3", "a4"}
    assert "scam posts on our facebook page" in board(house)
    assert "1 of 6" in board(house)
    (first,) = (one for one in house.find(Job) if one.step == "G1")
    assert first.done == NIGHT


def test_overdue_steps_fire_at_the_start_and_none_twice(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'steward.db'}"
    house = House(NIGHT, store=storage.open(url, KINDS))
    furnish(house)
    house.say("sos scam posts on our facebook page", "dan")
    house.settle()
    house.close()
    again = House(NIGHT, store=storage.open(url, KINDS))
    again.later(hours=3)
    first = [one.key for one in again.post.kept.values() if "/late/" in one.key]
    assert len(first) == len(set(first)) > 5
    again.close()
    third = House(again.clock.time, store=storage.open(url, KINDS))
    third.settle()
    assert not [one.key for one in third.post.kept.values() if "/late/" in one.key]
    third.close()


def test_a_suspects_chat_account_does_not_count_and_sees_nothing(house: House) -> None:
    house.say("sos scam posts on our facebook page", "dan")
    for line in (
        "crisis show",
        "crisis done H2 changed",
        "hold say holding pw-fb",
        "crisis answer got",
        "log",
        "crisis false-alarm",
        "crisis take spotter",
        "statement list",
        "crisis heard ana",
    ):
        said = house.say(line, "ana")
        assert "heard your voice" in said, (line, said)
        assert "+1 312" not in said
    assert "+1 312" not in house.say("sos it is fine, no worry", "ana")
    assert crisis_of_number(house, 1).is_open


def crisis_of_number(house: House, number: int) -> Crisis:
    (found,) = house.find(Crisis, number=number)
    return found


def test_the_keeper_who_raises_it_does_not_lead_until_heard(house: House) -> None:
    said = house.say("sos scam posts on pw-fb", "ana")
    assert crisis_of(house).lead == "eva"
    assert "+1 312" not in said


def test_somebody_without_a_role_may_raise_it_and_sees_no_number(house: House) -> None:
    said = house.say("sos scam posts on your facebook page", "member")
    assert "I have alarmed" in said
    assert "+1 312" not in said
    assert crisis_of(house).lead == "eva"
    assert "no" in house.say("crisis show", "member").casefold()
    house.say("sos and now they ask for money", "member")
    assert len(house.find(Crisis)) == 1
    for who in ("eva", "finn"):
        house.say("crisis false-alarm", who)
    house.later(seconds=3)
    assert any("Thank you for telling us" in letter for letter in house.letters("member"))


def test_a_false_alarm_at_the_highest_level_takes_two(house: House) -> None:
    house.say("sos scam posts on our facebook page", "dan")
    house.settle()
    assert "takes two" in house.say("crisis false-alarm", "dan")
    assert "takes two" in house.say("crisis false-alarm", "dan")
    assert "Everybody who was alarmed is told" in house.say("crisis false-alarm", "eva")
    house.later(hours=2)
    assert crisis_of(house).stage is Stage.FALSE_ALARM
    assert any("false alarm" in letter for letter in house.letters("ben"))
    assert not [one for one in house.agenda() if one[0] in ("crisis-step", "crisis-receipt", "crisis-update")]


def test_one_answer_stops_only_its_own(house: House) -> None:
    house.say("sos scam posts on our facebook page", "dan")
    house.settle()
    house.press("Seen", "ben")
    house.later(minutes=6)
    paths = {one.volunteer: one.paths for one in house.find(Receipt)}
    assert "second path" not in paths["ben"]
    assert "second path" in paths["finn"]


def test_who_cant_is_replaced_at_once(house: House) -> None:
    house.say("sos scam posts on our facebook page", "dan")
    house.settle()
    assert "Look after yourself" in house.press("I can't", "ben")
    jobs = {one.step: one for one in house.find(Job)}
    assert "ben" not in jobs["H2"].who
    assert jobs["H2"].who
    house.settle()
    assert CHANNEL
