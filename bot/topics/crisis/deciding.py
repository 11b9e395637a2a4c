"""What is decided in a crisis: its kind, level and accounts, who leads, who has which role, whose voice was heard."""

from msgspec.structs import replace

from bot.core.chat import Button, Card, Reply
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.options import ALiveAccount
from bot.topics.crisis.declaring import changed
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis
from bot.topics.crisis.options import ACrisis
from bot.topics.crisis.people import chosen, needs_part
from bot.topics.crisis.plan_options import AKind, ALevel, AnEvent
from bot.topics.crisis.stepping import settle
from bot.topics.crisis.telling import reply
from bot.topics.crisis.versions import title_of
from bot.topics.team.options import AMoment

HIGHEST = "S3"


def crisis_kind(context: Context, kind: AKind, crisis: ACrisis | None = None) -> Reply:
    """Say what kind of crisis it is: its steps and its list of people follow from it.

    kind: such as hijacked_account or comment_storm
    crisis: which crisis, if there are several
    """
    found = _changeable(context, crisis)
    guessed = tuple(one for one in found.guessed if one != "kind")
    log(context, found, "kind", f"it is: {kind.replace('_', ' ')}", loud=True)
    found = changed(context, replace(found, kind=kind, guessed=guessed))
    return _now(context, found)


def _changeable(context: Context, crisis: Crisis | None) -> Crisis:
    found = chosen(context, crisis)
    needs_part(context, found)
    if found.checklist:
        raise Refusal("That is a checklist: it has no level and no kind to change.")
    return found


def _now(context: Context, crisis: Crisis) -> Reply:
    card = Card(title_of(context.records, crisis), "Noted. Everybody on the plan's list for that is told now.")
    button = Button("My part", "crisis mine", {"crisis": crisis.id})
    return reply(crisis, replace(card, controls=(button,)))


def crisis_level(context: Context, level: ALevel, crisis: ACrisis | None = None) -> Reply:
    """Say how bad it is. Anyone may raise it; to lower it, the lead and one other have to say so.

    level: S1 (watch), S2 (act) or S3 (emergency)
    crisis: which crisis, if there are several
    """
    found = _changeable(context, crisis)
    guessed = tuple(one for one in found.guessed if one != "level")
    if level >= found.level:
        log(context, found, "level", f"level {level}", loud=True)
        return _now(context, changed(context, replace(found, level=level, guessed=guessed)))
    other = two_people(context, found, f"level {level}", lead=True)
    if other is not None:
        return reply(found, other)
    found = context.records.get(Crisis, found.id) or found
    log(context, found, "level", f"level lowered to {level}", loud=True)
    return _now(context, changed(context, replace(found, level=level, guessed=guessed)))


def two_people(context: Context, crisis: Crisis, what: str, *, lead: bool) -> Card | None:
    """A decision for two (one of them the lead, where `lead`): None once both have said it, else what is answered."""
    me = context.asker.volunteer
    first = crisis.wishes.get(what, "")
    both = first and first != me and (not lead or crisis.lead in (first, me))
    if both:
        wishes = {name: who for name, who in crisis.wishes.items() if name != what}
        context.records.put(replace(crisis, wishes=wishes))
        return None
    if first and first != me:  # two have said so, and the lead is still missing
        return Card("The lead has to agree", f"{name_of(context.records, crisis.lead)} has to say so too.")
    context.records.put(replace(crisis, wishes={**crisis.wishes, what: me}))
    log(context, crisis, "wish", f"{context.asker.name} says: {what}. One more person has to say so", by="", loud=True)
    who = "one other person" if me == crisis.lead or not lead else f"the lead, {name_of(context.records, crisis.lead)},"
    return Card("Noted", f"That takes two: {who} has to say so too. Until then nothing changes.")


def crisis_accounts(context: Context, account: ALiveAccount, crisis: ACrisis | None = None) -> Reply:
    """Say which account is hit; say it again for each further one.

    account: the account, such as pw-fb
    crisis: which crisis, if there are several
    """
    found = _changeable(context, crisis)
    kept = () if "accounts" in found.guessed else found.accounts
    accounts = tuple(dict.fromkeys((*kept, account.id)))
    guessed = tuple(one for one in found.guessed if one != "accounts")
    log(context, found, "accounts", f"{account.short} is hit", loud=True)
    return _now(context, changed(context, replace(found, accounts=accounts, guessed=guessed)))


def open_branch(context: Context, crisis: Crisis) -> Crisis:
    """Somebody is at risk: the highest level, and the steps that keep them safe."""
    log(context, crisis, "branch", "somebody is named, threatened or exposed: safety comes first", loud=True)
    return changed(context, replace(crisis, level=HIGHEST))


def crisis_event(context: Context, event: AnEvent, when: AMoment | None = None, crisis: ACrisis | None = None) -> Reply:
    """Say when something is that steps count from: regained (the account is ours again), or event.

    event: regained, or event
    when: when it is or was; now if left out
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    moment = when or context.now
    found = replace(found, events={**found.events, event: moment})
    context.records.put(found)
    log(context, found, event, f"{event}: {moment:%Y-%m-%d %H:%M} UTC", loud=True)
    settle(context, found)
    return reply(found, Card("Noted", "The steps that count from it are on their way."))
