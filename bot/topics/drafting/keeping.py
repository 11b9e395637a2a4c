"""Keeping drafts: who may work on them, what an edit does to an approval, and whom a step is told."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.core.chat import Button, Text
from bot.core.ports import Records
from bot.core.router import Context, Role
from bot.errors import Refusal
from bot.topics.accounts.changing import name_of, tell
from bot.topics.accounts.model import Account, Hold
from bot.topics.accounts.options import holds
from bot.topics.drafting.model import Approvers, Draft, DraftEvent, DraftState, draft_moved
from bot.topics.drafting.policy import approvers_of, policy_of, ruling
from bot.topics.drafting.rules import had_a_hand
from bot.topics.drafting.tips import tip_of, zone_of_team
from bot.topics.team.hours import DAY, local_day
from bot.topics.team.model import Identity, Notice, Standing, TeamRole, Volunteer
from bot.topics.team.nudging import coordinators, notify, reachable

OTHERS = 3  # wordings that are kept beside the one that stands; the words before a change are the first of them
WAITS = "draft-waits"  # a draft in review that nobody has looked at yet
PATIENCE, URGENT = 3 * DAY, 7 * DAY  # before somebody is asked again; from its day on, a tip that is near
ASKED = 3  # volunteers who are told that a draft waits for approval; anybody else who may finds it in `drafts review`


def account_of(records: Records, draft: Draft) -> Account:
    """The draft's account. Raises Refusal where it is no longer in the directory."""
    account = records.get(Account, draft.account)
    if account is None:
        raise Refusal("The account of that draft is no longer in the directory, so nothing can be posted there.")
    return account


def in_use(records: Records, draft: Draft) -> bool:
    """Is the draft's account there, and not retired?"""
    account = records.get(Account, draft.account)
    return account is not None and account.live


def me_and_mine(context: Context) -> tuple[str, ...]:
    """The asker's volunteer and every identity of theirs."""
    people = [one.id for one in context.records.find(Identity, volunteer=context.asker.volunteer)]
    return (context.asker.volunteer, context.asker.person.id, *people)


def wrote(context: Context, draft: Draft) -> bool:
    """Did the asker have a hand in these words, under whatever identity?"""
    volunteer, *people = me_and_mine(context)
    return had_a_hand(draft, volunteer, people)


def may_edit(context: Context, draft: Draft) -> bool:
    """Whoever wrote it, whoever looks after the account, and coordinators."""
    account = context.records.get(Account, draft.account)
    cares = account is not None and holds(context, account)
    return cares or wrote(context, draft) or context.asker.role >= Role.COORDINATOR


def refuse_strangers(context: Context, draft: Draft) -> None:
    """Raises Refusal for who may not work on the draft."""
    if not may_edit(context, draft):
        short = account_of(context.records, draft).short
        raise Refusal(f"Only who wrote it, those who look after {short} or a coordinator can change that draft.")


def refuse_finished(draft: Draft) -> None:
    """Raises Refusal where the draft is posted or dropped."""
    if draft.state is DraftState.POSTED:
        raise Refusal("That draft has been posted, so its words stay as they are. Type `drafts` to see what is open.")
    if draft.state is DraftState.DROPPED:
        raise Refusal("That draft was discarded. Type `drafts` to see what is open.")


def refuse_at_rest(context: Context, account: Account) -> None:
    """Raises Refusal where nothing is drafted or approved: the account is retired, or on hold until it is let go."""
    if not account.live:
        raise Refusal(f"{account.short} is retired, so nothing more goes out there. The draft can be put away.")
    if context.records.get(Hold, account.id) is not None:
        raise Refusal(
            f"{account.short} is on hold while a crisis goes on, so nothing is drafted or approved for it now. Type "
            "`hold show` to see how far it is."
        )


def refuse_unseen(draft: Draft, seen: str | None) -> None:
    """Raises Refusal where the words are no longer those that the asker saw."""
    if seen and seen != draft.seen:
        raise Refusal("The words have changed since you saw them. Please read them again: type `drafts`.")


def reworded(context: Context, draft: Draft, text: str, *, alt: str | None = None) -> Draft:
    """Keep other words: the asker had a hand in them, and no approval holds any more. The same words change nothing."""
    after = replace(draft, text=text, alt=draft.alt if alt is None else alt)
    if after.digest == draft.digest:
        return draft
    refuse_finished(draft)
    hands = (context.asker.volunteer, context.asker.person.id)
    authors = tuple(dict.fromkeys((*draft.authors, *hands)))
    others = tuple(dict.fromkeys(one for one in (draft.text, *draft.others) if one != text))[:OTHERS]
    after = replace(after, authors=authors, changed=context.now, others=others)
    return keep_draft(context, draft_moved(after, DraftEvent.CHANGE))


def keep_draft(context: Context, draft: Draft) -> Draft:
    """Keep the draft; nobody is asked for an approval that it does not wait for."""
    if draft.state is not DraftState.REVIEW:
        unask(context, draft)
        draft = replace(draft, asked=(), waits=None)
    context.records.put(draft)
    context.records.wake(WAITS, draft.id, next_look(context.records, draft))
    return draft


def unask(context: Context, draft: Draft) -> None:
    """Who has not heard yet that the draft waits for approval, needn't."""
    for one in draft.asked:
        context.records.remove(Notice, review_key(draft, one))


def next_look(records: Records, draft: Draft) -> datetime | None:
    """When those who were asked for approval are reminded: after three days, or one where its tip has little time."""
    if draft.waits is None or draft.state is not DraftState.REVIEW:
        return None
    tip = tip_of(records, draft.tip)
    since = local_day(zone_of_team(records), draft.waits)
    urgent = tip is not None and tip.day is not None and tip.day - since <= URGENT
    return draft.waits + (DAY if urgent else PATIENCE)


def review_key(draft: Draft, volunteer: str) -> str:
    """The key of the notice that asks a volunteer for approval."""
    return f"review/{draft.id}/{volunteer}"


def may_approve(records: Records, draft: Draft, volunteer: Volunteer) -> bool:
    """May this volunteer approve the draft, as the policy stands? Never their own words."""
    return _may_approve(records, draft, volunteer, named_approvers(records, draft))


def named_approvers(records: Records, draft: Draft) -> list[str]:
    """The volunteers who are named for the restricted subjects that the draft touches."""
    return [one.id for subject in ruling(records, draft).restricted for one in approvers_of(records, subject)]


def _may_approve(records: Records, draft: Draft, volunteer: Volunteer, named: Sequence[str]) -> bool:
    people = [one.id for one in records.find(Identity, volunteer=volunteer.id)]
    if had_a_hand(draft, volunteer.id, people) or volunteer.standing is not Standing.ACTIVE:
        return False
    return _has_the_right(records, volunteer, named)


def _has_the_right(records: Records, volunteer: Volunteer, named: Sequence[str]) -> bool:
    """May somebody of this role approve at all, where the volunteers `named` are those of the subjects it touches?"""
    if volunteer.role is not TeamRole.VOLUNTEER:
        return volunteer.role is TeamRole.COORDINATOR
    if named:
        return volunteer.id in named
    return policy_of(records).approvers is Approvers.VOLUNTEERS


def approval_holds(records: Records, draft: Draft) -> bool:
    """Was it approved by somebody who may approve it as the policy stands now, or does nobody have to?"""
    approver = records.get(Volunteer, draft.approver)
    if approver is None or not ruling(records, draft).needed:
        return True
    return _has_the_right(records, approver, named_approvers(records, draft))


def who_may_approve(records: Records, draft: Draft) -> list[Volunteer]:
    """Those who may approve it: named approvers, then who looks after the account, then coordinators, then others."""
    account, named = records.get(Account, draft.account), named_approvers(records, draft)
    near = [account.owner, account.backup] if account else []
    first = [*named, *near, *(one.id for one in coordinators(records))]
    everybody = {one.id: one for one in records.find(Volunteer, standing=Standing.ACTIVE, order="name")}
    order = [everybody[one] for one in dict.fromkeys((*first, *everybody)) if one in everybody]
    return [one for one in order if _may_approve(records, draft, one, named)]


def ask_for_approval(context: Context, draft: Draft) -> tuple[Draft, list[Volunteer]]:
    """Tell some of those who may approve, in their next nudge; gives all who may."""
    able = who_may_approve(context.records, draft)
    account = account_of(context.records, draft)
    told = ([one for one in able if reachable(one)] or able)[:ASKED]
    text = f"{context.asker.name} asks for a second pair of eyes on a draft for {account.short}."
    for one in told:
        notify(context, one.id, review_key(draft, one.id), text, controls=(read_button(draft, account),))
    asked = tuple(one.id for one in told)
    return keep_draft(context, replace(draft, asked=asked, waits=context.now)), able


def read_button(draft: Draft, account: Account) -> Button:
    """The button that shows a draft."""
    return Button(f"Read the draft for {account.short}", "read", {"draft": draft.id})


def tell_author(context: Context, draft: Draft, text: Text) -> None:
    """Whoever asked hears what became of it, in their next nudge."""
    account = account_of(context.records, draft)
    tell(context, draft.by, f"draft/{draft.id}", text, (read_button(draft, account),))


def author_names(records: Records, draft: Draft) -> str:
    """Who had a hand in the words."""
    names = [name_of(records, one) for one in draft.authors if records.get(Volunteer, one) is not None]
    return " and ".join(names) or "somebody I no longer know"
