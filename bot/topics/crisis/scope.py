"""Whom and what a crisis concerns: the accounts hit and in scope, who is told, who leads, who has to be heard."""

import re
from collections.abc import Iterable

from bot.core.ports import Records
from bot.topics.accounts.keys import plain
from bot.topics.accounts.model import Account
from bot.topics.accounts.networks import network_of
from bot.topics.crisis.conditions import holds
from bot.topics.crisis.model import Contact, Crisis, Seat
from bot.topics.crisis.outline import Notice
from bot.topics.crisis.telling import may_write
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


def listed(records: Records, crisis: Crisis) -> list[tuple[str, str, bool]]:
    """Everybody on the plan's list: volunteer, what they are to it, and whether their night is disturbed for it."""
    plan = plan_of(records, crisis)
    night = plan.severity(crisis.level).night
    kind = plan.kind(crisis.kind)
    notices = kind.notify if kind else (Notice("lead+backup", 0), Notice("all account owners", 5))
    found: dict[str, tuple[str, bool]] = {}
    for notice in notices:
        if notice.phone_only or not holds(notice.when, {}, {}, crisis.level):
            continue
        for volunteer, why, first in _meant(records, crisis, notice):
            wakes = night == "all" and not notice.at_night if not first else night in ("all", "some")
            _add(found, volunteer, why, wakes=wakes)
    for step in plan.steps(crisis.kind, safety=False):  # who has a step is told of it, too
        for volunteer in seated(records, step.role)[:1]:
            _add(found, volunteer, step.role.replace("_", " "), wakes=night == "all")
    return [(volunteer, why, wakes) for volunteer, (why, wakes) in found.items() if able(records, crisis, volunteer)]


def _add(found: dict[str, tuple[str, bool]], volunteer: str, why: str, *, wakes: bool) -> None:
    """One more reason to tell somebody: it may wake them where the first one did not."""
    if volunteer:
        known, woken = found.get(volunteer, ("", False))
        reasons = [one for one in known.split(", ") if one]
        found[volunteer] = (", ".join(dict.fromkeys((*reasons, why))), woken or wakes)


def _meant(records: Records, crisis: Crisis, notice: Notice) -> Iterable[tuple[str, str, bool]]:
    """Volunteer, why, and whether they are one of the first (primary or backup)."""
    hit = [account for id in crisis.accounts if (account := records.get(Account, id)) is not None]
    to = notice.to.casefold()
    if to.startswith("lead"):
        yield from _leading(records, crisis, to)
    elif to.startswith("keeper_backup"):
        yield from ((account.backup, f"backup of {account.short}", True) for account in hit)
    elif "all account owners" in to:
        scope = in_scope(records, crisis)
        yield from ((account.owner, f"owner of {account.short}", account in hit) for account in scope)
    elif to.startswith(("keeper", "owner")):
        yield from ((account.owner, f"owner of {account.short}", True) for account in hit)
        yield from ((account.backup, f"backup of {account.short}", True) for account in hit)
    else:
        for role in re.findall(r"\w+", to):
            yield from ((volunteer, role.replace("_", " "), False) for volunteer in seated(records, role))


def _leading(records: Records, crisis: Crisis, to: str) -> Iterable[tuple[str, str, bool]]:
    yield crisis.lead, "lead", True
    if "backup" in to or not seated(records, "lead"):
        yield crisis.backup_lead, "backup lead", True
    yield from ((volunteer, "lead on the roster", True) for volunteer in seated(records, "lead"))


def to_phone(records: Records, crisis: Crisis) -> list[tuple[str, str, int]]:
    """Who is phoned: contact, why, and within how many minutes. People outside the chat, and whoever is to be heard."""
    plan = plan_of(records, crisis)
    kind = plan.kind(crisis.kind)
    found = []
    for notice in kind.notify if kind else ():
        if not holds(notice.when, {}, {}, crisis.level):
            continue
        if notice.phone_only and notice.to == "keeper":
            found += [(one, "hear their voice: is it really them?", notice.by) for one in crisis.suspects]
            continue
        if notice.when and notice.when not in ("S3", "S2+"):
            continue  # a condition in prose: the lead reads it, and decides
        for role in dict.fromkeys(re.findall(r"\w+", notice.to.partition("(")[0])):
            seat = records.get(Seat, role) if role in {one.id for one in plan.outside} else None
            contact = records.get(Contact, seat.first or seat.backup) if seat else None
            if contact is not None and not contact.volunteer:
                found.append((contact.id, f"tell {contact.name} ({role.replace('_', ' ')})", notice.by))
    return found


def also_tell(records: Records, crisis: Crisis) -> list[str]:
    """What of the plan's list nobody on the roster stands for: for the lead to read."""
    plan = plan_of(records, crisis)
    kind = plan.kind(crisis.kind)
    known = {one.id for one in plan.outside if (seat := records.get(Seat, one.id)) and (seat.first or seat.backup)}
    team = ("lead", "keeper", "all account owners", "owner")
    found = []
    for notice in kind.notify if kind else ():
        who = notice.to.partition("(")[0].strip()
        prose = bool(notice.when) and notice.when not in ("S3", "S2+")
        if notice.to.casefold().startswith(team) or (who in known and not prose):
            continue
        if holds(notice.when, {}, {}, crisis.level):
            found.append(notice.to + (f" (if {notice.when})" if prose else ""))
    return found


def reachable_people(records: Records, crisis: Crisis, volunteers: Iterable[str]) -> list[str]:
    """Those of them who can be written to."""
    return [one for one in volunteers if may_write(records, crisis, records.get(Volunteer, one))]
