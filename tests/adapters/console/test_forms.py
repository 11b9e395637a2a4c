from pathlib import Path

import pytest

from bot.adapters.console.forms import ENDED, NEEDED, STOPPED, answer
from bot.core.chat import Card, Field, Form, Kind, Person, Reply, Request
from bot.core.words import FILE_LIMIT
from tests.adapters.console.room import OFFICE, Room

ACCOUNT = Field("account", "Account", hint="which one", choices=(("nmig-x", "New members, X"), ("pw-fb", "")))
WHEN = Field("when", "When", Kind.DATE, required=False, hint="such as yesterday")
POSTED = Form("Posted", "posted", (ACCOUNT, WHEN), {"kind": "photo"}, "Note a post.")
FUTURE = Field("when", "When", Kind.DATE, required=False, value="tomorrow", error="That is in the future.")


def values_of(room: Room) -> dict[str, str]:
    return dict(room.requests[-1].values)


@pytest.mark.parametrize("typed", ["nmig-x", "NMIG-X", "1", "new members, x"])
def test_a_form_is_asked_one_field_at_a_time_and_submitted(typed: str) -> None:
    room = Room({"post": POSTED, "posted": Card("Thank you")})
    shown = room.type("post", typed, "yesterday")
    assert shown.index("Posted\nNote a post.") < shown.index("Account: which one") < shown.index("When: such as")
    assert shown.endswith("Thank you\n\n")
    request = room.requests[-1]
    assert (request.who, request.command, request.shown_name, request.form) == (OFFICE, "posted", "office", True)
    assert values_of(room) == {"kind": "photo", "account": "nmig-x", "when": "yesterday"}


def test_enter_leaves_an_optional_field_out_and_asks_again_for_a_needed_one() -> None:
    room = Room({"post": POSTED})
    shown = room.type("post", "", "  ", "2", "")
    assert shown.count(NEEDED) == 2
    assert values_of(room) == {"kind": "photo", "account": "pw-fb"}


def test_only_the_refused_field_is_asked_again_with_what_was_wrong() -> None:
    asked_again = Form("Posted", "posted", (FUTURE,), {"kind": "photo", "account": "nmig-x"})
    answers: list[Reply] = [POSTED, asked_again, Card("Thank you")]
    room = Room(lambda _request: answers.pop(0))
    shown = room.type("post", "nmig-x", "tomorrow", "yesterday")
    assert shown.count("Note a post.") == 1
    assert shown.count("Account: which one") == 1
    assert "That is in the future.\nWhen" in shown
    assert values_of(room) == {"kind": "photo", "account": "nmig-x", "when": "yesterday"}


def test_a_refused_optional_value_is_dropped_by_enter_and_other_fields_keep_theirs() -> None:
    again = Form("Posted", "posted", (Field("account", "Account", value="nmig-x"), FUTURE, Field("by", "By")), {})
    answers: list[Reply] = [again, Card("Thank you")]
    room = Room(lambda _request: answers.pop(0))
    room.type("posted nmig-x tomorrow", "", "me")
    assert values_of(room) == {"account": "nmig-x", "by": "me"}


def test_another_form_may_follow_a_form() -> None:
    second = Form("Words", "tip add", (Field("words", "Words"),), {"id": "t1"})
    room = Room({"post": POSTED, "posted": second})
    room.type("post", "1", "", "hello there")
    assert (room.requests[-1].command, values_of(room)) == ("tip add", {"id": "t1", "words": "hello there"})


@pytest.mark.parametrize(("lines", "said"), [((":cancel",), STOPPED), ((), ENDED), (("nmig-x", ":CANCEL"), STOPPED)])
def test_a_form_can_be_stopped_and_nothing_is_done(lines: tuple[str, ...], said: str) -> None:
    room = Room({"post": POSTED})
    assert said in room.type("post", *lines)
    assert len(room.requests) == 1


def test_the_consoles_own_words_wait_until_the_form_is_answered() -> None:
    room = Room({"post": POSTED})
    shown = room.type("post", ":as new members", "nmig-x", ":quit", ":-) yesterday")
    assert shown.count("Please answer this first") == 2
    assert values_of(room)["when"] == ":-) yesterday"


def test_nothing_that_was_typed_is_shown_again_by_the_console() -> None:
    secret = "Tr0ub4dor&3"
    room = Room({"post": POSTED, secret: Card("I kept none of it")})
    assert secret not in room.type("post", secret, secret, secret)


def test_answers_stand_for_values() -> None:
    days = Field("days", "Days", Kind.NUMBER, choices=(("7", "A week"), ("14", "Two weeks")))
    assert [answer(days, text) for text in ("1", "7", "two WEEKS", "30", "")] == ["1", "7", "14", "30", None]
    kept = Field("note", "Note", required=False, value="old")
    assert [answer(kept, text) for text in ("", "-", "new")] == ["old", "", "new"]
    needed = Field("note", "Note", value="old")
    assert [answer(needed, text) for text in ("", "-")] == ["old", "-"]
    swapped = Field("pick", "Pick", choices=(("a", "b"), ("b", "a"), ("2", "c"), ("A", "d")))
    assert [answer(swapped, text) for text in ("a", "b", "2", "A", "3", "5", "d")] == [
        "a",
        "b",
        "2",
        "A",
        "2",
        "5",
        "A",
    ]


def test_the_engine_suggests_values_for_a_field() -> None:
    asked: list[tuple[Request, str, str]] = []

    def suggest(request: Request, option: str, typed: str) -> list[tuple[str, str]]:
        asked.append((request, option, typed))
        return [("nmig-x", "New members, X")]

    room = Room({"post": POSTED}, suggest=suggest)
    room.type("post", "1", "")
    assert not asked  # a plain stream is not helped while typing; see test_terminal


def names(_who: Person, line: str) -> list[tuple[str, str]]:
    """What the engine knows: two commands."""
    return [(name, name) for name in ("home", "team show") if name.startswith(line)]


@pytest.mark.parametrize("line", ["home", "Home", "team show", "team show 2", "team"])
def test_a_command_that_is_typed_while_a_question_waits_is_no_answer(line: str) -> None:
    room = Room({"post": POSTED, line: Card("Home")}, complete=names)
    shown = room.type("post", line, ":cancel", line)
    assert "something that I can do" in shown
    assert [request.text or request.command for request in room.requests] == ["post", line]


def test_the_same_line_once_more_is_the_answer() -> None:
    room = Room({"post": POSTED}, complete=names)
    room.type("post", "home", "home", "")
    assert values_of(room) == {"kind": "photo", "account": "home"}


@pytest.mark.parametrize("line", ["homes", "teams", "the team", "nmig-x"])
def test_what_only_looks_like_a_command_is_the_answer(line: str) -> None:
    room = Room({"post": POSTED}, complete=names)
    assert "something that I can do" not in room.type("post", line, "")


def test_a_choice_of_the_question_may_be_called_like_a_command() -> None:
    form = Form("Pick", "pick", (Field("what", "What", Kind.CHOICE, choices=(("home", "Home"), ("away", "Away"))),))
    room = Room({"pick": form}, complete=names)
    room.type("pick", "Home")
    assert values_of(room) == {"what": "home"}


SHEET = Form("Import", "import", (Field("file", "File", Kind.FILE, hint="a CSV file"),))


def test_a_file_is_named_and_what_is_in_it_submitted(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_bytes("\ufeffname,network\r\nÜber,x\r\n".encode())
    room = Room({"bring": SHEET})
    room.type("bring", str(file))
    assert values_of(room) == {"file": "name,network\r\nÜber,x\r\n"}


def test_a_file_that_was_named_with_the_command_is_read_without_asking(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("name,network\n", encoding="utf-8")
    named = Form("Import", "import", (Field("file", "File", Kind.FILE, hint="a CSV file", value=str(file)),))
    room = Room({"bring": named})
    assert "a CSV file" not in room.type("bring")
    assert values_of(room) == {"file": "name,network\n"}


def test_a_pasted_file_is_taken_as_it_is() -> None:
    room = Room({"bring": SHEET})
    room.type("bring", "name;network")
    assert values_of(room) == {"file": "name;network"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.csv", None, "I can't read a file called"),
        ("big.csv", b"x" * (FILE_LIMIT + 1), "too large"),
        ("book.xlsx", b"PK\x03\x04\xff", "not plain text"),
        (".", None, "I can't read a file called"),
    ],
)
def test_what_is_no_small_text_file_is_asked_for_again(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    room = Room({"bring": SHEET})
    assert told in room.type("bring", str(file), "a,b")
    assert values_of(room) == {"file": "a,b"}
