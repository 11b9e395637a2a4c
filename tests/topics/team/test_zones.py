"""Time zones as people type them."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.topics.team.hours import COMMON_ZONES, NOWHERE, read_zone, zone_suggestions


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("America/Chicago", "America/Chicago"),
        ("america/new york", "America/New_York"),
        ("Chicago", "America/Chicago"),
        ("  new   york ", "America/New_York"),
        ("Port au Prince", "America/Port-au-Prince"),
        ("São Paulo", "America/Sao_Paulo"),
        ("ET", "America/New_York"),
        ("ct", "America/Chicago"),
        ("MT", "America/Denver"),
        ("pt", "America/Los_Angeles"),
        ("EST", "America/New_York"),
        ("Pacific time", "America/Los_Angeles"),
        ("utc", "UTC"),
        ("gb", "GB"),
        ("US/Eastern", "US/Eastern"),
        ("etc/gmt+5", "Etc/GMT+5"),
        ("indianapolis", "America/Indianapolis"),
    ],
)
def test_a_zone_is_read_as_people_type_it(typed: str, zone: str) -> None:
    assert read_zone(typed).key == zone


def test_every_iana_name_is_read_in_any_case_as_itself() -> None:
    for name in available_timezones() - NOWHERE - {"EST", "MST"}:  # those two are what Americans type for ET and MT
        assert read_zone(name).key == read_zone(name.upper()).key == name


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Chicgo", "America/Chicago"),
        ("Europe/Lodnon", "Europe/London"),
        ("MST", "America/Denver or America/Phoenix"),
        ("samoa", "Pacific/Apia or Pacific/Pago_Pago"),
        ("west", "Australia/West"),
        ("america", "America/New_York, America/Chicago, America/Denver, America/Los_Angeles or "),
        ("GMT+5", "America/New_York, "),  # Etc/GMT+5 means the opposite
        ("", "America/New_York, "),
        ("localtime", "America/New_York, "),
        ("🦉\u202e\x00'; DROP TABLE", "America/New_York, "),
        ("x" * 100_000, "America/New_York, "),
    ],
)
def test_an_unclear_zone_is_refused_with_near_ones(typed: str, near: str) -> None:
    with pytest.raises(ValueError, match="I don't know that time zone") as refused:
        read_zone(typed)
    assert f"Did you mean {near}" in str(refused.value)
    assert len(str(refused.value)) < 300


def test_zones_are_suggested_while_they_are_typed() -> None:
    assert zone_suggestions("") == list(COMMON_ZONES)
    assert zone_suggestions("chi")[0] == "America/Chicago"
    assert zone_suggestions("et")[0] == "America/New_York"
    assert "Europe/London" in zone_suggestions("london")
    assert zone_suggestions("qqqqqqqq") == []


@settings(max_examples=20)
@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_and_suggestions_can_be_read(typed: str) -> None:
    for name in zone_suggestions(typed):
        assert read_zone(name).key == name
    try:
        read_zone(typed)
    except ValueError as refused:
        assert "Did you mean" in str(refused)  # noqa: PT017 - either outcome is right
