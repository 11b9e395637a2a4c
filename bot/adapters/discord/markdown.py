"""Text as Discord's markdown: what people typed stays literal, only our own values become markup."""

import re
from collections.abc import Iterator

from bot.adapters.discord.addresses import number
from bot.core.chat import Inline, Link, Moment, Person, Place, Strong, Text
from bot.core.words import INVISIBLE

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_STEERING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,;!?()’“”&%=–·…-]|\.(?=[ ]|\Z))*")  # most texts: nothing to do
_ALWAYS = re.compile(r"[\\*_~`|<>\[\]]")  # formats, spoilers, mentions, times, links and custom emoji
_COLON = re.compile(r":(?=\S)(?!(?<=\d:)\d\d(?![\d:]))")  # web addresses and names of emoji, but not 14:02
_INVITE = re.compile(r"\b(discord(?:app)?)\.(?=\w)", re.IGNORECASE)  # an invitation needs no `https:` to be one
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_NUMBERED = re.compile(r"^([ \t]*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_LINE_START = re.compile(r"^([ \t]*)(#{1,3}(?=\s|$)|[-+](?=[\s#]|$))", re.MULTILINE)  # headings, lists, small print
_ATOMS = re.compile(r"(?:\\.|[^\\\s])+|\s+|\\", re.DOTALL)
_PIECES = re.compile(r"(?:\\.|[^\\])", re.DOTALL)


def tidy(text: str) -> str:
    """The text without signs that steer, hide or can't be sent; line ends as Discord knows them."""
    return _STEERING.sub(" ", INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))).replace("\t", " ")


def escape(text: str) -> str:
    """The text so that it reads as it was typed: nothing in it pings, links or formats."""
    if _PLAIN.fullmatch(text):
        return text
    text = _ALWAYS.sub(r"\\\g<0>", tidy(text))
    text = _COLON.sub(r"\\:", text)
    text = _INVITE.sub(r"\1\\.", text)
    text = _EVERYBODY.sub("@\u200b", text)
    text = _LINE_START.sub(lambda found: found[1] + "".join(f"\\{sign}" for sign in found[2]), text)
    return _NUMBERED.sub(r"\1\\\2", text)


def bold(text: str) -> str:
    """Literal text that stands out."""
    said = escape(text).strip()
    return f"**{said}**" if said else ""


def link(label: str, url: str) -> str:
    """A link, or its literal text where the address is not one of the web."""
    if not re.match(r"https?://", url, re.IGNORECASE):
        return escape(f"{label} ({url})" if label not in ("", url) else url)
    safe = "".join(
        f"%{ord(sign):02X}" if sign in '<>()[]\\"`|' or ord(sign) <= ord(" ") else sign for sign in tidy(url)
    )
    return f"[{escape(label).strip()}](<{safe}>)" if tidy(label).strip() not in ("", url) else f"<{safe}>"


def marked(text: Text) -> str:
    """A text as markdown."""
    return escape(text) if isinstance(text, str) else "".join(map(_part, text))


def _part(part: Inline) -> str:
    match part:
        case str():
            return escape(part)
        case Strong():
            return bold(part.text)
        case Link():
            return link(part.label, part.url)
        case Moment():
            return f"<t:{int(part.at.timestamp())}:f>"
        case Person():
            user = number(part)
            return f"<@{user}>" if user is not None else escape(part.id)
        case Place():
            channel = number(part)
            return f"<#{channel}>" if channel is not None else escape(part.id)


def plainly(text: Text) -> str:
    """A text on one line without markup, for labels, hints and descriptions, where Discord draws none."""
    said = text if isinstance(text, str) else "".join(part if isinstance(part, str) else "" for part in text)
    return " ".join(tidy(said).split())


def split(text: str, room: int) -> Iterator[str]:
    """Markdown in stretches of at most `room` signs, broken between words; only a longer word is broken itself."""
    if len(text) <= room:
        if text.strip():
            yield text
        return
    stretch = ""
    for atom in _ATOMS.findall(text):
        if len(stretch) + len(atom) <= room:
            stretch += atom
            continue
        if stretch.strip():
            yield stretch
        stretch = ""
        for piece in _PIECES.findall(atom) if len(atom) > room else [atom]:
            if len(stretch) + len(piece) > room:
                yield stretch
                stretch = ""
            stretch += piece
    if stretch.strip():
        yield stretch
