"""What volunteers do with tips that wait: take one, set one aside, put two together, change one."""

from datetime import date
from typing import Annotated

from msgspec.structs import replace

from bot.core.chat import Button, Card, Field, Form, Kind, Reply, Rows, Words
from bot.core.router import Context, Option, Role
from bot.core.words import TEXT_LIMIT, line
from bot.errors import Refusal
from bot.topics.accounts.changing import name_of, tell
from bot.topics.drafting.making import source_of_tip
from bot.topics.drafting.model import Tip, TipEvent, TipState, Week, tip_moved
from bot.topics.drafting.offering import offer_rows, understood
from bot.topics.drafting.options import NOTE_LIMIT, AnotherDay, AnotherLink, AnotherNote, ATip, ATipText, named
from bot.topics.drafting.showing import claim_button, tip_show
from bot.topics.drafting.tips import gave, is_over, keep_tip, settle_tip, show_tip, unsettle_tip, zone_of_team
from bot.topics.team.hours import local_day
from bot.topics.team.mentions import with_names

KIND_REASONS = (  # short enough to stand as examples in a field that takes any words
    "it is posted already",
    "it is not quite for our pages",
    "there was no room this time",
    "its day has passed",
)


def tip_claim(context: Context, tip: ATip) -> Reply:
    """Take a tip: you see to it that it becomes a post.

    tip: which one
    """
    tip = _waiting(tip)
    me, before = context.asker.volunteer, tip.holder
    tip = keep_tip(context, replace(tip_moved(tip, TipEvent.CLAIM), holder=me))
    over = f" {name_of(context.records, before)} had taken it before." if before not in ("", me) else ""
    _tell_holder(context, before, tip, f"took over the tip “{named(tip)}”, so you needn't see to it.")
    rows = offer_rows(context, tip)
    blocks = (Words("What it could become:"), Rows(rows, total=len(rows))) if rows else ()
    undo = Button("Undo: leave it to others", "tip release", {"tip": tip.id})
    return Card("A tip", f"“{named(tip)}” is yours.{over} Thank you!", blocks, (undo, show_tip(tip)))


def _tell_holder(context: Context, before: str, tip: Tip, did: str) -> None:
    """Whoever had taken a tip hears that somebody else sees to it now, so that nobody does the work twice."""
    if before not in ("", tip.holder):
        tell(context, before, f"taken/{tip.id}/{before}", f"{context.asker.name} {did}", (show_tip(tip),))


def _waiting(tip: Tip) -> Tip:
    """Raises Refusal where nothing can become of the tip any more."""
    if tip.waits:
        return tip
    if tip.state is TipState.POSTED:
        raise Refusal("That tip has been posted already. Type `tip list` to see what waits.")
    if tip.state is TipState.MERGED:
        raise Refusal("That tip was put together with another one. Type `tip list` to see what waits.")
    raise Refusal("That tip was set aside. To have it back, press the button at it, or type `tip reopen` and its id.")


def tip_release(context: Context, tip: ATip) -> Reply:
    """Leave a tip that you took to others.

    tip: which one
    """
    if _waiting(tip).state is not TipState.CLAIMED:
        raise Refusal("Nobody has taken that tip, so it is free. Type `tip list` to see what waits.")
    if tip.holder != context.asker.volunteer and context.asker.role < Role.COORDINATOR:
        raise Refusal(f"{name_of(context.records, tip.holder)} has taken that tip. You may take it over: `tip claim`.")
    tip = keep_tip(context, replace(tip_moved(tip, TipEvent.RELEASE), holder=""))
    return Card("A tip", f"“{named(tip)}” is free again.", controls=(claim_button(tip), show_tip(tip)))


def _suggest_reasons(_context: Context, text: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, one.capitalize()) for one in KIND_REASONS if text.strip().casefold() in one)


AReason = Annotated[
    str,
    Option(
        lambda context, text: line(with_names(context, text), NOTE_LIMIT),
        takes=lambda _context, words: len(words),
        suggest=_suggest_reasons,
        kind=Kind.LONG,
    ),
]


def tip_dismiss(context: Context, tip: ATip, reason: AReason) -> Reply:
    """Set a tip aside, with a kind reason: whoever gave it is told once, privately.

    tip: which one
    reason: why, in words that you would like to hear yourself
    """
    tip = _waiting(tip)
    if tip.holder not in ("", context.asker.volunteer) and context.asker.role < Role.COORDINATOR:
        raise Refusal(f"{name_of(context.records, tip.holder)} has taken that tip. You may take it over: `tip claim`.")
    if not any(sign.isalnum() for sign in reason):
        raise Refusal("Please give a kind reason in a few words: its giver will read it.", option="reason")
    tip = settle_tip(context, replace(tip_moved(tip, TipEvent.DISMISS), reason=reason))
    told = "" if gave(context, tip) else f" {tip.giver_name} is told so, with thanks."
    return Card(
        "A tip",
        f"Set aside: {reason.rstrip('.')}.{told}",
        controls=(Button("Undo: back into the jar", "tip reopen", {"tip": tip.id}),),
    )


def tip_reopen(context: Context, tip: ATip) -> Reply:
    """Put a tip that was set aside, or put together with another, back into the jar.

    tip: which one
    """
    if tip.state not in (TipState.SET_ASIDE, TipState.MERGED):
        raise Refusal("That tip was not set aside. Type `tip list` to see what waits.")
    stale = is_over(tip, local_day(zone_of_team(context.records), context.now))
    tip = replace(tip_moved(tip, TipEvent.REOPEN), reason="", into="", holder="", day=None if stale else tip.day)
    tip = unsettle_tip(context, tip)
    return Card("A tip", f"“{named(tip)}” is in the jar again.", controls=(claim_button(tip), show_tip(tip)))


def tip_merge(context: Context, tip: ATip, into: ATip) -> Reply:
    """Put two tips that say the same together: what each gave is kept.

    tip: the tip that goes into the other one
    into: the tip that stays
    """
    tip, into = _waiting(tip), _waiting(into)
    if tip.id == into.id:
        raise Refusal("That is one and the same tip. Please name another one to put it together with.", option="into")
    days = [one.day for one in (tip, into) if one.day is not None]
    kept = replace(
        into,
        link=into.link or tip.link,
        day=min(days, default=None),
        holder=into.holder or tip.holder,
    )
    kept = tip_moved(kept, TipEvent.CLAIM) if kept.holder else kept
    merged = replace(tip_moved(tip, TipEvent.MERGE), into=into.id)
    for one in context.records.find(Tip, into=tip.id):
        context.records.put(replace(one, into=into.id))
    settle_tip(context, merged)
    keep_tip(context, kept)
    with_whom = f"together with “{named(kept)}”, which {name_of(context.records, kept.holder)} sees to."
    _tell_holder(context, tip.holder, kept, f"put the tip “{named(tip)}” that you had taken {with_whom}")
    return Card(
        "A tip",
        f"“{named(tip)}” is part of “{named(kept)}” now.",
        controls=(show_tip(kept), Button("Undo: two tips again", "tip reopen", {"tip": tip.id})),
    )


def tip_edit(  # noqa: PLR0917 - each of them may be what is wrong
    context: Context,
    tip: ATip,
    text: ATipText | None = None,
    link: AnotherLink | None = None,
    when: AnotherDay | None = None,
    note: AnotherNote | None = None,
) -> Reply:
    """Change what a tip says, its link, its day or its private note.

    tip: which one
    text: what it says now
    link: where there is more about it; “none” for nothing
    when: the day after which it is stale; “none” for nothing
    note: a private note for the volunteers, never published; “none” for nothing
    """
    tip = _waiting(tip)
    if text is None and link is None and when is None and note is None:
        return _edit_form(tip)
    changed = replace(
        tip,
        text=text or tip.text,
        link=tip.link if link is None else link,
        day=tip.day if when is None else when if isinstance(when, date) else None,
        note=tip.note if note is None else note,
    )
    if not any(sign.isalnum() for sign in changed.whole):
        raise Refusal("There are no words in that. What does the tip say?", option="text")
    return tip_show(context, keep_tip(context, changed))


def _edit_form(tip: Tip) -> Form:
    day = tip.day.isoformat() if tip.day else ""
    text = Field("text", "What it says", Kind.LONG, value=tip.text)
    fields = (
        *((text,) if len(tip.text) <= TEXT_LIMIT else ()),  # a form holds no more; its words stay as they are
        Field("link", "Link", required=False, value=tip.link, hint="where there is more about it; “none” for nothing"),
        Field("when", "Stale after", required=False, value=day, hint="“none” for no day"),
        Field(
            "note",
            "Private note",
            Kind.LONG,
            required=False,
            value=tip.note,
            hint="never published; “none” for nothing",
        ),
    )
    return Form("Change the tip", "tip edit", fields, {"tip": tip.id})


def tip_week(context: Context, week: Week, tip: ATip) -> Reply:
    """Say which week “next Friday” in a tip belongs to.

    week: this week or next week, counted from the day on which the tip was given
    tip: which one
    """
    tip = _waiting(tip)
    source = source_of_tip(context, tip)
    if not any(one.other for one in source.facts.facts):
        raise Refusal("No day in that tip may be this week's or next week's. To change its words, type `tip edit`.")
    before = understood(context, source).day
    tip = keep_tip(context, replace(tip, week=week))
    if tip.day == before:
        tip = keep_tip(context, replace(tip, day=understood(context, source_of_tip(context, tip)).day))
    return tip_show(context, tip)


def tip_withdraw(context: Context, tip: ATip) -> Reply:
    """Take back a tip that you gave, as long as it waits.

    tip: which one
    """
    if not gave(context, tip):
        raise Refusal("Only whoever gave a tip can take it back. A volunteer may set it aside: `tip dismiss`.")
    tip = _waiting(tip)
    if context.records.count(Tip, into=tip.id):
        raise Refusal("Others have given the same tip, so it stays in the jar. Thank you for it!")
    if tip.holder and tip.holder != context.asker.volunteer:
        raise Refusal("A volunteer is at work on that tip already. Thank you for it!")
    settle_tip(context, replace(tip_moved(tip, TipEvent.DISMISS), reason="its giver took it back"))
    return Card("Your tip", "It is taken back.", controls=(Button("Add a tip", "tip add"),))
