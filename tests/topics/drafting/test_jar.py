"""The tip jar: putting tips in, seeing them, taking one, setting one aside, putting two together."""

import json
from datetime import date

import pytest

from bot.core.chat import Card, Form, Person, Request, Words
from bot.core.plain import controls_of
from bot.topics.drafting.model import Tip, TipState
from bot.topics.team.model import Notice
from tests.house import HERE, House
from tests.topics.drafting.conftest import WEBINAR, Desk

# -- putting one in ---------------------------------------------------------------------------------------------------


def test_anybody_may_give_a_tip_and_is_told_no_more_than_that_the_team_has_it(house: House, desk: Desk) -> None:
    said = house.say(f"tip add {WEBINAR}", "guest")
    assert "Thank you! Your tip is in the jar." in said
    assert "I tell you once, privately, what became of it." in said
    assert "ce-x" not in said
    (tip,) = house.find(Tip)
    assert (tip.text, tip.giver, tip.giver_name, tip.state) == (WEBINAR, "test:guest", "Guest", TipState.OPEN)


def test_people_without_a_role_can_do_nothing_else_with_tips(house: House, desk: Desk) -> None:
    tip = desk.tip()
    for command in ("tip list", f"tip show {tip.id}", f"tip claim {tip.id}", f"tip dismiss {tip.id} no", "drafts"):
        said = house.say(command, "guest")
        assert "is for the team's volunteers" in said
        assert "book repair" not in said
    for command in ("draft ce-x", "check Words", "write ce-x Words", "archive words", "policy", "looked #x"):
        assert "is for the team's volunteers" in house.say(command, "guest")


def test_a_tip_is_kept_with_all_that_came_with_it(house: House, desk: Desk) -> None:
    tip = desk.tip(
        "Come to the book fair", link="https://ala.org/fair", source="the newsletter", when="2026-12-05", note="Ask Al"
    )
    assert (tip.link, tip.source, tip.day) == ("https://ala.org/fair", "the newsletter", date(2026, 12, 5))
    shown = house.say(f"tip show {tip.id}", "bea")
    for words in ("Come to the book fair", "https://ala.org/fair", "the newsletter", "Sat 5 Dec 2026", "Ask Al"):
        assert words in shown


def test_the_private_note_is_for_volunteers_only_and_never_in_a_draft(house: House, desk: Desk) -> None:
    tip = desk.tip("Our webinar on book repair is on 5 December 2026. Register: https://ala.org/a", note="Zanzibar")
    assert "Zanzibar" not in house.say(f"tip show {tip.id}", "olga")
    assert "Zanzibar" in house.say(f"tip show {tip.id}", "owner")
    for short in ("ce-x", "ce-fb", "ce-li"):
        assert "Zanzibar" not in desk.do("owner", "draft", account=short, tip=tip.id)
    assert "Zanzibar" not in house.say(f"tip claim {tip.id}", "owner")


def test_a_volunteer_sees_at_once_what_it_could_become(house: House, desk: Desk) -> None:
    said = house.say(f"tip add {WEBINAR}", "bea")
    assert "What it could become:" in said
    for short in ("ce-x", "ce-fb", "ce-li"):
        assert f"Draft for {short}" in said
    assert "[Take “Join our free webinar…”]" in said


def test_the_same_again_from_the_same_person_is_one_tip(house: House, desk: Desk) -> None:
    desk.tip()
    assert "I have that already" in house.say(f"tip add {WEBINAR}", "guest")
    assert len(house.find(Tip)) == 1
    house.later(hours=1)
    house.say(f"tip add {WEBINAR}", "guest")
    assert len(house.find(Tip)) == 2


def test_somebody_without_a_role_cannot_fill_the_jar(house: House, desk: Desk) -> None:
    for number in range(20):
        house.say(f"tip add News of the day number {number}", "guest")
    assert "wait already, thank you" in house.say("tip add One more piece of news", "guest")
    assert len(house.find(Tip)) == 20
    assert "in the jar" in house.say("tip add One more piece of news", "bea")


def test_a_giver_can_take_back_a_tip_that_nobody_is_at_work_on(house: House, desk: Desk) -> None:
    tip = desk.tip()
    assert "Only whoever gave a tip" in house.say(f"tip withdraw {tip.id}", "owner")
    assert "taken back" in house.press("Undo", "guest")
    assert house.get(Tip, tip.id).state is TipState.SET_ASIDE
    assert "set aside" in house.say(f"tip withdraw {tip.id}", "guest")
    taken = desk.tip("Another piece of news about libraries")
    house.say(f"tip claim {taken.id}", "owner")
    assert "at work on that tip" in house.say(f"tip withdraw {taken.id}", "guest")


# -- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["!!!", "…", "🎉🎉", "\u200b\u200b", "\u202e", "''"])
def test_without_a_word_in_it_it_is_no_tip(house: House, desk: Desk, text: str) -> None:
    said = desk.do("guest", "tip add", text=text)
    assert "no words in that" in said or "Tip add" in said
    assert not house.find(Tip)


def test_nothing_opens_the_form(house: House, desk: Desk) -> None:
    form = house.ask("tip add", "guest")
    assert isinstance(form, Form)
    assert [field.name for field in form.fields] == ["text", "link", "source", "when", "note"]
    assert "in the jar" in house.text(house.submit(form, "guest", text="Line one\nLine two"))
    assert house.find(Tip)[0].text == "Line one\nLine two"


def test_fifty_thousand_characters_are_answered_and_not_kept(house: House, desk: Desk) -> None:
    said = desk.do("guest", "tip add", text="word " * 10_000)
    assert "more than I can take at once" in said
    assert "6,000" in desk.do("guest", "tip add", text="word " * 1_400)
    assert not house.find(Tip)


def test_a_long_announcement_is_kept_and_shown_whole(house: House, desk: Desk) -> None:
    text = " ".join(f"word{number}" for number in range(600)).strip()
    tip = desk.tip(text)
    assert tip.text == text
    card = house.ask(f"tip show {tip.id}", "owner")
    assert isinstance(card, Card)
    shown = "".join(block.text for block in card.blocks if isinstance(block, Words) and isinstance(block.text, str))
    assert text in shown


@pytest.mark.parametrize(
    "text",
    [
        "<b>Join</b> us <script>alert(1)</script> <!channel> @here",
        "Robert'); DROP TABLE tip;-- is our guest",
        "=HYPERLINK(1) and %s {0} $(id)",
        "עברית and English together",
        "👩‍👩‍👧 family day",
    ],
)
def test_whatever_is_typed_stays_literal(house: House, desk: Desk, text: str) -> None:
    tip = desk.tip(text)
    assert tip.text == text
    assert text in house.say(f"tip show {tip.id}", "owner")


def test_signs_that_nobody_sees_and_that_turn_the_direction_are_taken_out(house: House, desk: Desk) -> None:
    assert desk.tip("Free\u200b web\u202einar \u2066today\u2069").text == "Free webinar today"


@pytest.mark.parametrize("text", ["The password: hunter22", "login Tr0ub4dor&3 for the page", "xoxb-1234567890-abcdef"])
def test_what_looks_like_a_password_is_refused_without_repeating_it(house: House, desk: Desk, text: str) -> None:
    said = desk.do("guest", "tip add", text=text)
    assert "looks like a password" in said
    assert text.rpartition(" ")[2] not in said
    assert not house.find(Tip)


@pytest.mark.parametrize("link", ["https://ala.org/a b", "javascript:alert(1)", "ftp://ala.org", "file:///etc/passwd"])
def test_odd_links_are_refused_with_what_would_work(house: House, desk: Desk, link: str) -> None:
    said = desk.do("guest", "tip add", text="Come to the fair", link=link)
    assert "https://" in said
    assert not house.find(Tip)


def test_a_bare_link_is_kept(house: House, desk: Desk) -> None:
    tip = desk.tip("https://ala.org/news/2026/repair")
    assert tip.whole == "https://ala.org/news/2026/repair"
    assert house.say(f"draft ce-x {tip.id}", "owner")


def test_a_wrong_day_comes_back_in_the_form_with_nothing_lost(house: House, desk: Desk) -> None:
    form = house.ask("tip add", "guest")
    again = house.submit(form, "guest", text="Come to the fair", when="31 feb", note="by the way")
    assert isinstance(again, Form)
    wrong = next(field for field in again.fields if field.name == "when")
    assert "no such day" in wrong.error
    values = {**again.values, **{field.name: field.value for field in again.fields}}
    assert (values["text"], values["note"]) == ("Come to the fair", "by the way")


# -- seeing them ------------------------------------------------------------------------------------------------------


def test_the_list_has_open_ones_mine_and_those_that_expire(house: House, desk: Desk) -> None:
    fair, talk = desk.tip("The book fair in spring"), desk.tip("A talk", when="friday")
    house.say(f"tip claim {fair.id}", "owner")
    every = house.say("tip list", "bea")
    assert "The book fair" in every
    assert "A talk" in every
    assert "taken by Owner" in every
    assert "A talk" not in house.say("tip list mine", "owner")
    assert "The book fair" not in house.say("tip list expiring", "bea")
    assert "A talk" in house.say("tip list expiring", "bea")
    house.say(f"tip dismiss {talk.id} no room for it", "bea")
    assert "set aside: no room for it" in house.say("tip list done", "bea")


def test_an_empty_list_says_what_to_do_next(house: House, desk: Desk) -> None:
    assert "Type `tip add`" in house.say("tip list", "owner")
    assert "`tip list`" in house.say("tip list mine", "owner")
    assert house.say("tip", "owner") == house.say("tip list", "owner")
    assert "I don't know “nonsense” here. Please say open, mine, expiring or done." in house.say(
        "tip list nonsense", "owner"
    )


def test_a_long_list_comes_in_pages_of_ten(house: House, desk: Desk) -> None:
    for number in range(12):
        desk.tip(f"News {number} of something else entirely {number * 7}", giver="bea")
    assert "1–10 of 12" in house.say("tip list", "owner")
    assert "11–12 of 12" in house.press("Next tips", "owner")


def test_a_tip_is_found_by_words_or_the_start_of_its_id(house: House, desk: Desk) -> None:
    fair, talk = desk.tip("The book fair in spring"), desk.tip("A talk on spring")
    assert "The book fair" in house.say("tip show fair", "bea")
    assert "A talk" in house.say(f"tip show {talk.id[:5]}", "bea")
    assert "Which tip do you mean" in house.say("tip show spring", "bea")
    assert "I find no tip" in house.say("tip show autumn", "bea")
    assert "The book fair" in house.say("tip show the book fair in spring", "bea")
    assert "“The book fair" in house.say("tip claim the book", "bea")
    assert "Set aside: no room." in house.say("tip dismiss book fair no room", "bea")
    house.say(f"tip reopen {fair.id}", "bea")
    assert "“The book fair" in house.say(f"tip claim {fair.id}", "bea")


# -- what becomes of them ---------------------------------------------------------------------------------------------


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


def test_somebody_without_a_role_learns_of_no_other_tip(house: House, desk: Desk) -> None:
    desk.tip()
    assert "earlier" not in house.say(f"tip add {WEBINAR} Everybody is welcome!", "other")


def test_tips_that_went_together_keep_the_earliest_day_and_both_notes(house: House, desk: Desk) -> None:
    first = desk.tip("The fair of the year", when="2026-12-20", note="one")
    second = desk.tip("The fair of the years", when="2026-12-10", note="two", link="https://ala.org/f")
    house.say(f"tip merge {second.id} {first.id}", "bea")
    kept = house.get(Tip, first.id)
    assert (kept.day, kept.note, kept.link) == (date(2026, 12, 10), "one\ntwo", "https://ala.org/f")
    assert "one and the same" in house.say(f"tip merge {first.id} {first.id}", "bea")


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
    for command in ("tip claim", "tip edit", "tip withdraw"):
        assert "set aside" in desk.do("guest" if "with" in command else "bea", command, tip=tip.id)
    assert "not set aside" in desk.do("bea", "tip reopen", tip=desk.tip("Another").id)


def test_every_button_carries_ids_only(house: House, desk: Desk) -> None:
    tip = desk.tip(WEBINAR)
    for card in (house.ask(f"tip show {tip.id}", "owner"), house.ask("tip list", "owner")):
        for button in controls_of(card):
            assert len(json.dumps(getattr(button, "values", {}), default=str)) < 90


def test_another_team_sees_nothing_of_it(house: House, desk: Desk) -> None:
    desk.tip()
    assert house.store.read("other", lambda records: (records.find(Tip), records.find(Notice))) == ([], [])


def test_a_pasted_announcement_keeps_its_lines_also_where_it_is_typed(house: House, desk: Desk) -> None:
    house.say("tip add Book fair\n\nWhere: the hall\nWhen:  5 December 2026", "bea")
    assert house.find(Tip)[0].text == "Book fair\n\nWhere: the hall\nWhen:  5 December 2026"


def test_somebody_without_a_role_finds_no_tip_but_their_own(house: House, desk: Desk) -> None:
    tip, own = desk.tip(), desk.tip("A fair of books in the spring", giver="other")
    for words in (tip.id, tip.id[:5], "webinar", "o"):
        said = desk.do("other", "tip withdraw", tip=words)
        assert "book repair" not in said
        assert house.get(Tip, tip.id).state is TipState.OPEN
        house.say(f"tip reopen {own.id}", "bea")
    request = Request(Person("test:other"), HERE, "tip withdraw")
    assert [value for value, _label in house.engine.suggest(request, "tip", "")] == [own.id]
