import subprocess
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.team import hours as model
from bot.topics.team.hours import (
    NOWHERE,
    Hours,
    add_working_days,
    at,
    country_choices,
    is_quiet,
    known_country,
    local_day,
    next_working_day,
    working_days_between,
    works_on,
)

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 16)
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
TIMES = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
PLACES = st.sampled_from(sorted(available_timezones() - NOWHERE)).map(ZoneInfo)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


# Clocks


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        ("America/New_York", date(2026, 1, 5), time(9), datetime(2026, 1, 5, 14, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),  # skipped: 03:30
        ("America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),  # the first
        ("America/New_York", date(2026, 11, 1), time(1, 30, fold=1), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("America/Sao_Paulo", date(2018, 11, 4), time(0), datetime(2018, 11, 4, 3, tzinfo=UTC)),  # no midnight: 01:00
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), datetime(2026, 10, 3, 15, 40, tzinfo=UTC)),  # 02:40
        ("Pacific/Apia", date(2011, 12, 30), time(9), datetime(2011, 12, 30, 19, tzinfo=UTC)),  # no such date: the 31st
        ("Asia/Kathmandu", date(2026, 1, 5), time(9), datetime(2026, 1, 5, 3, 15, tzinfo=UTC)),
    ],
)
def test_a_local_time_has_one_moment(zone: str, day: date, clock: time, moment: datetime) -> None:
    assert at(ZoneInfo(zone), day, clock) == moment


def test_a_date_that_was_left_out_moves_to_the_next() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert local_day(apia, at(apia, date(2011, 12, 30), time(9))) == date(2011, 12, 31)


@given(PLACES, st.integers(157_766_400, 2_208_988_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_at_takes_back_what_clocks_show_or_the_first_of_two(zone: ZoneInfo, moment: datetime) -> None:
    shown = moment.astimezone(zone)
    found = at(zone, shown.date(), shown.time())
    assert found.tzinfo is UTC
    assert found.astimezone(zone).replace(tzinfo=None, fold=0) == shown.replace(tzinfo=None, fold=0)
    assert found == moment if not shown.fold else found < moment


# Quiet hours


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to", "clock", "quiet"),
    [
        (time(20), time(8), time(20), True),
        (time(20), time(8), time(19, 59), False),
        (time(20), time(8), time(0), True),
        (time(20), time(8), time(7, 59, 59), True),
        (time(20), time(8), time(8), False),
        (time(13), time(15), time(14), True),
        (time(13), time(15), time(15), False),
        (time(0), time(8), time(0), True),
        (time(22), time(0), time(23), True),
        (time(22), time(0), time(0), False),
        (time(8), time(8), time(8), False),
    ],
)
def test_quiet_hours_may_pass_midnight_and_end_sharp(
    quiet_from: time, quiet_to: time, clock: time, quiet: bool
) -> None:
    hours = Hours(NEW_YORK, quiet_from=quiet_from, quiet_to=quiet_to)
    assert is_quiet(hours, at(NEW_YORK, MONDAY, clock)) is quiet


@given(TIMES, TIMES, TIMES)
def test_quiet_minutes_are_those_counted_on_from_the_start(quiet_from: time, quiet_to: time, clock: time) -> None:
    start, end, asked = (one.hour * 60 + one.minute for one in (quiet_from, quiet_to, clock))
    hours = Hours(ZoneInfo("UTC"), hour=clock, quiet_from=quiet_from, quiet_to=quiet_to)
    quiet = asked in {(start + minute) % 1440 for minute in range((end - start) % 1440)}
    assert is_quiet(hours, datetime.combine(MONDAY, clock, UTC)) is quiet


# Working days


def test_weekends_are_off_unless_wanted() -> None:
    assert [works_on(Hours(NEW_YORK), FRIDAY + timedelta(days=ahead)) for ahead in range(4)] == [
        True,
        False,
        False,
        True,
    ]
    assert works_on(Hours(NEW_YORK, weekends=True), SATURDAY)


def test_public_holidays_of_the_country_are_off_also_when_weekends_are_fine() -> None:
    thanksgiving, independence = date(2026, 11, 26), date(2026, 7, 3)  # the 4th is a Saturday
    for country in ("US", "us", "USA"):
        for weekends in (False, True):
            off = Hours(NEW_YORK, weekends=weekends, country=country)
            assert not works_on(off, thanksgiving)
            assert not works_on(off, independence)
            assert works_on(off, MONDAY)
    assert works_on(Hours(NEW_YORK, country="DE"), thanksgiving)
    assert works_on(Hours(NEW_YORK), thanksgiving)


@pytest.mark.parametrize("country", ["ZZ", "", "Atlantis", None])
def test_an_unknown_country_has_weekends_and_no_holidays(country: str | None) -> None:
    hours = Hours(NEW_YORK, country=country)
    assert works_on(hours, date(2026, 12, 25))
    assert not works_on(hours, SATURDAY)


def test_a_weekend_is_the_countrys_own() -> None:
    hours = Hours(ZoneInfo("Asia/Jerusalem"), country="IL")
    assert [works_on(hours, FRIDAY + timedelta(days=ahead)) for ahead in range(3)] == [False, False, True]


def test_a_country_whose_holidays_are_known_for_some_years_only_gives_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert works_on(Hours(NEW_YORK, country="IN"), date(2100, 6, 1))


def test_both_ends_of_an_absence_are_days_off() -> None:
    hours = Hours(NEW_YORK, away=((date(2026, 11, 17), date(2026, 11, 18)), (date(2026, 11, 24), None)))
    worked = [day for day in range(16, 31) if works_on(hours, date(2026, 11, day))]
    assert worked == [16, 19, 20, 23]


def test_working_days_are_counted_over_weekends_and_absences() -> None:
    hours = Hours(NEW_YORK, country="US", away=((date(2026, 11, 23), date(2026, 11, 24)),))
    assert next_working_day(hours, MONDAY) == date(2026, 11, 17)
    assert next_working_day(hours, FRIDAY) == date(2026, 11, 25)
    assert add_working_days(hours, FRIDAY, 2) == date(2026, 11, 27)
    assert add_working_days(hours, SATURDAY, 0) == SATURDAY
    assert working_days_between(hours, FRIDAY, date(2026, 11, 27)) == 2
    assert working_days_between(Hours(NEW_YORK), FRIDAY, date(2026, 11, 23)) == 1
    assert working_days_between(hours, FRIDAY, FRIDAY) == working_days_between(hours, FRIDAY, MONDAY) == 0


def test_an_absence_without_an_end_has_no_next_working_day() -> None:
    hours = Hours(NEW_YORK, away=((SATURDAY, None),))
    assert next_working_day(hours, FRIDAY) is None
    assert add_working_days(hours, MONDAY, 4) == FRIDAY
    assert add_working_days(hours, MONDAY, 40) is None


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(Hours(NEW_YORK), MONDAY, -1)


@given(DAYS, st.integers(0, 40), st.booleans())
def test_adding_and_counting_working_days_agree(day: date, count: int, weekends: bool) -> None:
    hours = Hours(NEW_YORK, weekends=weekends, country="US", away=((date(2026, 2, 1), date(2026, 3, 2)),))
    later = add_working_days(hours, day, count)
    assert later is not None
    assert working_days_between(hours, day, later) == count
    assert not count or works_on(hours, later)


# Countries


@pytest.fixture
def fresh_calendars() -> Iterator[None]:
    model._calendar_class.cache_clear()  # noqa: SLF001 - a cache is no behaviour
    model._days_off.cache_clear()  # noqa: SLF001
    yield
    model._calendar_class.cache_clear()  # noqa: SLF001
    model._days_off.cache_clear()  # noqa: SLF001


@pytest.mark.parametrize("code", ["US", "GB", "DE", "CA", "CN", "PR", "SA"])
@pytest.mark.parametrize("own_file", [True, False])
@pytest.mark.usefixtures("fresh_calendars")
def test_a_countrys_holidays_are_the_librarys(code: str, own_file: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda _: own_file)
    hours = Hours(NEW_YORK, weekends=True, country=code)
    year = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
    known = holidays.country_holidays(code, years=2026)
    assert known
    assert [day for day in year if not works_on(hours, day)] == sorted(known)


def test_only_the_country_that_is_used_is_imported() -> None:
    work = "from bot.topics.team.hours import *; works_on(Hours(ZoneInfo('UTC'), country='US'), date(2026, 1, 1))"
    look = "import sys; print('holidays' in sys.modules, 'holidays.countries' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", f"{work}; {look}"], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert run.stdout.split() == ["True", "False"]


def test_countries_are_offered_by_name() -> None:
    choices = dict(country_choices())
    assert choices["US"] == "United States"
    assert choices["IM"] == "Isle of Man"
    assert choices["CD"] == "DR Congo"
    assert "UK" not in choices
    assert list(choices.values()) == sorted(choices.values())
    assert all(len(code) == 2 for code in choices)


def test_a_country_is_known_by_its_code_in_any_case_and_by_nothing_else() -> None:
    assert all(known_country(code) and known_country(code.lower()) for code, _name in country_choices())
    assert not known_country("ZZ")
    assert not known_country("")
