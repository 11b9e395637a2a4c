"""Where the topic's records meet the pure half: what a draft is made from is read, and becomes wordings."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.model import Account, MirrorKind
from bot.topics.drafting.excerpts import READ, beginning, excerpt
from bot.topics.drafting.facts import Facts, Known
from bot.topics.drafting.limits import limits_of
from bot.topics.drafting.model import Draft, DraftState, Tip, Week
from bot.topics.drafting.tips import tip_of
from bot.topics.drafting.voices import voice_of
from bot.topics.posting.model import Post
from bot.topics.team.nudging import team_of

if TYPE_CHECKING:
    from bot.topics.drafting.composing import Composed

FEW = 1000  # characters of a text in which an answer is seen wherever it stands
BEFORE = 500  # characters of a longer one that stand before the answer: nobody drafts from its end
LEAST = 1000  # characters of a tip that are read, whatever was answered
SHORT_NAME = 12  # letters of a name in capitals that is taken for an acronym


class Source(Struct, frozen=True):
    """What a draft is made from: the tip or the post (their ids), and all that was said, an answer included."""

    text: str
    facts: Facts
    tip: str = ""
    post: str = ""
    added: tuple[int, int] = (0, 0)  # where in it stands what was answered, if anything was asked
    week: Week | None = None  # which week "next Friday" belongs to, where a volunteer said so
    long: bool = False  # there is more of it than was read


def source_of_tip(context: Context, tip: Tip, answer: str = "") -> Source:
    """All that a draft may be made of, read as on the day on which it was given; never the private note."""
    whole = tip_of(context.records, tip.id) or tip
    link = whole.link if whole.link not in whole.text else ""
    return _source(context, (whole.text, link, answer), whole, tip=whole.id)


def source_of_post(context: Context, post: Post, answer: str = "") -> Source:
    """A recorded post with its words, mostly another account's."""
    link = post.link if post.link not in post.words else ""
    return _source(context, (post.words, link, answer), post, post=post.id)


def source_of_draft(context: Context, draft: Draft) -> Source | None:
    """What the draft was made from, as it is now, and what was answered; None where it was written by hand."""
    tip = tip_of(context.records, draft.tip)
    if tip is not None:
        return source_of_tip(context, tip, draft.answer)
    post = context.records.get(Post, draft.of_post) if draft.of_post else None
    return source_of_post(context, post, draft.answer) if post is not None and post.words else None


def _source(context: Context, said: tuple[str, str, str], of: Tip | Post, *, tip: str = "", post: str = "") -> Source:
    """Made from a text, its link and what was answered: of a long text, an excerpt."""
    text, link, answer = said
    read = excerpt(text, max(LEAST, READ - len(link) - len(answer)))
    before = beginning(read, BEFORE) if answer and len(read) > FEW else read
    after = "\n".join(part for part in (read[len(before) :].lstrip(), link) if part)
    lines = (before, answer, after) if before != read else (before, after, answer)
    whole = "\n".join(part for part in lines if part)
    at = len(before) + 1 if before != read else len(whole) - len(answer)
    since = of.given if isinstance(of, Tip) else of.at
    zone = ZoneInfo(team_of(context.records).zone)
    week = of.week if isinstance(of, Tip) else None
    facts = _read(whole, since, zone, known_names(context.records), later=week is not Week.THIS)
    return Source(whole, facts, tip, post, (at, at + len(answer)), week, len(read) < len(text))


@lru_cache(maxsize=32)
def _read(text: str, since: datetime, zone: ZoneInfo, known: Known, *, later: bool) -> Facts:
    """What the text says: read once for a command that looks at it several times, and for the button pressed next."""
    from bot.topics.drafting.reading import read_tip  # noqa: PLC0415 - its patterns take long to compile, and few commands draft

    return read_tip(text, since, zone, known, later=later)


def known_names(records: Records) -> Known:
    """The names that the team's own directory knows, and what their acronyms stand for."""
    accounts = records.find(Account, order="short")
    team = team_of(records).name
    names = dict.fromkeys(name for name in (team, *(one.name for one in accounts)) if name)
    acronyms = [
        (alias, one.name)
        for one in accounts
        for alias in one.aliases
        if alias.isupper() and alias.isalpha() and len(alias) <= SHORT_NAME
    ]
    return Known(tuple(names), tuple(dict.fromkeys(acronyms)))


def composed(
    context: Context, account: Account, source: Source, *, without: bool = False, avoid: Sequence[str] = ()
) -> "Composed":
    """Wordings for the account, best first, and the one question where something that is needed is missing.

    An account that repeats another one word for word gets that one's words; a reworded mirror differs from its other
    half (`avoid` are texts of it that are not kept yet).
    """
    from bot.topics.drafting.composing import compose  # noqa: PLC0415 - as above

    speaker = _speaker(context.records, account)
    limits, voice = limits_of(speaker.network), voice_of(context.records, speaker)
    reposted = _reposted(context.records, source)
    differing = (*avoid, *_other_half(context.records, account, source))
    made = compose(source.facts, limits, voice, without=without, avoid=differing, repost_of=reposted)
    if made.texts or not differing:
        return made
    # Where the tip says too little for two wordings, the checker remarks that both halves say the same.
    return compose(source.facts, limits, voice, without=without, repost_of=reposted)


def _speaker(records: Records, account: Account) -> Account:
    """The account whose words these are: for one that repeats another word for word, that other one."""
    if account.mirror_kind is MirrorKind.IDENTICAL:
        source = records.get(Account, account.mirror_of)
        if source is not None and source.live:
            return source
    return account


def partners(records: Records, account: Account, kind: MirrorKind) -> list[Account]:
    """The accounts that say the same as this one, in other words or in the same, as `kind` has it."""
    found = records.find(Account, mirror_of=account.id, mirror_kind=kind)
    source = records.get(Account, account.mirror_of) if account.mirror_kind is kind else None
    return [*([source] if source is not None else []), *found]


def _other_half(records: Records, account: Account, source: Source) -> list[str]:
    if not source.tip:
        return []
    halves = {one.id for one in partners(records, account, MirrorKind.REWORDED)}
    drafts = records.find(Draft, tip=source.tip) if halves else []
    return [one.text for one in drafts if one.account in halves and one.state is not DraftState.DROPPED]


def _reposted(records: Records, source: Source) -> str:
    """What the account is called whose post this is made from."""
    post = records.get(Post, source.post) if source.post else None
    account = records.get(Account, post.account) if post else None
    return (account.handle or account.name) if account else ""


def with_answer(draft: Draft, words: str) -> Draft:
    """The draft with something more to be made of."""
    return replace(draft, answer=f"{draft.answer}\n{words}".strip())
