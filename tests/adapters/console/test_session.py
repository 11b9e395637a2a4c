import pytest

from bot.adapters.console import local
from bot.core.chat import Button, Card, Choice, LinkButton, Moment, Person
from tests.adapters.console.room import MEMBERS, NAMES, OFFICE, START, Room, message

SNOOZE = Button("Snooze pw-fb", "snooze", {"account": "pw-fb", "until": "next week"})
HOME = Card("Home", ("It is ", Moment(START)), (), (SNOOZE, LinkButton("Policy", "https://example.org/p")))


def test_a_typed_line_is_answered_and_the_end_of_input_ends_the_session() -> None:
    room = Room({"home": HOME}, greeting=Card("Hello", "Type `help`."))
    assert room.type("home", "", "   ") == (
        "Hello\nType `help`.\n\n"
        "Home\nIt is Tue 1 Dec 2026, 09:00\n\n  [1] Snooze pw-fb\n  [2] Policy: https://example.org/p\n\n"
    )
    (request,) = room.requests
    assert (request.who, request.text, request.shown_name) == (OFFICE, "home", "office")


def test_pressing_a_button_is_typing_its_command() -> None:
    room = Room({"home": HOME})
    room.type("home", ":press 1")
    request = room.requests[-1]
    assert (request.command, dict(request.values)) == ("snooze", {"account": "pw-fb", "until": "next week"})
    assert (request.who, request.text) == (OFFICE, "")


def test_a_choice_is_a_button_for_each_thing() -> None:
    choice = Choice("Until", "snooze", "until", (("tomorrow", "Tomorrow"), ("monday", "Monday")), {"account": "pw-fb"})
    room = Room({"home": Card("Home", controls=(choice,))})
    assert "Until:\n    [1] Tomorrow\n    [2] Monday" in room.type("home", ":press monday")
    assert dict(room.requests[-1].values) == {"account": "pw-fb", "until": "monday"}


def test_a_link_button_shows_its_address() -> None:
    room = Room({"home": HOME})
    assert room.type("home", ":press 2").endswith("Open this page in your browser:\nhttps://example.org/p\n\n")
    assert len(room.requests) == 1


@pytest.mark.parametrize(("typed", "done"), [("y", 2), ("Yes", 2), ("n", 1), ("", 1), ("home", 1)])
def test_a_button_that_asks_first_does_nothing_without_a_yes(typed: str, done: int) -> None:
    card = Card("Sure?", controls=(Button("Remove", "remove", confirm="Remove nmig-x for everybody?"),))
    room = Room({"show": card})
    shown = room.type("show", ":press 1", typed)
    assert "Remove nmig-x for everybody? (y/N)" in shown
    assert len(room.requests) == done
    assert ("All right, nothing was done." in shown) is (done == 1)


def test_a_button_that_asks_first_does_nothing_at_the_end_of_input() -> None:
    room = Room({"show": Card("Sure?", controls=(Button("Remove", "remove", confirm="Really?"),))})
    assert room.type("show", ":press 1").endswith("All right, nothing was done.\n\n")
    assert len(room.requests) == 1


def test_numbers_run_on_from_answer_to_message_so_that_those_on_the_screen_stay_true() -> None:
    room = Room({"home": HOME})
    room.due = [(message(OFFICE), False)]
    shown = room.type("home", ":press 3", ":press 1", ":press 2")
    assert "[1] Posted it" in shown  # it had arrived before the first line
    assert "[2] Snooze pw-fb\n  [3] Policy" in shown
    assert [request.command or request.text for request in room.requests] == ["home", "posted", "snooze"]


def test_a_bare_number_is_met_with_how_to_press() -> None:
    room = Room({"home": HOME})
    assert "To press button 2, type `:press 2`." in room.type("home", "2", "77")
    assert [request.text for request in room.requests] == ["home", "77"]


def test_being_somebody_else_starts_the_numbers_again() -> None:
    room = Room({"home": HOME})
    shown = room.type("home", ":as new", ":press 1", "home", ":press 1")
    assert "You are new members now. No new direct messages." in shown
    assert "There is no button to press yet." in shown
    assert "It is Tue 1 Dec 2026, 23:00" in shown  # in Tokyo
    assert [request.who for request in room.requests] == [OFFICE, MEMBERS, MEMBERS]
    assert room.requests[-1].shown_name == "new members"


def test_an_unknown_name_lists_whom_one_can_be() -> None:
    shown = Room().type(":as zoe", ":as", ":who")
    assert "Nobody here is called “zoe”. You can be office, new members or conference photos." in shown
    assert "Who would you like to be? You can be office" in shown
    assert "You are office. It is Tue 1 Dec 2026, 09:00.\nYou can be:\n  new members\n  conference photos" in shown


def test_with_a_real_team_a_new_name_is_somebody_new_who_may_join() -> None:
    room = Room(newcomers=True)
    shown = room.type(":as Zoë Quist", "join", ":as office", ":as zoë", "home", ":as offfice", ":who", ":as !!")
    assert "You are Zoë Quist now. No new direct messages.\nNobody here has that name yet, so you are" in shown
    assert [request.who for request in room.requests] == [Person("console:zoë-quist")] * 2
    assert {request.shown_name for request in room.requests} == {"Zoë Quist"}
    assert "If you meant office, type `:as office`." in shown
    assert "\n  Zoë Quist\n" in shown
    assert "A name needs a letter" in shown


def test_a_newcomer_who_has_joined_is_known_by_the_teams_name() -> None:
    names = [*NAMES]
    room = Room(lambda _request: names.append(("Zoë", Person("console:zoe"))), newcomers=True, names=lambda: names)
    shown = room.type(":as zoe", "join", ":as office", ":as zoe")
    assert shown.endswith("You are Zoë now. No new direct messages.\n\n")
    assert shown.count("somebody new") == 1


def test_two_people_of_one_name_are_told_apart_by_their_ids() -> None:
    twins = (("Sam", Person("console:sam")), ("Sam", Person("console:sam-2")))
    room = Room(names=lambda: twins, me=twins[0][1])
    shown = room.type(":who", ":as console:sam-2", "home")
    assert "You are console:sam." in shown
    assert room.requests[-1].who == twins[1][1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (":latre 3 days", "Did you mean `:later`?"),
        (":xyzzy", "Type `:help`"),
        (":)", "Type `:help`"),
        (":", "Type `:help`"),
        (":help", ":later 3 days    let time pass"),
        (":cancel", "nothing to stop"),
        (":press", "no button to press yet"),
        (":\x1b[2J", "Type `:help`"),
        (":as " + "x" * 100_000, "Nobody here is called “xxx"),
        (":as \x1b]0;owned\x07", "Nobody here is called “]0;owned”"),
    ],
)
def test_the_consoles_own_words_are_answered_with_what_works(line: str, said: str) -> None:
    room = Room()
    shown = room.type(line)
    assert said in shown
    assert "\x1b" not in shown
    assert len(shown) < 1000
    assert not room.requests


@pytest.mark.parametrize("line", [":quit", ":q"])
def test_quit_leaves_at_once(line: str) -> None:
    room = Room()
    room.type(line, "home")
    assert not room.requests


def test_words_are_completed_by_those_who_know_them() -> None:
    def complete(who: Person, line: str) -> list[tuple[str, str]]:
        return [(f"{line}s", f"for {who.id}")]

    room = Room({"home": HOME}, complete=complete)
    room.type("home")
    assert room.console
    session = room.console._session  # noqa: SLF001 - completion needs somebody typing; see test_terminal for that
    assert local.completions(session, "gap") == [("gaps", "for console:office")]
    assert [line for line, _label in local.completions(session, ":")][:3] == [":as", ":press", ":later"]
    assert local.completions(session, ":as mem") == [(":as new members", "new members")]
    assert local.completions(session, ":press ") == [(":press 2", "2 Policy"), (":press 1", "1 Snooze pw-fb")]
    assert local.completions(session, ":later ") == ()
