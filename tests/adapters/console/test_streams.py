import asyncio
import io
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from bot.core.chat import Button, Card, Reply, Request
from bot.core.ports import Parcel
from bot.errors import Undelivered
from tests.adapters.console.room import MEMBERS, OFFICE, TEAM, Room, message


def test_the_last_line_may_lack_its_end() -> None:
    room = Room()
    room.build(input=io.StringIO("home"))
    assert room.console
    asyncio.run(room.console.run())
    assert [request.text for request in room.requests] == ["home"]


def test_answers_may_come_from_another_thread_and_may_be_nothing() -> None:
    with ThreadPoolExecutor(1) as pool:

        def handle(request: Request) -> "Future[Reply | None]":
            return pool.submit(lambda: Card(f"Heard {request.text}") if request.text != "again" else None)

        assert Room(handle=handle).type("one", "again", "two") == "Heard one\n\nHeard two\n\n"


def test_an_endless_line_is_passed_on_in_part_and_only_once() -> None:
    room = Room(lambda _request: Card("Too long"))
    assert room.type("x" * 350_000, "home") == "Too long\n\nToo long\n\n"
    assert [len(request.text) for request in room.requests] == [100_000, 4]


def test_bytes_that_are_no_text_do_not_end_the_session() -> None:
    room = Room(lambda _request: Card("Heard"))
    stream = io.TextIOWrapper(io.BytesIO(b"caf\xe9\nhome\n"), encoding="utf-8")
    console = room.build(input=stream)
    asyncio.run(console.run())
    assert [request.text for request in room.requests] == ["caf\ufffd", "home"]


def test_signs_that_the_output_cannot_write_are_replaced() -> None:
    written = io.BytesIO()
    console = Room({"home": Card("“Olé” · 日本")}).build("home", output=io.TextIOWrapper(written, encoding="ascii"))
    asyncio.run(console.run())
    assert written.getvalue() == b"?Ol?? ? ??\n\n"


class Gone(io.StringIO):
    def write(self, _text: str) -> int:
        raise BrokenPipeError


def test_a_reader_who_leaves_ends_the_session_and_messages_wait() -> None:
    room = Room()
    console = room.build("home", output=Gone())
    asyncio.run(console.run())
    parcel = Parcel("p", "team", message(OFFICE), 1, "", doubtful=False, tries=0)
    with pytest.raises(Undelivered):
        asyncio.run(console.send(parcel))


def test_a_session_that_is_stopped_leaves_nothing_behind() -> None:
    class Silent(io.StringIO):
        def __init__(self) -> None:
            super().__init__()
            self.asked = asyncio.Event()
            self.loop = asyncio.get_running_loop()
            self.reply: Future[str] = Future()

        def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed's IOBase reads bytes
            self.loop.call_soon_threadsafe(self.asked.set)
            return self.reply.result(10)

    async def run() -> None:
        faults: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, fault: faults.append(fault))
        silent = Silent()
        task = asyncio.create_task(Room().build(input=silent).run())
        await asyncio.wait_for(silent.asked.wait(), 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        (reader,) = (thread for thread in threading.enumerate() if thread.name == "console-input")
        assert reader.daemon  # or the program could not end before the next line is typed
        silent.reply.set_result("late\n")  # what is typed after the end goes nowhere
        reader.join(10)
        await asyncio.sleep(0)
        assert not faults
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


def test_a_failure_to_read_is_raised_where_it_can_be_seen() -> None:
    class Broken(io.StringIO):
        def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed's IOBase reads bytes
            raise OSError(5, "input/output error")

    with pytest.raises(OSError, match="input/output"):
        asyncio.run(Room().build(input=Broken()).run())


def test_a_fault_of_the_engine_is_not_swallowed() -> None:
    def handle(_request: Request) -> "Future[Reply | None]":
        done: Future[Reply | None] = Future()
        done.set_exception(ValueError("broken"))
        return done

    with pytest.raises(ValueError, match="broken"):
        Room(handle=handle).type("home")


def test_a_pump_that_hangs_does_not_hold_up_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.console.session.PATIENCE", 0)

    async def never() -> None:
        await asyncio.Event().wait()

    assert Room(settled=never).type("home") == "You said home\n\n"


def test_people_and_messages_that_mean_harm_cannot_steer_the_terminal() -> None:
    evil = "\x1b]0;owned\x07\u202e\x9b2J\r[9] Fake"
    room = Room({"home": Card(evil, evil, controls=(Button(evil, "home", confirm=evil),))}, greeting=Card(evil))
    room.changes |= {"names": lambda: ((evil, OFFICE), ("b" + evil, MEMBERS)), "name_of": lambda _one: evil}
    room.due = [(message(TEAM, Card(evil)), False), (message(card=Card(evil)), False)]
    shown = room.type("home", ":press 1", "y", ":who", ":as b", ":mail")
    assert not [sign for sign in shown if sign in "\x1b\x07\u202e\x9b\r"]
