"""The chosen words of a post laid out: in one breath on short networks, in paragraphs on the others."""

from collections.abc import Sequence

from bot.topics.drafting.forms import Bit
from bot.topics.drafting.rendering import Run, Runs, own


def laid_out(opening: str, taken: list[tuple[Bit, Runs]], ask: Runs, tags: Runs, closing: Runs, *, short: bool) -> Runs:
    """The post: what opens it, what was taken of the tip, the ask, hashtags, and what closes it."""
    if short:
        said = [runs for _bit, runs in taken] + [runs for runs in (ask, tags) if runs]
        return _joined([*([own(opening.rstrip())] if opening else []), *said], " ")
    body: list[Run] = []
    before: Bit | None = None
    for number, (bit, runs) in enumerate(taken):
        body += own(_gap(before, bit, number)) if before else ()
        body += runs
        before = bit
    paragraphs = [own(opening), tuple(body), ask, tags, closing]
    return _joined([one for one in paragraphs if one], "\n\n")


def _gap(before: Bit, bit: Bit, number: int) -> str:
    if before.line and bit.line:
        return "\n" if before.block == bit.block and "title" not in (before.role, bit.role) else "\n\n"
    if before.line or bit.line or before.block != bit.block:
        return "\n\n"
    return "\n\n" if before.role == "lead" and bit.needs < 0 and number == 1 else " "


def _joined(stretches: Sequence[Runs], by: str) -> Runs:
    runs: list[Run] = []
    for number, one in enumerate(stretches):
        runs += [*own(by if number else ""), *one]
    return tuple(runs)
