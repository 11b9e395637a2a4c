"""Keeping tips: what follows a step, whom it is told, and when it goes stale."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.chat import Button, Card, Inline, Link, Message, Person, Text
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.accounts.model import Account
from bot.topics.drafting.excerpts import excerpt
from bot.topics.drafting.model import Tip, TipEvent, TipState, tip_moved
from bot.topics.drafting.options import named, waiting_tips
from bot.topics.drafting.suiting import Suits, suited
from bot.topics.posting.model import Post
from bot.topics.team.days import understood_day
from bot.topics.team.hours import DAY, at, local_day
from bot.topics.team.model import Identity, Notice, Standing, Volunteer
from bot.topics.team.nudging import notify, team_of, tell_coordinators, unsay

STALE = "tip-stale"  # a tip whose day comes near, or has passed
TELL = "tip-told"  # somebody without a role is told what became of their tip
ENDS = (TipState.POSTED, TipState.SET_ASIDE)  # what a giver is told of
AHEAD = (3 * DAY, DAY)  # before its day: it is spoken of again
LAPSED = "its day passed before somebody found the time"
NAMED = 22  # characters of a tip that name it on a button
ALIKE = 82  # percent from which two texts seem to say the same
COMPARED = 300  # tips that a new one is compared with
LOOKED_AT = 1500  # characters of each
TWICE = timedelta(minutes=10)  # the same text from the same person within this is one tip
SECOND_THOUGHTS = timedelta(minutes=10)  # in which a step may be taken back before somebody outside hears of it
DAYTIME = (time(9), time(20))  # when people without hours of their own are written to, in the team's zone


def tip_of(records: Records, id: str) -> Tip | None:
    """The tip, or the one that it was merged into."""
    tip = records.get(Tip, id) if id else None
    seen = {id}
    while tip is not None and tip.into and tip.into not in seen:
        seen.add(tip.into)
        tip = records.get(Tip, tip.into)
    return tip


def together(records: Records, tip: Tip) -> tuple[str, ...]:
    """The ids of the tip and of all that were put together with it."""
    return (tip.id, *(one.id for one in records.find(Tip, into=tip.id)))


def zone_of_team(records: Records) -> ZoneInfo:
    """The zone in which a tip's day counts."""
    return ZoneInfo(team_of(records).zone)


def keep_tip(context: Context, tip: Tip) -> Tip:
    """Keep the tip, and plan when its day is spoken of."""
    context.records.put(tip)
    context.records.wake(STALE, tip.id, next_word(tip, zone_of_team(context.records), context.now))
    return tip


def next_word(tip: Tip, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When its day has to be spoken of next: three days and one day ahead, and when it has passed."""
    if tip.day is None or not tip.waits:
        return None
    times = [at(zone, tip.day - ahead, time(0)) for ahead in AHEAD]
    return next((one for one in times if one > now), at(zone, tip.day + DAY, time(0)))


def is_over(tip: Tip, today: date) -> bool:
    """Has the day on which it mattered passed?"""
    return tip.day is not None and tip.day < today


def suits(records: Records, tip: Tip, mine: str = "") -> list[Suits]:
    """The accounts that the tip suits, best first."""
    return suited(excerpt(tip.whole), records.find(Account, order="short"), mine)


# -- alike ------------------------------------------------------------------------------------------------------------


def twin(records: Records, tip: Tip) -> Tip | None:
    """The same, given by the same person a moment ago."""
    found = records.find(Tip, giver=tip.giver, order="-given", limit=1)
    same = [one for one in found if one.text == tip.text and one.waits and tip.given - one.given < TWICE]
    return same[0] if same else None


def alike(records: Records, tip: Tip) -> list[Tip]:
    """Tips that wait and seem to say the same, at most three, the most alike first."""
    others = [one for one in waiting_tips(records)[:COMPARED] if one.id != tip.id]
    scored = [(_likeness(tip, one), one) for one in others]
    found = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].id))
    return [one for _score, one in found[:3]]


def _likeness(tip: Tip, other: Tip) -> float:
    """How alike two tips are, in percent; the same link is as good as the same words."""
    from rapidfuzz import fuzz, utils  # noqa: PLC0415 - slow to load

    if tip.link and tip.link == other.link:
        return 100
    texts = (tip.whole[:LOOKED_AT], other.whole[:LOOKED_AT])
    return fuzz.token_sort_ratio(*texts, processor=utils.default_process)


# -- who is told ------------------------------------------------------------------------------------------------------


def suggest(context: Context, tip: Tip) -> Tip:
    """The owners of the accounts that the tip suits hear of it in their next nudge; coordinators where nobody does."""
    owners, own = owners_of(context.records, tip), volunteer_of(context.records, tip.giver)
    nobody = not owners
    if own is not None:
        owners.pop(own.id, None)
    text = f"A tip that might suit: “{named(tip)}”{_by(tip)}"
    for owner, account in owners.items():
        controls = (
            Button(f"Draft for {account.short}", "draft", {"account": account.short, "tip": tip.id}),
            show_tip(tip),
        )
        notify(context, owner, suggestion_key(tip, owner), text, controls=controls, until=_until(context, tip))
    if nobody:
        tell_coordinators(context, suggestion_key(tip, "coordinators"), text, controls=(show_tip(tip),))
    return keep_tip(context, replace(tip, asked=tuple(owners)))


def owners_of(records: Records, tip: Tip) -> dict[str, Account]:
    """Who looks after the accounts that the tip suits, as things stand now, each with the one that it suits best."""
    owners: dict[str, Account] = {}
    for one in suits(records, tip):
        if one.account.owner:
            owners.setdefault(one.account.owner, one.account)
    return owners


def _by(tip: Tip) -> str:
    return f", to be out by {understood_day(tip.day)}." if tip.day else "."


def _until(context: Context, tip: Tip) -> datetime | None:
    return at(zone_of_team(context.records), tip.day + DAY, time(0)) if tip.day else None


def suggestion_key(tip: Tip, volunteer: str) -> str:
    """The key of the notice that suggests a tip to a volunteer."""
    return f"tip/{tip.id}/{volunteer}"


def show_tip(tip: Tip) -> Button:
    """The button that shows a tip."""
    return Button(f"Read “{named(tip, NAMED)}”", "tip show", {"tip": tip.id})


def volunteer_of(records: Records, person: str) -> Volunteer | None:
    """The active volunteer that a person is."""
    identity = records.get(Identity, person)
    found = records.get(Volunteer, identity.volunteer) if identity else None
    return found if found is not None and found.standing is Standing.ACTIVE else None


def gave(context: Context, tip: Tip) -> bool:
    """Is it the asker's own tip, whichever of their identities gave it?"""
    return _human(context.records, tip.giver) in (context.asker.volunteer, context.asker.person.id)


def _human(records: Records, person: str) -> str:
    """The volunteer that a person is, or the person, where they have no role."""
    volunteer = volunteer_of(records, person)
    return volunteer.id if volunteer else person


def settle_tip(context: Context, tip: Tip) -> Tip:
    """After a step that ended the waiting: nobody is asked any more, and its givers hear what became of it, once."""
    for one in tip.asked:
        context.records.remove(Notice, suggestion_key(tip, one))
        context.records.remove(Notice, stale_key(tip, one))
    for key in (suggestion_key(tip, "coordinators"), stale_key(tip, "coordinators")):
        unsay(context, key)
    kept = keep_tip(context, tip)
    if kept.state not in ENDS:
        return kept
    givers: dict[str, Tip] = {}  # who gave the same twice hears of it once
    for given in (kept, *context.records.find(Tip, into=tip.id)):
        givers.setdefault(_human(context.records, given.giver), given)
    for given in givers.values():
        _tell_giver(context, given)
    return context.records.get(Tip, kept.id) or kept


def _tell_giver(context: Context, tip: Tip) -> None:
    if tip.told is not None or gave(context, tip):
        return
    volunteer = volunteer_of(context.records, tip.giver)
    if volunteer is None:
        context.records.wake(TELL, tip.id, daytime(context.now + SECOND_THOUGHTS, zone_of_team(context.records)))
    else:
        notify(context, volunteer.id, told_key(tip), fate(context.records, tip))
        context.records.put(replace(tip, told=context.now))


def unsettle_tip(context: Context, tip: Tip) -> Tip:
    """The step was taken back: what its givers have not heard yet, they needn't."""
    for one in context.records.find(Tip, into=tip.id):
        context.records.put(_untold(context, one))
    return keep_tip(context, _untold(context, tip))


def _untold(context: Context, tip: Tip) -> Tip:
    waited = context.records.get(Notice, told_key(tip)) is not None
    context.records.remove(Notice, told_key(tip))
    context.records.wake(TELL, tip.id, None)
    return replace(tip, told=None) if waited else tip


def told_key(tip: Tip) -> str:
    """The key of the notice that tells a giver what became of their tip."""
    return f"told/{tip.id}"


def fate(records: Records, tip: Tip) -> Text:
    """What became of the tip, for its giver, with the link where it can be seen."""
    end = tip_of(records, tip.id) or tip
    tip_name = f"“{named(tip)}”"
    if end.state is TipState.POSTED:
        post = records.get(Post, end.post)
        where: tuple[Inline, ...] = (" Here it is: ", Link("the post", post.link)) if post and post.link else ()
        return (f"Thank you for your tip {tip_name}. It went out.", *where)
    return f"Thank you for your tip {tip_name}. It is not posted this time: {end.reason.rstrip('.')}."


def daytime(now: datetime, zone: ZoneInfo) -> datetime:
    """Now, or the next morning where that would be somebody's night."""
    local = now.astimezone(zone)
    if DAYTIME[0] <= local.time() < DAYTIME[1]:
        return now
    day = local_day(zone, now)
    return at(zone, day if local.time() < DAYTIME[0] else day + DAY, DAYTIME[0])


# -- alarms ------------------------------------------------------------------------------------------------------------


def tell_giver(context: Context, tip_id: str) -> None:
    """Somebody without a role is told, once and privately, what became of their tip."""
    tip = context.records.get(Tip, tip_id)
    end = tip_of(context.records, tip_id)
    if tip is None or end is None or tip.told is not None or end.state not in ENDS:
        return
    context.records.put(replace(tip, told=context.now))
    card = Card("Your tip", fate(context.records, tip))
    context.records.send(Message(Person(tip.giver), f"tip/{tip.id}/told", card))


def stale_key(tip: Tip, volunteer: str) -> str:
    """The key of the notice that warns of a tip's day."""
    return f"stale/{tip.id}/{volunteer}"


def look_at_day(context: Context, tip_id: str) -> None:
    """A tip's day comes near: who claimed it, or whom it suits, is told. When it has passed, the tip is set aside."""
    tip = context.records.get(Tip, tip_id)
    if tip is None or tip.day is None or not tip.waits:
        return
    if is_over(tip, local_day(zone_of_team(context.records), context.now)):
        settle_tip(context, replace(tip_moved(tip, TipEvent.LAPSE), reason=LAPSED))
        return
    whom: Sequence[str] = (tip.holder,) if tip.holder else tuple(owners_of(context.records, tip))
    text = f"The tip “{named(tip)}” is stale after {understood_day(tip.day)}, and nothing is posted from it yet."
    for one in whom:
        notify(context, one, stale_key(tip, one), text, controls=(show_tip(tip),), until=_until(context, tip))
    if not whom:
        tell_coordinators(context, stale_key(tip, "coordinators"), text, controls=(show_tip(tip),))
    keep_tip(context, replace(tip, asked=tuple(dict.fromkeys((*tip.asked, *whom)))))
