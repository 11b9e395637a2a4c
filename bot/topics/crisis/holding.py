"""Accounts on hold: asked, holding, paused elsewhere, clean; and who speaks for an account meanwhile."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Note, Reply, Row, Rows, Style
from bot.core.pages import page_of, turns
from bot.core.ports import Records
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.model import Account, Hold, HoldChanged
from bot.topics.accounts.options import AnAccount
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Held, Moved
from bot.topics.crisis.options import ACrisis
from bot.topics.crisis.people import chosen, counts
from bot.topics.crisis.telling import reply, tell
from bot.topics.team.options import AVolunteer


class Word(StrEnum):
    """What somebody says of an account on hold."""

    HOLDING = "holding"
    PAUSED = "paused"
    NOTHING_QUEUED = "nothing-queued"
    CANNOT_REACH = "cannot-reach"
    CLEAN = "clean"
    NOT_CLEAN = "not-clean"


QUEUE_WORDS = (Word.PAUSED, Word.NOTHING_QUEUED, Word.CANNOT_REACH)
SAID = {
    Word.HOLDING: "holds: nothing more is posted",
    Word.PAUSED: "scheduled posts are paused",
    Word.NOTHING_QUEUED: "nothing is scheduled",
    Word.CANNOT_REACH: "the scheduler can't be reached",
    Word.CLEAN: "admins, devices and apps were looked at: clean",
    Word.NOT_CLEAN: "something is wrong with its admins, devices or apps",
}


def held_id(crisis: Crisis, account: str) -> str:
    """The id of an account's record in a crisis."""
    return f"{crisis.id}/{account}"


def holds_of(records: Records, crisis: Crisis) -> list[Held]:
    """The accounts in the scope of the crisis, those hit first."""
    return sorted(records.find(Held, crisis=crisis.id), key=lambda one: (not one.hit, one.id))


def ask_to_hold(context: Context, crisis: Crisis, accounts: Iterable[Account]) -> list[Held]:
    """Put accounts on hold that are not yet: drafts, approvals and reminders stop now. Gives the new ones.

    A drill asks for the same words, and stops nothing.
    """
    made = []
    for account in accounts:
        id = held_id(crisis, account.id)
        known = context.records.get(Held, id)
        hit = account.id in crisis.accounts
        if known is not None:
            if hit and not known.hit:
                context.records.put(replace(known, hit=True))
            continue
        one = Held(id, crisis.id, account.id, context.now, hit)
        context.records.put(one)
        made.append(one)
        if not (crisis.drill or crisis.checklist):
            _freeze(context, account, crisis.id)
    return made


def _freeze(context: Context, account: Account, crisis: str) -> None:
    hold = context.records.get(Hold, account.id)
    context.records.put(replace(hold, by=(*hold.by, crisis)) if hold else Hold(account.id, context.now, (crisis,)))
    if hold is None:
        context.announce(HoldChanged(account, held=True))


def keeper_of(crisis: Crisis, account: Account | None, held: Held | None) -> str:
    """Who acts for the account: its stand-in, else its owner, unless they are under suspicion, else its backup."""
    if held is not None and held.stand_in:
        return held.stand_in
    if account is None:
        return ""
    return next((one for one in (account.owner, account.backup) if one and one not in crisis.suspects), "")


def acts_for(context: Context, crisis: Crisis, account: Account, held: Held) -> bool:
    """May the asker speak for the account: as its owner, backup or stand-in, or as the lead?"""
    me = context.asker.volunteer
    return bool(me) and counts(crisis, me) and me in (account.owner, account.backup, held.stand_in, crisis.lead)


def held_words(held: Held) -> str:
    """How far an account is: `hold asked`, `holding`, `paused`, `clean`, `released`."""
    if held.released is not None:
        return "released"
    if held.clean is not None:
        return "clean" if held.clean else "NOT clean"
    if held.paused:
        return {"paused": "paused", "nothing-queued": "nothing queued"}.get(held.paused, "queue not reached")
    return "holding" if held.holding else "hold asked"


def hold_say(context: Context, word: Word, account: AnAccount | None = None, crisis: ACrisis | None = None) -> Reply:
    """Say how an account on hold is: holding, paused, nothing-queued, cannot-reach, clean or not-clean.

    word: holding, paused, nothing-queued, cannot-reach, clean or not-clean
    account: the account; all of yours in the crisis if left out
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    mine = _mine(context, found, account)
    context.records.put(*(_with(held, word, context) for _account, held in mine))
    names = ", ".join(each.short for each, _held in mine)
    log(context, found, "hold", f"{names}: {SAID[word]}", about=mine[0][0].id, loud=word is Word.NOT_CLEAN)
    context.announce(Moved(found.id))
    return reply(found, hold_card(context, found, f"Noted: {names}: {SAID[word]}. Thank you!"))


def _with(held: Held, word: Word, context: Context) -> Held:
    held = replace(held, by=context.asker.volunteer)
    if word is Word.HOLDING:
        return replace(held, holding=held.holding or context.now)
    if word in QUEUE_WORDS:
        return replace(held, paused=word.value, holding=held.holding or context.now)
    return replace(held, clean=word is Word.CLEAN)


def _mine(context: Context, crisis: Crisis, account: Account | None) -> list[tuple[Account, Held]]:
    """The accounts for which the asker's word counts: the one named, or all of theirs. Raises Refusal."""
    if account is not None:
        held = context.records.get(Held, held_id(crisis, account.id))
        if held is None:
            raise Refusal(f"{account.short} is not on hold in this crisis.", option="account")
        if not acts_for(context, crisis, account, held):
            raise Refusal(_not_yours(context, crisis, account), option="account")
        return [(account, held)]
    me = context.asker.volunteer
    pairs = [(context.records.get(Account, one.account), one) for one in holds_of(context.records, crisis)]
    own = [
        (each, one)
        for each, one in pairs
        if each is not None and one.released is None and counts(crisis, me) and keeper_of(crisis, each, one) == me
    ]
    if not own:
        raise Refusal("None of the accounts on hold is yours. Name one: `hold say holding ce-x`.", option="account")
    return own


def _not_yours(context: Context, crisis: Crisis, account: Account) -> str:
    if context.asker.volunteer in crisis.suspects:
        return (
            f"Until somebody has heard your voice, what you type about {account.short} does not count: the account may "
            "not be in the right hands. Please phone the lead."
        )
    keeper = name_of(context.records, account.owner) if account.owner else "nobody"
    return f"{account.short} is kept by {keeper}. The lead can name a stand-in: `hold stand-in {account.short}`."


def hold_stand_in(context: Context, account: AnAccount, volunteer: AVolunteer, crisis: ACrisis | None = None) -> Reply:
    """The lead names who acts for an account that nobody owns, or whose owner is missing.

    account: the account on hold
    volunteer: who acts for it in this crisis
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    if context.asker.volunteer != found.lead or not counts(found, found.lead):
        raise Refusal(f"Only the lead names a stand-in: that is {name_of(context.records, found.lead)}.")
    if volunteer.id in found.suspects:
        raise Refusal(f"{volunteer.name} has to be heard by phone first. Please name another volunteer.")
    held = context.records.get(Held, held_id(found, account.id))
    if held is None:
        raise Refusal(f"{account.short} is not on hold in this crisis.", option="account")
    context.records.put(replace(held, stand_in=volunteer.id))
    log(context, found, "stand-in", f"{volunteer.name} acts for {account.short}", about=account.id, loud=True)
    card = Card(
        f"You act for {account.short}",
        f"{context.asker.name} asks you to act for {account.short} until its owner is back. Please stop its posts.",
        controls=_words_for(found, account),
    )
    asked = tell(context.records, found, volunteer.id, f"stand-in/{account.id}/{volunteer.id}", card)
    context.announce(Moved(found.id))
    how = "I have told them." if asked else "I can't write to them: please phone them."
    return reply(found, Card("Stand-in", f"{volunteer.name} acts for {account.short} now. {how}"))


def _words_for(crisis: Crisis, account: Account) -> tuple[Control, ...]:
    values = {"account": account.short, "crisis": crisis.id}
    return (
        Button(f"Holding {account.short}", "hold say", {"word": "holding", **values}, Style.PRIMARY),
        Button(f"Paused what was queued for {account.short}", "hold say", {"word": "paused", **values}),
        Button(f"Nothing is queued for {account.short}", "hold say", {"word": "nothing-queued", **values}),
    )


def hold_show(context: Context, crisis: ACrisis | None = None, page: int = 1) -> Reply:
    """The accounts of a crisis, how far each one is, and what you can say of them.

    crisis: which crisis, if there are several
    page: which page of a long list
    """
    found = chosen(context, crisis, ended=True)
    return reply(found, hold_card(context, found, "What is on hold, and how far each account is.", page))


def hold_card(context: Context, crisis: Crisis, said: str, page: int = 1) -> Card:
    """The account strip in full, with the words that the asker can say."""
    rows = []
    for held in holds_of(context.records, crisis):
        account = context.records.get(Account, held.account)
        if account is None:
            continue
        keeper = keeper_of(crisis, account, held)
        who = name_of(context.records, keeper) if keeper else "nobody: the lead names a stand-in"
        rows.append(
            Row(f"{account.short}: {held_words(held)}", f"Kept by {who}.", _controls(context, crisis, account, held))
        )
    if not rows:
        return Card("Accounts on hold", said, (Note("No account is on hold in this crisis."),))
    shown, first, last = page_of(rows, page)
    more = turns("accounts on hold", "hold show", {"crisis": crisis.id}, first, last)
    return Card("Accounts on hold", said, (Rows(tuple(shown), first, len(rows)),), (*more, *_all(crisis, len(rows))))


def _controls(context: Context, crisis: Crisis, account: Account, held: Held) -> tuple[Control, ...]:
    if held.released is not None or context.asker.volunteer != keeper_of(crisis, account, held):
        return ()
    return _words_for(crisis, account) if not held.paused else ()


def _all(crisis: Crisis, count: int) -> tuple[Control, ...]:
    values = {"crisis": crisis.id}
    if crisis.is_open:
        return (
            Button("Holding all of mine", "hold say", {"word": "holding", **values}),
            Button("Paused all of mine", "hold say", {"word": "paused", **values}),
        )
    return (Button("Release all that I can", "hold release", values),) if count else ()
