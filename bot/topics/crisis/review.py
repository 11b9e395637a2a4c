"""The review document, made from the log: timeline, figures, questions, lessons; as Markdown and as HTML."""

from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.core.plain import local, text_of
from bot.core.ports import Records
from bot.topics.crisis.logbook import entries, name_of, words_of
from bot.topics.crisis.model import Crisis, Job, Lesson, LogEntry, Receipt, Turn, Words
from bot.topics.crisis.versions import plan_of, title_of
from bot.topics.team.days import understood_day

MINUTE = timedelta(minutes=1)
ACTED = ("step", "hold", "said", "reached")
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}"
    "td{border-top:1px solid #ccc;padding:.3em .6em;vertical-align:top}@media print{body{margin:0}a{color:inherit}}"
)


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
    parts = [
        f"{name} after {_minutes((moment - found.sign) * found.pace)}"
        for name, moment in (
            ("told", found.told),
            ("acknowledged", found.acknowledged),
            ("acted", found.acted),
            ("all clear", found.clear),
        )
        if moment is not None
    ]
    parts.append(f"{found.done} steps done, {found.late} late")
    clock = f" Times are the drill's, {found.pace} times as fast." if found.pace > 1 else ""
    return f"{', '.join(parts)}.{clock}"


def _minutes(span: timedelta) -> str:
    count = max(round(span / MINUTE), 0)
    return f"{count} {'minute' if count == 1 else 'minutes'}"


def _line(records: Records, entry: LogEntry, zone: ZoneInfo) -> str:
    return text_of(words_of(records, entry), zone)


def _short_words(records: Records, crisis: Crisis) -> list[tuple[str, str]]:
    """(heading, line) pairs of all that is not the timeline."""
    turns = sorted(records.find(Turn, crisis=crisis.id), key=lambda one: (one.since, one.id))
    found = [("Roles", f"{one.role}: {name_of(records, one.volunteer)}") for one in turns]
    for words in records.find(Words, crisis=crisis.id):
        by = ", ".join(name_of(records, one) for one in words.approvals) or (
            "approved ahead" if words.ahead else "nobody"
        )
        found.append(("What we said", f"“{words.text}” (approved by {by}) {' '.join(words.said.values())}".strip()))
    kind = plan_of(records, crisis).kind(crisis.kind)
    found += [("To talk about", one) for one in (kind.review if kind else ())]
    for lesson in sorted(records.find(Lesson, crisis=crisis.id), key=lambda one: (one.due, one.id)):
        state = "done" if lesson.done else f"by {understood_day(lesson.due)}"
        found.append(("What we change", f"{lesson.text}: {name_of(records, lesson.who)}, {state}"))
    return found


def _headings(records: Records, crisis: Crisis) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for heading, line in _short_words(records, crisis):
        grouped.setdefault(heading, []).append(line)
    return grouped


def review_markdown(records: Records, crisis: Crisis, zone: ZoneInfo) -> str:
    """The review as Markdown: each line of the timeline has the number of its line in the log."""
    drill = "DRILL · " if crisis.drill else ""
    parts = [f"# {drill}{_plain(title_of(records, crisis))}", "", f"> {_plain(crisis.said)}", ""]
    parts += ["## Figures", "", figures_words(figures(records, crisis)), ""]
    parts += [f"Times are those of {zone.key}. Nobody is to blame: what do we change?", "", "## Timeline", ""]
    for entry in entries(records, crisis):
        number = f'<a id="log-{entry.number}"></a>[{entry.number}](#log-{entry.number})'
        parts.append(f"- {number} {local(entry.at, zone)}: {_plain(_line(records, entry, zone))}")
    for heading, lines in _headings(records, crisis).items():
        parts += ["", f"## {heading}", "", *(f"- {_plain(one)}" for one in lines)]
    return "\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Literal text in Markdown: what people typed formats nothing and hides no link."""
    text = " ".join(text.split())
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, f"\\{sign}")
    return text


def review_html(records: Records, crisis: Crisis, zone: ZoneInfo) -> str:
    """The same as one HTML page, for printing or sending."""
    drill = "DRILL · " if crisis.drill else ""
    title = escape(drill + title_of(records, crisis))
    rows = "".join(
        f'<tr id="log-{entry.number}"><td><a href="#log-{entry.number}">{entry.number}</a></td>'
        f"<td>{escape(local(entry.at, zone))}</td><td>{escape(_line(records, entry, zone))}</td></tr>"
        for entry in entries(records, crisis)
    )
    rest = "".join(
        f"<h2>{escape(heading)}</h2><ul>{''.join(f'<li>{escape(one)}</li>' for one in lines)}</ul>"
        for heading, lines in _headings(records, crisis).items()
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1><p>“{escape(crisis.said)}”</p><h2>Figures</h2>"
        f"<p>{escape(figures_words(figures(records, crisis)))}</p>"
        f"<h2>Timeline</h2><p>Times are those of {escape(zone.key)}.</p><table>{rows}</table>{rest}</html>\n"
    )
