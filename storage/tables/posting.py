"""The tables of posts and of what is asked about them, as first released."""

from storage.shape import Migration, Table

POSTING = Migration(
    "posts and what is asked about them",
    Table(
        "post",
        {
            "account": "text",
            "at": "text",
            "by": "text",
            "noted": "text",
            "link": "text",
            "kind": "text?",
            "words": "text",
            "source": "text",
        },
        index=("account, at",),
    ),
    Table(
        "watch",
        {
            "clock_from": "text?",
            "normal_at": "text?",
            "snoozed_until": "text?",
            "questions": "json",
            "chain": "json",
            "helper": "text",
            "due": "text?",
        },
        index=("helper",),
    ),
    Table(
        "step",
        {"did": "text", "by": "text", "at": "text", "before": "json", "after": "json", "post": "text"},
        index=("by, at",),
    ),
)
