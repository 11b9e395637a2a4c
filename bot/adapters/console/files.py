"""A file that is asked for in the console: named by its path, or pasted."""

from pathlib import Path

from bot.core.words import FILE_LIMIT, shown, text_in
from bot.errors import Refusal

BETWEEN_CELLS = (",", ";", "\t", "\n")


def content_of(answer: str) -> str:
    """What is in the file of this name, or the answer itself where it is pasted. Raises Refusal."""
    try:
        file = Path(answer).expanduser()
        if file.is_file():
            return _text_of(file)
    except (OSError, ValueError, RuntimeError):  # no access, or a text that can't be a path
        pass
    if any(sign in answer for sign in BETWEEN_CELLS):
        return answer
    raise Refusal(f"I can't read a file called “{shown(answer, 80)}”. Type its name, with its folder if need be.")


def _text_of(file: Path) -> str:
    with file.open("rb") as opened:
        return text_in(opened.read(FILE_LIMIT + 1), "and name it again")
