"""A draft that is out: the form that asks for its link and its kind, and goes on to `posted`."""

from bot.core.chat import Field, Form, Kind, Reply
from bot.core.router import Context
from bot.topics.drafting.keeping import account_of, refuse_finished
from bot.topics.drafting.options import ADraft
from bot.topics.posting.model import PostKind


def went_out(context: Context, draft: ADraft) -> Reply:
    """Say that a draft is out: its link, whether it is content or campaign, and when.

    draft: which one
    """
    refuse_finished(draft)
    account = account_of(context.records, draft)
    usual = PostKind.REPOST if draft.of_post else PostKind.CONTENT
    hint = f"{usual.value}, unless you say otherwise or name a campaign"
    kinds = tuple((kind.value, kind.value.capitalize()) for kind in PostKind)
    fields = (
        Field("link", "Its link", required=False, hint="the post's web address, if you have it at hand"),
        Field("kind", "Kind", Kind.CHOICE, required=False, hint=hint, choices=kinds),
        Field("campaign", "Campaign", required=False, hint="if it is part of one"),
        Field("when", "When", Kind.DATE, required=False, hint="now if left out"),
    )
    values = {"account": account.short, "draft": draft.id}
    return Form("Posted", "posted", fields, values, f"Out on {account.short}? Tell me what you know of it.")
