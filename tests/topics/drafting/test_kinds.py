"""Which kind of post a tip makes, and when a post may begin with the words of that kind."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.drafting.evidence import of_days, of_words
from bot.topics.drafting.frames import frames
from bot.topics.drafting.signs import even, sign
from tests.topics.drafting.saying import WEBINAR, composed, read


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Come and hear the poet Ada Finch on December 9 at 7 p.m. in Weld Hall.", "event"),
        ("The talk of December 2 is postponed to January 13, 2027, 11 a.m.", "event"),
        ("The library opens at 8 a.m. from Monday, November 30. Closing time does not change.", "news"),
        ("We are looking for a new map librarian. $31 an hour. Send your resume by December 18.", "job"),
        ("Grant news: the county archive has been awarded $185,000 for a new roof.", "news"),
        ("Six helpers needed to carry boxes on December 10, 2-5 p.m. Pizza afterwards!", "volunteers"),
        ("Thanks to a grant, 14,000 pages of the Sentinel are online now. https://a.org/s", "resource"),
        ("Join us in thanking Beth Rowan, our chair for three years.", "thanks"),
        ("What a day! Our meeting on November 20 brought together 118 catalogers.", "report"),
        ("More than 50 groups have signed the open letter against the sale. Add your name.", "advocacy"),
        ("Miss Odette read her 2,000th story this morning!", "milestone"),
        ("how to fold a cover, 3 min vid https://a.org/v", "video"),
        ("Webinar on December 9 at 1 p.m. It will not be recorded. Register: https://a.org/w", "event"),
    ],
)
def test_the_kind_of_post_is_weighed_from_what_is_read_and_said(text: str, frame: str) -> None:
    assert read(text).frame == frame


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        (WEBINAR, "event"),
        ("The roof is blue.", "unclear"),
        ("Want to learn bookbinding? Classes start in spring, and there is a workshop too.", "unclear"),
        ("The workshop of December 3 at 2 p.m. is cancelled.", "unclear"),
        ("The workshop of December 3 at 2 p.m. is not cancelled.", "event"),
        ("Correction: the workshop is on December 8 at 2 p.m., not on Monday.", "unclear"),
        ("Huge thanks to Lena, who carried the boxes when the elevator died.", "thanks"),
        ("Congratulations to Dana Osei, who finished her thesis!", "unclear"),
        ("A huge thank you to Dana Osei, who carried all the boxes!", "thanks"),
        ("It is with sadness that we share that Dr. Croft, founder of the archive, died on November 17.", "solemn"),
    ],
)
def test_a_post_begins_with_words_of_its_kind_only_where_the_tip_bears_them_out(text: str, opens: str) -> None:
    assert read(text).opens == opens


def test_where_somebody_died_a_post_begins_with_its_tip_s_own_words() -> None:
    text = "Dr. Wilhelmina Croft, founder of the Tribal Archives Network, died on November 17 at the age of 91."
    for network in ("x", "facebook", "linkedin", "instagram"):
        assert all(one.startswith("Dr. Wilhelmina Croft") for one in composed(text, network).texts)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("nominat*", "Nominations are open", "nominat"),
        ("looking for … librarian", "We’re looking for a new map librarian", "looking for a new map librarian"),
        ("turns #", "It turns seventy", "turns seventy"),
        ("#th", "the 1,000th map", "1,000th"),
        ("#th", "on December 15th", ""),
        ("*-a-thon", "an edit-a-thon", "edit-a-thon"),
        ("you're invited", "You’re   invited", "you're   invited"),
        ("fair", "an unfair fairground", ""),
    ],
)
def test_a_sign_is_found_where_its_words_stand(words: str, text: str, found: str) -> None:
    evened = even(text)
    place = sign(words).found(evened)
    assert (place is not None) == bool(found)
    assert place is None or evened[place[0] :].startswith(found)


@given(st.text())
def test_a_text_that_is_evened_out_keeps_its_places(text: str) -> None:
    assert len(even(text)) == len(text)


def test_every_sign_can_be_found_and_stands_once_in_its_kind() -> None:
    for frame in frames().values():
        words = [one.words for one, _count in frame.signs]
        assert len(words) == len(set(words))
        assert all(one.heart for one, _count in frame.signs if one.words != "#th")


def test_what_speaks_for_a_kind_is_something_that_is_read() -> None:
    read = of_days((), 0, date(2026, 11, 24)) | of_words("", "", ())
    assert all(name in read for frame in frames().values() for name in frame.reads)
