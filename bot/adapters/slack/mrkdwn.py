"""Text as Slack's mrkdwn: what people typed stays literal, only our own values become markup."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC

from bot.adapters.slack.addresses import channel_of, user_of
from bot.core.chat import Inline, Link, Moment, Person, Place, Strong, Text
from bot.core.plain import local
from bot.core.words import INVISIBLE

STOP = "\u200b"  # seen by nobody; beside a sign it keeps Slack from reading markup
LINK_LIMIT = 2900  # characters of a link as markup, so that it fits a section whole
BOLD_LIMIT = 1000  # characters that stand out together
NOBODY: Mapping[str, str] = {}

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_STEERING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMAT = re.compile(r"(?<!\w)([*_~])(?=\S[^\n]*?\1(?!\w))")  # opens what would be bold, italic or struck out
_CODE = re.compile(r"`(?=[^\n]*`)|(?<=`)`|```")
_QUOTE = re.compile(r"^(?=[ \t]*&gt;)", re.MULTILINE)
_EMOJI = re.compile(r":(?=[a-z0-9_+'-]*[a-z+][a-z0-9_+'-]*:|100:|1234:)", re.IGNORECASE)
_ATOMS = re.compile(r"&(?:amp|lt|gt);|\s+|[^\s&]{1,200}")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def tidy(text: str) -> str:
    """The text without signs that steer, hide or can't be sent; line ends as Slack knows them."""
    return _STEERING.sub(" ", INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))).replace("\t", " ")


def escape(text: str) -> str:
    """The text so that it reads as it was typed: nothing in it pings, links or formats."""
    text = tidy(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _FORMAT.sub(rf"\1{STOP}", text)
    text = _CODE.sub(f"`{STOP}", text)
    text = _QUOTE.sub(STOP, text)
    return _EMOJI.sub(f":{STOP}", text)


def is_plain(text: Text) -> bool:
    """Is it all literal, with signs that Slack could read as markup? Then it is best sent as plain text."""
    return isinstance(text, str) and STOP in escape(text)


def bold(text: str) -> str:
    """Literal text that stands out, where Slack can make it so."""
    said = escape(text).strip()
    return said if not said or len(said) > BOLD_LIMIT or re.search(r"[*\n`]", said) else f"*{said}*"


def link(label: str, url: str) -> str:
    """A link, or its literal text where the address is not one of the web or too long for one."""
    address = "".join(f"%{ord(sign):02X}" if sign in '<>|^`"' or sign <= " " else sign for sign in tidy(url))
    address = address.replace("&", "&amp;")
    said = escape(" ".join(label.split())).replace("|", "¦")
    made = f"<{address}|{said}>" if said.strip(f"{STOP} ") and label != url else f"<{address}>"
    if _WEB.fullmatch(tidy(url).strip()) and len(made) <= LINK_LIMIT:
        return made
    return escape(f"{label} ({url})" if label not in ("", url) else url)


def pieces(text: Text, names: Mapping[str, str] = NOBODY) -> list[str]:
    """A text as mrkdwn in pieces that must not be cut. People in `names` are named, not mentioned."""
    made: list[str] = []
    for part in (text,) if isinstance(text, str) else text:
        if isinstance(part, str):
            made += _ATOMS.findall(escape(part))
            continue
        said = _inline(part, names)
        if made and said[:1] == "*" and made[-1][-1:].isalnum():
            made.append(STOP)  # without it the stars would show
        made += [said] if said[:1] in "<*" else _ATOMS.findall(said)
        if said[:1] == "*":
            made.append(STOP)
    return made


def marked(text: Text, names: Mapping[str, str] = NOBODY) -> str:
    """A text as mrkdwn."""
    return "".join(pieces(text, names))


def packed(atoms: Sequence[str], limit: int) -> Iterator[str]:
    """The pieces in as few strings as hold them, none longer than `limit`."""
    held = ""
    for atom in atoms:
        if held and len(held) + len(atom) > limit:
            yield held
            held = ""
        held += atom
        while len(held) > limit:  # a single piece that is too long: bold words
            yield held[:limit]
            held = held[limit:]
    if held:
        yield held


def _inline(part: Inline, names: Mapping[str, str]) -> str:
    match part:
        case Strong():
            return bold(part.text)
        case Link():
            return link(part.label, part.url)
        case Moment():
            return f"<!date^{int(part.at.timestamp())}^{{date_short_pretty}}, {{time}}|{local(part.at, UTC)} UTC>"
        case Person():
            user = user_of(part) if part.id not in names else None
            return f"<@{user}>" if user else escape(names.get(part.id, part.id))
        case Place():
            channel = channel_of(part)
            return f"<#{channel}>" if channel and not channel.startswith("D") else escape(part.id)
        case _:
            return escape(str(part))
