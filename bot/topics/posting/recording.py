"""Recording a post, and taking the last step back."""

from datetime import datetime, timedelta
from typing import Annotated

from msgspec.structs import replace

from bot.core.chat import Button, Card, Note, Reply
from bot.core.router import Context, Option, Role
from bot.core.words import clean, line, shown
from bot.errors import Refusal
from bot.topics.accounts.model import Account
from bot.topics.accounts.options import AnAccount, holds, owns_or_coordinates
from bot.topics.posting.evidence import State
from bot.topics.posting.model import (
    Did,
    DraftOut,
    Post,
    PostKind,
    PostRecorded,
    PostUndone,
    Step,
    Watch,
    Written,
    answered,
)
from bot.topics.posting.options import AKind, ALink
from bot.topics.posting.sentences import day_words, state_words, when_words
from bot.topics.posting.watching import Look, look_at, settle, tend
from bot.topics.team.hours import local_day
from bot.topics.team.model import Notice, Volunteer
from bot.topics.team.nudging import notify
from bot.topics.team.options import APastMoment
from bot.topics.team.whens import like_a_day

WORDS_LIMIT = 1000
WORDS_SHOWN = 80
CAMPAIGN_LIMIT = 60
TWICE = timedelta(minutes=2)  # the same word again within this is a button pressed twice
THANKS_LAST = timedelta(days=7)

ACampaign = Annotated[str, Option(lambda _context, text: line(text, CAMPAIGN_LIMIT), takes=lambda _context, _words: 0)]
ADraftId = Annotated[str, Option(lambda _context, text: line(text, 20), takes=lambda _context, _words: 0)]
SomeWords = Annotated[
    str, Option(lambda _context, text: clean(text, WORDS_LIMIT), takes=lambda _context, words: len(words))
]


def posted(  # noqa: PLR0917 - a volunteer may want to say all of it
    context: Context,
    account: AnAccount,
    when: APastMoment | None = None,
    link: ALink | None = None,
    kind: AKind | None = None,
    words: SomeWords | None = None,
    campaign: ACampaign | None = None,
    draft: ADraftId | None = None,
) -> Reply:
    """Tell me that something went out on an account, so that nobody is reminded of it.

    account: the account that it went out on, such as ce-x
    when: when it went out, such as yesterday 3pm; now if left out
    link: the post's web address
    kind: content, campaign, repost or reply
    words: a few words on what it was about
    campaign: the campaign that it was part of
    draft: the draft whose words it has, as its button has it
    """
    at = when or context.now
    if when is not None and when > context.now:
        raise Refusal("That is still to come. Tell me once it is out, or give a time up to now.", option="when")
    kind = kind or (PostKind.CAMPAIGN if campaign else None)
    post = Post(
        context.chance.id(),
        account.id,
        at,
        context.asker.volunteer,
        context.now,
        link or "",
        kind,
        words or "",
        campaign=campaign or "",
        draft=draft or "",
    )
    twin = _twin(context, post)
    if twin is not None:
        return Card(
            "Posted", f"I have that already: {account.short}, {_when(context, twin.at)}.", (), _undo(account, twin)
        )
    post = _with_words(context, account, post) if draft else post
    before = watch_of(context, account)
    thanked = [one for one in before.chain.people if one != context.asker.volunteer]
    context.records.put(post)
    settle(context, replace(answered(before, context.now), snoozed_until=None, questions=()))
    tend(context, account.id)
    keep_step(context, account, Did.POSTED, before, post.id)
    look = look_at(context.records, account, context.now)
    if look.judged.state is not State.DUE:
        _thank(context, account, post, thanked)
    context.announce(PostRecorded(account, post))
    notes = (*_taken_as_words(words if when is None else None), Note(f"{_next(look, context.now)}."))
    return Card("Posted", _noted(context, account, post), notes, _undo(account, post))


def _taken_as_words(words: str | None) -> tuple[Note, ...]:
    """Words that begin like a day, but can't be one: said aloud, since somebody may have meant the time."""
    first = words.split()[0] if words else ""
    if not (first.casefold() == "tomorrow" or like_a_day(first)):
        return ()
    said = f"I took “{shown(first)}” as words and the time as now."
    return (Note(f"{said} If you meant a day, press Undo and give one such as: yesterday, last thursday, 3 nov."),)


def _with_words(context: Context, account: Account, post: Post) -> Post:
    """The post with its draft's own words. Raises Refusal where they may not be posted, or others were given."""
    if post.words:
        raise Refusal("The draft's own words are kept. To change them, type `reword` first.", option="words")
    for written in context.announce(DraftOut(account, post.draft)):
        if isinstance(written, Written):
            return replace(post, words=written.words, kind=post.kind or written.kind)
    raise Refusal("I don't know that draft. Type `drafts` to see what is open.", option="draft")


def _twin(context: Context, post: Post) -> Post | None:
    """The same word, said by the same person a moment ago; or the same draft, whoever said it."""
    for one in context.records.find(Post, account=post.account, draft=post.draft, limit=1) if post.draft else ():
        return one
    for one in context.records.find(Post, account=post.account, order="-at", limit=1):
        same = (one.by, one.link, one.kind, one.words) == (post.by, post.link, post.kind, post.words)
        if same and post.noted - one.noted < TWICE and abs(one.at - post.at) < TWICE:
            return one
    return None


def _noted(context: Context, account: Account, post: Post) -> str:
    kind = f", {post.kind.value}" if post.kind else ""
    words = f", “{shown(post.words, WORDS_SHOWN)}”" if post.words else ""
    return f"Noted: {account.short}, {_when(context, post.at)}{kind}{words}. Thank you!"


def _when(context: Context, at: datetime) -> str:
    return when_words(at, context.now, context.asker.zone)


def _next(look: Look, now: datetime) -> str:
    if look.source is not None:
        return f"{look.account.short} repeats {look.source.short}, so I only remind people of that one"
    return state_words(look, now)


def _undo(account: Account, post: Post) -> tuple[Button, ...]:
    return (
        Button(f"Undo on {account.short}", "undo", {"account": account.short, "post": post.id}),
        Button(f"See {account.short}", "last", {"account": account.short}),
    )


def _thank(context: Context, account: Account, post: Post, people: list[str]) -> None:
    """Those who had been asked hear that nothing is needed any more."""
    for one in people:
        volunteer = context.records.get(Volunteer, one)
        if volunteer is None:
            continue
        text = f"A post on {account.short} is recorded, so nothing is needed there. Thank you for looking after it!"
        notify(context, one, thanks_key(account.id, one), text, until=context.now + THANKS_LAST)


def thanks_key(account_id: str, volunteer_id: str) -> str:
    """The key of the notice that thanks somebody who had been asked."""
    return f"thanks/{account_id}/{volunteer_id}"


def watch_of(context: Context, account: Account) -> Watch:
    """The account's own watch."""
    return context.records.get(Watch, account.id) or Watch(account.id)


def keep_step(context: Context, account: Account, did: Did, before: Watch, post: str = "") -> None:
    """Remember a step so that it can be undone; the one before it on this account no longer can."""
    after = watch_of(context, account)
    context.records.put(Step(account.id, did, context.asker.volunteer, context.now, before, after, post))


AnId = Annotated[str, Option(lambda _context, text: line(text, 20))]


def undo(context: Context, account: AnAccount | None = None, post: AnId | None = None) -> Reply:
    """Take back what you last told me about a post or a reminder: all is as it was before.

    account: the account; your last step on any account if left out
    post: the id of one recorded post, as its button has it
    """
    step = _step(context, account)
    if post and (step is None or step.post != post):
        return _take_back(context, account, post)
    if step is None:
        where = f" on {account.short}" if account else ""
        raise Refusal(f"There is nothing to undo{where}. Type `posts` and an account to see what is recorded.")
    found = context.records.get(Account, step.id)
    if found is None:
        raise Refusal("That account is no longer in the directory, so there is nothing to undo.")
    if step.by != context.asker.volunteer and not owns_or_coordinates(context, found):
        raise Refusal(f"Only whoever did it, {found.short}'s owner or a coordinator can undo that.")
    return _undone(context, found, step)


def _step(context: Context, account: Account | None) -> Step | None:
    if account is not None:
        return context.records.get(Step, account.id)
    mine = context.records.find(Step, by=context.asker.volunteer, order="-at", limit=1)
    return mine[0] if mine else None


def _undone(context: Context, account: Account, step: Step) -> Reply:
    untouched = watch_of(context, account) == step.after
    if step.did is not Did.POSTED and not untouched:
        raise Refusal(f"{account.short} has moved on since. Type `last {account.short}` to see how it stands.")
    if untouched:
        context.records.put(step.before)
    for one in step.before.chain.people:
        context.records.remove(Notice, thanks_key(account.id, one))
    context.records.remove(Step, step.id)
    record = context.records.get(Post, step.post) if step.post else None
    if record is not None:
        context.records.remove(Post, record.id)
    tend(context, account.id)
    if record is not None:
        context.announce(PostUndone(account, record))
    look = look_at(context.records, account, context.now)
    values = {"account": account.short}
    done = {Did.POSTED: "the post", Did.NORMAL: "your word", Did.SNOOZED: "the snooze"}[step.did]
    return Card(
        "Undone",
        f"I took {done} on {account.short} back. {state_words(look, context.now)}.",
        controls=(
            Button(f"Posted on {account.short}", "posted", values),
            Button(f"See {account.short}", "last", values),
        ),
    )


def _take_back(context: Context, account: Account | None, post_id: str) -> Reply:
    """One recorded post, whatever came after it."""
    post = context.records.get(Post, post_id)
    found = context.records.get(Account, post.account) if post else None
    if post is None or found is None or (account is not None and account.id != found.id):
        raise Refusal("That post is not recorded any more, so there is nothing to undo.", option="post")
    mine = post.by == context.asker.volunteer or holds(context, found) or context.asker.role >= Role.COORDINATOR
    if not mine:
        raise Refusal(f"Only whoever recorded it, those who look after {found.short} or a coordinator can undo that.")
    context.records.remove(Post, post.id)
    tend(context, found.id)
    context.announce(PostUndone(found, post))
    look = look_at(context.records, found, context.now)
    today = local_day(context.asker.zone, context.now)
    return Card(
        "Undone",
        f"I took back the post on {found.short} of {day_words(local_day(context.asker.zone, post.at), today)}. "
        f"{state_words(look, context.now)}.",
        controls=(Button(f"See {found.short}", "last", {"account": found.short}),),
    )
