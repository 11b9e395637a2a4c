"""The sample team: loaded by itself into a fresh database, which is marked as a sample for good."""

from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec.structs import replace

from bot.core.chat import Person
from bot.core.ports import Chance, Clock, Records, Storage
from bot.terminal.opening import CONSOLE, ME, SAMPLE, TERMINAL
from bot.topics.accounts.intake import plan
from bot.topics.accounts.model import Access, Account
from bot.topics.posting.model import Post, Source
from bot.topics.team.model import House, Identity, Standing, Team, TeamRole, Volunteer
from bot.topics.team.nudges import Pace
from bot.topics.team.nudging import begin_sweeping

CONTENT = "bot.content"
SHEET = "alcts-accounts.csv"


@cache
def content() -> dict[str, Any]:
    """What the sample team is made of, as stated in sample.yaml."""
    import yaml  # noqa: PLC0415 - only the first start of a sample reads it

    return dict(yaml.safe_load((files(CONTENT) / "sample.yaml").read_text(encoding="utf-8")))


def person_of(volunteer: str) -> Person:
    """The console's person for a volunteer of the sample."""
    return Person(f"{CONSOLE}:{volunteer}")


def load(storage: Storage, clock: Clock, chance: Chance) -> None:
    """Make the sample team, its history counted back from now; nothing where another process has just done so."""
    now = clock.now()
    team = team_of_content()
    storage.set_mark(ME, person_of(content()["me"]).id)
    storage.set_mark(SAMPLE, now.isoformat())

    def keep(records: Records) -> None:
        if records.get(Team, team.id) is None:
            records.put(team, House(TERMINAL.house, now), *things(now, chance))
            begin_sweeping(records, now)  # which works out what falls due for all of it

    storage.write(team.id, keep).result()


def team_of_content() -> Team:
    """The team itself."""
    return Team(**content()["team"])


def things(now: datetime, chance: Chance) -> list[Any]:
    """Every record of the sample besides the team itself."""
    accounts = _accounts(chance)
    by_short = {one.short: one for one in accounts}
    volunteers = [_volunteer(one, now) for one in content()["volunteers"]]
    access = [_access(by_short[short].id, one, now) for short, one in content()["access"].items()]
    posts = [
        _post(chance.id(), by_short[short], now - timedelta(hours=hours))
        for short, several in content()["posts"].items()
        for hours in several
    ]
    identities = [Identity(person_of(one.id).id, one.id) for one in volunteers]
    return [*volunteers, *identities, *accounts, *access, *posts]


def _volunteer(stated: dict[str, Any], now: datetime) -> Volunteer:
    return Volunteer(
        stated["id"],
        stated["name"],
        TeamRole(stated.get("role", TeamRole.VOLUNTEER)),
        Standing.ACTIVE,
        pace=Pace(stated.get("pace", Pace.STANDARD)),
        reminders=True,
        alarms=True,
        joined=now,
    )


def _access(account: str, stated: dict[str, Any], now: datetime) -> Access:
    return Access(
        account,
        tuple(stated["people"]),
        kept_in=stated["kept_in"],
        second_factor=stated["second_factor"],
        recovery=stated["recovery"],
        confirmed=now - timedelta(days=stated["confirmed_days_ago"]),
        confirmed_by=stated["confirmed_by"],
    )


def _post(id: str, account: Account, at: datetime) -> Post:
    return Post(id, account.id, at, account.owner, at, source=Source.SAMPLE)


def _accounts(chance: Chance) -> list[Account]:
    """The accounts of the sheet, with the owners and backups that the sample gives them."""
    sheet = plan((files(CONTENT) / SHEET).read_text(encoding="utf-8"), ())
    ids = {one.short: chance.id() for one in sheet.accounts}
    people = content()["accounts"]
    return [
        replace(one, id=ids[one.short], mirror_of=ids.get(one.mirror_of, ""), **people.get(one.short, {}))
        for one in sheet.accounts
    ]
