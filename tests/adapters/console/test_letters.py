import random
from datetime import datetime, timedelta

from bot.adapters.console.letters import Letters
from bot.core.chat import Card
from bot.errors import Refusal
from tests.adapters.console.room import MEMBERS, OFFICE, PHOTOS, START, TEAM, Room, message


def test_a_message_for_whoever_is_there_is_shown_at_once_with_its_time() -> None:
    room = Room()
    room.due = [(message(OFFICE), False)]
    shown = room.type(":press posted")
    assert shown.startswith("Direct message · Tue 1 Dec 2026, 09:00\nnmig-x could use a post\n\n  [1] Posted it\n\n")
    assert room.requests[-1].command == "posted"


def test_a_message_for_somebody_else_is_announced_and_read_by_being_them() -> None:
    room = Room()
    room.due = [(message(), False), (message(key="k2", card=Card("Second")), False)]
    shown = room.type(":who", ":as new members", ":as office", ":as new members")
    assert "A direct message for new members has arrived: type `:as new members` to read it." in shown
    assert "2 direct messages for new members are waiting: type `:as new members` to read them." in shown
    assert "\n  new members (2 unread)\n" in shown
    assert "You are new members now. 2 new direct messages:" in shown
    assert shown.count("nmig-x could use a post") == 1
    assert shown.index("nmig-x could use a post") < shown.index("Second")
    assert shown.endswith("You are new members now. No new direct messages.\n\n")


def test_a_changed_message_is_shown_marked_as_updated() -> None:
    room = Room()
    room.due = [(message(OFFICE), False), (message(OFFICE, Card("Posted by office, 14:02")), True)]
    assert room.type().endswith("Direct message, updated · Tue 1 Dec 2026, 09:00\nPosted by office, 14:02\n\n")


def test_an_unread_message_that_changes_is_read_in_its_last_version_only() -> None:
    room = Room()
    room.due = [(message(), False), (message(card=Card("Newer")), True)]
    shown = room.type(":as new members")
    assert "You are new members now. One new direct message:" in shown
    assert "Direct message · " in shown
    assert "could use a post" not in shown


def test_a_read_message_that_changes_is_announced_as_changed() -> None:
    room = Room()
    room.due = [(message(card=Card("Newer")), True)]
    shown = room.type(":as new members")
    assert "A direct message for new members has changed: type" in shown
    assert "Direct message, updated · Tue 1 Dec 2026, 23:00\nNewer" in shown


def test_messages_of_a_place_are_shown_to_everybody_with_its_name() -> None:
    room = Room()
    room.due = [(message(TEAM, Card("Welcome")), False), (message(TEAM, Card("Welcome all")), True)]
    assert room.type() == (
        "In #team · Tue 1 Dec 2026, 09:00\nWelcome\n\nUpdated in #team · Tue 1 Dec 2026, 09:00\nWelcome all\n\n"
    )


def test_only_the_last_ten_of_many_letters_are_shown_at_once() -> None:
    room = Room()
    room.due = [(message(key=str(number), card=Card(f"Letter {number:03}")), False) for number in range(60)]
    shown = room.type(":as new members")
    assert "You are new members now. 50 new direct messages:" in shown
    assert "These are the last 10" in shown
    assert [number for number in range(60) if f"Letter {number:03}" in shown] == list(range(50, 60))


def test_mail_shows_the_last_messages_again() -> None:
    room = Room()
    room.due = [(message(OFFICE), False)]
    shown = room.type(":mail", ":press 2")
    assert "Direct message 1 of 1\nnmig-x could use a post\n\n  [2] Posted it" in shown
    assert room.requests[-1].command == "posted"
    assert "No direct messages for office so far. `:later 1 day` lets time pass." in Room().type(":mail")
    assert Room(later=None).type(":mail") == "No direct messages for office so far.\n\n"


def test_time_passes_and_what_arrives_meanwhile_is_shown() -> None:
    room = Room()

    async def later(span: timedelta) -> datetime:
        room.due = [(message(OFFICE), False), (message(), False), (message(key="k2"), False)]
        return await room.later(span)

    room.changes["later"] = later
    shown = room.type(":later 1 day 2 hours")
    assert shown == (
        "Direct message · Wed 2 Dec 2026, 11:00\nnmig-x could use a post\n\n  [1] Posted it\n\n"
        "It is Wed 2 Dec 2026, 11:00 now.\n\n"
        "2 direct messages for new members are waiting: type `:as new members` to read them.\n\n"
    )


def test_letters_for_several_people_are_told_of_in_one_line_when_time_has_passed() -> None:
    room = Room()

    async def later(span: timedelta) -> datetime:
        room.due = [(message(key=str(number)), False) for number in range(3)] + [(message(PHOTOS), False)]
        return await room.later(span)

    room.changes["later"] = later
    shown = room.type(":later 2 weeks")
    assert shown.endswith(
        "now.\n\nDirect messages are waiting for new members (3) and conference photos (1): "
        "type `:as new members` to\nread them.\n\n"
    )


def test_time_that_cannot_pass_is_refused_kindly() -> None:
    assert "Time only goes forward here." in Room().type(":later -1 day")
    assert "works with the sample team only" in Room(later=None).type(":later 3 days")

    async def refuse(_span: timedelta) -> datetime:
        raise Refusal("Not in a real team.")

    assert Room(later=refuse).type(":later 3 days", "home") == "Not in a real team.\n\nYou said home\n\n"


def test_letters_are_kept_in_bounds_and_in_order() -> None:
    from bot.adapters.console.letters import KEPT, Letter  # noqa: PLC0415

    letters = Letters()
    order = random.Random(1).sample(range(200), 200)
    for number in order:
        letters.keep(MEMBERS, Letter(message(key=str(number)), START))
    assert [letter.message.key for letter in letters.take(MEMBERS)] == [str(number) for number in order[-KEPT:]]
    assert letters.take(MEMBERS) == []
