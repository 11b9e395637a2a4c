"""What a person sees of components, read from the payloads that Discord is sent."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import discord
from simcord.results import InteractionResult

from bot.adapters.discord.codes import MENU, NEVER_MIND, read_custom_id

Payload = dict[str, Any]


def walk(components: Sequence[Payload]) -> Iterator[Payload]:
    """Every component, top to bottom."""
    for one in components:
        yield one
        inner = [one[key] for key in ("accessory", "component") if one.get(key)]
        yield from walk([*one.get("components", ()), *inner])


def words(components: Sequence[Payload], *, raw: bool = False) -> Iterator[str]:
    """All that can be read, in the order in which it stands there; `raw` leaves the markdown as it is."""
    for one in walk(components):
        if one.get("content"):
            yield one["content"] if raw else unescaped(one["content"])
        yield from (str(one[key]) for key in ("label", "placeholder", "url", "description") if one.get(key))
        for option in one.get("options", ()):
            yield option["label"]
            yield option.get("description") or ""
        yield from (item.get("description") or "" for item in one.get("items", ()))


def pressable(components: Sequence[Payload]) -> Iterator[tuple[str, str, str]]:
    """Each button and choice: its label, what it does (a code or an address), and its `custom_id`."""
    for one in walk(components):
        if one["type"] == discord.ComponentType.button.value:
            yield one["label"], one.get("url") or code_in(one["custom_id"]), one.get("custom_id", "")
        elif one["type"] == discord.ComponentType.select.value:
            options = [option for option in one["options"] if option["value"] != NEVER_MIND]
            if len(options) < len(one["options"]):
                yield one["placeholder"], options[0]["value"], one["custom_id"]
            else:
                yield from ((option["label"], option["value"], one["custom_id"]) for option in options)


def code_in(custom_id: str) -> str:
    """The code of a button's `custom_id`, behind the team and the sign."""
    found = re.fullmatch(r"[a-z0-9-]*[^a-z0-9-](.*)", custom_id, re.DOTALL)
    assert found, custom_id
    assert found[1] == MENU or read_custom_id(custom_id) is not None
    return found[1]


def unescaped(text: str) -> str:
    """Markdown as a person reads it."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text).replace("\u200b", "")


def answers(result: InteractionResult) -> list[Payload]:
    """The components of all messages that answered an interaction."""
    found = [each for each in (result.response, *result.followups) if each is not None]
    return [component for each in found for component in each.components]


def said(result: InteractionResult) -> str:
    """All that the answer to an interaction says."""
    return "\n".join(words(answers(result)))


def read(message: discord.Message) -> str:
    """All that a message says."""
    return "\n".join(words([dict(component.to_dict()) for component in message.components]))
