"""What drafting does when a post is recorded or taken back, when people leave, at night, at home and on the agenda."""

from msgspec.structs import replace

from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.model import Account, AccountChanged
from bot.topics.drafting.keeping import WAITS, account_of, keep_draft, next_look, unask
from bot.topics.drafting.model import (
    Draft,
    DraftEvent,
    DraftState,
    HashtagUse,
    Tip,
    TipEvent,
    TipState,
    draft_moved,
    tip_moved,
)
from bot.topics.drafting.options import named
from bot.topics.drafting.policy import ruling
from bot.topics.drafting.rules import may_post
from bot.topics.drafting.tips import (
    STALE,
    TELL,
    keep_tip,
    next_word,
    owners_of,
    settle_tip,
    tip_of,
    together,
    unsettle_tip,
    zone_of_team,
)
from bot.topics.posting.model import DraftOut, PostKind, PostRecorded, PostUndone, Written
from bot.topics.team.facts import Describe, Described, Sweep, VolunteerLeft, VolunteerUnmatched
from bot.topics.team.nudging import SWEPT


def draft_out(context: Context, out: DraftOut) -> Written | None:
    """A draft is said to be out: its words, unless they still need somebody's approval."""
    draft = context.records.get(Draft, out.draft)
    if draft is None:
        return None
    if draft.account != out.account.id:
        short = account_of(context.records, draft).short
        raise Refusal(f"That draft is for {short}, not for {out.account.short}.", option="account")
    if not draft.at_work or draft.state is DraftState.RETURNED:
        said = {
            DraftState.POSTED: "That draft has been posted already.",
            DraftState.DROPPED: "That draft was discarded. Type `drafts` to see what is open.",
        }.get(draft.state, "That draft was sent back with a note. Change it, or ask again: `review`.")
        raise Refusal(said, option="draft")
    if not may_post(draft, ruling(context.records, draft)):
        raise Refusal(
            "These words need somebody else's approval before they go out: type `review` to ask for it. `policy show` "
            "says why.",
            option="draft",
        )
    return Written(draft.text, PostKind.REPOST if draft.of_post else PostKind.CONTENT)


def post_recorded(context: Context, recorded: PostRecorded) -> None:
    """Hashtags are remembered; a draft that is out is done, and so is its tip, whose giver hears of it."""
    from bot.topics.drafting.links import hashtags_in  # noqa: PLC0415 - its patterns take long to compile, and few commands draft

    post = recorded.post
    for tag in dict.fromkeys(one.casefold() for one in hashtags_in(post.words)):
        context.records.put(HashtagUse(f"{post.id}/{tag}"[:200], tag, post.account, post.at, post.id, post.campaign))
    draft = context.records.get(Draft, post.draft) if post.draft else None
    if draft is None:
        return
    keep_draft(context, replace(draft_moved(draft, DraftEvent.POST), post=post.id, changed=context.now))
    tip = tip_of(context.records, draft.tip)
    if tip is not None:
        settle_tip(context, replace(tip_moved(tip, TipEvent.POST), post=tip.post or post.id))


def post_undone(context: Context, undone: PostUndone) -> None:
    """All of that is taken back, as far as nobody was told."""
    records, post = context.records, undone.post
    for use in records.find(HashtagUse, post=post.id):
        records.remove(HashtagUse, use.id)
    draft = records.get(Draft, post.draft) if post.draft else None
    if draft is None or draft.state is not DraftState.POSTED:
        return
    event = DraftEvent.UNPOST_APPROVED if draft.approval == draft.digest else DraftEvent.UNPOST
    keep_draft(context, replace(draft_moved(draft, event), post=""))
    tip = tip_of(records, draft.tip)
    if tip is None or tip.state is not TipState.POSTED:
        return
    others = [one for id in together(records, tip) for one in records.find(Draft, tip=id, state=DraftState.POSTED)]
    if others:  # it is out elsewhere: that post is what its giver is shown
        keep_tip(context, replace(tip, post=others[0].post))
        return
    back = replace(tip_moved(tip, TipEvent.UNPOST), post="")
    unsettle_tip(context, tip_moved(back, TipEvent.CLAIM) if back.holder else back)


def volunteer_left(context: Context, left: VolunteerLeft) -> None:
    """The tips that somebody took are free again, or their heir's where both are the same human."""
    for tip in context.records.find(Tip, holder=left.volunteer.id, state=TipState.CLAIMED):
        heir = left.heir if left.merged else ""
        keep_tip(context, replace(tip if heir else tip_moved(tip, TipEvent.RELEASE), holder=heir))


def holder_was_wrong(context: Context, unmatched: VolunteerUnmatched) -> None:
    """A name was given to the wrong person: the tips that they took under it are free again."""
    for tip in context.records.find(Tip, holder=unmatched.volunteer.id, state=TipState.CLAIMED):
        keep_tip(context, replace(tip_moved(tip, TipEvent.RELEASE), holder=""))


def account_changed(context: Context, changed: AccountChanged) -> None:
    """An account that went into another one: its open drafts are for that one now, and want new eyes.

    Of one that was retired nobody is asked to approve a draft any more.
    """
    into, before = changed.account.merged_into, changed.before
    if not changed.account.live:
        for draft in context.records.find(Draft, account=changed.account.id, state=DraftState.REVIEW):
            unask(context, draft)
    if not into or (before is not None and before.merged_into == into):
        return
    for draft in context.records.find(Draft, account=changed.account.id):
        if draft.at_work:
            keep_draft(context, draft_moved(replace(draft, account=into), DraftEvent.CHANGE))


def describe(context: Context, entry: Describe) -> Described | None:
    """This topic's entries of the agenda in words."""
    if entry.alarm == WAITS:
        return _waiting(context, entry.subject)
    tip = context.records.get(Tip, entry.subject) if entry.alarm in (STALE, TELL) else None
    if tip is None:
        return None
    if entry.alarm == TELL:
        return Described(f"{tip.giver_name} is told what became of their tip")
    whose = (tip.holder,) if tip.holder else tuple(owners_of(context.records, tip))
    return Described(f"the tip “{named(tip)}” goes stale soon", whose)


def _waiting(context: Context, draft_id: str) -> Described | None:
    draft = context.records.get(Draft, draft_id)
    account = context.records.get(Account, draft.account) if draft else None
    if draft is None or account is None or not account.live:
        return None
    return Described(f"the draft for {account.short} still waits for a second pair of eyes", draft.asked)


def sweep(context: Context, look: Sweep) -> bool:
    """Tips and drafts that nobody would speak of get their entry on the agenda back, a page at a time."""
    page = context.records.find(Tip, limit=SWEPT, offset=look.page * SWEPT)
    for tip in page:
        due = next_word(tip, zone_of_team(context.records), context.now)
        if due is not None and not context.records.agenda(alarm=STALE, subject=tip.id):
            context.records.wake(STALE, tip.id, due)
    drafts = context.records.find(Draft, state=DraftState.REVIEW, limit=SWEPT, offset=look.page * SWEPT)
    for draft in drafts:
        again = next_look(context.records, draft)
        if again is not None and not context.records.agenda(alarm=WAITS, subject=draft.id):
            context.records.wake(WAITS, draft.id, again)
    return SWEPT in (len(page), len(drafts))
