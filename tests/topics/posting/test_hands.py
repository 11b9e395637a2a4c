"""Whom an account that stays due goes to: its backup for a hand, then a coordinator."""

from bot.topics.posting.chain import Stage
from bot.topics.team.hours import DAY
from bot.topics.team.model import Notice, TeamRole
from tests.engine_room import START
from tests.house import House
from tests.topics.posting.conftest import Desk


def test_the_backup_is_asked_after_two_unanswered_reminders_and_the_owner_hears_of_it(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.later(days=2)
    assert desk.nudged("owner") == ["2026-11-23", "2026-11-24"]
    assert desk.nudged("bea") == ["2026-11-25"]
    assert "ce-x could use a hand. Can you?" in house.letters("bea")[0]
    assert "Owner" not in house.letters("bea")[0]  # nobody is named as the one who is behind
    house.later(days=5)
    assert "Bea, the backup of ce-x, is asked for a hand" in house.letters("owner")[2]


def test_a_backup_who_helps_gives_the_owner_a_rest_for_a_week(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.later(days=2, hours=1)
    assert "Thank you for helping with ce-x" in house.press("Yes", "bea")
    house.later(days=6)
    assert len(house.messages("bea")) == 1
    assert "Bea lends a hand with ce-x" in house.letters("owner")[-1]
    assert "No post recorded" not in house.letters("owner")[-1]
    house.later(days=2)
    assert desk.watch("ce-x").chain.stage in (Stage.COORDINATOR, Stage.TOLD)


def test_a_backup_who_declines_is_thanked_and_the_coordinator_told_once(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.later(days=2, hours=1)
    assert "That is fine" in house.press("Not now", "bea")
    house.later(days=30)
    assert len(house.messages("bea")) == 1
    letters = house.letters("office")
    assert len(letters) == 1
    assert "ce-x could use somebody's time" in letters[0]
    assert "Owner:" not in letters[0]
    assert "Bea" not in letters[0]
    assert "Nobody needs to be found" in house.say("hand yes ce-x", "bea")


def test_a_backup_who_does_not_answer_twice_is_followed_by_the_coordinator(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.later(days=30)
    assert len(house.messages("bea")) == 2
    assert len(house.messages("office")) == 1


def test_without_a_backup_the_coordinator_is_told_once(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY)
    house.later(days=40)
    assert len(house.messages("office")) == 1
    assert len(house.messages("owner")) > 8  # two in seven days, while nobody answers


def test_where_the_coordinator_is_the_owner_the_second_one_is_told(house: House, desk: Desk) -> None:
    house.volunteer("Second", TeamRole.COORDINATOR, joined=START + DAY)
    desk.account("office-x", "office", START - 9 * DAY)
    house.later(days=20)
    assert len(house.messages("second")) == 1


def test_where_the_only_coordinator_is_the_owner_it_stands_on_the_agenda(house: House, desk: Desk) -> None:
    desk.account("office-x", "office", START - 9 * DAY)
    house.later(days=20)
    assert desk.watch("office-x").chain.stage is Stage.AGENDA
    assert "office-x: somebody could see to it" in house.say("agenda", "office")
    house.volunteer("Second", TeamRole.COORDINATOR)
    house.later(days=3)
    assert len(house.messages("second")) == 1


def test_while_the_owner_is_away_the_backup_is_asked(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 2 * DAY, backup="bea")
    house.say("away today to 20 dec", "owner")
    house.later(days=4)
    assert desk.nudged("bea")[0] == "2026-11-25"
    assert not house.messages("owner")
    house.say("i'm back", "owner")
    assert desk.watch("ce-x").chain.stage is Stage.REST
    assert not [one for one in house.find(Notice) if one.id.startswith("hand/")]


def test_an_owner_who_wants_no_messages_is_not_written_to_and_others_are_asked(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 2 * DAY, backup="bea")
    house.say("reminders no", "owner")
    house.later(days=4)
    assert not house.messages("owner")
    assert house.messages("bea")
    house.say("reminders yes", "owner")
    house.later(days=3)
    assert house.messages("owner")


def test_who_is_asked_for_a_hand_and_leaves_is_followed_by_somebody_else(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.later(days=2, hours=1)
    assert desk.watch("ce-x").helper == "bea"
    house.say("team remove bea sure=yes", "office")
    assert desk.watch("ce-x").helper != "bea"
