"""Drafts: from a tip, from another account's post, by hand; choosing, changing, putting away; and the nine checks."""

import json

import pytest

from bot.core.chat import Button, Card, Form
from bot.core.plain import controls_of
from bot.topics.accounts.model import MirrorKind
from bot.topics.drafting.model import Draft, DraftState
from tests.house import House
from tests.topics.drafting.conftest import WEBINAR, Desk

# -- where they come from ----------------------------------------------------------------------------------------------


def test_a_draft_from_a_tip_keeps_its_ask_and_its_link_and_shows_its_exact_length(house: House, desk: Desk) -> None:
    draft = desk.made()
    assert "https://ala.org/repair" in draft.text
    said = house.say(f"read {draft.id}", "owner")
    assert draft.text in said
    assert "of 280 characters" in said
    assert "The checker says:" in said or "concise" in said


def test_the_longer_networks_get_other_words(house: House, desk: Desk) -> None:
    tip = desk.tip()
    texts = set()
    for short in ("ce-x", "ce-fb", "ce-li"):
        desk.do("owner", "draft", account=short, tip=tip.id)
        texts.add(next(one.text for one in house.find(Draft) if one.account == f"id-{short}"))
    assert len(texts) == 3


def test_asking_again_gives_the_draft_that_there_is_unless_it_is_wanted_afresh(house: House, desk: Desk) -> None:
    draft = desk.made()
    assert "You have this draft already" in desk.do("owner", "draft", account="ce-x", tip=draft.tip)
    assert len(house.find(Draft)) == 1
    desk.do("owner", "draft", account="ce-x", tip=draft.tip, afresh="yes")
    assert len(house.find(Draft)) == 2
    desk.do("bea", "draft", account="ce-x", tip=draft.tip)  # somebody else's is their own
    assert len(house.find(Draft)) == 3


def test_without_a_tip_it_offers_tips_and_our_other_accounts_posts(house: House, desk: Desk) -> None:
    assert "No tip waits" in house.say("draft ce-x", "owner")
    desk.tip()
    desk.do("bea", "posted", account="ce-li", words="A talk on the glue of old books at the city library on Friday")
    said = house.say("draft ce-x", "owner")
    assert "Tips that wait:" in said
    assert "Join our free webinar" in said
    assert "What our other accounts said of late:" in said
    assert "A talk on the glue" in said
    assert "For ce-x on X" in house.press("Draft from this for ce-x", "owner")


def test_a_repost_says_nothing_of_its_own(house: House, desk: Desk) -> None:
    desk.do("bea", "posted", account="ce-li", words="A talk on the glue of old books", link="https://ala.org/glue")
    house.ask("draft ce-x", "owner")
    house.press("Draft from this for ce-x", "owner")
    (draft,) = house.find(Draft)
    assert draft.of_post
    assert "https://ala.org/glue" in draft.text
    post = desk.do("owner", "posted", account="ce-x", draft=draft.id)
    assert "repost" in post


def test_the_reminder_leads_to_a_draft(house: House, desk: Desk) -> None:
    house.say("posted ce-x 20 days ago", "owner")
    house.later(days=1, hours=2)
    desk.tip()
    said = house.press("Draft something for ce-x", "owner")
    assert "A draft for ce-x" in said
    assert "Tips that wait:" in said


def test_an_identical_mirror_repeats_and_a_reworded_one_differs(house: House, desk: Desk) -> None:
    desk.account("same-fb", "facebook", mirror_of="id-ce-x", mirror_kind=MirrorKind.IDENTICAL)
    desk.account("other-fb", "facebook", mirror_of="id-ce-x", mirror_kind=MirrorKind.REWORDED)
    tip = desk.tip()
    texts = {}
    for short in ("ce-x", "same-fb", "other-fb"):
        desk.do("owner", "draft", account=short, tip=tip.id)
        texts[short] = next(one.text for one in house.find(Draft) if one.account == f"id-{short}")
    assert texts["same-fb"] == texts["ce-x"]
    assert texts["other-fb"] != texts["ce-x"]


@pytest.mark.parametrize("network", ["x", "facebook", "linkedin"])
def test_a_reworded_mirror_on_the_same_network_has_other_words(house: House, desk: Desk, network: str) -> None:
    desk.account("one", network)
    desk.account("other", network, mirror_of="id-one", mirror_kind=MirrorKind.REWORDED)
    tip = desk.tip()
    for short in ("one", "other"):
        desk.do("owner", "draft", account=short, tip=tip.id)
    first, second = (house.find(Draft, account=f"id-{short}")[0].text for short in ("one", "other"))
    assert first != second
    assert "https://ala.org/repair" in first
    assert "https://ala.org/repair" in second


def test_of_the_tips_that_wait_one_that_suits_the_account_comes_first(house: House, desk: Desk) -> None:
    desk.tip("A webinar series on webinars begins: https://ala.org/web", giver="a")
    house.later(hours=1)
    desk.tip("The roof of the annex is blue now: https://ala.org/roof", giver="b")
    said = house.say("draft ce-x", "owner")
    assert said.index("webinar series") < said.index("roof of the annex")


def test_by_hand_in_a_form_or_typed(house: House, desk: Desk) -> None:
    form = house.ask("write ce-x", "owner")
    assert isinstance(form, Form)
    house.submit(form, "owner", words="Line one\n\nLine two")
    assert house.find(Draft)[0].text == "Line one\n\nLine two"
    assert "no words in that" in house.text(house.submit(form, "owner", words="!!!"))
    assert "For ce-x on X" in house.say("write ce-x We have moved.", "owner")


def test_what_no_rule_makes_a_post_of_is_written_by_hand_and_stays_with_its_tip(house: House, desk: Desk) -> None:
    tip = desk.tip()
    form = house.ask("", "owner", "write", account="ce-x", tip=tip.id)
    house.submit(form, "owner", words="Book repair, for free: https://ala.org/repair")
    assert house.find(Draft)[0].tip == tip.id


def test_a_post_that_is_gone_is_said_to_be(house: House, desk: Desk) -> None:
    assert "not recorded with its words any more" in desk.do("owner", "draft", account="ce-x", tip="post.nothing")


def test_a_tip_is_named_by_words_that_stand_together_in_it(house: House, desk: Desk) -> None:
    desk.tip()
    assert "For ce-x on X" in house.say("draft ce-x free webinar on book repair", "owner")


@pytest.mark.parametrize("text", ["<b>bold</b> & <!here> we moved", "שלום we moved", "we moved 👩‍👩‍👧 =1+1"])
def test_words_stay_literal(house: House, desk: Desk, text: str) -> None:
    assert desk.written(text).text == text


# -- one question, nothing invented ------------------------------------------------------------------------------------


def test_what_is_missing_is_asked_once_and_can_be_left_out(house: House, desk: Desk) -> None:
    draft = desk.made(text="Our webinar on book repair: Anna Berg shows how to mend a torn page.")
    said = house.say(f"read {draft.id}", "owner")
    assert "[Post without]" in said
    house.press("Post without", "owner")
    after = desk.draft(draft.id)
    assert (after.without, after.text) == (True, draft.text)
    assert "[Post without]" not in house.say(f"read {draft.id}", "owner")


def test_what_is_asked_is_not_remarked_on_as_well(house: House, desk: Desk) -> None:
    draft = desk.made(text="The loading dock is closed until December 11. Deliveries go to Elm Street.")
    said = house.say(f"read {draft.id}", "owner")
    assert said.count("Is there a page with more about it?") == 1
    assert "Link: There is no link." in house.press("Post without", "owner")


def test_an_answer_goes_into_the_draft_and_is_traced(house: House, desk: Desk) -> None:
    draft = desk.made(text="Our webinar on book repair: Anna Berg shows how to mend a torn page.")
    desk.do("owner", "answer", draft=draft.id, words="Tuesday 1 December 2026 at 2 pm, register at https://ala.org/r")
    after = desk.draft(draft.id)
    assert "https://ala.org/r" in after.text
    assert draft.text in after.others
    assert "was added when I asked" in house.say(f"sources {draft.id}", "owner")


def test_every_part_leads_back_to_words_of_the_tip(house: House, desk: Desk) -> None:
    draft = desk.made()
    said = house.say(f"sources {draft.id}", "owner")
    assert "the tip says: “" in said
    for line in said.splitlines():
        if "the tip says: “" in line:
            told = line.split("the tip says: “", 1)[1].rpartition("”")[0]
            assert told in WEBINAR
    assert "written by hand" in house.say(f"sources {desk.written().id}", "owner")


def test_parts_are_cut_where_sentences_end(house: House, desk: Desk) -> None:
    text = "The talk is on 1 December 2026 at 1:00 p.m. Central. Dr. Berg speaks. Register: https://ala.org/talk"
    draft = desk.made("ce-fb", text=text)
    said = house.say(f"sources {draft.id}", "owner")
    assert "the tip says: “The talk is on 1 December 2026 at 1:00 p.m. Central.”" in said
    assert "the tip says: “Dr. Berg speaks.”" in said


def test_an_own_edit_that_says_something_else_than_the_tip_is_warned_of(house: House, desk: Desk) -> None:
    draft = desk.made()
    assert "Please look" not in house.say(f"read {draft.id}", "owner")
    wrong = draft.text.replace("2 pm", "3 pm").replace("2:00", "3:00")
    assert wrong != draft.text
    assert "Please look" in desk.do("owner", "reword", draft=draft.id, words=wrong)


def test_what_is_too_long_is_said_exactly(house: House, desk: Desk) -> None:
    said = desk.do("owner", "write", account="ce-x", words="word " * 60 + "end")
    assert "303 of 280 characters" in said
    assert "23 characters too long" in said


# -- lists, home, and the rest -----------------------------------------------------------------------------------------


def test_lists_are_mine_for_review_and_all(house: House, desk: Desk) -> None:
    house.volunteer("Eve")
    assert "You have no draft" in house.say("drafts", "eve")
    assert "Please say mine, review or all" in house.say("drafts nonsense", "eve")
    draft = desk.written()
    assert "We moved" in house.say("drafts", "owner")
    assert "You have no draft" in house.say("drafts", "eve")
    assert "We moved" in house.say("drafts all", "eve")
    assert "No draft waits" in house.say("drafts review", "eve")
    house.say(f"review {draft.id}", "owner")
    assert "We moved" in house.say("drafts review", "eve")
    assert "No draft waits" in house.say("drafts review", "owner")
    for number in range(11):
        desk.written(f"Number {number}")
    assert "1–10 of 12" in house.say("drafts all", "eve")


def test_home_shows_what_waits_for_me(house: House, desk: Desk) -> None:
    desk.tip(giver="office")
    draft = desk.written()
    house.say(f"review {draft.id}", "owner")
    assert "For a second pair of eyes, yours:" in house.say("home", "bea")
    assert "1 tip waits in the jar." in house.say("home", "bea")
    assert "second pair of eyes, yours" not in house.say("home", "owner")
    house.say(f"send back {draft.id} Which house?", "bea")
    assert "Your drafts:" in house.say("home", "owner")
    house.say("tip claim webinar", "owner")
    assert "Tips that you took:" in house.say("home", "owner")
    assert "Tips" not in house.say("home", "guest")
    assert "tip" not in house.say("home", "olga")


def test_a_posted_draft_is_done(house: House, desk: Desk) -> None:
    draft = desk.written()
    form = house.ask("", "owner", "went out", draft=draft.id)
    assert isinstance(form, Form)
    assert "Noted: ce-x" in house.text(house.submit(form, "owner", link="https://x.com/1", kind="campaign"))
    assert desk.draft(draft.id).state is DraftState.POSTED
    for command, values in (("reword", {"words": "x y"}), ("review", {}), ("discard", {}), ("went out", {})):
        assert "has been posted" in desk.do("owner", command, draft=draft.id, **values)


def test_every_button_of_a_draft_carries_ids_only_and_fits(house: House, desk: Desk) -> None:
    draft = desk.made()
    for command in ("read", "sources"):
        card = house.ask("", "owner", command, draft=draft.id)
        assert isinstance(card, Card)
        for button in controls_of(card):
            if isinstance(button, Button):
                assert not any(" " in value for value in button.values.values())
                assert len(json.dumps(dict(button.values))) < 120


# -- check -------------------------------------------------------------------------------------------------------------


def test_any_text_can_be_checked_and_with_an_account_it_becomes_a_draft_to_mend(house: House, desk: Desk) -> None:
    said = house.say("check Mend your books with us! #bookrepairday2026", "owner")
    assert "The checker" in said
    assert not house.find(Draft)
    said = house.say("check Mend your books with us! #bookrepairday2026 ce-x", "owner")
    assert "Kept as a draft" in said
    assert house.find(Draft)[0].text == "Mend your books with us! #bookrepairday2026"
    house.say("check Mend your books with us! #bookrepairday2026 ce-x", "owner")
    assert len(house.find(Draft)) == 1
    assert "no words in that" in house.say("check !!!", "owner")
    assert isinstance(house.ask("check", "owner"), Form)


def test_a_tip_that_somebody_took_is_offered_with_their_name(house: House, desk: Desk) -> None:
    tip = desk.tip()
    assert "taken by" not in house.say("draft ce-x", "owner")
    house.say(f"tip claim {tip.id}", "bea")
    assert "taken by Bea" in house.say("draft ce-x", "owner")
