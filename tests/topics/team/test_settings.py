from datetime import UTC, datetime, time

import pytest

from bot.core.chat import Form, Person, Place, Request
from bot.topics.team.model import Identity, Notice, TeamRole, Volunteer
from bot.topics.team.nudges import Pace
from bot.topics.team.nudging import hours_of
from bot.topics.team.options import who
from tests.house import House


def mine(house: House, id: str = "new-members") -> Volunteer:
    return house.get(Volunteer, id)


def test_a_reminder_hour_inside_quiet_hours_is_refused_with_one_that_works(house: House) -> None:
    assert "quiet hours (20:00–08:00)" in house.say("hour 21", "new-members")
    assert mine(house).hour == time(9)
    house.press("08:00", "new-members")
    assert mine(house).hour == time(8)


def test_quiet_hours_may_not_swallow_the_reminder_hour(house: House) -> None:
    assert "would be in these quiet hours" in house.say("quiet 8 to 10", "new-members")
    assert mine(house).quiet_from == time(20)


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("zone berlin", "zone", "Europe/Berlin"),
        ("zone New York", "zone", "America/New_York"),
        ("hour 17:30", "hour", time(17, 30)),
        ("quiet 22:00 6:30", "quiet_to", time(6, 30)),
        ("quiet from 10pm to 7am", "quiet_from", time(22)),
        ("quiet 0 0", "quiet_to", time(0)),
        ("weekends yes", "weekends", True),
        ("country germany", "country", "DE"),
        ("country uk", "country", "GB"),
        ("pace light", "pace", Pace.LIGHT),
        ("reminders no", "reminders", False),
        ("alarms yes", "alarms", True),
    ],
)
def test_a_setting_is_kept_and_undo_brings_the_old_one_back(
    house: House, typed: str, field: str, value: object
) -> None:
    before = mine(house)
    house.say(typed, "new-members")
    assert getattr(mine(house), field) == value
    if field != "alarms":  # a consent that was never asked can't be un-asked
        house.press("Undo", "new-members")
        assert mine(house) == before


@pytest.mark.parametrize("typed", ["zone mars", "hour soon", "country atlantis", "pace frantic", "quiet 9", "weekends"])
def test_what_can_not_be_read_changes_nothing(house: House, typed: str) -> None:
    before = mine(house)
    house.say(typed, "new-members")
    assert mine(house) == before


def test_settings_shows_all_of_it_with_buttons(house: House) -> None:
    said = house.say("settings", "new-members")
    for part in (
        "America/Chicago, the team's",
        "09:00",
        "20:00–08:00",
        "US, the team's",
        "not asked yet",
        "pace=light",
    ):
        assert part in said


def test_a_button_without_a_value_asks_for_it_with_a_form(house: House) -> None:
    house.ask("settings", "new-members")
    house.press("Set my hour", "new-members")
    form = house.last["new-members"]
    assert isinstance(form, Form)
    again = house.submit(form, "new-members", hour="22")
    assert isinstance(again, Form)
    assert "quiet hours" in again.fields[0].error
    house.submit(again, "new-members", hour="12")
    assert mine(house).hour == time(12)


def test_only_a_coordinator_sets_the_hours_of_somebody_else(house: House) -> None:
    house.say("hour 11 new members")
    assert mine(house).hour == time(11)
    assert "Only a coordinator" in house.say("hour 12 office", "new-members")
    assert mine(house, "office").hour == time(9)


def test_nobody_consents_for_somebody_else(house: House) -> None:
    house.say("reminders no new members")
    assert mine(house).reminders is True


def test_people_without_a_role_have_no_settings(house: House) -> None:
    assert "type `join`" in house.say("settings", "stranger")
    assert "type `join`" in house.say("hour 9", "stranger")


def test_a_nudge_that_waits_moves_with_the_hour(house: House) -> None:
    house.clock.time = datetime(2026, 11, 23, 13, tzinfo=UTC)  # 07:00
    house.put(Notice("n", "new-members", house.clock.time, "Something waits."))
    house.say("hour 10", "new-members")
    assert house.agenda("nudge") == [("nudge", "new-members", datetime(2026, 11, 23, 16, tzinfo=UTC))]
    house.say("hour 15:00", "new-members")
    assert house.agenda("nudge") == [("nudge", "new-members", datetime(2026, 11, 23, 21, tzinfo=UTC))]
    house.say("hour 9", "new-members")
    assert house.agenda("nudge") == [("nudge", "new-members", datetime(2026, 11, 23, 15, tzinfo=UTC))]


def test_withdrawn_consent_stops_every_kind_at_once_and_asks_about_alarms_separately(house: House) -> None:
    house.put(Notice("n", "new-members", house.clock.time, "Something waits."))
    house.say("alarms yes", "new-members")
    said = house.say("reminders no", "new-members")
    assert "No crisis alarms either" in said
    assert mine(house).alarms is True
    house.later(days=10)
    assert house.letters("new-members") == []
    assert "Something waits." in house.say("home", "new-members")
    house.say("alarms no", "new-members")
    assert mine(house).alarms is False


def test_one_prefers_only_a_network_on_which_one_is_known(house: House) -> None:
    assert "type `link`" in house.say("prefer slack", "new-members")
    house.put(Identity("slack:T1/U1", "new-members"))
    assert "Slack" in house.say("prefer slack", "new-members")
    assert mine(house).prefers == "slack"


def test_the_zone_of_the_profile_is_taken_once_and_never_over_ones_own(house: House) -> None:
    def act(zone: str, delivery: str) -> None:
        request = Request(
            Person("test:new-members"), Place("test:here"), text="weekends no", delivery=delivery, suggested_zone=zone
        )
        house.engine.handle(request).result()

    act("Not/AZone", "z1")
    assert mine(house).zone == ""
    act("Asia/Tokyo", "z2")
    assert mine(house).zone == "Asia/Tokyo"
    act("Europe/Paris", "z3")
    assert mine(house).zone == "Asia/Tokyo"


def test_an_observer_may_set_their_own_hours(house: House) -> None:
    house.volunteer("Watcher", TeamRole.OBSERVER)
    house.say("hour 10", "watcher")
    assert mine(house, "watcher").hour == time(10)


def test_the_team_zone_once_chosen_is_not_replaced_by_that_of_the_profile(house: House) -> None:
    for number, text in enumerate(("zone team", "settings", "away friday")):
        request = Request(
            Person("test:new-members"),
            Place("test:here"),
            text=text,
            delivery=f"z{number}",
            suggested_zone="Asia/Tokyo",
        )
        house.engine.handle(request).result()
    assert mine(house).zone == "America/Chicago"


def test_no_country_means_no_public_holidays_whatever_the_team_s_are(house: House) -> None:
    def country() -> str | None:
        found: str | None = house.read(lambda records: hours_of(records, mine(house)).country)
        return found

    assert country() == "US"
    assert "No public holidays are days off" in house.say("country none", "new-members")
    assert country() is None
    house.press("Undo", "new-members")
    assert country() == "US"
    house.say("country none", "new-members")
    assert "no country" in house.say("settings", "new-members")
    house.say("country team", "new-members")
    assert country() == "US"
    house.say("country germany", "new-members")
    assert "US, the team's" in house.say("country team", "new-members")
    house.say("team set country none")
    assert country() is None


def test_a_look_at_the_profile_s_zone_is_enough_until_a_first_act_keeps_it(house: House) -> None:
    request = Request(
        Person("test:new-members"), Place("test:here"), text="home", suggested_zone="Asia/Tokyo", shown_name="Nina"
    )
    assert house.read(lambda records: who(records, request)).zone.key == "Asia/Tokyo"
    house.engine.handle(request).result()
    assert mine(house).zone == ""
