from datetime import UTC, datetime

from bot.core.chat import Button, Card
from bot.core.plain import controls_of
from bot.topics.accounts.model import Status
from bot.topics.team.hours import DAY
from bot.topics.team.nudges import Pace
from tests.engine_room import START
from tests.house import House
from tests.topics.posting.conftest import Desk


def commands_of(card: Card) -> set[str]:
    return {button.command for button in controls_of(card) if isinstance(button, Button)}


def test_a_reminder_comes_at_the_owners_next_hour_and_says_what_for_whom_and_since_when(
    house: House, desk: Desk
) -> None:
    desk.account("ce-x", "owner", START - 3 * DAY)
    assert desk.due_on_agenda("ce-x") == datetime(2026, 11, 24, 6, tzinfo=UTC)
    house.later(days=1, minutes=-1)
    assert not house.messages("owner")
    house.later(minutes=1)
    (message,) = house.messages("owner")
    assert message.card.summary == "Owner: No post recorded on ce-x since Fri 20 Nov."
    assert {"posted", "normal", "snooze", "reminder answer"} <= commands_of(message.card)


def test_all_due_accounts_share_one_card(house: House, desk: Desk) -> None:
    for short in ("a-x", "b-x", "c-x", "d-x"):
        desk.account(short, "owner", START - 9 * DAY)
    house.settle()
    (message,) = house.messages("owner")
    assert "And 3 more accounts." in str(message.card.summary)
    assert all(f"No post recorded on {short}" in house.letters("owner")[0] for short in ("a-x", "b-x", "c-x", "d-x"))


def test_more_than_ten_accounts_come_in_turns(house: House, desk: Desk) -> None:
    shorts = [f"n{number:02}-x" for number in range(14)]
    for short in shorts:
        desk.account(short, "owner", START - 9 * DAY)
    house.later(days=1)
    first, second = house.letters("owner")
    assert "And 4 more, which come in turn" in first
    assert sum(f"recorded on {short} since" in first for short in shorts[1:]) == 9
    assert all(f"on {short} " in first or f"on {short} " in second for short in shorts)


def test_none_of_many_accounts_waits_for_its_turn_for_good(house: House, desk: Desk) -> None:
    shorts = [f"n{number:02}-x" for number in range(25)]
    for short in shorts:
        desk.account(short, "owner", START - 9 * DAY, backup="bea")
    desk.account("quiet-x", "owner")
    house.later(days=42)
    letters = house.letters("owner")
    assert len(letters) == 13
    for short in shorts:
        assert 3 <= sum(f"recorded on {short} since" in letter for letter in letters) <= 7
        assert desk.watch(short).chain.people == ("owner", "bea", "office")
    assert sum("went out on quiet-x?" in letter for letter in letters) == 2


def test_an_account_without_a_record_is_asked_about_gently_twice_and_never_called_a_gap(
    house: House, desk: Desk
) -> None:
    desk.account("pw-yt", "owner", network="youtube", status=Status.UNKNOWN, backup="bea")
    house.later(days=60)
    letters = house.letters("owner")
    assert len(letters) == 2
    assert all("Do you know when something last went out on pw-yt?" in letter for letter in letters)
    assert not any("No post recorded" in letter for letter in letters)
    assert not house.messages("bea")
    assert not house.messages("office")


def test_an_owner_who_is_away_is_left_alone_and_starts_afresh(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 2 * DAY)
    house.say("away today to 6 dec", "owner")
    assert "ce-x waits until Mon 7 Dec" in house.say("last ce-x", "owner")
    house.later(days=13, hours=23)  # Monday 7 December, 08:00
    assert not house.messages("owner")
    assert not house.messages("office")
    assert "the next one by Thu 10 Dec" in house.say("last ce-x", "owner")
    house.later(days=4, hours=2)
    assert desk.nudged("owner") == ["2026-12-11"]


def test_a_light_pace_means_one_reminder_in_seven_days(house: House, desk: Desk) -> None:
    house.volunteer("Lea", pace=Pace.LIGHT)
    desk.account("ce-x", "lea", START - 9 * DAY)
    house.later(days=21)
    assert desk.nudged("lea") == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]
