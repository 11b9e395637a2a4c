"""The team as a whole: who is in it, and what it has set for itself."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from bot.core.chat import Button, Card, Choice, Control, Facts, Inline, Place, Reply, Row, Rows, Text
from bot.core.pages import page_of, turns
from bot.core.router import Context, Role
from bot.core.words import line, shown
from bot.errors import Refusal
from bot.topics.team.absence import away_words, current, today_of
from bot.topics.team.days import understood_day
from bot.topics.team.hours import read_zone, zone_suggestions
from bot.topics.team.model import Away, House, Standing, Team, TeamChanged, TeamRole, Volunteer
from bot.topics.team.nudging import coordinators, hours_changed, team_of
from bot.topics.team.options import COUNTRY, known_people, members

FIRST = {TeamRole.COORDINATOR: 0, TeamRole.VOLUNTEER: 1, TeamRole.OBSERVER: 2}
NAME_LIMIT = 80
POLICY_LIMIT = 500


def team_show(context: Context, page: int = 1) -> Reply:
    """Who is in the team: roles, who is away, who is invited.

    page: which page of a long list
    """
    team = team_of(context.records)
    if context.asker.role < Role.OBSERVER:
        return _for_strangers(context, team)
    people = sorted(members(context.records), key=lambda one: (one.standing is Standing.INVITED, FIRST[one.role]))
    if not people:
        return Card("The team", "Nobody is in the team yet. Type `team invite` and a name.")
    page_rows, first, last = page_of(people, page)
    rows = tuple(Row(_line(one), _detail(context, one)) for one in page_rows)
    active = sum(one.standing is Standing.ACTIVE for one in people)
    return Card(
        team.name or "The team",
        f"{active} in the team, {len(people) - active} invited.",
        (Rows(rows, first, len(people)), *(_settings(team) if context.asker.role >= Role.COORDINATOR else ())),
        (
            *turns("people", "team show", {}, first, last),
            *_for_coordinators(context, people),
        ),
    )


def _for_strangers(context: Context, team: Team) -> Card:
    """People without a role learn whom to ask, and nothing of anybody else."""
    names = ", ".join(one.name for one in coordinators(context.records)) or "nobody at the moment"
    return Card(
        team.name or "The team",
        f"Coordinated by {names}.",
        controls=(Button("Join the team", "join"), Button("Find an account", "find")),
    )


def _line(one: Volunteer) -> Text:
    return f"{one.name} · {'invited as ' if one.standing is Standing.INVITED else ''}{one.role}"


def _detail(context: Context, one: Volunteer) -> Text:
    """Whether they are away, and until when they serve; that they can't be written to is for coordinators."""
    today = today_of(context, one)
    known = context.records.find(Away, volunteer=one.id, order="first")
    said: list[str] = []
    if (now := current(known, today)) is not None:
        said.append(f"away {away_words(now)}")
    elif coming := [away for away in known if away.first > today]:
        said.append(f"will be away {away_words(coming[0])}")
    if one.unreachable_since and context.asker.role >= Role.COORDINATOR:
        said.append("can't be written to: direct messages are closed")
    if one.term_ends:
        said.append(f"serves until {understood_day(one.term_ends)}")
    return "; ".join(said)


def _for_coordinators(context: Context, people: list[Volunteer]) -> tuple[Control, ...]:
    if context.asker.role < Role.COORDINATOR:
        return ()
    controls: tuple[Control, ...] = (Button("Invite somebody", "team invite"),)
    guests = known_people(context)
    if guests:
        controls = (*controls, Choice("Let in", "team admit", "guest", tuple(guests)))
        if any(one.standing is Standing.INVITED for one in people):
            controls = (*controls, Button("Match invited names", "team match"))
    return controls


def _settings(team: Team) -> tuple[Facts, ...]:
    def place(id: str) -> Text:
        parts: tuple[Inline, ...] = (Place(id),)
        return parts if id else "not set: type `team set channel here` in it"

    return (
        Facts(
            (
                ("Time zone", team.zone),
                ("Public holidays of", team.country or "no country"),
                ("Channel", place(team.channel)),
                ("Crisis channel", place(team.crisis_channel)),
                ("Policy", team.policy or "not set"),
                ("Joining", "open to all here" if team.open else "by invitation"),
            )
        ),
    )


class Setting(StrEnum):
    """What a team sets for itself."""

    NAME = "name"
    ZONE = "zone"
    COUNTRY = "country"
    CHANNEL = "channel"
    CRISIS_CHANNEL = "crisis-channel"
    POLICY = "policy"


def team_set(context: Context, what: Setting, value: str) -> Reply:
    """Set the team's name, zone, country, channel, crisis channel or policy.

    what: name, zone, country, channel, crisis-channel or policy
    value: the new value; for a channel `here`, or mention it; for the policy where it can be read
    """
    before = team_of(context.records)
    field = what.value.replace("-", "_")
    changes: dict[str, Any] = {field: _read(context, what, value)}
    team = replace(before, **changes)
    context.records.put(team)
    if team != before:
        _tell(context, before, team)
    old = str(getattr(before, field))
    new = str(getattr(team, field))
    said: Text = f"The team's {what.value.replace('-', ' ')} is {new or 'not set'} now."
    if new and what in (Setting.CHANNEL, Setting.CRISIS_CHANNEL):
        said = (f"The team's {what.value.replace('-', ' ')} is ", Place(new), " now.")
    return Card("The team", said, controls=(*_undo(what, old, new), Button("See the team", "team show")))


def _undo(what: Setting, old: str, new: str) -> tuple[Control, ...]:
    if not old or old == new:
        return ()
    try:
        return (
            Button(f"Undo: {what.value.replace('-', ' ')} as before", "team set", {"what": what.value, "value": old}),
        )
    except ValueError:  # an old value that is too long for a button is typed again
        return ()


def _read(context: Context, what: Setting, value: str) -> str:
    if what is Setting.NAME:
        return _needed(line(value, NAME_LIMIT))
    if what is Setting.POLICY:
        return line(value, POLICY_LIMIT) if value.strip().casefold() != "none" else ""
    if what is Setting.COUNTRY:
        try:
            return str(COUNTRY.read(context, value))
        except Refusal as refusal:
            raise refusal.at("value") from None
    if what is Setting.ZONE:
        try:
            return read_zone(value).key
        except ValueError as error:
            near = [(name, name) for name in zone_suggestions(value)]
            raise Refusal(str(error), option="value", choices=near) from None
    return _read_place(context, value)


def _needed(name: str) -> str:
    if not name:
        raise Refusal("Please give the team's name.", option="value")
    return name


def _read_place(context: Context, value: str) -> str:
    """A channel of one of the team's own workspaces or servers."""
    wanted = value.strip()
    if wanted.casefold() == "none":
        return ""
    place = context.where if wanted.casefold() == "here" else Place(wanted)
    if ":" not in place.id or context.records.get(House, place.house) is None:
        raise Refusal(
            f"I don't know the channel “{shown(wanted)}” in the team's workspaces. Type this in that channel, with "
            "`here`, or mention it with #.",
            option="value",
            choices=(("here", "This channel"),),
        )
    return place.id


def _tell(context: Context, before: Team, team: Team) -> None:
    """Due times hang on the team's zone and country, for all who have none of their own."""
    context.announce(TeamChanged(before, team))
    for one in members(context.records, Standing.ACTIVE):
        if (team.zone != before.zone and not one.zone) or (team.country != before.country and not one.country):
            hours_changed(context, one)
