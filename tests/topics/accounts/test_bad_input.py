import pytest

from bot.core.router import Command
from bot.topics.accounts.commands import COMMANDS
from bot.topics.accounts.model import Account
from tests.house import House

ODD = (
    "x" * 7_000,
    "x" * 100_000,
    "\u202egnp.exe",
    "\x00\x07",
    "👩‍👩‍👧",
    "'; DROP TABLE account; --",
    "<@U1> @everyone",
    "=cmd|' /C calc'!A0",
    "“",
    "=",
)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "command", ["find", "claim", "account show", "offer", "accounts", "accept", "handover confirm"]
)
def test_odd_words_get_a_plain_answer_and_change_nothing(team: House, command: str, odd: str) -> None:
    before = team.find(Account)
    said = team.say(f"{command} {odd}")
    assert "went wrong" not in said
    assert "reference" not in said
    assert len(said) < 4_000
    assert team.find(Account) == before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_whatever_is_typed_or_sent_for_any_option_is_answered(team: House, command: Command) -> None:
    for odd in (*ODD, "", "-1", "9" * 30, "\ud800", "ce-x " * 50, "ce-x ce-x", "account=", "none"):
        for who in ("office", "maria", "stranger"):
            answers = [team.say(f"{command.name} {odd}", as_=who)]
            answers += [team.text(team.do(who, "", command.name, {one.name: odd})) for one in command.parameters]
            for said in answers:
                assert said.strip()
                assert "reference" not in said, (who, odd[:40])


@pytest.mark.parametrize("odd", ODD[2:8])
def test_odd_words_in_a_text_are_kept_as_they_read(team: House, odd: str) -> None:
    said = team.say(f"account edit ce-x purpose {odd}", as_="maria")
    assert "went wrong" not in said
    kept = team.find(Account, short="ce-x")[0].purpose
    assert not any(sign in kept for sign in "\u202e\x00\x07")


def test_an_ambiguous_account_is_offered_as_buttons_that_carry_the_rest_on(team: House) -> None:
    assert "Is it one of these?" in team.say("claim twitter", as_="ben")
    assert "I ask them" in team.press("ce-x", as_="ben")


def test_words_without_quotes_are_told_how(team: House) -> None:
    assert "in quotes" in team.say("offer the office maria")
