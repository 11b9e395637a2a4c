from bot.core.chat import Card
from bot.topics.accounts.model import Account, Status
from bot.topics.team.model import TeamRole
from tests.house import House


def team(house: House) -> None:
    house.volunteer("Office", TeamRole.COORDINATOR)
    house.volunteer("Ana")
    house.put(Account("a1", "ce-x", "Continuing education", "x", "@ALCTS_CE", status=Status.ACTIVE, owner="ana"))


def test_home_shows_my_accounts_and_the_usual_things(house: House) -> None:
    team(house)
    said = house.say("", "ana")
    assert "Hello Ana" in said
    assert "ce-x" in said
    for command in ("agenda", "settings", "help"):
        assert command in said


def test_home_says_what_comes_next_for_me_only(house: House) -> None:
    team(house)
    house.volunteer("Ben")
    house.put(Account("b1", "pw-x", "Preservation Week", "x", "@PW", status=Status.ACTIVE, owner="ben"))
    house.say("posted ce-x", "ana")
    house.say("posted pw-x", "ben")
    said = house.say("home", "ana")
    assert "What comes next:" in said
    assert "Fri 27 Nov 2026, 00:00: ce-x: a post is due" in said
    assert "pw-x" not in said
    assert "What comes next:" not in house.say("home", "office")


def test_home_of_a_volunteer_without_accounts_says_what_to_do_next(house: House) -> None:
    team(house)
    assert "accounts nobody" in house.say("home", "office")


def test_home_of_people_without_a_role_offers_to_find_and_to_join(house: House) -> None:
    team(house)
    said = house.say("home", "stranger")
    assert "find" in said
    assert "join" in said
    assert "ce-x" not in said


def test_help_shows_only_what_the_asker_may_use(house: House) -> None:
    team(house)
    assert "team remove" in house.say("help", "office")
    assert "team remove" not in house.say("help", "ana")
    assert "Posting:" not in house.say("help", "stranger")
    assert "find" in house.say("help", "stranger")


def test_help_of_a_command_shows_usage_options_and_an_example(house: House) -> None:
    said = house.say("help posted", "stranger")
    for words in ("posted <account> [when]", "when (may be left out)", "posted ce-x yesterday 3pm", "volunteers"):
        assert words in said
    assert "I'm back".casefold() in house.say("help i'm back").casefold()


def test_help_of_a_group_or_topic_is_paged(house: House) -> None:
    assert "handover confirm" in house.say("help handover")
    first = house.ask("help team")
    assert isinstance(first, Card)
    assert "1–10 of" in house.text(first)
    assert "11. " in house.press("Next")
    assert "1. " in house.press("Previous")


def test_help_on_nothing_known_says_where_to_look(house: House) -> None:
    assert "Type `help`" in house.say("help xyzzy")


def test_the_agenda_shows_mine_and_the_teams_to_a_coordinator(house: House) -> None:
    team(house)
    house.volunteer("Ben")
    house.say("posted ce-x", "ana")
    assert "ce-x" in house.say("agenda", "ana")
    assert "ce-x" in house.say("agenda", "office")
    assert "Nothing falls due" in house.say("agenda", "ben")
