"""People, channels and roles of Discord as Steward's ids, and back.

A person is the same in every server and in direct messages: `discord:2`. A channel is `discord:1/9`, its server before
the slash. A direct message is a house of its own for each person, `discord:dm-2/9`, so that no team owns all of them.
"""

from bot.core.chat import Person, Place

NETWORK = "discord"


def person(user: int) -> Person:
    """Somebody on Discord."""
    return Person(f"{NETWORK}:{user}")


def place(channel: int, guild: int | None, user: int) -> Place:
    """A channel of a server, or the direct messages with that person where there is no server."""
    return Place(f"{NETWORK}:{guild or f'dm-{user}'}/{channel}")


def role(role: int, guild: int) -> str:
    """A server's role."""
    return f"{NETWORK}:{guild}/{role}"


def number(address: Person | Place) -> int | None:
    """Discord's own number for a person or channel; None where it is another network's, or nobody's."""
    network, _, rest = address.id.partition(":")
    digits = rest.rpartition("/")[2]
    return int(digits) if network == NETWORK and digits.isascii() and digits.isdecimal() else None
