"""Dates, phrase by phrase. It is Wednesday 11 November 2026, 14:30 in New York, unless a test says otherwise."""

import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.topics.team.dates import (
    Toward,
    Unread,
    read_day,
    read_moment,
    takes_day,
    takes_moment,
    understood,
    understood_day,
    warm,
)

NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = ZoneInfo("Asia/Kolkata")


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """A local time, written 2026-11-11 14:30, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


NOW = at("2026-11-11 14:30")


def read(text: str, toward: Toward = "future", now: datetime = NOW, zone: ZoneInfo = NEW_YORK) -> str:
    moment = read_moment(text, now, zone, toward=toward)
    assert moment.tzinfo is UTC
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def refusal(text: str, toward: Toward = "future", now: datetime = NOW) -> str:
    with pytest.raises(Unread) as caught:
        read_moment(text, now, NEW_YORK, toward=toward)
    return str(caught.value)


AHEAD = {
    "now": "2026-11-11 14:30",
    "tomorrow": "2026-11-12 09:00",
    "Tomorrow 9AM": "2026-11-12 09:00",
    "9am tomorrow": "2026-11-12 09:00",
    "tomorrow at 9:30 p.m.": "2026-11-12 21:30",
    "tomorrow @ 9.30pm": "2026-11-12 21:30",
    "tomorrow 21:30": "2026-11-12 21:30",
    "tomorrow, 21:30:59.": "2026-11-12 21:30",
    "day after tomorrow 9am": "2026-11-13 09:00",
    "the day after tomorrow": "2026-11-13 09:00",
    "today 5pm": "2026-11-11 17:00",
    "tonight": "2026-11-11 20:00",
    "tonight at 8": "2026-11-11 20:00",
    "9pm tonight": "2026-11-11 21:00",
    "this evening": "2026-11-11 18:00",
    "tomorrow morning at 10": "2026-11-12 10:00",
    "tomorrow night": "2026-11-12 20:00",
    "monday morning": "2026-11-16 09:00",
    "friday in the afternoon": "2026-11-13 15:00",
    "friday at noon": "2026-11-13 12:00",
    "noon friday": "2026-11-13 12:00",
    "friday": "2026-11-13 09:00",
    "this friday": "2026-11-13 09:00",
    "thursday": "2026-11-12 09:00",  # tomorrow, which nobody calls next Thursday
    "coming thursday": "2026-11-12 09:00",
    "next thursday": "2026-11-19 09:00",
    "next friday": "2026-11-13 09:00",
    "next wednesday": "2026-11-18 09:00",
    "next tuesday": "2026-11-17 09:00",
    "coming tuesday": "2026-11-17 09:00",
    "on fri 3pm": "2026-11-13 15:00",
    "wednesday": "2026-11-18 09:00",  # it is Wednesday
    "wed 5pm": "2026-11-18 17:00",
    "noon": "2026-11-12 12:00",
    "12pm": "2026-11-12 12:00",
    "midnight": "2026-11-12 00:00",
    "12am": "2026-11-12 00:00",
    "12 midnight": "2026-11-12 00:00",
    "12:30am": "2026-11-12 00:30",
    "0:30": "2026-11-12 00:30",
    "3 pm": "2026-11-11 15:00",
    "14:30": "2026-11-12 14:30",  # this minute is not ahead
    "in 2 weeks": "2026-11-25 14:30",
    "2w": "2026-11-25 14:30",
    "2 wks": "2026-11-25 14:30",
    "fortnight": "2026-11-25 14:30",
    "a fortnight": "2026-11-25 14:30",
    "in a fortnight": "2026-11-25 14:30",
    "two weeks from now": "2026-11-25 14:30",
    "three weeks later": "2026-12-02 14:30",
    "3d": "2026-11-14 14:30",
    "in 2 days at 5pm": "2026-11-13 17:00",
    "in 0 minutes": "2026-11-11 14:30",
    "half an hour": "2026-11-11 15:00",
    "in half an hour": "2026-11-11 15:00",
    "in an hour and a half": "2026-11-11 16:00",
    "in 1.5 hours": "2026-11-11 16:00",
    "in 1 hour and 30 minutes": "2026-11-11 16:00",
    "1h30m": "2026-11-11 16:00",
    "30 min": "2026-11-11 15:00",
    "in 1 month": "2026-12-11 14:30",
    "in a year": "2027-11-11 14:30",
    "next week": "2026-11-18 09:00",
    "next month": "2026-12-11 09:00",
    "a week from friday": "2026-11-20 09:00",
    "a week from tomorrow 3pm": "2026-11-19 15:00",
    "2 weeks after jan 5": "2027-01-19 09:00",
    "3 days before the 20th": "2026-11-17 09:00",
    "jan 5": "2027-01-05 09:00",
    "5 jan": "2027-01-05 09:00",
    "Jan. 5th": "2027-01-05 09:00",
    "5th of january 2027": "2027-01-05 09:00",
    "the 5th of January at 3:15 p.m.": "2027-01-05 15:15",
    "January 5, 2027": "2027-01-05 09:00",
    "2027 jan 5": "2027-01-05 09:00",
    "5-dec-2026": "2026-12-05 09:00",
    "nov 12": "2026-11-12 09:00",
    "feb 29": "2028-02-29 09:00",
    "sat 5 dec": "2026-12-05 09:00",
    "Saturday, December 5, 2026 3pm": "2026-12-05 15:00",
    "Sat, 05 Dec 2026 20:00:00 +0000": "2026-12-05 15:00",
    "2026-12-05": "2026-12-05 09:00",
    "2026/12/05": "2026-12-05 09:00",
    "2026-12-05 15:00": "2026-12-05 15:00",
    "2026-12-05 3pm": "2026-12-05 15:00",
    "2026-12-05T15:00": "2026-12-05 15:00",
    "2026-12-05T20:00:00.123Z": "2026-12-05 15:00",
    "2026-12-05T22:00+02:00": "2026-12-05 15:00",
    "25/12/2026": "2026-12-25 09:00",
    "12/25/2026": "2026-12-25 09:00",
    "25.12.2026": "2026-12-25 09:00",
    "25/12": "2026-12-25 09:00",
    "the 5th": "2026-12-05 09:00",
    "the 12th": "2026-11-12 09:00",
    "the 31st": "2026-12-31 09:00",
    "friday the 13th": "2026-11-13 09:00",
    "end of month": "2026-11-30 09:00",
    "eom": "2026-11-30 09:00",
    "end of the month 5pm": "2026-11-30 17:00",
    "end of next month": "2026-12-31 09:00",
    "last day of february": "2027-02-28 09:00",
    "first monday of december": "2026-12-07 09:00",
    "the 2nd tuesday of january 2027 at 6pm": "2027-01-12 18:00",
    "last friday of the month": "2026-11-27 09:00",
    "fifth monday of december": "2029-12-31 09:00",
    "2pm ET": "2026-11-12 14:00",
    "2pm PT": "2026-11-11 17:00",
    "2pm CT": "2026-11-11 15:00",
    "tomorrow 2pm Mountain time": "2026-11-12 16:00",
    "2pm EST tomorrow": "2026-11-12 14:00",
    "20:00 UTC": "2026-11-11 15:00",
    "tue 1 dec 2026, 09:00": "2026-12-01 09:00",
}

BACK = {
    "now": "2026-11-11 14:30",
    "just now": "2026-11-11 14:30",
    "today": "2026-11-11 09:00",
    "this morning": "2026-11-11 09:00",
    "yesterday": "2026-11-10 09:00",
    "yesterday 3pm": "2026-11-10 15:00",
    "yesterday evening": "2026-11-10 18:00",
    "last night": "2026-11-10 20:00",
    "day before yesterday": "2026-11-09 09:00",
    "3pm": "2026-11-10 15:00",
    "2pm": "2026-11-11 14:00",
    "14:30": "2026-11-11 14:30",
    "noon": "2026-11-11 12:00",
    "midnight": "2026-11-11 00:00",
    "tuesday": "2026-11-10 09:00",
    "tuesday 3pm": "2026-11-10 15:00",
    "last friday": "2026-11-06 09:00",
    "wednesday": "2026-11-04 09:00",  # it is Wednesday
    "this wednesday": "2026-11-11 09:00",
    "monday morning": "2026-11-09 09:00",
    "jan 5": "2026-01-05 09:00",
    "nov 12": "2025-11-12 09:00",
    "feb 29": "2024-02-29 09:00",
    "mon 9 nov": "2026-11-09 09:00",
    "the 12th": "2026-10-12 09:00",
    "3 days ago": "2026-11-08 14:30",
    "2 days ago at 5pm": "2026-11-09 17:00",
    "two weeks ago": "2026-10-28 14:30",
    "a fortnight ago": "2026-10-28 14:30",
    "an hour ago": "2026-11-11 13:30",
    "half an hour ago": "2026-11-11 14:00",
    "2h": "2026-11-11 12:30",
    "3d": "2026-11-08 14:30",
    "last week": "2026-11-04 09:00",
    "last month": "2026-10-11 09:00",
    "end of last month": "2026-10-31 09:00",
    "last friday of october": "2026-10-30 09:00",
    "2pm ET": "2026-11-11 14:00",
    "2pm PT": "2026-11-10 17:00",
    "2026-11-05 15:00": "2026-11-05 15:00",
    "11/13/2025": "2025-11-13 09:00",
}


@pytest.mark.parametrize(("text", "local"), AHEAD.items(), ids=AHEAD.keys())
def test_what_is_to_come(text: str, local: str) -> None:
    assert read(text) == local


@pytest.mark.parametrize("text", ["friday", "jan 5", "the 5th", "2w", "last friday of november", "tomorrow 9am"])
def test_open_words_are_to_come_where_either_will_do(text: str) -> None:
    assert read(text, "either") == read(text)


@pytest.mark.parametrize(("text", "local"), [("9am", "09:00"), ("9pm", "21:00"), ("midnight", "00:00")])
def test_a_time_alone_is_today_where_either_will_do(text: str, local: str) -> None:
    assert read(text, "either") == f"2026-11-11 {local}"


@pytest.mark.parametrize(("text", "local"), BACK.items(), ids=BACK.keys())
def test_what_has_been(text: str, local: str) -> None:
    assert read(text, "past") == local


@pytest.mark.parametrize("text", ["yesterday", "3 days ago", "last friday", "2025-11-05", "nov 11", "today 2pm"])
def test_a_moment_that_has_passed_is_refused_toward_the_future_and_read_either_way(text: str) -> None:
    assert "has already passed. Try: in 2 hours, tomorrow 9am." in refusal(text)
    assert read_moment(text, NOW, NEW_YORK, toward="either") < NOW


@pytest.mark.parametrize("text", ["tomorrow", "in 2 weeks", "next friday", "this friday", "nov 11 5pm", "eom"])
def test_a_moment_still_to_come_is_refused_toward_the_past(text: str) -> None:
    assert "is still to come. Try: now, 2 hours ago, yesterday 3pm." in refusal(text, "past")


REFUSED = {
    "eom-ish": 'I can\'t read "eom-ish" as a time. Try: tomorrow 9am, next Tuesday, 2026-11-16 15:00.',
    "": "I need a time. Try: tomorrow 9am, next Tuesday, 2026-11-16 15:00.",
    " \t\n\x00 \u200b": "I need a time. Try: tomorrow 9am",
    "😀": 'I can\'t read "😀" as a time.',
    "tomorrow 😀": 'I can\'t read "tomorrow 😀" as a time.',
    "eod": "Say which: today 5pm, friday 5pm.",
    "end of the day": "Say which: today 5pm, friday 5pm.",
    "this weekend": "Try: saturday 10am, sunday 6pm.",
    "christmas": "Type the date, as in 25 dec",
    "the day before thanksgiving": "I don't know holidays by name.",
    "New Year’s Day": "I don't know holidays by name.",
    "mon 9": '"mon 9" could be a day or an hour. Try: mon 9 Nov, mon 9am, mon 9pm.',
    "mon 15": "Try: mon 15 Nov, mon 15:00.",
    "mon 45": 'I can\'t read "mon 45" as a time.',
    "10": '"10" alone could be an hour or a day. Try: 10am, 10pm, 10 Nov.',
    "99": '"99" alone could be an hour or a day. Try: 9am, 21:00, the 5th.',
    "at 9": '"9" alone could be an hour or a day.',
    "3 o’clock": "Try: 3am, 3pm, 3 Nov.",
    "tomorrow at 9": 'Which hour is "tomorrow 9"? Try: tomorrow 9am, tomorrow 9pm.',
    "tomorrow at 15": "Try: tomorrow 15:00.",
    "next friday 7": 'Which hour is "next friday 7"? Try: next friday 7am, next friday 7pm.',
    "on friday 7": "Try: friday 7 Nov, friday 7am, friday 7pm.",
    "now 5": "I can't read",
    "our friday 7": 'I can\'t read "our friday 7" as a time.',
    "may": "Which day of that month?",
    "in march": "Which day of that month?",
    "december 2026": "Which day of that month?",
    "this month": "Which day?",
    "morning": "Of which day?",
    "tomorrow at 25:00": 'There is no such time as "25:00".',
    "24:00": "a day ends at 23:59.",
    "9:75": 'There is no such time as "9:75".',
    "13pm": 'There is no such time as "13pm".',
    "0am": 'There is no such time as "0am".',
    "15:00pm": 'There is no such time as "15:00pm".',
    "tonight 9am": "09:00 isn't in the night.",
    "tonight at 3": "15:00 isn't in the night.",
    "tonight at 8 9pm": "I can't read",
    "friday midnight": "Say 00:00 or 23:59",
    "05/12/2026": '"05/12/2026" can be read in two ways. Write 2026-05-12 or 2026-12-05.',
    "05.12.2026 3pm": "Write 2026-05-12 or 2026-12-05.",
    "5/12": '"5/12" can be read in two ways. Write 12 May or 5 Dec.',
    "05/12/26": "I can't tell which part",
    "31/02/2026": 'There is no such day as "31/02/2026".',
    "2026-02-30": 'There is no such day as "2026-02-30".',
    "31 june": 'There is no such day as "31 june".',
    "feb 29 2027": 'There is no such day as "feb 29 2027".',
    "the 32nd": "No month has a day",
    "tue 9 nov 2027 5pm, wed": "I can't read",
    "mon 9 nov 2027": "That date falls on Tue 9 Nov 2027.",
    "fifth monday of next month": "There is no fifth such day in that month.",
    "1999-12-31": "I only keep dates from 2000 to 10 years from now.",
    "2037-01-01": "I only keep dates from 2000 to 10 years from now.",
    "0000-01-01": "There is no such day",
    "jan 5 1066": "I only keep dates",
    "jan 5 9999": "I only keep dates",
    "in 9999 years": "I only keep dates",
    "5000 weeks ago": "I only keep dates",
    "9999h 9999h 9999h 9999h ago and 9999 years": "I can't read",
    "2pm IST": "I only know the time zones ET, CT, MT, PT and UTC.",
    "2026-12-05T15:00+99:00": 'There is no such time zone as "+99:00".',
    "in 30 seconds": "I count in minutes",
    "a second": "I count in minutes",
    "in 1.5 days": "I can't read",
    "in 2 hours at 5pm": "I can't read",
    "in 2 days ago": "I can't read",
    "9am 5pm": "I can't read",
    "3-5pm": "I can't read",
    "9.30": "I can't read",
    "2027": "I can't read",
    "jan 5 27": "I can't read",
    "friday friday": "I can't read",
    "3 hours before friday": "I can't read",
    "tomorrow at": "I can't read",
    "friday on": "I can't read",
    "٣ days": "I can't read",
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items(), ids=map(ascii, REFUSED))
def test_what_is_refused_is_told_what_would_work(text: str, sentence: str) -> None:
    assert sentence in refusal(text)
    refusal(text, "past")
    with pytest.raises(Unread):
        read_day(text, NOW, NEW_YORK)


@pytest.mark.parametrize(
    "text",
    [
        "“tomorrow 9am”",
        "'tomorrow' 9am",
        "  TOMORROW \t\r\n 9AM  ",
        "to\u200bmorrow 9\u00a0am",
        "tomorrow\x009am",
        "ｔｏｍｏｒｒｏｗ ９ａｍ",
        "tomorrow, at 9 a.m.!",
        "tmrw 9am?",
    ],
    ids=ascii,
)
def test_signs_of_phones_and_word_processors_make_no_difference(text: str) -> None:
    assert read(text) == "2026-11-12 09:00"


def test_a_long_text_is_refused_at_once_and_shown_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.topics.team.phrases.read_day_words", None)  # reading would fail
    for text in ("jan 5 " * 20_000, " " * 100_000, "9" * 61, "\ufdfa" * 400):
        assert len(refusal(text)) < 150


def test_what_nobody_sees_is_not_repeated() -> None:
    assert refusal("\u202eeom\x07ish\ud800") == refusal("eom ish")


@pytest.mark.parametrize(
    ("text", "toward", "day"),
    [
        ("today", "future", "2026-11-11"),
        ("today", "past", "2026-11-11"),
        ("nov 11", "future", "2026-11-11"),
        ("nov 11", "past", "2026-11-11"),
        ("the 11th", "future", "2026-11-11"),
        ("2026-11-11", "past", "2026-11-11"),
        ("tonight", "past", "2026-11-11"),
        ("wednesday", "future", "2026-11-18"),
        ("wednesday", "past", "2026-11-04"),
        ("yesterday", "either", "2026-11-10"),
        ("tomorrow 9am", "future", "2026-11-12"),
        ("in 2 weeks", "future", "2026-11-25"),
        ("in 12 hours", "future", "2026-11-12"),
        ("tomorrow 11pm PT", "future", "2026-11-13"),
        ("now", "past", "2026-11-11"),
        ("eom", "future", "2026-11-30"),
    ],
)
def test_days(text: str, toward: Toward, day: str) -> None:
    assert read_day(text, NOW, NEW_YORK, toward=toward) == date.fromisoformat(day)


def test_a_day_is_refused_with_days_that_would_work() -> None:
    cases: list[tuple[str, Toward, str]] = [
        ("whenever", "future", 'I can\'t read "whenever" as a day. Try: tomorrow, next Tuesday, 2026-11-16.'),
        ("whenever", "past", 'I can\'t read "whenever" as a day. Try: yesterday, last Tuesday, 2026-11-06.'),
        ("3pm", "future", "That is a time of day. Which day? Try: today, tomorrow, next Tuesday."),
        ("yesterday", "future", "Tue 10 Nov 2026 has already passed. Try: today, tomorrow, next Tuesday."),
        ("tomorrow", "past", "Thu 12 Nov 2026 is still to come. Try: today, yesterday, last Tuesday."),
        ("2037-01-01", "future", "I only keep dates from 2000 to 10 years from now. Try one that is closer."),
    ]
    for text, toward, sentence in cases:
        with pytest.raises(Unread) as caught:
            read_day(text, NOW, NEW_YORK, toward=toward)
        assert str(caught.value) == sentence


def test_the_day_is_the_one_where_the_volunteer_lives() -> None:
    evening = at("2026-11-11 22:00")  # already the 12th in Kolkata
    assert read("tomorrow 9am", now=evening) == "2026-11-12 09:00"
    assert read("tomorrow 9am", now=evening, zone=KOLKATA) == "2026-11-13 09:00"
    assert read_day("today", evening, KOLKATA) == date(2026, 11, 12)
    assert read_moment("tomorrow 2pm ET", evening, KOLKATA) == at("2026-11-13 14:00")


def test_a_named_zone_follows_its_own_summer_time() -> None:
    july = at("2026-07-10 12:00", KOLKATA)
    for name in ("ET", "EST", "EDT", "eastern time"):
        assert read_moment(f"tomorrow 2pm {name}", july, KOLKATA) == datetime(2026, 7, 11, 18, tzinfo=UTC)
    assert read_moment("2026-12-05 2pm EDT", july, KOLKATA) == datetime(2026, 12, 5, 19, tzinfo=UTC)


def test_default_time() -> None:
    assert read_moment("tomorrow", NOW, NEW_YORK, default_time=time(17, 30)) == at("2026-11-12 17:30")
    assert read_moment("today", NOW, NEW_YORK, default_time=time(17, 30)) == at("2026-11-11 17:30")


def test_a_post_of_today_is_not_in_the_future_because_the_usual_hour_is() -> None:
    early = at("2026-11-11 08:00")
    for text in ("today", "this morning", "nov 11", "this wednesday"):
        assert read_moment(text, early, NEW_YORK, toward="past") == early
    assert "still to come" in refusal("today 9am", "past", early)
    assert "still to come" in refusal("this evening", "past", early)


def test_the_last_day_of_a_month() -> None:
    for day in ("2026-11-30", "2026-12-31", "2027-02-28"):
        evening = at(f"{day} 20:00")
        assert read_moment("9am", evening, NEW_YORK) == read_moment("tomorrow 9am", evening, NEW_YORK)
        assert read("9am", "past", evening) == f"{day} 09:00"
        assert read("9pm", now=evening) == f"{day} 21:00"
        assert read_day("eom", evening, NEW_YORK) == date.fromisoformat(day)
    assert read("in 1 month", now=at("2027-01-31 10:00")) == "2027-02-28 10:00"


def test_days_across_a_change_of_clocks_keep_the_time_of_day() -> None:
    autumn = at("2026-07-20 10:00")
    assert read("in 120 days", now=autumn) == "2026-11-17 10:00"
    assert read("120 days ago", "past", at("2026-03-20 10:00")) == "2025-11-20 10:00"
    assert read("in 1 day", now=at("2026-10-31 10:00")) == "2026-11-01 10:00"


def test_hours_across_a_change_of_clocks_are_elapsed_hours() -> None:
    assert read("in 24 hours", now=at("2026-10-31 10:00")) == "2026-11-01 09:00"
    assert read("in 2 hours", now=at("2026-03-08 01:30")) == "2026-03-08 04:30"
    assert read("2 hours ago", "past", at("2026-03-08 03:30")) == "2026-03-08 00:30"


def test_a_time_that_clocks_skip_moves_ahead() -> None:
    before = at("2026-03-07 12:00")
    assert read("tomorrow 2:30am", now=before) == "2026-03-08 03:30"
    assert read("in 1 day", now=at("2026-03-07 02:30")) == "2026-03-08 03:30"


def test_an_hour_that_clocks_repeat_is_its_first_one_and_now_keeps_its_place() -> None:
    assert read_moment("tomorrow 1:30am", at("2026-10-31 12:00"), NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    for text in ("now", "in 0 days"):
        assert read_moment(text, second, NEW_YORK) == second
    assert read_moment("in 10 minutes", second, NEW_YORK) == datetime(2026, 11, 1, 6, 40, tzinfo=UTC)


TAKEN: list[tuple[str, Toward, int]] = [
    ("yesterday 3pm https://example.org/p some words", "past", 2),
    ("yesterday, 3pm: our rally", "past", 2),
    ("“yesterday 3pm” our rally", "past", 2),
    ("on friday we met", "past", 2),
    ("friday reading list", "past", 1),
    ("friday", "past", 1),
    ("3pm ET rally", "past", 2),
    ("2026-11-05 15:00 rally", "past", 2),
    ("last week we", "past", 2),
    ("2 weeks ago we met", "past", 3),
    ("an hour ago we met", "past", 3),
    ("first monday of december at 9am we", "future", 6),
    ("may 5 some words", "future", 2),
    ("in 2 weeks waiting for the keys", "future", 3),
    ("2 weeks waiting for the keys", "future", 2),
    ("half an hour", "future", 3),
    ("2h https://example.org/p", "past", 1),
    ("sat https://example.org/p", "past", 1),
    ("sat <https://example.org/p>", "past", 1),
    ("sat 3pm rally", "past", 2),
    ("the 5th", "past", 2),
    ("the 5th graders", "past", 0),
    ("may I ask", "past", 0),
    ("sat down", "past", 0),
    ("sun and moon", "past", 0),
    ("march on washington", "past", 0),
    ("a second", "past", 0),
    ("a second chance", "past", 0),
    ("a minute of silence", "future", 0),
    ("10 reasons", "past", 0),
    ("5 tips", "past", 0),
    ("10 minutes with our founder", "past", 0),
    ("10 minutes", "past", 0),
    ("24/7 support", "past", 0),
    ("24/7 support", "future", 0),
    ("16:9 video", "past", 0),
    ("05/12/2026 rally", "past", 0),
    ("now hiring", "past", 0),
    ("now", "past", 1),
    ("next steps", "past", 0),
    ("yesterday's rally", "past", 0),
    ("mon 9", "past", 0),
    ("tomorrow we march", "past", 0),  # toward the past, tomorrow is nothing to read
    ("2 weeks ago we met", "future", 0),  # and "2 weeks" alone would mean the opposite
    ("today 5pm rally", "past", 0),
    ("we met yesterday", "past", 0),
    ("\x00 yesterday", "past", 0),
    ("", "past", 0),
]


@pytest.mark.parametrize(("text", "toward", "count"), TAKEN)
def test_how_many_words_are_taken(text: str, toward: Toward, count: int) -> None:
    assert takes_moment(text.split(" "), NOW, NEW_YORK, toward) == count


def test_a_word_may_hold_blanks() -> None:
    assert takes_moment(["yesterday 3pm", "our rally"], NOW, NEW_YORK, "past") == 1
    assert takes_moment([], NOW, NEW_YORK, "past") == 0
    assert takes_moment(["x" * 100_000], NOW, NEW_YORK, "past") == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("sat", 1),
        ("sat down", 0),
        ("sat to sun", 1),
        ("mon - fri", 1),
        ("the 5th to the 10th", 2),
        ("the 5th of our tips", 0),
        ("monday to friday", 1),
        ("5 dec to 9 dec", 2),
        ("yesterday", 1),  # the reading says that it has passed
        ("31 feb", 0),
        ("2 weeks", 2),
        ("5pm", 0),
        ("", 0),
    ],
)
def test_how_many_words_are_taken_for_a_day(text: str, count: int) -> None:
    assert takes_day(text.split(), NOW, NEW_YORK, before=("to", "-")) == count


def test_a_length_is_no_day_where_it_says_how_long() -> None:
    assert takes_day(["2", "weeks"], NOW, NEW_YORK, lengths=False) == 0
    assert takes_day(["in", "2", "weeks"], NOW, NEW_YORK, lengths=False) == 3
    assert takes_day(["next", "week"], NOW, NEW_YORK, lengths=False) == 2


def test_ordinary_text_never_reaches_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.topics.team.dates.take_apart", None)
    for text in ("we met the mayor", "Rally at the library", "https://example.org/p", "Yes, we can: 5 tips"):
        assert takes_moment(text.split(), NOW, NEW_YORK, "past") == 0


def test_what_was_understood_is_said_in_the_same_words_everywhere() -> None:
    moment = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert understood(moment, NEW_YORK) == "Tue 1 Dec 2026, 09:00"
    assert understood(moment, KOLKATA) == "Tue 1 Dec 2026, 19:30"
    assert understood_day(date(2026, 2, 28)) == "Sat 28 Feb 2026"


def test_dateparser_is_loaded_only_when_a_month_is_named(request: pytest.FixtureRequest) -> None:
    program = """
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from bot.topics.team import dates
dates.read_moment("tomorrow 9am", datetime(2026, 11, 11, tzinfo=UTC), ZoneInfo("UTC"))
assert "dateparser" not in sys.modules
dates.warm()
assert "dateparser" in sys.modules
"""
    root = Path(request.config.rootpath)
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True, timeout=60)  # noqa: S603 - our own words
    warm()
