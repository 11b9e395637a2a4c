"""`steward doctor`: is all well? Each finding in plain words, with what to do."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

import storage as storages
from bot.errors import Trouble
from bot.settings import Settings
from bot.terminal.opening import Opened, opened
from bot.terminal.running import NETWORKS
from bot.terminal.world import SystemClock
from bot.topics.accounts.model import Account
from bot.topics.team.model import Standing, Volunteer
from bot.topics.team.nudging import coordinators

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)  # a clock before this is wrong
LEEWAY = timedelta(hours=1)
LEAST_ROOM = 200 * 1024 * 1024  # bytes free on the disk: room for a copy and some growth
PATIENCE = 3.0
STARTS = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}


class Verdict(StrEnum):
    """How a finding is marked."""

    GOOD = "ok"
    NOTE = "note"
    DO = "to do"


class Finding(Struct, frozen=True):
    """One thing that was looked at."""

    about: str
    verdict: Verdict
    sentence: str


def examine(settings: Settings) -> tuple[str, bool]:
    """What was found, a line each, and whether nothing has to be done."""
    findings = [
        *look_at_settings(settings),
        *look_at_tokens(settings),
        *look_at_database(settings),
        *look_at_discord(settings),
        *look_at_slack(settings),
    ]
    lines = [f"{one.verdict:<5}  {one.about}: {one.sentence}" for one in findings]
    to_do = sum(one.verdict is Verdict.DO for one in findings)
    end = f"{to_do} thing{'s' * (to_do != 1)} to do." if to_do else "All is well."
    return "\n".join([*lines, "", end]), not to_do


def look_at_settings(settings: Settings) -> Iterator[Finding]:
    """Names that nothing reads."""
    for note in settings.notes:
        yield Finding("settings", Verdict.DO, note)
    if not settings.notes:
        yield Finding("settings", Verdict.GOOD, f"the database is {settings.database}.")


def look_at_tokens(settings: Settings) -> Iterator[Finding]:
    """Which networks can be started; the tokens themselves are never shown."""
    if not settings.networks:
        yield Finding("tokens", Verdict.NOTE, "none are set, so `steward run` starts the local console.")
    for network in settings.networks:
        if network not in NETWORKS:
            sentence = f"there is one for {network.capitalize()}, which this release does not speak yet. Take it out."
            yield Finding("tokens", Verdict.DO, sentence)
    for field, start in STARTS.items():
        token = getattr(settings, field)
        if token and not token.reveal().startswith(start):
            sentence = f"{field.upper()} does not begin with {start} as such tokens do. Copy it again."
            yield Finding("tokens", Verdict.DO, sentence)


def look_at_discord(settings: Settings) -> Iterator[Finding]:
    """Does the token work, and may Steward write where it has to?"""
    if not settings.discord_token:
        return
    from bot.terminal.discord import look  # noqa: PLC0415 - only those who use it load its library

    try:
        signs = look(settings)
    except Trouble as trouble:  # the database's, told above
        yield Finding("discord", Verdict.NOTE, f"not looked at: {trouble}")
        return
    for sign in signs:
        yield Finding("discord", Verdict.GOOD if sign.well else Verdict.DO, sign.sentence)


def look_at_slack(settings: Settings) -> Iterator[Finding]:
    """Do the tokens work, and may the app do what it has to?"""
    if "slack" not in settings.networks:
        return
    from bot.terminal.slack import look  # noqa: PLC0415 - only those who use it load its library

    for well, sentence in look(settings):
        yield Finding("slack", Verdict.GOOD if well else Verdict.DO, sentence)


def look_at_clock(newest: datetime | None) -> Finding:
    """Is the computer's clock plausible, next to the release and to the file that was written last?"""
    now = SystemClock().now()
    if now < RELEASED or (newest is not None and now < newest - LEEWAY):
        return Finding("clock", Verdict.DO, f"it says {now:%Y-%m-%d %H:%M} UTC, which is in the past. Set it right.")
    return Finding("clock", Verdict.GOOD, f"it is {now:%Y-%m-%d %H:%M} UTC.")


def look_at_disk(folder: Path) -> Finding:
    """Is there room?"""
    free = shutil.disk_usage(folder).free
    if free < LEAST_ROOM:
        sentence = f"only {free // 1024**2} MB are free in {folder}. Make room, 200 MB at least."
        return Finding("disk", Verdict.DO, sentence)
    return Finding("disk", Verdict.GOOD, f"{free / 1024**3:,.1f} GB are free.")


def look_at_database(settings: Settings) -> Iterator[Finding]:
    """The file, its disk, whether it is sound, in use, and has a team with a coordinator."""
    try:
        file = storages.file_of(settings.database)
    except Trouble as trouble:
        yield Finding("database", Verdict.DO, str(trouble))
        return
    if file is None or not file.exists():
        yield look_at_clock(None)
        if file is not None and not os.access(file.parent, os.W_OK):
            sentence = f"none can be made in {file.parent}. Check the folder, or name another one in STEWARD_DATABASE."
            yield Finding("database", Verdict.DO, sentence)
            return
        sentence = "there is none yet. `steward run` makes one with a sample team, `steward init` one for your own."
        yield Finding("database", Verdict.NOTE, sentence)
        return
    yield look_at_clock(datetime.fromtimestamp(file.stat().st_mtime, UTC))
    yield look_at_disk(file.parent)
    try:
        storages.examine(settings.database)
        with opened(settings, sample=False, patience=PATIENCE) as house:
            yield Finding("database", Verdict.GOOD, f"{file} is sound ({file.stat().st_size / 1024**2:,.1f} MB).")
            yield from look_at_team(house)
    except Trouble as trouble:
        yield Finding("database", Verdict.DO, str(trouble))
        return
    yield look_at_lock(settings)


def look_at_lock(settings: Settings) -> Finding:
    """Is a `run` under way?"""
    try:
        with storages.claim_file(settings.database):
            return Finding("running", Verdict.NOTE, "no `steward run` is under way, so nobody is reminded just now.")
    except Trouble:
        return Finding("running", Verdict.GOOD, "`steward run` is under way.")


def look_at_team(house: Opened) -> Iterator[Finding]:
    """Who is there."""
    if not house.team:
        yield Finding("team", Verdict.DO, "there is none in this database yet. Set one up with `steward init`.")
        return
    if house.sample:
        yield Finding("team", Verdict.NOTE, "this is the sample team. `steward init` sets up your own.")
    elif not house.read(coordinators):
        yield Finding("team", Verdict.DO, "it has no coordinator. `steward coordinator` prints a code for the role.")
    volunteers = house.read(lambda records: records.count(Volunteer, standing=Standing.ACTIVE))
    accounts = house.read(lambda records: records.count(Account))
    yield Finding("team", Verdict.GOOD, f"{volunteers} volunteers, {accounts} accounts.")
