"""How fast a crisis went: first sign, told, acknowledged, acted, all clear; each from the log and the receipts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.core.ports import Records
from bot.topics.crisis.logbook import entries
from bot.topics.crisis.model import Crisis, Job, Receipt

MINUTE = timedelta(minutes=1)
ACTED = ("step", "hold", "said", "reached")
MISSING = {
    "Told": "nobody was told",
    "Acknowledged": "nobody has answered",
    "Acted": "nothing was done",
    "All clear": "not yet",
}


class Figures(Struct, frozen=True):
    """When each thing happened first; None where it did not."""

    sign: datetime
    told: datetime | None
    acknowledged: datetime | None
    acted: datetime | None
    clear: datetime | None
    late: int
    done: int
    pace: int = 1


def figures(records: Records, crisis: Crisis) -> Figures:
    """First sign → told → acknowledged → acted → all clear, and how many steps were late."""
    lines = entries(records, crisis)
    receipts = [one for one in records.find(Receipt, crisis=crisis.id) if "declared" not in one.paths]
    told = [one.told for one in receipts if one.told is not None]
    answered = [one.answered for one in receipts if one.answered is not None]
    acted = [one.noted for one in lines if one.what in ACTED and one.by and one.about != "G1"]
    jobs = records.find(Job, crisis=crisis.id)
    done = [one for one in jobs if one.done is not None]
    return Figures(
        min((one.at for one in lines), default=crisis.declared),
        min(told, default=None),
        min(answered, default=None),
        min(acted, default=None),
        crisis.ended,
        sum(bool(one.told) for one in jobs),
        len(done),
        crisis.pace,
    )


def figures_words(found: Figures) -> str:
    """`told after 1 minute, acknowledged after 2 minutes, …`."""
    parts = [f"{name.lower()} {after(found, moment)}" for name, moment in stages(found)[1:] if moment is not None]
    return ", ".join((*parts, steps_words(found)))


def compared(several: Sequence[Figures]) -> str:
    """How several went beside each other: `Acknowledged after 2 to 14 minutes.`; nothing for fewer than two."""
    if len(several) < 2:  # noqa: PLR2004 - one alone has nothing beside it
        return ""
    said = []
    for index, (name, _moment) in enumerate(stages(several[0])[1:], 1):
        moments = [(stages(one)[index][1], one) for one in several]
        spans = sorted(round(between(one.sign, at, one.pace) / MINUTE) for at, one in moments if at is not None)
        if len(spans) > 1:
            said.append(f"{name} after {spans[0]} to {spans[-1]} minutes")
    return f" {'; '.join(said)}." if said else ""


def steps_words(found: Figures) -> str:
    """`3 steps done, 1 late.`"""
    clock = f" Times are the drill's, {found.pace} times as fast." if found.pace > 1 else ""
    return f"{found.done} {'step' if found.done == 1 else 'steps'} done, {found.late} late.{clock}"


def stages(found: Figures) -> list[tuple[str, datetime | None]]:
    """(name, moment) of each, in the order in which they should happen."""
    return [
        ("First sign", found.sign),
        ("Told", found.told),
        ("Acknowledged", found.acknowledged),
        ("Acted", found.acted),
        ("All clear", found.clear),
    ]


def after(found: Figures, moment: datetime) -> str:
    """`after 5 minutes`, counted from the first sign."""
    return f"after {minutes_words(between(found.sign, moment, found.pace))}"


def between(start: datetime, end: datetime, pace: int = 1) -> timedelta:
    """The span between two moments as a clock shows them, without seconds; on a drill's clock, with its pace."""
    if pace > 1:
        return (end - start) * pace
    return end.replace(second=0, microsecond=0) - start.replace(second=0, microsecond=0)


def minutes_words(span: timedelta) -> str:
    count = max(round(span / MINUTE), 0)
    return f"{count} {'minute' if count == 1 else 'minutes'}"
