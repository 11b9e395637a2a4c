"""A card or a form as complete plain text: for consoles, notifications and screen readers."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from bot.core.chat import (
    Block,
    Button,
    Choice,
    Control,
    Facts,
    Form,
    Link,
    LinkButton,
    Moment,
    Note,
    Person,
    Picture,
    Place,
    Reply,
    Row,
    Rows,
    Strong,
    Text,
    Ticks,
    Words,
)

Name = Callable[[Person | Place], str]
"""How a person or place is called in plain text."""


def local(moment: datetime, zone: tzinfo) -> str:
    """A moment in words, in the reader's zone: `Tue 1 Dec 2026, 09:00`. The same in every locale."""
    at = moment.astimezone(zone)
    return f"{day(at)}, {at:%H:%M}"


def day(at: datetime) -> str:
    """The day of a local date and time in words: `Tue 1 Dec 2026`."""
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[at.weekday()]
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[at.month - 1]
    return f"{weekday} {at.day} {month} {at.year}"


def text_of(text: Text, zone: tzinfo, name: Name = lambda one: one.id) -> str:
    """A text as plain words."""
    if isinstance(text, str):
        return text
    said = []
    for part in text:
        match part:
            case str():
                said.append(part)
            case Strong():
                said.append(part.text)
            case Link():
                said.append(part.url if part.label in ("", part.url) else f"{part.label} ({part.url})")
            case Moment():
                said.append(local(part.at, zone))
            case Person() | Place():
                said.append(name(part))
    return "".join(said)


def controls_of(reply: Reply) -> list[Button | LinkButton]:
    """Every button of a card in reading order; a choice counts as a button for each thing that it offers."""
    if isinstance(reply, Form):
        return []
    controls: list[Control] = []
    for block in reply.blocks:
        if isinstance(block, Rows):
            controls += [control for row in block.rows for control in row.controls]
        elif isinstance(block, Ticks):
            controls += [tick.mark for tick in block.ticks if tick.mark]
    return [button for control in [*controls, *reply.controls] for button in buttons_of(control)]


def buttons_of(control: Control) -> list[Button | LinkButton]:
    """A control as buttons."""
    return [control.pick(value) for value, _label in control.choices] if isinstance(control, Choice) else [control]


def plain(
    reply: Reply,
    zone: tzinfo,
    name: Name = lambda one: one.id,
    show: Callable[[Button | LinkButton], str] | None = None,
) -> str:
    """All that a card or form says. `show` writes a button: its label and typed form unless told otherwise."""
    show = show or _button
    if isinstance(reply, Form):
        return _form(reply)
    lines = [reply.title]
    summary = text_of(reply.summary, zone, name)
    lines += [summary] if summary else []
    for block in reply.blocks:
        lines += ["", *_block(block, zone, name, show)]
    if reply.controls:
        lines += ["", *(f"  {line}" for line in _controls(reply.controls, show))]
    return "\n".join(lines)


def _button(button: Button | LinkButton) -> str:
    return f"[{button.label}] {button.url}" if isinstance(button, LinkButton) else f"[{button.label}] {button.typed}"


def _controls(controls: Sequence[Control], show: Callable[[Button | LinkButton], str]) -> list[str]:
    lines = []
    for control in controls:
        within = ""
        if isinstance(control, Choice):  # what is chosen from stands below its label, further in than other buttons
            lines.append(before(control.label))
            within = "  "
        lines += [f"{within}{show(button)}" for button in buttons_of(control)]
    return lines


def _row(number: int, row: Row, zone: tzinfo, name: Name, show: Callable[[Button | LinkButton], str]) -> list[str]:
    detail = text_of(row.detail, zone, name)
    lines = [f"{number}. {text_of(row.text, zone, name)}"]
    lines += [f"   {line}" for line in detail.splitlines()]
    return lines + [f"   {line}" for line in _controls(row.controls, show)]


def before(label: str) -> str:
    """A label as it stands before its answer: a question needs no colon."""
    return label if label.endswith("?") else f"{label}:"


def _block(block: Block, zone: tzinfo, name: Name, show: Callable[[Button | LinkButton], str]) -> list[str]:
    match block:
        case Words(text):
            return [text_of(text, zone, name)]
        case Note(text):
            return [text_of(text, zone, name)]
        case Facts(pairs):
            return [f"{before(label)} {text_of(value, zone, name)}" for label, value in pairs]
        case Rows(rows, first, _total):
            lines = [block.counted] if block.counted else []
            return lines + [
                line for number, row in enumerate(rows, first) for line in _row(number, row, zone, name, show)
            ]
        case Ticks(ticks):
            lines = []
            for tick in ticks:
                lines.append(f"[{'done' if tick.done else 'to do'}] {text_of(tick.text, zone, name)}")
                lines += [f"   {show(tick.mark)}"] if tick.mark else []
            return lines
        case Picture(name=file, alt=alt):
            return [f"Picture {file}: {alt}"]


def _form(form: Form) -> str:
    lines = [form.title, form.intro] if form.intro else [form.title]
    for field in form.fields:
        needed = "" if field.required else " (may be left out)"
        lines.append(f"{field.label}{needed}: {field.hint}" if field.hint else f"{field.label}{needed}")
        lines += [f"  {field.error}"] if field.error else []
        if field.choices:
            lines.append("  for example " + ", ".join(value for value, _label in field.choices[:5]))
    return "\n".join(lines)
