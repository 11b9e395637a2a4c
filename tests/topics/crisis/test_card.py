"""The printed card: names and numbers of who agreed, made again at every change."""

import pytest
from msgspec.structs import replace

from bot.topics.crisis.card import upkeep_of
from bot.topics.crisis.kept import Upkeep
from bot.topics.crisis.versions import shipped
from bot.topics.team.model import Volunteer
from tests.house import House


def card(house: House) -> str:
    kept: Upkeep = house.read(upkeep_of)
    return kept.card


@pytest.mark.parametrize(
    ("line", "who", "there", "gone"),
    [
        ("roster set lead me +1 312 555 0777", "ben", "ben <strong>+1 312 555 0777", "ben <strong>+1 312 555 0102"),
        ("roster set counsel Ada Law +1 312 555 0300", "office", "Ada Law", "+1 312 555 0300"),  # not agreed yet
        ("roster remove lead", "office", "finn", "<td>eva <strong>"),
        ("roster forget", "gus", "gus", "+1 312 555 0107"),
        ("team remove eva sure=yes", "office", "finn", "eva"),
    ],
)
def test_it_is_made_again_at_every_change_of_the_roster(
    house: House, line: str, who: str, there: str, gone: str
) -> None:
    house.say("roster set scribe me", "dan")
    before = card(house)
    assert "eva <strong>+1 312 555 0105</strong>" in before
    assert "went wrong" not in house.say(line, who)
    assert card(house) != before
    assert there in card(house)
    assert gone not in card(house)


def test_a_number_stands_on_it_once_its_owner_agrees(house: House) -> None:
    house.say("roster set counsel Ada Law +1 312 555 0300 second=+13125550301", "office")
    assert "0300" not in card(house)
    house.press("Yes, Ada Law", "office")
    assert "Ada Law <strong>+1 312 555 0300</strong> · +13125550301" in card(house)


def test_it_follows_the_plan_and_the_teams_name(house: House) -> None:
    text = shipped().replace('  webadmin:   "', '  harbour: "Who runs the harbour"\n  webadmin:   "')
    house.do("office", "", "playbook import", {"file": text})
    house.say("roster set harbour Hal <Port> +1 312 555 0444", "office")
    assert ">harbour</th><td>Hal &lt;Port&gt;" in card(house)
    house.say("playbook back 0", "office")
    assert "harbour" not in card(house)
    assert "went wrong" not in house.say("team set name The <Guild>", "office")
    assert "<h1>The &lt;Guild&gt;: when something goes wrong</h1>" in card(house)


def test_a_volunteer_stands_on_it_by_their_name_of_today(house: House) -> None:
    house.say("roster set scribe me", "dan")
    house.put(replace(house.get(Volunteer, "eva"), name="Eva-Maria"))
    house.say("roster reviewed", "office")
    assert "Eva-Maria <strong>+1 312 555 0105</strong>" in card(house)
    assert ">eva<" not in card(house)
