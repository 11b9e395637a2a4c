"""`find`: which account is …"""

from collections.abc import Sequence
from typing import Annotated

from bot.core.chat import Button, Card, Reply, Row, Rows
from bot.core.router import Context, Option
from bot.core.words import clean, shown
from bot.errors import Refusal
from bot.topics.accounts.card import account_card, show
from bot.topics.accounts.model import Account
from bot.topics.accounts.options import find_account, suggest_live, title

MOST = 200  # signs of a question


def _all_words(_context: Context, words: Sequence[str]) -> int:
    return len(words)


AQuestion = Annotated[str, Option(lambda _context, text: clean(text, MOST), takes=_all_words, suggest=suggest_live)]
"""What somebody remembers of an account, in any words."""


def find(context: Context, words: AQuestion) -> Reply:
    """Find an account: by handle, name, page, or whatever you remember of it.

    words: what you know, such as @ALCTS_CE, “preservation facebook” or “the photo one”
    """
    found = find_account(context.records, words)
    if found.sure is not None:
        return account_card(context, found.sure)
    if found.near:
        return choice_card(words, found.near)
    raise Refusal(
        f"I know no account for “{shown(words)}”. Try a handle, a name, or what it is about, such as: find "
        "preservation facebook",
        option="words",
    )


def choice_card(words: str, near: Sequence[Account]) -> Card:
    """Those that may be meant, to choose from."""
    rows = tuple(Row(title(one), one.purpose[:200] or ", ".join(one.themes)[:200], (show(one),)) for one in near)
    said = f"I am not sure which account “{shown(words)}” is. It may be "
    said += "this one." if len(rows) == 1 else f"one of these {len(rows)}."
    return Card("Which account?", said, (Rows(rows, total=len(rows)),), (Button("Search for another", "find"),))
