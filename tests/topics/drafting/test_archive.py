"""The archive: what was posted, with its words, is found again and counts as evidence."""

from bot.topics.drafting.model import HashtagUse
from bot.topics.posting.model import Post, PostKind
from tests.house import House
from tests.topics.drafting.conftest import Desk


def publish(desk: Desk, text: str, short: str = "ce-x", **values: str) -> None:
    draft = desk.written(text, short)
    desk.do("owner", "posted", account=short, draft=draft.id, **values)


def test_a_posted_draft_is_kept_with_its_words_kind_and_campaign_and_found_by_them(house: House, desk: Desk) -> None:
    publish(desk, "Mend your books with us. #BookRepair", link="https://x.com/1", campaign="Preservation Week")
    (post,) = house.find(Post)
    assert (post.words, post.kind, post.campaign) == (
        "Mend your books with us. #BookRepair",
        PostKind.CAMPAIGN,
        "Preservation Week",
    )
    for words in ("mending book", "BOOKREPAIR", "preservation", "x.com/1"):
        said = house.say(f"archive {words}", "olga")
        assert "Mend your books" in said, words
    assert "campaign Preservation Week" in said
    assert "I find no post" in house.say("archive unicorn", "olga")


def test_only_volunteers_draft_from_a_post_and_only_from_one_with_words(house: House, desk: Desk) -> None:
    publish(desk, "Mend your books with us.")
    house.say("posted ce-x campaign=mending link=https://x.com/2", "bea")
    assert "[Draft from it" not in house.say("archive mend", "olga")
    assert house.say("archive mend", "owner").count("[Draft from it") == 1


def test_it_ends_the_gap_of_its_account(house: House, desk: Desk) -> None:
    assert "Nothing is recorded on ce-x" in house.say("last ce-x", "owner")
    publish(desk, "Mend your books with us.")
    assert "ce-x: last post Mon 23 Nov" in house.say("last ce-x", "owner")


def test_posts_without_a_draft_are_found_too_and_undone_ones_are_not(house: House, desk: Desk) -> None:
    house.say('posted ce-x yesterday words="A talk on glue"', "owner")
    assert "A talk on glue" in house.say("archive glue", "bea")
    house.say("undo ce-x", "owner")
    assert "I find no post" in house.say("archive glue", "bea")


def test_long_results_come_in_pages(house: House, desk: Desk) -> None:
    for number in range(12):
        house.say(f'posted ce-x {number + 1} days ago words="Glue talk number {number}"', "owner")
    said = house.say("archive glue", "bea")
    assert "1–10 of 12" in said
    assert said.index("number 0") < said.index("number 5")
    assert "11–12 of 12" in house.press("Next in the archive", "bea")


def test_hashtags_are_remembered_with_campaign_and_forgotten_with_the_post(house: House, desk: Desk) -> None:
    publish(desk, "Mend your books. #BookRepair #Glue #glue", campaign="Spring")
    uses = house.find(HashtagUse)
    assert sorted(one.tag for one in uses) == ["bookrepair", "glue"]
    assert {one.campaign for one in uses} == {"Spring"}
    house.say("undo ce-x", "owner")
    assert house.find(HashtagUse) == []


def test_hostile_words_find_nothing_and_break_nothing(house: House, desk: Desk) -> None:
    publish(desk, "Mend your books")
    for words in ('"', "*", "a OR b", "books) OR (", "'; DROP TABLE post;--", "NEAR(", "^books AND", "😀", "-"):
        assert "The archive" in house.say(f"archive {words}", "bea")
    assert "Mend your books" in house.say("archive books", "bea")
    assert "archive <words>" in house.say("help archive", "bea")


def test_an_old_post_becomes_a_new_draft(house: House, desk: Desk) -> None:
    publish(desk, "Mend your books with us every Friday at the city library.")
    house.say("archive mend", "bea")
    assert "For ce-x on X" in house.press("Draft from it for ce-x", "bea")
