import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.codes import SIGNS, Signs, form_code, read_custom_id, room_for
from bot.core.codes import coded
from tests.adapters.cards import buttons
from tests.adapters.contract import QUICK

TEAMS = st.sampled_from(["", "t", "abcdefghij", "team-1"])


@QUICK
@given(TEAMS, buttons.filter(lambda one: len(one.code) < 80))
def test_a_button_says_the_same_after_any_restart(team: str, button: object) -> None:
    code, command, values = button.code, button.command, dict(button.values)  # type: ignore[attr-defined]
    for custom_id in (signs := Signs(team)).custom_id(code), signs.custom_id(code):
        pressed = read_custom_id(custom_id)
        assert pressed is not None
        assert (pressed.team, pressed.command, dict(pressed.values)) == (team, command, values)
        assert not pressed.opens_form


@QUICK
@given(TEAMS, buttons)
def test_what_is_chosen_from_a_menu_is_what_is_done(team: str, button: object) -> None:
    pressed = read_custom_id(Signs(team).custom_id("?"), button.code)  # type: ignore[attr-defined]
    assert pressed is not None
    assert (pressed.command, dict(pressed.values)) == (button.command, dict(button.values))  # type: ignore[attr-defined]


@pytest.mark.parametrize("custom_id", ["", "x", "abcdefghij", "posted?account=a", "tA", "tA?", "tA!!", "\U0001f600"])
def test_an_id_of_another_release_is_not_understood(custom_id: str) -> None:
    assert read_custom_id(custom_id) is None


def test_the_button_of_a_form_keeps_what_fits() -> None:
    short = read_custom_id(Signs("t").custom_id(form_code("k1", "posted", {"account": "ce-x"}, room_for("t"))))
    assert short is not None
    assert (short.opens_form, short.kept, short.command, short.values) == (True, "k1", "posted", {"account": "ce-x"})
    long = read_custom_id(Signs("t").custom_id(form_code("k1", "posted", {"words": "w" * 200}, room_for("t"))))
    assert long is not None
    assert (long.opens_form, long.kept, long.command, long.values) == (True, "k1", "posted", {})


def test_forty_controls_that_do_the_same_have_forty_ids() -> None:
    signs = Signs("abcdefghij")
    assert len({signs.custom_id(coded("home", {})) for _control in range(40)}) == 40
    assert len(set(SIGNS)) == len(SIGNS) >= 40
