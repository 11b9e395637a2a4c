"""A session in a real terminal: completion, and messages that arrive above the line being typed."""

import contextlib
import logging
from collections.abc import Iterable, Iterator
from typing import TextIO

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.patch_stdout import patch_stdout

from bot.adapters.console.render import one_line
from bot.adapters.console.surface import Completions, Interrupted

log = logging.getLogger(__name__)


class _Ended(Exception):  # noqa: N818 - the end of input is no fault
    """Ctrl-D was pressed."""


class _Suggestions(Completer):
    """Offers what the present question allows."""

    def __init__(self) -> None:
        self.offer: Completions | None = None

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        """The completions of the line up to the cursor, from its last whole word on, so that the menu stands there."""
        line = document.text_before_cursor
        try:
            offered = self.offer(line) if self.offer else ()
        except Exception:  # a suggestion that fails must not end the session
            log.exception("no suggestions this time")
            return
        for text, label in offered:
            start = line.rfind(" ") + 1 if text.startswith(line[: line.rfind(" ") + 1]) else 0
            yield Completion(text[start:], start - len(line), display=one_line(label))


class Terminal:
    """A terminal with prompt_toolkit. It is open while `opened()` is; before and after, text is still shown."""

    live = True

    def __init__(self, input: TextIO, output: TextIO, *, styled: bool = True) -> None:
        self._input: Input = create_input(input)
        self._output: Output = create_output(output)
        self._bold = "bold" if styled else ""
        self._suggestions = _Suggestions()

    @property
    def width(self) -> int:
        """Columns."""
        return self._output.get_size().columns

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """Keep the typed line below whatever is printed meanwhile, by us or by anybody else."""
        with patch_stdout():
            self._commands = self._session()
            self._answers = self._session()  # apart, so that an answer to a question is no command to go back to
            yield

    def _session(self) -> PromptSession[str]:
        return PromptSession(
            input=self._input,
            output=self._output,
            completer=self._suggestions,
            complete_in_thread=True,
            interrupt_exception=Interrupted,
            eof_exception=_Ended,
        )

    def show(self, text: str, *, above: str = "", titled: bool = False) -> None:
        """Print the text and an empty line above the line being typed."""
        title, _, rest = text.partition("\n")
        parts = FormattedText(
            [
                ("", f"{above}\n" if above else ""),
                (self._bold if titled else "", title),
                ("", f"\n{rest}\n" if rest else "\n"),
            ]
        )
        print_formatted_text(parts, output=self._output, flush=True)

    async def ask(self, prompt: str, completions: Completions | None = None, *, keep: bool = False) -> str | None:
        """The next line, or None at Ctrl-D. Raises Interrupted at Ctrl-C."""
        self._suggestions.offer = completions
        session = self._commands if keep else self._answers
        try:
            # The composition root has its own way with Ctrl-C outside the prompt: it is left alone.
            return await session.prompt_async(one_line(prompt) + " ", handle_sigint=False)
        except (_Ended, EOFError, OSError):  # the latter two where the terminal itself has gone
            return None
