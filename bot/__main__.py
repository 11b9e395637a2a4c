"""Where it starts: the command line, and how whatever goes wrong is told."""

import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from bot.errors import Refusal, Trouble

FAILED, INTERRUPTED = 1, 130
SAID = 2  # words of `say "…"`
SAID_AS = 4  # words of `say "…" --as "…"`


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command; whatever goes wrong is a plain sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows a question mark
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _do(words)
        sys.stdout.flush()
        if arguments is None and _is_plain_say(words):
            os._exit(code)  # all is closed and kept; taking apart what was loaded would take longer than the answer
    except (Trouble, Refusal) as trouble:
        code = _tell(str(trouble))
    except KeyboardInterrupt:
        code = _tell("Stopped.", INTERRUPTED)
    except BrokenPipeError:  # whoever read along has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the last flush finds a taker
        code = FAILED
    except Exception as error:  # noqa: BLE001 - a person at a terminal is told, not shown our code
        code = _tell(_unexpected(error))
    sys.exit(code)


def _do(words: list[str]) -> int:
    if _is_plain_say(words):
        # The usual `say` without the command line's library, which is slow to load, and without looking for garbage
        # among what is being loaded: it answers once and ends.
        gc.disable()
        from bot.terminal.saying import say_plainly  # noqa: PLC0415

        return say_plainly(*words[1:2], *words[3:4])
    from bot.terminal.commands import do  # noqa: PLC0415

    return do(words)


def _is_plain_say(words: list[str]) -> bool:
    """Is it `say "…"`, with or without `--as "…"`, and nothing else?"""
    if words[:1] != ["say"] or any(word.startswith("-") for word in (*words[1:2], *words[3:4])):
        return False
    return len(words) == SAID or (len(words) == SAID_AS and words[2] == "--as")


def _tell(sentence: str, code: int = FAILED) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - this is the terminal
    return code


def _unexpected(error: Exception) -> str:
    import logging  # noqa: PLC0415

    logging.getLogger(__name__).debug("unexpected", exc_info=error)
    return (
        f"Something went wrong on my side ({type(error).__name__}). `steward doctor` may know more; with "
        "STEWARD_LOG_LEVEL=debug the details are shown."
    )


if __name__ == "__main__":
    main()
