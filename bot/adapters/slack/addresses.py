"""People and channels of Slack as Steward's ids, and back.

A person is `slack:T1/U2`, a channel `slack:T1/C9`, a direct conversation `slack:T1/D9`.
"""

import re

from bot.core.chat import Person, Place

NETWORK = "slack"
_USER = re.compile(r"[UW][A-Z0-9]+")
_CHANNEL = re.compile(r"[CDG][A-Z0-9]+")


def person(workspace: str, user: str) -> Person:
    """Somebody in a workspace."""
    return Person(f"{NETWORK}:{workspace}/{user}")


def place(workspace: str, channel: str) -> Place:
    """A channel or a direct conversation of a workspace; the workspace itself where there is no channel."""
    return Place(f"{NETWORK}:{workspace}/{channel}")


def user_of(one: Person) -> str | None:
    """Slack's own id of a person; None where it is another network's, or none at all."""
    return _own(one.id, _USER)


def channel_of(one: Place) -> str | None:
    """Slack's own id of a channel; None where it is another network's, or none at all."""
    return _own(one.id, _CHANNEL)


def _own(id: str, form: re.Pattern[str]) -> str | None:
    network, _, rest = id.partition(":")
    own = rest.rpartition("/")[2]
    return own if network == NETWORK and form.fullmatch(own) else None
