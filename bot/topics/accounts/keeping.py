"""What Steward does by itself about accounts: asks, tells, shows at home, rebuilds due times at night."""

from bot.core.chat import Block, Button, Control, Facts, Row, Rows, Text, Words
from bot.core.router import Context
from bot.topics.accounts.card import show
from bot.topics.accounts.changing import (
    ACCESS,
    CONFIRMED_FOR,
    HANDOVER,
    KEPT_FOR,
    NOBODY,
    OFFER,
    PATIENCE,
    SHEET,
    TEAM,
    WEEK,
    free_accounts,
    keep_handover,
    name_of,
    plan_access,
    plan_nobody,
    show_handover,
    without_owner,
)
from bot.topics.accounts.handing import missing, side_of, sides, stand_in_from, who_is
from bot.topics.accounts.model import Access, Account, Claim, Handover, Offer, Part, Sheet, Side, Stage
from bot.topics.accounts.networks import shown_network
from bot.topics.accounts.offering import answers, asked_words, waiting_for
from bot.topics.team.facts import Describe, Described, HomeOpened, NudgeTime, Section, Sweep, Waiting, WelcomeOpened
from bot.topics.team.model import Volunteer
from bot.topics.team.nudging import SWEPT, notify, tell_coordinators

SHOWN = 10  # rows of one card
SEVERAL = 3  # offers that a nudge answers in place; more are opened by one button
WELCOME_WEIGHT = 10
HOME_WEIGHT = 15


# -- alarms ----------------------------------------------------------------------------------------------------------


def ask_about_access(context: Context, account_id: str) -> None:
    """Half a year after somebody last said so, ask the owner whether they can still sign in."""
    account = context.records.get(Account, account_id)
    if account is None or not account.live or not account.owner:
        return
    access = context.records.get(Access, account_id)
    last = access.confirmed if access else None
    if last is not None and last + CONFIRMED_FOR > context.now:
        context.records.wake(ACCESS, account_id, last + CONFIRMED_FOR)
        return
    values = {"account": account.short}
    works = Button(f"I can sign in to {account.short}", "access confirm", values)
    where = Button(f"Note the access of {account.short}", "access set", values)
    text = f"Can you still sign in to {account.short}? A quick look once in a while keeps it safe."
    notify(context, account.owner, f"access/{account_id}", text, controls=(works, where))
    context.records.wake(ACCESS, account_id, context.now + CONFIRMED_FOR)


def tell_of_nobody(context: Context, _subject: str) -> None:
    """Once a week the coordinators hear which accounts want an owner; nothing is said of those left so on purpose."""
    if not free_accounts(context.records.find(Account, owner="")):
        return
    context.records.wake(NOBODY, TEAM, context.now + WEEK)
    found = without_owner(context)
    if not found:
        return
    names = ", ".join(one.short for one in found[:SHOWN])
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    controls: list[Control] = [Button("Accounts with nobody", "accounts", {"which": "nobody"})]
    if len(found) == 1:
        controls.append(Button(f"Offer {found[0].short}", "offer", {"account": found[0].short}))
    controls.append(Button(f"Leave {found[0].short} unowned until …", "unowned", {"account": found[0].short}))
    text = f"Nobody looks after {names}{more}. Who could? You can also leave an account so until a day."
    tell_coordinators(context, "nobody", text, controls=tuple(controls))


def remind_of_offer(context: Context, id: str) -> None:
    """An offer or a wish that nobody answered for two weeks: tell who waits for it, privately, once."""
    records = context.records
    offer, claim = records.get(Offer, id), records.get(Claim, id)
    waiting = offer or claim
    account = records.get(Account, waiting.account) if waiting else None
    if waiting is None or account is None or waiting.made + PATIENCE > context.now:
        return
    if offer is not None:
        _tell_unanswered(context, offer, account)
    elif claim is not None:
        who, owner = name_of(records, claim.by), name_of(records, account.owner)
        part = "be the backup of" if claim.part is Part.BACKUP else "look after"
        text = f"{who} would like to {part} {account.short}, and {owner} has not answered yet. Could you help?"
        tell_coordinators(context, f"unanswered/{id}", text, controls=(show(account),), besides=account.owner)


def _tell_unanswered(context: Context, offer: Offer, account: Account) -> None:
    """Who offered it hears of everything that the same person has left unanswered for as long, in one line."""
    records = context.records
    old = [one for one in records.find(Offer, to=offer.to, by=offer.by) if one.made + PATIENCE <= context.now]
    names = [found.short for one in old if (found := records.get(Account, one.account))]
    listed = ", ".join(sorted(dict.fromkeys(names)))
    text = f"{name_of(records, offer.to)} has not answered about {listed} yet. Would you ask somebody else?"
    again = Button(f"Offer {account.short}", "offer", {"account": account.short, "as": offer.part.value})
    key, controls = f"unanswered/{offer.by}/{offer.to}", (again, show(account))
    if offer.by and records.get(Volunteer, offer.by) is not None:
        notify(context, offer.by, key, text, controls=controls)
    else:
        tell_coordinators(context, key, text, controls=controls)


def remind_of_handover(context: Context, id: str) -> None:
    """A handover of which one side was not heard for two weeks: the coordinators may confirm for it."""
    records = context.records
    handover = records.get(Handover, id)
    account = records.get(Account, handover.account) if handover else None
    if handover is None or account is None or handover.stage is not Stage.OPEN:
        return
    absent = [who_is(handover, side) for side in sides(handover) if _is_absent(context, handover, side)]
    if absent:
        names = " and ".join(name_of(records, one) for one in absent)
        text = f"The handover of {account.short} waits for {names}. You may confirm what you know to be true."
        tell_coordinators(context, f"handover/{id}/coordinator", text, controls=(show_handover(account),))
    keep_handover(context, handover)


def _is_absent(context: Context, handover: Handover, side: Side) -> bool:
    start = stand_in_from(handover, side)
    return start is not None and start <= context.now


# -- what waits, at home, in the welcome and in a nudge --------------------------------------------------------------


def in_nudge(context: Context, time: NudgeTime) -> Waiting | None:
    """Offers and wishes that wait for the volunteer's answer, and handovers that wait for their word."""
    found = waiting_for(context, time.volunteer.id)
    handovers = open_for(context, time.volunteer.id)
    if not found and not handovers:
        return None
    rows = [Row(asked_words(context, one), controls=answers(context, one)) for one in found[:SEVERAL]]
    if len(found) > SEVERAL:
        every = Button(f"Open all {len(found)} offers", "offers")
        rows = [Row(f"{len(found)} accounts wait for your answer.", _shorts(context, found), (every,))]
    rows += [_handover_row(context, one, time.volunteer.id) for one in handovers[:SEVERAL]]
    return Waiting(_headline(context, found, handovers), (Rows(tuple(rows), total=len(rows)),))


def _shorts(context: Context, found: list[Offer | Claim]) -> str:
    names = [account.short for one in found if (account := context.records.get(Account, one.account))]
    return ", ".join(dict.fromkeys(names))


def _headline(context: Context, found: list[Offer | Claim], handovers: list[Handover]) -> Text:
    if len(found) == 1:
        return asked_words(context, found[0])
    if found:
        return f"{len(found)} accounts wait for your yes or no."
    account = context.records.get(Account, handovers[0].account)
    return f"The handover of {account.short if account else 'an account'} waits for your word."


def open_for(context: Context, volunteer: str) -> list[Handover]:
    """Handovers under way in which the volunteer has something to confirm."""
    found = [
        *context.records.find(Handover, giver=volunteer, stage=Stage.OPEN),
        *context.records.find(Handover, taker=volunteer, stage=Stage.OPEN),
    ]
    return [one for one in found if (side := side_of(one, volunteer)) and missing(one, side)]


def _handover_row(context: Context, handover: Handover, volunteer: str) -> Row:
    account = context.records.get(Account, handover.account)
    side = side_of(handover, volunteer)
    left = len(missing(handover, side)) if side else 0
    short = account.short if account else "?"
    things = "thing" if left == 1 else "things"
    return Row(
        f"Handover of {short}: {left} {things} to confirm.", controls=(show_handover(account),) if account else ()
    )


def in_welcome(context: Context, opened: WelcomeOpened) -> Section:
    """Your accounts, where their logins are kept, your backup; and what is offered to you."""
    volunteer, records = opened.volunteer, context.records
    own = [one for one in records.find(Account, owner=volunteer.id, order="short") if one.live]
    blocks: list[Block] = []
    if own:
        rows = tuple(_welcome_row(context, one) for one in own[:SHOWN])
        blocks = [Words("Your accounts:"), Rows(rows, 1, len(own))]
    blocks += _backing(context, volunteer)
    blocks += _offered(context, volunteer)
    if not blocks:
        blocks = [Words("You look after no account yet.")]
        return Section(WELCOME_WEIGHT, tuple(blocks), (Button("See free accounts", "accounts", {"which": "nobody"}),))
    return Section(WELCOME_WEIGHT, tuple(blocks))


def _welcome_row(context: Context, account: Account) -> Row:
    access = context.records.get(Access, account.id) or Access(account.id)
    kept = f"Login: kept in {access.kept_in}" if access.kept_in else "Login: nobody has noted where it is kept"
    backup = f"Your backup: {name_of(context.records, account.backup)}" if account.backup else "You have no backup yet"
    line = f"{account.short}: {account.name} on {shown_network(account.network)}"
    return Row(line, f"{kept}. {backup}.", (show(account),))


def _backing(context: Context, volunteer: Volunteer) -> list[Block]:
    found = [one for one in context.records.find(Account, backup=volunteer.id, order="short") if one.live]
    if not found:
        return []
    named = ", ".join(f"{one.short} ({name_of(context.records, one.owner)})" for one in found[:SHOWN])
    more = f", and {len(found) - SHOWN} more: type `accounts mine`" if len(found) > SHOWN else ""
    return [Facts((("You are the backup of", named + more),))]


def _offered(context: Context, volunteer: Volunteer) -> list[Block]:
    found = waiting_for(context, volunteer.id)
    if not found:
        return []
    rows = [Row(asked_words(context, one), controls=answers(context, one)) for one in found[:SEVERAL]]
    if len(found) > SEVERAL:
        every = Button(f"Open all {len(found)} offers", "offers")
        rows = [Row(f"{len(found)} accounts wait for your answer.", _shorts(context, found), (every,))]
    return [Rows(tuple(rows), total=len(rows))]


def at_home(context: Context, opened: HomeOpened) -> Section | None:
    """What waits for an answer or a word, and whose backup I am; my own accounts are shown by posting."""
    volunteer = opened.volunteer
    if volunteer is None:
        return None
    blocks = _offered(context, volunteer)
    handovers = open_for(context, volunteer.id)
    if handovers:
        rows = tuple(_handover_row(context, one, volunteer.id) for one in handovers[:SHOWN])
        blocks.append(Rows(rows, 1, len(handovers)))
    blocks += _backing(context, volunteer)
    return Section(HOME_WEIGHT, tuple(blocks)) if blocks else None


# -- the agenda and the nightly look ---------------------------------------------------------------------------------


def describe(context: Context, entry: Describe) -> Described | None:
    """This topic's entries of the agenda in words."""
    records = context.records
    if entry.alarm == NOBODY:
        return Described("the coordinators hear which accounts have nobody")
    if entry.alarm == SHEET and (sheet := records.get(Sheet, entry.subject)):
        return Described("a sheet of accounts that was not imported is forgotten", (sheet.by,))
    if entry.alarm == ACCESS and (account := records.get(Account, entry.subject)):
        return Described(f"a question whether {account.short} can still be signed in to", (account.owner,))
    if entry.alarm == HANDOVER and (handover := records.get(Handover, entry.subject)):
        account = records.get(Account, handover.account)
        short = account.short if account else "an account"
        return Described(f"a look at the handover of {short}", (handover.giver, handover.taker))
    if entry.alarm == OFFER and (waiting := records.get(Offer, entry.subject) or records.get(Claim, entry.subject)):
        account = records.get(Account, waiting.account)
        short = account.short if account else "an account"
        return Described(f"a look at the offer of {short}, if it is still open", (waiting.by,))
    return None


def sweep_accounts(context: Context, look: Sweep) -> bool:
    """Due times that are missing are made again, a page of each kind at a time."""
    records = context.records
    start = look.page * SWEPT
    accounts = records.find(Account, limit=SWEPT, offset=start)
    for account in accounts:
        plan_access(context, account)
    offers = records.find(Offer, limit=SWEPT, offset=start)
    claims = records.find(Claim, limit=SWEPT, offset=start)
    waiting: list[Offer | Claim] = [*offers, *claims]
    for one in waiting:
        if one.made + PATIENCE > context.now and not records.agenda(alarm=OFFER, subject=one.id):
            records.wake(OFFER, one.id, one.made + PATIENCE)
    handovers = records.find(Handover, stage=Stage.OPEN, limit=SWEPT, offset=start)
    for handover in handovers:
        if not records.agenda(alarm=HANDOVER, subject=handover.id):
            keep_handover(context, handover)
    sheets = records.find(Sheet, limit=SWEPT, offset=start)
    for sheet in sheets:
        if not records.agenda(alarm=SHEET, subject=sheet.id):
            records.wake(SHEET, sheet.id, sheet.made + KEPT_FOR)
    if look.page == 0:
        plan_nobody(context)
    return any(len(page) == SWEPT for page in (accounts, offers, claims, handovers, sheets))
