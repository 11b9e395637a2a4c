"""The tip jar: putting tips in, seeing them, taking one, setting one aside, putting two together."""

from datetime import date

import pytest

from bot.core.chat import Form, Person, Request
from bot.topics.drafting.model import Draft, Tip, TipState
from bot.topics.drafting.options import named
from bot.topics.team.model import Notice
from tests.engine_room import START
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
    text = "Our webinar on book repair is on 5 December 2026."
    tip = desk.tip(text, link="https://ala.org/a", note="Zanzibar pays.")
    assert "Zanzibar" not in house.say(f"tip show {tip.id}", "olga")
    assert "Zanzibar" in house.say(f"tip show {tip.id}", "owner")
    for short in ("ce-x", "ce-fb", "ce-li"):
        assert "Zanzibar" not in desk.do("owner", "draft", account=short, tip=tip.id)
    assert not any("Zanzibar" in words for one in house.find(Draft) for words in (one.text, *one.others))
    assert "Zanzibar" not in house.say(f"tip claim {tip.id}", "owner")


def test_a_volunteer_sees_at_once_what_it_could_become(house: House, desk: Desk) -> None:
    said = house.say(f"tip add {WEBINAR}", "bea")
    assert "What it could become:" in said
    for short in ("ce-x", "ce-fb", "ce-li"):
        assert f"Draft for {short}" in said
    assert "[Take “Join our free webinar…”]" in said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi all,\n\nThe fair is on Friday.", "The fair is on Friday."),
        ("Hello Ann! Could you please share this on our pages? The fair is on Friday.", "The fair is on Friday."),
        ("Can we post that the fair is on Friday?", "Can we post that the fair is on Friday?"),
        ("Dear all", "Dear all"),
        ("Highlights of the fair: books.", "Highlights of the fair: books."),
    ],
)
def test_a_tip_is_called_by_what_it_tells(text: str, name: str) -> None:
    assert named(Tip("t", text, "test:x", "X", START)) == name


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


def test_nothing_opens_the_form(house: House, desk: Desk) -> None:
    form = house.ask("tip add", "guest")
    assert isinstance(form, Form)
    assert [field.name for field in form.fields] == ["text", "link", "source", "when", "note"]
    assert "in the jar" in house.text(house.submit(form, "guest", text="Line one\nLine two"))
    assert house.find(Tip)[0].text == "Line one\nLine two"


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


def test_what_expires_within_a_week_stands_in_the_order_of_its_days(house: House, desk: Desk) -> None:
    for name, day in (("Fair", "2026-11-30"), ("Walk", "2026-11-25"), ("Concert", "2026-12-01")):
        desk.tip(f"{name} at the library", when=day)
    said = house.say("tip list expiring", "bea")
    assert said.index("Walk at") < said.index("Fair at")
    assert "Concert at" not in said


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


def test_somebody_without_a_role_learns_of_no_other_tip(house: House, desk: Desk) -> None:
    desk.tip()
    assert "earlier" not in house.say(f"tip add {WEBINAR} Everybody is welcome!", "other")


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
        assert "Only whoever gave" not in said  # which would say that there is one
        assert house.get(Tip, tip.id).state is TipState.OPEN
        house.say(f"tip reopen {own.id}", "bea")
    request = Request(Person("test:other"), HERE, "tip withdraw")
    assert [value for value, _label in house.engine.suggest(request, "tip", "")] == [own.id]
