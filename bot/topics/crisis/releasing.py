"""Accounts let go again after a hold: each by two people, its keeper one of them; none by itself."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.chat import Reply
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.model import Account, Hold, HoldChanged
from bot.topics.accounts.options import AnAccount
from bot.topics.crisis.holding import hold_card, holds_of, keeper_of
from bot.topics.crisis.logbook import log
from bot.topics.crisis.model import Crisis, Held, Moved
from bot.topics.crisis.options import ACrisis
from bot.topics.crisis.people import belongs, chosen, counts
from bot.topics.crisis.telling import reply

NEEDED = 2  # people who let an account go


def hold_release(context: Context, account: AnAccount | None = None, crisis: ACrisis | None = None) -> Reply:
    """Let an account go on after a crisis: its owner (or stand-in) and one other have to say so.

    account: the account; all for which your word counts if left out
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis, ended=True)
    if not belongs(context, found) or not counts(found, context.asker.volunteer):
        raise Refusal("Only the people of this crisis let its accounts go, and each of them has to be heard first.")
    done: list[str] = []
    waits: list[str] = []
    for each, held in _still_held(context, found, account):
        after = _released(context, found, each, held)
        (done if after.released else waits).append(each.short)
    loud = bool(done)
    log(context, found, "release", _release_words(done, waits), loud=loud)
    context.announce(Moved(found.id))
    return reply(found, hold_card(context, found, _release_words(done, waits)))


def _still_held(context: Context, crisis: Crisis, account: Account | None) -> list[tuple[Account, Held]]:
    pairs = [(context.records.get(Account, one.account), one) for one in holds_of(context.records, crisis)]
    found = [
        (each, one)
        for each, one in pairs
        if each is not None and one.released is None and (account is None or each.id == account.id)
    ]
    me = context.asker.volunteer
    fresh = [(each, one) for each, one in found if me not in one.released_by]
    if not found:
        named = account.short if account else "No account"
        raise Refusal(
            f"{named} is not on hold in this crisis any more." if account else f"{named} is on hold any more."
        )
    if not fresh:
        raise Refusal("Your word is noted already; one other person has to say so too.")
    return fresh


def _released(context: Context, crisis: Crisis, account: Account, held: Held) -> Held:
    """The account after the asker's word; it goes on once its keeper and one other have said so."""
    people = (*held.released_by, context.asker.volunteer)
    keeper = keeper_of(crisis, account, held)
    both = len(people) >= NEEDED and bool(keeper) and keeper in people
    held = replace(held, released_by=people, released=context.now if both else None)
    context.records.put(held)
    if both:
        _thaw(context, account, crisis.id)
    return held


def _release_words(done: Sequence[str], waits: Sequence[str]) -> str:
    said = [f"{', '.join(done)} may go on: the hold is over, and the clock starts afresh"] if done else []
    said += [f"{', '.join(waits)}: one more word is needed, from its owner or stand-in and one other"] if waits else []
    return "; ".join(said)


def _thaw(context: Context, account: Account, crisis: str) -> None:
    hold = context.records.get(Hold, account.id)
    if hold is None or crisis not in hold.by:
        return
    left = tuple(one for one in hold.by if one != crisis)
    if left:
        context.records.put(replace(hold, by=left))
        return
    context.records.remove(Hold, account.id)
    context.announce(HoldChanged(account, held=False))
