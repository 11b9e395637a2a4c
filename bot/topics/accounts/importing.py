"""Applying a sheet's plan inside a transaction, and the team's accounts as a sheet."""

from msgspec import Struct
from msgspec.structs import replace

from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.changing import change, make_offer
from bot.topics.accounts.intake import Plan
from bot.topics.accounts.model import Account, Offer, Part
from bot.topics.accounts.options import all_accounts
from bot.topics.accounts.sheet import write_sheet
from bot.topics.team.model import Standing, Volunteer


class Applied(Struct, frozen=True):
    """What a plan has done: the accounts that it added or changed, the volunteers that it invited, how many offers."""

    accounts: tuple[Account, ...]
    invited: tuple[Volunteer, ...]
    offers: int


def names_of_people(records: Records) -> dict[str, str]:
    """The names, by id, of everybody who is in the team or invited."""
    return {one.id: one.name for one in records.find(Volunteer) if one.standing is not Standing.LEFT}


def apply(context: Context, plan: Plan) -> Applied:
    """Do what the plan says. ValueError where it has errors: nothing of such a sheet is taken.

    Who is named and not known becomes an invited volunteer; every named owner and backup is asked, none is imposed.
    """
    if plan.errors:
        raise ValueError("a plan with errors is not applied")
    records = context.records
    people, invited = _people(context, plan)
    known = {one.short: one for one in all_accounts(records)}
    ids = {short: one.id for short, one in known.items()}
    ids |= {one.short: one.id or context.chance.id() for one in plan.accounts}
    made: dict[str, Account] = {}
    for one in plan.accounts:
        account = replace(
            one, id=ids[one.short], mirror_of=ids.get(one.mirror_of, ""), merged_into=ids.get(one.merged_into, "")
        )
        before = known.get(one.short)
        made[one.short] = change(context, before, account) if before != account else account
    for offer in plan.offers:
        account, to = made[offer.short], people[offer.name.casefold()]
        asked = records.count(Offer, account=account.id, part=offer.part, to=to)
        if account.live and not asked and to not in (account.owner, account.backup):
            make_offer(context, account, offer.part, to, by=context.asker.volunteer)
    return Applied(tuple(made.values()), invited, len(plan.offers))


def _people(context: Context, plan: Plan) -> tuple[dict[str, str], tuple[Volunteer, ...]]:
    """The ids of the people who are named, by name in one case; those not known yet are invited."""
    people = {name.casefold(): id for id, name in names_of_people(context.records).items()}
    invited = tuple(Volunteer(context.chance.id(), name) for name in plan.names if name.casefold() not in people)
    context.records.put(*invited)
    return people | {one.name.casefold(): one.id for one in invited}, invited


def export_sheet(records: Records) -> str:
    """All accounts of the team as a CSV sheet, with the names of owners and backups, and of those who are asked."""
    people = {one.id: one.name for one in records.find(Volunteer)}
    offered: dict[tuple[str, Part], str] = {
        (one.account, one.part): people.get(one.to, "") for one in records.find(Offer)
    }
    return write_sheet(all_accounts(records), people, offered)
