"""A file that comes with a command: what is in it; where only its name was typed, it is asked for."""

from collections.abc import Collection
from typing import Annotated

from bot.core.chat import Field, Form, Kind, Reply
from bot.core.router import FILE, Context
from bot.core.words import refuse_secrets, shown
from bot.errors import Refusal

AFile = Annotated[str, FILE]
"""What is in a text file; whoever reads it looks for secrets in it."""


def is_name(text: str, signs: Collection[str]) -> bool:
    """Is this a file's name rather than what is in it: one line, without any of the signs that content has?"""
    return len(text.strip().splitlines()) <= 1 and not any(sign in text for sign in signs)


def ask_for_content(context: Context, command: str, typed: str, wanted: str, one_line: str) -> Reply:
    """A form for the file, of which only the name was `typed`: `wanted` is its hint, `one_line` what is refused."""
    refuse_secrets(typed)
    if context.request.form:
        raise Refusal(one_line, option="file")
    field = Field("file", "File", Kind.FILE, hint=wanted, value=shown(typed.strip(), 200))
    return Form(command.capitalize(), command, (field,), intro="I need what is in the file.")
