"""Channels, and the roles that a network gives to people, as options."""

import re
from collections.abc import Sequence
from typing import Annotated

from msgspec import Struct

from bot.core.chat import Kind, Place
from bot.core.router import Context, Option
from bot.core.words import line, shown
from bot.errors import Refusal
from bot.topics.team.model import CoordinatingGroup, House

NAME_LIMIT = 60  # characters of a role's name
NETWORK_ID = re.compile(r"[a-z]+:[^\s/]+/[^\s/]+")
HERE, NONE = "here", "none"


def _ours(context: Context, id: str) -> bool:
    """Does the place or role belong to one of the team's own workspaces or servers?"""
    return bool(NETWORK_ID.fullmatch(id)) and context.records.get(House, Place(id).house) is not None


def read_place(context: Context, text: str) -> str:
    """A channel's id: of the one that is chosen, or of this one for “here”; empty for “none”.

    Raises Refusal where it is in none of the team's own workspaces or servers.
    """
    wanted = text.strip()
    if wanted.casefold() == NONE:
        return ""
    place = context.where if wanted.casefold() == HERE else Place(wanted)
    if ":" not in place.id or context.records.get(House, place.house) is None:
        raise Refusal(
            f"I don't know the channel “{shown(wanted)}” in the team's workspaces. Type this in that channel, with "
            "`here`, or mention it with #.",
            choices=((HERE, "This channel"),),
        )
    return place.id


def _suggest_places(_context: Context, _text: str) -> Sequence[tuple[str, str]]:
    return ((HERE, "This channel"), (NONE, "None"))


APlace = Annotated[str, Option(read_place, suggest=_suggest_places, kind=Kind.PLACE)]
"""A channel of the team's, as its id; “none” is empty."""


class Group(Struct, frozen=True):
    """A role of a chat network as it was chosen: its id, and its name where that is told."""

    id: str
    name: str = ""

    @property
    def house(self) -> str:
        """The server that it belongs to."""
        return Place(self.id).house


def _read_group(context: Context, text: str) -> Group:
    id, _, name = text.strip().partition(" ")
    if not _ours(context, id):
        raise Refusal(
            f"I don't know the role “{shown(text)}” in the team's servers. Choose it from the list there, or mention "
            "it with @. Slack has no such roles."
        )
    return Group(id, line(name, NAME_LIMIT))


AGroup = Annotated[Group, Option(_read_group, takes=lambda _context, words: len(words), kind=Kind.GROUP)]
"""A role that one of the team's servers gives to people: by its id, and behind that its name."""


def group_words(group: CoordinatingGroup) -> str:
    """`Social media on Discord`."""
    network = Place(group.id).network.capitalize()
    return f"{group.name or 'the role ' + group.id.rpartition('/')[2]} on {network}"


def _read_mapped(context: Context, text: str) -> CoordinatingGroup:
    groups = context.records.find(CoordinatingGroup)
    wanted = text.strip().casefold()
    names = [one for one in groups if wanted in (one.name.casefold(), group_words(one).casefold())]
    by_id = [one for one in groups if one.id == text.strip().partition(" ")[0]]
    found = by_id or names
    if len(found) != 1:
        raise Refusal(
            f"The people of “{shown(text)}” do not act as coordinators. `team show` says which do.",
            choices=tuple((one.id, group_words(one)) for one in groups[:5]),
        )
    return found[0]


def _suggest_mapped(context: Context, _text: str) -> Sequence[tuple[str, str]]:
    return [(one.id, group_words(one)) for one in context.records.find(CoordinatingGroup, limit=25)]


AMappedGroup = Annotated[
    CoordinatingGroup,
    Option(_read_mapped, takes=lambda _context, words: len(words), suggest=_suggest_mapped, kind=Kind.CHOICE),
]
"""A role whose people act as coordinators: by its name or id."""
