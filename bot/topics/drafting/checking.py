"""The checker's commands: check a text, take a one-tap fix, note who looked up a hashtag, see where words come from."""

from typing import Annotated

from bot.core.chat import Button, Card, Note, Reply, Row, Rows, Words
from bot.core.router import Context, Option
from bot.core.words import line
from bot.errors import Refusal
from bot.topics.accounts.options import ALiveAccount
from bot.topics.drafting.card import draft_card
from bot.topics.drafting.drafts import new_draft, same_words
from bot.topics.drafting.keeping import (
    account_of,
    keep_draft,
    read_button,
    refuse_finished,
    refuse_strangers,
    refuse_unseen,
    reworded,
)
from bot.topics.drafting.making import source_of_draft
from bot.topics.drafting.model import HashtagLook
from bot.topics.drafting.options import ADraft, CheckedText
from bot.topics.drafting.rewording import ADigest
from bot.topics.drafting.weighing import remarks_on, remarks_on_text, sources_of

TAG_LIMIT = 100
ACheck = Annotated[str, Option(lambda _context, text: line(text, 40))]
AHashtag = Annotated[str, Option(lambda _context, text: line(text, TAG_LIMIT).lstrip("#").casefold())]


def check(context: Context, text: CheckedText, account: ALiveAccount | None = None) -> Reply:
    """Hold a text against our posting tips and the network's rules; nothing is sent anywhere.

    text: the words of the post
    account: the account that it is for; then it is kept as a draft, with one-tap fixes
    """
    if not any(sign.isalnum() for sign in text):
        raise Refusal("There are no words in that. Which text should I check?", option="text")
    if account is not None:
        made = same_words(context, account, text) or keep_draft(context, new_draft(context, account, text))
        return draft_card(context, made, "Kept as a draft, so that you can mend it.")
    found = remarks_on_text(context, text)
    rows = tuple(
        Row(f"{one.tip.capitalize()}: {one.reason}", f"Rather: {one.fix.text}" if one.fix else "")
        for one in found
        if not one.ok
    )
    fine = "\n".join(f"{one.tip}: {one.reason}" for one in found if one.ok)
    summary = "Nothing to mend." if not rows else f"{len(rows)} {'thing' if len(rows) == 1 else 'things'} to look at."
    blocks = (Rows(rows, total=len(rows)),) if rows else ()
    said = (Note(fine),) if fine else ()
    return Card("The checker", f"{summary} Name an account to check its network's length too.", (*blocks, *said))


def fix(context: Context, draft: ADraft, check: ACheck, seen: ADigest) -> Reply:
    """Take one of the checker's fixes.

    draft: which one
    check: which of the checks
    seen: the words that it has now, as the button has it
    """
    refuse_finished(draft)
    refuse_strangers(context, draft)
    refuse_unseen(draft, seen)
    found = next(
        (
            one.fix
            for one in remarks_on(context, draft, source_of_draft(context, draft))
            if one.tip == check and one.fix is not None
        ),
        None,
    )
    if found is None:
        return draft_card(context, draft, "There is nothing to mend there any more.")
    mended = reworded(context, draft, draft.text, alt=found.text) if found.alt else reworded(context, draft, found.text)
    return draft_card(context, mended, "Mended.")


def looked(context: Context, hashtag: AHashtag, draft: ADraft | None = None) -> Reply:
    """Note that you looked what others use a hashtag for, and that it suits.

    hashtag: which one, such as #PresWk
    draft: the draft that it is in, to go on with
    """
    if not hashtag:
        raise Refusal("Which hashtag did you look at? For example: `looked #PresWk`.", option="hashtag")
    context.records.put(HashtagLook(hashtag, context.asker.volunteer, context.now))
    if draft is not None:
        return draft_card(context, draft, f"Noted: you looked what #{hashtag} is used for.")
    return Card("Noted", f"You looked what #{hashtag} is used for. Thank you!")


def sources(context: Context, draft: ADraft) -> Reply:
    """Where each part of a draft comes from: its words, and the words of the tip.

    draft: which one
    """
    account = account_of(context.records, draft)
    source = source_of_draft(context, draft)
    if source is None:
        return Card(
            "Where it comes from",
            "It was written by hand, so there is no tip to hold it against.",
            controls=(read_button(draft, account),),
        )
    found = sources_of(draft, source)
    rows = tuple(Row(f"“{one.words}”", one.told) for one in found)
    controls = [read_button(draft, account)]
    if draft.tip:
        controls.append(Button("Read its tip", "tip show", {"tip": draft.tip}))
    return Card(
        "Where it comes from",
        f"The draft for {account.short}, part by part.",
        (Words(draft.text), Rows(rows, total=len(rows))),
        tuple(controls),
    )
