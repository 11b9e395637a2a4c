from datetime import date

import pytest

from bot.topics.accounts.model import Account
from bot.topics.team.hours import DAY
from bot.topics.team.model import Away
from tests.engine_room import START
from tests.house import House
from tests.topics.posting.conftest import Desk


def test_on_a_long_card_the_other_answers_are_a_press_away(house: House, desk: Desk) -> None:
    for short in ("a-x", "b-x", "c-x", "d-x"):
        desk.account(short, "owner", START - 9 * DAY)
    house.settle()
    assert desk.watch("c-x").chain.asked
    said = house.press("More for c-x", "owner")
    assert "Snooze c-x" in said
    assert "Wrong rhythm for c-x" in said
    assert not desk.watch("c-x").chain.asked, "any button is an answer"
    assert desk.watch("d-x").chain.asked


def test_nothing_is_said_once_it_was_answered(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 3 * DAY)
    house.later(days=1, hours=-1)  # due since midnight, the nudge waits for nine
    house.say("posted ce-x", "owner")
    house.later(days=2)
    assert not house.messages("owner")


@pytest.mark.parametrize(
    "answer",
    [
        "normal ce-x",
        "snooze ce-x",
        "rhythm ce-x every 20 days",
        "reminder answer how=handover account=ce-x",
        "reminder answer how=more account=ce-x",
    ],
)
def test_any_answer_starts_the_count_anew(house: House, desk: Desk, answer: str) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.settle()
    assert len(desk.watch("ce-x").chain.asked) == 1
    assert "Not yet" not in house.say(answer, "owner")
    assert desk.watch("ce-x").chain.asked == ()


def test_away_as_an_answer_is_one_for_all_my_accounts(house: House, desk: Desk) -> None:
    desk.account("a-x", "owner", START - 9 * DAY)
    desk.account("b-x", "owner", START - 9 * DAY)
    house.settle()
    assert "Until when are you away" in house.press("I'm away", "owner")
    assert desk.watch("a-x").chain.asked == desk.watch("b-x").chain.asked == ()
    house.press("Friday", "owner")
    assert house.find(Away)[0].last == date(2026, 11, 27)


def test_a_wrong_rhythm_is_put_right_in_two_presses(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY)
    house.settle()
    assert "So far: every 3 days" in house.press("Wrong rhythm", "owner")
    assert "ce-x: every 14 days. ce-x: last post Sat 14 Nov" in house.press("Every 2 weeks", "owner")
    assert house.get(Account, "id-ce-x").every == 14
    assert "ce-x: every 3 days" in house.press("Undo", "owner")
    assert house.get(Account, "id-ce-x").every is None


def test_the_question_is_answered_by_one_button(house: House, desk: Desk) -> None:
    desk.account("pw-yt", "owner", network="youtube")
    house.settle()
    assert "Noted: pw-yt" in house.press("About a week ago", "owner")
    assert "last post Mon 16 Nov" in house.say("last pw-yt", "owner")


def test_not_knowing_is_an_answer_too(house: House, desk: Desk) -> None:
    desk.account("pw-yt", "owner", network="youtube")
    house.settle()
    assert "I leave pw-yt alone until Mon 21 Dec" in house.press("I don't know", "owner")
    house.later(days=27)
    assert len(house.messages("owner")) == 1
    house.later(days=2)
    assert len(house.messages("owner")) == 2


def test_a_snooze_keeps_quiet_until_its_day(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY)
    house.settle()
    assert "I leave ce-x alone until Mon 30 Nov" in house.press("Monday", "owner")
    house.later(days=7, minutes=-1)
    assert len(house.messages("owner")) == 1
    house.later(minutes=1)
    assert desk.nudged("owner") == ["2026-11-23", "2026-11-30"]


@pytest.mark.parametrize(
    ("until", "said"), [("today", "from tomorrow on"), ("in 5 months", "rhythm ce-x none"), ("yesterday", "passed")]
)
def test_a_snooze_wants_a_day_soon_to_come(house: House, desk: Desk, until: str, said: str) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY)
    assert said in house.say(f"snooze ce-x {until}", "owner")
    assert house.say("snooze ce-x until friday", "owner").startswith("Snoozed")


def test_only_those_who_look_after_an_account_answer_for_it(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY)
    for said in ("snooze ce-x", "normal ce-x"):
        assert "Only those who look after ce-x" in house.say(said, "bea")
        assert "Only those who look after ce-x" not in house.say(said, "office")
    assert "Only ce-x's owner or a coordinator" in house.say("rhythm ce-x none", "bea")
