"""Log lines on stderr, plain or as JSON, with everything that looks like a token or a code taken out."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from bot.core.words import SECRETS
from bot.settings import Settings, read_settings

HIDDEN = "[hidden]"
# as bot/topics/team/codes.py groups them
ONE_TIME = re.compile(r"\b(?:[A-Z2-9]{4}-){2,}[A-Z2-9]{1,4}\b")
SHORTEST = 6  # signs of a token from which it is looked for: shorter ones would take words apart


class Redacted(logging.Formatter):
    """A formatter whose lines never hold one of the tokens, nor anything that reads like one."""

    def __init__(self, tokens: tuple[str, ...], *, as_json: bool) -> None:
        super().__init__()
        self._tokens = sorted((token for token in tokens if len(token) >= SHORTEST), key=len, reverse=True)
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """The whole line, traceback included."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = self.redact(record.getMessage())
        trace = self.redact(self.formatException(record.exc_info)) if record.exc_info else ""
        if self._as_json:
            line = {"at": at, "level": record.levelname.lower(), "from": record.name, "said": said}
            return json.dumps({**line, "trace": trace} if trace else line, ensure_ascii=False)
        line_of_text = f"{at} {record.levelname.lower()} {record.name}: {said}"
        return f"{line_of_text}\n{trace}" if trace else line_of_text

    def redact(self, text: str) -> str:
        """The text without secrets."""
        for token in self._tokens:
            text = text.replace(token, HIDDEN)
        for pattern in (ONE_TIME, *SECRETS):
            text = pattern.sub(HIDDEN, text)
        return text


def start_logging(settings: Settings) -> None:
    """From now on log lines go to stderr, cleaned."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted(settings.secrets, as_json=settings.log == "json"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    logging.raiseExceptions = False  # a log line that can't be written stops nothing


def starting_settings(*, quiet: bool = False) -> Settings:
    """The settings, with what is odd about them said once, and log lines going to stderr from here on."""
    found = read_settings()
    start_logging(found)
    for note in () if quiet else found.notes:
        print(note, file=sys.stderr)  # noqa: T201 - this is the terminal
    return found
