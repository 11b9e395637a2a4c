"""A card as text for a terminal: numbered buttons, wrapped lines, and nothing in it that could steer the terminal."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import tzinfo
from itertools import count

from bot.core.chat import Button, Card, Field, Form, Kind, LinkButton, Person, Place, Reply
from bot.core.codes import typed
from bot.core.plain import Name, plain
from bot.core.words import INVISIBLE

WIDTH = 100  # columns of the widest line that reads well
NARROWEST = 20  # columns below which wrapping helps nobody

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_STEERING = {
    **{sign: chr(0x2400 + sign) for sign in range(0x20) if chr(sign) not in "\t\n"},  # ESC is shown as a small “ESC”
    ord("\t"): " ",
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),  # single signs that some terminals take for ESC and another
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # halves of signs, which no stream can write
    0x061C: None,  # turns the reading direction; the other such signs are in INVISIBLE
}
_MARKER = re.compile(r" *(?:\d+\. |\[(?:done|to do)\] |)")
_UNITS = re.compile(r"\S*`[^`]{1,40}`\S*|\S+")  # words, and what is there to be typed: `:as new members`


def safe(text: str) -> str:
    """The text without a sign that steers a terminal, hides, or turns the reading direction; line breaks stay."""
    return INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)).translate(_STEERING)


def one_line(text: str) -> str:
    """The same, on one line."""
    return " ".join(safe(text).split())


def cells(text: str) -> int:
    """How many columns a terminal takes for the text."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrap(text: str, width: int = WIDTH, whole: Iterable[str] = ()) -> str:
    """The text with its long lines broken between words, further lines below the first one's words.

    What stands between backticks stays together where it is short. A word wider than the line, such as a web address,
    stays in one piece; so do the lines listed in `whole`.
    """
    width = max(NARROWEST, min(width, WIDTH))
    kept = set(whole)
    lines = (
        [line.rstrip()] if cells(line) <= width or line.strip() in kept else _broken(line, width)
        for line in text.split("\n")
    )
    return "\n".join(part for parts in lines for part in parts)


def _broken(line: str, width: int) -> list[str]:
    marker = _MARKER.match(line)
    hanging = " " * min(marker.end() if marker else 0, width // 3)
    lines: list[str] = []
    current = line[: len(line) - len(line.lstrip())][: width // 3]
    room = width - cells(current)
    fresh = True
    for word in _UNITS.findall(line):
        wide = cells(word)
        if fresh or wide + 1 <= room:
            current += word if fresh else f" {word}"
            room -= wide + (not fresh)
        else:
            lines.append(current)
            current = hanging + word
            room = width - len(hanging) - wide
        fresh = False
    return [*lines, current]


def render(card: Card, zone: tzinfo, name_of: Name, first: int = 1, width: int = WIDTH) -> str:
    """A card with its buttons numbered from `first` in reading order (`controls_of`), times in the reader's zone."""
    numbers = count(first)
    return _laid_out(card, zone, name_of, lambda button: f"[{next(numbers)}] {_face(button)}", width)


def answer_text(reply: Reply, zone: tzinfo, name_of: Name, width: int = WIDTH) -> str:
    """A reply to be read outside a session: every button with what a person types to do the same."""
    text = _laid_out(reply, zone, name_of, _spelled, width)
    if isinstance(reply, Form):
        missing = [f"{field.name}=…" for field in reply.fields if field.required]
        again = one_line(" ".join([typed(reply.command, reply.values), *missing]))
        text += f"\n\nSay it again with what is missing:\n  {again}"
    return text


def _face(button: Button | LinkButton) -> str:
    return f"{button.label}: {button.url}" if isinstance(button, LinkButton) else button.label


def _spelled(button: Button | LinkButton) -> str:
    return f"[{button.label}] {button.url if isinstance(button, LinkButton) else button.typed}"


def _laid_out(reply: Reply, zone: tzinfo, name_of: Name, show: Callable[[Button | LinkButton], str], width: int) -> str:
    whole: set[str] = set()  # buttons stay in one piece: their typed form is there to be copied

    def shown(button: Button | LinkButton) -> str:
        line = one_line(show(button))
        whole.add(line)
        return line

    def named(one: Person | Place) -> str:
        return one_line(name_of(one))

    return wrap(safe(plain(reply, zone, named, shown)), width, whole)


def opening(form: Form, width: int = WIDTH) -> str:
    """How a form begins: its title and what it is for."""
    return wrap(safe("\n".join(part for part in (form.title, form.intro) if part)), width)


def question(field: Field, width: int = WIDTH) -> str:
    """One field as a question: what was wrong, what it is, what may be chosen, and what Enter does."""
    lines = [field.error] if field.error else []
    lines.append(f"{field.label}: {field.hint}" if field.hint else field.label)
    for number, (value, label) in enumerate(field.choices, 1):
        mark = "  -" if field.kind is Kind.NUMBER else f"  {number}."
        offered, named = one_line(value), one_line(label)
        lines.append(f"{mark} {named if named.startswith(offered) else f'{offered}  {named}'.rstrip()}")
    lines += [f"({after})"] if (after := _enter(field)) else []
    return wrap(safe("\n".join(lines)), width)


def _enter(field: Field) -> str:
    if field.value and not field.error:
        clear = "" if field.required else "; type - for nothing"
        return f"Enter keeps “{field.value}”{clear}."
    return "" if field.required else "This may be left out: just press Enter."
