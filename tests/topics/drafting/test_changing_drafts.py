"""Choosing another wording of a draft, changing its words, and the fixes of a tap."""

from bot.core.chat import Button
from bot.core.plain import controls_of
from bot.topics.drafting.model import HashtagLook
from tests.house import House
from tests.topics.drafting.conftest import Desk


def test_another_wording_is_chosen_and_the_first_one_stays_to_be_chosen_again(house: House, desk: Desk) -> None:
    draft = desk.made()
    assert draft.others
    house.ask(f"read {draft.id}", "owner")
    house.press("Use wording 1", "owner")
    after = desk.draft(draft.id)
    assert after.text == draft.others[0]
    assert draft.text in after.others
    house.press("Use wording 1", "owner")
    assert desk.draft(draft.id).text == draft.text


def test_old_buttons_of_words_that_have_changed_say_so(house: House, desk: Desk) -> None:
    draft = desk.made()
    desk.do("owner", "reword", draft=draft.id, words="Other words https://ala.org/repair")
    assert "have changed since" in desk.do("owner", "wording", draft=draft.id, number="1", seen=draft.seen)
    assert "have changed since" in desk.do("owner", "fix", draft=draft.id, check="hashtags", seen=draft.seen)


def test_one_tap_mends_what_can_be_mended(house: House, desk: Desk) -> None:
    draft = desk.written("Our book repair day is on Friday: https://ala.org/repair #bookrepair")
    card = house.ask(f"read {draft.id}", "owner")
    fixes = [one for one in controls_of(card) if isinstance(one, Button) and one.command == "fix"]
    assert fixes
    desk.do("owner", "fix", **dict(fixes[0].values))
    assert desk.draft(draft.id).text != draft.text
    assert "#BookRepair" in desk.draft(draft.id).text
    assert draft.text in desk.draft(draft.id).others


def test_one_tap_mends_the_words_of_a_picture_too(house: House, desk: Desk) -> None:
    draft = desk.written()
    house.say(f"picture {draft.id} Picture of two hands that sew a book", "owner")
    house.press("Leave “picture of” out", "owner")
    assert desk.draft(draft.id).alt == "Two hands that sew a book"
    assert desk.draft(draft.id).text == draft.text


def test_who_looked_up_a_new_hashtag_is_noted(house: House, desk: Desk) -> None:
    draft = desk.written("Mend your books with us at https://ala.org/repair #BookRepair")
    house.ask(f"read {draft.id}", "owner")
    house.press("I looked up #BookRepair", "owner")
    assert house.get(HashtagLook, "bookrepair").by == "owner"
    assert "I looked up" not in house.say(f"read {draft.id}", "owner")
    assert "Which hashtag" in house.say("looked #", "owner")


def test_a_restricted_subject_is_remarked_with_who_may_say_it(house: House, desk: Desk) -> None:
    house.ask("", "office", "policy restrict", name="strike", champion="the union")
    house.say("policy approver Bea strike", "office")
    said = house.say(f"read {desk.written('The strike goes on.').id}", "owner")
    assert "strike" in said.casefold()
    assert "the union" in said


def test_the_same_text_for_two_accounts_is_remarked(house: House, desk: Desk) -> None:
    desk.written("Mend your books with us on Friday at https://ala.org/repair")
    said = desk.do(
        "owner", "write", account="ce-fb", words="Mend your books with us on Friday at https://ala.org/repair"
    )
    assert "ce-x" in said


def test_a_picture_is_noted_by_its_words(house: House, desk: Desk) -> None:
    draft = desk.written()
    said = house.say(f"picture {draft.id} Two hands sew the spine of a book", "owner")
    assert "The picture's words: Two hands sew" in said
    house.say(f"picture {draft.id} none", "owner")
    assert desk.draft(draft.id).alt == ""
