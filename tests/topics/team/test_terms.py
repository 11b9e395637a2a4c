from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.topics.team.model import Volunteer
from bot.topics.team.terms import first_stage, next_stage, stages
from tests.house import House

ZONES = st.sampled_from([ZoneInfo(name) for name in ("America/Chicago", "Asia/Kolkata", "Pacific/Apia", "UTC")])
ENDS = st.dates(date(2026, 6, 1), date(2027, 12, 31))
NOWS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@given(ENDS, ZONES, NOWS)
def test_a_term_is_spoken_of_at_most_three_times_each_later_than_the_last(
    ends: date, zone: ZoneInfo, now: datetime
) -> None:
    spoken = []
    at = first_stage(ends, zone, now)
    while at is not None:
        assert at >= now
        spoken.append(at)
        at = next_stage(ends, zone, at)
    assert len(spoken) <= 3
    assert spoken == sorted(set(spoken))
    assert all(one.astimezone(zone).date() <= ends for one in spoken)
    if now < stages(ends, zone)[0]:
        assert spoken == stages(ends, zone)


@given(ENDS, ZONES)
def test_it_is_spoken_of_six_weeks_two_weeks_and_on_the_day(ends: date, zone: ZoneInfo) -> None:
    days = [one.astimezone(zone).date() for one in stages(ends, zone)]
    assert days == [ends - timedelta(days=42), ends - timedelta(days=14), ends]


def test_a_term_starts_a_handover_in_good_time(house: House) -> None:
    house.say("term new members 29 jan")
    house.until(datetime(2026, 12, 17, 12, tzinfo=UTC))
    assert house.letters("new-members") == []
    house.until(datetime(2026, 12, 19, 12, tzinfo=UTC))
    assert "last day of your term is Fri 29 Jan 2027" in house.letters("new-members")[0]
    assert "last day of the term of New members is Fri 29 Jan 2027" in house.letters("office")[0]
    house.until(datetime(2027, 3, 1, tzinfo=UTC))
    assert len(house.messages("new-members")) == 3
    assert house.agenda("term") == []


def test_a_term_set_shortly_before_its_end_is_spoken_of_at_once(house: House) -> None:
    house.say("term new members 4 dec")
    house.later(days=1)
    assert len(house.messages("new-members")) == 1


def test_a_volunteer_asks_to_stay_and_the_coordinator_extends(house: House) -> None:
    house.say("term new members 4 dec")
    house.later(minutes=1)
    assert "I have told the coordinator" in house.press("Ask to stay", "new-members")
    house.ask("home")
    assert "serves until Sat 4 Dec 2027" in house.press("Another year for New members")
    assert house.get(Volunteer, "new-members").term_ends == date(2027, 12, 4)
    house.later(days=60)
    assert len(house.messages("new-members")) == 1


def test_a_term_is_cleared_undone_and_shown(house: House) -> None:
    house.ask("term new members 30 june")
    house.press("Undo")
    assert house.get(Volunteer, "new-members").term_ends is None
    assert "without an end" in house.say("term new members")
    house.say("term new members 30 june")
    house.ask("term new members")
    house.press("No end")
    assert house.agenda("term") == []


def test_only_a_coordinator_sets_terms_and_not_in_the_past(house: House) -> None:
    assert "Only a coordinator" in house.say("term new members 30 june", "new-members")
    assert "already passed" in house.say("term new members yesterday")
    assert "may simply stay" in house.say("stay", "new-members")
