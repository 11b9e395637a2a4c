"""How accounts are doing: mine or all, one by itself, and what was posted on it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from bot.core.chat import Block, Button, Card, Control, Facts, Inline, Link, Moment, Note, Reply, Row, Rows, Text, Words
from bot.core.pages import PAGE, page_of, turns
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.accounts.model import Account
from bot.topics.accounts.options import AnAccount, holds, owns_or_coordinates
from bot.topics.posting.cadence import cadence_words, shipped_defaults
from bot.topics.posting.chain import Stage
from bot.topics.posting.evidence import State
from bot.topics.posting.model import Post, Watch
from bot.topics.posting.options import AWhose, Whose
from bot.topics.posting.reminders import asked_of
from bot.topics.posting.rows import due_controls, hand_row, look_row, question_controls
from bot.topics.posting.sentences import state_words
from bot.topics.posting.watching import Look, last_posts, look_at, team_calendar
from bot.topics.team.facts import HomeOpened, Section
from bot.topics.team.model import Volunteer

HOME_WEIGHT = 10


class Listed(Struct, frozen=True):
    """The accounts of a list, whose they are in words, and whether owners are named beside them."""

    accounts: Sequence[Account]
    title: str
    owners: bool = False


def gaps(context: Context, whose: AWhose | None = None, page: int = 1) -> Reply:
    """How your accounts are doing: which could use a post, and which are fine. Only you see it.

    whose: mine, all or a volunteer's, if you are a coordinator; yours first if left out
    page: which page of a long list
    """
    listed = _chosen(context, whose)
    if not listed.accounts:
        return _nothing(context, whose)
    shown, first, last = page_of(listed.accounts, page)
    looks = looks_at(context, shown)
    rows = tuple(look_row(one, context.now, _owner_words(context, one) if listed.owners else "") for one in looks)
    return Card(
        "How it goes",
        _summary(looks, listed.title),
        (Rows(rows, first, len(listed.accounts)),),
        _turns(whose, first, last),
    )


def _chosen(context: Context, whose: Whose | None) -> Listed:
    """The accounts that are asked for, those that could use a post first. Raises Refusal where they are others'."""
    me = context.asker.volunteer
    coordinates = context.asker.role >= Role.COORDINATOR
    one = whose.volunteer if whose else None
    if (whose is None and not coordinates) or (one is not None and one.id == me):
        return Listed(_by_need(context, context.records.find(Account, owner=me)), "your accounts")
    if not coordinates:
        raise Refusal("Only a coordinator can see how others' accounts go. Type `gaps` for yours.", option="whose")
    if one is not None:
        return Listed(_by_need(context, context.records.find(Account, owner=one.id)), f"the accounts of {one.name}")
    every = _by_need(context, context.records.find(Account))
    return Listed(sorted(every, key=lambda one: one.owner != me), "the team's accounts", owners=True)


def _by_need(context: Context, accounts: Sequence[Account]) -> list[Account]:
    """Those that are not retired, as they want a post by what was last worked out; those without a date come last."""
    known = {one.id: one for one in context.records.find(Watch)} if len(accounts) > PAGE else {}

    def place(account: Account) -> tuple[bool, datetime, str]:
        watch = known.get(account.id) or (None if known else context.records.get(Watch, account.id))
        due = watch.due if watch else look_at(context.records, account, context.now).judged.due
        return due is None, due or context.now, account.short

    return sorted((one for one in accounts if one.live), key=place)


def looks_at(context: Context, accounts: Sequence[Account]) -> list[Look]:
    """The accounts as they stand now."""
    calendar = team_calendar(context.records)
    defaults = shipped_defaults()
    return [look_at(context.records, one, context.now, calendar=calendar, defaults=defaults) for one in accounts]


def _summary(looks: Sequence[Look], title: str) -> str:
    due = [one.account.short for one in looks if one.judged.state is State.DUE]
    if due:
        return f"Of {title}, {_list(due)} could use a post."
    asked = [one.account.short for one in looks if one.judged.state is State.NO_RECORD]
    if asked:
        return f"Of {title}, none needs a post now; nothing is recorded yet on {_list(asked)}."
    return f"Of {title}, none needs a post now."


def _list(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _owner_words(context: Context, look: Look) -> str:
    account = look.account
    owner = context.records.get(Volunteer, account.owner) if account.owner else None
    return f"Owner: {owner.name}" if owner else "Nobody owns it"


def _turns(whose: Whose | None, first: int, last: int) -> tuple[Control, ...]:
    said = {} if whose is None else {"whose": whose.volunteer.id if whose.volunteer else "all"}
    return turns("accounts", "gaps", said, first, last)


def _nothing(context: Context, whose: Whose | None) -> Card:
    one = whose.volunteer if whose else None
    if one is not None and one.id != context.asker.volunteer:
        return Card(
            "How it goes", f"{one.name} owns no account.", controls=(Button("See all", "gaps", {"whose": "all"}),)
        )
    if context.asker.role >= Role.COORDINATOR and one is None:
        return Card("How it goes", "There is no account yet. Type `account add` to put in the first one.")
    return Card(
        "How it goes",
        "You own no account, so nothing waits for you. Want one? See which are free.",
        controls=(Button("Accounts without an owner", "accounts", {"which": "nobody"}),),
    )


def last(context: Context, account: AnAccount) -> Reply:
    """How one account is doing, its last post, and what you can say about it.

    account: the account, such as ce-x
    """
    look = look_at(context.records, account, context.now)
    pairs: list[tuple[str, Text]] = [("Rhythm", _rhythm_words(look))]
    newest = last_posts(context.records, account.id, None)
    if newest:
        pairs.append(("Last post", _post_text(context, newest[0])))
    if look.watch.normal_at is not None:
        pairs.append(("Posting as normal, as of", (Moment(look.watch.normal_at),)))
    for label, id in (("Owner", account.owner), ("Backup", account.backup)):
        volunteer = context.records.get(Volunteer, id) if id else None
        pairs.append((label, volunteer.name if volunteer else "nobody"))
    return Card(
        account.short, f"{state_words(look, context.now)}.", (Facts(tuple(pairs)),), _last_controls(context, look)
    )


def _rhythm_words(look: Look) -> str:
    words = cadence_words(look.cadence)
    return f"{words}, as {look.source.short}, which it repeats" if look.source else words


def _last_controls(context: Context, look: Look) -> tuple[Control, ...]:
    account = look.account
    values = {"account": account.short}
    history = Button(f"Posts on {account.short}", "posts", values)
    if context.asker.role < Role.VOLUNTEER:
        return (history,)
    mine = holds(context, account) or context.asker.role >= Role.COORDINATOR
    if look.source is not None or not mine or not account.live:
        return Button(f"Posted on {account.short}", "posted", values), history
    if look.judged.state is State.NO_RECORD:
        controls = question_controls(account, full=True)
    else:
        controls = due_controls(account, full=True)
    if not owns_or_coordinates(context, account):
        controls = tuple(one for one in controls if not (isinstance(one, Button) and one.command == "reminder answer"))
    return *controls, history


def _post_text(context: Context, post: Post) -> tuple[Inline, ...]:
    by = context.records.get(Volunteer, post.by) if post.by else None
    said: list[Inline] = [Moment(post.at)]
    said += [f" ({post.kind.value})"] if post.kind else []
    said += [f", noted by {by.name}"] if by else []
    said += [", ", Link("the post", post.link)] if post.link else []
    return tuple(said)


def posts(context: Context, account: AnAccount, page: int = 1) -> Reply:
    """What was posted on an account, as far as anybody has told me, newest first.

    account: the account, such as ce-x
    page: which page of a long list
    """
    total = context.records.count(Post, account=account.id)
    values = {"account": account.short}
    if not total:
        return Card(
            f"Posts on {account.short}",
            f"Nothing is recorded on {account.short} yet. After a post, type `posted {account.short}`.",
            controls=(Button(f"Posted on {account.short}", "posted", values),),
        )
    last_page = -(-total // PAGE)
    page = min(max(page, 1), last_page)
    found = context.records.find(Post, account=account.id, order="-at", limit=PAGE, offset=(page - 1) * PAGE)
    rows = tuple(Row(_post_text(context, one), one.words, _take_back(context, account, one)) for one in found)
    return Card(
        f"Posts on {account.short}",
        f"{total} {'post is' if total == 1 else 'posts are'} recorded on {account.short}.",
        (Rows(rows, (page - 1) * PAGE + 1, total),),
        turns(f"posts on {account.short}", "posts", values, (page - 1) * PAGE + 1, last_page),
    )


def _take_back(context: Context, account: Account, post: Post) -> tuple[Control, ...]:
    mine = bool(context.asker.volunteer) and post.by == context.asker.volunteer
    if not (mine or holds(context, account) or context.asker.role >= Role.COORDINATOR):
        return ()
    if context.asker.role < Role.VOLUNTEER:
        return ()
    return (Button(f"Undo on {account.short}", "undo", {"account": account.short, "post": post.id}),)


def posting_home(context: Context, opened: HomeOpened) -> Section | None:
    """What posting shows at home: my accounts and their state, and those that I am asked to lend a hand with."""
    if opened.volunteer is None:
        return None
    me = opened.volunteer
    own = _by_need(context, context.records.find(Account, owner=me.id))
    helped = [one for one in asked_of(context, me) if one.watch.chain.stage is Stage.BACKUP]
    blocks: list[Block] = []
    if own:
        rows = tuple(look_row(one, context.now) for one in looks_at(context, own[:PAGE]))
        blocks += [Words("Your accounts:"), Rows(rows, total=len(rows))]
    if len(own) > PAGE:
        blocks.append(Note(f"And {len(own) - PAGE} more."))
    if helped:
        blocks.append(Rows(tuple(hand_row(one, context.now) for one in helped[:PAGE]), total=len(helped)))
    every = (Button("See all my accounts", "gaps"),) if len(own) > PAGE else ()
    return Section(HOME_WEIGHT, tuple(blocks), every) if blocks else None
