"""Who is to be told, by the plan: at once where its condition holds; where only people can judge it, on their word."""

import re
from collections.abc import Iterable

from bot.core.ports import Records
from bot.topics.accounts.model import Account
from bot.topics.crisis.conditions import clauses
from bot.topics.crisis.kept import Contact, Seat
from bot.topics.crisis.model import Crisis, Question
from bot.topics.crisis.outline import Notice
from bot.topics.crisis.scope import able, in_scope, seated
from bot.topics.crisis.state import State, met
from bot.topics.crisis.steering import state_of
from bot.topics.crisis.versions import plan_of
from bot.topics.crisis.wording import digest

TEAM = ("lead", "keeper", "all account owners", "owner")  # whom a notice names that the roster need not
TELL = "tell"


def notices_of(records: Records, crisis: Crisis) -> tuple[Notice, ...]:
    """The kind's list, in order; while the kind is not known, the lead and everybody who has an account."""
    kind = plan_of(records, crisis).kind(crisis.kind)
    return kind.notify if kind else (Notice("lead+backup", 0), Notice("all account owners", 5))


def asked_of_people(state: State, condition: str) -> bool:
    """Is it a condition that only people can judge: prose, or one that names no step or event of this plan?"""
    if not condition:
        return False
    steps = {one.id for one in state.steps}
    events = {event for one in state.steps for event in one.opens.values()} | {"branch", "event"}
    parts = clauses(condition)
    return parts is None or any(
        (one.step and one.step not in steps) or (one.event and one.event not in events) for one in parts
    )


def question_id(crisis: Crisis, notice: Notice, *, wake: bool) -> str:
    """The id of what the lead is asked about a notice: does it apply, or (`wake`) does it cost people their night?"""
    return f"{crisis.id}/{digest(f'{notice.to}|{notice.when}|{notice.at_night if wake else str()}')}"


def said_so(records: Records, crisis: Crisis, notice: Notice, *, wake: bool = False) -> bool:
    """Has somebody said that it applies?"""
    found = records.get(Question, question_id(crisis, notice, wake=wake))
    return found is not None and found.answer == TELL


def applies(records: Records, crisis: Crisis, state: State, notice: Notice) -> bool:
    """Is this notice to be given now?"""
    if asked_of_people(state, notice.when):
        return said_so(records, crisis, notice)
    return met(state, notice.when)


def listed(records: Records, crisis: Crisis) -> list[tuple[str, str, bool]]:
    """Everybody on the plan's list: volunteer, what they are to it, and whether their night is disturbed for it."""
    plan, state = plan_of(records, crisis), state_of(records, crisis)
    night = plan.severity(crisis.level).night
    found: dict[str, tuple[str, bool]] = {}
    for notice in notices_of(records, crisis):
        if notice.phone_only or not applies(records, crisis, state, notice):
            continue
        woken = not notice.at_night or said_so(records, crisis, notice, wake=True)
        for volunteer, why, first in meant(records, crisis, notice):
            wakes = night == "all" and woken if not first else night in ("all", "some")
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


def meant(records: Records, crisis: Crisis, notice: Notice) -> Iterable[tuple[str, str, bool]]:
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
    state = state_of(records, crisis)
    found = []
    for notice in notices_of(records, crisis):
        if not applies(records, crisis, state, notice):
            continue
        if notice.phone_only and notice.to == "keeper":
            found += [(one, "hear their voice: is it really them?", notice.by) for one in crisis.suspects]
            continue
        found += [(one.id, _why(one, role), notice.by) for role, one in outside(records, crisis, notice)]
    return found


def _why(contact: Contact, role: str) -> str:
    return f"tell {contact.name} ({role.replace('_', ' ')})"


def outside(records: Records, crisis: Crisis, notice: Notice) -> list[tuple[str, Contact]]:
    """The people outside the team whom a notice names and the roster knows, each with their role."""
    roles = {one.id for one in plan_of(records, crisis).outside}
    found = []
    for role in dict.fromkeys(re.findall(r"\w+", notice.to.partition("(")[0])):
        seat = records.get(Seat, role) if role in roles else None
        contact = records.get(Contact, seat.first or seat.backup) if seat else None
        if contact is not None and not contact.volunteer:
            found.append((role, contact))
    return found


def also_tell(records: Records, crisis: Crisis) -> list[str]:
    """What of the plan's list nobody on the roster stands for: for the lead to read."""
    state = state_of(records, crisis)
    return [
        notice.to + (f" (as {notice.when})" if asked_of_people(state, notice.when) else "")
        for notice in notices_of(records, crisis)
        if applies(records, crisis, state, notice) and not known(records, crisis, notice)
    ]


def known(records: Records, crisis: Crisis, notice: Notice) -> bool:
    """Does the team or the roster know whom the notice means?"""
    return notice.to.casefold().startswith(TEAM) or bool(outside(records, crisis, notice))
