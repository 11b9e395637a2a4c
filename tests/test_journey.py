"""The main job from end to end: claim, post, time passes, a reminder by direct message, its buttons, a hand over."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.topics.accounts.model import Account, Handover, Stage, Status
from bot.topics.team.model import TeamRole, Volunteer
from tests.house import House


@pytest.fixture
def house() -> Iterator[House]:
    made = House()
    made.volunteer("Office", TeamRole.COORDINATOR)
    made.volunteer("Ana", reminders=None)
    made.volunteer("Ben")
    made.put(Account("a1", "ce-x", "Continuing education", "x", "@ALCTS_CE", status=Status.ACTIVE))
    yield made
    made.close()


def claimed(house: House) -> None:
    said = house.say("claim ce-x", "ana")
    assert "You look after ce-x now" in said
    house.press("Yes", "ana")
    assert house.get(Volunteer, "ana").reminders is True


def test_a_claimed_account_is_reminded_of_at_its_owners_hour_and_a_post_ends_it(house: House) -> None:
    claimed(house)
    assert "Noted: ce-x" in house.say("posted ce-x", "ana")
    house.until(datetime(2026, 11, 27, 14, 59, tzinfo=UTC))  # a minute before nine; Thanksgiving went by in peace
    assert house.messages("ana") == []
    house.later(minutes=1)
    (letter,) = house.letters("ana")
    assert "No post recorded on ce-x since Mon 23 Nov" in letter
    said = house.press("Posted", "ana")
    assert "Noted: ce-x" in said
    before = len(house.messages("ana"))
    house.later(days=2)
    assert len(house.messages("ana")) == before


def test_a_snoozed_account_is_left_alone_until_then(house: House) -> None:
    claimed(house)
    house.say("posted ce-x", "ana")
    house.later(days=5)
    assert len(house.letters("ana")) == 1
    assert "ce-x" in house.press("Next week", "ana")
    house.later(days=6)
    assert len(house.letters("ana")) == 1
    house.later(days=9)
    assert len(house.letters("ana")) > 1


def test_an_unanswered_owner_leads_to_the_backup_and_then_to_the_coordinator_once(house: House) -> None:
    claimed(house)
    house.say("offer ce-x ben backup", "ana")
    house.press("Accept", "ben") if house.letters("ben") else house.say("accept ce-x", "ben")
    house.say("posted ce-x", "ana")
    house.later(days=60)
    asked = [letter for letter in house.letters("ben") if "could use a hand" in letter]
    assert asked
    told = [letter for letter in house.letters("office") if "ce-x could use a hand" in letter]
    assert len(told) == 1
    assert not any(word in letter for letter in house.letters("ana") for word in ("late", "overdue", "silent"))


def test_an_account_changes_hands_by_a_checklist_that_both_confirm(house: House) -> None:
    claimed(house)
    house.say("offer ce-x ben", "ana")
    house.say("accept ce-x", "ben")
    (handover,) = house.find(Handover)
    assert handover.stage is Stage.OPEN
    for who in ("ana", "ben"):
        for item in ("access", "recovery", "removed", "notes"):
            house.say(f"handover confirm ce-x {item}", who)
    assert house.find(Handover)[0].stage is Stage.DONE
    assert house.get(Account, "a1").owner == "ben"


def test_after_a_restart_an_old_button_still_works(house: House) -> None:
    claimed(house)
    house.say("posted ce-x", "ana")
    house.later(days=5)
    again = House(house.clock.time, store=house.store)
    again.post.kept = house.post.kept
    assert "ce-x" in again.press("Tomorrow", "ana")
    again.engine.close()


def test_nothing_that_a_person_types_becomes_anything_but_text(house: House) -> None:
    claimed(house)
    for words in ("<!channel> @everyone", "'; DROP TABLE post; --", "=HYPERLINK(1)", "**bold** <b>x</b>", "\u202eabc"):
        said = house.say(f'posted ce-x words="{words}"', "ana")
        assert "Noted" in said
    assert "DROP TABLE" in house.say("posts ce-x", "ana")
    assert "\u202e" not in house.say("posts ce-x", "ana")
