import pytest

from bot.topics.drafting.gate import compare
from tests.topics.drafting.saying import read

TWO = "The map workshop is on January 12 at 10 a.m. and the scanning workshop is on January 19 at 1 p.m."
FAIR = (
    "Registration for the fair opens on December 7. Early-bird rates are $95 for members until January 31. The fair is "
    "on March 18."
)


@pytest.mark.parametrize(
    ("tip", "text", "told"),
    [
        (TWO, "The scanning workshop is on January 12.", "It says January 12 where the tip says January 19."),
        (TWO, "The map workshop is on January 12 at 1 p.m.", "It says 1 p.m. where the tip says 10 a.m.."),
        (FAIR, "Registration for the fair opens on January 31.", "It says January 31 where the tip says December 7."),
        (
            "It is next Tuesday.",
            "It is on December 8.",
            "It says December 8; the tip says next Tuesday (Tue 1 Dec 2026).",
        ),
        ("The talk is on December 1.", "See you on Wednesday!", "“Wednesday”: the tip names no Wednesday."),
        ("Doors open at 6:30.", "Doors open at 7:30 pm.", "It says 7:30 pm; the tip says 6:30."),
        ("Open from 9 to 5.", "Open 9am-6pm.", "It says 9am-6pm, and the tip names no time."),
    ],
)
def test_a_right_value_in_a_wrong_place_is_told(tip: str, text: str, told: str) -> None:
    assert [one.sentence for one in compare(read(tip), text)] == [told]


@pytest.mark.parametrize(
    ("tip", "text"),
    [
        (TWO, "Maps: Jan 12, 10am. Scanning: Jan 19, 13:00. Register!"),
        (TWO, "Work with maps on January 12 at 10, or learn to scan on January 19."),
        (FAIR, "Early-bird rates for our fair end on January 31. Members pay $95."),
        ("Doors open at 6:30. The talk is at 7 p.m.", "The talk is at 7 pm (doors 6:30 pm)."),
        ("Story time is at 10:30 a.m.", "Story time is at 10:30."),
        ("Open from 9 to 5.", "Open 9am-5pm."),
        ("Open from 9 a.m. to 5 p.m.", "Open 9 to 5."),
        ("The Board voted 9 to 2 to raise dues to $85.", "The Board has voted: $85 for all."),
        ("For children aged 3 to 5. It is free.", "Ages 3–5, free."),
        ("Thanks to Maria, who led our 2026 program. 42 pairs met.", "Big thanks to Maria! 42 pairs met in 2026."),
        ("One in three visitors came for the computers.", "1 in 3 visitors came for the computers."),
    ],
)
def test_right_values_in_other_words_pass(tip: str, text: str) -> None:
    assert compare(read(tip), text) == ()
