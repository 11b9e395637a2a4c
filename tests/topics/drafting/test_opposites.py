import pytest

from bot.topics.drafting.gate import compare
from tests.topics.drafting.saying import read

CLOSED = (
    "The desk will be closed on Thursday, November 26. The building does not open until Saturday. The chat is open."
)


@pytest.mark.parametrize(
    ("tip", "text", "told"),
    [
        (CLOSED, "The desk will be open on Thursday, November 26.", "It says “open”; the tip says “closed”."),
        ("It is open to all.", "It is for members only.", "It says “members only”; the tip does not."),
        ("Members only: the talk.", "Everybody is welcome to the talk for members.", "the tip says “Members only”."),
        ("Members only: the talk.", "The talk, for you.", "It is left out whom it is for: Members only"),
        ("Non-members may not vote.", "Non-members may vote.", "and the text leaves the “not” out."),
        ("No registration needed.", "Registration needed.", "and the text leaves the “No” out."),
    ],
)
def test_a_word_turned_into_its_opposite_is_told(tip: str, text: str, told: str) -> None:
    assert [told in one.sentence for one in compare(read(tip), text)] == [True]


@pytest.mark.parametrize(
    ("tip", "text"),
    [
        (CLOSED, "The desk is closed on November 26, but the chat is open."),
        ("Members only: the talk.", "Members, the talk is for you!"),
        ("Members only: the talk. Non-members may not vote.", "A talk where only members vote."),
        ("Members only at noon, open to all at six.", "Open to all at six, and to members at noon."),
        ("No MLS required.", "You don't need an MLS."),
        ("No registration needed.", "No need to register."),
        ("The talk is at 12 Oak Street.", "The talk is at 12 Oak St."),
        ("Vote yes on H.R. 1420.", "Vote yes on HR 1420."),
        ("The e-forum runs December 8-9.", "Two days: the e-forum, December 8 and 9."),
        ("Closed on Thursday and Friday, November 26-27.", "Closed on Thursday and Friday (November 26-27)."),
        ("The talk is at noon.", "Happy Thanksgiving! The talk is at noon."),
    ],
)
def test_the_same_in_other_words_passes(tip: str, text: str) -> None:
    assert compare(read(tip), text) == ()


def test_two_days_of_the_week_go_with_their_two_dates() -> None:
    assert [one.resolved for one in read("Thursday and Friday, November 26-27: closed.").facts if one.value] == [""]
    assert "though the tip says Friday" in str(read("Friday, November 26-27: closed.").facts)
