import json
import logging
import sys

import pytest

from bot.settings import Secret, Settings
from bot.terminal.logs import HIDDEN, Redacted, start_logging


def line_of(formatter: Redacted, message: str, *args: object, trace: bool = False) -> str:
    info = None
    if trace:
        try:
            int("xoxb-123456789012-abcdef")
        except ValueError:
            info = sys.exc_info()
    return formatter.format(logging.LogRecord("bot.core", logging.WARNING, "x.py", 1, message, args, info))


def test_a_token_never_reaches_a_line() -> None:
    formatter = Redacted(("plainwordtoken",), as_json=False)
    line = line_of(formatter, "the network said %s", "plainwordtoken")
    assert "plainwordtoken" not in line
    assert HIDDEN in line


@pytest.mark.parametrize(
    "secret",
    ["xoxb-123456789012-abcdef", "K7QM-2XWP-ABCD-EFGH", "password: hunter2", "1234 5678 9012", "otpauth://totp/x"],
)
def test_what_reads_like_a_secret_is_taken_out(secret: str) -> None:
    assert secret not in line_of(Redacted((), as_json=False), f"got {secret} there")


def test_a_traceback_is_cleaned_too() -> None:
    for as_json in (True, False):
        line = line_of(Redacted((), as_json=as_json), "it went wrong", trace=True)
        assert "ValueError" in line
        assert "xoxb-123456789012-abcdef" not in line


def test_json_lines_are_json_with_the_time_in_utc() -> None:
    line = json.loads(line_of(Redacted((), as_json=True), "two %s", "words"))
    assert line["said"] == "two words"
    assert line["level"] == "warning"
    assert line["from"] == "bot.core"
    assert line["at"].endswith("+00:00")


def test_a_plain_line_says_when_how_bad_and_from_where() -> None:
    assert " warning bot.core: two words" in line_of(Redacted((), as_json=False), "two %s", "words")


def test_ordinary_words_are_left_alone() -> None:
    said = "alarm look for ab12 of team t went wrong (attempt 2)"
    assert said in line_of(Redacted(("t",), as_json=False), said)


def test_lines_go_to_stderr_from_the_level_that_is_set(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    raised = logging.raiseExceptions
    try:
        start_logging(Settings(log="json", log_level="error", discord_token=Secret("secret-token")))
        logging.getLogger("bot").warning("not worth a line")
        logging.getLogger("bot").error("it was secret-token")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.raiseExceptions = raised
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    assert json.loads(line)["said"] == f"it was {HIDDEN}"
