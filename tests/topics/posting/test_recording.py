from datetime import UTC, datetime

import pytest

from bot.topics.accounts.model import MirrorKind
from bot.topics.posting.chain import NOBODY_ASKED
from bot.topics.posting.model import Post, PostKind, Step
from bot.topics.team.hours import DAY
from bot.topics.team.model import Notice
from tests.engine_room import START
from tests.house import House
from tests.topics.posting.conftest import Desk


def test_a_post_is_kept_with_all_that_was_said_and_repeated(house: House, desk: Desk) -> None:
    desk.account("ce-x")
    said = house.say("posted ce-x yesterday 3pm https://ala.org/news campaign We won a prize", "owner")
    assert "Noted: ce-x, yesterday 15:00 your time, campaign, “We won a prize”. Thank you!" in said
    (post,) = house.find(Post)
    assert (post.account, post.at) == ("id-ce-x", datetime(2026, 11, 22, 21, tzinfo=UTC))
    assert (post.by, post.noted) == ("owner", START)
    assert (post.link, post.kind, post.words) == ("https://ala.org/news", PostKind.CAMPAIGN, "We won a prize")


def test_anybody_of_the_team_may_record_a_post_and_the_record_says_who(house: House, desk: Desk) -> None:
    desk.account("ce-x")
    house.say("posted ce-x", "bea")
    assert house.find(Post)[0].by == "bea"
    assert "noted by Bea" in house.say("last ce-x", "owner")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("when=tomorrow", "still to come"),
        ("tomorrow", "still to come"),
        ("next friday https://ala.org/news", "still to come"),
        ("2030-01-01", "still to come"),
        ("31 feb", "no such day"),
        ("mon 9", "Try: "),
        ("when=blursday", "Try: "),
    ],
)
def test_a_time_to_come_or_an_unclear_one_is_refused_and_nothing_is_kept(
    house: House, desk: Desk, typed: str, told: str
) -> None:
    desk.account("ce-x")
    assert told in house.say(f"posted ce-x {typed}", "owner")
    assert not house.find(Post)


@pytest.mark.parametrize("words", ["tomorrow we march", "10 minutes", "doomsday", "christmas", "5 tips for spring"])
def test_words_that_are_no_time_are_kept_and_repeated(house: House, desk: Desk, words: str) -> None:
    desk.account("ce-x")
    assert f"“{words}”" in house.say(f"posted ce-x {words}", "owner")
    assert house.find(Post)[0].words == words


@pytest.mark.parametrize("link", ["ala.org/news", "javascript:alert(1)", '"https://ala.org/a b"'])
def test_what_is_no_web_link_is_refused(house: House, desk: Desk, link: str) -> None:
    desk.account("ce-x")
    said = house.say(f"posted ce-x link={link}", "owner")
    assert said.startswith("Not yet")
    assert not house.find(Post)


def test_a_button_pressed_twice_is_one_post(house: House, desk: Desk) -> None:
    desk.account("ce-x")
    house.say("posted ce-x", "owner")
    assert "I have that already" in house.say("posted ce-x", "owner")
    house.later(minutes=10)
    house.say("posted ce-x", "owner")
    assert len(house.find(Post)) == 2


def test_what_people_type_stays_literal(house: House, desk: Desk) -> None:
    desk.account("ce-x")
    words = "<!channel> '); DROP TABLE post;-- =1+1 🎉"
    house.ask("", "owner", "posted", account="ce-x", words=words)
    assert house.find(Post)[0].words == words
    assert words in house.say("posts ce-x", "owner")


def test_undo_puts_the_evidence_back_as_it_was(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 3 * DAY)
    house.later(days=1, hours=1)  # due, and the owner was nudged
    before, entry = desk.watch("ce-x"), desk.due_on_agenda("ce-x")
    assert before.chain != NOBODY_ASKED
    house.say("posted ce-x", "owner")
    assert desk.watch("ce-x").chain == NOBODY_ASKED
    assert "No post recorded on ce-x since Fri 20 Nov" in house.press("Undo", "owner")
    assert desk.watch("ce-x") == before
    assert desk.due_on_agenda("ce-x") is not None
    assert entry is not None
    assert len(house.find(Post)) == 1
    assert not house.find(Step)


def test_undo_without_words_takes_back_my_last_step(house: House, desk: Desk) -> None:
    desk.account("ce-x")
    desk.account("ce-yt")
    house.say("posted ce-x", "owner")
    house.later(minutes=5)
    house.say("posted ce-yt", "owner")
    house.later(minutes=5)
    house.say("posted ce-yt yesterday", "bea")
    house.say("undo ce-x", "owner")
    assert {post.account for post in house.find(Post)} == {"id-ce-yt"}
    assert "nothing to undo" in house.say("undo", "owner")  # Bea's step on ce-yt is the last one there
    house.say("undo", "bea")
    assert [post.by for post in house.find(Post)] == ["owner"]


def test_one_older_post_can_be_taken_back_by_its_button(house: House, desk: Desk) -> None:
    desk.account("ce-x")
    house.say("posted ce-x 2 days ago", "owner")
    first = house.find(Post)[0]
    house.say("posted ce-x", "owner")
    said = house.say(f"undo ce-x {first.id}", "owner")
    assert "I took back the post on ce-x of Sat 21 Nov" in said
    assert [post.at for post in house.find(Post)] == [START]
    assert "not recorded any more" in house.say(f"undo ce-x {first.id}", "owner")


def test_only_who_did_it_the_owner_or_a_coordinator_can_undo(house: House, desk: Desk) -> None:
    desk.account("ce-x")
    house.volunteer("Eve")
    house.say("posted ce-x", "owner")
    assert "Only whoever did it" in house.say("undo ce-x", "eve")
    post = house.find(Post)[0]
    house.say("normal ce-x", "owner")
    assert "Only whoever recorded it" in house.say(f"undo ce-x {post.id}", "eve")
    assert "Undone" in house.say(f"undo ce-x {post.id}", "office")


def test_an_answer_that_was_overtaken_cannot_be_undone(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START)
    house.say("snooze ce-x tomorrow", "owner")
    house.later(days=20)
    assert "has moved on since" in house.say("undo ce-x", "owner")


def test_a_post_ends_the_asking_and_thanks_those_who_were_asked(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 3 * DAY, backup="bea")
    house.later(days=4, hours=4)
    assert len(house.messages("bea")) == 1
    assert "ce-x could use a hand" in house.letters("bea")[0]
    assert "Thank you" in house.say("posted ce-x", "bea")
    assert {notice.id for notice in house.find(Notice)} == {"thanks/id-ce-x/owner"}
    assert desk.watch("ce-x").chain == NOBODY_ASKED
    house.later(days=8)
    assert sum("A post on ce-x is recorded" in letter for letter in house.letters("owner")) == 1
    assert not any("recorded" in letter for letter in house.letters("office"))


def test_an_old_post_is_noted_though_the_account_still_wants_one(house: House, desk: Desk) -> None:
    desk.account("ce-x", "owner", START - 10 * DAY)
    house.later(hours=2)
    said = house.say("posted ce-x 5 days ago", "owner")
    assert "No post recorded on ce-x since Wed 18 Nov" in said
    assert not house.find(Notice)


def test_an_identical_mirror_is_served_by_its_source_and_a_reworded_one_is_not(house: House, desk: Desk) -> None:
    source = desk.account("office-x", "owner", START - 10 * DAY)
    desk.account("office-fb", mirror_of=source.id, mirror_kind=MirrorKind.IDENTICAL, every=1)
    desk.account("pw-fb", "owner", START - 10 * DAY, mirror_of=source.id, mirror_kind=MirrorKind.REWORDED)
    house.settle()
    card = house.letters("owner")[0]
    assert "No post recorded on office-x" in card
    assert "office-fb repeats it, so one post serves all." in card
    assert "No post recorded on pw-fb" in card
    assert desk.due_on_agenda("office-fb") is None
    house.say("posted office-x", "owner")
    assert "office-fb: last post Mon 23 Nov" in house.say("last office-fb", "owner")
    assert "No post recorded on pw-fb" in house.say("last pw-fb", "owner")
    assert "only remind people of office-x" in house.say("snooze office-fb", "owner")


def test_a_mirror_whose_source_rests_stands_alone(house: House, desk: Desk) -> None:
    source = desk.account("office-x", "owner", START - 10 * DAY, every=0)
    desk.account("office-fb", "owner", START - 10 * DAY, mirror_of=source.id, mirror_kind=MirrorKind.IDENTICAL)
    house.settle()
    assert "No post recorded on office-fb" in house.letters("owner")[0]


def test_two_accounts_that_mirror_each_other_lead_nowhere_and_break_nothing(house: House, desk: Desk) -> None:
    first = desk.account("a-x", "owner", START - 10 * DAY, mirror_of="id-b-x", mirror_kind=MirrorKind.IDENTICAL)
    desk.account("b-x", "owner", START - 10 * DAY, mirror_of=first.id, mirror_kind=MirrorKind.IDENTICAL)
    assert "a-x" in house.say("gaps", "owner")


@pytest.mark.parametrize(
    "when", ["tomorrow 3pm our rally", "in 2 days our rally", "next friday 9am our rally", "2026-12-24 our rally"]
)
def test_a_time_to_come_before_words_is_refused_too(house: House, desk: Desk, when: str) -> None:
    desk.account("ce-x")
    assert "still to come" in house.say(f"posted ce-x {when}", "owner")
    assert house.find(Post) == []


@pytest.mark.parametrize("when", ["blursday", "yesturday", "thrusday https://ala.org/news"])
def test_a_mistyped_day_by_itself_is_no_text(house: House, desk: Desk, when: str) -> None:
    desk.account("ce-x")
    assert "Try: yesterday 3pm" in house.say(f"posted ce-x {when}", "owner")
    assert house.find(Post) == []
    assert "“blursday”" in house.say("posted ce-x words=blursday", "owner")


def test_words_that_begin_like_a_day_are_said_to_be_words(house: House, desk: Desk) -> None:
    desk.account("ce-x")
    for words in ("thrusday our rally", "tomorrow our rally"):
        said = house.say(f"posted ce-x {words}", "owner")
        assert f"I took “{words.split()[0]}” as words and the time as now" in said
        assert house.press("Undo on ce-x", "owner").startswith("Undone")
    for words in ("Mondays with Ana", "our rally", "now with pictures"):
        assert "I took" not in house.say(f"posted ce-x {words}", "owner")
