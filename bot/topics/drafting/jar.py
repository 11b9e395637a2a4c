"""The tip jar's commands: put a tip in, see what is there, take one, set one aside, put two together."""

from enum import StrEnum
from typing import Annotated

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Control, Facts, Link, Note, Reply, Row, Rows, Style, Text, Words
from bot.core.pages import page_of, turns
from bot.core.router import Context, Role
from bot.core.words import line
from bot.errors import Refusal
from bot.topics.accounts.changing import name_of
from bot.topics.drafting.making import Source, source_of_tip
from bot.topics.drafting.model import Tip, TipState
from bot.topics.drafting.offering import offer_rows, understood, weeks
from bot.topics.drafting.options import (
    ADayThatMatters,
    ALine,
    ANote,
    ATip,
    ATipText,
    gist,
    pieces,
    waiting_tips,
    which_of,
)
from bot.topics.drafting.tips import (
    NAMED,
    alike,
    show_tip,
    suggest,
    suits,
    twin,
    zone_of_team,
)
from bot.topics.posting.options import ALink
from bot.topics.team.days import understood_day
from bot.topics.team.hours import DAY, local_day

FROM_OUTSIDE = 20  # tips of one person without a role that may wait at once
SOON = 7 * DAY  # a tip whose day is that near is “expiring”


def tip_add(  # noqa: PLR0917 - a tip may come with all of it
    context: Context,
    text: ATipText,
    link: ALink | None = None,
    source: ALine | None = None,
    when: ADayThatMatters | None = None,
    note: ANote | None = None,
) -> Reply:
    """Give the team something worth a post: a sentence, a pasted announcement, a link with a note.

    text: what it says, as long as it is
    link: where there is more about it
    source: where you have it from, such as “the newsletter”
    when: the day after which it is stale, such as friday or 5 dec
    note: a private note for the volunteers; never published
    """
    who, records = context.asker, context.records
    tip = Tip(
        context.chance.id(),
        text,
        who.person.id,
        who.name or line(context.request.shown_name, 60) or "somebody",
        context.now,
        link or "",
        source or "",
        when,
        note or "",
    )
    if not any(sign.isalnum() for sign in tip.whole):
        raise Refusal("There are no words in that. What would be worth a post? A sentence is enough.", option="text")
    known = twin(records, tip)
    if known is not None:
        return _added(context, known, "I have that already. Thank you!")
    if who.role < Role.VOLUNTEER and records.count(Tip, giver=tip.giver, state=TipState.OPEN) >= FROM_OUTSIDE:
        raise Refusal(f"{FROM_OUTSIDE} tips of yours wait already, thank you! Please let the team read them first.")
    tip = suggest(context, replace(tip, day=tip.day or understood(context, source_of_tip(context, tip)).day))
    return _added(context, tip, "Thank you! Your tip is in the jar.")


def _added(context: Context, tip: Tip, thanks: str) -> Card:
    """For volunteers: what was understood and what it could become. For others: that the team has it."""
    if context.asker.role < Role.VOLUNTEER:
        told = " I tell you once, privately, what became of it."
        stale = f" It is stale after {understood_day(tip.day)}." if tip.day else ""
        return Card("Your tip", f"{thanks}{stale}{told}", controls=(_withdraw(tip),))
    source = source_of_tip(context, tip)
    reading = understood(context, source)
    blocks: list[Block] = [Words("What I understood:"), Facts(reading.pairs)] if reading.pairs else []
    blocks += [Note(one) for one in reading.remarks]
    blocks += _weeks(tip, source)
    blocks += _alike(context, tip)
    rows = offer_rows(context, tip, source)
    blocks += [Words("What it could become:"), Rows(rows, total=len(rows))] if rows else []
    return Card("A tip", thanks, tuple(blocks), (claim_button(tip), show_tip(tip), _withdraw(tip)))


def _weeks(tip: Tip, source: Source) -> list[Block]:
    rows = weeks(tip, source)
    return [Rows(rows, total=len(rows))] if rows else []


def _alike(context: Context, tip: Tip) -> list[Block]:
    """Tips that seem to say the same, each with the button that puts both together."""
    rows = tuple(
        Row(f"It reads like an earlier tip: “{gist(one.text)}”", controls=(_merge(tip, one), show_tip(one)))
        for one in alike(context.records, tip)
    )
    return [Rows(rows, total=len(rows))] if rows else []


def _merge(tip: Tip, into: Tip) -> Button:
    return Button("Put both together", "tip merge", {"tip": tip.id, "into": into.id})


def claim_button(tip: Tip) -> Button:
    """The button that takes a tip."""
    return Button(f"Take “{gist(tip.text, NAMED)}”", "tip claim", {"tip": tip.id}, Style.PRIMARY)


def _withdraw(tip: Tip) -> Button:
    return Button("Undo: take the tip back", "tip withdraw", {"tip": tip.id})


class Which(StrEnum):
    """Which tips to list."""

    OPEN = "open"
    MINE = "mine"
    EXPIRING = "expiring"
    DONE = "done"


AList = Annotated[Which, which_of(Which)]


def tip_list(context: Context, which: AList = Which.OPEN, page: int = 1) -> Reply:
    """The tips that wait to become posts.

    which: open, mine (claimed or given by you), expiring within a week, or done; open if left out
    page: which page of a long list
    """
    found = _listed(context, which)
    if not found:
        empty = {
            Which.OPEN: "The jar is empty. Heard of something worth a post? Type `tip add` and a sentence.",
            Which.MINE: "You have claimed no tip, and none of yours waits. Type `tip list` to see what there is.",
            Which.EXPIRING: "Nothing in the jar goes stale within a week.",
            Which.DONE: "No tip has been posted or set aside yet.",
        }
        return Card("The tip jar", empty[which], controls=(Button("Add a tip", "tip add"),))
    shown, first, last = page_of(found, page)
    rows = tuple(Row(gist(one.text, 100), _state(context, one), _row_controls(context, one)) for one in shown)
    lists = tuple(Button(f"Tips: {one.value}", "tip list", {"which": one.value}) for one in Which if one is not which)
    return Card(
        "The tip jar",
        f"{len(found)} {'tip' if len(found) == 1 else 'tips'}, {which.value}.",
        (Rows(rows, first, len(found)),),
        (*turns("tips", "tip list", {"which": which.value}, first, last), Button("Add a tip", "tip add"), *lists),
    )


def _listed(context: Context, which: Which) -> list[Tip]:
    records, who = context.records, context.asker
    if which is Which.DONE:
        done = [one for state in (TipState.POSTED, TipState.SET_ASIDE) for one in records.find(Tip, state=state)]
        return sorted(done, key=lambda one: one.given, reverse=True)
    found = waiting_tips(records)
    if which is Which.MINE:
        return [one for one in found if one.giver == who.person.id or (one.holder and one.holder == who.volunteer)]
    if which is Which.EXPIRING:
        last = local_day(zone_of_team(records), context.now) + SOON
        near = [(one.day, one) for one in found if one.day is not None and one.day <= last]
        return [one for _day, one in sorted(near, key=lambda pair: pair[0])]
    return found


def _state(context: Context, tip: Tip) -> str:
    said = [f"from {tip.giver_name}, {understood_day(local_day(context.asker.zone, tip.given))}"]
    said += [f"by {understood_day(tip.day)}"] if tip.day and tip.waits else []
    said += [f"taken by {name_of(context.records, tip.holder)}"] if tip.state is TipState.CLAIMED else []
    said += [f"set aside: {tip.reason}"] if tip.state is TipState.SET_ASIDE else []
    said += ["posted"] if tip.state is TipState.POSTED else []
    return "; ".join(said)


def _row_controls(context: Context, tip: Tip) -> tuple[Control, ...]:
    mine = bool(tip.holder) and tip.holder == context.asker.volunteer
    take = context.asker.role >= Role.VOLUNTEER and tip.waits and not mine
    return (*((claim_button(tip),) if take else ()), show_tip(tip))


def tip_show(context: Context, tip: ATip | None = None) -> Reply:
    """One tip: all that it says, what I understood, and what it could become.

    tip: which one; the list of those that wait if left out
    """
    if tip is None:
        return tip_list(context)
    blocks: list[Block] = [Words(piece) for piece in pieces(tip.text)]
    blocks.append(Facts(tuple(_facts(context, tip))))
    if context.asker.role < Role.VOLUNTEER:
        return Card("A tip", _state(context, tip), tuple(blocks))
    for other in context.records.find(Tip, into=tip.id):
        blocks += [Words(f"Put together with a tip from {other.giver_name}:"), *map(Words, pieces(other.text))]
    source = source_of_tip(context, tip)
    reading = understood(context, source)
    blocks += [Words("What I understood:"), Facts(reading.pairs)] if reading.pairs else []
    blocks += [Note(one) for one in reading.remarks]
    if tip.waits:
        blocks += _weeks(tip, source)
        blocks += _alike(context, tip)
        rows = offer_rows(context, tip, source)
        blocks += [Words("What it could become:"), Rows(rows, total=len(rows))] if rows else []
    return Card("A tip", _state(context, tip), tuple(blocks), _show_controls(context, tip))


def _facts(context: Context, tip: Tip) -> list[tuple[str, Text]]:
    fit = ", ".join(one.account.short for one in suits(context.records, tip)) if tip.waits else ""
    facts: list[tuple[str, Text]] = [
        ("Link", (Link(tip.link, tip.link),) if tip.link else ""),
        ("Source", tip.source),
        ("Stale after", understood_day(tip.day) if tip.day else ""),
        ("Suits", fit),
    ]
    if context.asker.role >= Role.VOLUNTEER or tip.giver == context.asker.person.id:
        facts.append(("Private note, never published", tip.note))
    return [("From", tip.giver_name), *((label, value) for label, value in facts if value)]


def _show_controls(context: Context, tip: Tip) -> tuple[Control, ...]:
    values = {"tip": tip.id}
    if tip.state in (TipState.SET_ASIDE, TipState.MERGED):
        return (Button("Back into the jar", "tip reopen", values),)
    if not tip.waits:
        return ()
    mine = bool(tip.holder) and tip.holder == context.asker.volunteer
    take = Button("Leave it to others", "tip release", values) if mine else claim_button(tip)
    return (
        take,
        Button("Change the tip", "tip edit", values),
        Button("Set it aside", "tip dismiss", values),
    )
