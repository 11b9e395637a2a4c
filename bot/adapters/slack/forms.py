"""A form as a modal, what was filled in there, and an answer that stands where the form stood."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.adapters.slack.addresses import NETWORK, channel_of, person, place, user_of
from bot.adapters.slack.codes import ANSWER, FORM, METADATA_LIMIT, form_metadata
from bot.adapters.slack.controls import Json, as_text, mrkdwn, plain_text, squeezed
from bot.adapters.slack.mrkdwn import pieces
from bot.adapters.slack.render import render_view
from bot.core.chat import Card, Field, Form, Kind, Person, Place

TITLE_LIMIT = 24  # characters of a modal's title
LABEL_LIMIT = 2000  # characters of a field's label, and of the hint below it
VALUE_LIMIT = 3000  # characters that can be typed in a field
OPTION_LIMIT = 75  # characters of an option's text
OPTION_VALUE_LIMIT = 150  # characters of an option's value
OPTIONS_LIMIT = 100  # options of a select
NAME_LIMIT = 255  # characters of a block_id and an action_id
WRONG = "⚠️"
SEND, CLOSE = "Send", "Close"


class TooBig(ValueError):  # noqa: N818 - it is answered, not a fault
    """A form or an answer that a modal can't hold."""


def form_view(form: Form, where: str, lively: Collection[str] = ()) -> Json:
    """The modal of a form. `lively` are the fields whose suggestions are asked for while somebody types.

    Values too long for what the modal remembers become fields that are filled in. Raises TooBig.
    """
    values = dict(form.values)
    extra: list[Field] = []
    while len(metadata := form_metadata(form.command, values, where)) > METADATA_LIMIT:
        if not values:
            raise TooBig("what is known already does not fit into a form")
        longest = max(values, key=lambda name: len(values[name]))
        label = longest.replace("_", " ").capitalize()
        extra.append(Field(longest, label, Kind.LONG, value=values.pop(longest)))
    blocks = list(as_text(pieces(form.intro))) if form.intro.strip() else []
    for field in (*form.fields, *extra):
        blocks += _question(field, field.name in lively)
    title = squeezed(form.title)
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_text(title if 0 < len(title) <= TITLE_LIMIT else form.command.capitalize()[:TITLE_LIMIT]),
        "submit": plain_text(SEND),
        "close": plain_text(CLOSE),
        "private_metadata": metadata,
        "blocks": blocks,
    }


def answer_view(card: Card) -> Json:
    """The modal that shows a card. Raises TooBig."""
    pages = render_view(card)
    if len(pages) > 1:
        raise TooBig("the answer does not fit into a modal")
    title = squeezed(card.title)
    short = title if 0 < len(title) <= TITLE_LIMIT else "Steward"
    return {
        "type": "modal",
        "callback_id": ANSWER,
        "title": plain_text(short),
        "close": plain_text(CLOSE),
        "blocks": list(pages[0]),
    }


def filled_in(view: Mapping[str, Any], workspace: str) -> dict[str, str]:
    """What was filled in, by option; what was left empty is left out."""
    found = {}
    state: Mapping[str, Any] = view.get("state") or {}
    for name, elements in (state.get("values") or {}).items():
        for element in elements.values():
            value = _answer(element, workspace)
            if value:
                found[str(name)] = value
    return found


def attached(view: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The file in each field that has one, as Slack tells of it."""
    found = {}
    state: Mapping[str, Any] = view.get("state") or {}
    for name, elements in (state.get("values") or {}).items():
        for element in elements.values():
            match element.get("files"):
                case [Mapping() as file, *_]:
                    found[str(name)] = file
    return found


def errors_of(form: Form, shown: Collection[str]) -> dict[str, str]:
    """What is wrong, by field, where each of these fields is among those shown; else nothing."""
    wrong = {field.name: field.error for field in form.fields if field.error}
    return wrong if wrong.keys() <= set(shown) else {}


def fields_of(view: Mapping[str, Any]) -> list[str]:
    """The names of a modal's fields."""
    return [str(block.get("block_id")) for block in view.get("blocks") or () if block.get("type") == "input"]


def options(pairs: Sequence[tuple[str, str]], typed: str) -> list[Json]:
    """Suggestions as options of a select; what was typed may be taken as it is."""
    found = [_option(value, label) for value, label in pairs if _fits(value, label)]
    said = typed.strip()
    if said and _fits(said, said) and said.casefold() not in {value.casefold() for value, _label in pairs}:
        found.append(_option(said, said))
    return found[:OPTIONS_LIMIT]


def _answer(element: Mapping[str, Any], workspace: str) -> str:
    option = element.get("selected_option")
    if option:
        return str(option.get("value") or "")
    if element.get("selected_user"):
        return person(workspace, str(element["selected_user"])).id
    if element.get("selected_conversation"):
        return place(workspace, str(element["selected_conversation"])).id
    return str(element.get("selected_date") or element.get("value") or "")


def _question(field: Field, lively: bool) -> Iterator[Json]:
    """A field, below what is wrong with it."""
    if field.error.strip():
        yield from as_text([f"{WRONG} ", *pieces(field.error)])
    label, hint = squeezed(field.label) or field.name, squeezed(field.hint)
    if len(label) > LABEL_LIMIT:
        yield from as_text(pieces(label))
        label = field.name
    element, examples = _element(field, lively)
    if examples:
        hint = f"{hint} (for example {examples})" if hint else f"For example {examples}"
    if len(hint) > LABEL_LIMIT:
        yield from as_text(pieces(hint))
        hint = ""
    block: Json = {
        "type": "input",
        "block_id": field.name[:NAME_LIMIT],
        "label": plain_text(label),
        "element": {**element, "action_id": field.name[:NAME_LIMIT]},
        "optional": not field.required,
    }
    yield {**block, "hint": plain_text(hint)} if hint else block


def _element(field: Field, lively: bool) -> tuple[Json, str]:
    """The element that asks, and the examples that it has no room for."""
    picker = _picker(field)
    if picker is not None:
        return picker, ""
    selectable = 0 < len(field.choices) <= OPTIONS_LIMIT and all(_fits(*pair) for pair in field.choices)
    known = next((pair for pair in field.choices if pair[0] == field.value), (field.value, field.value))
    chosen = {"initial_option": _option(*known)} if field.value and _fits(*known) else {}
    if selectable and field.kind is Kind.CHOICE and (not field.value or (chosen and known in field.choices)):
        return {"type": "static_select", "options": [_option(*pair) for pair in field.choices], **chosen}, ""
    if selectable and lively and field.kind is not Kind.LONG and bool(field.value) == bool(chosen):
        return {"type": "external_select", "min_query_length": 0, **chosen}, ""
    examples = ", ".join(_example(*pair) for pair in field.choices)
    if field.kind is Kind.DATE and not field.choices and (not field.value or _is_date(field.value)):
        return {"type": "datepicker", **({"initial_date": field.value} if field.value else {})}, ""
    if len(field.value) > VALUE_LIMIT:
        raise TooBig(f"{field.name} is longer than a field can hold")
    typed: Json = {
        "type": "plain_text_input",
        "multiline": field.kind is Kind.LONG,
        "max_length": VALUE_LIMIT,
        **({"initial_value": field.value} if field.value else {}),
    }
    if field.kind is Kind.NUMBER and not examples and (not field.value or field.value.lstrip("-").isdecimal()):
        start = {"initial_value": field.value} if field.value else {}
        typed = {"type": "number_input", "is_decimal_allowed": False, **start}
    return typed, examples


def _picker(field: Field) -> Json | None:
    """Slack's own list of people or channels, or a place for a file; None where words are asked for."""
    if field.kind is Kind.FILE:
        return {"type": "file_input", "max_files": 1}
    people = all(value.startswith(f"{NETWORK}:") for value, _label in field.choices)
    if field.kind is Kind.PERSON and people:
        user = user_of(Person(field.value))
        if user or not field.value:
            return {"type": "users_select", **({"initial_user": user} if user else {})}
    if field.kind is Kind.PLACE:
        channel = channel_of(Place(field.value))
        if channel or not field.value:
            which = {"include": ["public", "private"], "exclude_bot_users": True}
            chosen = {"initial_conversation": channel} if channel else {}
            return {"type": "conversations_select", "filter": which, **chosen}
    return None


def _is_date(value: str) -> bool:
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    return [len(part) for part in (year, month, day)] == [4, 2, 2] and (year + month + day).isdecimal()


def _example(value: str, label: str) -> str:
    label = squeezed(label)
    return label if value in label else f"{value} ({label})" if label else value


def _fits(value: str, label: str) -> bool:
    return 0 < len(value) <= OPTION_VALUE_LIMIT and 0 < len(squeezed(label)) <= OPTION_LIMIT


def _option(value: str, label: str) -> Json:
    return {"text": plain_text(squeezed(label)), "value": value}


def remark_view(title: str, sentence: str) -> Json:
    """A modal with a single sentence."""
    return {
        "type": "modal",
        "callback_id": ANSWER,
        "title": plain_text(title),
        "close": plain_text(CLOSE),
        "blocks": [{"type": "section", "text": mrkdwn(sentence)}],
    }
