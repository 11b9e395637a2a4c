"""Taking an account on, giving it up, and leaving one without an owner for a while. Nothing is ever imposed."""

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Control, Reply, Style, Words
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.card import day_words, show
from bot.topics.accounts.changing import (
    back_up,
    change,
    make_claim,
    name_of,
    open_handover,
    take_over,
    tell,
    today_of_team,
)
from bot.topics.accounts.model import Account, Part
from bot.topics.accounts.options import ALiveAccount, AnOwnAccount, APart
from bot.topics.team.model import Volunteer
from bot.topics.team.nudging import tell_coordinators
from bot.topics.team.options import ADay


def asker_of(context: Context) -> Volunteer:
    """The volunteer who asks. Raises Refusal for anybody else."""
    found = context.records.get(Volunteer, context.asker.volunteer) if context.asker.volunteer else None
    if found is None:
        raise Refusal("This is for the team's volunteers. Type `join` to become one.")
    return found


def consent(volunteer: Volunteer) -> tuple[tuple[Block, ...], tuple[Control, ...]]:
    """The questions that come with a first account: may I write to you, and separately, in a crisis? Asked once."""
    controls: list[Control] = []
    said = []
    if volunteer.reminders is None:
        said.append("May I write to you when one of your accounts could use a post? Twice a week at most.")
        controls += [
            Button("Yes, remind me", "reminders", {"on": "yes"}, Style.PRIMARY),
            Button("No reminders", "reminders", {"on": "no"}),
        ]
    if volunteer.alarms is None:
        said.append("And in a crisis, at any hour?" if said else "May I also alarm you in a crisis, at any hour?")
        controls.append(Button("Yes, alarm me in a crisis", "alarms", {"on": "yes"}))
        controls.append(Button("No crisis alarms", "alarms", {"on": "no"}))
    return ((Words(" ".join(said)),) if said else ()), tuple(controls)


def claim(context: Context, account: ALiveAccount, as_: APart = Part.OWNER) -> Reply:
    """Look after an account: at once if nobody does, else I ask its owner.

    account: which one: its short name, handle or name
    as: owner, unless you say backup
    """
    me = asker_of(context)
    if account.owner == me.id:
        raise Refusal(f"You look after {account.short} already. Type `account show {account.short}` to see it.")
    if as_ is Part.BACKUP and account.backup == me.id:
        raise Refusal(f"You are the backup of {account.short} already.")
    if account.owner and (as_ is Part.OWNER or account.owner != me.id):
        return _ask_owner(context, account, as_, me)
    if as_ is Part.BACKUP:
        if account.backup:
            raise Refusal(
                f"{account.short} has a backup, {name_of(context.records, account.backup)}, and no owner. "
                f"Would you be its owner? Type `claim {account.short}`."
            )
        back_up(context, account, me.id)
        said = f"You are the backup of {account.short} now; it has no owner yet."
    else:
        _refuse_under_way(context, account)
        take_over(context, account, me.id)
        said = f"You look after {account.short} now. Thank you!"
    what = "the backup of" if as_ is Part.BACKUP else "the owner of"
    tell_coordinators(
        context,
        f"claimed/{account.id}/{as_}",
        f"{me.name} is {what} {account.short} now.",
        controls=(show(account),),
        besides=me.id,
    )
    return taken(me, account, said)


def taken(volunteer: Volunteer, account: Account, said: str) -> Card:
    """The answer to whoever has just taken something on: what is theirs, and the questions that come with it."""
    blocks, questions = consent(volunteer)
    next_steps = (
        Button(f"Note the access of {account.short}", "access set", {"account": account.short}),
        Button(f"Give {account.short} up", "drop", {"account": account.short}),
    )
    return Card(account.short, said, blocks, (*questions, show(account), *next_steps))


def _ask_owner(context: Context, account: Account, part: Part, me: Volunteer) -> Card:
    owner = name_of(context.records, account.owner)
    if part is Part.OWNER:
        _refuse_under_way(context, account)
    make_claim(context, account, part, me.id)
    blocks, questions = consent(me)
    return Card(
        account.short,
        f"{owner} looks after {account.short}, so I ask them whether you may be its {part}. I tell you what they say.",
        blocks,
        (
            *questions,
            Button(f"Take the wish for {account.short} back", "withdraw", {"account": account.short}),
            show(account),
        ),
    )


def _refuse_under_way(context: Context, account: Account) -> None:
    handover = open_handover(context.records, account)
    if handover is not None:
        taker = name_of(context.records, handover.taker)
        raise Refusal(
            f"{account.short} is just being handed over to {taker}. Type `handover show {account.short}` to see more."
        )


def drop(context: Context, account: AnOwnAccount, as_: APart | None = None, sure: bool = False) -> Reply:
    """Give up an account of yours. If it has a backup, I suggest to ask them first.

    account: one that you own or are the backup of
    as: owner or backup, what you give up; found out if left out
    sure: yes, to give it up without asking the backup first
    """
    me = asker_of(context)
    part = as_ or (Part.OWNER if account.owner == me.id else Part.BACKUP)
    if me.id != (account.owner if part is Part.OWNER else account.backup):
        raise Refusal(f"You are not the {part} of {account.short}. Type `accounts mine` to see what is yours.")
    if part is Part.BACKUP:
        return _drop_backup(context, account, me)
    if open_handover(context.records, account) is not None:
        raise Refusal(
            f"{account.short} is on its way to somebody else: please confirm what is left with "
            f"`handover show {account.short}`, or stop it with `handover call-off {account.short}`."
        )
    if account.backup and not sure:
        return _suggest_backup(context, account)
    change(context, account, replace(account, owner=""))
    tell_coordinators(
        context,
        f"dropped/{account.id}",
        f"{me.name} has given up {account.short}: nobody looks after it now.",
        controls=(Button(f"Offer {account.short}", "offer", {"account": account.short}), show(account)),
        besides=me.id,
    )
    return Card(
        account.short,
        f"You have given up {account.short}; nobody looks after it now. The coordinator is told. Thank you for your "
        "time with it.",
        controls=(Button(f"Take {account.short} back", "claim", {"account": account.short}),),
    )


def _drop_backup(context: Context, account: Account, me: Volunteer) -> Card:
    change(context, account, replace(account, backup=""))
    if account.owner:
        tell(
            context,
            account.owner,
            f"no-backup/{account.id}",
            f"{me.name} is no longer the backup of {account.short}. Would you offer it to somebody?",
            (Button(f"Offer {account.short}", "offer", {"account": account.short, "as": "backup"}),),
        )
    again = Button(f"Be the backup of {account.short} again", "claim", {"account": account.short, "as": "backup"})
    return Card(
        account.short, f"You are no longer the backup of {account.short}; its owner is told.", controls=(again,)
    )


def _suggest_backup(context: Context, account: Account) -> Card:
    backup = name_of(context.records, account.backup)
    short = account.short
    return Card(
        short,
        f"{backup} is the backup of {short}. Shall I offer it to them? It stays yours until they have taken it over.",
        controls=(
            Button(
                f"Offer {short} to the backup",
                "handover start",
                {"account": short, "volunteer": account.backup},
                Style.PRIMARY,
            ),
            Button(f"Give {short} up now", "drop", {"account": short, "sure": "yes"}, Style.DANGER),
        ),
    )


def unowned(context: Context, account: ALiveAccount, until: ADay) -> Reply:
    """Leave an account without an owner until a day: I don't ask about it before then.

    account: one that nobody owns
    until: the day from which I ask again, such as 1 march or in 3 months
    """
    if account.owner:
        owner = name_of(context.records, account.owner)
        raise Refusal(f"{account.short} has an owner, {owner}. This is for accounts that nobody looks after.")
    agreed = until if until > today_of_team(context) else None
    change(context, account, replace(account, unowned_until=agreed))
    if agreed is None:
        return Card(account.short, f"I ask about {account.short} again, once a week, until somebody looks after it.")
    return Card(
        account.short,
        f"{account.short} is left without an owner until {day_words(agreed)}. I don't ask about it before.",
        controls=(
            Button(f"Ask about {account.short} again", "unowned", {"account": account.short, "until": "today"}),
            show(account),
        ),
    )
