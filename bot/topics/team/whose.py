"""Whose settings a command is about: one's own, or somebody else's where a coordinator asks."""

from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.team.model import Volunteer


def whose(context: Context, volunteer: Volunteer | None) -> Volunteer:
    """The volunteer that a command is about. Raises Refusal where the asker may not change theirs."""
    own = context.records.get(Volunteer, context.asker.volunteer) if context.asker.volunteer else None
    if volunteer is None or (own is not None and volunteer.id == own.id):
        if own is None:
            raise Refusal("That is for the team's volunteers. Type `join` to become one.")
        return own
    if context.asker.role < Role.COORDINATOR:
        raise Refusal(
            "Only a coordinator can do that for somebody else. Leave the name out to do it for yourself.",
            option="volunteer",
        )
    return volunteer


def is_own(context: Context, volunteer: Volunteer) -> bool:
    """Is this the asker?"""
    return volunteer.id == context.asker.volunteer
