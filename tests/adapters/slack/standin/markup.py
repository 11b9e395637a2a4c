"""Slack's mrkdwn: what has to be escaped, what is markup, and how a person reads it."""

import re
from collections.abc import Callable

from tests.adapters.slack.standin.shape import need

TOKEN = re.compile(r"<([^<>\n]*)>")
ALLOWED = re.compile(
    r"@[UW][A-Z0-9]+(?:\|[^|]*)?"
    r"|#[CG][A-Z0-9]+(?:\|[^|]*)?"
    r"|!date\^\d{1,11}\^[^|^]*\{[a-z_]+\}[^|^]*(?:\^https?://[^|^\s]+)?\|[^|]+"
    r"|(?:https?://|mailto:)[^|\s]+(?:\|[^|]+)?"
)
UNSEEN = "\u200b"  # put in so that a sign is no markup
ENTITIES = ("&amp;", "&lt;", "&gt;")
Name = Callable[[str], str]


def check(text: str, where: str) -> None:
    """Raises Invalid where a sign is not escaped, or where the text would ping many (`<!channel>`)."""
    for found in TOKEN.finditer(text):
        need(ALLOWED.fullmatch(found[1]) is not None, where, f"markup that Steward never writes: {found[0]!r}")
    rest = TOKEN.sub("", text)
    need("<" not in rest and ">" not in rest, where, f"an unescaped < or > in {text[:80]!r}")
    for at in (found.start() for found in re.finditer("&", rest)):
        need(rest.startswith(ENTITIES, at), where, f"an unescaped & in {text[:80]!r}")


def read(text: str, name: Name = str) -> str:
    """The text as a person reads it; `name` tells how a person or channel is called."""

    def token(found: re.Match[str]) -> str:
        inside = found[1]
        address, bar, label = inside.partition("|")
        if inside[:1] in "@#":
            return inside[0] + name(address[1:])
        if inside[:1] == "!":
            return label
        return f"{label} ({address})" if bar and label != address else address

    return unescaped(TOKEN.sub(token, text))


def unescaped(text: str) -> str:
    """The text without Slack's three entities, and without what nobody sees."""
    return text.replace(UNSEEN, "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escaped(text: str) -> str:
    """A typed text as Slack hands it to an app."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
