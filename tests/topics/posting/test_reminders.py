from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.core.chat import Button, Card
from bot.core.plain import controls_of
from bot.topics.accounts.model import Account, Status
from bot.topics.posting.chain import Stage
from bot.topics.posting.model import Watch
from bot.topics.team.facts import Sweep
from bot.topics.team.model import Away, Notice, TeamRole
from bot.topics.team.nudges import Pace
from tests.engine_room import START
from tests.house import House
from tests.topics.posting.conftest import Desk

DAY = timedelta(days=1)


def commands_of(card: Card) -> set[str]:
    return {button.command for button in controls_of(card) if isinstance(button, Button)}


def days_of(house: House, who: str) -> list[str]:
    return [message.key.rpartition("/")[2] for message in house.messages(who)]


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


def test_the_backup_is_asked_after_two_unanswered_reminders_and_the_owner_hears_of_it(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.later(days=2)
    assert days_of(house, "owner") == ["2026-11-23", "2026-11-24"]
    assert days_of(house, "bea") == ["2026-11-25"]
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
    assert days_of(house, "owner") == ["2026-11-23", "2026-11-30"]


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


def test_an_owner_who_is_away_is_left_alone_and_starts_afresh(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 2 * DAY)
    house.say("away today to 6 dec", "owner")
    assert "ce-x waits until Mon 7 Dec" in house.say("last ce-x", "owner")
    house.later(days=13, hours=23)  # Monday 7 December, 08:00
    assert not house.messages("owner")
    assert not house.messages("office")
    assert "the next one by Thu 10 Dec" in house.say("last ce-x", "owner")
    house.later(days=4, hours=2)
    assert days_of(house, "owner") == ["2026-12-11"]


def test_while_the_owner_is_away_the_backup_is_asked(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 2 * DAY, backup="bea")
    house.say("away today to 20 dec", "owner")
    house.later(days=4)
    assert days_of(house, "bea")[0] == "2026-11-25"
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


def test_another_owner_starts_with_a_fresh_clock(house: House, desk: Desk) -> None:
    account = desk.account("ce-x", "owner", START - 9 * DAY)
    house.settle()
    desk.change(account, replace(account, owner="bea"), fresh=True)
    assert desk.watch("ce-x") == Watch("id-ce-x", clock_from=START, due=datetime(2026, 11, 27, 6, tzinfo=UTC))
    house.later(days=3)
    assert len(house.messages("owner")) == 1
    assert not house.messages("bea")
    house.later(hours=23)
    assert not house.messages("bea")
    house.later(hours=1)
    assert days_of(house, "bea") == ["2026-11-27"]


def test_the_same_owner_under_another_identity_keeps_the_clock(house: House, desk: Desk) -> None:
    account = desk.account("ce-x", "owner", START - 9 * DAY)
    house.settle()
    desk.change(account, replace(account, owner="bea"))
    assert desk.watch("ce-x").clock_from is None
    assert desk.watch("ce-x").chain.people == ()
    house.later(days=1)
    assert house.messages("bea")


def test_a_retired_or_dormant_account_reminds_nobody(house: House, desk: Desk) -> None:
    account = desk.account("ce-x", "owner", START - 2 * DAY)
    desk.change(account, replace(account, status=Status.DORMANT))
    assert desk.due_on_agenda("ce-x") is None
    house.later(days=10)
    assert not house.messages("owner")
    assert "ce-x is dormant, so I remind nobody" in house.say("last ce-x", "owner")


def test_who_is_asked_for_a_hand_and_leaves_is_followed_by_somebody_else(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 9 * DAY, backup="bea")
    house.later(days=2, hours=1)
    assert desk.watch("ce-x").helper == "bea"
    house.say("team remove bea sure=yes", "office")
    assert desk.watch("ce-x").helper != "bea"


def test_with_another_zone_of_the_team_all_days_are_counted_again(house: House, desk: Desk) -> None:
    for number in range(3):
        desk.account(f"n{number}-x", "owner", START)
    assert desk.due_on_agenda("n0-x") == datetime(2026, 11, 27, 6, tzinfo=UTC)
    said = house.say("team set zone Europe/Berlin", "office")
    assert "Not yet" not in said, said
    house.settle()
    assert {desk.due_on_agenda(f"n{number}-x") for number in range(3)} == {datetime(2026, 11, 26, 23, tzinfo=UTC)}


def test_the_nightly_sweep_rebuilds_an_entry_that_is_missing(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START)
    house.store.write("t", lambda records: records.wake("gap", "id-ce-x", None)).result()
    assert desk.due_on_agenda("ce-x") is None
    house.store.write("t", lambda records: desk.context(records).announce(Sweep(0))).result()
    assert desk.due_on_agenda("ce-x") == datetime(2026, 11, 27, 6, tzinfo=UTC)


def test_a_light_pace_means_one_reminder_in_seven_days(house: House, desk: Desk) -> None:
    house.volunteer("Lea", pace=Pace.LIGHT)
    desk.account("ce-x", "lea", START - 9 * DAY)
    house.later(days=21)
    assert days_of(house, "lea") == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]
