"""Changing what is noted about an account; its old names and handles still lead to it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from msgspec.structs import replace

from bot.core.chat import Button, Card, Control, Reply
from bot.core.router import Context, Role
from bot.core.words import clean, line, shown
from bot.errors import Refusal
from bot.topics.accounts.card import cut, show
from bot.topics.accounts.changing import change, name_of
from bot.topics.accounts.model import Account
from bot.topics.accounts.naming import (
    NAME_LIMIT,
    TEXT_LIMIT,
    free_short,
    items,
    read_handle,
    read_number,
    read_url,
    renamed,
    renamed_handle,
    same_handle,
)
from bot.topics.accounts.networks import shown_network
from bot.topics.accounts.options import ALiveAccount, all_accounts, owns_or_coordinates, read_network

NOTHING = {"-", "none", "nothing"}


class What(StrEnum):
    """What of an account can be edited."""

    PURPOSE = "purpose"
    AUDIENCE = "audience"
    THEMES = "themes"
    HANDLE = "handle"
    URL = "url"
    ALIASES = "aliases"
    NOTE = "note"
    FOLLOWERS = "followers"
    NAME = "name"
    SHORT = "short"
    NETWORK = "network"


COORDINATORS = {What.NAME, What.SHORT, What.NETWORK}


PLAIN: Mapping[What, Callable[[str], Any]] = {
    What.PURPOSE: lambda text: clean(text, TEXT_LIMIT),
    What.AUDIENCE: lambda text: clean(text, TEXT_LIMIT),
    What.NOTE: clean,
    What.THEMES: items,
    What.ALIASES: items,
    What.URL: read_url,
    What.FOLLOWERS: read_number,
}
"""How what stands for itself is read; names, handles and the network need a look at the other accounts."""


def account_edit(context: Context, account: ALiveAccount, what: What, words: str = "") -> Reply:
    """Change what is noted about an account; old names and handles still lead to it.

    account: one of yours, or any if you are a coordinator
    what: purpose, audience, themes, handle, url, aliases, note, followers, name, short, network
    words: what to note; “none” for nothing
    """
    refuse_others(context, account)
    if what in COORDINATORS and context.asker.role < Role.COORDINATOR:
        raise Refusal(f"Only a coordinator can change the {what} of an account.")
    before = _edited_text(account, what)
    if not words:
        now = before or "nothing"
        raise Refusal(f"The {what} of {account.short} is: {shown(now, 200)}. What should it be?", option="words")
    text = "" if words.strip().casefold() in NOTHING else words
    after = change(context, account, _edited(context, account, what, text))
    label = "short name" if what is What.SHORT else what
    said = f"{after.short}, {label}: {_edited_text(after, what) or 'nothing'}."
    return Card(after.short, said, controls=(*_undo_edit(after, what, before), show(after)))


def refuse_others(context: Context, account: Account) -> None:
    """Raises Refusal for who is neither the owner nor a coordinator."""
    if not owns_or_coordinates(context, account):
        owner = name_of(context.records, account.owner)
        raise Refusal(f"{account.short} is looked after by {owner}. Please ask them, or a coordinator.")


def refuse_double(known: list[Account], network: str, handle: str, besides: str = "") -> None:
    """Raises Refusal where an account in use has that handle on that network."""
    same = next((one for one in known if one.id != besides and same_handle(one, network, handle)), None)
    if same is not None:
        raise Refusal(f"{handle} on {shown_network(network)} is {same.short} already.", option="handle")


def _edited_text(account: Account, what: What) -> str:
    value = getattr(account, what.value)
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _edited(context: Context, account: Account, what: What, text: str) -> Account:
    if what in PLAIN:
        changes: Any = {what.value: PLAIN[what](text)}
        return replace(account, **changes)
    known = all_accounts(context.records)
    if what is What.HANDLE:
        handle = read_handle(text)
        refuse_double(known, account.network, handle, besides=account.id)
        return renamed_handle(account, handle)
    if what is What.SHORT:
        return renamed_short(account, free_short(text, known, besides=account.id))
    if what is What.NETWORK:
        network = read_network(text)
        refuse_double(known, network, account.handle, besides=account.id)
        return replace(account, network=network)
    name = line(text, NAME_LIMIT)
    if not any(sign.isalnum() for sign in name):
        raise Refusal("An account's name needs a letter or two, for example “Preservation Week”.")
    return renamed(account, name)


def renamed_short(account: Account, short: str) -> Account:
    """The account under another short name; the old one still leads to it, and to no other account."""
    past = tuple(one for one in (*account.past_shorts, account.short) if one != short)
    return replace(account, short=short, past_shorts=tuple(dict.fromkeys(past)))


def _undo_edit(account: Account, what: What, before: str) -> tuple[Control, ...]:
    """The button that puts the old text back, where that fits a button."""
    try:
        values = {"account": account.short, "what": what.value, "words": before or "none"}
        return (Button(cut(f"Undo: {what} of {account.short}"), "account edit", values),)
    except ValueError:
        return ()
