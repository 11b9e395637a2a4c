"""What is read of a text that is far longer than a post: its beginning, and the line with its one link."""

import re

READ = 3000  # characters: what a post can be made of stands there, and strangers paste anything
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")


def excerpt(text: str, room: int = READ) -> str:
    """The text, or what there is room for: its first sentences, and the line of its link where it has only one.

    Of several links further down nobody can tell which one belongs to the beginning: whoever drafts is asked.
    """
    if len(text) <= room:
        return text
    links = list(_LINK.finditer(text))
    line = ""
    if links and len({one[0].rstrip(".,;:!?") for one in links}) == 1:
        line = _line_of(text, links[0], room // 2)
    start = beginning(text, room - len(line) - 2 if line else room)
    return start if not line or line in start else f"{start}\n\n{line}"


def beginning(text: str, room: int) -> str:
    """The text's beginning, up to the end of a paragraph, of a sentence or at least of a word."""
    for mark in ("\n\n", "\n", ". ", " "):
        end = text.rfind(mark, room // 2, room)
        if end > 0:
            return text[: end + 1].rstrip()
    return text[:room]


def _line_of(text: str, link: re.Match[str], room: int) -> str:
    """The line or sentence around a link; the link alone where that is long."""
    start = max(text.rfind("\n", 0, link.start()), text.rfind(". ", 0, link.start()) + 1) + 1
    line = text[start : link.end()].strip()
    return line if len(line) <= room else link[0][:room]
