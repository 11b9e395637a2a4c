"""Commands of a handover: offered and accepted, then four things that both sides confirm."""

from collections.abc import Sequence
from typing import Annotated

from msgspec.structs import replace

from bot.core.chat import Button, Card, Reply, Rows
from bot.core.pages import PAGE, page_of, turns
from bot.core.router import Context, Option, Role
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.accounts.card import show
from bot.topics.accounts.changing import (
    begin_handover,
    end_claim,
    keep_handover,
    name_of,
    open_handover,
    plan_access,
    show_handover,
    take_over,
    tell,
)
from bot.topics.accounts.checklist import EVERY, handover_card, handover_row
from bot.topics.accounts.handing import ITEMS, call_off, confirm, marked, side_of, sides, stand_in, take_back, who_is
from bot.topics.accounts.model import Access, Account, Claim, Handover, Item, Part, Side, Stage
from bot.topics.accounts.offering import offered
from bot.topics.accounts.options import ALiveAccount, AnAccount
from bot.topics.team.matching import match
from bot.topics.team.model import Standing, Volunteer
from bot.topics.team.nudging import tell_coordinators
from bot.topics.team.options import VOLUNTEER, AVolunteer, members


def _read_items(_context: Context, text: str) -> tuple[Item, ...]:
    word = text.strip().casefold()
    if word in (EVERY, "everything"):
        return tuple(Item)
    found = [item for item in Item if word and item.value.startswith(word)]
    if len(found) != 1:
        raise Refusal(
            f"I don't know “{shown(text)}” here. Please say access, recovery, removed, notes or all.",
            choices=tuple((item.value, ITEMS[item]) for item in Item),
        )
    return (found[0],)


def _takes_items(_context: Context, words: Sequence[str]) -> int:
    first = words[0].casefold() if words else ""
    known = [EVERY, "everything", *Item]
    return 1 if first and any(one.startswith(first) for one in known) else 0


def _suggest_items(_context: Context, _text: str) -> tuple[tuple[str, str], ...]:
    return (*((item.value, ITEMS[item]) for item in Item), (EVERY, "All of them"))


def _read_absent(context: Context, text: str) -> Volunteer:
    everybody = members(context.records, *Standing)
    found = match(text, [(one.id, one.name) for one in everybody])
    for one in everybody:
        if one.id in (text.strip(), found.sure):
            return one
    raise Refusal(f"I don't know “{shown(text)}”. Please say for whom you confirm.", choices=found.near)


AnAbsent = Annotated[Volunteer, Option(_read_absent, takes=VOLUNTEER.takes, suggest=VOLUNTEER.suggest)]
"""Somebody to stand in for, who may have left the team."""

SomeItems = Annotated[tuple[Item, ...], Option(_read_items, takes=_takes_items, suggest=_suggest_items)]


def handover_start(context: Context, account: ALiveAccount, volunteer: AVolunteer) -> Reply:
    """Hand an account over: I ask the next owner, then you both go through a short checklist.

    account: one of yours, or any if you are a coordinator
    volunteer: who takes it over
    """
    claims = context.records.find(Claim, account=account.id, by=volunteer.id, part=Part.OWNER)
    if claims and account.owner == context.asker.volunteer and open_handover(context.records, account) is None:
        for one in claims:  # they asked for it, so they need not be asked
            end_claim(context, one)
        return handover_card(context, begin_handover(context, account, account.owner, volunteer.id))
    return offered(context, account, volunteer, Part.OWNER)


def handover_show(context: Context, account: AnAccount | None = None) -> Reply:
    """The checklist of a handover: what is confirmed by whom, and what is left.

    account: which one; yours that are under way if left out
    """
    if account is None:
        return _mine(context)
    return handover_card(context, _last(context, account))


def handover_list(context: Context, page: int = 1) -> Reply:
    """All handovers, past ones too: they are kept. Yours, or the team's if you are a coordinator.

    page: which page of a long list
    """
    found = [one for one in context.records.find(Handover, order="-started") if _may_see(context, one)]
    if not found:
        return Card("Handovers", "There was none yet. To begin one, type for example `handover start ce-x`.")
    shown_, first, last = page_of(found, page)
    rows = tuple(handover_row(context, one) for one in shown_)
    controls = turns("handovers", "handover list", {}, first, last)
    return Card("Handovers", f"{len(found)} so far.", (Rows(rows, first, len(found)),), controls)


def handover_confirm(
    context: Context, account: AnAccount, item: SomeItems | None = None, for_: AnAbsent | None = None
) -> Reply:
    """Confirm that something of a handover is true.

    account: the one that changes hands
    item: access, recovery, removed, notes or all; shows the checklist if left out
    for: for whom, if you are a coordinator and they have not answered for 14 days
    """
    handover = _last(context, account)
    if for_ is not None and for_.id != context.asker.volunteer:
        return _stand_in(context, account, handover, for_)
    side = side_of(handover, context.asker.volunteer)
    if side is None:
        raise Refusal(_not_yours(context, account, handover))
    if item is None:
        return handover_card(context, handover)
    for each in item:
        said = marked(handover, each, side)
        if said is None or said.stood_in or handover.stage is Stage.CALLED_OFF:
            handover = confirm(handover, each, side, context.asker.volunteer, context.now)
    return _keep(context, account, handover)


def handover_take_back(context: Context, account: AnAccount, item: SomeItems) -> Reply:
    """Take back your word on something of a handover.

    account: the one that changes hands
    item: access, recovery, removed, notes or all
    """
    handover = _last(context, account)
    side = side_of(handover, context.asker.volunteer)
    if side is None:
        raise Refusal(_not_yours(context, account, handover))
    for each in item:
        handover = take_back(handover, each, side)
    return _keep(context, account, handover)


def handover_call_off(context: Context, account: AnAccount) -> Reply:
    """Stop a handover: the account stays where it is.

    account: the one that was to change hands
    """
    handover = _last(context, account)
    if side_of(handover, context.asker.volunteer) is None and context.asker.role < Role.COORDINATOR:
        raise Refusal(_not_yours(context, account, handover))
    over = call_off(handover, context.now)
    keep_handover(context, over)
    owner = name_of(context.records, account.owner)
    for one in (over.giver, over.taker):
        text = f"The handover of {account.short} is called off; {owner} looks after it."
        tell(context, one, f"handover/{over.id}/{one}", text, (show(account),))
    again = {"account": account.short, "volunteer": over.taker}
    return Card(
        account.short,
        f"The handover is called off. {account.short} stays with {owner}.",
        controls=(Button(f"Hand over {account.short} after all", "handover start", again), show(account)),
    )


# -- what they share -------------------------------------------------------------------------------------------------


def _last(context: Context, account: Account) -> Handover:
    """The account's handover under way, else the last one. Raises Refusal where there is none, or for strangers."""
    found = open_handover(context.records, account) or next(
        iter(context.records.find(Handover, account=account.id, order="-started", limit=1)), None
    )
    if found is None:
        raise Refusal(
            f"{account.short} is not being handed over. To begin, type `handover start {account.short}` and a name."
        )
    if not _may_see(context, found):
        raise Refusal(_not_yours(context, account, found))
    return found


def _may_see(context: Context, handover: Handover) -> bool:
    return context.asker.role >= Role.COORDINATOR or side_of(handover, context.asker.volunteer) is not None


def _not_yours(context: Context, account: Account, handover: Handover) -> str:
    who = " and ".join(name_of(context.records, who_is(handover, side)) for side in sides(handover))
    between = f"The handover of {account.short} is between {who}"
    if context.asker.role < Role.COORDINATOR:
        return f"{between}; a coordinator can help."
    return (
        f"{between}. For whoever has not answered for 14 days you can confirm: type "
        f"`handover confirm {account.short} for=` and their name."
    )


def _stand_in(context: Context, account: Account, handover: Handover, absent: Volunteer) -> Card:
    if context.asker.role < Role.COORDINATOR:
        raise Refusal("Only a coordinator can confirm for somebody else. You can confirm your own side.")
    side = side_of(handover, absent.id)
    if side is None:
        raise Refusal(_not_yours(context, account, handover), option="for")
    return _keep(context, account, stand_in(handover, side, context.asker.volunteer, context.now))


def _keep(context: Context, account: Account, handover: Handover) -> Card:
    """Keep what was said; where that was the last word, the account changes hands."""
    before = context.records.get(Handover, handover.id)
    keep_handover(context, handover)
    if handover.stage is Stage.DONE:
        _note_access(context, handover)
        if before is None or before.stage is Stage.OPEN:
            _done(context, account, handover)
    return handover_card(context, handover)


def _note_access(context: Context, handover: Handover) -> None:
    """The access record follows what the handover's sides vouch for."""
    access = context.records.get(Access, handover.account) or Access(handover.account)
    people = [
        one for one in access.people if one != handover.giver or marked(handover, Item.REMOVED, Side.TAKER) is None
    ]
    if not handover.lost_access:
        works = marked(handover, Item.ACCESS, Side.TAKER)
        people = list(dict.fromkeys([*people, handover.taker]))
        access = replace(access, confirmed=works.at if works else None, confirmed_by=handover.taker)
    context.records.put(replace(access, people=tuple(people)))


def _done(context: Context, account: Account, handover: Handover) -> None:
    records = context.records
    taker = name_of(records, handover.taker)
    if account.owner != handover.taker:
        account = take_over(context, account, handover.taker)
    else:
        plan_access(context, account)
    said = f"{account.short} has passed to {taker}. Thank you both!"
    for one in (handover.giver, handover.taker):
        tell(context, one, f"handover/{handover.id}/{one}", said, (show(account),))
    open_ = " Nobody has confirmed yet that they can sign in; that stays open." if handover.lost_access else ""
    tell_coordinators(
        context,
        f"handed/{handover.id}",
        f"{account.short} has passed to {taker}.{open_}",
        controls=(show_handover(account),),
        besides=context.asker.volunteer,
    )


def _mine(context: Context) -> Card:
    found = [one for one in context.records.find(Handover, stage=Stage.OPEN, order="started") if _may_see(context, one)]
    if not found:
        return Card(
            "Handovers",
            "None is under way. To hand over an account of yours, type for example `handover start ce-x`.",
            controls=(Button("Past handovers", "handover list"),),
        )
    if len(found) == 1:
        return handover_card(context, found[0])
    rows = tuple(handover_row(context, one) for one in found[:PAGE])
    every = Button("All handovers", "handover list")
    return Card("Handovers", f"{len(found)} are under way.", (Rows(rows, 1, len(found)),), (every,))
