"""A form as Discord's modal, and as a card where that can't hold it or can't be opened just now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import discord
from discord import ui
from msgspec import Struct

from bot.adapters.discord.addresses import NETWORK
from bot.adapters.discord.buttons import OPTION_LIMIT
from bot.adapters.discord.codes import CUSTOM_ID_LIMIT, Signs, form_code, room_for
from bot.adapters.discord.markdown import escape, plainly, split, tidy
from bot.adapters.discord.parts import Part
from bot.adapters.discord.render import render
from bot.core.chat import CHOICE_LIMIT, Card, Facts, Field, Form, Kind, Note, Words

TITLE_LIMIT = 45  # characters of a modal's title
ITEMS_LIMIT = 5  # fields and texts of a modal together
FIELD_LABEL_LIMIT = 45  # characters of a field's label
HINT_LIMIT = 100  # characters of what stands below a label, and of the words in an empty field
VALUE_LIMIT = 4000  # characters of a typed value
TEXT_LIMIT = 4000  # characters of a text between fields
KEPT_FOR = 15 * 60.0  # seconds that what was typed is kept for another try
KEPT_AT_MOST = 500
FILL_IN, FIX_IT = "Fill in", "Fix it"


class Kept:
    """What people typed into forms, in memory for a quarter of an hour, so that they can mend it."""

    def __init__(self, now: Callable[[], float], new_key: Callable[[], str]) -> None:
        """`now` in seconds, from any fixed moment; `new_key` gives a key of ten letters and digits."""
        self._now = now
        self._new_key = new_key
        self._forms: dict[str, tuple[float, Form]] = {}

    def keep(self, form: Form) -> str:
        """Keep a form; gives its key."""
        gone = [key for key, (since, _form) in self._forms.items() if self._now() - since > KEPT_FOR]
        for key in gone or list(self._forms)[: len(self._forms) - KEPT_AT_MOST + 1]:
            del self._forms[key]
        key = self._new_key()
        self._forms[key] = (self._now(), form)
        return key

    def get(self, key: str) -> Form | None:
        """The form, unless it is too old or from before a restart."""
        since, form = self._forms.get(key, (0.0, None))
        return form if form is not None and self._now() - since <= KEPT_FOR else None


class Layout(Struct, frozen=True):
    """How a form looks as a modal; `complete` says that all its words are in it."""

    items: tuple[ui.Item[Any], ...]
    complete: bool


def layout(form: Form) -> Layout:
    """A form's fields as a modal's, with as many of its words as a modal has room for."""
    labels, complete = [], True
    for number, field in enumerate(form.fields, 1):
        label, whole = _label(field, number)
        labels.append(label)
        complete = complete and whole
    intro = list(split(escape(form.intro), TEXT_LIMIT))
    if intro and len(labels) < ITEMS_LIMIT and len(intro) == 1:
        return Layout((ui.TextDisplay(intro[0]), *labels), complete)
    return Layout(tuple(labels), complete and not intro)


def modal(form: Form, code: str, team: str = "") -> ui.Modal:
    """The modal of a form; `code` is what its submission says. Nothing is kept in memory for it."""
    made = ui.Modal(title=_title(form), custom_id=Signs(team).custom_id(code), timeout=None)
    for item in layout(form).items:
        made.add_item(item)
    made.stop()
    return made


def modal_code(form: Form, kept: str, team: str = "") -> str:
    """What a form's submission says: its key in memory, the command, and the values that are set already."""
    return form_code(kept, form.command, form.values, min(room_for(team), CUSTOM_ID_LIMIT))


def explained(form: Form) -> Card:
    """All words of a form as a card, for those that a modal has no room for."""
    blocks: list[Words | Facts | Note] = [Words(form.intro)] if form.intro else []
    for number, field in enumerate(form.fields, 1):
        said = [*([field.error] if field.error else []), _question(field, number)]
        blocks.append(Words("\n".join(said)))
        if field.choices and not _is_menu(field):
            blocks.append(Note("for example " + ", ".join(label for _value, label in field.choices)))
        elif field.choices:
            blocks.append(Note(", ".join(label for _value, label in field.choices)))
    return Card(form.title, "", tuple(blocks))


def wrong(form: Form) -> Card:
    """What was wrong with a form that was sent in."""
    errors = [f"{field.label}: {field.error}" for field in form.fields if field.error]
    return Card("Not yet", "\n".join(errors) or form.intro)


def with_button(card: Card, label: str, custom_code: str, team: str) -> tuple[Part, ...]:
    """A card, and below it the button that opens a form."""
    *before, last = render(card, team)
    button: ui.Button[Any] = ui.Button(
        label=label, style=discord.ButtonStyle.primary, custom_id=Signs(team).custom_id(custom_code)
    )
    row: ui.ActionRow[Any] = ui.ActionRow(button)
    return (*before, Part((*last.items, row), last.pictures))


def values_of(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """What was answered in a modal that was sent in: each field's name and its values."""
    for component in components:
        inner = component.get("component")
        children = [inner] if inner else component.get("components", ())
        for child in children:
            name = child.get("custom_id")
            if name:
                yield str(name), list(child["values"]) if "values" in child else [str(child.get("value") or "")]


def _title(form: Form) -> str:
    said = plainly(form.title) or form.command.capitalize()
    return said if len(said) <= TITLE_LIMIT else form.command.capitalize()[:TITLE_LIMIT]


def _question(field: Field, number: int) -> str:
    name = field.label if _fits_label(field) else f"Question {number}: {field.label}"
    needed = "" if field.required else " (may be left out)"
    return f"{name}{needed}\n{field.hint}" if field.hint else f"{name}{needed}"


def _fits_label(field: Field) -> bool:
    return 0 < len(plainly(field.label)) <= FIELD_LABEL_LIMIT


def _label(field: Field, number: int) -> tuple["ui.Label[Any]", bool]:
    """A field with its label and hint, and whether all of its words are in it."""
    fits = _fits_label(field)
    hint = plainly(field.hint)
    whole = fits and not field.error and len(hint) <= HINT_LIMIT
    shown = hint if len(hint) <= HINT_LIMIT else ""
    item, said = _item(field)
    text = plainly(field.label) if fits else f"Question {number}"
    return ui.Label(text=text, description=shown or None, component=item), whole and said


def _is_menu(field: Field) -> bool:
    """Is the answer chosen from a list? Short lists of examples are no such list: they stand in the empty field."""
    fits = all(
        0 < len(tidy(value)) <= OPTION_LIMIT and 0 < len(plainly(label)) <= OPTION_LIMIT
        for value, label in field.choices
    )
    values = {value for value, _label in field.choices}
    if not field.choices or not fits or (field.value and field.value not in values) or _picker(field) is not None:
        return False
    if field.kind is Kind.CHOICE:
        return True
    return field.kind in (Kind.TEXT, Kind.PERSON) and len(values) < CHOICE_LIMIT and len(_examples(field)) > HINT_LIMIT


def _examples(field: Field) -> str:
    return ", ".join(plainly(label) for _value, label in field.choices)


def _item(field: Field) -> tuple["ui.Item[Any]", bool]:
    """The field itself, and whether all that it offers is in it."""
    picker = _picker(field)
    if picker is not None:
        return picker, True
    if _is_menu(field):
        options = [
            discord.SelectOption(label=plainly(label), value=value, default=value == field.value)
            for value, label in dict(field.choices).items()
        ]
        return ui.Select(custom_id=field.name, options=options, **_needed(field)), True
    examples = _examples(field)
    fits = 0 < len(examples) <= HINT_LIMIT and not field.value
    typed: ui.TextInput[Any] = ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.kind is Kind.LONG else discord.TextStyle.short,
        required=field.required,
        default=field.value if 0 < len(tidy(field.value)) <= VALUE_LIMIT else None,
        placeholder=examples if fits else None,
        max_length=VALUE_LIMIT,
    )
    return typed, fits or not field.choices


def _picker(field: Field) -> "ui.Item[Any] | None":
    """Discord's own list of people, channels or roles, or a place for a file; None where words are asked for."""
    if field.kind is Kind.FILE:
        return ui.FileUpload(custom_id=field.name, required=field.required, min_values=1 if field.required else 0)
    if field.value:
        return None
    if field.kind is Kind.PERSON and all(value.startswith(f"{NETWORK}:") for value, _label in field.choices):
        return ui.UserSelect(custom_id=field.name, **_needed(field))
    if field.kind is Kind.PLACE:
        types = [discord.ChannelType.text, discord.ChannelType.news]
        return ui.ChannelSelect(custom_id=field.name, channel_types=types, **_needed(field))
    if field.kind is Kind.GROUP:
        return ui.RoleSelect(custom_id=field.name, **_needed(field))
    return None


def _needed(field: Field) -> dict[str, Any]:
    return {"required": field.required, "min_values": 1 if field.required else 0, "max_values": 1}
