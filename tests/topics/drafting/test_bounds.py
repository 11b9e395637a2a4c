import pytest

from bot.topics.drafting.gate import compare
from tests.topics.drafting.saying import read


@pytest.mark.parametrize(
    ("tip", "text", "told"),
    [
        ("We need up to 50 volunteers.", "We need 50 volunteers.", "It says “50”; the tip says “up to 50”."),
        ("We need 50 volunteers.", "We need up to 50 volunteers.", "It says “up to 50”; the tip says “50”."),
        ("Salary from $58,000.", "Salary $58,000.", "It says “$58,000”; the tip says “from $58,000”."),
        ("You must be 16 or older.", "You must be 16.", "It says “16”; the tip says “16 or older”."),
        ("You must be 16 or older.", "You must be under 16.", "It says “under 16”; the tip says “16 or older”."),
        ("More than 300 hours were given.", "300 hours were given.", "It says “300”; the tip says “More than 300”."),
        (
            "You may not send more than two.",
            "You may send more than two.",
            "It says “more than two”; the tip says “not send more than two”.",
        ),
        ("Seats are limited to 20.", "At least 20 seats.", "It says “At least 20”; the tip says “20”."),
    ],
)
def test_a_bound_that_is_lost_or_made_up_is_told(tip: str, text: str, told: str) -> None:
    assert [one.sentence for one in compare(read(tip), text)] == [told]


@pytest.mark.parametrize(
    ("tip", "text"),
    [
        ("We need up to 50 volunteers.", "We need at most fifty volunteers."),
        ("We need up to 50 volunteers.", "Up to 50 volunteers! All 50 volunteers get lunch."),
        ("You must be 16 or older.", "You must be 16+. You must be at least 16."),
        ("More than 300 hours were given.", "Over 300 hours were given."),
        ("You may not send more than two.", "You may send up to two."),
        ("Seats are limited to 20.", "Only 20 seats. Up to 20 seats."),
        ("It is spread over two days.", "It takes two days."),
        ("Dues go from $70 to $85.", "Dues go up to $85, now $70."),
        ("Letters came from 42 countries.", "42 countries sent letters."),
    ],
)
def test_the_same_bound_in_other_words_passes(tip: str, text: str) -> None:
    assert compare(read(tip), text) == ()


def test_a_deadline_may_be_told_as_a_denial() -> None:
    tip = read("Please register by November 27.")
    assert compare(tip, "Register no later than November 27.") == ()
    assert compare(tip, "Do not register by November 27.")
