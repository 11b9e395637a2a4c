from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.team.absence import current, ended, merged, next_return
from bot.topics.team.model import Away, Nudging
from tests.house import House

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))


@st.composite
def absences(draw: st.DrawFn) -> Away:
    first = draw(DAYS)
    last = draw(st.none() | st.dates(first, date(2026, 4, 30)))
    return Away(draw(st.uuids()).hex, "v", first, last)


def covered(aways: list[Away]) -> set[date]:
    days = [date(2026, 1, 1) + timedelta(days=count) for count in range(150)]
    return {day for day in days if current(aways, day)}


@given(st.lists(absences(), max_size=6))
def test_merged_absences_cover_the_same_days_and_never_touch(wanted: list[Away]) -> None:
    kept: list[Away] = []
    for away in wanted:
        grown, taken = merged(kept, away)
        kept = [one for one in kept if one not in taken] + [grown]
    assert covered(kept) == covered(wanted)
    kept.sort(key=lambda one: one.first)
    for early, later in pairwise(kept):
        assert early.last is not None
        assert later.first > early.last + timedelta(days=1)


@given(st.lists(absences(), max_size=6), DAYS)
def test_an_absence_holds_or_is_over_never_both(known: list[Away], today: date) -> None:
    assert current(known, today) not in ended(known, today)


@given(absences(), st.sampled_from(["America/Chicago", "Asia/Kolkata", "Pacific/Apia", "America/Havana", "UTC"]))
def test_the_return_is_the_first_moment_after_the_last_day(away: Away, name: str) -> None:
    zone = ZoneInfo(name)
    back = next_return([away], zone)
    if away.last is None:
        assert back is None
        return
    assert back is not None
    assert back.astimezone(zone).date() == away.last + timedelta(days=1)
    assert (back - timedelta(seconds=1)).astimezone(zone).date() == away.last


def test_away_from_monday_to_friday_means_the_friday_after_that_monday(house: House) -> None:
    assert "from Mon 30 Nov 2026 to Fri 4 Dec 2026" in house.say("away monday to friday", "new-members")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("away", date(2026, 11, 23), None),
        ("away until friday", date(2026, 11, 23), date(2026, 11, 27)),
        ("away 5 dec 12 dec", date(2026, 12, 5), date(2026, 12, 12)),
        ("away from 28 dec to 3 jan", date(2026, 12, 28), date(2027, 1, 3)),
        ("away tomorrow", date(2026, 11, 24), None),
        ("away from=tomorrow to='in 2 weeks'".replace("'", '"'), date(2026, 11, 24), date(2026, 12, 7)),
    ],
)
def test_days_are_taken_as_people_type_them(house: House, typed: str, first: date, last: date | None) -> None:
    house.say(typed, "new-members")
    (away,) = house.find(Away, volunteer="new-members")
    assert (away.first, away.last) == (first, last)


def test_the_past_is_refused_kindly(house: House) -> None:
    assert "already passed" in house.say("away yesterday", "new-members")
    assert "before" in house.say("away 12 dec to 5 dec", "new-members")
    assert "more than a year" in house.say("away tomorrow to 1 jan 2029", "new-members")
    assert house.find(Away) == []


def test_an_absence_ends_by_itself(house: House) -> None:
    house.say("away today to tomorrow", "new-members")
    house.later(days=1, hours=14)
    assert len(house.find(Away)) == 1
    house.later(hours=2)
    assert house.find(Away) == []
    assert house.agenda("return") == []


@pytest.mark.parametrize("typed", ["I'm back", "i’m back", "im back", "back"])
def test_typing_that_one_is_back_ends_it(house: House, typed: str) -> None:
    house.say("away", "new-members")
    assert "Welcome back" in house.say(typed, "new-members")
    assert house.find(Away) == []


def test_an_absence_still_to_come_is_taken_back_by_its_button(house: House) -> None:
    house.say("away 5 dec to 12 dec", "new-members")
    assert "is off" in house.press("Not away", "new-members")
    assert house.find(Away) == []


def test_back_without_an_absence_shows_what_is_to_come(house: House) -> None:
    house.say("away 5 dec to 12 dec", "new-members")
    assert "Not away from Sat 5 Dec 2026" in house.say("back", "new-members")
    assert len(house.find(Away)) == 1


def test_a_coordinator_may_say_it_for_somebody_else_and_nobody_else_may(house: House) -> None:
    assert "New members is away" in house.say("away today to friday new members")
    assert "Only a coordinator" in house.say("away volunteer=office", "regional-groups")
    assert [away.volunteer for away in house.find(Away)] == ["new-members"]


def test_nothing_is_sent_while_away_and_what_waits_comes_after(house: House) -> None:
    house.say("away today to 2 dec", "new-members")
    house.say("team role new members observer")
    house.until(datetime(2026, 12, 3, 14, 59, tzinfo=UTC))
    assert house.letters("new-members") == []
    house.until(datetime(2026, 12, 3, 15, 1, tzinfo=UTC))
    assert "observer" in house.letters("new-members")[0]


def test_who_comes_back_early_hears_what_waits_at_the_next_hour(house: House) -> None:
    house.say("away", "new-members")
    house.say("team role new members observer")
    house.later(days=1, hours=2)
    house.say("back", "new-members")
    house.later(days=1)
    (nudge,) = house.find(Nudging, id="new-members")
    assert [at.astimezone(house.zone).hour for at in nudge.sent] == [9]


def test_the_return_moves_with_the_time_zone(house: House) -> None:
    house.say("away today to tomorrow", "new-members")
    house.say("zone tokyo", "new-members")
    assert house.agenda("return") == [("return", "new-members", datetime(2026, 11, 24, 15, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sat to sun", "from Sat 28 Nov 2026 to Sun 29 Nov 2026"),
        ("2 weeks", "from Mon 23 Nov 2026 to Mon 7 Dec 2026"),
        ("for 3 days", "from Mon 23 Nov 2026 to Thu 26 Nov 2026"),
        ("tomorrow for 3 days", "from Tue 24 Nov 2026 to"),
        ("in 2 weeks", "from Mon 7 Dec 2026 until you say"),
        ("until 31 feb", "no such day"),
        ("sat down", "“sat down”"),
    ],
)
def test_an_absence_as_people_say_it(house: House, typed: str, said: str) -> None:
    house.volunteer("Ana")
    answer = house.say(f"away {typed}", "ana")
    assert said in answer
    assert bool(house.find(Away)) is answer.startswith("Away")
