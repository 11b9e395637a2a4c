"""Who has a role in a crisis, who steps in for it, and who has said that they can't."""

from bot.core.ports import Records
from bot.topics.accounts.model import Account
from bot.topics.crisis.holding import holds_of, keeper_of
from bot.topics.crisis.model import Answer, Crisis, Receipt, Turn
from bot.topics.crisis.scope import seated


def unwilling_of(records: Records, crisis: Crisis) -> frozenset[str]:
    """Who has said that they can't."""
    return frozenset(one.volunteer for one in records.find(Receipt, crisis=crisis.id, answer=Answer.CANT))


def role_people(records: Records, crisis: Crisis, role: str) -> list[str]:
    """Who has a role in the crisis, in order."""
    turns = [one.volunteer for one in records.find(Turn, crisis=crisis.id, role=role, until=None)]
    hit = [account for id in crisis.accounts if (account := records.get(Account, id)) is not None]
    strip = {one.account: one for one in holds_of(records, crisis)}
    match role:
        case "lead":
            return [crisis.lead]
        case "keeper":
            return turns or [keeper_of(crisis, one, strip.get(one.id)) for one in hit]
        case "keeper_backup":
            return turns or [one.backup for one in hit]
        case "all":
            accounts = [(records.get(Account, id), one) for id, one in strip.items() if one.released is None]
            return [keeper_of(crisis, account, held) for account, held in accounts]
    return turns or seated(records, role)[:1]


def backups_of(records: Records, crisis: Crisis, role: str) -> list[str]:
    """Who steps in for a role."""
    hit = [account for id in crisis.accounts if (account := records.get(Account, id)) is not None]
    if role in ("keeper", "keeper_backup", "all"):
        return [*(one.backup for one in hit if one.backup), *seated(records, "lead")]
    return [*seated(records, role)[1:], crisis.backup_lead]
