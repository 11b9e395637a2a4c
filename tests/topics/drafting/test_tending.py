"""What becomes of tips: taken, set aside, put together, changed."""

import json
from datetime import date

from bot.core.chat import Card, Form
from bot.core.plain import controls_of
from bot.topics.drafting.model import Tip, TipState
from bot.topics.team.model import Identity, Notice
from tests.house import House
from tests.topics.drafting.conftest import WEBINAR, Desk


def test_a_tip_is_claimed_taken_over_and_left_to_others(house: House, desk: Desk) -> None:
    tip = desk.tip()
    house.say(f"tip claim {tip.id}", "owner")
    assert house.get(Tip, tip.id).holder == "owner"
    assert "Owner had taken it before" in house.say(f"tip claim {tip.id}", "bea")
    assert "Bea has taken that tip" in house.say(f"tip release {tip.id}", "owner")
    house.say(f"tip release {tip.id}", "bea")
    after = house.get(Tip, tip.id)
    assert (after.state, after.holder) == (TipState.OPEN, "")


def test_setting_aside_wants_a_kind_reason_and_can_be_taken_back(house: House, desk: Desk) -> None:
    tip = desk.tip()
    assert isinstance(house.ask(f"tip dismiss {tip.id}", "owner"), Form)
    assert "kind reason" in house.say(f"tip dismiss {tip.id} !!", "owner")
    assert "Guest is told so, with thanks" in house.say(f"tip dismiss {tip.id} we have posted it already", "owner")
    assert "was set aside" in house.say(f"tip claim {tip.id}", "owner")
    house.say(f"tip reopen {tip.id}", "owner")
    assert house.get(Tip, tip.id).state is TipState.OPEN


def test_a_tip_that_somebody_took_is_not_set_aside_by_another(house: House, desk: Desk) -> None:
    tip = desk.tip()
    house.say(f"tip claim {tip.id}", "owner")
    assert "Owner has taken that tip" in house.say(f"tip dismiss {tip.id} no room", "bea")
    assert "Set aside" in house.say(f"tip dismiss {tip.id} no room", "office")


def test_near_duplicates_are_offered_for_putting_together_and_nothing_of_either_is_lost(
    house: House, desk: Desk
) -> None:
    first = desk.tip()
    said = house.say(f"tip add {WEBINAR} Everybody is welcome!", "bea")
    assert "It reads like an earlier tip" in said
    house.press("Put both together", "bea")
    second = next(one for one in house.find(Tip) if one.id != first.id)
    assert (second.state, second.into) == (TipState.MERGED, first.id)
    shown = house.say(f"tip show {first.id}", "owner")
    assert "Put together with a tip from Bea" in shown
    assert "Everybody is welcome!" in shown
    assert "part of" not in house.say("tip list", "owner")
    house.say(f"tip reopen {second.id}", "bea")
    assert house.get(Tip, second.id).state is TipState.OPEN


def test_the_same_link_is_a_near_duplicate_whatever_the_words(house: House, desk: Desk) -> None:
    desk.tip("One thing", link="https://ala.org/x")
    said = desk.do("bea", "tip add", text="Quite another text about it", link="https://ala.org/x")
    assert "It reads like an earlier tip: “One thing”" in said


def test_tips_that_went_together_keep_the_earliest_day_and_both_notes(house: House, desk: Desk) -> None:
    first = desk.tip("The fair of the year", when="2026-12-20", note="one")
    second = desk.tip("The fair of the years", when="2026-12-10", note="two", link="https://ala.org/f")
    house.say(f"tip merge {second.id} {first.id}", "bea")
    kept = house.get(Tip, first.id)
    assert (kept.day, kept.link) == (date(2026, 12, 10), "https://ala.org/f")
    shown = house.say(f"tip show {first.id}", "bea")
    assert "Private note, never published: one" in shown
    assert "Private note, never published: two" in shown
    assert "one and the same" in house.say(f"tip merge {first.id} {first.id}", "bea")


def test_a_private_note_stays_with_its_tip_whatever_that_is_put_together_with(house: House, desk: Desk) -> None:
    first = desk.tip("The fair of the year", giver="olga", note="Ask Al")
    second = desk.tip("The fair of the years", note="Zanzibar pays")
    house.say(f"tip merge {second.id} {first.id}", "bea")
    said = house.say(f"tip show {first.id}", "olga")  # she gave the first one, and is an observer
    assert "Ask Al" in said
    assert "Zanzibar" not in said
    house.press("Undo: two tips again", "bea")
    assert house.get(Tip, first.id).note == "Ask Al"
    assert house.get(Tip, second.id).note == "Zanzibar pays"


def test_who_had_taken_a_tip_hears_that_another_took_it_over(house: House, desk: Desk) -> None:
    tip = desk.tip()
    card = house.ask(f"tip show {tip.id}", "bea")
    assert isinstance(card, Card)
    house.say(f"tip claim {tip.id}", "owner")
    house.press("Take “Join", "bea", card=card)  # a button that shows a tip as it was
    house.later(days=2)
    told = [one for one in house.letters("owner") if "Bea took over the tip “Join our free webinar" in one]
    assert len(told) == 1
    house.say(f"tip claim {tip.id}", "bea")
    assert not [one for one in house.find(Notice) if one.id.startswith("taken/")]


def test_who_had_taken_a_tip_keeps_it_when_it_goes_into_one_that_nobody_has(house: House, desk: Desk) -> None:
    first, second = desk.tip("The fair of the year"), desk.tip("The fair of the years")
    house.say(f"tip claim {second.id}", "owner")
    house.say(f"tip merge {second.id} {first.id}", "bea")
    kept = house.get(Tip, first.id)
    assert (kept.state, kept.holder) == (TipState.CLAIMED, "owner")
    assert not [one for one in house.find(Notice) if one.id.startswith("taken/")]


def test_who_had_taken_a_tip_hears_that_it_went_into_one_that_another_has(house: House, desk: Desk) -> None:
    first, second = desk.tip("The fair of the year"), desk.tip("The fair of the years")
    house.say(f"tip claim {first.id}", "bea")
    house.say(f"tip claim {second.id}", "owner")
    house.say(f"tip merge {second.id} {first.id}", "office")
    assert house.get(Tip, first.id).holder == "bea"
    (told,) = (one for one in house.find(Notice) if one.id.startswith("taken/"))
    assert told.volunteer == "owner"
    assert "together with “The fair of the year”, which Bea sees to." in told.text


def test_a_tip_is_its_giver_s_on_whatever_network_they_are(house: House, desk: Desk) -> None:
    house.put(Identity("test:owner2", "owner"))
    tip = desk.tip("The fair of the year", giver="owner", note="Ask Al")
    assert "The fair of the year" in house.say("tip list mine", "owner2")
    assert "told so" not in house.say(f"tip dismiss {tip.id} no room", "owner2")
    house.say(f"tip reopen {tip.id}", "owner2")
    assert "taken back" in house.say(f"tip withdraw {tip.id}", "owner2")


def test_a_tip_cannot_be_left_without_words(house: House, desk: Desk) -> None:
    tip = desk.tip("The fair of the year")
    assert "There are no words in that" in desk.do("bea", "tip edit", tip=tip.id, text="!!!")
    assert house.get(Tip, tip.id).text == "The fair of the year"


def test_a_tip_can_be_changed_in_a_form_that_holds_what_it_says(house: House, desk: Desk) -> None:
    tip = desk.tip("The fair of the year", when="2026-12-20")
    form = house.ask(f"tip edit {tip.id}", "bea")
    assert isinstance(form, Form)
    assert {field.name: field.value for field in form.fields}["when"] == "2026-12-20"
    house.submit(form, "bea", text="The fair of the century", when="2026-12-21")
    after = house.get(Tip, tip.id)
    assert (after.text, after.day) == ("The fair of the century", date(2026, 12, 21))
    desk.do("bea", "tip edit", tip=tip.id, when="none", note="Ask Al", link="https://ala.org/f")
    desk.do("bea", "tip edit", tip=tip.id, note="none", link="none")
    after = house.get(Tip, tip.id)
    assert (after.text, after.day, after.note, after.link) == ("The fair of the century", None, "", "")


def test_old_buttons_of_tips_that_are_done_say_so(house: House, desk: Desk) -> None:
    tip = desk.tip()
    house.say(f"tip dismiss {tip.id} no room", "owner")
    for command in ("tip claim", "tip release", "tip edit", "tip withdraw"):
        assert "set aside" in desk.do("guest" if "with" in command else "bea", command, tip=tip.id)
    assert "not set aside" in desk.do("bea", "tip reopen", tip=desk.tip("Another").id)


def test_every_button_carries_ids_only(house: House, desk: Desk) -> None:
    tip = desk.tip(WEBINAR)
    for card in (house.ask(f"tip show {tip.id}", "owner"), house.ask("tip list", "owner")):
        for button in controls_of(card):
            assert len(json.dumps(getattr(button, "values", {}), default=str)) < 90
