"""Whom a text mentions: a chat network hands them over as addresses, but what is kept and published has names."""

import re

from bot.core.router import Context
from bot.topics.team.model import Identity, Volunteer

UNKNOWN = "(a mention)"  # somebody who is not of the team, or a channel
ADDRESS = re.compile(r"\w+:[A-Z0-9]+(?:/[A-Z0-9]+)?")  # as networks make them: nobody types such words


def with_names(context: Context, text: str) -> str:
    """The text with each mention, such as `slack:T1/U2`, as the volunteer's name. Only the asker's network has any."""

    def name(found: re.Match[str]) -> str:
        identity = context.records.get(Identity, found[0])
        volunteer = context.records.get(Volunteer, identity.volunteer) if identity else None
        if volunteer is not None:
            return volunteer.name
        return UNKNOWN if ADDRESS.fullmatch(found[0]) else found[0]

    network = re.escape(context.request.who.network)
    return re.sub(rf"\b{network}:\w+(?:/\w+)?", name, text)
