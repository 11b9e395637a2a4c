"""The console as a chat network: read, render, send, edit, find, run."""

import io
import sys

from bot.adapters.console import local
from bot.adapters.console.outside import Outside
from bot.adapters.console.session import Session
from bot.adapters.console.surface import Interrupted, Plain, Surface
from bot.core.ports import Parcel
from bot.errors import Refusal, Undelivered


class Console:
    """A chat in the terminal, with one person at a time: `:as` says who."""

    network = "console"

    def __init__(self, outside: Outside) -> None:
        self._surface = _surface(outside)
        self._session = Session(outside, self._surface)
        self._greeting = outside.greeting

    async def run(self) -> None:
        """Take lines until the person leaves or the input ends, everything typed is answered and what is due shown."""
        try:
            with self._surface.opened():
                if self._greeting:
                    self._session.show(self._greeting)
                await self._pause()
                while await self._turn():
                    await self._pause()
        except BrokenPipeError:
            return  # whoever read along has left: there is nobody to tell

    async def _turn(self) -> bool:
        """Take one line; False when it was the last."""
        session = self._session
        try:
            line = await self._surface.ask(
                f"{session.name(session.who)}>", lambda typed: local.completions(session, typed), keep=True
            )
            if line is None:
                return False
            await self._take(line.strip())
        except (Interrupted, local.Leave):
            return False
        except Refusal as refusal:
            session.tell(refusal.sentence)
        return True

    async def _take(self, line: str) -> None:
        if line.startswith(":"):
            await local.do(self._session, line)
        elif line.isdecimal() and any(line == str(number) for number, _button in self._session.buttons.all()):
            self._session.tell(f"To press button {line}, type `:press {line}`.")
        elif line:
            await self._session.say(line)

    async def _pause(self) -> None:
        """Without a person there, lines follow each other at once: let each one's messages arrive before the next."""
        if not self._surface.live:
            await self._session.settle()

    async def send(self, parcel: Parcel) -> str:
        """Show the message, or keep it for whoever it is for. Raises Undelivered where the terminal is gone."""
        return self._deliver(parcel, updated=False)

    async def edit(self, parcel: Parcel) -> str:
        """Show the new version, marked as such: what stands on a terminal can't be changed."""
        return self._deliver(parcel, updated=True)

    async def find(self, parcel: Parcel) -> str | None:  # noqa: ARG002 - the shape of every adapter
        """Nothing outlives the screen, so a doubtful message is shown again."""
        return None

    def _deliver(self, parcel: Parcel, *, updated: bool) -> str:
        try:
            self._session.deliver(parcel.message, updated=updated)
        except OSError as error:
            raise Undelivered("the terminal is closed") from error
        return parcel.id


def _surface(outside: Outside) -> Surface:
    typed = outside.input or sys.stdin or io.StringIO()
    shown = outside.output or sys.stdout
    if typed.isatty() and shown.isatty():
        from bot.adapters.console.terminal import Terminal  # noqa: PLC0415 - prompt_toolkit stays off the cold path

        return Terminal(typed, shown, styled=outside.styled)
    return Plain(typed, shown)
