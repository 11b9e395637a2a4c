"""What the team sets for itself: name, zone, country, channels, policy."""

from enum import StrEnum
from typing import Any

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Inline, Place, Reply, Text
from bot.core.router import Context
from bot.core.words import line
from bot.errors import Refusal
from bot.topics.team.facts import TeamChanged
from bot.topics.team.guiding import next_step
from bot.topics.team.hours import read_zone, zone_suggestions
from bot.topics.team.model import NO_COUNTRY, Standing, Team
from bot.topics.team.nudging import hours_changed, team_of
from bot.topics.team.options import COUNTRY, members
from bot.topics.team.places import APlace, read_place

NAME_LIMIT = 80
POLICY_LIMIT = 500


class Setting(StrEnum):
    """What a team sets for itself."""

    NAME = "name"
    ZONE = "zone"
    COUNTRY = "country"
    CHANNEL = "channel"
    CRISIS_CHANNEL = "crisis-channel"
    POLICY = "policy"

    @property
    def words(self) -> str:
        """How it is said: `crisis channel`."""
        return self.value.replace("-", " ")


def team_set(context: Context, what: Setting, value: str) -> Reply:
    """Set the team's name, zone, country, channel, crisis channel or policy.

    what: name, zone, country, channel, crisis-channel or policy
    value: the new value; for a channel `here`, or mention it; for the policy where it can be read
    """
    before = team_of(context.records)
    field = what.value.replace("-", "_")
    team = _keep(context, before, {field: _read(context, what, value)})
    old, new = str(getattr(before, field)), str(getattr(team, field))
    said: Text = f"The team's {what.words} is {new or 'not set'} now."
    if new and what in (Setting.CHANNEL, Setting.CRISIS_CHANNEL):
        said = (f"The team's {what.words} is ", Place(new), " now.")
    return Card("The team", said, controls=(*_undo(what, old, new), Button("See the team", "team show")))


def _keep(context: Context, before: Team, changes: dict[str, Any]) -> Team:
    """The team with the changes, kept, and told to whoever hangs on them."""
    team = replace(before, **changes)
    context.records.put(team)
    if team != before:
        _tell(context, before, team)
    return team


def team_channels(context: Context, channel: APlace, crisis: APlace | None = None) -> Reply:
    """Choose the team's channel, and the one for trouble.

    channel: the team's channel, for what everybody should see; `here` for this one
    crisis: the channel where a crisis is worked on; as before if left out
    """
    before = team_of(context.records)
    team = _keep(
        context, before, {"channel": channel} if crisis is None else {"channel": channel, "crisis_channel": crisis}
    )
    said: list[Inline] = ["The team's channel is ", _place(team.channel)]
    said += [", the one for trouble ", _place(team.crisis_channel), "."]
    undo = (
        *_undo(Setting.CHANNEL, before.channel, team.channel),
        *_undo(Setting.CRISIS_CHANNEL, before.crisis_channel, team.crisis_channel),
    )
    return Card(
        "The team's channels", tuple(said), controls=(*next_step(context), *undo, Button("See the team", "team show"))
    )


def _place(id: str) -> Inline:
    return Place(id) if id else "not set"


def _undo(what: Setting, old: str, new: str) -> tuple[Control, ...]:
    if not old or old == new:
        return ()
    try:
        return (Button(f"Undo: {what.words} as before", "team set", {"what": what.value, "value": old}),)
    except ValueError:  # an old value that is too long for a button is typed again
        return ()


def _read(context: Context, what: Setting, value: str) -> str:
    if what is Setting.NAME:
        return _needed(line(value, NAME_LIMIT))
    if what is Setting.POLICY:
        return line(value, POLICY_LIMIT) if value.strip().casefold() != "none" else ""
    if what is Setting.COUNTRY:
        try:
            country = str(COUNTRY.read(context, value))
        except Refusal as refusal:
            raise refusal.at("value") from None
        return "" if country == NO_COUNTRY else country
    if what is Setting.ZONE:
        try:
            return read_zone(value).key
        except ValueError as error:
            near = [(name, name) for name in zone_suggestions(value)]
            raise Refusal(str(error), option="value", choices=near) from None
    try:
        return read_place(context, value)
    except Refusal as refusal:
        raise refusal.at("value") from None


def _needed(name: str) -> str:
    if not name:
        raise Refusal("Please give the team's name.", option="value")
    return name


def _tell(context: Context, before: Team, team: Team) -> None:
    """Due times hang on the team's zone and country, for all who have none of their own."""
    context.announce(TeamChanged(before, team))
    for one in members(context.records, Standing.ACTIVE):
        if (team.zone != before.zone and not one.zone) or (team.country != before.country and not one.country):
            hours_changed(context, one)
