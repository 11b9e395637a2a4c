"""A form in the console: its questions asked one at a time."""

from collections.abc import Callable, Mapping, Sequence

from bot.adapters.console.files import content_of
from bot.adapters.console.read import LOCAL_WORDS, local_word
from bot.adapters.console.render import opening, question, safe, wrap
from bot.adapters.console.surface import Completions, Interrupted, Surface
from bot.core.chat import Field, Form, Kind
from bot.errors import Refusal

STOPPED = "All right, stopped. Nothing was done."
ENDED = "There were no more lines before this was complete, so nothing was done."
NEEDED = "This one is needed. Type it, or `:cancel` to stop."
FIRST = "Please answer this first, or type `:cancel` to stop."
A_COMMAND = (
    "That is also something that I can do. To do it, type `:cancel` first; to give it as the answer, type it once more."
)

Offer = Callable[[Mapping[str, str], str, str], Sequence[tuple[str, str]]]
"""(values so far, field's name, what was typed so far) → (value, label) pairs."""

Known = Callable[[str], bool]
"""Does the line begin with the name of something that Steward can do?"""


async def fill(form: Form, surface: Surface, offer: Offer, known: Known) -> dict[str, str]:
    """The form's values as they are answered. Raises Refusal where the person stops.

    Where something was wrong, only that and what is still missing is asked. A line that is `known` as a command is an
    answer only where it is typed twice: somebody may have forgotten that a question waits.
    """
    again = any(field.error for field in form.fields)
    if not again:
        surface.show(opening(form, surface.width), titled=True)
    values = dict(form.values)
    for field in form.fields:
        kept = again and not field.error and (field.value or not field.required)
        value = field.value if kept else await _ask(field, surface, offer, known, values)
        if value:
            values[field.name] = value
        else:
            values.pop(field.name, None)
    return values


async def _ask(field: Field, surface: Surface, offer: Offer, known: Known, values: Mapping[str, str]) -> str:
    def completions(line: str) -> Sequence[tuple[str, str]]:
        return offer(values, field.name, line) or _matching(field, line)

    if field.kind is Kind.FILE and field.value:  # its name was typed with the command
        try:
            return content_of(field.value)
        except Refusal as refusal:
            surface.show(wrap(safe(refusal.sentence), surface.width))
    surface.show(question(field, surface.width))
    doubted = ""
    while True:
        line = await _line(field, surface, completions)
        if (word := local_word(line)) and word[0] in LOCAL_WORDS:
            surface.show(FIRST)
            continue
        if line.strip() != doubted and not _chosen(field, line.strip()) and known(line):
            doubted = line.strip()
            surface.show(wrap(A_COMMAND, surface.width))
            continue
        try:
            return _read(field, line.strip())
        except Refusal as refusal:
            surface.show(wrap(safe(refusal.sentence), surface.width))


async def _line(field: Field, surface: Surface, completions: Completions) -> str:
    """The next line. Raises Refusal where there is none, or the person wants to stop."""
    try:
        line = await surface.ask(f"{field.label}:", completions)
    except Interrupted:
        raise Refusal(STOPPED) from None
    if line is None:
        raise Refusal(ENDED)
    if local_word(line) == ("cancel", ""):
        raise Refusal(STOPPED)
    return line


def _read(field: Field, text: str) -> str:
    """The value of an answer, of a file what is in it. Raises Refusal where it is none."""
    value = answer(field, text)
    if value is None:
        raise Refusal(NEEDED)
    return content_of(value) if value and field.kind is Kind.FILE else value


def answer(field: Field, text: str) -> str | None:
    """The value that an answer stands for, or None where one is needed.

    Enter keeps the value that is there, or leaves an optional field out; `-` empties an optional one. A choice is
    known by its value, its label or its number.
    """
    keeps = field.value if not field.error else ""
    if not text:
        return keeps if keeps or not field.required else None
    if (value := _chosen(field, text)) is not None:
        return value
    if text.isdecimal() and field.kind is not Kind.NUMBER and 0 < int(text[:9]) <= len(field.choices):
        return field.choices[int(text[:9]) - 1][0]
    return "" if text == "-" and keeps and not field.required else text


def _chosen(field: Field, text: str) -> str | None:
    """The value of the choice that is named so, by its value or its label."""
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda value, _label: value == text,
        lambda value, _label: value.casefold() == text.casefold(),
        lambda _value, label: label.casefold() == text.casefold(),
    )
    return next((value for means in tests for value, label in field.choices if means(value, label)), None)


def _matching(field: Field, line: str) -> Sequence[tuple[str, str]]:
    typed = line.strip().casefold()
    return [(value, label or value) for value, label in field.choices if typed in f"{value} {label}".casefold()]
