"""Where a session is typed and shown: plain streams here, a real terminal in `terminal.py`."""

import asyncio
import contextlib
import io
import threading
from collections.abc import Callable, Sequence
from typing import Protocol, TextIO

from bot.adapters.console.render import WIDTH

LONGEST = 100_000  # signs of a typed line that are read; the engine refuses far shorter ones, kindly

Completions = Callable[[str], Sequence[tuple[str, str]]]
"""What was typed so far → (the whole line as it would become, the label shown for it) pairs."""


class Interrupted(Exception):  # noqa: N818 - it is a wish, not a fault
    """Ctrl-C was pressed."""


class Surface(Protocol):
    """What a session is typed into and shown on."""

    @property
    def width(self) -> int:
        """Columns."""

    @property
    def live(self) -> bool:
        """Is somebody sitting there, who sees messages whenever they arrive?"""

    def show(self, text: str, *, above: str = "", titled: bool = False) -> None:
        """Show safe text, its first line as a title where asked; `above` is a plain line over it."""

    def opened(self) -> contextlib.AbstractContextManager[None]:
        """Lines can be asked for within."""

    async def ask(self, prompt: str, completions: Completions | None = None, *, keep: bool = False) -> str | None:
        """The next line, or None at the end of input; `keep` it to be gone back to. Raises Interrupted."""


class Plain:
    """Streams without a terminal: lines in, text out, no prompts."""

    live = False
    width = WIDTH

    def __init__(self, input: TextIO, output: TextIO) -> None:
        self._input = input
        self._output = output
        if isinstance(input, io.TextIOWrapper):
            with contextlib.suppress(io.UnsupportedOperation):  # somebody has read from it: too late, and no harm
                input.reconfigure(errors="replace")

    def opened(self) -> contextlib.AbstractContextManager[None]:
        """Streams are always open."""
        return contextlib.nullcontext()

    def show(self, text: str, *, above: str = "", titled: bool = False) -> None:  # noqa: ARG002 - no bold in a file
        """Write the text and an empty line."""
        text = f"{above}\n{text}\n\n" if above else f"{text}\n\n"
        encoding = getattr(self._output, "encoding", None) or "utf-8"
        self._output.write(text.encode(encoding, "replace").decode(encoding))
        self._output.flush()

    async def ask(
        self,
        prompt: str,  # noqa: ARG002 - nobody is there to be prompted or helped with completions
        completions: Completions | None = None,  # noqa: ARG002
        *,
        keep: bool = False,  # noqa: ARG002
    ) -> str | None:
        """The next line. It is read in a thread that does not hold up the end of the program."""
        loop = asyncio.get_running_loop()
        line: asyncio.Future[str] = loop.create_future()

        def give(text: str, error: Exception | None) -> None:
            if line.done():
                return
            if error:
                line.set_exception(error)
            else:
                line.set_result(text)

        def read() -> None:
            text, error = "", None
            try:
                text = self._read_line()
            except Exception as caught:  # noqa: BLE001 - it is raised where the line is awaited
                error = caught
            if not loop.is_closed():
                loop.call_soon_threadsafe(give, text, error)

        threading.Thread(target=read, name="console-input", daemon=True).start()
        return await line or None

    def _read_line(self) -> str:
        """One line with its end; of an endless one the start, its rest passed over. Empty at the end of input."""
        line = self._input.readline(LONGEST)
        rest = line
        while rest and not rest.endswith("\n"):
            rest = self._input.readline(LONGEST)
        return line
