"""What a tip says, as I understand it, and what it could become on the accounts that it suits."""

from datetime import date

from msgspec import Struct

from bot.core.chat import Button, Row, Text
from bot.core.router import Context
from bot.topics.accounts.model import Account, MirrorKind
from bot.topics.drafting.excerpts import READ
from bot.topics.drafting.making import Source, composed, partners, source_of_tip
from bot.topics.drafting.model import Tip, Week
from bot.topics.drafting.suiting import filled
from bot.topics.drafting.tips import suits, zone_of_team
from bot.topics.drafting.weighing import length_words
from bot.topics.team.days import understood_day
from bot.topics.team.hours import local_day

OWN = 3  # of the asker's own accounts, where a tip suits none by what is noted


class Understood(Struct, frozen=True):
    """A tip's facts as pairs to show, remarks on what was odd in it, and the last day on which it matters."""

    pairs: tuple[tuple[str, Text], ...] = ()
    remarks: tuple[str, ...] = ()
    day: date | None = None


def understood(context: Context, source: Source) -> Understood:
    """What was read in a tip, dates as resolved; a day that has passed counts for nothing."""
    facts = source.facts
    today = local_day(zone_of_team(context.records), context.now)
    remarks = []
    if source.long:
        remarks.append(
            f"It is long, so I drafted from its beginning, about {READ:,} characters. If what matters stands further "
            "down, give me that part as a tip by itself."
        )
    if not facts.english:
        remarks.append("I read English only, so I keep to this text's own words and may miss dates and places in it.")
    if facts.day is not None and facts.day < today:
        remarks.append(f"The day that it speaks of, {understood_day(facts.day)}, has passed.")
    pairs: tuple[tuple[str, Text], ...] = tuple(facts.pairs)
    return Understood(pairs, tuple(remarks), facts.day if facts.day and facts.day >= today else None)


def weeks(tip: Tip, source: Source) -> tuple[Row, ...]:
    """What “next Friday” was read as, where it may be this week's or next week's, with the buttons that settle it."""
    unsure = list({one.words.casefold(): one for one in source.facts.facts if one.other}.values())
    if not unsure:
        return ()
    read = " and ".join(f"“{one.words}” as {one.resolved}" for one in unsure)
    now, other = (Week.THIS, Week.NEXT) if source.week is Week.THIS else (Week.NEXT, Week.THIS)
    no = Button(f"No: {understood_day(date.fromisoformat(unsure[0].other))}", "tip week", _says(tip, other))
    if source.week is not None:
        return (Row(f"I read {read}, as somebody here said.", controls=(no,)),)
    right = Button(f"Right: {unsure[0].resolved}", "tip week", _says(tip, now))
    return (Row(f"I read {read}. Not so? Then please press the other day.", controls=(right, no)),)


def _says(tip: Tip, week: Week) -> dict[str, str]:
    return {"tip": tip.id, "week": week.value}


def offer_rows(context: Context, tip: Tip, source: Source | None = None) -> tuple[Row, ...]:
    """A draft for each of the accounts that the tip suits best, with the button that takes it up."""
    source = source or source_of_tip(context, tip)
    rows: list[Row] = []
    texts: dict[str, str] = {}
    without: dict[str, list[Account]] = {}  # why there is nothing → for which accounts
    for account in _accounts_for(context, tip):
        halves = partners(context.records, account, MirrorKind.REWORDED)
        made = composed(context, account, source, avoid=[texts[half.id] for half in halves if half.id in texts])
        if not made.texts:
            why = made.question.sentence if made.question else "I find no wording that fits by rule."
            without.setdefault(why, []).append(account)
            continue
        texts[account.id] = made.texts[0]
        asked = f". {made.question.sentence}" if made.question else ""
        heading = f"{account.short}, {length_words(made.texts[0], account.network)}{asked}"
        button = Button(f"Draft for {account.short}", "draft", {"account": account.short, "tip": tip.id})
        rows.append(Row(heading, made.texts[0], (button,)))
    rows += [
        Row(f"{', '.join(one.short for one in some)}: {why}", controls=_write(tip, some))
        for why, some in without.items()
    ]
    return tuple(rows)


def _write(tip: Tip, accounts: list[Account]) -> tuple[Button, ...]:
    return tuple(
        Button(f"Write one for {one.short}", "write", {"account": one.short, "tip": tip.id}) for one in accounts
    )


def _accounts_for(context: Context, tip: Tip) -> list[Account]:
    """The accounts that the tip suits, with the networks that they leave open; else the asker's own."""
    me, every = context.asker.volunteer, context.records.find(Account, order="short")
    found = filled([one.account for one in suits(context.records, tip, me)], every)
    return found or [one for one in every if me and me == one.owner and one.live][:OWN]
