"""The one nudge a volunteer: all unasked direct messages except crisis alarms share it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.chat import Block, Button, Card, Control, Message, Note, Person, Row, Rows, Text
from bot.core.pages import PAGE
from bot.core.ports import Records
from bot.core.router import Context
from bot.topics.team.facts import HoursChanged, NudgeTime, Sweep, Waiting
from bot.topics.team.hours import DAY, Hours, at, local_day
from bot.topics.team.model import NO_COUNTRY, Away, Identity, Notice, Nudging, Standing, Team, TeamRole, Volunteer
from bot.topics.team.nudges import allowed_now, next_slot

REMEMBERED = timedelta(days=8)  # the longest rule looks back seven local days
LEAST_NOTICES = 3  # single notices of one nudge, however much else there is to say; what has no room comes in the next
NIGHT = time(3)  # when the team's sweep runs, in its zone
SWEPT = 100  # records of a kind that one page of the nightly sweep looks at


def team_of(records: Records) -> Team:
    """The team's own record; a database without one stands for a team that is being made."""
    return records.get(Team, records.team) or Team(records.team, "")


def hours_of(records: Records, volunteer: Volunteer) -> Hours:
    """When this volunteer may be written to: their own settings, else the team's."""
    team = team_of(records)
    country = volunteer.country or team.country
    away = tuple((one.first, one.last) for one in records.find(Away, volunteer=volunteer.id))
    return Hours(
        zone=ZoneInfo(volunteer.zone or team.zone),
        hour=volunteer.hour,
        quiet_from=volunteer.quiet_from,
        quiet_to=volunteer.quiet_to,
        weekends=volunteer.weekends,
        country=country if country not in ("", NO_COUNTRY) else None,
        away=away,
    )


def address(records: Records, volunteer: Volunteer) -> Person | None:
    """The one identity that a volunteer is written to; None without one.

    It is on the network that they prefer, unless direct messages are closed there and open elsewhere.
    """
    known = records.find(Identity, volunteer=volunteer.id)
    known.sort(key=lambda one: (one.closed is not None, Person(one.id).network != volunteer.prefers))
    return Person(known[0].id) if known else None


def reachable(volunteer: Volunteer) -> bool:
    """May this volunteer be sent unasked direct messages? Consent is asked for at the first claim."""
    return volunteer.standing is Standing.ACTIVE and volunteer.reminders is True and volunteer.unreachable_since is None


def ask_for_nudge(context: Context, volunteer_id: str, since: datetime | None = None) -> datetime | None:
    """See to it that the volunteer is nudged at the first allowed slot from `since` (now unless given) on.

    Gives the slot, or None where there is none: they can't be reached, or are away without an end.
    """
    records = context.records
    volunteer = records.get(Volunteer, volunteer_id)
    if volunteer is None or not reachable(volunteer):
        return None
    sent = (records.get(Nudging, volunteer_id) or Nudging(volunteer_id)).sent
    slot = next_slot(hours_of(records, volunteer), volunteer.pace, sent, max(context.now, since or context.now))
    waiting = records.agenda(alarm=NUDGE, subject=volunteer_id)
    if slot is not None and (not waiting or slot < waiting[0].at):
        records.wake(NUDGE, volunteer_id, slot)
    return slot


def notify(
    context: Context,
    volunteer_id: str,
    key: str,
    text: Text,
    *,
    controls: tuple[Control, ...] = (),
    until: datetime | None = None,
) -> None:
    """Say something in the volunteer's next nudge, once. The same key again replaces what still waits."""
    context.records.put(Notice(key, volunteer_id, context.now, text, controls, until))
    ask_for_nudge(context, volunteer_id)


def coordinators(records: Records) -> list[Volunteer]:
    """The active coordinators, those who have been here longest first."""
    found = records.find(Volunteer, role=TeamRole.COORDINATOR, standing=Standing.ACTIVE)
    return sorted(found, key=lambda one: (one.joined is None, one.joined, one.id))


def tell_coordinators(
    context: Context, key: str, text: Text, *, controls: tuple[Control, ...] = (), besides: str = ""
) -> None:
    """Say something in every coordinator's next nudge, once, except to the volunteer `besides`."""
    for one in coordinators(context.records):
        if one.id != besides:
            notify(context, one.id, f"{key}/{one.id}", text, controls=controls)


def unsay(context: Context, key: str) -> None:
    """What still waits to be said under this key, to one volunteer or to coordinators, isn't said any more."""
    for each in (key, *(f"{key}/{one.id}" for one in coordinators(context.records))):
        context.records.remove(Notice, each)


def hours_changed(context: Context, volunteer: Volunteer, *, back: bool = False) -> None:
    """After a change of hours, consent or absence: find the nudge its new slot, then tell later topics."""
    waited = context.records.agenda(alarm=NUDGE, subject=volunteer.id)
    context.records.wake(NUDGE, volunteer.id, None)
    if waited or context.records.count(Notice, volunteer=volunteer.id):
        ask_for_nudge(context, volunteer.id)
    context.announce(HoursChanged(volunteer, back))


NUDGE = "nudge"


def nudge(context: Context, volunteer_id: str) -> None:
    """Write the volunteer's one nudge, if something still waits now and now is allowed."""
    records = context.records
    volunteer = records.get(Volunteer, volunteer_id)
    if volunteer is None or not reachable(volunteer):
        return
    person = address(records, volunteer)
    hours = hours_of(records, volunteer)
    nudging = records.get(Nudging, volunteer_id) or Nudging(volunteer_id)
    if person is None:
        return
    if not allowed_now(hours, volunteer.pace, nudging.sent, context.now):
        records.wake(NUDGE, volunteer_id, next_slot(hours, volunteer.pace, nudging.sent, context.now))
        return
    parts = [part for part in context.announce(NudgeTime(volunteer)) if isinstance(part, Waiting)]
    waiting = _notices(context, volunteer_id)
    if not parts and not waiting:
        return
    room = max(PAGE - sum(map(_length, parts)), LEAST_NOTICES)
    notices, more = waiting[:room], waiting[room:]
    kept = tuple(sent for sent in nudging.sent if sent > context.now - REMEMBERED)
    nudging = replace(nudging, sent=(*kept, context.now))
    records.put(nudging)
    key = f"nudge/{volunteer_id}/{local_day(hours.zone, context.now).isoformat()}"
    if records.sent(key):  # who moves west may live a date twice: the same key would only edit the first nudge
        key += f"/{context.now:%H%M}"
    records.send(Message(person, key, nudge_card(parts, notices, len(more))))
    for notice in notices:
        records.remove(Notice, notice.id)
    again = [part.again for part in parts if part.again is not None] + [context.now for _one in more[:1]]
    if again:
        records.wake(NUDGE, volunteer_id, next_slot(hours, volunteer.pace, nudging.sent, max(context.now, min(again))))


def _notices(context: Context, volunteer_id: str) -> list[Notice]:
    waiting = context.records.find(Notice, volunteer=volunteer_id, order="since")
    stale = [one for one in waiting if one.until is not None and one.until <= context.now]
    for one in stale:
        context.records.remove(Notice, one.id)
    return [one for one in waiting if one not in stale]


def _length(part: Waiting) -> int:
    return sum(len(block.rows) for block in part.blocks if isinstance(block, Rows))


def nudge_card(parts: list[Waiting], notices: list[Notice], more: int = 0) -> Card:
    """The nudge: what each topic has to say, then the single notices, then how to have fewer of these.

    `more` notices found no room in it.
    """
    blocks: list[Block] = [block for part in parts for block in part.blocks]
    if notices:
        blocks.append(Rows(tuple(Row(one.text, controls=one.controls) for one in notices), total=len(notices)))
    if more:
        blocks.append(Note(f"And {more} more {_things(more)}, next time."))
    summary, *others = [*(part.headline for part in parts), *(one.text for one in notices)]
    if others:
        first = (summary,) if isinstance(summary, str) else summary
        summary = (*first, f" And {len(others)} more {_things(len(others))} for you.")
    controls: tuple[Control, ...] = (
        *(control for part in parts for control in part.controls),
        Button("Fewer of these", "settings"),
    )
    return Card("A note from Steward", summary, tuple(blocks), controls)


def _things(count: int) -> str:
    return "thing" if count == 1 else "things"


SWEEP = "sweep"


def sweep(context: Context, page: str) -> None:
    """The nightly look, a page at a time: each topic rebuilds the due times that are missing."""
    number = int(page or "0")
    more = any(context.announce(Sweep(number)))
    if more:
        context.records.wake(SWEEP, str(number + 1), context.now)
    if number == 0:
        zone = ZoneInfo(team_of(context.records).zone)
        context.records.wake(SWEEP, "0", at(zone, local_day(zone, context.now) + DAY, NIGHT))


def begin_sweeping(records: Records, now: datetime) -> None:
    """Put the nightly sweep on the team's agenda, if it is not there: the first one runs at once."""
    if not records.agenda(alarm=SWEEP, limit=1):
        records.wake(SWEEP, "0", now)


def sweep_nudges(context: Context, look: Sweep) -> bool:
    """Volunteers for whom notices wait without an entry on the agenda get one."""
    page = context.records.find(Notice, limit=SWEPT, offset=look.page * SWEPT)
    for volunteer in {one.volunteer for one in page}:
        ask_for_nudge(context, volunteer)
    return len(page) == SWEPT
