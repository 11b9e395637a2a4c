"""A level that a team's plan keeps private: its own people see the crisis, and nobody else finds a trace of it."""

import pytest

from bot.core.chat import Button, Form, Person, Request
from bot.core.plain import controls_of
from bot.topics.crisis.model import Call, Crisis
from tests.house import HERE, House
from tests.topics.crisis.conftest import CHANNEL

OWN = """
kinds:
  staff_matter:
    signs: [a colleague is accused]
    levels: {S2: {test: "inside the team", private: true}, S3: {test: "in public", private: no}}
    notify: [{to: lead+backup, by: 0}, {to: approver, by: 5}]
    steps:
      - {id: Y1, role: lead, by: 20, do: Talk to both, done: both were heard}
    close: [both agree]
"""
PEOPLE = ("dan", "eva", "finn")
OUTSIDERS = ("new", "watcher")


def start(house: House, said: str = "a colleague is accused of something hushed") -> Crisis:
    """A private crisis of dan, eva and finn; the plan's accounts are nobody's, so that its list stays short."""
    house.volunteer("new", alarms=True)
    house.volunteer("watcher", alarms=True)
    assert "Version 1" in house.text(house.do("office", "", "playbook import", {"file": OWN}))
    house.say(f"sos {said}", "dan")
    house.later(seconds=5)
    return house.find(Crisis)[0]


def everything_sent_to(house: House, who: str) -> str:
    return "\n".join(house.letters(who))


def test_its_people_see_it(house: House) -> None:
    start(house)
    for who in PEOPLE:
        assert "something hushed" in house.say("crisis show", who)
    assert "Staff matter" in house.say("home", "eva")


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize(
    "line",
    [
        "crisis show",
        "crisis show 1",
        "crisis list",
        "crisis mine",
        "crisis review",
        "crisis review 1",
        "crisis note 1 hello there",
        "crisis take spotter",
        "crisis answer got",
        "crisis done Y1 done",
        "crisis correct Y1 done",
        "crisis false-alarm",
        "crisis close",
        "crisis update all is well",
        "home",
        "agenda",
        "log",
        "log show 1",
        "hold show",
        "statement list",
        "statement list 1",
        "shift list",
        "lesson list",
        "roster",
        "find accused",
    ],
)
def test_outsiders_find_no_trace(house: House, who: str, line: str) -> None:
    start(house)
    house.say("crisis done Y1 both were heard", "eva")
    house.say('lesson add "never be alone with it" eva "1 march"', "eva")
    said = house.say(line, who)
    for word in ("hushed", "accused", "Staff", "staff_matter", "+1 312", "both were", "never be alone", "eva leads"):
        if word not in line:
            assert word not in said, word


def test_a_number_that_is_kept_from_you_reads_like_one_that_is_not_there(house: House) -> None:
    start(house)
    assert house.say("crisis show 1", "new").replace("1", "N") == house.say("crisis show 7", "new").replace("7", "N")


@pytest.mark.parametrize("who", OUTSIDERS)
def test_the_buttons_of_its_cards_do_nothing_for_others(house: House, who: str) -> None:
    crisis = start(house)
    house.later(minutes=20)
    calls = {one.id for one in house.find(Call)}
    cards = [message.card for one in PEOPLE for message in house.messages(one)] + [
        house.ask(line, "eva") for line in ("crisis show", "crisis mine", "log", "hold show", "statement list")
    ]
    buttons = {one.code: one for card in cards for one in controls_of(card) if isinstance(one, Button)}
    assert len(buttons) > 8
    assert any(one.values.get("call") in calls for one in buttons.values())
    for button in buttons.values():
        if "crisis" in button.values or "call" in button.values:
            reply = house.do(who, "", button.command, button.values)
            said = house.text(reply)
            assert not isinstance(reply, Form) or "hushed" not in said
            for word in ("hushed", "accused", "Staff", "+1 312", "heard your voice"):
                assert word not in said, (button, said)
    assert house.find(Crisis)[0] == crisis


def test_nothing_of_it_is_suggested_while_others_type(house: House) -> None:
    start(house)

    def suggested(who: str) -> list[tuple[str, str]]:
        request = Request(Person(f"test:{who}"), HERE, "crisis show", {}, "", f"s-{who}", who)
        return house.engine.suggest(request, "crisis", "")

    assert suggested("eva") == [("1", "1: staff matter")]
    assert suggested("new") == []


def test_there_is_no_board_in_the_channel_and_its_people_have_one_each(house: House) -> None:
    start(house)
    house.later(minutes=30)
    assert not [one for one in house.post.kept.values() if one.to.id == CHANNEL]
    assert any("something hushed" in one and "Next update" in one for one in house.letters("eva"))
    for who in OUTSIDERS:
        assert not everything_sent_to(house, who)


def test_a_board_that_was_public_is_taken_back_when_the_crisis_becomes_private(house: House) -> None:
    start(house, "something odd is hushed no longer")
    house.say("crisis note she said it aloud", "dan")
    house.later(minutes=12)
    there = [house.text(one.card) for one in house.post.kept.values() if one.to.id == CHANNEL]
    assert any("hushed no longer" in one for one in there)
    assert any("she said it aloud" in one for one in there)
    house.say("crisis kind staff_matter", "dan")
    house.later(seconds=5)
    there = [house.text(one.card) for one in house.post.kept.values() if one.to.id == CHANNEL]
    assert there
    assert all(one.startswith("Not shown here any more") for one in there)
    house.say("crisis level S3", "dan")  # in public: the board comes back
    house.later(seconds=5)
    there = [house.text(one.card) for one in house.post.kept.values() if one.to.id == CHANNEL]
    assert any("hushed no longer" in one for one in there)


def test_whoever_was_to_be_told_in_the_morning_is_not_told_of_what_is_private_by_then(house: House) -> None:
    start(house, "something odd")
    house.say("crisis kind staff_matter", "dan")
    house.later(hours=12)
    for who in ("cleo", "ana", "gus"):
        assert not [one for one in house.letters(who) if "odd" in one], who
        assert "odd" not in house.say("crisis show", who)


def test_somebody_who_is_asked_for_a_part_is_one_of_its_people_from_then_on(house: House) -> None:
    start(house)
    assert "hushed" not in house.say("crisis show", "new")
    house.say("crisis assign Y1 new", "dan")
    assert "hushed" in house.say("crisis show", "new")
    house.settle()
    assert any("yours now" in one for one in house.letters("new"))


@pytest.mark.parametrize(
    "level", ["S2: {private: true}", "S2: {test: x, silent: yes}", "S2: {test: x, private: maybe}"]
)
def test_a_level_that_is_stated_wrongly_is_refused_with_its_line(house: House, level: str) -> None:
    text = OWN.replace('S2: {test: "inside the team", private: true}', level)
    said = house.text(house.do("office", "", "playbook import", {"file": text}))
    assert "Line 5, " in said
    assert "nothing was changed" in said
