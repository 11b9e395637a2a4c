"""Seeing what is in the jar: the lists of tips, and one tip with all that it says."""

from enum import StrEnum
from typing import Annotated

from bot.core.chat import Block, Button, Card, Control, Facts, Link, Note, Reply, Row, Rows, Style, Text, Words
from bot.core.pages import page_of, turns
from bot.core.router import Context, Role
from bot.topics.accounts.changing import name_of
from bot.topics.drafting.making import Source, source_of_tip
from bot.topics.drafting.model import Tip, TipState
from bot.topics.drafting.offering import offer_rows, understood, weeks
from bot.topics.drafting.options import ATip, gist, named, pieces, waiting_tips, which_of
from bot.topics.drafting.tips import NAMED, alike, gave, show_tip, suits, zone_of_team
from bot.topics.team.days import understood_day
from bot.topics.team.hours import DAY, local_day

SOON = 7 * DAY  # a tip whose day is that near is “expiring”
AT_ONCE = 2  # pieces of a long text that one card shows
PRIVATE = "Private note, never published"
OTHERS = 800  # characters of a tip that was put together with this one


def weeks_blocks(tip: Tip, source: Source) -> list[Block]:
    """What “next Friday” was read as, where that has to be looked at."""
    rows = weeks(tip, source)
    return [Rows(rows, total=len(rows))] if rows else []


def alike_blocks(context: Context, tip: Tip) -> list[Block]:
    """Tips that seem to say the same, each with the button that puts both together."""
    rows = tuple(
        Row(f"It reads like an earlier tip: “{named(one)}”", controls=(_merge(tip, one), show_tip(one)))
        for one in alike(context.records, tip)
    )
    return [Rows(rows, total=len(rows))] if rows else []


def _merge(tip: Tip, into: Tip) -> Button:
    return Button("Put both together", "tip merge", {"tip": tip.id, "into": into.id})


def claim_button(tip: Tip) -> Button:
    """The button that takes a tip."""
    return Button(f"Take “{named(tip, NAMED)}”", "tip claim", {"tip": tip.id}, Style.PRIMARY)


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
    rows = tuple(Row(named(one, 100), _state(context, one), _row_controls(context, one)) for one in shown)
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
        return [one for one in found if gave(context, one) or (one.holder and one.holder == who.volunteer)]
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


def tip_show(context: Context, tip: ATip | None = None, page: int = 1) -> Reply:
    """One tip: all that it says, what I understood, and what it could become.

    tip: which one; the list of those that wait if left out
    page: which page of a long text
    """
    if tip is None:
        return tip_list(context)
    blocks, more, first = _text(tip, page)
    if not first:
        return Card("A tip", _state(context, tip), tuple(blocks), more)
    blocks.append(Facts(tuple(_facts(context, tip))))
    if context.asker.role < Role.VOLUNTEER:
        return Card("A tip", _state(context, tip), tuple(blocks), more)
    for other in context.records.find(Tip, into=tip.id):
        blocks += [Words(f"Put together with a tip from {other.giver_name}:"), *_other(other)]
    source = source_of_tip(context, tip)
    reading = understood(context, source)
    blocks += [Words("What I understood:"), Facts(reading.pairs)] if reading.pairs else []
    blocks += [Note(one) for one in reading.remarks]
    if tip.waits:
        blocks += weeks_blocks(tip, source)
        blocks += alike_blocks(context, tip)
        rows = offer_rows(context, tip, source)
        blocks += [Words("What it could become:"), Rows(rows, total=len(rows))] if rows else []
    return Card("A tip", _state(context, tip), tuple(blocks), (*more, *_show_controls(context, tip)))


def _text(tip: Tip, page: int) -> tuple[list[Block], tuple[Control, ...], bool]:
    """A page of what it says, the buttons to its other pages, and whether it is the first one."""
    whole = pieces(tip.text)
    last = -(-len(whole) // AT_ONCE)
    page = min(max(page, 1), last)
    blocks: list[Block] = [Words(one) for one in whole[(page - 1) * AT_ONCE : page * AT_ONCE]]
    if last > 1:
        blocks.append(Note(f"Part {page} of {last}; it has {len(tip.text):,} characters in all."))
    turns = [("Read on in the tip", page + 1)] if page < last else []
    turns += [("Back in the tip", page - 1)] if page > 1 else []
    buttons = (Button(label, "tip show", {"tip": tip.id, "page": str(number)}) for label, number in turns)
    return blocks, tuple(buttons), page == 1


def _other(tip: Tip) -> tuple[Block, ...]:
    """A tip that was put together with this one, with its own private note."""
    note = (Facts(((PRIVATE, tip.note),)),) if tip.note else ()
    if len(tip.text) <= OTHERS:
        return (Words(tip.text), *note)
    return (Rows((Row(gist(tip.text, OTHERS), controls=(show_tip(tip),)),), total=1), *note)


def _facts(context: Context, tip: Tip) -> list[tuple[str, Text]]:
    fit = ", ".join(one.account.short for one in suits(context.records, tip)) if tip.waits else ""
    facts: list[tuple[str, Text]] = [
        ("Link", (Link(tip.link, tip.link),) if tip.link else ""),
        ("Source", tip.source),
        ("Stale after", understood_day(tip.day) if tip.day else ""),
        ("Suits", fit),
    ]
    if context.asker.role >= Role.VOLUNTEER or gave(context, tip):
        facts.append((PRIVATE, tip.note))
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
