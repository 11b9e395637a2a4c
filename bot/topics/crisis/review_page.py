"""The review of a crisis as one HTML page: read aloud, printed or sent as well as seen. No colour means anything."""

from html import escape

from bot.topics.crisis.review import Entry, Figure, Line, Review

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111;background:#fff}"
    "table{border-collapse:collapse;width:100%}caption{text-align:left;font-style:italic;padding:.3em 0}"
    "td,th{border-top:1px solid #777;padding:.3em .6em;vertical-align:top;text-align:left}td{overflow-wrap:anywhere}"
    ":target{outline:3px solid #111}@page{margin:15mm}"
    "@media print{body{margin:0;font-size:11pt}a{color:inherit}thead{display:table-header-group}"
    "tr,li{break-inside:avoid}h2{break-after:avoid}}"
)


def review_html(review: Review) -> str:
    """The whole page; each line links to the line of the log that it comes from."""
    title = escape(review.title)
    sections = "".join(_section(heading, lines) for heading, lines in review.sections)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>\n"
        f"<h1>{title}</h1>\n<p>“{escape(review.said)}”</p>\n"
        f"{_figures(review)}{_timeline(review)}{sections}</main></body></html>\n"
    )


def _figures(review: Review) -> str:
    rows = "".join(_figure(one) for one in review.figures)
    head = _head("What", "When", "After the first sign", "Log")
    return (
        f"<h2>Figures</h2>\n<table><caption>How fast it went</caption>{head}<tbody>{rows}</tbody></table>\n"
        f"<p>{escape(review.short)}</p>\n"
    )


def _figure(one: Figure) -> str:
    cells = "".join(f"<td>{cell}</td>" for cell in (escape(one.when), escape(one.after), _to(one.log)))
    return f'<tr><th scope="row">{escape(one.name)}</th>{cells}</tr>'


def _timeline(review: Review) -> str:
    rows = "\n".join(_entry(one) for one in review.timeline)
    said = f"What happened, in this order; times are those of {escape(review.zone)}"
    head = _head("Log", "When", "What")
    return f"<h2>Timeline</h2>\n<table><caption>{said}</caption>{head}<tbody>\n{rows}\n</tbody></table>\n"


def _entry(one: Entry) -> str:
    link = f' <a href="{escape(one.link)}" rel="noopener noreferrer">{escape(one.link)}</a>' if one.link else ""
    when = f'<time datetime="{one.at.isoformat()}">{escape(one.when)}</time>'
    return (
        f'<tr id="log-{one.number}"><th scope="row">{_to(one.number)}</th><td>{when}</td>'
        f"<td>{escape(one.text)}{link}</td></tr>"
    )


def _section(heading: str, lines: tuple[Line, ...]) -> str:
    items = "\n".join(f"<li>{escape(one.text)} {_to(one.log)}</li>" for one in lines)
    return f"<h2>{escape(heading)}</h2>\n<ul>\n{items}\n</ul>\n"


def _head(*names: str) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>"


def _to(number: int) -> str:
    """The link to a line of the log."""
    return f'<a href="#log-{number}" aria-label="line {number} of the log">{number}</a>' if number else ""
