"""How good drafts are: every announcement becomes posts, which are held against what it says."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from time import perf_counter

from msgspec import Struct, field

from bot.terminal.bench.announcements import ANY, HALVES, Announcement, announcements, tells
from bot.terminal.bench.mutations import mutations
from bot.terminal.bench.rows import Row, Show, Target
from bot.topics.drafting.checks import Setting, check
from bot.topics.drafting.claims import claims_of
from bot.topics.drafting.composing import Alternative, compose
from bot.topics.drafting.facts import Facts
from bot.topics.drafting.frames import SHORT, frames
from bot.topics.drafting.gate import compare
from bot.topics.drafting.lengths import measure
from bot.topics.drafting.limits import limits_of
from bot.topics.team.dates import warm

NETWORKS = ("x", "facebook", "linkedin", "bluesky", "mastodon")
ALL_NETWORKS = (*NETWORKS, "threads", "instagram", "youtube", "flickr")


class Tally(Struct):
    """What was counted over one half of the announcements."""

    sets: int = 0
    texts: int = 0
    empty: list[str] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # a link or an ask that was left out
    kept: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    frames: int = 0
    frames_right: int = 0
    alarms: list[str] = field(default_factory=list)
    mutated: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    slips: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def measure_drafts(*, show: Show, verbose: bool = False) -> bool:
    """Measure every half, showing each row; True where every bar is met."""
    warm()
    rows: list[Row] = []
    for half in HALVES:
        tally = tallied(announcements(half))
        show(f"The {half} half: {tally.sets} announcements, {tally.texts} drafts for {len(ALL_NETWORKS)} networks.\n")
        for row in rows_of(tally):
            rows.append(row)
            show(f"{row}\n")
        if verbose:
            for line in (*tally.empty, *tally.unsupported, *tally.over, *tally.lost, *tally.alarms, *tally.slips):
                show(f"  {line}")
    missed = [row.name for row in rows if not row.met]
    show(f"{len(rows) - len(missed)} of {len(rows)} bars met." + (f" Not met: {', '.join(missed)}." if missed else ""))
    return not missed


def rows_of(tally: Tally) -> Iterator[Row]:
    """The figures of a half."""
    none = Target(0, 0, most=True)
    yield Row("unsupported facts", f"in {tally.texts:,} drafts", len(tally.unsupported), "", none)
    yield Row("drafts over their network's length", f"of {tally.texts:,}", len(tally.over), "", none)
    yield Row("drafts without the link or the ask of their tip", f"of {tally.texts:,}", len(tally.lost), "", none)
    for length in ("short", "long"):
        share = 100 * tally.kept[length] / max(1, tally.told[length])
        bar = Target(75, 85) if length == "short" else Target(88, 94)
        yield Row(
            f"facts kept, {length} networks",
            f"{tally.kept[length]:,} of {tally.told[length]:,}, first wording",
            share,
            " %",
            bar,
        )
    yield Row(
        "kind of post right",
        f"{tally.frames_right} of {tally.frames}",
        100 * tally.frames_right / max(1, tally.frames),
        " %",
        Target(80, 92),
    )
    changed, missed = tally.mutated.total(), tally.missed.total()
    by_kind = ", ".join(f"{kind} {count - tally.missed[kind]}/{count}" for kind, count in sorted(tally.mutated.items()))
    yield Row(
        "wrong on purpose, caught by the gate",
        by_kind,
        100 * (changed - missed) / max(1, changed),
        " %",
        Target(99, 99.5),
    )
    yield Row(
        "false alarms on the untouched",
        f"{len(tally.alarms)} of {tally.texts:,}",
        100 * len(tally.alarms) / max(1, tally.texts),
        " %",
        Target(2, 0.5, most=True),
    )
    slowest = sorted(tally.times)[int(0.95 * len(tally.times))] * 1000 if tally.times else 0.0
    yield Row(
        "five drafts and their checks from a tip, p95",
        "reading, up to three wordings each, gate, nine checks",
        slowest,
        " ms",
        Target(100, 30, most=True),
    )


def tallied(listed: Sequence[Announcement]) -> Tally:
    """Every figure over these announcements."""
    tally = Tally()
    for one in listed:
        _timed(one)  # once before, so that no first time is measured
        tally.times.append(min(_timed(one) for _turn in range(3)))
    for one in listed:
        _count(tally, one)
    return tally


def _timed(one: Announcement) -> float:
    """How long it takes until a volunteer sees five drafts with their remarks."""
    claims_of.cache_clear()
    begun = perf_counter()
    facts = one.read()
    for network in NETWORKS:
        limits = limits_of(network)
        for text in compose(facts, limits).texts[:1]:
            compare(facts, text)
            check(text, limits, Setting(facts))
    return perf_counter() - begun


def _count(tally: Tally, one: Announcement) -> None:
    facts = one.read()
    tally.sets += 1
    if one.frame != ANY:
        tally.frames += 1
        tally.frames_right += facts.frame == one.frame
    for network in ALL_NETWORKS:
        limits = limits_of(network)
        made = compose(facts, limits)
        if not made.alternatives and len(one.text.split()) > 1:
            tally.empty.append(f"nothing for {network}: {one.text[:60]!r}")
        for at, alternative in enumerate(made.alternatives):
            tally.texts += 1
            text = alternative.text
            name = f"{network} {at}: {text[:70]!r}"
            if not measure(text, limits).fits:
                tally.over.append(f"too long, {name}")
            tally.unsupported += [f"unsupported, {what}, {name}" for what in unsupported(facts, one, alternative)]
            tally.unsupported += [f"invented, a {kind}, {name}" for kind in one.invented(text)]
            tally.lost += [
                f"without its {kind} {value}, {name}"
                for kind, value in one.said
                if kind in ("link", "ask") and not _has(text, kind, value, facts)
            ]
            if any(not doubt.missing for doubt in compare(facts, text)):
                tally.alarms.append(
                    f"false alarm, {name}: {[doubt.sentence for doubt in compare(facts, text) if not doubt.missing]}"
                )
            if at == 0 and network in ("x", "facebook"):
                _kept(tally, one, text, network, facts)
                _mutate(tally, facts, text)


def _has(text: str, kind: str, value: str, facts: Facts) -> bool:
    if kind == "ask":
        return re.search(rf"\b{re.escape(value)}", text, re.IGNORECASE) is not None
    return tells(text, kind, value, facts.today)


def _kept(tally: Tally, one: Announcement, text: str, network: str, facts: Facts) -> None:
    length = "short" if network in SHORT else "long"
    for kind, value in one.said:
        tally.told[length] += 1
        kept = _has(text, kind, value, facts)
        tally.kept[length] += kept
        if not kept:
            tally.slips.append(f"{network} leaves out {kind} {value}: {one.text[:50]!r}")


def _mutate(tally: Tally, facts: Facts, text: str) -> None:
    before = {doubt.sentence for doubt in compare(facts, text)}
    for kind, wrong in mutations(text, facts.today):
        tally.mutated[kind] += 1
        if all(doubt.sentence in before for doubt in compare(facts, wrong)):
            tally.missed[kind] += 1
            tally.slips.append(f"not caught, {kind}: {wrong!r}")


def unsupported(facts: Facts, one: Announcement, alternative: Alternative) -> Iterator[str]:
    """What a draft says that its announcement does not: judged by where its words come from, not by the gate."""
    for piece in alternative.pieces:
        words = alternative.text[piece.start : piece.end]
        if piece.tip_start < 0:
            if not _of_the_frame(words):
                yield f"words from nowhere: {words!r}"
            continue
        said = _bare(facts.text[piece.tip_start : piece.tip_end])
        if _bare(words) != said:
            days = claims_of(words, facts.today).of("day")
            if [one.value for one in days] == [_reckoned(facts.text[piece.tip_start : piece.tip_end], facts.today)]:
                continue
            values = {part for day in days for part in (day.value, *day.value.split("/"))}
            if (
                not values
                or not values & (one.dates | {fact.value for fact in facts.facts})
                or (one.dates and not values & one.dates)
            ):
                yield f"changed words: {words!r}"


def _reckoned(words: str, today: date) -> str:
    """“Today”, "tomorrow" and "yesterday" by the calendar, whether or not the gold facts list it; empty for others."""
    away = {"today": 0, "tomorrow": 1, "tonight": 0, "yesterday": -1}.get(re.split(r"\W", words.casefold())[0])
    return "" if away is None else str(today + timedelta(days=away))


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def _of_the_frame(words: str) -> bool:
    known = {wording.strip() for frame in frames().values() for listed in frame.openings.values() for wording in listed}
    known |= {f"{frame.ask}:" for frame in frames().values()}
    return not re.search(r"\w", words) or words.strip() in known
