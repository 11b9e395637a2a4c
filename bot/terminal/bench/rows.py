"""The rows that `steward bench` prints, with what each one has to reach."""

import gc
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

Show = Callable[[str], object]
WIDE = 100


class Target(Struct, frozen=True):
    """What a figure has to reach. `most` says that smaller is better."""

    bar: float
    ambition: float
    most: bool = False

    def reached(self, figure: float, wanted: float) -> bool:
        """Is the figure at least, or at most, what is wanted?"""
        return figure <= wanted if self.most else figure >= wanted


class Row(Struct, frozen=True):
    """One measured figure. `unit` stands behind it: × for a ratio; `measured` says what it was made from."""

    name: str
    measured: str
    figure: float
    unit: str
    target: Target

    @property
    def met(self) -> bool:
        """Is the bar reached?"""
        return self.target.reached(self.figure, self.target.bar)

    def __str__(self) -> str:
        """The row as three lines of text."""
        sign = "≤" if self.target.most else "≥"
        ambition = self.target.reached(self.figure, self.target.ambition)
        verdict = "ambition met" if ambition else "bar met" if self.met else "NOT MET"
        return (
            f"{self.name}\n  {self.measured}\n"
            f"  {self.figure:,.2f}{self.unit}   bar {sign} {self.target.bar:,g}{self.unit}, "
            f"ambition {sign} {self.target.ambition:,g}{self.unit}   {verdict}"
        )


def measure(folder: Path, *, quick: bool, show: Show) -> bool:
    """Measure everything on the disk of `folder`, showing each row as it comes; True where every bar is met."""
    from bot.terminal.bench import both, cold, commands, discord, due, slack  # noqa: PLC0415 - the parts need this module's Row

    scratch = Path(tempfile.mkdtemp(prefix="steward-bench-", dir=folder))
    show(f"Measuring in {scratch}, which is removed at the end.\n")
    rows: list[Row] = []
    try:
        for part in (cold.rows, commands.rows, due.rows, discord.rows, slack.rows, both.rows):
            gc.collect()
            gc.freeze()  # what the parts before have left is not gone through again while this one is measured
            for row in part(scratch, quick=quick):
                rows.append(row)
                show(f"{row}\n")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    missed = [row.name for row in rows if not row.met]
    show(f"{len(rows) - len(missed)} of {len(rows)} bars met." + (f" Not met: {', '.join(missed)}." if missed else ""))
    return not missed


Part = Iterator[Row]
