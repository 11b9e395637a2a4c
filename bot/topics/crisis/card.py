"""The printed card: one page with names and numbers for when chat is down, made again at every change."""

from html import escape

from msgspec.structs import replace

from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.crisis.kept import Contact, Seat, Upkeep
from bot.topics.crisis.versions import current_plan
from bot.topics.team.model import Volunteer
from bot.topics.team.nudging import team_of

UPKEEP = "crisis"
STYLE = (
    "@page{size:A4;margin:12mm}body{font:11pt/1.35 sans-serif;max-width:48em;margin:1em auto;padding:0 1em;color:#111;"
    "background:#fff}h1{font-size:17pt}caption{text-align:left;font-weight:bold;padding:.6em 0 .2em}"
    "table{border-collapse:collapse;width:100%}td,th{border-top:1px solid #777;padding:.2em .5em;text-align:left}"
    "ol{font-size:13pt}tr{break-inside:avoid}@media print{body{margin:0;padding:0}}"
)


def upkeep_of(records: Records) -> Upkeep:
    """What the team keeps up between crises."""
    return records.get(Upkeep, UPKEEP) or Upkeep(UPKEEP)


def keep_card(context: Context) -> None:
    """Make the printed card again, after a change of the roster, the plan or the team."""
    html = card_html(context.records)
    known = upkeep_of(context.records)
    if html != known.card:
        context.records.put(replace(known, card=html, card_made=context.now))


def card_html(records: Records) -> str:
    """The card. It holds the numbers of those who agreed: print it, and give it to the people on it only."""
    plan = current_plan(records)
    seats = {one.id: one for one in records.find(Seat)}
    rows = "".join(
        _row(role.name, _who(records, seats.get(role.id), "first"), _who(records, seats.get(role.id), "backup"))
        for role in (*plan.roles, *plan.outside)
        if role.id in seats
    )
    people = [one for one in records.find(Contact, order="name") if one.volunteer and one.phone and one.agreed]
    numbers = "".join(_row(_name(records, one), _numbers(one)) for one in people)
    title = f"{escape(team_of(records).name)}: when something goes wrong"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>\n<h1>{title}</h1>\n"
        "<ol><li>In danger? Call emergency services.</li><li>Phone the first of these who answers.</li>"
        "<li>Take a screenshot. Don't reply, don't delete, don't post.</li></ol>\n"
        f"{_table('Who does what', ('Role', 'First', 'Then'), rows)}"
        f"{_table('Volunteers', ('Name', 'Phone'), numbers)}"
        "<p>Only for the people on this card. In chat: <strong>sos</strong> and what you see.</p>\n"
        "</main></body></html>\n"
    )


def _table(caption: str, head: tuple[str, ...], rows: str) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in head)
    return f"<table><caption>{caption}</caption><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>\n"


def _row(name: str, *cells: str) -> str:
    """A row; the cells are HTML already."""
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _who(records: Records, seat: Seat | None, part: str) -> str:
    id = getattr(seat, part) if seat else ""
    contact = records.get(Contact, id) if id else None
    return f"{escape(_name(records, contact))} {_numbers(contact)}".strip() if contact else ""


def _name(records: Records, contact: Contact) -> str:
    """What a volunteer is called now, or the name that somebody outside goes by."""
    volunteer = records.get(Volunteer, contact.volunteer) if contact.volunteer else None
    return volunteer.name if volunteer else contact.name


def _numbers(contact: Contact) -> str:
    if not contact.phone or contact.agreed is None:
        return ""
    second = f" · {escape(contact.second)}" if contact.second else ""
    return f"<strong>{escape(contact.phone)}</strong>{second}"
