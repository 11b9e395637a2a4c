"""The archive: what was posted, found by its words."""

from bot.core.chat import Button, Card, Control, Inline, Link, Moment, Reply, Row, Rows
from bot.core.pages import page_of, turns
from bot.core.router import Context, Role
from bot.core.words import shown
from bot.topics.accounts.model import Account
from bot.topics.drafting.options import OF_POST, ALine, gist
from bot.topics.posting.model import Post

MOST = 200  # posts that one search gives
SHOWN = 300  # characters of a post in a list


def archive(context: Context, words: ALine, page: int = 1) -> Reply:
    """Find what was posted before by the words in it, newest first.

    words: words of the post, its campaign or its link; endings and capitals don't matter
    page: which page of a long list
    """
    found = context.records.search(Post, words, order="-at", limit=MOST)
    if not found:
        return Card(
            "The archive",
            f"I find no post with “{shown(words)}”. Fewer or other words may help. What was recorded without its words "
            "is in `posts` and the account.",
        )
    posts, first, last = page_of(found, page)
    rows = tuple(Row(_line(context, one), gist(one.words, SHOWN), _controls(context, one)) for one in posts)
    many = f"{MOST} or more" if len(found) == MOST else str(len(found))
    try:
        more = turns("in the archive", "archive", {"words": words}, first, last)
    except ValueError:  # words too long for a button: fewer of them find the same and more
        more = ()
    return Card(
        "The archive",
        f"{many} {'post' if len(found) == 1 else 'posts'} with “{shown(words)}”.",
        (Rows(rows, first, len(found)),),
        more,
    )


def _line(context: Context, post: Post) -> tuple[Inline, ...]:
    account = context.records.get(Account, post.account)
    said: list[Inline] = [account.short if account else "an account that is gone", ", ", Moment(post.at)]
    said += [f", {post.kind.value}"] if post.kind else []
    said += [f", campaign {post.campaign}"] if post.campaign else []
    said += [", ", Link("the post", post.link)] if post.link else []
    return tuple(said)


def _controls(context: Context, post: Post) -> tuple[Control, ...]:
    account = context.records.get(Account, post.account)
    if context.asker.role < Role.VOLUNTEER or not post.words or account is None or not account.live:
        return ()
    return (
        Button(f"Draft from it for {account.short}", "draft", {"account": account.short, "tip": OF_POST + post.id}),
    )
