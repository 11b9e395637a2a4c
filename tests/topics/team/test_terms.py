from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.topics.accounts.model import Account
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


def test_the_end_of_a_term_and_its_accounts_are_one_line_to_each(house: House) -> None:
    house.put(
        Account("a", "nmig-x", "New members", "x", owner="new-members", backup="regional-groups"),
        Account("b", "nmig-fb", "New members", "facebook", owner="new-members"),
    )
    house.say("term new members 4 dec")
    house.later(minutes=1)
    rows = [text for text in house.letters("new-members")[0].splitlines() if "term" in text and text[0].isdigit()]
    assert len(rows) == 1
    assert "I have offered nmig-x to Regional groups. Who could take nmig-fb?" in rows[0]
    told = [line for line in house.letters("office")[0].splitlines() if line[:1].isdigit()]
    assert len(told) == 1
    assert "term of New members" in told[0]
    assert "A next owner is wanted for nmig-fb." in told[0]


def test_the_only_coordinator_is_asked_to_pass_the_role_on_too(house: House) -> None:
    house.say("term office 4 dec")
    house.say("term new members 4 dec")
    house.later(minutes=1)
    assert "You are the only coordinator: please offer that role, too" in house.letters("office")[0]
    assert "only coordinator" not in house.letters("new-members")[0]


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
