"""The few things of the topics that the engine has to know."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from bot.core.chat import Message, Request
from bot.core.ports import Records
from bot.core.router import Alarm, Asker, Context, Router


class Topics(Struct, frozen=True):
    """What the composition root takes from the topics for the engine.

    `who` tells who the person of a request is to the team, `called` what the team is called; `seen` notes that a
    volunteer who was missed is there again, and where; `unreachable` is the reaction to a message that closed direct
    messages did not take; `digest` turns a one-time code into its record's id.
    """

    router: Router
    alarms: Mapping[str, Alarm]
    after: Mapping[type, tuple[Callable[[Context, Any], Any], ...]]
    who: Callable[[Records, Request], Asker]
    called: Callable[[Records], str]
    seen: Callable[[Context], None]
    unreachable: Callable[[Context, Message], None]
    digest: Callable[[str], str]
