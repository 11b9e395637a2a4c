"""The first team's fifteen accounts, read by the importer's own plan, for the tests of this topic."""

from functools import cache
from importlib import resources

from msgspec.structs import replace

from bot.topics.accounts.model import Account
from tests.topics.accounts.plans import planned

TEXT = resources.files("bot.content").joinpath("alcts-accounts.csv").read_text("utf-8")


@cache
def accounts() -> tuple[Account, ...]:
    """All fifteen; an account's id is its short name."""
    return tuple(replace(one, id=one.short) for one in planned(TEXT).accounts)
