"""The team as a whole: who is in it, and what it has set for itself."""

from bot.core.chat import Button, Card, Choice, Control, Facts, Inline, Place, Reply, Row, Rows, Text
from bot.core.pages import page_of, turns
from bot.core.router import Context, Role
from bot.topics.team.absence import away_words, current, today_of
from bot.topics.team.days import understood_day
from bot.topics.team.model import Away, CoordinatingGroup, Standing, Team, TeamRole, Volunteer
from bot.topics.team.nudging import coordinators, team_of
from bot.topics.team.options import known_people, members
from bot.topics.team.places import group_words

FIRST = {TeamRole.COORDINATOR: 0, TeamRole.VOLUNTEER: 1, TeamRole.OBSERVER: 2}


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
        (Rows(rows, first, len(people)), *(_settings(context, team) if context.asker.role >= Role.COORDINATOR else ())),
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
    if any(one.standing is Standing.INVITED for one in people):
        controls = (*controls, Button("Say who is who", "team match"))
    guests = known_people(context)
    if guests:
        controls = (*controls, Choice("Let in", "team admit", "guest", tuple(guests)))
    return controls


def _settings(context: Context, team: Team) -> tuple[Facts, ...]:
    def place(id: str) -> Text:
        parts: tuple[Inline, ...] = (Place(id),)
        return parts if id else "not set: type `team channels`"

    groups = context.records.find(CoordinatingGroup, order="since")
    acting = ", ".join(group_words(one) for one in groups)
    return (
        Facts(
            (
                ("Time zone", team.zone),
                ("Public holidays of", team.country or "no country"),
                ("Channel", place(team.channel)),
                ("Crisis channel", place(team.crisis_channel)),
                ("Policy", team.policy or "not set"),
                ("Joining", "open to all here" if team.open else "by invitation"),
                *((("Act as coordinators", f"the team's people with {acting}"),) if groups else ()),
            )
        ),
    )
