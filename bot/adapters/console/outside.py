"""What the composition root brings to the console."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TextIO

from msgspec import Struct

from bot.core.chat import Card, Message, Person, Place
from bot.core.plain import Name
from bot.core.ports import Handle, Suggest

HERE = Place("console:terminal")

Complete = Callable[[Person, str], Sequence[tuple[str, str]]]
"""(who, the line typed so far) → (the whole line as it would become, the label shown for it) pairs."""


async def _settled() -> None:
    """Nothing to wait for."""


class Outside(Struct, frozen=True):
    """Everything that the console needs from elsewhere.

    `me` is whoever sits at the terminal first; `names` gives those one can be with `:as`. With `newcomers`, a name
    that nobody has stands for somebody new (`console:<slug>`), who may then join; without it the names are listed.
    `later` lets time pass and gives the new moment (aware UTC); None outside the sample database. `settled` returns
    when every message that is due has been delivered: plain sessions wait for it after each line, so that a piped
    session reads in order. `styled` is False where NO_COLOR is set. Streams left None are the process's own.
    """

    handle: Handle
    suggest: Suggest
    complete: Complete
    names: Callable[[], Sequence[tuple[str, Person]]]
    name_of: Name
    zone_of: Callable[[Person], tzinfo]
    mail: Callable[[Person, int], Sequence[Message]]
    now: Callable[[], datetime]
    me: Person
    where: Place = HERE
    later: Callable[[timedelta], Awaitable[datetime]] | None = None
    settled: Callable[[], Awaitable[None]] = _settled
    newcomers: bool = False
    greeting: Card | None = None
    styled: bool = True
    input: TextIO | None = None
    output: TextIO | None = None
