"""Whatever is typed after a team command is answered with a sentence, and never breaks."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.plain import controls_of
from bot.core.router import Command
from bot.topics.team.commands import COMMANDS
from bot.topics.team.model import Guest, Standing, TeamRole, Volunteer
from tests.house import House

NASTY = (
    "",
    " ",
    "\x00\x1b[31m",
    "\u202egnirts",
    "🎉" * 30,
    "'; DROP TABLE volunteer; --",
    "<!channel> <@u1> @everyone",
    '=cmd|" /C calc"!a0',
    "a" * 7000,
    "a" * 100_000,
    '"',
    "=",
    "volunteer=",
    "me me me",
    "-1",
    "99999999999999999999",
    "٣",
)


@pytest.fixture(scope="module")
def crowd() -> Iterator[House]:
    house = House()
    house.volunteer("Office", TeamRole.COORDINATOR)
    house.volunteer("New members")
    yield house
    house.close()


def answered(house: House, typed: str, who: str) -> None:
    said = house.say(typed, who)
    assert said.strip()
    assert "the reference" not in said, typed[:80]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_nasty_text_is_answered_kindly(crowd: House, command: Command) -> None:
    for text in NASTY:
        for who in ("office", "stranger"):
            answered(crowd, f"{command.name} {text}", who)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(COMMANDS), st.text(max_size=40), st.sampled_from(["office", "new-members", "stranger"]))
def test_any_text_is_answered_kindly(crowd: House, command: Command, text: str, who: str) -> None:
    answered(crowd, f"{command.name} {text}", who)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_example_in_the_help_is_understood(crowd: House, command: Command) -> None:
    for example in command.examples:
        said = crowd.say(example, "new-members")
        assert "I don't know what to do with" not in said
        assert "needs one more word" not in said


def test_buttons_hold_the_longest_ids_that_networks_have(house: House) -> None:
    person = f"discord:{'9' * 20}/{'9' * 20}"
    house.put(Guest(person, "Ana", house.clock.time), Volunteer("abcdefghij", "Name " * 11, standing=Standing.INVITED))
    for typed in ("team match", "team", "home"):
        assert controls_of(house.ask(typed))
    house.store.write("t", lambda records: records.put(Volunteer("bcdefghijk", "ŵ" * 60, standing=Standing.ACTIVE)))
    for typed in (
        "team role ŵŵŵ observer",
        "term ŵŵŵ 30 june",
        "term ŵŵŵ",
        "team remove ŵŵŵ",
        "team set name " + "ŵ" * 18,
    ):
        answered(house, typed, "office")
