"""One person at a time at the terminal: what they ask, press and answer, and what reaches them."""

import asyncio
import contextlib
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from bot.adapters.console.buttons import Buttons, Control
from bot.adapters.console.forms import fill
from bot.adapters.console.letters import Letter, Letters
from bot.adapters.console.outside import Outside
from bot.adapters.console.read import listed, to_request
from bot.adapters.console.render import one_line, render, safe, wrap
from bot.adapters.console.surface import Interrupted, Surface
from bot.core.chat import Card, Form, LinkButton, Message, Person, Place, Request
from bot.core.plain import controls_of, local

PATIENCE = 10  # seconds for messages to arrive before a plain session goes on without them


class Session:
    """Who is there, the buttons they see, and the letters that wait for others."""

    def __init__(self, outside: Outside, surface: Surface) -> None:
        self.outside = outside
        self.surface = surface
        self.who = outside.me
        self.buttons = Buttons()
        self.letters = Letters()
        self.called: dict[Person, str] = {}  # newcomers, by the name that they gave
        self._arrived: set[Person] | None = None  # while time passes: whose letters to tell of at its end

    @property
    def time(self) -> str:
        """The present moment as whoever is there would say it."""
        return local(self.outside.now(), self.outside.zone_of(self.who))

    def name(self, person: Person) -> str:
        """What to type after `:as` to be this person."""
        known = self.outside.names()
        for name, other in known:
            if other == person:
                alone = sum(each == name for each, _person in known) == 1
                return one_line(name) if alone else person.id
        return one_line(self.called.get(person, "") or self.outside.name_of(person))

    def tell(self, *sentences: str) -> None:
        """Show sentences of the console's own, each on a line."""
        self.surface.show(wrap(safe("\n".join(sentences)), self.surface.width))

    def show(self, card: Card, above: str = "") -> None:
        """Show a card and number its buttons."""
        first = self.buttons.add(controls_of(card))
        zone = self.outside.zone_of(self.who)
        text = render(card, zone, self.outside.name_of, first, self.surface.width)
        self.surface.show(text, above=one_line(above), titled=True)

    async def say(self, line: str) -> None:
        """Do what a typed line asks."""
        await self._submit(to_request(self.who, self.outside.where, line, self.name(self.who)))

    async def press(self, button: Control) -> None:
        """Do what a button says, asking first where it wants that."""
        if isinstance(button, LinkButton):
            self.surface.show(safe(f"Open this page in your browser:\n{one_line(button.url)}"))
            return
        if button.confirm and not await self._agrees(button.confirm):
            self.tell("All right, nothing was done.")
            return
        await self._submit(self._request(button.command, button.values))

    def _request(self, command: str, values: Mapping[str, str]) -> Request:
        return Request(self.who, self.outside.where, command, dict(values), shown_name=self.name(self.who))

    async def _agrees(self, sentence: str) -> bool:
        self.tell(f"{sentence} (y/N)")
        try:
            line = await self.surface.ask("y/N:")
        except Interrupted:
            return False
        return (line or "").strip().casefold() in ("y", "yes")

    async def _submit(self, request: Request) -> None:
        reply = await asyncio.wrap_future(self.outside.handle(request))
        while isinstance(reply, Form):
            command = reply.command

            def offer(values: Mapping[str, str], option: str, typed: str, name: str = command) -> Offered:
                return self.outside.suggest(self._request(name, values), option, typed)

            values = await fill(reply, self.surface, offer, self._is_command)
            submitted = replace(self._request(command, values), form=True)
            reply = await asyncio.wrap_future(self.outside.handle(submitted))
        if reply is not None:
            self.show(reply)

    def _is_command(self, line: str) -> bool:
        """Does the line begin with a command, in a word or two, or is it a group's word alone?"""
        words = [*line.casefold().split(), "", ""]
        names = {name for name, _label in self.outside.complete(self.who, words[0])} if words[0] else set()
        group = not words[1] and any(name.startswith(f"{words[0]} ") for name in names)
        return group or words[0] in names or f"{words[0]} {words[1]}" in names

    def deliver(self, message: Message, *, updated: bool) -> None:
        """Show a message to whoever it is for, or keep it until they are there."""
        to = message.to
        if isinstance(to, Place):
            self.show(message.card, f"{'Updated in' if updated else 'In'} {self.outside.name_of(to)} · {self.time}")
        elif to == self.who:
            self.read(Letter(message, self.outside.now(), updated))
        else:
            self.letters.keep(to, Letter(message, self.outside.now(), updated))
            if self._arrived is None:
                self.tell(self._waiting(to, changed=updated))
            else:
                self._arrived.add(to)

    def read(self, letter: Letter) -> None:
        """Show a letter, and when it came."""
        kind = "Direct message, updated" if letter.updated else "Direct message"
        self.show(letter.message.card, f"{kind} · {local(letter.at, self.outside.zone_of(self.who))}")

    def _waiting(self, person: Person, *, changed: bool = False) -> str:
        name, count = self.name(person), self.letters.count(person)
        if count == 1:
            happened = "changed" if changed else "arrived"
            return f"A direct message for {name} has {happened}: type `:as {name}` to read it."
        return f"{count} direct messages for {name} are waiting: type `:as {name}` to read them."

    @contextlib.contextmanager
    def while_time_passes(self) -> Iterator[None]:
        """Tell of the letters for others once, at the end, however many arrive."""
        self._arrived = set()
        try:
            yield
        finally:
            arrived, self._arrived = self._arrived, None
            people = [person for person, _count in self.letters.waiting() if person in arrived]
            if len(people) == 1:
                self.tell(self._waiting(people[0]))
            elif people:
                counts = [f"{self.name(person)} ({self.letters.count(person)})" for person in people]
                example = self.name(people[0])
                self.tell(
                    f"Direct messages are waiting for {listed(counts, 'and')}: type `:as {example}` to read them."
                )

    async def settle(self) -> None:
        """Give messages that are due the time to arrive."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.outside.settled()


Offered = Sequence[tuple[str, str]]
