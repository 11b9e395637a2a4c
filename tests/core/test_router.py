"""The router on a few commands of its own; the real table is held in tests/topics."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.chat import Card, Form, Kind, Person, Place, Reply, Request
from bot.core.ports import Chance, Records
from bot.core.router import Asker, Command, Context, Option, Role, Router
from bot.errors import Refusal

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WHO = Person("console:office")


class Part(StrEnum):
    OWNER = "owner"
    BACKUP = "backup"


def _read_account(_context: Context, text: str) -> str:
    if text not in ("ce-x", "pw-fb", "the photo one"):
        raise Refusal("No such account.", choices=(("ce-x", "Continuing education on X"),))
    return text.upper()


def _takes_account(_context: Context, words: Sequence[str]) -> int:
    return 3 if words[:3] == ["the", "photo", "one"] else 1


def _takes_day(_context: Context, words: Sequence[str]) -> int:
    return 1 if words and words[0] in ("today", "yesterday") else 0


AnAccount = Annotated[str, Option(_read_account, takes=_takes_account, kind=Kind.CHOICE)]
ADay = Annotated[str, Option(lambda _context, text: text, takes=_takes_day)]


def posted(
    context: Context, account: AnAccount, day: ADay | None = None, part: Part | None = None, words: str = ""
) -> Reply:
    """Record a post.

    More about it.

    account: the account
    day: the day
    part: as what
    words: what it said
    """
    return Card("Posted", f"{account}|{day}|{part}|{words}")


def team_show(context: Context, page: int = 1, *, all_: bool = False) -> Reply:
    """Who is in the team.

    page: which page
    all: everybody
    """
    return Card("Team", f"{page}|{all_}")


def home(context: Context) -> Reply:
    """Your home."""
    return Card("Home")


def team_remove(context: Context, account: AnAccount) -> Reply:
    """Take somebody off.

    account: whom
    """
    return Card("Removed", account)


ROUTER = Router(
    (
        Command(posted, Role.VOLUNTEER, aliases=("i've posted",)),
        Command(team_show, Role.OBSERVER, reads=True),
        Command(team_remove, Role.COORDINATOR),
        Command(home, Role.ANYONE),
    )
)


def context(role: Role = Role.VOLUNTEER) -> Context:
    nothing = cast("Any", None)
    asker = Asker(WHO, "v1", "Office", role)
    return Context(
        cast("Records", nothing), NOW, asker, Request(WHO, Place("console:here")), cast("Chance", nothing), {}
    )


def test_invisible_marks_that_came_with_pasted_text_change_no_word() -> None:
    assert said("\u202eposted\u202c \u200bce-x") == said("posted ce-x")
    assert said("\ufeffhome\u200e") == Card("Home")


def said(text: str, role: Role = Role.VOLUNTEER, **values: str) -> Reply:
    request = Request(WHO, Place("console:here"), text=text, values=values)
    command, words = ROUTER.find(request)
    ROUTER.allow(command, context(role).asker)
    read = ROUTER.values_of(command, request, words, context())
    if ROUTER.missing(command, read):
        return ROUTER.form(command, read, context())
    return command.run(context(), **ROUTER.read(command, read, context()))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("posted ce-x", "CE-X|None|None|"),
        ("/posted CE-X=1 ce-x", None),
        ("Posted ce-x yesterday backup our webinar", "CE-X|yesterday|backup|our webinar"),
        ("posted ce-x our webinar yesterday", "CE-X|None|None|our webinar yesterday"),
        ("posted the photo one today", "THE PHOTO ONE|today|None|"),
        ('posted words="a b" ce-x', "CE-X|None|None|a b"),
        ("posted part=back account=pw-fb", "PW-FB|None|backup|"),
        ("i’ve posted ce-x", "CE-X|None|None|"),
        ("posted ce-x own goal", "CE-X|None|owner|goal"),
        ("team", "1|False"),
        ("team show 3 yes", "3|True"),
        ("", ""),
    ],
)
def test_words_are_shared_out_among_the_options(text: str, understood: str | None) -> None:
    if understood is None:
        with pytest.raises(Refusal, match="No such account"):
            said(text)
        return
    reply = said(text)
    assert isinstance(reply, Card)
    assert reply.summary == understood


def test_a_command_with_options_missing_becomes_a_form_that_keeps_what_was_said() -> None:
    form = said("posted part=owner")
    assert isinstance(form, Form)
    assert [field.name for field in form.fields] == ["account", "day", "words"]
    assert form.values == {"part": "owner"}
    assert form.fields[0].required
    assert not form.fields[1].required


def test_a_wrong_value_comes_back_at_its_field() -> None:
    wrong = Refusal("No such account.", option="account")
    form = ROUTER.form(ROUTER.by_name["posted"], {"account": "nope", "day": "today"}, context(), wrong=wrong)
    field = form.fields[0]
    assert (field.name, field.value, field.error) == ("account", "nope", "No such account.")
    assert form.values == {"day": "today"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("postd ce-x", "Did you mean `posted`"),
        ("xyzzy", "Type `help`"),
        ("team rmove", "“team” needs one more word"),
        ("posted ce-x today owner words here", None),
        ("team show 3 yes left over", "Please say yes or no"),
        ("team show page=x", "I need a whole number"),
        ("posted nowhere", "No such account"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_would_be(text: str, sentence: str | None) -> None:
    if sentence is None:
        assert isinstance(said(text), Card)
        return
    with pytest.raises(Refusal) as refused:
        said(text)
    assert sentence in refused.value.sentence


def test_a_refusal_names_the_option_at_fault() -> None:
    with pytest.raises(Refusal) as refused:
        said("posted nowhere")
    assert refused.value.option == "account"
    assert refused.value.choices == (("ce-x", "Continuing education on X"),)


def test_each_role_may_do_what_those_before_it_may_and_no_more() -> None:
    with pytest.raises(Refusal, match="Only a coordinator"):
        said("team remove ce-x", Role.VOLUNTEER)
    with pytest.raises(Refusal, match="`join`"):
        said("posted ce-x", Role.ANYONE)
    assert isinstance(said("team remove ce-x", Role.COORDINATOR), Card)


def _undocumented(context: Context) -> Reply:
    return Card("x")


def _unreadable(context: Context, thing: complex) -> Reply:
    """Has an option that nothing reads.

    thing: a thing
    """
    return Card(str(thing))


def _undescribed(context: Context, account: AnAccount) -> Reply:
    """Does not say what its option is."""
    return Card(account)


@pytest.mark.parametrize("run", [_undocumented, _unreadable, _undescribed])
def test_a_command_that_is_not_fully_declared_fails_at_start(run: Any) -> None:
    with pytest.raises(TypeError):
        Router((Command(run, Role.ANYONE),)).check()


def test_a_word_is_a_command_or_a_group_and_never_both() -> None:
    def team(context: Context) -> Reply:
        """Clashes with the group."""
        return Card("x")

    with pytest.raises(TypeError, match="never both"):
        Router((*ROUTER.commands, Command(team, Role.ANYONE)))
    with pytest.raises(TypeError, match="never both"):
        Router((*ROUTER.commands, replace(ROUTER.commands[0], aliases=())))


def test_help_comes_from_the_declaration() -> None:
    command = ROUTER.by_name["posted"]
    assert (command.name, command.help, command.more) == ("posted", "Record a post.", "More about it.")
    assert command.usage == "posted <account> [day] [part] [words]"
    assert ROUTER.by_name["team show"].parameters[1].name == "all"
    assert ROUTER.by_name["team show"].group == "team"


@given(st.text(max_size=200))
def test_any_text_is_a_command_or_a_refusal(text: str) -> None:
    with suppress(Refusal):
        command, _words = ROUTER.find(Request(WHO, Place("console:here"), text=text))
        assert command in ROUTER.commands
