"""Whom and what a crisis concerns: the accounts hit and in scope, who leads, who has to be heard, who can take part."""

import re
from collections.abc import Iterable

from bot.core.ports import Records
from bot.topics.accounts.keys import plain
from bot.topics.accounts.model import Account
from bot.topics.accounts.networks import network_of
from bot.topics.crisis.kept import Contact, Seat
from bot.topics.crisis.model import Crisis
from bot.topics.crisis.versions import plan_of
from bot.topics.team.model import Standing, TeamRole, Volunteer
from bot.topics.team.nudging import coordinators

SHORTEST = 5  # letters of a name that is looked for inside a sentence


def live_accounts(records: Records) -> list[Account]:
    """Every account that is in use, by short name."""
    return [one for one in records.find(Account, order="short") if one.live]


def hit_accounts(records: Records, text: str) -> list[Account]:
    """The accounts that a sentence names: by short name or handle, else by name and network, else by either."""
    said = f" {' '.join(re.findall(r'[a-z0-9_-]+', plain(text)))} "
    accounts = live_accounts(records)
    exact = [one for one in accounts if any(f" {plain(name)} " in said for name in (one.short, one.handle) if name)]
    if exact:
        return exact
    words = [network_of(word) for word in re.findall(r"[\w+]+", text)]
    networks = {word for word in words if word}
    there = [one for one in accounts if one.network in networks]
    named = [one for one in accounts if any(f" {name} " in said for name in _names(one))]
    return [one for one in named if one in there] or named or there


def _names(account: Account) -> Iterable[str]:
    for name in (account.name, *account.aliases):
        if len(name) >= SHORTEST:
            yield plain(name)


def in_scope(records: Records, crisis: Crisis) -> list[Account]:
    """The accounts that are asked to hold: at the lowest level those hit, else all; in a drill, its people's."""
    accounts = live_accounts(records)
    if crisis.drill:
        accounts = [one for one in accounts if one.owner in crisis.people]
    return [one for one in accounts if one.id in crisis.accounts] if crisis.level == "S1" else accounts


def suspects_of(records: Records, crisis: Crisis) -> tuple[str, ...]:
    """The owner of a hit account, where the plan reaches them by phone only; nobody while the account is unclear."""
    kind = plan_of(records, crisis).kind(crisis.kind)
    phone_only = kind is not None and any(one.phone_only and one.to == "keeper" for one in kind.notify)
    sure = len(crisis.accounts) == 1 or "accounts" not in crisis.guessed
    if not phone_only or not sure:
        return ()
    owners = (account.owner for id in crisis.accounts if (account := records.get(Account, id)) is not None)
    return tuple(dict.fromkeys(one for one in owners if one))


def able(records: Records, crisis: Crisis, volunteer: str) -> bool:
    """Can this volunteer have a part: in the team, no observer, heard if they have to be, one of a drill's people?"""
    found = records.get(Volunteer, volunteer) if volunteer else None
    if found is None or found.standing is not Standing.ACTIVE or found.role is TeamRole.OBSERVER:
        return False
    if volunteer in crisis.suspects:
        return False
    return volunteer in crisis.people if crisis.drill or crisis.checklist else True


def seated(records: Records, role: str) -> list[str]:
    """The volunteers who have a role on the roster: the first, then the backup."""
    seat = records.get(Seat, role)
    contacts = [records.get(Contact, id) for id in ((seat.first, seat.backup) if seat else ()) if id]
    return [one.volunteer for one in contacts if one is not None and one.volunteer]


def leads(records: Records, crisis: Crisis) -> tuple[str, str]:
    """Who leads, and who would next: the declarer, those on the roster, the coordinators; only who is able to."""
    wanted = [crisis.by, *seated(records, "lead"), *(one.id for one in coordinators(records))]
    wanted += [one.backup for id in crisis.accounts if (one := records.get(Account, id)) is not None]
    wanted += list(crisis.people)
    if not any(wanted):
        wanted = [one.id for one in records.find(Volunteer, standing=Standing.ACTIVE)]
    fit = [one for one in dict.fromkeys(wanted) if able(records, crisis, one)]
    return (*fit, "", "")[0], (*fit, "", "")[1]
