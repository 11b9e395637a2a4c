"""How an account speaks: what may stand around the facts of a draft. Kept per account, changed as data."""

from msgspec import Struct


class Voice(Struct, frozen=True):
    """An account's way of speaking.

    `manner` is plain or warm (a friendlier opening). `hashtags` are those it always uses, at most `most_hashtags` in a
    post. `ending` is a closing line of longer posts.
    """

    manner: str = "plain"
    hashtags: tuple[str, ...] = ()
    most_hashtags: int = 2
    ending: str = ""
