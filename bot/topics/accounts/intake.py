"""From a sheet to a plan: which accounts would be added or changed, or what has to be put right first. All of it pure.

Nothing is taken unless all is well.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.core.words import shown
from bot.topics.accounts.cells import Draft, read_cells
from bot.topics.accounts.keys import plain
from bot.topics.accounts.model import Account, MirrorKind, Part
from bot.topics.accounts.naming import made_short, renamed, renamed_handle, same_handle, taken_shorts
from bot.topics.accounts.sheet import Fault, Table, read_table


class Proposed(Struct, frozen=True):
    """Somebody (by name) whom the sheet wants asked to be the owner or backup of the account with this short name."""

    short: str
    part: Part
    name: str


class Plan(Struct, frozen=True):
    """What a sheet would do. With `errors`, it does nothing.

    In `accounts`, a new one has an empty id, and `mirror_of` and `merged_into` are short names, to be resolved when the
    plan is applied. Owners and backups are as they were: who is named in the sheet is in `offers`, to be asked.
    `names` are all people named, each once.
    """

    preview: tuple[str, ...] = ()
    errors: tuple[Fault, ...] = ()
    accounts: tuple[Account, ...] = ()
    names: tuple[str, ...] = ()
    offers: tuple[Proposed, ...] = ()


def plan(text: str, existing: Sequence[Account], people: Mapping[str, str] | None = None) -> Plan:
    """What the sheet would do to the `existing` accounts; `people` are the names, by id, of who may own them."""
    table = read_table(text)
    if table.faults and not table.rows:
        return Plan(errors=table.faults)
    faults = list(table.faults)
    drafts = [Draft(row, cells) for row, cells in table.rows]
    for draft in drafts:
        draft.faults = read_cells(draft)
        faults += draft.faults
    if not drafts:
        faults.append(Fault(0, "", "There is no account in this file yet. Each row below the first is one."))
    faults += _name([draft for draft in drafts if draft.told], existing)
    faults += _doubles(drafts, existing)
    faults += _relations(drafts, existing, all(draft.account for draft in drafts))
    if faults:
        return Plan(errors=tuple(sorted(faults, key=lambda one: (one.row, one.column))))
    return _planned(table, drafts, existing, people or {})


def by_shorts(account: Account, shorts: Mapping[str, str]) -> Account:
    """An account that is there, with the short names of those it leads to in the place of their ids, as in a plan."""
    return replace(
        account,
        mirror_of=shorts.get(account.mirror_of, ""),
        merged_into=shorts.get(account.merged_into, ""),
    )


# -- all rows together -----------------------------------------------------------------------------------------------


def _name(drafts: Sequence[Draft], existing: Sequence[Account]) -> list[Fault]:
    """Find each row's account among the existing ones, and give a short name to each new one without."""
    by_short = {one.short: one for one in existing}
    shorts = {one.id: one.short for one in existing}
    taken = set(taken_shorts(existing)) | {draft.values["short"] for draft in drafts if draft.values.get("short")}
    faults: list[Fault] = []
    for draft in drafts:
        short = draft.values.get("short") or ""
        draft.before = by_short.get(short) if short else _same(draft, existing)
        before = draft.before
        past = taken_shorts(existing).get(short) if short and before is None else None
        if past is not None:
            faults.append(Fault(draft.row, "short_name", f"this was the short name of what is now {past.short}."))
            continue
        if not short:
            short = before.short if before else made_short(draft.values["name"], draft.values["network"], taken)
            taken.add(short)
        if before is not None:
            base = by_shorts(before, shorts)
        else:
            base = Account("", short, draft.values["name"], draft.values["network"])
        draft.account = _made(draft, base, short)
    return faults


def _made(draft: Draft, base: Account, short: str) -> Account:
    """The account that a row makes of what it was; names and handles that it had still lead to it."""
    values = {**draft.values, "short": short}
    if values.get("mirror_of") and not values.get("mirror_kind"):
        values["mirror_kind"] = base.mirror_kind or MirrorKind.REWORDED
    if draft.before is not None and values["name"] != base.name:
        values["aliases"] = renamed(replace(base, aliases=values.get("aliases", base.aliases)), values["name"]).aliases
    if draft.before is not None and "handle" in values:
        past = values.get("past_handles", base.past_handles)
        values["past_handles"] = renamed_handle(replace(base, past_handles=past), values["handle"]).past_handles
    return replace(base, **values)


def _same(draft: Draft, existing: Sequence[Account]) -> Account | None:
    """The existing account that a row without a short name is about: by its handle, else by name and network."""
    network, handle = draft.values["network"], draft.values.get("handle", "")
    same = [one for one in existing if same_handle(one, network, handle)]
    if not same:
        wanted = plain(draft.values["name"])
        same = [one for one in existing if one.network == network and plain(one.name) == wanted and not one.handle]
    return same[0] if len(same) == 1 else None


def _doubles(drafts: Sequence[Draft], existing: Sequence[Account]) -> list[Fault]:
    """Rows that are there twice, or that take another account's short name or handle."""
    faults: list[Fault] = []
    shorts: dict[str, int] = {}
    handles: dict[tuple[str, str], int] = {}
    names: dict[tuple[str, str], int] = {}
    touched = {draft.before.id for draft in drafts if draft.before}
    for draft in drafts:
        account = draft.account
        if account is None:
            continue
        for short in dict.fromkeys((account.short, *account.past_shorts)):
            if short in shorts:
                faults.append(Fault(draft.row, "short_name", f"{short} is in row {shorts[short]} already."))
            shorts.setdefault(short, draft.row)
        handle = plain(account.handle)
        if handle and account.live:
            key = (account.network, handle)
            if key in handles:
                faults.append(Fault(draft.row, "handle", f"this handle is in row {handles[key]} already."))
            handles.setdefault(key, draft.row)
        others = (one for one in existing if one.id not in touched)
        same = next((one for one in others if account.live and same_handle(one, account.network, account.handle)), None)
        if same is not None:
            faults.append(Fault(draft.row, "handle", f"this is {same.short}'s handle already."))
        if not draft.values.get("short") and not handle:
            name = (account.network, plain(account.name))
            if name in names:
                again = f"this account is in row {names[name]} already. If it is another one, give it a short name."
                faults.append(Fault(draft.row, "name", again))
            names.setdefault(name, draft.row)
    return faults


def _relations(drafts: Sequence[Draft], existing: Sequence[Account], whole: bool) -> list[Fault]:
    """Accounts that repeat, or went into, one that is not there; or that repeat themselves over a circle.

    Unless the sheet is `whole`, the one that is not there may be in a row that has to be put right first.
    """
    ids = {one.id: one.short for one in existing}
    sources = {one.short: ids.get(one.mirror_of, "") for one in existing}
    sources |= {draft.account.short: draft.account.mirror_of for draft in drafts if draft.account}
    faults: list[Fault] = []
    for draft in drafts:
        account = draft.account
        if account is None:
            continue
        for column, short in (("mirror_of", account.mirror_of), ("merged_into", account.merged_into)):
            if whole and short and short not in sources:
                faults.append(Fault(draft.row, column, f"there is no account with the short name “{shown(short)}”."))
        known = "status" not in [fault.column for fault in draft.faults]
        if known and account.merged_into and (account.live or account.merged_into == account.short):
            faults.append(Fault(draft.row, "merged_into", "only a retired account can have gone into another one."))
        at, seen = account.mirror_of, {account.short}
        while at and at not in seen:
            seen.add(at)
            at = sources.get(at, "")
        if at == account.short:
            faults.append(Fault(draft.row, "mirror_of", "it would repeat itself."))
    return faults


# -- the plan --------------------------------------------------------------------------------------------------------


def _planned(table: Table, drafts: Sequence[Draft], existing: Sequence[Account], people: Mapping[str, str]) -> Plan:
    accounts = tuple(draft.account for draft in drafts if draft.account)
    offers: list[Proposed] = []
    for draft in drafts:
        for part, name in draft.people.items():
            held = (draft.before.owner if part is Part.OWNER else draft.before.backup) if draft.before else ""
            if name and draft.account and people.get(held, "").casefold() != name.casefold():
                offers.append(Proposed(draft.account.short, part, name))
    named: dict[str, str] = {}
    for draft in drafts:
        for name in draft.people.values():
            named.setdefault(name.casefold(), name)
    named.pop("", None)
    return Plan(_preview(drafts, existing, offers), (), accounts, tuple(named.values()), tuple(offers))


def _preview(drafts: Sequence[Draft], existing: Sequence[Account], offers: Sequence[Proposed]) -> tuple[str, ...]:
    shorts = {one.id: one.short for one in existing}

    def same(draft: Draft) -> bool:
        return draft.before is not None and by_shorts(draft.before, shorts) == draft.account

    new = [draft for draft in drafts if draft.before is None]
    changed = [draft for draft in drafts if draft.before is not None and not same(draft)]
    count = "1 account" if len(drafts) == 1 else f"{len(drafts)} accounts"
    kept = len(drafts) - len(new) - len(changed)
    lines = [f"{count}: {len(new)} new, {len(changed)} changed, {kept} as before."]
    made = [draft.account for draft in drafts if draft.account and not draft.values.get("short") and not draft.before]
    lines += [f"Short name made: {one.short} for {one.name}." for one in made]
    asked: dict[str, list[str]] = {}
    spelt: dict[str, str] = {}
    for one in offers:
        name = spelt.setdefault(one.name.casefold(), one.name)
        asked.setdefault(name, []).append(one.short + (" (backup)" if one.part is Part.BACKUP else ""))
    lines += [f"{name} is asked about {', '.join(shorts)}." for name, shorts in asked.items()]
    owned = {one.short for one in offers if one.part is Part.OWNER}
    free = [d.account.short for d in drafts if d.account and d.account.live and not d.account.owner]
    without = [short for short in free if short not in owned]
    lines += [f"Nobody yet for: {', '.join(without)}."] if without else []
    return tuple(lines)
