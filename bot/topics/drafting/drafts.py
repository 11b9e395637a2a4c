"""Making drafts: from a tip, from another account's post, or by hand."""

from collections.abc import Mapping
from typing import Annotated

from bot.core.chat import Block, Button, Card, Field, Form, Kind, Reply, Row, Rows, Words
from bot.core.options import Option
from bot.core.router import Context
from bot.core.words import line
from bot.errors import Refusal
from bot.topics.accounts.changing import name_of
from bot.topics.accounts.model import Account
from bot.topics.accounts.options import ALiveAccount
from bot.topics.drafting.card import draft_card, state_words
from bot.topics.drafting.excerpts import excerpt
from bot.topics.drafting.keeping import keep_draft, read_button, refuse_at_rest
from bot.topics.drafting.making import Source, composed, source_of_post, source_of_tip
from bot.topics.drafting.model import Draft, Tip
from bot.topics.drafting.options import OF_POST, AMaterial, SomeWords, gist, named, open_drafts, waiting_tips
from bot.topics.drafting.suiting import suited
from bot.topics.drafting.tips import show_tip
from bot.topics.posting.model import Post
from bot.topics.team.days import understood_day
from bot.topics.team.hours import local_day

OFFERED = 5  # tips, and posts of other accounts, that are offered where none is named

AnId = Annotated[str, Option(lambda _context, text: line(text, 20), takes=lambda _context, _words: 0)]


def draft(context: Context, account: ALiveAccount, tip: AMaterial | None = None, afresh: bool = False) -> Reply:
    """Get a concise post for an account, made from a tip; nothing is sent anywhere.

    account: the account that it is for, such as ce-x
    tip: the tip that it is made from; I show what there is if you leave it out
    afresh: yes, to begin again although there is a draft
    """
    if tip is None:
        return _choices(context, account)
    source = source_of_tip(context, tip) if isinstance(tip, Tip) else source_of_post(context, tip)
    known = _known(context, account, source)
    if known is not None and not afresh:
        return draft_card(context, known, "You have this draft already.")
    made = composed(context, account, source)
    if not made.texts:
        why = made.question.sentence if made.question else "I find nothing in that to make a post of."
        return _by_hand(account, source, why)
    first, *others = made.texts
    kept = new_draft(context, account, first, tip=source.tip, post=source.post, others=tuple(others))
    return draft_card(context, keep_draft(context, kept))


def new_draft(
    context: Context, account: Account, text: str, *, tip: str = "", post: str = "", others: tuple[str, ...] = ()
) -> Draft:
    """A draft by the asker, in these words. Raises Refusal where the account is on hold."""
    refuse_at_rest(context, account)
    me = context.asker
    return Draft(
        context.chance.id(),
        account.id,
        text,
        me.volunteer,
        (me.volunteer, me.person.id),
        context.now,
        context.now,
        tip=tip,
        of_post=post,
        others=others,
    )


def _known(context: Context, account: Account, source: Source) -> Draft | None:
    """The draft that the asker has made from the same before, and is still at."""
    found = context.records.find(Draft, account=account.id, tip=source.tip, of_post=source.post, order="-changed")
    return next((one for one in found if one.at_work and one.by == context.asker.volunteer), None)


def same_words(context: Context, account: Account, text: str) -> Draft | None:
    """The draft in which the asker has said exactly this before, and is still at."""
    found = context.records.find(Draft, account=account.id, by=context.asker.volunteer, order="-changed")
    return next((one for one in found if one.at_work and one.text == text), None)


def _choices(context: Context, account: Account) -> Reply:
    """What a draft for the account could be made from: open tips, those that suit it first, and our other posts."""
    blocks: list[Block] = []
    mine = [one for one in open_drafts(context.records) if one.account == account.id]
    if mine:
        rows = tuple(Row(gist(one.text), state_words(context, one), (read_button(one, account),)) for one in mine[:3])
        blocks += [Words(f"Drafts for {account.short}:"), Rows(rows, total=len(rows))]
    tips = _tips_for(context, account)
    if tips:
        rows = tuple(Row(named(one, 100), _by(context, one), (_from(account, one.id), show_tip(one))) for one in tips)
        blocks += [Words("Tips that wait:"), Rows(rows, total=len(rows))]
    posts = _posts_of_others(context, account)
    if posts:
        rows = tuple(
            Row(gist(one.words, 100), _where(context, one), (_from(account, OF_POST + one.id),)) for one in posts
        )
        blocks += [Words("What our other accounts said of late:"), Rows(rows, total=len(rows))]
    write = Button(f"Write one for {account.short}", "write", {"account": account.short})
    said = "Choose what it should be made from." if tips or posts else "No tip waits. Heard of something? Add it."
    return Card(f"A draft for {account.short}", said, tuple(blocks), (write, Button("Add a tip", "tip add")))


def _tips_for(context: Context, account: Account) -> list[Tip]:
    found = waiting_tips(context.records)
    return sorted(found, key=lambda one: not suited(excerpt(one.whole), [account]))[:OFFERED]


def _by(context: Context, tip: Tip) -> str:
    said = [f"stale after {understood_day(tip.day)}"] if tip.day else []
    said += [f"taken by {name_of(context.records, tip.holder)}"] if tip.holder else []
    return "; ".join(said)


def _posts_of_others(context: Context, account: Account) -> list[Post]:
    recent = context.records.find(Post, order="-at", limit=60)
    return [one for one in recent if one.words and one.account != account.id][:OFFERED]


def _where(context: Context, post: Post) -> str:
    other = context.records.get(Account, post.account)
    when = understood_day(local_day(context.asker.zone, post.at))
    return f"{other.short if other else 'an account that is gone'}, {when}"


def _from(account: Account, tip: str) -> Button:
    return Button(f"Draft from this for {account.short}", "draft", {"account": account.short, "tip": tip})


def _by_hand(account: Account, source: Source, why: str) -> Form:
    """Nothing can be made of it by rule: the words are asked for, and nothing is invented."""
    values = {"account": account.short, **({"tip": source.tip} if source.tip else {})}
    return words_form("write", f"{why} Please write it yourself:", values, "")


def words_form(command: str, intro: str, values: Mapping[str, str], text: str) -> Form:
    """A form for the words of a post."""
    words = Field("words", "Words", Kind.LONG, hint="the post, exactly as it should read", value=text)
    return Form("The words", command, (words,), values, intro)


def write(context: Context, account: ALiveAccount, tip: AnId | None = None, words: SomeWords | None = None) -> Reply:
    """Write a draft for an account in your own words.

    account: the account that it is for
    tip: the tip that it says more of, as its button has it
    words: the post, exactly as it should read; a form opens if you leave it out
    """
    if words is None:
        values = {"account": account.short, **({"tip": tip} if tip else {})}
        return words_form("write", f"What should {account.short} say?", values, "")
    found = context.records.get(Tip, tip) if tip else None
    made = new_draft(context, account, said_words(words), tip=found.id if found else "")
    return draft_card(context, keep_draft(context, made))


def said_words(words: str) -> str:
    """The words. Raises Refusal where there is none among them."""
    if not any(sign.isalnum() for sign in words):
        raise Refusal("There are no words in that. What should the post say?", option="words")
    return words
