"""The session as somebody at a real terminal has it: a pseudo-terminal, typed into and read from."""

import asyncio
import codecs
import contextlib
import io
import os
import re
import signal
import struct
import sys
from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from typing import Any

import pytest
from prompt_toolkit.application import current
from prompt_toolkit.application.current import AppSession
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.output import create_output

from bot.core.chat import Button, Card, Field, Form, Message, Person
from bot.core.ports import Parcel
from tests.adapters.console.room import MEMBERS, OFFICE, Room
from tests.adapters.contract import seen

pty = pytest.importorskip("pty")  # these three are absent on Windows
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

HOME = Card("Home", "All is well.", (), (Button("Gaps", "gaps", confirm="Really?"),))
FORM = Form("Posted", "posted", (Field("account", "Account", hint="which one"),))
BOLD = "\x1b[0;1m"
READS = "\x1b[?2004h"  # from here on, keys are read and not echoed
SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")
CTRL_C, CTRL_D, UP = "\x03", "\x04", "\x1b[A"


class Sitting:
    """Somebody at a terminal: `type` keys, `see` what appears after what was seen before."""

    def __init__(self, room: Room, master: int, session: "asyncio.Task[None]") -> None:
        self.room = room
        self.session = session
        self._master = master
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._more = asyncio.Event()
        self._at = 0
        self.screen = ""
        asyncio.get_running_loop().add_reader(master, self._read)

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # the other end is closed
            self.screen += self._decoder.decode(os.read(self._master, 65536))
        self._more.set()

    def hang_up(self) -> None:
        """Close the terminal's window."""
        if self._master >= 0:
            asyncio.get_running_loop().remove_reader(self._master)
            os.close(self._master)
            self._master = -1

    @property
    def text(self) -> str:
        """What was written so far, without blanks; ▶ is a prompt that reads keys."""
        return seen(SEQUENCE.sub("", self.screen.replace(READS, "▶")))

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    async def see(self, text: str) -> None:
        while seen(text) not in self.text[self._at :]:
            self._more.clear()
            try:
                await asyncio.wait_for(self._more.wait(), 10)
            except TimeoutError:
                pytest.fail(f"{text!r} does not appear after {self.screen[-600:]!r}")
        self._at = self.text.index(seen(text), self._at) + len(seen(text))

    async def deliver(self, to: Person, card: Card) -> None:
        assert self.room.console
        await self.room.console.send(Parcel("p", "t", Message(to, "k", card), 1, "", doubtful=False, tries=0))


Sit = Callable[..., contextlib.AbstractAsyncContextManager[Sitting]]


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Sit:
    monkeypatch.setenv("PROMPT_TOOLKIT_NO_CPR", "1")  # nobody answers where the cursor is
    monkeypatch.setenv("TERM", "xterm")

    @contextlib.asynccontextmanager
    async def sit(script: Any = None, *, leave: str = CTRL_D, **changes: Any) -> AsyncIterator[Sitting]:
        """A session at a terminal, which is left at the end by those keys."""
        master, slave = pty.openpty()
        room = Room(script if script is not None else {"home": HOME, "post": FORM}, **changes)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        with (
            io.TextIOWrapper(io.FileIO(os.dup(slave), "r")) as typed,
            io.TextIOWrapper(io.FileIO(slave, "w"), write_through=True) as shown,
        ):
            everywhere = AppSession(create_input(typed), create_output(shown))  # for all tasks and threads, as in life
            monkeypatch.setattr(current, "_current_app_session", ContextVar("session", default=everywhere))
            console = room.build(input=typed, output=shown)
            task = asyncio.create_task(console.run())
            sitting = Sitting(room, master, task)
            try:
                await sitting.see("▶ office> ")
                yield sitting
                if leave:
                    sitting.type(leave)
                await asyncio.wait_for(task, 10)
            finally:
                task.cancel()
                sitting.hang_up()
                clear_typeahead(everywhere.input)  # kept by descriptor, and the next test may have the same

    return sit


async def test_a_typed_line_is_answered_with_its_title_in_bold(sit: Sit) -> None:
    async with sit() as person:
        person.type("home\r")
        await person.see("Home")
        assert f"{BOLD}Home\x1b[0m" in person.screen
        await person.see("All is well.")
        await person.see("[1] Gaps")
        await person.see("▶ office> ")


async def test_nothing_is_bold_where_colour_is_unwanted(sit: Sit) -> None:
    async with sit(styled=False) as person:
        person.type("home\r")
        await person.see("[1] Gaps")
        await person.see("▶ office> ")
        assert BOLD not in person.screen


async def test_a_message_arrives_above_the_line_being_typed(sit: Sit) -> None:
    async with sit() as person:
        person.type("ho")
        await person.see("ho")
        await asyncio.create_task(person.deliver(OFFICE, Card("Hello \x1b[31m there")))
        await person.see("Direct message · Tue 1 Dec 2026, 09:00")
        await person.see("Hello ␛[31m there")
        await person.see("▶ office> ho")
        await person.deliver(MEMBERS, Card("Not for you"))
        await person.see("A direct message for new members has arrived")
        await person.see("▶ office> ho")
        person.type("me\r")
        await person.see("All is well.")
        await person.see("▶ office> ")
        assert [request.text for request in person.room.requests] == ["home"]


async def test_what_others_print_does_not_break_the_typed_line(sit: Sit) -> None:
    async with sit() as person:
        person.type("ho")
        await person.see("ho")
        sys.stdout.write("a line of the log\n")
        await person.see("a line of the log")
        await person.see("▶ office> ho")
        person.type("me\r")
        await person.see("All is well.")
        await person.see("▶ office> ")
        assert [request.text for request in person.room.requests] == ["home"]


async def test_tab_completes_commands_and_words_of_the_console(sit: Sit) -> None:
    async with sit(
        complete=lambda _who, line: [("find nmig-x", "nmig-x \x1b X")] if line == "find nm" else []
    ) as person:
        person.type("find nm")
        await person.see("nmig-x ␛ X")
        person.type("\t\r")
        await person.see("You said find nmig-x")
        await person.see("▶ office> ")
        person.type(":as mem")
        await person.see("new members")
        person.type("\t\r")
        await person.see("You are new members now.")
        await person.see("▶ new members> ")
        assert [request.text for request in person.room.requests] == ["find nmig-x"]


async def test_a_completion_that_fails_does_not_end_the_session(sit: Sit, caplog: pytest.LogCaptureFixture) -> None:
    def complete(_who: Person, _line: str) -> list[tuple[str, str]]:
        raise ValueError("broken")

    async with sit(complete=complete) as person:
        person.type("home\r")
        await person.see("All is well.")
        await person.see("▶ office> ")
    assert all("no suggestions" in record.message for record in caplog.records)


async def test_fields_suggest_values_and_ctrl_c_stops_a_form_only(sit: Sit) -> None:
    asked = []

    def suggest(request: Any, option: str, typed: str) -> list[tuple[str, str]]:
        asked.append((request.who, request.command, option))
        return [("nmig-x", "New members, X")] if typed else []

    async with sit(suggest=suggest) as person:
        person.type("post\r")
        await person.see("Account: which one")
        await person.see("▶ Account: ")
        person.type(CTRL_C)
        await person.see("Nothing was done.")
        await person.see("▶ office> ")
        person.type("post\r")
        await person.see("Account: which one")
        await person.see("▶ Account: ")
        person.type("n")
        await person.see("New members, X")
        person.type("\t\r")
        await person.see("You said posted")
        await person.see("▶ office> ")
        assert dict(person.room.requests[-1].values) == {"account": "nmig-x"}
        assert (OFFICE, "posted", "account") in asked


async def test_ctrl_c_at_a_question_means_no(sit: Sit) -> None:
    async with sit() as person:
        person.type("home\r")
        await person.see("▶ office> ")
        person.type(":press 1\r")
        await person.see("▶ y/N: ")
        person.type(CTRL_C)
        await person.see("nothing was done")
        await person.see("▶ office> ")
        assert len(person.room.requests) == 1


async def test_the_last_command_comes_back_and_answers_to_questions_do_not(sit: Sit) -> None:
    async with sit() as person:
        person.type("post\r")
        await person.see("▶ Account: ")
        person.type("private words\r")
        await person.see("You said posted")
        await person.see("▶ office> ")
        person.type(f"{UP}\r")
        await person.see("▶ Account: ")
        assert [request.text for request in person.room.requests] == ["post", "", "post"]
        person.type(CTRL_C)
        await person.see("▶ office> ")


@pytest.mark.parametrize("keys", [CTRL_C, CTRL_D, ":quit\r"])
async def test_ctrl_c_ctrl_d_and_quit_leave(sit: Sit, keys: str) -> None:
    async with sit(leave=keys):
        pass
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_ctrl_c_between_prompts_is_left_to_the_program(sit: Sit) -> None:
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    async with sit() as person:
        person.type("home\r")
        await person.see("▶ office> ")
    assert loop.remove_signal_handler(signal.SIGINT)


async def test_a_terminal_that_goes_away_ends_the_session(sit: Sit) -> None:
    async with sit(leave="") as person:
        assert not person.session.done()
        person.hang_up()
        await asyncio.wait([person.session], timeout=10)
        assert person.session.done()


async def test_messages_are_shown_before_and_after_the_session_too(sit: Sit) -> None:
    async with sit(leave="", greeting=Card("Good morning")) as person:
        assert "Goodmorning" in person.text
        person.type(":quit\r")
        await person.see(":quit")
        await person.deliver(OFFICE, Card("Goodbye"))
        await person.see("Goodbye")
