"""The printed card: one page with names and numbers for when chat is down, made again at every change."""

from html import escape

from msgspec.structs import replace

from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.crisis.model import Contact, Seat, Upkeep
from bot.topics.crisis.versions import current_plan
from bot.topics.team.nudging import team_of

UPKEEP = "crisis"
STYLE = (
    "@page{size:A4;margin:12mm}body{font:11pt/1.35 sans-serif;max-width:48em;margin:1em auto}h1{font-size:17pt}"
    "table{border-collapse:collapse;width:100%}td,th{border-top:1px solid #999;padding:.2em .5em;text-align:left}"
    "ol{font-size:13pt}@media print{body{margin:0}}"
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
        f"<tr><th>{escape(role.name)}</th><td>{_who(records, seats.get(role.id), 'first')}</td>"
        f"<td>{_who(records, seats.get(role.id), 'backup')}</td></tr>"
        for role in (*plan.roles, *plan.outside)
        if role.id in seats
    )
    others = [one for one in records.find(Contact, order="name") if one.volunteer and one.phone and one.agreed]
    keepers = "".join(f"<tr><th>{escape(one.name)}</th><td>{_numbers(one)}</td></tr>" for one in others)
    team = escape(team_of(records).name)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{team}: when something goes wrong</title>'
        f"<style>{STYLE}</style><h1>{team}: when something goes wrong</h1>"
        "<ol><li>In danger? Call emergency services.</li><li>Phone the first of these who answers.</li>"
        "<li>Take a screenshot. Don't reply, don't delete, don't post.</li></ol>"
        f"<table><tr><th>Role</th><th>First</th><th>Then</th></tr>{rows}</table>"
        f"<h2>Volunteers</h2><table>{keepers}</table>"
        "<p>Only for the people on this card. In chat: <b>sos</b> and what you see.</p></html>\n"
    )


def _who(records: Records, seat: Seat | None, part: str) -> str:
    id = getattr(seat, part) if seat else ""
    contact = records.get(Contact, id) if id else None
    return f"{escape(contact.name)} {_numbers(contact)}" if contact else ""


def _numbers(contact: Contact) -> str:
    if not contact.phone or contact.agreed is None:
        return ""
    second = f" · {escape(contact.second)}" if contact.second else ""
    return f"<b>{escape(contact.phone)}</b>{second}"
