"""A draft that waits for a second pair of eyes: those who were asked hear of it once more, and then no more."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.topics.accounts.model import Hold
from bot.topics.drafting.keeping import WAITS
from bot.topics.drafting.model import Draft
from bot.topics.drafting.options import as_seen
from bot.topics.team.model import Standing, TeamRole, Volunteer
from tests.house import House
from tests.topics.drafting.conftest import Desk

pytestmark = pytest.mark.usefixtures("needed")
ASKED = "asks for a second pair of eyes on a draft for ce-x"
AGAIN = "A draft by Owner for ce-x has been waiting for a second pair of eyes since Mon 23 Nov 2026."


def asked(desk: Desk) -> Draft:
    draft = desk.written()
    desk.do("owner", "review", draft=draft.id)
    return draft


def times(house: House, words: str, to: str = "bea") -> int:
    return sum(words in one for one in house.letters(to))


def test_who_was_asked_is_reminded_once_three_days_later_and_never_again(house: House, desk: Desk) -> None:
    asked(desk)
    house.later(days=2, hours=23)
    assert (times(house, ASKED), times(house, AGAIN)) == (1, 0)
    house.later(days=40)
    assert (times(house, ASKED), times(house, AGAIN), times(house, "has been waiting")) == (1, 1, 1)


def test_the_reminder_waits_for_the_usual_nudge(house: House, desk: Desk) -> None:
    house.later(hours=12)  # nine in the evening
    asked(desk)
    house.later(days=3, minutes=1)
    assert times(house, AGAIN) == 0
    house.later(days=2)
    assert times(house, AGAIN) == 1


@pytest.mark.parametrize(("day", "days"), [("2026-11-28", 1), ("2026-11-30", 1), ("2026-12-01", 3)])
def test_where_its_tip_is_urgent_it_comes_sooner(house: House, desk: Desk, day: str, days: int) -> None:
    tip = desk.tip(when=day)
    desk.do("owner", "draft", account="ce-x", tip=tip.id)
    draft = house.find(Draft)[0]
    desk.do("owner", "review", draft=draft.id)
    ((_alarm, _subject, due),) = house.agenda(WAITS)
    assert due == house.clock.time + timedelta(days=days)


@pytest.mark.parametrize("step", ["approve", "send back", "discard"])
def test_what_was_looked_at_is_not_spoken_of_again(house: House, desk: Desk, step: str) -> None:
    draft = asked(desk)
    if step == "approve":
        desk.approve(draft.id)
    else:
        values = {"note": "Say where"} if step == "send back" else {}
        desk.do("bea" if values else "owner", step, draft=draft.id, **values)
    assert house.agenda(WAITS) == []
    house.later(days=10)
    assert times(house, AGAIN) == 0


def test_asked_for_anew_it_is_reminded_of_anew(house: House, desk: Desk) -> None:
    draft = asked(desk)
    desk.do("bea", "send back", draft=draft.id, note="Say where")
    house.later(days=5)
    desk.do("owner", "review", draft=draft.id)
    house.later(days=20)
    assert times(house, "has been waiting for a second pair of eyes since Sat 28 Nov 2026") == 1


def test_where_those_who_were_asked_have_left_somebody_else_hears_of_it(house: House, desk: Desk) -> None:
    house.volunteer("Eve")
    draft = asked(desk)
    house.put(*(replace(house.get(Volunteer, one), standing=Standing.LEFT) for one in ("bea", "office")))
    house.later(days=9)
    assert times(house, AGAIN, "eve") == 1
    assert times(house, AGAIN) == 0
    assert set(house.get(Draft, draft.id).asked) == {"eve"}


def test_while_the_account_is_on_hold_nobody_is_reminded(house: House, desk: Desk) -> None:
    asked(desk)
    house.put(Hold("id-ce-x", house.clock.time, ("a storm",)))
    house.later(days=6)
    assert times(house, AGAIN) == 0
    assert len(house.agenda(WAITS)) == 1


def test_of_a_retired_account_nobody_is_asked_and_nothing_is_approved(house: House, desk: Desk) -> None:
    draft = asked(desk)
    house.say("account retire ce-x", "office")
    assert "second pair of eyes" not in house.say("agenda", "office")
    house.later(days=6)
    assert (times(house, ASKED), times(house, AGAIN)) == (0, 0)
    assert "No draft waits" in house.say("drafts review", "bea")
    said = house.say(f"read {draft.id}", "owner")
    assert "ce-x is retired, so nothing more goes out there." in said
    assert "[Put the draft away]" in said
    assert "[Change the words]" not in said
    for by, name in (("bea", as_seen(draft)), ("owner", draft.id)):
        assert "ce-x is retired" in desk.do(by, "approve" if by == "bea" else "review", draft=name)
    house.say("account restore ce-x", "office")
    assert "1 draft for your approval" in house.say("drafts review", "bea")
    desk.do("owner", "review", draft=draft.id)
    house.later(days=2)
    assert times(house, ASKED) == 1


def test_whoever_may_approve_only_later_hears_of_what_waits(house: House, desk: Desk) -> None:
    house.say("policy approvers coordinators", "office")
    draft = desk.written(by="office")
    assert "Nobody else may approve it" in house.say(f"review {draft.id}", "office")
    house.later(days=4)
    house.volunteer("Cora", TeamRole.COORDINATOR)
    house.later(days=8)
    assert times(house, "A draft by Office for ce-x has been waiting", "cora") == 1
    house.later(days=20)
    assert times(house, "A draft by Office for ce-x has been waiting", "cora") == 1


def test_who_reads_a_draft_is_told_that_its_tip_was_set_aside(house: House, desk: Desk) -> None:
    draft = desk.made()
    desk.do("owner", "review", draft=draft.id)
    house.say(f"tip dismiss {draft.tip} the talk is called off", "bea")
    assert "Its tip was set aside: the talk is called off." in house.say(f"read {draft.id}", "bea")
    house.say(f"tip reopen {draft.tip}", "bea")
    assert "set aside" not in house.say(f"read {draft.id}", "bea")


def test_who_is_at_a_second_draft_of_a_tip_sees_that_the_first_one_is_out(house: House, desk: Desk) -> None:
    house.say("policy need never", "office")
    draft = desk.made()
    for short in ("ce-x", "ce-fb"):
        desk.do("bea", "draft", account=short, tip=draft.tip)
    second, elsewhere = (one for one in house.find(Draft, order="account") if one.by == "bea")
    second, elsewhere = (second, elsewhere) if second.account == "id-ce-x" else (elsewhere, second)
    words = "Another draft of the same tip is out on"
    assert words not in house.say(f"read {second.id}", "bea")
    desk.post(draft.id)
    assert f"{words} ce-x already." in house.say(f"read {second.id}", "bea")
    assert words not in house.say(f"read {elsewhere.id}", "bea")


def test_the_nightly_look_puts_a_lost_entry_back(house: House, desk: Desk) -> None:
    draft = asked(desk)
    before = house.agenda(WAITS)
    house.store.write("t", lambda records: records.wake(WAITS, draft.id, None)).result()
    (entry,) = before
    house.store.write("t", lambda records: records.wake("sweep", "0", house.clock.time)).result()
    house.settle()
    assert house.agenda(WAITS) == [entry]


def test_the_agenda_says_it_in_words(house: House, desk: Desk) -> None:
    asked(desk)
    assert "the draft for ce-x still waits for a second pair of eyes" in house.say("agenda", "office")
