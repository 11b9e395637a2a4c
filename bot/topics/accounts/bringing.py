"""Accounts from a CSV file in the chat: what it would do is shown, and done when a coordinator says so."""

import hashlib
from collections.abc import Mapping
from typing import Annotated

from msgspec.structs import fields

from bot.core.chat import Block, Button, Card, Control, Note, Reply, Row, Rows, Style
from bot.core.files import AFile, ask_for_content, is_name
from bot.core.pages import page_of, turns
from bot.core.ports import Records
from bot.core.router import Context, Option
from bot.core.words import shown
from bot.errors import Refusal
from bot.topics.accounts.changing import KEPT_FOR, SHEET
from bot.topics.accounts.importing import apply, names_of_people
from bot.topics.accounts.intake import Plan, by_shorts, plan
from bot.topics.accounts.model import Account, Offer, Sheet
from bot.topics.accounts.options import all_accounts, title
from bot.topics.accounts.sheet import DELIMITERS

LINE_LIMIT = 600  # characters of one line of a preview
NAMED = 10  # people in one sentence
WANTED = "The CSV file, beginning with the row that names the columns"
ONE_LINE = (
    "That is one line only. I need the file itself, or all that is in it, beginning with the names of its columns."
)
SEE_ALL = Button("See all accounts", "accounts")
IN_WORDS: Mapping[str, str] = {"every": "cadence", "days": "days that count", "mirror_kind": "kind of mirror"}


def _read_sheet(context: Context, text: str) -> Sheet:
    found = context.records.get(Sheet, text.strip())
    if found is None or found.made + KEPT_FOR <= context.now:
        raise Refusal(
            "This sheet is not waiting any more: it was imported, replaced by a newer one, or is older than a day. "
            "`accounts` shows what is there; `account import` takes a file again."
        )
    return found


ASheet = Annotated[Sheet, Option(_read_sheet)]
"""A sheet that waits for a yes, by its id."""


def account_import(context: Context, file: AFile) -> Reply:
    """Bring in accounts from a CSV file. I show what it would change, and change it when you say so.

    file: the CSV file, or all that is in it behind the command; never with passwords
    """
    if is_name(file, DELIMITERS):
        return ask_for_content(context, "account import", file, WANTED, ONE_LINE)
    return _shown(context, file, _plan(context, file))


def account_preview(context: Context, sheet: ASheet, page: int = 1) -> Reply:
    """Another page of what a sheet would change.

    sheet: the sheet's id, from its preview
    page: which page
    """
    return _card(sheet, page)


def account_bring_in(context: Context, sheet: ASheet) -> Reply:
    """Import a sheet that was shown, unless what it would change is not what was shown any more.

    sheet: the sheet's id, from its preview
    """
    if not sheet.text:
        raise Refusal("This sheet needs a few changes first. Please send it again with `account import`.")
    found = _plan(context, sheet.text)
    if _seen(context, found) != sheet.seen:
        changed = "The directory has changed since you looked, so nothing was imported."
        return _shown(context, sheet.text, found, changed)
    count, asked = _count(context, found), _asked_anew(context, found)
    done = apply(context, found)
    context.records.remove(Sheet, sheet.id)
    context.records.wake(SHEET, sheet.id, None)
    said = f"{_accounts(count)} imported." if count else "The directory is as it was."
    blocks: list[Block] = []
    controls: list[Control] = [SEE_ALL]
    if asked:
        blocks.append(Note("Who is named as owner or backup is asked; an account is theirs when they accept."))
    if done.invited:
        names = ", ".join(one.name for one in done.invited[:NAMED])
        more = f" and {len(done.invited) - NAMED} more" if len(done.invited) > NAMED else ""
        said += f" New in the team, and invited: {names}{more}. They type `join`, or you say who they are."
        controls.insert(0, Button("Match invited names", "team match"))
    return Card("Imported", said, tuple(blocks), tuple(controls))


def forget_sheet(context: Context, id: str) -> None:
    """A sheet that nobody imported within a day is forgotten."""
    sheet = context.records.get(Sheet, id)
    if sheet is None:
        return
    if sheet.made + KEPT_FOR > context.now:
        context.records.wake(SHEET, id, sheet.made + KEPT_FOR)
    else:
        context.records.remove(Sheet, id)


# -- what was sent in ------------------------------------------------------------------------------------------------


def _plan(context: Context, text: str) -> Plan:
    return plan(text, all_accounts(context.records), names_of_people(context.records))


def _keep(context: Context, sheet: Sheet) -> Sheet:
    """Keep the sheet until it is imported, a day at most, in the place of what the same coordinator sent before."""
    records = context.records
    for old in records.find(Sheet, by=sheet.by):
        records.remove(Sheet, old.id)
        records.wake(SHEET, old.id, None)
    records.put(sheet)
    records.wake(SHEET, sheet.id, sheet.made + KEPT_FOR)
    return sheet


def _seen(context: Context, found: Plan) -> str:
    """What the plan does and the accounts that it does it to, as one short word."""
    wanted = {one.id for one in found.accounts if one.id}
    touched = [one for one in all_accounts(context.records) if one.id in wanted]
    return hashlib.sha256(repr((found, touched)).encode()).hexdigest()[:32]


# -- how it is shown -------------------------------------------------------------------------------------------------


def _shown(context: Context, text: str, found: Plan, before: str = "") -> Reply:
    """What the sheet would do, kept for the button that does it; or what has to be put right in it."""
    if any(fault.secret for fault in found.errors):
        return _give_away(found)
    count, asked = _count(context, found), _asked_anew(context, found)
    if found.errors:
        text, label, lines = "", "", [fault.words for fault in found.errors]
        head = "Nothing was imported. Please put this right in the file and send it again."
    elif count or asked:
        label = f"Import {_accounts(count)}" if count else "Ask those who are named"
        head, lines = f"{found.preview[0]} Nothing is imported yet.", _lines(context, found)
    else:
        said = f"{before} Everything in this sheet is in the directory already, just as it says."
        return Card("Nothing to import", said.strip(), controls=(SEE_ALL,))
    id, by, short = context.chance.id(), context.asker.volunteer, tuple(shown(line, LINE_LIMIT) for line in lines)
    sheet = Sheet(id, by, context.now, text, _seen(context, found), f"{before} {head}".strip(), label, short)
    return _card(_keep(context, sheet), 1)


def _give_away(found: Plan) -> Card:
    """Of a sheet with passwords nothing is kept, not even what else is wrong with it."""
    secrets = [fault.words for fault in found.errors if fault.secret]
    several, first, _last = page_of(secrets, 1)
    rows = Rows(tuple(Row(line) for line in several), first, len(secrets))
    return Card("Not imported", "This file gives something away, so I have kept nothing of it.", (rows,))


def _card(sheet: Sheet, page: int) -> Card:
    several, first, last = page_of(sheet.lines, page)
    rows = Rows(tuple(Row(line) for line in several), first, len(sheet.lines))
    values = {"sheet": sheet.id}
    if not sheet.text:
        return Card("Not imported", sheet.head, (rows,), turns("mistakes", "account preview", values, first, last))
    take = Button(sheet.label, "account bring-in", values, Style.PRIMARY)
    return Card(
        "Is this right?",
        sheet.head,
        (rows, Note("The sheet waits for your answer for a day, then it is forgotten.")),
        (take, *turns("lines", "account preview", values, first, last)),
    )


def _accounts(count: int) -> str:
    return f"{count:,} account" if count == 1 else f"{count:,} accounts"


def _changes(records: Records, found: Plan) -> list[tuple[Account, Account]]:
    """The accounts that are there and would be changed: as they are, and as they would be."""
    existing = all_accounts(records)
    shorts = {one.id: one.short for one in existing}
    known = {one.id: by_shorts(one, shorts) for one in existing}
    return [(known[one.id], one) for one in found.accounts if one.id and known[one.id] != one]


def _count(context: Context, found: Plan) -> int:
    """How many accounts would be added or changed."""
    return sum(not one.id for one in found.accounts) + len(_changes(context.records, found))


def _asked_anew(context: Context, found: Plan) -> bool:
    """Would anybody be asked who is not asked already?"""
    records = context.records
    ids = {name.casefold(): id for id, name in names_of_people(records).items()}
    accounts = {one.short: one.id for one in found.accounts}
    return any(
        not (person := ids.get(one.name.casefold()))
        or not records.count(Offer, account=accounts[one.short], part=one.part, to=person)
        for one in found.offers
    )


def _lines(context: Context, found: Plan) -> list[str]:
    """What the plan would do: accounts changed, accounts added, then who is asked, and what has nobody."""
    changed = [
        f"Changed: {after.short} ({_differences(was, after)})." for was, after in _changes(context.records, found)
    ]
    return [*changed, *(f"New: {title(one)}." for one in found.accounts if not one.id), *found.preview[1:]]


def _differences(was: Account, after: Account) -> str:
    names = [each.name for each in fields(Account) if getattr(was, each.name) != getattr(after, each.name)]
    return ", ".join(IN_WORDS.get(name, name.replace("_", " ")) for name in names)
