"""Drafts that are not out yet, as lists, and one by itself."""

from enum import StrEnum
from typing import Annotated

from bot.core.chat import Button, Card, Reply, Row, Rows
from bot.core.pages import page_of, turns
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.accounts.options import holds
from bot.topics.drafting.card import draft_card, state_words
from bot.topics.drafting.keeping import (
    in_use,
    may_approve,
    read_button,
    wrote,
)
from bot.topics.drafting.model import Draft, DraftState
from bot.topics.drafting.options import ADraft, gist, open_drafts, which_of
from bot.topics.team.model import Volunteer


class Which(StrEnum):
    """Which drafts to list."""

    MINE = "mine"
    REVIEW = "review"
    ALL = "all"


AList = Annotated[Which, which_of(Which)]


def drafts(context: Context, which: AList = Which.MINE, page: int = 1) -> Reply:
    """The drafts that are not out yet: yours, those that wait for your approval, or all.

    which: mine, review or all; yours if left out
    page: which page of a long list
    """
    found = listed(context, which)
    others = tuple(Button(f"Drafts: {one.value}", "drafts", {"which": one.value}) for one in Which if one is not which)
    if not found:
        empty = {
            Which.MINE: "You have no draft. Type `draft` and an account to get one.",
            Which.REVIEW: "No draft waits for your approval.",
            Which.ALL: "There is no draft. Type `draft` and an account to get one.",
        }
        return Card("Drafts", empty[which], controls=others)
    shown, first, last = page_of(found, page)
    rows = tuple(_row(context, one) for one in shown)
    said = {Which.MINE: "of yours", Which.REVIEW: "for your approval", Which.ALL: "in all"}[which]
    return Card(
        "Drafts",
        f"{len(found)} {'draft' if len(found) == 1 else 'drafts'} {said}.",
        (Rows(rows, first, len(found)),),
        (*turns("drafts", "drafts", {"which": which.value}, first, last), *others),
    )


def _row(context: Context, one: Draft) -> Row:
    account = context.records.get(Account, one.account)
    short = account.short if account else "?"
    controls = (read_button(one, account),) if account else ()
    return Row(f"{short}: {gist(one.text, 100)}", state_words(context, one), controls)


def listed(context: Context, which: Which) -> list[Draft]:
    """The drafts of a list, the last changed first."""
    found = open_drafts(context.records)
    me = context.records.get(Volunteer, context.asker.volunteer)
    if which is Which.REVIEW:
        waits = [one for one in found if one.state is DraftState.REVIEW and in_use(context.records, one)]
        return [one for one in waits if me is not None and may_approve(context.records, one, me)]
    if which is Which.MINE:
        return [one for one in found if wrote(context, one) or _cares(context, one)]
    return found


def _cares(context: Context, one: Draft) -> bool:
    account = context.records.get(Account, one.account)
    return account is not None and holds(context, account)


def read(context: Context, draft: ADraft) -> Reply:
    """Read a draft: its words, what the checker says, and what comes next.

    draft: which one
    """
    return draft_card(context, draft)
