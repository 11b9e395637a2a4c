"""The welcome, and the team's part of the home card."""

from collections.abc import Sequence
from typing import Any

from bot.core.chat import (
    Block,
    Button,
    Card,
    Choice,
    Control,
    Facts,
    Inline,
    Note,
    Reply,
    Row,
    Rows,
    Style,
    Text,
    Words,
)
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.team.absence import away_now, away_words
from bot.topics.team.duties import RoleOffer
from bot.topics.team.facts import HomeOpened, Section, WelcomeOpened
from bot.topics.team.hours import COMMON_ZONES
from bot.topics.team.model import Guest, Missed, Notice, TeamRole, Volunteer
from bot.topics.team.nudging import coordinators, team_of

POLICY_WEIGHT = 50
TROUBLE_WEIGHT = 60
HOME_WEIGHT = 20
AT_HOME = 5  # notices that the home card shows at once


def welcome(context: Context) -> Reply:
    """Your accounts, where their logins are kept, your backup, our policy, and what to do in trouble."""
    volunteer = context.records.get(Volunteer, context.asker.volunteer)
    if volunteer is None:
        raise Refusal("The welcome is for the team's volunteers. Type `join` to become one.")
    context.records.wake("invitation", volunteer.id, None)
    return welcome_card(context, volunteer)


def welcome_card(context: Context, volunteer: Volunteer, more: Sequence[Any] = ()) -> Card:
    """The welcome for a volunteer: what every topic has to say (`more`: what was answered already), then the ground."""
    team = team_of(context.records)
    answers = [*more, *context.announce(WelcomeOpened(volunteer))]
    parts = [part for part in answers if isinstance(part, Section)]
    parts += [Section(POLICY_WEIGHT, (Facts((("Our policy", _policy(team.policy)),)),)), _trouble(context, volunteer)]
    parts.sort(key=lambda part: part.weight)
    zone = volunteer.zone or team.zone
    hours: list[Block] = [
        Note(f"I take your time to be that of {zone}, and write at {volunteer.hour:%H:%M} if something waits for you.")
    ]
    controls: tuple[Control, ...] = tuple(control for part in parts for control in part.controls)
    if not volunteer.zone:
        controls = (*controls, *zone_question(team.zone))
    return Card(
        f"Welcome, {volunteer.name}",
        f"You are {_a(volunteer.role)} of {team.name or 'the team'}. This is what you need to know.",
        (*(block for part in parts for block in part.blocks), *hours),
        (*controls, Button("My settings", "settings"), Button("Home", "home")),
    )


def zone_question(zone: str) -> tuple[Control, ...]:
    """Which time zone is yours, asked of who has none: the team's, a usual one, or another."""
    usual = tuple((one, one) for one in COMMON_ZONES if one != zone)
    return (
        Choice("My time zone is", "zone", "zone", (("team", f"The team's, {zone}"), *usual)),
        Button("Another time zone", "zone"),
    )


def _policy(policy: str) -> Text:
    return policy or "None is noted yet. Please ask a coordinator before your first post."


def _a(role: TeamRole) -> str:
    return f"an {role}" if role is TeamRole.OBSERVER else f"a {role}"


def _trouble(context: Context, volunteer: Volunteer) -> Section:
    """Whom to turn to when something goes wrong."""
    others = [one.name for one in coordinators(context.records) if one.id != volunteer.id]
    whom = f"tell {' or '.join(others[:3])}" if others else "tell the team"
    said = (
        f"At once, type `sos` and what you see: I tell the right people at any hour. Or {whom}. "
        "Don't post about it and don't delete anything."
    )
    return Section(TROUBLE_WEIGHT, (Facts((("When something goes wrong", said),)),))


def team_home(context: Context, opened: HomeOpened) -> Section | None:
    """What the team topic shows at home: an absence, an offered role, people who ask to join, and what waits."""
    volunteer = opened.volunteer
    if volunteer is None:
        return None
    team = team_of(context.records)
    blocks: list[Block] = []
    controls: list[Control] = []
    away = away_now(context, volunteer)
    if away is not None:
        blocks.append(Words(f"You are away {away_words(away)}; I send you nothing until then."))
        controls.append(Button("I'm back", "back"))
    if context.records.get(RoleOffer, volunteer.id) is not None:
        blocks.append(Words("The coordinator's role is offered to you."))
        controls += answers_to_offer()
    if kept := context.records.count(Missed, volunteer=volunteer.id):
        notes = "A note waits" if kept == 1 else f"{kept} notes wait"
        blocks.append(Words(f"{notes} for you that I could not bring, since your direct messages were closed."))
        controls.append(Button("Open my note", "note", style=Style.PRIMARY))
    blocks += _waiting(context, volunteer)
    if context.asker.role >= Role.COORDINATOR and (guests := context.records.count(Guest)):
        blocks.append(Words(f"{guests} {'person asks' if guests == 1 else 'people ask'} to join the team."))
        controls.append(Button("See the team", "team show"))
    if context.asker.role >= Role.COORDINATOR and not team.channel:
        controls.append(Button("Go on setting up", "team setup"))
    return Section(HOME_WEIGHT, tuple(blocks), tuple(controls)) if blocks or controls else None


def answers_to_offer() -> tuple[Control, ...]:
    """The buttons that answer an offered coordinator's role."""
    return (
        Button("Accept the coordinator's role", "team coordinator", {"step": "accept"}),
        Button("No, thank you", "team coordinator", {"step": "decline"}),
    )


def _waiting(context: Context, volunteer: Volunteer) -> list[Block]:
    notices = context.records.find(Notice, volunteer=volunteer.id, order="since")
    fresh = [one for one in notices if one.until is None or one.until > context.now]
    if not fresh:
        return []
    rows = tuple(Row(_inline(one.text), controls=one.controls) for one in fresh[:AT_HOME])
    return [Rows(rows, total=len(fresh))]


def _inline(text: Text) -> tuple[Inline, ...]:
    return (text,) if isinstance(text, str) else text
