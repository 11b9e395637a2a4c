"""The team topic's commands, alarms and reactions, gathered from its files."""

from collections.abc import Callable
from typing import Any

from bot.core.router import Alarm, Command, Role
from bot.topics.team.absence import RETURN, away, back, keep_return, return_
from bot.topics.team.choosing import Chosen, team_use
from bot.topics.team.contacting import alarms, mention, prefer, reminders
from bot.topics.team.duties import Checklist, RoleOffer
from bot.topics.team.facts import Describe, HomeOpened, HoursChanged, Sweep
from bot.topics.team.guiding import team_setup
from bot.topics.team.inviting import team_admit, team_invite, team_open
from bot.topics.team.joining import INVITATION, join
from bot.topics.team.keeping import describe, sweep_team
from bot.topics.team.leaving import leave, team_remove, uninvite
from bot.topics.team.linking import link, team_attach, vouch
from bot.topics.team.mapping import team_map, team_unmap
from bot.topics.team.model import (
    Away,
    Code,
    CoordinatingGroup,
    Guest,
    Handshake,
    House,
    Identity,
    Missed,
    Notice,
    Nudging,
    Team,
    Volunteer,
)
from bot.topics.team.nudging import NUDGE, SWEEP, nudge, sweep, sweep_nudges
from bot.topics.team.pairing import invitation, mismatch, team_match, team_unmatch
from bot.topics.team.reaching import note, seen, unreachable
from bot.topics.team.roles import team_checklist, team_coordinator, team_role
from bot.topics.team.roster import team_show
from bot.topics.team.settings import country, hour, pace, quiet, settings, weekends, zone
from bot.topics.team.shared import team_channels, team_set
from bot.topics.team.starting import start
from bot.topics.team.terms import TERM, keep_term, stay, term, term_alarm
from bot.topics.team.welcome import team_home, welcome

__all__ = ["AFTER", "ALARMS", "COMMANDS", "KINDS", "seen", "unreachable"]

COMMANDS: tuple[Command, ...] = (
    Command(team_show, Role.ANYONE, examples=("team show", "team"), reads=True),
    Command(join, Role.ANYONE, examples=("join", "join regional groups")),
    Command(welcome, Role.OBSERVER, examples=("welcome",)),
    Command(away, Role.OBSERVER, examples=("away", "away monday to friday", "away 5 jan until 12 jan")),
    Command(back, Role.OBSERVER, examples=("back", "i'm back"), aliases=("i'm back", "im back")),
    Command(settings, Role.OBSERVER, examples=("settings",), reads=True),
    Command(zone, Role.OBSERVER, examples=("zone chicago", "zone America/New_York")),
    Command(hour, Role.OBSERVER, examples=("hour 9am", "hour 17:30")),
    Command(quiet, Role.OBSERVER, examples=("quiet 20:00 8:00", "quiet 10pm 7am")),
    Command(weekends, Role.OBSERVER, examples=("weekends yes", "weekends no")),
    Command(country, Role.OBSERVER, examples=("country US", "country germany")),
    Command(pace, Role.OBSERVER, examples=("pace light", "pace active")),
    Command(reminders, Role.OBSERVER, examples=("reminders yes", "reminders no")),
    Command(alarms, Role.OBSERVER, examples=("alarms yes", "alarms no")),
    Command(mention, Role.OBSERVER, examples=("mention yes", "mention no")),
    Command(prefer, Role.OBSERVER, examples=("prefer", "prefer slack")),
    Command(note, Role.ANYONE, examples=("note",)),
    Command(link, Role.ANYONE, examples=("link", "link ABCD-EFGH-JKLM"), founding=True),
    Command(leave, Role.OBSERVER, examples=("leave", "leave new members")),
    Command(stay, Role.OBSERVER, examples=("stay",)),
    Command(team_invite, Role.COORDINATOR, examples=("team invite regional groups", "team invite Ana observer")),
    Command(team_match, Role.COORDINATOR, examples=("team match", "team match regional groups @ana")),
    Command(team_unmatch, Role.COORDINATOR, examples=("team unmatch regional groups",)),
    Command(team_admit, Role.COORDINATOR, examples=("team admit Ana",)),
    Command(team_open, Role.COORDINATOR, examples=("team open yes", "team open no")),
    Command(team_role, Role.COORDINATOR, examples=("team role Ana observer",)),
    Command(team_remove, Role.COORDINATOR, examples=("team remove Ana", "team remove Ana regional groups")),
    Command(
        team_coordinator,
        Role.OBSERVER,
        examples=("team coordinator offer Ana", "team coordinator accept", "team coordinator step-down"),
    ),
    Command(team_setup, Role.COORDINATOR, examples=("team setup",), reads=True),
    Command(team_channels, Role.COORDINATOR, examples=("team channels", "team channels here")),
    Command(team_map, Role.VOLUNTEER, examples=("team map @Social-media",)),
    Command(team_unmap, Role.VOLUNTEER, examples=("team unmap Social media",)),
    Command(team_checklist, Role.COORDINATOR, examples=("team checklist", "team checklist backups")),
    Command(
        team_set, Role.COORDINATOR, examples=("team set name ALCTS", "team set zone chicago", "team set channel here")
    ),
    Command(term, Role.COORDINATOR, examples=("term Ana 30 june", "term Ana")),
    Command(team_attach, Role.ANYONE, examples=("team attach", "team attach ABCD-EFGH-JKLM"), founding=True),
    Command(team_use, Role.OBSERVER, examples=("team use",), chooses=True),
    Command(start, Role.ANYONE, examples=("start ABCD-EFGH-JKLM-NPQR",), founding=True),
    Command(vouch, Role.OBSERVER, hidden=True),
    Command(mismatch, Role.COORDINATOR, hidden=True),
    Command(uninvite, Role.COORDINATOR, hidden=True),
)

ALARMS: dict[str, Alarm] = {
    NUDGE: nudge,
    SWEEP: sweep,
    RETURN: return_,
    TERM: term_alarm,
    INVITATION: invitation,
}

AFTER: tuple[tuple[type, Callable[..., Any]], ...] = (
    (HoursChanged, keep_return),
    (HoursChanged, keep_term),
    (Sweep, sweep_nudges),
    (Sweep, sweep_team),
    (HomeOpened, team_home),
    (Describe, describe),
)

KINDS: tuple[type[Any], ...] = (
    Team,
    Volunteer,
    Identity,
    House,
    Code,
    Handshake,
    CoordinatingGroup,
    Guest,
    Away,
    Nudging,
    Notice,
    Missed,
    RoleOffer,
    Checklist,
    Chosen,
)
