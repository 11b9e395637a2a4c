"""Buttons, links and choices as Block Kit's elements."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, field

from bot.adapters.slack.codes import DO, LINK
from bot.adapters.slack.mrkdwn import escape, link, packed, pieces, tidy
from bot.core.chat import Button, Choice, Control, LinkButton, Style

LABEL_LIMIT = 75  # characters of a button's label and of an option's text
URL_LIMIT = 3000  # characters of a link button's address
PLACEHOLDER_LIMIT = 150  # characters of a select's own words
QUESTION_LIMIT = 300  # characters of what is asked before a button does its work
ROW = 5  # buttons side by side
TEXT_LIMIT = 3000  # characters of a section's text

SURE, NOT_SURE, ASKED = "Yes, I am sure", "No, leave it", "Please confirm"
ABOVE = "The question stands above the button."
NAMELESS = "–"
STYLES = {Style.PLAIN: {}, Style.PRIMARY: {"style": "primary"}, Style.DANGER: {"style": "danger"}}

Json = dict[str, Any]


class Made(Struct, frozen=True):
    """A control as an element, with blocks that stand before it; `said` is the same in mrkdwn."""

    element: Json | None
    said: str
    before: tuple[Json, ...] = ()
    alone: bool = False  # it has a row of its own


class Controls(Struct):
    """Makes the controls of one card: each has an `action_id` that no other has there."""

    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def made(self, controls: Sequence[Control]) -> list[Made]:
        """The controls one by one."""
        return [self._made(control) for control in controls]

    def _made(self, control: Control) -> Made:
        match control:
            case Button():
                return self._button(control)
            case LinkButton():
                return self._link(control)
            case Choice():
                return self._choice(control)

    def _id(self, kind: str) -> str:
        return f"{kind}:{next(self._numbers)}"

    def _button(self, button: Button) -> Made:
        label = squeezed(button.label) or NAMELESS
        element: Json = {
            "type": "button",
            "text": plain_text(label),
            "action_id": self._id(DO),
            "value": button.code,
            **STYLES[button.style],
        }
        before: tuple[Json, ...] = ()
        question = squeezed(button.confirm)
        if question:
            if len(question) > QUESTION_LIMIT:
                before = tuple(as_text(pieces(question)))
                question = ABOVE
            element["confirm"] = _confirm(question, button.style)
        return Made(element, f"[{escape(label)}]", before)

    def _link(self, control: LinkButton) -> Made:
        label = squeezed(control.label) or NAMELESS
        good = (
            len(label) <= LABEL_LIMIT and len(control.url) <= URL_LIMIT and re.fullmatch(r"https?://\S+", control.url)
        )
        said = f"[{escape(label)}] {escape(control.url)}"
        if not good:
            shown = link(label, control.url)
            return Made(
                None, shown, tuple(as_text([shown] if shown[:1] == "<" else pieces(f"{label} ({control.url})")))
            )
        element = {"type": "button", "text": plain_text(label), "action_id": self._id(LINK), "url": control.url}
        return Made(element, said)

    def _choice(self, choice: Choice) -> Made:
        label = squeezed(choice.label) or NAMELESS
        before = () if len(label) <= PLACEHOLDER_LIMIT else tuple(as_text(pieces(label)))
        options: list[Json] = [
            {"text": plain_text(squeezed(shown) or NAMELESS), "value": choice.pick(value).code}
            for value, shown in choice.choices
        ]
        element = {
            "type": "static_select",
            "action_id": self._id(DO),
            "placeholder": plain_text("Please choose" if before else label),
            "options": options,
        }
        offered = ", ".join(escape(option["text"]["text"]) for option in options)
        return Made(element, f"{escape(label)}: {offered}", before, alone=True)


def rows(made: Sequence[Made]) -> Iterator[tuple[tuple[Json, ...], str]]:
    """Controls in rows, five buttons side by side at most: the blocks of a row, and what it says."""
    held: list[Made] = []
    for one in made:
        if held and (one.alone or one.before or one.element is None or len(held) == ROW):
            yield _row(held)
            held = []
        if one.alone or one.element is None:
            yield _row([one])
        else:
            held.append(one)
    if held:
        yield _row(held)


def _row(made: Sequence[Made]) -> tuple[tuple[Json, ...], str]:
    elements = [one.element for one in made if one.element is not None]
    before = tuple(block for one in made for block in one.before)
    row = ({"type": "actions", "elements": elements},) if elements else ()
    return (*before, *row), " ".join(one.said for one in made)


def _confirm(question: str, style: Style) -> Json:
    return {
        "title": plain_text(ASKED),
        "text": plain_text(question),
        "confirm": plain_text(SURE),
        "deny": plain_text(NOT_SURE),
        **({"style": "danger"} if style is Style.DANGER else {}),
    }


def plain_text(text: str) -> Json:
    """A text object of literal text."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Json:
    """A text object with markup; Slack adds none of its own."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def as_text(atoms: Sequence[str]) -> Iterator[Json]:
    """Sections of these pieces of mrkdwn."""
    for part in packed(atoms, TEXT_LIMIT):
        yield {"type": "section", "text": mrkdwn(part)}


def squeezed(text: str) -> str:
    """The text in one line, without signs that nobody sees."""
    return " ".join(tidy(text).split())
