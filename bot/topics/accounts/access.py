"""The access record: who can sign in and where the login is kept. Never a secret."""

import re
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from bot.core.chat import Button, Card, Facts, Field, Form, Kind, Reply, Style
from bot.core.router import Context, Role
from bot.core.words import line, refuse_secrets
from bot.errors import Refusal
from bot.topics.accounts.card import access_facts, lost_access, sees_access, show
from bot.topics.accounts.changing import keep_handover, name_of, plan_access, show_handover
from bot.topics.accounts.handing import confirm
from bot.topics.accounts.model import Access, Account, Item, Side
from bot.topics.accounts.naming import items
from bot.topics.accounts.options import ALiveAccount, AnAccount
from bot.topics.team.matching import exact
from bot.topics.team.options import members

LIMIT = 200
BARE_CODE = re.compile(r"(?=\S*[^\W\d_])(?=\S*\d)[^\s@/]{4,64}")  # neither an address nor a link
PLACES_LIKE_CODES = {"1password", "keepass2", "keepass2android", "enpass6", "office365", "microsoft365", "m365", "o365"}
NOTHING = {"-", "none", "nobody", "nothing"}
QUESTIONS = {
    "kept_in": ("Login kept in", "the place's name, such as the office password manager; never the password"),
    "people": ("Who can sign in", "names, separated by commas"),
    "second_factor": ("Second factor reaches", "whom, such as the office phone"),
    "recovery": ("Recovery reaches", "whom, such as the office mailbox"),
}


def access_show(context: Context, account: AnAccount) -> Reply:
    """How to get into an account: who can sign in and where the login is kept.

    account: one that you own or are the backup of; any if you are a coordinator
    """
    _refuse_strangers(context, account)
    return _card(context, account, f"How to get into {account.short}.")


def access_set(
    context: Context,
    account: ALiveAccount,
    *,
    kept_in: str | None = None,
    people: str | None = None,
    second_factor: str | None = None,
    recovery: str | None = None,
) -> Reply:
    """Note where an account's login is kept and whom it reaches; never the password itself.

    account: one that you own or are the backup of; any if you are a coordinator
    kept_in: the name of the place, such as the office password manager
    people: who can sign in, names separated by commas
    second_factor: whom the second factor reaches
    recovery: whom the recovery mailbox or phone reaches
    """
    _refuse_strangers(context, account)
    access = context.records.get(Access, account.id) or Access(account.id)
    said = {"kept_in": kept_in, "people": people, "second_factor": second_factor, "recovery": recovery}
    given = {name: text for name, text in said.items() if text is not None}
    if not given:
        return _form(context, account, access)
    refuse_secrets(*given.values())
    for name, text in given.items():
        _refuse_bare_codes(*(items(text) if name == "people" else (text,)))
        value = "" if text.strip().casefold() in NOTHING else line(text, LIMIT)
        changes: Any = {name: value}
        access = _with_people(context, access, value) if name == "people" else replace(access, **changes)
    context.records.put(access)
    return _card(context, account, f"Noted for {account.short}.")


def access_confirm(context: Context, account: ALiveAccount) -> Reply:
    """Say that you have just signed in to an account and that it works.

    account: one that you own or are the backup of; any if you are a coordinator
    """
    _refuse_strangers(context, account)
    me = context.asker.volunteer
    access = context.records.get(Access, account.id) or Access(account.id)
    people = tuple(dict.fromkeys([*access.people, me]))
    context.records.put(replace(access, people=people, confirmed=context.now, confirmed_by=me))
    plan_access(context, account)
    card = _card(context, account, f"Thank you: you can sign in to {account.short}.")
    lost = lost_access(context, account)
    if lost is not None and lost.taker == me:  # what their handover had left open
        keep_handover(context, confirm(lost, Item.ACCESS, Side.TAKER, me, context.now))
        return replace(card, controls=(show_handover(account), *card.controls))
    return card


def _refuse_strangers(context: Context, account: Account) -> None:
    if not sees_access(context, account):
        owner = name_of(context.records, account.owner)
        raise Refusal(
            f"How to get into {account.short} is for its owner ({owner}), its backup and coordinators. "
            "They can tell you more."
            if context.asker.role >= Role.OBSERVER
            else f"How to get into {account.short} is for the team's volunteers."
        )


def _refuse_bare_codes(*texts: str) -> None:
    """Raises Refusal, not at its field, which would show it again, where “hunter2” is said in place of a name."""
    words = [text.strip() for text in texts]
    if any(BARE_CODE.fullmatch(word) and word.casefold() not in PLACES_LIKE_CODES for word in words):
        raise Refusal(
            "That is one word of letters and digits, so it may be a password, and I have kept none of it. I only note "
            "the name of a place or of people, in a word or two: “the office password manager”, “the safe in room 12”. "
            "If it was a password, please delete your message and change it."
        )


def _with_people(context: Context, access: Access, text: str) -> Access:
    """Names of the team's people become theirs; all others are kept as names."""
    named = [(one.id, one.name) for one in members(context.records)]
    people: list[str] = []
    others: list[str] = []
    for name in items(text):
        known = context.asker.volunteer if name.casefold() in ("me", "i") else exact(name, named)
        (people if known else others).append(known or name)
    return replace(access, people=tuple(dict.fromkeys(people)), others=tuple(others))


def _card(context: Context, account: Account, said: str) -> Card:
    values = {"account": account.short}
    works = Button(f"I can sign in to {account.short}", "access confirm", values, Style.PRIMARY)
    controls = (works, Button(f"Note the access of {account.short}", "access set", values)) if account.live else ()
    title = f"Access of {account.short}"
    return Card(title, said, (Facts(tuple(access_facts(context, account))),), (*controls, show(account)))


def _form(context: Context, account: Account, access: Access) -> Form:
    people = [name_of(context.records, one) for one in access.people] + list(access.others)
    now = {
        "kept_in": access.kept_in,
        "people": ", ".join(people),
        "second_factor": access.second_factor,
        "recovery": access.recovery,
    }
    fields: Sequence[Field] = [
        Field(name, label, Kind.TEXT, required=False, hint=hint, value=now[name])
        for name, (label, hint) in QUESTIONS.items()
    ]
    intro = f"How to get into {account.short}. Never a password or a code: only where it is kept."
    return Form("Note the access", "access set", tuple(fields), {"account": account.short}, intro)
