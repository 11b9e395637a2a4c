"""Putting tips in the jar."""

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Facts, Note, Reply, Rows, Words
from bot.core.router import Context, Role
from bot.core.words import line
from bot.errors import Refusal
from bot.topics.drafting.making import source_of_tip
from bot.topics.drafting.model import Tip, TipState
from bot.topics.drafting.offering import offer_rows, understood
from bot.topics.drafting.options import ADayThatMatters, ALine, ANote, ATipText
from bot.topics.drafting.showing import alike_blocks, claim_button, weeks_blocks
from bot.topics.drafting.tips import show_tip, suggest, twin
from bot.topics.posting.options import ALink
from bot.topics.team.days import understood_day

FROM_OUTSIDE = 20  # tips of one person without a role that may wait at once


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
    blocks += weeks_blocks(tip, source)
    blocks += alike_blocks(context, tip)
    rows = offer_rows(context, tip, source)
    blocks += [Words("What it could become:"), Rows(rows, total=len(rows))] if rows else []
    return Card("A tip", thanks, tuple(blocks), (claim_button(tip), show_tip(tip), _withdraw(tip)))


def _withdraw(tip: Tip) -> Button:
    return Button("Undo: take the tip back", "tip withdraw", {"tip": tip.id})
