"""Being ready: what is missing before anything happens, and a reminder of it once a month."""

from datetime import timedelta

from msgspec.structs import replace

from bot.core.chat import Button, Card, Note, Reply, Row, Rows
from bot.core.pages import page_of, turns
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.crisis.card import keep_card, upkeep_of
from bot.topics.crisis.drill import drillers
from bot.topics.crisis.kept import Contact, Seat
from bot.topics.crisis.roster import FROM_ACCOUNTS
from bot.topics.crisis.versions import current_plan
from bot.topics.crisis.wording import approved_ahead
from bot.topics.team.facts import Sweep
from bot.topics.team.model import Standing, Volunteer
from bot.topics.team.nudging import team_of, tell_coordinators

READY = "crisis-ready"
MONTH = timedelta(days=30)
HALF_A_YEAR = timedelta(days=182)
SOON = timedelta(days=3)


def gaps(context: Context) -> list[tuple[str, str]]:
    """(what is missing, what to type) pairs, the gravest first."""
    records = context.records
    return [*_seats(records), *_numbers(records), *_rest(context)]


def _seats(records: Records) -> list[tuple[str, str]]:
    found = []
    plan = current_plan(records)
    for role in (*plan.roles, *plan.outside):
        seat = records.get(Seat, role.id)
        if role.id in FROM_ACCOUNTS:
            continue
        if seat is None or not seat.first:
            found.append((f"Nobody is {role.name}.", f"roster set {role.id}"))
        elif not seat.backup and role in plan.roles:
            found.append((f"The {role.name} has no backup.", f"roster set {role.id} backup"))
    return found


def _numbers(records: Records) -> list[tuple[str, str]]:
    found = []
    owners = [one.owner for one in records.find(Account) if one.live and one.owner]
    seated = [id for one in records.find(Seat) for id in (one.first, one.backup) if id]
    for id in dict.fromkeys((*seated, *owners)):
        contact = records.get(Contact, id)
        volunteer = records.get(Volunteer, id)
        name = contact.name if contact else volunteer.name if volunteer else "somebody"
        if contact is None or not contact.phone:
            found.append((f"No phone number of {name} is noted.", f"roster set keeper {name}"))
        elif contact.agreed is None:
            found.append((f"{name} has not agreed yet that their number is used.", "roster show"))
    return found


def _rest(context: Context) -> list[tuple[str, str]]:
    records = context.records
    found = []
    if not team_of(records).crisis_channel:
        found.append(("No channel is set for the board.", "team set crisis-channel here"))
    unasked = [one for one in records.find(Volunteer, standing=Standing.ACTIVE) if one.alarms is None]
    found += [(f"{one.name} has not been asked about crisis alarms yet.", "alarms yes") for one in unasked]
    ahead = [one for one in current_plan(records).statements() if one.ahead and not approved_ahead(records, one)]
    found += [(f"The statement {one.id} is not approved ahead.", f"statement approve {one.id}") for one in ahead]
    reviewed = upkeep_of(records).reviewed
    if reviewed is None or context.now - reviewed > HALF_A_YEAR:
        found.append(("Nobody has gone through the roster in the last six months.", "roster reviewed"))
    if not drillers(records):
        found.append(("Nobody has agreed to drills yet.", "drill agree yes"))
    return found


def _count(found: list[tuple[str, str]]) -> str:
    return "one thing is" if len(found) == 1 else f"{len(found)} things are"


def crisis_ready(context: Context, page: int = 1) -> Reply:
    """What is missing before something goes wrong: roles, numbers, statements, consents.

    page: which page of a long list
    """
    found = gaps(context)
    if not found:
        return Card("Ready", "Nothing is missing. Practise once in a while: `drill start`.")
    shown, first, last = page_of(found, page)
    rows = tuple(Row(what, f"Type `{how}`.") for what, how in shown)
    return Card(
        "What is missing",
        f"{_count(found)} missing. A few minutes now save many at night.",
        (Rows(rows, first, len(found)),),
        (*turns("things missing", "crisis ready", {}, first, last), Button("See the roster", "roster show")),
    )


def roster_reviewed(context: Context) -> Reply:
    """Say that you have gone through the roster and the plans, and all is as it should be."""
    known = upkeep_of(context.records)
    context.records.put(replace(known, reviewed=context.now, reviewed_by=context.asker.volunteer))
    keep_card(context)
    return Card(
        "Roster", "Noted. I ask again in six months. Thank you!", (Note("Missing things are in `crisis ready`."),)
    )


def remind(context: Context, _subject: str) -> None:
    """The monthly alarm: the coordinators hear how much is missing, in their usual message."""
    found = gaps(context)
    if found:
        said = f"If something went wrong tonight: {_count(found)} missing, for example: {found[0][0]}"
        tell_coordinators(context, "crisis/ready", said, controls=(Button("See what is missing", "crisis ready"),))
    context.records.wake(READY, "team", context.now + MONTH)


def sweep(context: Context, look: Sweep) -> bool:
    """The nightly look: the monthly reminder is on the agenda, and the printed card is there."""
    if look.page == 0:
        if not context.records.agenda(alarm=READY, limit=1):
            context.records.wake(READY, "team", context.now + SOON)
        keep_card(context)
    return False
