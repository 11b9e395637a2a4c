"""A draft held against its network's rules, the posting tips, the policy and what it was made from."""

from datetime import timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from bot.core.chat import Button, Control, LinkButton
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.changing import name_of
from bot.topics.accounts.model import Account, MirrorKind
from bot.topics.drafting.limits import limits_of
from bot.topics.drafting.making import Source, composed, partners
from bot.topics.drafting.model import Draft, HashtagLook, HashtagUse, Subject
from bot.topics.drafting.options import open_drafts
from bot.topics.drafting.policy import approvers_of, policy_of, ruling
from bot.topics.drafting.questions import Question
from bot.topics.drafting.remarks import Remark, Restricted, Setting, TagLook, TagUse, Twin
from bot.topics.drafting.rules import verdict
from bot.topics.drafting.tips import zone_of_team
from bot.topics.posting.model import Post, PostKind
from bot.topics.team.hours import DAY, local_day

BALANCE = timedelta(days=28)
WEEK = 7 * DAY
COMPARED = 60  # drafts and posts of other accounts that a text is compared with


NOWHERE = "stands nowhere in the tip: somebody's own words, or Steward's to join the parts"


class Said(Struct, frozen=True):
    """A part of a draft, and in a sentence where it comes from."""

    words: str
    told: str


def length_words(text: str, network: str) -> str:
    """How long a text is on a network, exactly: `123 of 280 characters`."""
    from bot.topics.drafting.lengths import measure  # noqa: PLC0415 - its patterns take long to compile, and few commands draft

    return measure(text, limits_of(network)).shown


def faults_of(text: str, network: str) -> tuple[str, ...]:
    """What the network would not take, in sentences."""
    from bot.topics.drafting.lengths import measure  # noqa: PLC0415 - as above

    length = measure(text, limits_of(network))
    over = () if length.fits else (f"It is {length.over:,} {length.unit} too long for this network.",)
    return (*over, *length.faults)


def doubts_on(draft: Draft, source: Source | None) -> list[str]:
    """Where the draft says something else than what it was made from, or leaves out what is needed."""
    from bot.topics.drafting.gate import compare  # noqa: PLC0415 - as above

    return [one.sentence for one in compare(source.facts, draft.text)] if source else []


def question_of(context: Context, draft: Draft, source: Source | None) -> Question | None:
    """What the draft lacks to be complete, as one question; nothing where somebody has changed its words since."""
    if source is None or draft.without:
        return None
    made = composed(context, _account(context.records, draft), source)
    return made.question if draft.text in made.texts else None


def _account(records: Records, draft: Draft) -> Account:
    return records.get(Account, draft.account) or Account(draft.account, "?", "", "other")


def sources_of(draft: Draft, source: Source) -> list[Said]:
    """Each part of the draft, a sentence or a line at a time, with the words that it comes from."""
    from bot.topics.drafting.tracing import traces  # noqa: PLC0415 - as above

    found = []
    for one in traces(source.facts, draft.text):
        if one.tip_start < 0:
            found.append(Said(one.words, NOWHERE))
            continue
        first, last = source.added
        told = "was added when I asked" if first <= one.tip_start < last else "the tip says"
        found += [Said(words, f"{told}: “{from_}”") for words, from_ in _by_sentence(one.words, one.tip_words)]
    return found


def _by_sentence(words: str, tip: str) -> list[tuple[str, str]]:
    """The same run of words as it stands in the draft and in the tip, cut where the draft's sentences end."""
    from bot.topics.drafting.sentences import stretches  # noqa: PLC0415 - as above

    parts = [words[one.start : one.end] for one in stretches(words)]
    told = tip.split()
    if sum(len(part.split()) for part in parts) != len(told):
        return [(words, tip)]
    cut = []
    for part in parts:
        count = len(part.split())
        cut.append((part, " ".join(told[:count])))
        told = told[count:]
    return cut


def remarks_on(context: Context, draft: Draft, source: Source | None) -> tuple[Remark, ...]:
    """What the checker says of a draft on its account, by the nine tips."""
    from bot.topics.drafting.checks import check  # noqa: PLC0415 - as above

    account = _account(context.records, draft)
    return check(draft.text, limits_of(account.network), _setting(context, draft, account, source))


def remarks_on_text(context: Context, text: str) -> tuple[Remark, ...]:
    """What the checker says of a text that is for no account yet."""
    from bot.topics.drafting.checks import check  # noqa: PLC0415 - as above

    subjects = context.records.find(Subject, restricted=True)
    touched = verdict(policy_of(context.records), subjects, text).restricted
    uses, looks = _history(context, text)
    setting = Setting(uses=uses, looked=looks, restricted=_restricted(context, touched), media=None)
    return check(text, limits_of("other"), setting)


def _setting(context: Context, draft: Draft, account: Account, source: Source | None) -> Setting:
    records = context.records
    uses, looks = _history(context, draft.text)
    zone = zone_of_team(records)
    today = local_day(zone, context.now)
    posts = records.find(Post, account=account.id, order="-at", limit=200)
    days = [local_day(zone, one.at) for one in posts]
    kinds = tuple(one.kind.value for one in posts if one.kind in COUNTED and one.at > context.now - BALANCE)
    return Setting(
        facts=source.facts if source else None,
        week_said=source is not None and source.week is not None,
        uses=uses,
        looked=looks,
        restricted=_restricted(context, ruling(records, draft).restricted),
        media=bool(draft.alt),
        alt=draft.alt,
        twins=_twins(context, draft, account),
        kinds=kinds or None,
        today=days.count(today),
        week=sum(today - day < WEEK for day in days),
        cap_day=account.cap_day,
        cap_week=account.cap_week,
    )


COUNTED = (PostKind.CONTENT, PostKind.CAMPAIGN)


def _restricted(context: Context, touched: tuple[Subject, ...]) -> tuple[Restricted, ...]:
    return tuple(
        Restricted(one.name, tuple(who.name for who in approvers_of(context.records, one)), one.champion)
        for one in touched
    )


def _history(context: Context, text: str) -> tuple[tuple[TagUse, ...], tuple[TagLook, ...]]:
    """Our own use of the text's hashtags, newest first, and who looked what others use them for."""
    from bot.topics.drafting.links import hashtags_in  # noqa: PLC0415 - as above

    records, zone = context.records, zone_of_team(context.records)
    uses, looks = [], []
    for tag in dict.fromkeys(one.casefold() for one in hashtags_in(text)):
        for use in records.find(HashtagUse, tag=tag, order="-at", limit=5):
            account = records.get(Account, use.account)
            uses.append(TagUse(tag, account.short if account else "?", local_day(zone, use.at), use.campaign))
        look = records.get(HashtagLook, tag)
        looks += [TagLook(tag, name_of(records, look.by), local_day(zone, look.at))] if look else []
    return tuple(uses), tuple(looks)


def _twins(context: Context, draft: Draft, account: Account) -> tuple[Twin, ...]:
    """What other accounts are about to say, or said within a week."""
    records = context.records
    same = {one.id for one in partners(records, account, MirrorKind.IDENTICAL)}
    drafts = [one for one in open_drafts(records)[:COMPARED] if one.id != draft.id and one.account != account.id]
    posts = records.find(Post, order="-at", limit=COMPARED)
    recent = [one for one in posts if one.words and one.account != account.id and one.at > context.now - WEEK]
    found = [(one.account, one.text) for one in drafts] + [(one.account, one.words) for one in recent]
    names = {id: records.get(Account, id) for id in {id for id, _text in found}}
    return tuple(Twin(known.short, text, id in same) for id, text in found if (known := names[id]) is not None)


def controls_of(context: Context, draft: Draft, remark: Remark, *, edits: bool) -> tuple[Control, ...]:
    """The one-tap fix of a remark, where to look, and for a hashtag that nobody looked up, that one has looked."""
    found: list[Control] = []
    if remark.fix is not None and edits:
        values = {"draft": draft.id, "check": remark.tip, "seen": draft.seen}
        found.append(Button(remark.fix.label[:75], "fix", values))
    if remark.link:
        found.append(LinkButton(f"Look it up at {urlsplit(remark.link).hostname or 'the network'}"[:75], remark.link))
    if remark.tip == "hashtags" and not remark.ok:
        found += _looked(context, draft)
    return tuple(found)


def _looked(context: Context, draft: Draft) -> list[Control]:
    from bot.topics.drafting.links import hashtags_in  # noqa: PLC0415 - as above

    for tag in hashtags_in(draft.text):
        known = context.records.get(HashtagLook, tag.casefold())
        if known is None and not context.records.count(HashtagUse, tag=tag.casefold()):
            try:
                return [Button(f"I looked up #{tag}"[:75], "looked", {"hashtag": tag.casefold(), "draft": draft.id})]
            except ValueError:  # a long one does not fit a button: `looked` can be typed
                return []
    return []
