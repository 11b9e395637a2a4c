"""Other checklists: the same steps, before, during and after, in the usual messages; a team's own list, too."""

from datetime import timedelta

import pytest

from bot.core.chat import Form
from bot.topics.accounts.model import Hold
from bot.topics.crisis.model import Crisis, Receipt, Stage
from bot.topics.crisis.outline import Ask
from bot.topics.crisis.parsing import read_plan
from bot.topics.crisis.versions import shipped
from tests.house import House
from tests.topics.crisis.conftest import NIGHT

FAIR = (
    "checklists:\n  book_fair:\n    signs: [a fair of books]\n    steps:\n"
    "      - {id: A1, role: lead, by: 60, do: Hang the banner, done: banner hangs}\n"
    "      - {id: A2, role: spotter, by: 30, gate: A1, do: Count visitors, done: a number, ask: count}\n"
)


def the_list(house: House) -> Crisis:
    return house.find(Crisis, order="-number")[0]


def test_a_live_stream_has_steps_before_during_and_after_it() -> None:
    steps = read_plan(shipped()).kinds["livestream"].steps
    minutes = [one.by["S1"] for one in steps]
    assert all(one.rel == "event" for one in steps)
    assert min(minutes) < 0 < max(minutes)
    assert 0 in minutes


def test_it_asks_when_it_takes_place(house: House) -> None:
    form = house.ask("checklist start livestream", "cleo")
    assert isinstance(form, Form)
    assert form.fields[0].label == "When does it take place?"
    assert house.find(Crisis) == []
    assert "L1" in house.text(house.submit(form, "cleo", when="friday 3pm"))
    assert the_list(house).events["event"] == NIGHT + timedelta(days=3, hours=15, minutes=20)


def test_steps_fall_due_before_it_and_are_said_in_the_usual_message_to_nobody_else(house: House) -> None:
    said = house.say("checklist start livestream in 3 days", "cleo")
    assert "L1" in said
    assert "24 hours left" in said
    assert "is done" in house.say("crisis done L1 Ana and Ben agreed", "cleo")
    house.later(days=1, hours=12)
    letters = "".join(house.letters("cleo"))
    assert "Due now: L2. Agree on two people" in letters
    assert "Due now: L1" not in letters
    assert "somebody else takes it" not in letters
    assert not house.find(Hold)
    assert not house.find(Receipt)
    assert not [one for _kind, one in house.post.log if "crisis/" in one.key]
    assert all("Livestream" not in letter for who in ("dan", "eva", "office") for letter in house.letters(who))


def test_it_ends_by_itself_with_its_last_step(house: House) -> None:
    house.say("checklist start livestream in 4 days", "cleo")
    steps = read_plan(shipped()).kinds["livestream"].steps
    for one in steps:
        assert the_list(house).is_open
        said = house.say(
            f"crisis done {one.id} {'40 watched' if one.ask is Ask.COUNT else 'https://ala.org/1'}", "cleo"
        )
    assert "Every step is done. Well done!" in said
    assert the_list(house).stage is Stage.CLOSED
    assert "hard time" not in said
    assert f"{steps[0].id} (Say who is on screen" in house.press("See what was done", "cleo")
    assert not house.agenda("crisis-step")
    assert "There has been none" in house.say("crisis list", "cleo")


def test_a_teams_own_list_is_gone_through_in_the_same_way(house: House) -> None:
    house.do("office", "", "playbook import", {"file": FAIR})
    said = house.say("checklist", "cleo")
    assert "Livestream" in said
    assert "Book fair" in said
    assert "A1: Hang the banner" in house.press("Start Book fair", "cleo")
    assert "can't be done yet" in house.say("crisis done A2 12", "cleo")
    house.say("crisis done A1 it hangs", "cleo")
    assert "Book fair: 1 of 2 steps done" in house.say("checklist", "cleo")
    assert "1 of 2" not in house.say("checklist", "dan")
    house.say("checklist", "cleo")
    assert "A2" in house.press("Go on with Book fair", "cleo")
    assert "Every step is done" in house.say("crisis done A2 12", "cleo")


def test_a_list_that_is_under_way_is_in_nobodys_way_when_something_goes_wrong(house: House) -> None:
    house.say("checklist start livestream in 4 days", "dan")
    house.say("sos scam posts on our facebook page", "dan")
    assert "In the log" in house.say("crisis note they ask for money", "dan")
    assert "Hijacked account" in house.say("crisis mine", "dan")
    assert "L1" in house.text(house.do("dan", "", "crisis mine", {"crisis": "1"}))


def test_it_can_be_closed_before_its_end_and_speaks_of_no_hardship(house: House) -> None:
    house.say("checklist start livestream in 4 days", "cleo")
    said = house.say("crisis close", "cleo")
    assert "the recording is up" in said
    assert "hard time" not in said
    house.press("All of these are true", "cleo")
    assert the_list(house).stage is Stage.CLOSED


@pytest.mark.parametrize("line", ["checklist start nothing", "checklist start livestream blursday", "checklist stop"])
def test_what_cannot_be_is_said_kindly(house: House, line: str) -> None:
    assert "went wrong" not in house.say(line, "cleo")
    assert house.find(Crisis) == []
