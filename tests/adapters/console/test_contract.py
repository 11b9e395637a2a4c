import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.adapters.console.render import opening, question
from bot.adapters.console.session import Session
from bot.adapters.console.surface import Plain
from bot.core.chat import Button, Card, Form, Inline, Reply, Request
from bot.core.plain import text_of
from bot.core.ports import Adapter
from tests.adapters.console.room import Room, name_of
from tests.adapters.contract import AdapterContract, Pressed, Shown

NEW_YORK = ZoneInfo("America/New_York")
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class ConsoleHarness:
    network = "console"
    too_big: tuple[type[Exception], ...] = ()

    def show(self, reply: Reply) -> Shown:
        if isinstance(reply, Form):
            return Shown("\n".join([opening(reply), *(question(field) for field in reply.fields)]))
        room = Room()
        outside = room.build()._session.outside  # noqa: SLF001 - the test looks at the numbers of the buttons
        session = Session(outside, Plain(room.out, room.out))
        session.show(reply)
        text = room.out.getvalue()
        pressable = []
        for number, button in reversed(session.buttons.all()):
            assert f"[{number}] " in text
            pressable.append((button.label, button.code if isinstance(button, Button) else button.url))
        return Shown(text, tuple(pressable))

    def says(self, part: Inline) -> str:
        return text_of((part,), NEW_YORK, name_of)

    def active(self, shown: Shown) -> list[str]:
        return STEERING.findall(shown.text)

    def press(self, card: Card, index: int) -> Pressed:
        room = Room({"show": card})
        shown = room.type("show", f":press {index + 1}", "y")
        return Pressed(shown, room.requests[1])

    def submit(self, form: Form, answers: Mapping[str, str]) -> Request:
        room = Room({"show": form})
        room.type("show", *(answers[field.name] for field in form.fields))
        return room.requests[1]

    def adapter(self) -> Adapter:
        return Room().build()


class TestConsole(AdapterContract):
    harness = ConsoleHarness()
