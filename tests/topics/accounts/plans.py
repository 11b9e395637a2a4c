"""Sheets as the importer plans them, and what it finds wrong."""

from bot.topics.accounts.intake import Plan, plan
from bot.topics.accounts.model import Account

HEADER = "name,short_name,network,handle,owner,backup\n"


def faults(text: str, *existing: Account) -> list[str]:
    """What is wrong with a sheet, in words."""
    return [fault.words for fault in plan(text, existing).errors]


def planned(text: str, *existing: Account, people: dict[str, str] | None = None) -> Plan:
    """What a sheet changes, with nothing wrong in it."""
    found = plan(text, existing, people)
    assert not found.errors, [fault.words for fault in found.errors]
    return found
