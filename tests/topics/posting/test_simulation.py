"""A year of a team in ten time zones through the engine: when nudges go out, and when none may be left out."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.core.chat import Person
from bot.core.ports import Parcel, Records
from bot.topics.accounts.model import Account, Days
from bot.topics.posting.chain import asks_helper
from bot.topics.posting.evidence import State
from bot.topics.posting.model import Watch
from bot.topics.posting.watching import look_at
from bot.topics.team.hours import DAY, Hours, is_away, is_quiet, local_day, works_on
from bot.topics.team.model import Nudging, TeamRole, Volunteer
from bot.topics.team.nudges import GAP, Pace, allowed_now, slot_on
from bot.topics.team.nudging import hours_of
from tests.house import House
from tests.topics.posting.conftest import Desk

ZONES = (
    "America/Chicago",
    "America/St_Johns",
    "America/Santiago",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)
Sent = tuple[datetime, Hours, Pace]


class Months:
    """A house in which people do things by chance, and every nudge is noted with the rules that held for it."""

    def __init__(self, seed: int, start: datetime) -> None:
        self.chance = random.Random(seed)
        self.house = House(start)
        self.desk = Desk(self.house)
        self.sent: dict[str, list[Sent]] = {}
        self.keys: list[str] = []
        self.moved: set[str] = set()
        self.house.post.send = self.note  # type: ignore[method-assign]
        self.names = [f"v{number}" for number in range(len(ZONES))]
        for number, zone in enumerate(ZONES):
            self.house.volunteer(
                f"V{number}",
                TeamRole.COORDINATOR if number == 3 else TeamRole.VOLUNTEER,
                zone=zone,
                hour=self.chance.choice([time(8), time(9), time(12, 30), time(19, 45)]),
                weekends=number % 4 == 0,
                country=self.chance.choice(["US", "GB", "JP", ""]),
                pace=self.chance.choice(list(Pace)),
            )
        for number in range(20):
            self.desk.account(
                f"a{number}-x",
                self.names[number % len(ZONES)],
                *(start - self.chance.randrange(20) * DAY for _post in range(number % 3)),
                backup=self.chance.choice([*self.names, "", ""]),
                every=self.chance.choice([1, 2, 3, 7]),
                days=self.chance.choice(list(Days)),
            )

    async def note(self, parcel: Parcel) -> str:
        """The postbox: what went out when, under which rules."""
        message, now = parcel.message, self.house.clock.time
        assert isinstance(message.to, Person)
        who = message.to.id.removeprefix("test:")
        hours, pace = self.rules(who)
        self.keys.append(message.key)
        self.sent.setdefault(who, []).append((now, hours, pace))
        self.house.post.kept[f"r{len(self.keys)}"] = message
        return f"r{len(self.keys)}"

    def rules(self, who: str) -> tuple[Hours, Pace]:
        def look(records: Records) -> tuple[Hours, Pace]:
            volunteer = records.get(Volunteer, who)
            assert volunteer is not None
            return hours_of(records, volunteer), volunteer.pace

        return self.house.store.read("t", look)

    def waits(self, who: str, now: datetime) -> bool:
        """Is a post due on an account of theirs, or are they asked for a hand, with nobody having answered?"""

        def look(records: Records) -> bool:
            own = [look_at(records, one, now) for one in records.find(Account, owner=who)]
            asked = [one for one in records.find(Watch, helper=who) if asks_helper(one.chain)]
            helped = [look_at(records, account, now) for one in asked if (account := records.get(Account, one.id))]
            return any(one.is_due for one in own) or any(one.judged.state is State.DUE for one in helped)

        return self.house.store.read("t", look)

    def allowed(self, who: str, now: datetime) -> bool:
        """Do the rules leave this slot free, after what was sent before it?"""
        hours, pace = self.rules(who)
        nudging = self.house.store.read("t", lambda records: records.get(Nudging, who))
        return allowed_now(hours, pace, nudging.sent if nudging else (), now)

    def slots(self, day: datetime) -> Iterator[tuple[datetime, str]]:
        """Everybody's slot within a day of UTC."""
        for who in self.names:
            hours, _pace = self.rules(who)
            for date in (local_day(hours.zone, day), local_day(hours.zone, day + DAY)):
                slot = slot_on(hours, date)
                if slot is not None and day <= slot < day + DAY:
                    yield slot, who

    def live(self, days: int) -> None:
        """Day after day, stopping just before each slot to see what waits, and at it to see that it was said."""
        for _day in range(days):
            day = self.house.clock.time
            stops: dict[datetime, list[str]] = {}
            for slot, who in self.slots(day):
                stops.setdefault(slot, []).append(who)
            for slot in sorted(stops):
                self.house.until(slot - timedelta(seconds=1))
                due = [who for who in stops[slot] if self.waits(who, slot) and self.allowed(who, slot)]
                self.house.until(slot)
                for who in due:
                    told = self.sent.get(who, [])
                    assert [at for at, _, _ in told[-1:]] == [slot], f"{who} was passed over at {slot}"
                self.something_happens(stops[slot])
            self.house.until(day + DAY)

    def something_happens(self, awake: list[str]) -> None:
        who = self.chance.choice(awake)
        mine = f"a{int(who[1:]) + 10 * self.chance.randrange(2)}-x"
        said = {
            0: f"posted {mine}",
            1: f"posted {mine} 2 days ago",
            2: f"normal {mine}",
            3: f"snooze {mine} in {self.chance.randrange(1, 5)} days",
            4: "away tomorrow until in 4 days",
            5: "i'm back",
            6: f"pace {self.chance.choice(list(Pace))}",
            7: f"zone {self.chance.choice(ZONES)}",
            8: "undo",
            9: f"reminder answer how=away account={mine}",
        }.get(self.chance.randrange(60))
        if said is not None:
            if said.startswith(("pace", "zone")):
                self.moved.add(who)
            self.house.say(said, who)


def check(months: Months) -> None:
    assert len(months.keys) == len(set(months.keys)), "none twice"
    assert sum(map(len, months.sent.values())) > 100
    for who, nudges in months.sent.items():
        for at, hours, _pace in nudges:
            day = local_day(hours.zone, at)
            assert works_on(hours, day), f"{who} was nudged on a day off, {day}"
            assert not is_away(hours, day)
            assert not is_quiet(hours, at)
        for (one, _, _), (other, later, _) in pairwise(nudges):
            assert other - one >= GAP
            assert local_day(later.zone, one) != local_day(later.zone, other), f"{who} twice on a day"
        if who not in months.moved:
            days = [local_day(hours.zone, at) for at, hours, _pace in nudges]
            cap = nudges[0][2].per_week
            assert all((last - first).days >= 7 for first, last in zip(days, days[cap:], strict=False))


@pytest.mark.parametrize(
    ("seed", "start"),
    [
        (1, datetime(2027, 11, 20, tzinfo=UTC)),  # together a year: holidays, the turn of the year, a leap day,
        (2, datetime(2028, 3, 21, tzinfo=UTC)),  # clocks that go forward or back
        (3, datetime(2028, 7, 21, tzinfo=UTC)),  # and the other changes of clocks
    ],
)
def test_nudges_keep_every_rule_and_no_slot_is_passed_while_something_is_due(seed: int, start: datetime) -> None:
    months = Months(seed, start)
    try:
        months.live(122)
        check(months)
    finally:
        months.house.close()


def test_a_hundred_days_without_an_answer_ask_everybody_as_often_as_the_rules_say() -> None:
    start = datetime(2028, 2, 24, 6, tzinfo=UTC)
    house = House(start)
    desk = Desk(house)
    try:
        for name in ("Owner", "Bea"):
            house.volunteer(name, zone="Pacific/Auckland")
        house.volunteer("Office", TeamRole.COORDINATOR)
        desk.account("ce-x", "owner", start - 5 * DAY, backup="bea")
        house.later(days=100)
        assert len(house.messages("bea")) == 2
        assert len(house.messages("office")) == 1
        nudges = sorted(message.key for message in house.messages("owner"))
        assert 27 <= len(nudges) <= 29  # two in seven days, never a slot left out
    finally:
        house.close()
