"""Changing a draft: another wording, own words, what was missing, its picture; putting it away."""

from typing import Annotated

from msgspec.structs import replace

from bot.core.chat import Button, Card, Reply
from bot.core.options import Option
from bot.core.router import Context
from bot.core.words import line
from bot.errors import Refusal
from bot.topics.drafting.card import draft_card
from bot.topics.drafting.drafts import said_words, words_form
from bot.topics.drafting.keeping import (
    account_of,
    keep_draft,
    refuse_finished,
    refuse_strangers,
    refuse_unseen,
    reworded,
)
from bot.topics.drafting.making import composed, source_of_draft, with_answer
from bot.topics.drafting.model import DIGEST_SHOWN, Draft, DraftEvent, DraftState, draft_moved
from bot.topics.drafting.options import ADraft, ANote, ASeenDraft, SomeWords, as_seen, gist

ALT_LIMIT = 1000

AltText = Annotated[str, Option(lambda _context, text: line(text, ALT_LIMIT), takes=lambda _context, words: len(words))]
ADigest = Annotated[str, Option(lambda _context, text: line(text, DIGEST_SHOWN))]


def reword(context: Context, draft: ASeenDraft, words: SomeWords | None = None) -> Reply:
    """Change the words of a draft; an approval that it had no longer holds.

    draft: which one
    words: the post, exactly as it should read; a form opens if you leave it out
    """
    return _changed(context, draft.draft, words, draft.seen)


def _changed(context: Context, draft: Draft, words: str | None, seen: str) -> Reply:
    refuse_finished(draft)
    refuse_strangers(context, draft)
    values = {"draft": as_seen(draft)}
    if words is None:
        warning = "One changed sign, and it has to be approved anew." if draft.approved else ""
        return words_form("reword", warning, values, draft.text)
    if seen and seen != draft.seen and draft.text != words:
        since = f"Somebody changed it meanwhile. It reads now: “{gist(draft.text, 200)}”"
        return words_form("reword", since, values, words)
    return draft_card(context, reworded(context, draft, said_words(words)), "Changed.")


def wording(context: Context, draft: ADraft, number: int, seen: ADigest) -> Reply:
    """Choose another wording for a draft.

    draft: which one
    number: which of the other wordings
    seen: the words that it has now, as the button has it
    """
    refuse_finished(draft)
    refuse_strangers(context, draft)
    refuse_unseen(draft, seen)
    if not 1 <= number <= len(draft.others):
        raise Refusal("That wording is not there any more. Please choose again.", option="number")
    return draft_card(context, reworded(context, draft, draft.others[number - 1]))


def answer(context: Context, draft: ADraft, words: ANote) -> Reply:
    """Say what was missing from a tip; the draft is made anew with it.

    draft: which one
    words: what was missing, such as “register by 5 December”
    """
    return _made_anew(context, draft, with_answer(draft, words))


def post_without(context: Context, draft: ADraft) -> Reply:
    """Leave out what a tip does not say: nothing is invented for it.

    draft: which one
    """
    return _made_anew(context, draft, replace(draft, without=True))


def _made_anew(context: Context, before: Draft, after: Draft) -> Reply:
    refuse_finished(before)
    refuse_strangers(context, before)
    account = account_of(context.records, before)
    source = source_of_draft(context, after)
    made = composed(context, account, source) if source and not after.without else None
    kept = keep_draft(context, after)
    if made is None or not made.texts:  # what is left out leaves the words as they are
        return draft_card(context, kept)
    first, *others = made.texts
    return draft_card(context, reworded(context, replace(kept, others=(*others, *before.others)), first))


def discard(context: Context, draft: ADraft) -> Reply:
    """Put a draft away; its tip stays in the jar.

    draft: which one
    """
    refuse_finished(draft)
    refuse_strangers(context, draft)
    keep_draft(context, draft_moved(draft, DraftEvent.DROP))
    return Card(
        "A draft",
        "It is put away.",
        controls=(Button("Undo: take the draft up again", "recover", {"draft": draft.id}),),
    )


def recover(context: Context, draft: ADraft) -> Reply:
    """Take up a draft again that was put away.

    draft: which one
    """
    refuse_strangers(context, draft)
    if draft.state is not DraftState.DROPPED:
        return draft_card(context, draft)
    return draft_card(context, keep_draft(context, draft_moved(draft, DraftEvent.RESTORE)))


def picture(context: Context, draft: ADraft, shows: AltText) -> Reply:
    """Note that a draft has a picture, and what it shows, for those who don't see it.

    draft: which one
    shows: what the picture shows, in a sentence; “none” if there is none
    """
    refuse_finished(draft)
    refuse_strangers(context, draft)
    alt = "" if shows.casefold() in ("none", "-") else shows
    return draft_card(context, reworded(context, draft, draft.text, alt=alt), "Noted.")
