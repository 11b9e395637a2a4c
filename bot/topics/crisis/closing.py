"""The end: a false alarm, or the close with its conditions; then the review, the lessons and how crises compare."""

from datetime import time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Message, Note, Person, Reply, Row, Rows, Style, Tick, Ticks
from bot.core.chat import Words as Paragraph
from bot.core.pages import page_of, turns
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.crisis.alarm import RECEIPT
from bot.topics.crisis.deciding import HIGHEST, two_people
from bot.topics.crisis.figures import compared, figures, figures_words
from bot.topics.crisis.holding import holds_of
from bot.topics.crisis.kept import Paper
from bot.topics.crisis.logbook import log, name_of
from bot.topics.crisis.model import Crisis, Receipt, Stage
from bot.topics.crisis.options import ACrisis
from bot.topics.crisis.people import chosen, needs_lead, needs_part, people_of, seen_by
from bot.topics.crisis.review import review_markdown, review_of, review_plain
from bot.topics.crisis.review_page import review_html
from bot.topics.crisis.steering import unfinished
from bot.topics.crisis.stepcards import open_jobs
from bot.topics.crisis.stepping import rest
from bot.topics.crisis.telling import reply, tell
from bot.topics.crisis.versions import plan_of, title_of
from bot.topics.team.hours import add_working_days, at, local_day
from bot.topics.team.model import Volunteer
from bot.topics.team.nudging import hours_of, notify, team_of

REVIEW = "crisis-review"
PART = 2800  # characters of one piece of a document in a card
PIECES = 2  # pieces of one card
MORNING = time(9)


def crisis_false_alarm(context: Context, crisis: ACrisis | None = None) -> Reply:
    """Nothing was wrong after all: everybody who was alarmed is told, and whoever raised it is thanked.

    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_part(context, found)
    if found.level == HIGHEST and not found.checklist:
        other = two_people(context, found, "false alarm", lead=False)
        if other is not None:
            return reply(found, other)
        found = context.records.get(Crisis, found.id) or found
    found = _end(context, found, Stage.FALSE_ALARM, "false alarm: nothing was wrong")
    all_clear = Card(
        f"{title_of(context.records, found)}: false alarm",
        "All is well. Thank you for being there. Better one alarm too many than one too few.",
    )
    _tell_everybody(context, found, all_clear)
    return reply(
        found, Card("False alarm", "Everybody who was alarmed is told. Whoever raised it did the right thing.")
    )


def _end(context: Context, crisis: Crisis, stage: Stage, said: str) -> Crisis:
    crisis = replace(crisis, stage=stage, ended=context.now, ended_by=context.asker.volunteer)
    context.records.put(crisis)
    log(context, crisis, stage.value, said, loud=True)
    rest(context, crisis)
    for receipt in context.records.find(Receipt, crisis=crisis.id):
        context.records.wake(RECEIPT, receipt.id, None)
    return crisis


def _tell_everybody(context: Context, crisis: Crisis, card: Card) -> None:
    """Everybody who was told of it, and who raised it, even from outside the team."""
    told = [one.volunteer for one in context.records.find(Receipt, crisis=crisis.id) if one.told is not None]
    for one in dict.fromkeys((*told, *people_of(context.records, crisis))):
        tell(context.records, crisis, one, f"end/{one}", card)
    if not crisis.by and not crisis.drill and crisis.person:
        thanks = replace(card, summary="All is well now. Thank you for telling us: that was the right thing to do.")
        context.records.send(Message(Person(crisis.person), f"crisis/{crisis.id}/end/declarer", thanks))


def crisis_close(context: Context, sure: bool = False, crisis: ACrisis | None = None) -> Reply:
    """End a crisis, once its conditions are true: everybody is thanked, and the review is made.

    sure: yes, if every condition that I show is true
    crisis: which crisis, if there are several
    """
    found = chosen(context, crisis)
    needs_lead(context, found, "close it")
    if not sure:
        return reply(found, _conditions(context, found))
    left = [one.step for one in open_jobs(context.records, found)]
    said = "closed: every condition of the plan is true" + (f"; left open: {', '.join(left)}" if left else "")
    found = _end(context, found, Stage.CLOSED, said)
    _plan_review(context, found)
    make_paper(context, found)
    word = "The drill is over" if found.drill else "It is over"
    card = Card(
        f"{title_of(context.records, found)}: closed",
        f"{word}. Thank you for all that you did. If it still weighs on you, please tell {_care(context, found)}.",
        controls=(Button("What we saw and learnt", "crisis review", {"crisis": found.id}),),
    )
    _tell_everybody(context, found, card)
    return review_card(context, found, 1)


def list_ended(context: Context, crisis: Crisis) -> Card | None:
    """A checklist ends by itself with its last step, and says so; None while something of it is left."""
    if not crisis.checklist or unfinished(context.records, crisis):
        return None
    crisis = _end(context, crisis, Stage.CLOSED, "every step is done")
    make_paper(context, crisis)
    see = Button("See what was done", "crisis review", {"crisis": crisis.id})
    return Card(title_of(context.records, crisis), "Every step is done. Well done!", controls=(see,))


def _care(context: Context, crisis: Crisis) -> str:
    return name_of(context.records, crisis.lead) if crisis.lead else "the coordinator"


def _conditions(context: Context, crisis: Crisis) -> Card:
    kind = plan_of(context.records, crisis).kind(crisis.kind)
    care = () if crisis.checklist else ("everybody who had a hard time was spoken with",)
    wanted = [*(kind.close if kind else ()), *care]
    left = open_jobs(context.records, crisis)
    strip = [one for one in holds_of(context.records, crisis) if one.released is None]
    blocks: list[Block] = [Ticks(tuple(Tick(one, done=False) for one in wanted))]
    if left:
        rows = tuple(Row(f"Still open: {one.step}") for one in left[:10])
        blocks.append(Rows(rows, total=len(left)))
    if strip:
        blocks.append(Note(f"{len(strip)} accounts stay on hold until each is let go by its owner and one other."))
    sure = Button("All of these are true: close", "crisis close", {"sure": "yes", "crisis": crisis.id}, Style.PRIMARY)
    return Card("Is it over?", "Close it only when each of these is true.", tuple(blocks), (sure,))


def _plan_review(context: Context, crisis: Crisis) -> None:
    """Somebody is reminded of the talk about it, within the plan's working days."""
    if crisis.drill or crisis.checklist or not crisis.lead:
        return
    lead = context.records.get(Volunteer, crisis.lead)
    days = plan_of(context.records, crisis).review_days.get(crisis.level, 5)
    if lead is not None:
        hours = hours_of(context.records, lead)
        day = add_working_days(hours, local_day(hours.zone, context.now), days)
        if day is not None:
            context.records.wake(REVIEW, crisis.id, at(hours.zone, day, MORNING))


def review_due(context: Context, id: str) -> None:
    """The alarm for the talk about a crisis: whoever led it is reminded in their next nudge."""
    found = context.records.get(Crisis, id)
    if found is not None and found.lead:
        notify(
            context,
            found.lead,
            f"review/{id}",
            f"It is time to talk about {title_of(context.records, found)}, without blame: what changes in the plan?",
            controls=(
                Button("See the review", "crisis review", {"crisis": id}),
                Button("Note a lesson", "lesson add", {"crisis": id}),
            ),
        )


def make_paper(context: Context, crisis: Crisis) -> Paper:
    """The review as it stands now, kept."""
    zone = ZoneInfo(team_of(context.records).zone)
    review = review_of(context.records, crisis, zone)
    paper = Paper(crisis.id, review_markdown(review), review_html(review), context.now)
    context.records.put(paper)
    return paper


def crisis_review(context: Context, crisis: ACrisis | None = None, page: int = 1) -> Reply:
    """What happened and when, the figures, and the plan's questions to talk about.

    crisis: which crisis; the last one if left out
    page: which page of a long review
    """
    found = chosen(context, crisis, ended=True)
    needs_part(context, found)
    make_paper(context, found)
    return review_card(context, found, page)


def review_card(context: Context, crisis: Crisis, page: int) -> Reply:
    """One page of the review, and the buttons to learn from it."""
    zone = ZoneInfo(team_of(context.records).zone)
    pieces = _pieces(review_plain(review_of(context.records, crisis, zone)))
    last = max(1, -(-len(pieces) // PIECES))
    page = min(max(page, 1), last)
    shown = pieces[(page - 1) * PIECES : page * PIECES]
    values = {"crisis": crisis.id}
    more = (Button(f"Page {page + 1} of the review", "crisis review", {**values, "page": str(page + 1)}),)
    controls = (*(more if page < last else ()), Button("Note a lesson", "lesson add", values))
    if not crisis.is_open and not crisis.checklist:
        controls = (*controls, Button("Release accounts", "hold release", values))
    card = Card(
        f"Review of {title_of(context.records, crisis)}",
        figures_words(figures(context.records, crisis)),
        tuple(Paragraph(one) for one in shown),
        controls,
    )
    return reply(crisis, card)


def _pieces(text: str) -> list[str]:
    """The text in pieces that a card can hold, cut between lines."""
    pieces = [""]
    for line in text.splitlines(keepends=True):
        if len(pieces[-1]) + len(line) > PART and pieces[-1]:
            pieces.append("")
        pieces[-1] += line[:PART]
    return [one for one in pieces if one.strip()]


def crisis_list(context: Context, page: int = 1) -> Reply:
    """The crises and drills so far, and how fast each went.

    page: which page of a long list
    """
    found = [one for one in seen_by(context, ended=True) if not one.checklist]
    if not found:
        return Card(
            "Crises",
            "There has been none. To practise one, type `drill start`.",
            controls=(Button("Is everything ready?", "crisis ready"),),
        )
    shown, first, last = page_of(found, page)
    rows = tuple(_listed(context.records, one) for one in shown)
    return Card(
        "Crises",
        f"{len(found)} so far.{compared([figures(context.records, one) for one in found])}",
        (Rows(rows, first, len(found)),),
        turns("crises", "crisis list", {}, first, last),
    )


def _listed(records: Records, crisis: Crisis) -> Row:
    drill = "Drill · " if crisis.drill else ""
    state = {Stage.OPEN: "going on", Stage.CLOSED: "closed", Stage.FALSE_ALARM: "false alarm"}[crisis.stage]
    values = {"crisis": crisis.id}
    button = Button(f"See crisis {crisis.number}", "crisis show" if crisis.is_open else "crisis review", values)
    return Row(f"{drill}{title_of(records, crisis)}: {state}", figures_words(figures(records, crisis)), (button,))
