"""`python -m tests.adapters.slack.launch FILE run`: Steward as it is, by a clock that runs so many seconds ahead.

The seconds stand in FILE, and are read anew each time: a test lets time pass by writing there.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.__main__ import main
from bot.terminal import opening


class AheadClock:
    """The real time, so far ahead."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return datetime.now(UTC) + timedelta(seconds=float(Path(sys.argv[1]).read_text()))


if __name__ == "__main__":
    setattr(opening, "SystemClock", AheadClock)  # noqa: B010 - a test's doing, of which the types need not know
    main(sys.argv[2:])
