import pytest

from bot.adapters.console.buttons import Buttons
from bot.core.chat import Button, LinkButton
from bot.errors import Refusal

SNOOZE, POSTED, HELP = (
    Button("Snooze pw-fb", "snooze"),
    Button("Posted it", "posted"),
    LinkButton("Help", "https://e.org"),
)


def test_numbers_run_on_so_that_one_never_means_two_things() -> None:
    buttons = Buttons()
    assert buttons.add([SNOOZE, POSTED]) == 1
    assert buttons.add([HELP]) == 3
    assert [buttons.find(text) for text in ("1", "2", " 3 ", "[1]", "#2")] == [SNOOZE, POSTED, HELP, SNOOZE, POSTED]


def test_numbers_start_again_before_they_pass_99() -> None:
    buttons = Buttons()
    assert buttons.add([SNOOZE] * 98) == 1
    assert buttons.add([HELP]) == 99
    assert buttons.add([POSTED, POSTED]) == 1
    with pytest.raises(Refusal, match=r"no button 50. The numbers go from 1 to 2"):
        buttons.find("50")
    assert buttons.add([]) == 3


def test_one_card_may_have_more_buttons_than_that() -> None:
    buttons = Buttons()
    buttons.add([HELP])
    assert buttons.add([SNOOZE] * 150) == 1
    assert buttons.find("150") == SNOOZE


def test_a_button_is_known_by_the_start_of_its_label_the_newest_first() -> None:
    buttons = Buttons()
    buttons.add([SNOOZE, Button("Snooze nmig-x", "snooze", {"id": "2"})])
    assert buttons.find("SNOOZE pw") == SNOOZE
    assert buttons.find("snooze") == Button("Snooze nmig-x", "snooze", {"id": "2"})


@pytest.mark.parametrize("text", ["9", "0", "9" * 5000, "nothing", "-1", "²", "٩"])
def test_a_button_that_is_not_there_is_refused_with_those_that_are(text: str) -> None:
    buttons = Buttons()
    with pytest.raises(Refusal, match="no button to press yet"):
        buttons.find(text)
    buttons.add([SNOOZE])
    with pytest.raises(Refusal, match=r"There is no button .* Try `:press 1`"):
        buttons.find(text)
    with pytest.raises(Refusal, match=r"such as `:press 1`"):
        buttons.find("")
