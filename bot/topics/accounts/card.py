"""How accounts look: the card of one, its access record, and the buttons that lead to it."""

from datetime import date, datetime, time

from bot.core.chat import LABEL_LIMIT, Block, Button, Card, Control, Facts, Inline, Link, Moment, Note, Style, Text
from bot.core.plain import day
from bot.core.router import Context, Role
from bot.topics.accounts.changing import name_of, open_handover, show_handover
from bot.topics.accounts.model import Access, Account, Days, Handover, MirrorKind, Stage, Status
from bot.topics.accounts.networks import shown_network
from bot.topics.accounts.options import holds

STATUS = {
    Status.ACTIVE: "active",
    Status.QUIET: "quiet",
    Status.DORMANT: "dormant",
    Status.RETIRED: "retired",
    Status.UNKNOWN: "not known yet",
}


def show(account: Account) -> Button:
    """The button that shows an account."""
    return Button(f"Show {account.short}", "account show", {"account": account.short})


def cut(label: str) -> str:
    """A label that keeps to its limit."""
    return label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1] + "…"


def day_words(when: date) -> str:
    """`Tue 1 Dec 2026`."""
    return day(datetime.combine(when, time()))


def sees_access(context: Context, account: Account) -> bool:
    """The access record is for the owner, the backup and coordinators."""
    return holds(context, account) or context.asker.role >= Role.COORDINATOR


def is_member(context: Context) -> bool:
    """Is the asker in the team?"""
    return context.asker.role >= Role.OBSERVER


def account_card(context: Context, account: Account) -> Card:
    """All that the asker may see of an account."""
    blocks: list[Block] = [Facts(tuple(_facts(context, account)))]
    if sees_access(context, account):
        noted = context.records.get(Access, account.id) is not None
        access = access_facts(context, account) if noted else [("Access", "nobody has noted where the login is kept")]
        blocks.append(Facts(tuple(access)))
    blocks += _notes(context, account)
    return Card(account.short, summary(account), tuple(blocks), controls(context, account))


def summary(account: Account) -> str:
    """`ALCTS Continuing Education on X, @ALCTS_CE.`"""
    handle = f", {account.handle}" if account.handle else ""
    return f"{account.name} on {shown_network(account.network)}{handle}."


def _facts(context: Context, account: Account) -> list[tuple[str, Text]]:
    records = context.records
    earlier = ", ".join((*account.past_handles, *account.past_shorts))
    caps = [f"{account.cap_day} a day"] if account.cap_day else []
    caps += [f"{account.cap_week} a week"] if account.cap_week else []
    facts: list[tuple[str, Text]] = [
        ("Page", (Link(account.url, account.url),) if account.url else ""),
        ("Status", STATUS[account.status]),
        ("Purpose", account.purpose),
        ("Audience", account.audience),
        ("Themes", ", ".join(account.themes)),
        ("Also called", ", ".join(account.aliases)),
        ("Formerly", earlier),
        ("Followers", f"{account.followers:,}" if account.followers is not None else ""),
        ("Mirror of", mirror_words(context, account)),
    ]
    if is_member(context):
        facts += [
            ("Owner", _owner(context, account)),
            ("Backup", name_of(records, account.backup)),
            ("Rhythm", rhythm_words(account)),
            ("At most", " and ".join(caps)),
            ("Note", account.note),
        ]
    return [(label, value) for label, value in facts if value]


def rhythm_words(account: Account) -> str:
    """The account's own rhythm, `one post every 3 working days`; nothing where the network's usual one holds."""
    day = "working day" if account.days is Days.WORKING else "day"
    if account.per_week is not None:
        return f"{account.per_week} a week" + (", on working days" if account.days is Days.WORKING else "")
    if account.every is None:
        return ""
    many = f"{account.every} {day}s" if account.every > 1 else day
    return f"one post every {many}" if account.every else "no posts are wanted"


def _owner(context: Context, account: Account) -> str:
    if account.owner or account.unowned_until is None:
        return name_of(context.records, account.owner)
    return f"nobody, as agreed until {day_words(account.unowned_until)}"


def mirror_words(context: Context, account: Account) -> str:
    """`pw-x, reworded`, or nothing."""
    source = context.records.get(Account, account.mirror_of) if account.mirror_of else None
    if source is None:
        return ""
    return f"{source.short}, {'word for word' if account.mirror_kind is MirrorKind.IDENTICAL else 'reworded'}"


def access_facts(context: Context, account: Account) -> list[tuple[str, Text]]:
    """The access record in words; what is not noted says so."""
    access = context.records.get(Access, account.id) or Access(account.id)
    people = [name_of(context.records, one) for one in access.people] + list(access.others)
    works: tuple[Inline, ...] = ("nobody yet",)
    if access.confirmed is not None:
        works = (name_of(context.records, access.confirmed_by), ", ", Moment(access.confirmed))
    return [
        ("Can sign in", ", ".join(people) or "not noted yet"),
        ("Login kept in", access.kept_in or "not noted yet"),
        ("Second factor reaches", access.second_factor or "not noted yet"),
        ("Recovery reaches", access.recovery or "not noted yet"),
        ("Last confirmed to work by", works),
    ]


def lost_access(context: Context, account: Account) -> Handover | None:
    """The last handover, where it ended without the new owner's word that they can sign in."""
    found = context.records.find(Handover, account=account.id, stage=Stage.DONE, order="-ended", limit=1)
    return found[0] if found and found[0].lost_access else None


def _notes(context: Context, account: Account) -> list[Block]:
    records = context.records
    notes: list[Block] = []
    if account.merged_into and (into := records.get(Account, account.merged_into)):
        notes.append(Note(f"It was merged into {into.short}."))
    if not is_member(context):
        return notes
    handover = open_handover(records, account)
    if handover is not None:
        notes.append(Note(f"It is being handed over to {name_of(records, handover.taker)}."))
    if sees_access(context, account) and lost_access(context, account):
        notes.append(Note("Open since the last handover: its owner has not confirmed yet that they can sign in."))
    return notes


def controls(context: Context, account: Account) -> tuple[Control, ...]:
    """The usual next steps, for who the asker is to the account."""
    mine, role, short = context.asker.volunteer, context.asker.role, account.short
    values = {"account": short}
    if not account.live:
        restore = Button(f"Bring {short} back", "account restore", values)
        return (restore,) if role >= Role.COORDINATOR else ()
    found: list[Control] = []
    handover = open_handover(context.records, account) if is_member(context) else None
    if handover is not None and (sees_access(context, account) or mine == handover.taker):
        found.append(show_handover(account))
    if role >= Role.VOLUNTEER and not account.owner:
        found.append(Button(f"Look after {short}", "claim", values, Style.PRIMARY))
    if role >= Role.VOLUNTEER and not account.backup and account.owner and mine != account.owner:
        found.append(Button(f"Be the backup of {short}", "claim", {**values, "as": "backup"}))
    if role >= Role.COORDINATOR or (mine and mine == account.owner):
        found.append(Button(f"Edit {short}", "account edit", values))
    if sees_access(context, account):
        found.append(Button(f"Note the access of {short}", "access set", values))
    if mine and mine == account.owner and handover is None:
        found.append(Button(f"Hand over {short}", "handover start", values))
    if role >= Role.COORDINATOR and not account.owner:
        found.append(Button(f"Offer {short}", "offer", values))
    return tuple(found[:5])
