import logging
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.team.codes import digest, grouped
from bot.topics.team.model import Code, Handshake, Identity, Notice
from tests.house import House
from tests.topics.team.elsewhere import at, code_in, go_on, said


@given(st.text(max_size=30))
def test_case_blanks_and_dashes_of_a_code_do_not_matter(text: str) -> None:
    code = "AB12-CD34"
    assert digest(" ab12 cd34 ") == digest(code) == digest("aB-12-c-D34")
    assert re.fullmatch("[0-9a-f]{64}", digest(text))
    assert digest(grouped(text)) == digest(text) or not text.isascii()


def test_the_code_itself_is_never_kept(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        code = code_in(house.say("link", "new-members"))
        go_on(house, at(house, f"link {code}", "nina"), "nina")
        house.settle()
        house.press("Confirm the link", "new-members", house.messages("new-members")[-1].card)
        house.settle()
    kept = [repr(one) for kind in (Code, Handshake, Identity, Notice) for one in house.find(kind)]
    letters = [*house.letters("new-members"), *house.letters("nina")]
    for text in (*kept, *letters, caplog.text):
        assert code not in text
        assert code.replace("-", "") not in text.upper().replace("-", "")


def test_a_code_lasts_ten_minutes(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    house.clock.time += timedelta(minutes=10, seconds=-1)
    assert "Are you" in said(at(house, f"link {code}", "nina"))
    house.clock.time += timedelta(seconds=1)
    assert "too old" in said(at(house, f"link {code}", "nina"))


def test_a_code_works_once(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    go_on(house, at(house, f"link {code}", "nina"), "nina")
    assert "has been used" in said(at(house, f"link {code}", "mallory"))


def test_a_new_code_makes_the_one_before_void(house: House) -> None:
    first = code_in(house.say("link", "new-members"))
    second = code_in(house.say("link", "new-members"))
    assert "don't know that code" in said(at(house, f"link {first}", "nina"))
    assert "Are you" in said(at(house, f"link {second}", "nina"))


def test_wrong_codes_are_counted_for_good_and_end_in_a_refusal(house: House) -> None:
    for number in range(9):
        assert "don't know that code" in said(at(house, f"link WRONG-{number}", "mallory"))
    assert "too many" in said(at(house, "link WRONG-X", "mallory"))
    house.clock.time += timedelta(days=400)
    code = code_in(house.say("link", "new-members"))
    assert "too many" in said(at(house, f"link {code}", "mallory"))
    assert "Are you" in said(at(house, f"link {code}", "nina"))


def test_a_code_for_something_else_says_so(house: House) -> None:
    code = code_in(house.say("team attach"))
    assert "type `team attach`" in said(at(house, f"link {code}", "nina")).casefold()


def test_the_code_is_for_the_other_side(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    assert "other network" in house.say(f"link {code}", "new-members")


def test_a_code_of_somebody_who_left_links_nobody(house: House) -> None:
    code = code_in(house.say("link", "new-members"))
    house.say("team remove new members sure=yes")
    assert "can't do so any more" in said(at(house, f"link {code}", "nina"))


def test_strangers_get_no_code(house: House) -> None:
    assert "where the team knows you" in house.say("link", "stranger")
