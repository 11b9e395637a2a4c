"""The day after which a tip is stale: who is warned of it, and what becomes of the tip."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from bot.topics.drafting.model import Tip, TipState
from bot.topics.drafting.tips import next_word
from bot.topics.team.model import Notice
from tests.engine_room import START
from tests.house import House
from tests.topics.drafting.conftest import Desk

TEXT = "Our webinar on glue shows how to mend a torn page"


def test_its_day_is_spoken_of_three_days_and_one_day_ahead_and_when_it_has_passed(house: House) -> None:
    tip = Tip("t", "x", "test:x", "X", START, day=date(2026, 12, 5))

    def local(at: datetime) -> str:
        due = next_word(tip, house.zone, at)
        assert due is not None
        return due.astimezone(house.zone).date().isoformat()

    assert local(START) == "2026-12-02"
    assert local(datetime(2026, 12, 3, 12, tzinfo=UTC)) == "2026-12-04"
    assert local(datetime(2026, 12, 4, 12, tzinfo=UTC)) == "2026-12-06"
    assert next_word(Tip("t", "x", "test:x", "X", START), house.zone, START) is None


def test_a_tip_with_a_day_warns_before_it_goes_stale_and_is_set_aside_kindly_after_it(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, when="2026-12-04")
    house.later(days=7)
    assert not any("is stale after" in one for one in house.letters("owner"))
    house.until(datetime(2026, 12, 3, 12, tzinfo=UTC))
    assert sum("is stale after Fri 4 Dec 2026" in one for one in house.letters("owner")) == 1
    assert not any("is stale" in one for one in house.letters("office"))
    house.until(datetime(2026, 12, 5, 20, tzinfo=UTC))
    after = house.get(Tip, tip.id)
    assert (after.state, after.reason) == (TipState.SET_ASIDE, "its day passed before somebody found the time")
    (letter,) = house.letters("guest")
    assert "its day passed before somebody found the time" in letter
    assert not house.agenda("tip-stale")


def test_only_who_took_it_is_warned(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, when="2026-12-04")
    house.say(f"tip claim {tip.id}", "bea")
    house.until(datetime(2026, 12, 4, 20, tzinfo=UTC))
    assert any("is stale after" in one for one in house.letters("bea"))
    assert not any("is stale after" in one for one in house.letters("owner"))


def test_who_looks_after_the_account_by_then_is_warned(house: House, desk: Desk) -> None:
    house.volunteer("Eve")
    desk.tip(TEXT, when="2026-12-04")
    house.later(days=3)
    desk.account("ce-li", "linkedin", "eve")
    assert "goes stale soon" in house.say("agenda", "eve")
    assert "goes stale soon" not in house.say("agenda", "bea")
    house.until(datetime(2026, 12, 4, 20, tzinfo=UTC))
    assert any("is stale after" in one for one in house.letters("eve"))
    assert not any("is stale after" in one for one in house.letters("bea"))


def test_who_gave_a_tip_for_their_own_account_is_warned_too(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, giver="owner", when="2026-12-04")
    assert house.get(Tip, tip.id).asked == ("bea",)
    house.until(datetime(2026, 12, 4, 20, tzinfo=UTC))
    assert any("is stale after" in one for one in house.letters("owner"))


def test_coordinators_are_warned_where_those_who_were_asked_have_left(house: House, desk: Desk) -> None:
    desk.tip(TEXT, when="2026-12-04")
    house.say("team remove Owner sure=yes", "office")
    house.say("team remove Bea sure=yes", "office")
    house.until(datetime(2026, 12, 4, 20, tzinfo=UTC))
    assert any("is stale after" in one for one in house.letters("office"))


def test_a_tip_whose_day_has_passed_comes_back_without_it(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, when="2026-11-25")
    house.until(datetime(2026, 11, 27, 20, tzinfo=UTC))
    house.say(f"tip reopen {tip.id}", "owner")
    after = house.get(Tip, tip.id)
    assert (after.state, after.day) == (TipState.OPEN, None)


def test_the_nightly_look_puts_a_lost_entry_back(house: House, desk: Desk) -> None:
    tip = desk.tip(TEXT, when="2026-12-04")
    (entry,) = house.agenda("tip-stale")
    house.store.write("t", lambda records: records.wake("tip-stale", tip.id, None)).result()
    house.store.write("t", lambda records: records.wake("sweep", "0", house.clock.time)).result()
    house.settle()
    assert house.agenda("tip-stale") == [entry]
    assert "goes stale soon" in house.say("agenda", "office")


@pytest.mark.parametrize("owner", ["owner", "bea", ""])
def test_nobody_is_warned_of_the_day_of_a_tip_that_is_done(house: House, desk: Desk, owner: str) -> None:
    tip = desk.tip(TEXT, when="2026-12-04")
    for short in ("ce-x", "ce-fb", "ce-li"):
        desk.account(short, owner=owner)
    house.put(replace(house.get(Tip, tip.id), asked=()))  # nobody was asked before
    house.until(datetime(2026, 12, 1, 8, tzinfo=UTC))  # at night: the warning waits for the next nudge
    assert any(one.id.startswith("stale/") for one in house.find(Notice))
    house.say(f"tip dismiss {tip.id} no room", "bea")
    assert not any(one.id.startswith("stale/") for one in house.find(Notice))
    house.store.write("t", lambda records: records.wake("tip-stale", tip.id, house.clock.time)).result()
    house.later(days=14)  # a stray wake-up, past its day
    assert house.get(Tip, tip.id).reason == "no room"
