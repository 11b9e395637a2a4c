"""How often an account wants a post: its own rhythm, else its network's default. Days are the team's local dates."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct

from bot.topics.accounts.model import Account, Days, Status
from bot.topics.team.hours import DAY, Hours, add_working_days

WEEK = 7
WORK_WEEK = 5
LONGEST = 365  # days of a rhythm
MOST = 21  # posts a week
NONE = 0  # an account's `every`, where somebody said that it has no rhythm


class Cadence(Struct, frozen=True):
    """One post in `every` days or, where that is 0, `per_week` posts in any seven (five working) days."""

    every: int = 0
    per_week: int = 0
    days: Days = Days.ALL

    @property
    def posts(self) -> int:
        """How many of the last posts decide."""
        return self.per_week or 1

    @property
    def span(self) -> int:
        """The days, of those that count, that may pass."""
        return self.every or (WORK_WEEK if self.days is Days.WORKING else WEEK)

    def runs_out(self, day: date, calendar: Hours) -> date:
        """The first date by which the whole span has passed after `day` without what was wanted in it."""
        if self.days is Days.ALL:
            return day + (self.span + 1) * DAY
        return (add_working_days(calendar, day, self.span) or day + self.span * DAY) + DAY

    @property
    def notice(self) -> int:
        """How many days before it runs out a post is due soon: the last day of the span, two of a week or longer."""
        return 2 if self.span >= WEEK else 1


def cadence_of(account: Account, defaults: Mapping[str, int]) -> Cadence | None:
    """The account's rhythm, or None: none was wanted, it rests, or nobody has said whether it is active."""
    if account.status in (Status.DORMANT, Status.RETIRED) or account.every == NONE:
        return None
    if account.every is not None:
        return Cadence(every=account.every, days=account.days)
    if account.per_week is not None:
        return Cadence(per_week=account.per_week, days=account.days)
    usual = defaults.get(account.network, 0) if account.status in (Status.ACTIVE, Status.QUIET) else 0
    return Cadence(every=usual, days=account.days) if usual else None


def read_defaults(text: str) -> Mapping[str, int]:
    """Network → days, from the network rules. ValueError where a rule is no whole number of days."""
    import yaml  # noqa: PLC0415 - only for who reads the rules, not for every start

    rules: Any = yaml.safe_load(text)
    found = rules.get("default_cadence_days", {}) if isinstance(rules, dict) else {}
    if not all(type(days) is int and 0 < days <= LONGEST for days in found.values()):
        raise ValueError(f"default_cadence_days wants whole days from 1 to {LONGEST}")
    return {str(network): days for network, days in found.items()}


@cache
def shipped_defaults() -> Mapping[str, int]:
    """The defaults that come with the package."""
    from importlib import resources  # noqa: PLC0415 - slow to load, and a command such as help needs no rhythm

    return read_defaults(resources.files("bot.content").joinpath("networks.yaml").read_text("utf-8"))


def cadence_words(cadence: Cadence | None) -> str:
    """`every 3 days`, `every day`, `2 a week, working days only`, `no rhythm`."""
    if cadence is None:
        return "no rhythm"
    working = cadence.days is Days.WORKING
    if cadence.per_week:
        return f"{cadence.per_week} a week" + (", working days only" if working else "")
    day = "working day" if working else "day"
    return f"every {day}" if cadence.every == 1 else f"every {cadence.every} {day}s"
