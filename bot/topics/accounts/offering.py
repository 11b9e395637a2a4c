"""Offers of an account, wishes for one, and their answers."""

from bot.core.chat import Button, Card, Control, Reply, Row, Rows, Style
from bot.core.pages import page_of, turns
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.card import show
from bot.topics.accounts.changing import (
    back_up,
    begin_handover,
    end_claim,
    end_offer,
    make_offer,
    name_of,
    open_handover,
    show_handover,
    take_over,
    tell,
)
from bot.topics.accounts.model import Account, Claim, Offer, Part
from bot.topics.accounts.options import ALiveAccount, AnOffered, APart, owns_or_coordinates
from bot.topics.accounts.owning import asker_of, taken
from bot.topics.team.model import Standing, TeamRole, Volunteer
from bot.topics.team.options import AVolunteer

Waiting = Offer | Claim


def offer(context: Context, account: ALiveAccount, volunteer: AVolunteer, as_: APart = Part.OWNER) -> Reply:
    """Offer an account to somebody: it is theirs when they accept, and not before.

    account: one of yours, or any if you are a coordinator
    volunteer: whom to ask
    as: as its owner, unless you say backup
    """
    return offered(context, account, volunteer, as_)


def offered(context: Context, account: Account, volunteer: Volunteer, part: Part) -> Card:
    """The offer is made. Raises Refusal where it can't be."""
    records, short = context.records, account.short
    if not owns_or_coordinates(context, account):
        owner = name_of(records, account.owner)
        raise Refusal(f"Only its owner ({owner}) or a coordinator can offer {short}. Type `claim {short}` to ask.")
    if volunteer.role is TeamRole.OBSERVER or volunteer.standing is Standing.LEFT:
        raise Refusal(f"{volunteer.name} can't look after accounts. Please name another volunteer.", option="volunteer")
    if volunteer.id == (account.owner if part is Part.OWNER else account.backup):
        raise Refusal(f"{volunteer.name} is the {part} of {short} already.", option="volunteer")
    if volunteer.id == account.owner:
        raise Refusal(f"{volunteer.name} owns {short}; its backup has to be somebody else.", option="volunteer")
    if volunteer.id == context.asker.volunteer:
        raise Refusal(f"To take {short} on yourself, type `claim {short}`.", option="volunteer")
    if part is Part.OWNER and (under_way := open_handover(records, account)) is not None:
        raise Refusal(
            f"{short} is on its way to {name_of(records, under_way.taker)}. To offer it to somebody else, type "
            f"`handover call-off {short}` first."
        )
    before = [one for one in records.find(Offer, account=account.id, part=part) if one.to != volunteer.id]
    make_offer(context, account, part, volunteer.id, by=context.asker.volunteer)
    instead = f" That takes the place of the offer to {name_of(records, before[0].to)}." if before else ""
    invited = " They see it as soon as they have come into the team." if volunteer.standing is Standing.INVITED else ""
    as_backup = " as its backup" if part is Part.BACKUP else ""
    values = {"account": short, "as": part.value, "volunteer": volunteer.id}
    return Card(
        short,
        f"I ask {volunteer.name} whether they take {short}{as_backup}, and tell you what they say.{instead}{invited}",
        controls=(Button(f"Withdraw the offer of {short}", "withdraw", values), show(account)),
    )


def waiting_for(context: Context, volunteer: str) -> list[Waiting]:
    """What a volunteer may accept or decline, oldest first: offers to them, and wishes for what they own."""
    records = context.records
    found: list[Waiting] = [*records.find(Offer, to=volunteer)] if volunteer else []
    if volunteer:
        found += [
            one for mine in records.find(Account, owner=volunteer) for one in records.find(Claim, account=mine.id)
        ]
    return sorted(found, key=lambda one: (one.made, one.id))


def asked_words(context: Context, one: Waiting) -> str:
    """`ce-x (ALCTS Continuing Education on X) is offered to you.`"""
    account = context.records.get(Account, one.account)
    if account is None:
        return "It is gone."
    as_backup = " as its backup" if one.part is Part.BACKUP else ""
    if isinstance(one, Offer):
        by = f" by {name_of(context.records, one.by)}" if one.by else ""
        return f"{account.short} ({account.name}) is offered to you{as_backup}{by}."
    by = name_of(context.records, one.by)
    return f"{by} would like to {'be the backup of' if as_backup else 'look after'} {account.short}."


def answers(context: Context, one: Waiting) -> tuple[Control, ...]:
    """The buttons that answer an offer or a wish."""
    account = context.records.get(Account, one.account)
    if account is None:
        return ()
    values = {"account": account.short, "as": one.part.value}
    if isinstance(one, Claim):
        values["volunteer"] = one.by
        return (
            Button(f"Yes, hand over {account.short}" if one.part is Part.OWNER else "Yes, please", "accept", values),
            Button(f"Keep {account.short} as it is", "decline", values),
        )
    return (
        Button(f"Accept {account.short}", "accept", values, Style.PRIMARY),
        Button(f"Not now, {account.short}", "decline", values),
    )


def offers(context: Context, page: int = 1) -> Reply:
    """Everything that waits for your yes or no: accounts offered to you, and wishes for yours.

    page: which page of a long list
    """
    return offers_card(context, page)


def offers_card(context: Context, page: int = 1) -> Card:
    """All offers and wishes that the asker may answer, ten a page."""
    found = waiting_for(context, context.asker.volunteer)
    if not found:
        nobody = Button("See accounts with nobody", "accounts", {"which": "nobody"})
        return Card("Offers", "Nothing waits for your answer.", controls=(nobody,))
    shown, first, last = page_of(found, page)
    rows = tuple(Row(asked_words(context, one), controls=answers(context, one)) for one in shown)
    return Card(
        "Offers",
        f"{len(found)} {'waits' if len(found) == 1 else 'wait'} for your answer. Nothing is yours until you accept it.",
        (Rows(rows, first, len(found)),),
        turns("offers", "offers", {}, first, last),
    )


def _chosen(
    context: Context, account: Account | None, part: Part | None, volunteer: Volunteer | None
) -> Waiting | None:
    """The one thing that is meant, or None where several are. Raises Refusal where none is."""
    found = [
        one
        for one in waiting_for(context, context.asker.volunteer)
        if (account is None or one.account == account.id)
        and (part is None or one.part is part)
        and (volunteer is None or (isinstance(one, Claim) and one.by == volunteer.id))
    ]
    if not found:
        what = account.short if account else "you"
        raise Refusal(f"Nothing waits for your answer about {what}. Type `offers` to see what does.")
    return found[0] if len(found) == 1 else None


def accept(
    context: Context, account: AnOffered | None = None, as_: APart | None = None, volunteer: AVolunteer | None = None
) -> Reply:
    """Take on an account that is offered to you, or agree when somebody asks you for yours.

    account: which one; the only one if left out
    as: owner or backup, if both are asked
    volunteer: who asked you for it, if several did
    """
    me = asker_of(context)
    one = _chosen(context, account, as_, volunteer)
    if one is None:
        return offers_card(context)
    about = context.records.get(Account, one.account)
    if about is None or not about.live:
        _end(context, one)
        return Card("Offers", "That account is no longer in use, so there is nothing to take on.")
    return _accept_offer(context, one, about, me) if isinstance(one, Offer) else _grant(context, one, about)


def _accept_offer(context: Context, one: Offer, account: Account, me: Volunteer) -> Card:
    short = account.short
    if me.role is TeamRole.OBSERVER:
        raise Refusal("Observers can't look after accounts. Please ask a coordinator for another role first.")
    if one.part is Part.BACKUP:
        end_offer(context, one)
        back_up(context, account, me.id)
        _tell(context, one.by or account.owner, one, f"{me.name} is the backup of {short} now.", account)
        return taken(me, account, f"You are the backup of {short} now. Thank you!")
    giver = account.owner or one.giver
    end_offer(context, one)
    if not account.owner:
        take_over(context, account, me.id)
    if giver:
        begin_handover(context, account, giver, me.id)
        _tell(context, one.by, one, f"{me.name} takes {short}; there are four things to confirm.", account)
        name = name_of(context.records, giver)
        said = f"Thank you! {name} and you confirm four things; then {short} is yours."
        if not account.owner:
            said = f"{short} is yours now. Thank you! Please confirm the four things of its handover as they come true."
        card = taken(me, account, said)
        controls = tuple(each for each in card.controls if not (isinstance(each, Button) and each.command == "drop"))
        return Card(card.title, card.summary, card.blocks, (show_handover(account), *controls))
    _tell(context, one.by, one, f"{me.name} looks after {short} now.", account)
    return taken(me, account, f"You look after {short} now. Thank you!")


def _grant(context: Context, one: Claim, account: Account) -> Card:
    records = context.records
    claimer = records.get(Volunteer, one.by)
    end_claim(context, one)
    if claimer is None or claimer.standing is not Standing.ACTIVE:
        return Card(account.short, f"They have left the team meanwhile, so {account.short} stays as it is.")
    if one.part is Part.BACKUP:
        back_up(context, account, claimer.id)
        _tell(context, claimer.id, one, f"You are the backup of {account.short} now. Thank you!", account)
        return Card(account.short, f"{claimer.name} is the backup of {account.short} now.", controls=(show(account),))
    if open_handover(records, account) is not None:
        raise Refusal(f"{account.short} is being handed over already. Type `handover show {account.short}`.")
    begin_handover(context, account, account.owner, claimer.id)
    return Card(
        account.short,
        f"{claimer.name} takes {account.short} over. You both confirm four things; until then it stays yours.",
        controls=(show_handover(account),),
    )


def decline(
    context: Context, account: AnOffered | None = None, as_: APart | None = None, volunteer: AVolunteer | None = None
) -> Reply:
    """Say no to an account that is offered to you, or to a wish for yours. That is fine, always.

    account: which one; the only one if left out
    as: owner or backup, if both are asked
    volunteer: who asked you for it, if several did
    """
    me = asker_of(context)
    one = _chosen(context, account, as_, volunteer)
    if one is None:
        return offers_card(context)
    about = context.records.get(Account, one.account)
    _end(context, one)
    if about is None:
        return Card("Offers", "That is off.")
    if isinstance(one, Claim):
        _tell(context, one.by, one, f"{me.name} would like to keep {about.short} as it is for now.", about)
        return Card(about.short, f"{about.short} stays as it is. I tell {name_of(context.records, one.by)}, kindly.")
    told = one.by or about.owner
    _tell(context, told, one, f"{me.name} can't take {about.short} now. Would you ask somebody else?", about)
    again = Button(f"Look after {about.short} after all", "claim", {"account": about.short, "as": one.part.value})
    return Card(about.short, f"That is fine: {about.short} is not yours. Thank you for saying so.", controls=(again,))


def withdraw(
    context: Context, account: ALiveAccount, as_: APart | None = None, volunteer: AVolunteer | None = None
) -> Reply:
    """Take back an offer that you made, or your own wish for an account.

    account: which one
    as: owner or backup, if both are offered
    volunteer: to whom it is offered, if to several
    """
    records, mine = context.records, context.asker.volunteer
    found: list[Waiting] = [*records.find(Claim, account=account.id, by=mine)]
    may = owns_or_coordinates(context, account)
    found += [one for one in records.find(Offer, account=account.id) if may or one.by == mine]
    wanted = [
        one
        for one in found
        if (as_ is None or one.part is as_)
        and (volunteer is None or volunteer.id == (one.to if isinstance(one, Offer) else one.by))
    ]
    if not wanted:
        raise Refusal(f"There is no offer of {account.short} that you could take back, nor a wish of yours for it.")
    for one in wanted:
        _end(context, one)
    what = "wish" if isinstance(wanted[0], Claim) else "offer"
    return Card(account.short, f"The {what} is withdrawn: {account.short} stays as it is.", controls=(show(account),))


def _end(context: Context, one: Waiting) -> None:
    if isinstance(one, Offer):
        end_offer(context, one)
    else:
        end_claim(context, one)


def _tell(context: Context, volunteer: str, one: Waiting, text: str, account: Account) -> None:
    """Tell the other side what became of it, unless the asker is the other side."""
    tell(context, volunteer, f"answered/{one.id}", text, (show(account),))
