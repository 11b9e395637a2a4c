"""Approval: asked for, given, or sent back with a note. Nobody approves their own words, and only those they read."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.chat import Button, Card, Note, Reply
from bot.core.router import Context
from bot.errors import Refusal
from bot.topics.accounts.model import Account, Hold
from bot.topics.drafting.card import draft_card
from bot.topics.drafting.keeping import (
    ASKED,
    PATIENCE,
    WAITS,
    account_of,
    approval_holds,
    ask_for_approval,
    author_names,
    in_use,
    keep_draft,
    may_approve,
    read_button,
    refuse_at_rest,
    refuse_finished,
    refuse_strangers,
    refuse_unseen,
    review_key,
    tell_author,
    unask,
    who_may_approve,
    wrote,
)
from bot.topics.drafting.model import Draft, DraftEvent, DraftState, PolicyChanged, draft_moved
from bot.topics.drafting.options import ADraft, ANote, ASeenDraft, gist
from bot.topics.drafting.tips import zone_of_team
from bot.topics.team.days import understood_day
from bot.topics.team.facts import VolunteerLeft, VolunteerUnmatched
from bot.topics.team.hours import DAY, local_day
from bot.topics.team.model import Volunteer
from bot.topics.team.nudging import notify

NAMED = 3  # of those who may approve


def review(context: Context, draft: ADraft) -> Reply:
    """Ask for a second pair of eyes on a draft.

    draft: which one
    """
    refuse_finished(draft)
    refuse_at_rest(context, account_of(context.records, draft))
    refuse_strangers(context, draft)
    if draft.state is DraftState.APPROVED:
        raise Refusal("Those words are approved already, so they can be posted as they are.")
    if draft.state is not DraftState.REVIEW:
        draft = keep_draft(context, replace(draft_moved(draft, DraftEvent.ASK), note=""))
    draft, able = ask_for_approval(context, draft)
    if not able:
        said = "Nobody else may approve it as things stand. Please ask a coordinator: `policy show` says who may."
    else:
        names = one_of([one.name for one in able])
        said = f"It waits for a second pair of eyes now: {names}."
    return draft_card(context, draft, said)


def approve(context: Context, draft: ASeenDraft) -> Reply:
    """Approve a draft of somebody else's, exactly as it reads.

    draft: which one; I show you its words first
    """
    return _approved(context, draft.draft, draft.seen)


def _approved(context: Context, draft: Draft, seen: str) -> Reply:
    refuse_finished(draft)
    refuse_at_rest(context, account_of(context.records, draft))
    _refuse_who_may_not(context, draft)
    if draft.state is DraftState.APPROVED:
        return draft_card(context, draft, "It is approved already.")
    if draft.state is not DraftState.REVIEW:
        raise Refusal("Nobody has asked for an approval of that draft yet: its author may type `review`.")
    if not seen:
        return draft_card(context, draft, "Please read it. If you would stand by every word, press the button.")
    refuse_unseen(draft, seen)
    draft = draft_moved(draft, DraftEvent.APPROVE)
    draft = keep_draft(context, replace(draft, approval=draft.digest, approver=context.asker.volunteer, note=""))
    short = account_of(context.records, draft).short
    tell_author(context, draft, f"{context.asker.name} approved your draft for {short}: it can be posted as it is.")
    undo = Button("Undo: send it back", "send back", {"draft": draft.id, "note": "I looked again"})
    return Card(
        "Approved",
        f"Approved for {short}, word for word. Thank you!",
        (Note("Should one sign of it change, it has to be approved anew."),),
        (Button(f"Read the draft for {short}", "read", {"draft": draft.id}), undo),
    )


def one_of(names: Sequence[str]) -> str:
    """`Ana`, `Ana or Ben`, `Ana, Ben, Eve or others`."""
    few = [*names[:NAMED], *(["others"] if len(names) > NAMED else [])]
    return " or ".join(part for part in (", ".join(few[:-1]), *few[-1:]) if part)


def _refuse_who_may_not(context: Context, draft: Draft) -> None:
    if wrote(context, draft):
        raise Refusal("You had a hand in these words, so somebody else has to approve them. That is all it takes.")
    me = context.records.get(Volunteer, context.asker.volunteer)
    if me is None or not may_approve(context.records, draft, me):
        names = one_of([one.name for one in who_may_approve(context.records, draft)]) or "a coordinator"
        raise Refusal(f"This one can be approved by {names}. Thank you for offering!")


def send_back(context: Context, draft: ADraft, note: ANote) -> Reply:
    """Send a draft back to its author, with a note on what would make it better.

    draft: which one
    note: what to change, in kind words
    """
    refuse_finished(draft)
    if draft.state not in (DraftState.REVIEW, DraftState.APPROVED):
        raise Refusal("Nobody has asked for an approval of that draft. Type `drafts review` to see what waits.")
    if not any(sign.isalnum() for sign in note):
        raise Refusal("Please say in a few words what would make it better.", option="note")
    if not wrote(context, draft):  # an author may take their wish for approval back
        _refuse_who_may_not(context, draft)
    draft = keep_draft(context, replace(draft_moved(draft, DraftEvent.RETURN), note=note))
    short = account_of(context.records, draft).short
    tell_author(context, draft, f"{context.asker.name} sent your draft for {short} back: “{gist(note, 200)}”")
    return draft_card(context, draft, "Sent back, with your note.")


def remind_approvers(context: Context, draft_id: str) -> None:
    """A draft still waits: those who were asked hear of it once more, or others where they may not approve it now."""
    draft = context.records.get(Draft, draft_id)
    if draft is None or draft.waits is None or draft.state is not DraftState.REVIEW:
        return
    account = context.records.get(Account, draft.account)
    if account is None or not account.live:
        return
    if context.records.get(Hold, account.id) is not None:  # nothing is approved for it now
        context.records.wake(WAITS, draft.id, context.now + DAY)
        return
    able = who_may_approve(context.records, draft)
    told = [one for one in able if one.id in draft.asked] or able[:ASKED]
    if not told:  # nobody may as things stand; somebody who comes in later hears of it
        context.records.wake(WAITS, draft.id, context.now + PATIENCE)
        return
    who = author_names(context.records, draft)
    since = understood_day(local_day(zone_of_team(context.records), draft.waits))
    text = f"A draft by {who} for {account.short} has been waiting for a second pair of eyes since {since}."
    for one in told:
        notify(context, one.id, review_key(draft, one.id), text, controls=(read_button(draft, account),))
    keep_draft(context, replace(draft, asked=tuple(one.id for one in told), waits=None))


def authors_changed(context: Context, left: VolunteerLeft) -> None:
    """Two volunteers turn out to be one human: their words are one author's, and an approval by that author is void."""
    if left.merged and left.heir:
        for draft in context.records.find(Draft):
            _rewrite(context, draft, left.volunteer.id, left.heir)


def _rewrite(context: Context, draft: Draft, gone: str, heir: str) -> None:
    if gone not in (*draft.authors, draft.by, draft.approver):
        return
    same = {gone: heir}
    after = replace(
        draft,
        by=same.get(draft.by, draft.by),
        authors=tuple(dict.fromkeys(same.get(one, one) for one in draft.authors)),
        approver=same.get(draft.approver, draft.approver),
    )
    if after.state is DraftState.APPROVED and after.approver in after.authors:
        after = draft_moved(after, DraftEvent.VOID)
    keep_draft(context, after)


def policy_changed(context: Context, _changed: PolicyChanged) -> None:
    """What was approved by somebody who may not any more is open again, and those who may now are asked."""
    for draft in context.records.find(Draft, state=DraftState.REVIEW):
        _ask_others(context, draft)
    for draft in context.records.find(Draft, state=DraftState.APPROVED):
        if not approval_holds(context.records, draft):
            _open_again(context, keep_draft(context, draft_moved(draft, DraftEvent.VOID)))


def _open_again(context: Context, draft: Draft) -> None:
    if in_use(context.records, draft):
        draft, able = ask_for_approval(context, draft)
        short, names = account_of(context.records, draft).short, one_of([one.name for one in able]) or "somebody else"
        said = f"The policy has changed, so your draft for {short} has to be approved anew, by {names}."
        tell_author(context, draft, said)


def _ask_others(context: Context, draft: Draft) -> None:
    """Who may not approve it any more is not asked; where nobody is left of those who were, others are."""
    able = {one.id for one in who_may_approve(context.records, draft)}
    left = tuple(one for one in draft.asked if one in able)
    if left != draft.asked:
        unask(context, replace(draft, asked=tuple(one for one in draft.asked if one not in able)))
        draft = keep_draft(context, replace(draft, asked=left))
        if not left and in_use(context.records, draft):
            ask_for_approval(context, draft)


def approver_was_wrong(context: Context, unmatched: VolunteerUnmatched) -> None:
    """A name was given to the wrong person: what that person approved in its place is open again."""
    for draft in context.records.find(Draft, state=DraftState.APPROVED, approver=unmatched.volunteer.id):
        keep_draft(context, draft_moved(draft, DraftEvent.VOID))
